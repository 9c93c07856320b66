"""Words by what they do in a note, in the languages that are read: verbs of tasks, cues of open ends, and headings."""
