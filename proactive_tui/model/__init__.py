"""The values that all rooms share, frozen: what one passes to the next, and what crosses the wire."""
