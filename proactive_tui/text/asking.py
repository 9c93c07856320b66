"""Tells whether a text ends as a question, in any script and whatever marks follow its question mark."""

from __future__ import annotations

import re

QUESTION_MARKS = frozenset("?？⁇⁈⁉‽؟՞\u037e︖﹖")
"""Question marks of all scripts, but for that of Greek, which mostly is typed as a semicolon."""
_MAY_ASK = re.compile(f"[;{''.join(sorted(QUESTION_MARKS))}]")
MARKS_AFTER_QUESTION = " \t\n*_~=!！\"'”’»›「」『』）)]"
"""What may follow a question mark: emphasis, highlighting, quotation marks, brackets, exclamation marks."""
_TRAILING_REFERENCE = re.compile(r"(?:\[\^[^\[\]\s]{1,40}\]|(?:(?<=\s)|^)[#^][\w/-]{1,60})$")
"""A footnote, a tag or the id of a block at the end of a text."""
_GREEK_LETTER = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_MAX_END_CHARACTERS = 200


def ends_asking(text: str) -> bool:
    """Whether `text` ends with a question mark, not counting emphasis, brackets, footnotes and tags after it."""
    end = text[-_MAX_END_CHARACTERS:]
    if not _MAY_ASK.search(end):
        return False
    while True:
        bare = _TRAILING_REFERENCE.sub("", end.rstrip())
        if bare == end:
            bare = end.rstrip(MARKS_AFTER_QUESTION)
        if bare == end:
            break
        end = bare
    return end[-1:] in QUESTION_MARKS or (end.endswith(";") and _is_greek(end))


def _is_greek(text: str) -> bool:
    return len(_GREEK_LETTER.findall(text)) * 2 > sum(map(str.isalpha, text))
