"""A face of plain lines on standard input and output, for screen readers and terminals that cannot draw."""
