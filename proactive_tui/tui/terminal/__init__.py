"""The terminal beneath Textual: escape sequences, output filter, clipboard, editor, notifications, key order."""
