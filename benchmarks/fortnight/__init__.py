"""A simulated fortnight: invented people over real notes; the shipped judgement, and other ways to choose moments.

`personas.py` (who they are) → `days.py` (what they do, whatever the assistant does) → `person.py` (how they take an
offer) are one side; `assistant.py` and `policies.py` the other. The two meet in `life.py` only, where nothing but
edits, keys, idle times, commits, conversations and reactions goes one way and nothing but offers the other.
"""
