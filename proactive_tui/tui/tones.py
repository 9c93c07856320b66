"""The few tones text is set in. Textual's $text-muted follows what is behind it, which a span of text cannot know."""

MUTED = "$foreground 60%"
FAINT = "$foreground 20%"
ACCENT = "$text-accent"
GOOD = "$text-success"
TROUBLE = "$text-warning"
