"""Reads Conventional Comments (conventionalcomments.org): `label (decorations): subject`, and what becomes of it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Stance = Literal["blocking", "not blocking", "unsaid"]
"""What a comment says of itself: whether the change may be merged before it is settled."""

_COMMENT_LABELS = {
    "praise": "praise", "nitpick": "nitpick", "nitpicks": "nitpick", "nit": "nitpick", "nits": "nitpick",
    "quibble": "nitpick", "suggestion": "suggestion", "suggest": "suggestion", "issue": "issue", "bug": "issue",
    "blocker": "issue", "todo": "todo", "question": "question", "q": "question", "thought": "thought",
    "chore": "chore", "note": "note", "fyi": "note", "typo": "typo", "polish": "polish", "optional": "suggestion",
    "minor": "nitpick", "blocking": "issue", "non-blocking": "suggestion", "nonblocking": "suggestion",
}  # fmt: skip
"""Labels of the convention, and those that reviewers write in their place."""
_ALWAYS_BLOCKING = {"issue", "todo", "chore"}
_NEVER_BLOCKING = {"praise", "nitpick", "thought", "note", "typo", "polish"}
_NOT_BLOCKING_WORDS = {"optional", "minor", "non-blocking", "nonblocking"}
_BLOCKING_DECORATIONS = {"blocking", "blocker", "must", "must fix", "required", "if-major"}
_OTHER_DECORATIONS = {
    "non-blocking", "nonblocking", "non blocking", "not blocking", "if-minor", "if minor", "optional", "nit", "minor",
    "no action needed", "no action required",
}  # fmt: skip
_MARKS = r"[\s*_~`>#\[\]-]"
_PICTURE = r"(?::[a-z0-9_+-]+:|[\u2190-\u2bff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d])"
_HEAD = re.compile(
    rf"^(?:{_MARKS}|{_PICTURE})*(?P<label>[A-Za-z]+(?:-blocking)?){_MARKS}*"
    rf"(?P<decorations>(?:\([^()\n]{{1,60}}\){_MARKS}*)*)(?P<colon>[:：]|[-–—]{{1,2}}\s|$){_MARKS}*(?P<subject>[^\n]*)"
)
_BARE_MARK = re.compile(r"^(?:\W|_)*[(\[](?P<decoration>[A-Za-z][A-Za-z -]{2,20})[)\]]\W*")
_BLOCKING_PICTURES = ("🚨", "🛑", "⛔", "🚫", ":rotating_light:", ":no_entry:", ":octagonal_sign:")
_MILD_PICTURES = ("⛏", "👍", "🎉", "💭", "😃", "🏕", "📌", "🌱", ":pick:", ":+1:", ":tada:", ":thought_balloon:")


class ConventionalComment(NamedTuple):
    """A comment that names what it is: its label, its decorations in lower case, and its first line."""

    label: str
    decorations: tuple[str, ...]
    subject: str


def parse_conventional(text: str) -> ConventionalComment | None:
    """The label, decorations and subject of a comment that has them; emphasis and a picture before do not matter."""
    first = _first_line(text)
    match = _HEAD.match(first)
    if match is None or (label := _COMMENT_LABELS.get(match["label"].lower())) is None:
        return None
    decorations = tuple(_split_decorations(match["decorations"]))
    word = match["label"].lower()
    if word in {"q", "minor", "optional", "note", "bug", "blocking"} and match["colon"] == "" and not decorations:
        return None  # an ordinary word that stands alone
    if match["colon"] == "" and match["subject"]:
        return None
    if word in _NOT_BLOCKING_WORDS:
        decorations = (*decorations, "non-blocking")
    elif word in {"blocker", "blocking"}:
        decorations = (*decorations, "blocking")
    return ConventionalComment(label, decorations, match["subject"].strip(" *_`"))


def read_stance(text: str) -> Stance:
    """Whether a comment says that it blocks, by its decorations, its label, a mark or a picture before its words."""
    comment = parse_conventional(text)
    if comment is not None:
        if any(decoration in _OTHER_DECORATIONS for decoration in comment.decorations):
            return "not blocking"
        if any(decoration in _BLOCKING_DECORATIONS for decoration in comment.decorations):
            return "blocking"
        if comment.label in _NEVER_BLOCKING:
            return "not blocking"
        return "blocking" if comment.label in _ALWAYS_BLOCKING else "unsaid"
    first = _first_line(text)
    if mark := _BARE_MARK.match(first):
        decoration = mark["decoration"].lower().strip()
        if decoration in _OTHER_DECORATIONS | {"praise", "nitpick", "nits"}:
            return "not blocking"
        if decoration in _BLOCKING_DECORATIONS:
            return "blocking"
    start = first.lstrip(" *_>")
    if start.startswith(_BLOCKING_PICTURES):
        return "blocking"
    return "not blocking" if start.startswith(_MILD_PICTURES) else "unsaid"


def _first_line(text: str) -> str:
    """The first line that is the writer's own: quoted lines and code before it are what it answers."""
    fenced = False
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith(("```", "~~~")):
            fenced = not fenced
        elif stripped and not fenced and not stripped.startswith((">", "<!--")):
            return stripped[:400]
    return ""


def _split_decorations(text: str) -> list[str]:
    inner = re.findall(r"\(([^()]*)\)", text)
    return [part.strip().lower() for piece in inner for part in re.split(r"[,;/]", piece) if part.strip()]
