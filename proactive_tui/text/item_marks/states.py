"""Boxes and words that say how far a task is, with the states that they stand for. Data only."""

from __future__ import annotations

import re

from proactive_tui.model.shared_words import ItemState

BOX_STATES: dict[str, ItemState] = {
    "": "open",
    " ": "open",
    "!": "open",
    "*": "open",
    "D": "open",
    "<": "moved",
    ">": "moved",
    "/": "doing",
    "?": "question",
    "x": "done",
    "X": "done",
    "✓": "done",
    "✔": "done",
    "√": "done",
    "-": "cancelled",
    "~": "cancelled",
    "c": "cancelled",
}
"""The state by the character in a box, as task plugins, themes of Obsidian and bullet journals use it."""

DECORATION_BOXES = frozenset('iIpPkKbBlLSsfudwnNqQrRtTaA"“&@=')
"""Characters of boxes that say what a line is about (information, idea, pro, quote, …), and not that it is a task."""

BALLOT_STATES: dict[str, ItemState] = {
    "☐": "open",
    "⬜": "open",
    "◻": "open",
    "🔲": "open",
    "🔳": "open",
    "☑": "done",
    "☒": "done",
    "✅": "done",
    "✔": "done",
    "✓": "done",
    "❌": "cancelled",
    "❎": "done",
    "🗹": "done",
    "🗸": "done",
}
"""The state by the sign that some people write in place of a box."""

STATE_WORDS: dict[str, ItemState] = {
    "TODO": "open",
    "NOW": "doing",
    "LATER": "open",
    "NEXT": "open",
    "FIXME": "open",
    "DOING": "doing",
    "STARTED": "doing",
    "STRT": "doing",
    "WIP": "doing",
    "IN-PROGRESS": "doing",
    "INPROGRESS": "doing",
    "WAITING": "waiting",
    "WAIT": "waiting",
    "HOLD": "waiting",
    "ON-HOLD": "waiting",
    "BLOCKED": "waiting",
    "QUESTION": "question",
    "DONE": "done",
    "FINISHED": "done",
    "COMPLETED": "done",
    "CLOSED": "done",
    "FIXED": "done",
    "CANCELED": "cancelled",
    "CANCELLED": "cancelled",
    "KILL": "cancelled",
    "DROPPED": "cancelled",
    "ABANDONED": "cancelled",
    "MOVED": "moved",
    "MIGRATED": "moved",
    "DEFERRED": "moved",
    "DELEGATED": "moved",
}
"""The state by the word, in capitals, at the beginning of an item of Logseq, Org and alike."""

ANYWHERE_WORDS = frozenset(("TODO", "FIXME"))
"""State words that are marks at the beginning of any line; the others only at that of an item or a heading."""

TAG_STATES: dict[str, ItemState] = {
    "todo": "open",
    "task": "open",
    "tasks": "open",
    "to-do": "open",
    "action": "open",
    "next": "open",
    "nextaction": "open",
    "next-action": "open",
    "fixme": "open",
    "followup": "open",
    "follow-up": "open",
    "doing": "doing",
    "inprogress": "doing",
    "in-progress": "doing",
    "wip": "doing",
    "waiting": "waiting",
    "waitingfor": "waiting",
    "waiting-for": "waiting",
    "blocked": "waiting",
    "question": "question",
    "questions": "question",
    "openquestion": "question",
    "open-question": "question",
    "frage": "question",
    "pregunta": "question",
    "done": "done",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
"""The state by a tag that is a mark; it is cut from the words."""

LABEL_STATES: dict[str, ItemState] = {
    "todo": "open",
    "to do": "open",
    "to-do": "open",
    "todos": "open",
    "fixme": "open",
    "action": "open",
    "action item": "open",
    "next action": "open",
    "task": "open",
    "zu tun": "open",
    "zu erledigen": "open",
    "aufgabe": "open",
    "à faire": "open",
    "a faire": "open",
    "tâche": "open",
    "por hacer": "open",
    "pendiente": "open",
    "tarea": "open",
    "da fare": "open",
    "te doen": "open",
    "taak": "open",
    "a fazer": "open",
    "tarefa": "open",
    "do zrobienia": "open",
    "zadanie": "open",
    "待办": "open",
    "待辦": "open",
    "やること": "open",
    "할 일": "open",
    "waiting for": "waiting",
    "question": "question",
    "open question": "question",
    "frage": "question",
    "offene frage": "question",
    "pregunta": "question",
    "domanda": "question",
    "vraag": "question",
    "pergunta": "question",
    "pytanie": "question",
    "done": "done",
    "erledigt": "done",
    "fait": "done",
    "hecho": "done",
}
"""The state by a word before a colon at the beginning of a line, without case."""

CLOSED_STATES: frozenset[ItemState] = frozenset(("done", "cancelled", "moved"))
"""The states of what needs nothing more in its place."""

_WORDS = "|".join(sorted(map(re.escape, STATE_WORDS), key=len, reverse=True))
_LABELS = "|".join(sorted(map(re.escape, LABEL_STATES), key=len, reverse=True))
_TAGS = "|".join(sorted(map(re.escape, TAG_STATES), key=len, reverse=True))
_BALLOTS = "".join(BALLOT_STATES)

BOX = re.compile(r"\[(?P<box>[^\[\]\n]|)\](?![(\[:])|\[ {2,3}\](?![(\[:])|\[ ?(?P<padded>[xX]) ?\](?![(\[:])")
"""A box, also one without a blank; not the text of a link."""
ROUND_BOX = re.compile(r"\((?P<box>[ xX])\)\s")
BALLOT = re.compile(rf"([{_BALLOTS}])\ufe0f?(?=\s|\w)")
STATE_WORD = re.compile(
    rf"(?P<open>\*\*|__|==|`|\[\[|\[|\{{\{{\[\[|\{{\{{|#)?(?P<word>{_WORDS})(?P<name>\([^()\n]{{1,40}}\))?"
    r"(?P<close>\*\*|__|==|`|\]\]\}\}|\}\}|\]\]|\])?(?P<colon>\s?[:：]|\s+[-–—](?=\s))?(?P<end>\*\*|__|==)?(?=\s|$)"
)
"""A state word, perhaps emphasised, linked, with the name of a person, or with a colon."""
STATE_LABEL = re.compile(
    rf"(?P<open>\*\*|__|==|\[\[)?(?P<label>{_LABELS})(?P<name>\([^()\n]{{1,40}}\))?(?P<close>\*\*|__|==|\]\])?"
    r"\s?[:：](?P<end>\*\*|__|==)?(?=\s|[^\x00-\x7f]|$)",
    re.IGNORECASE,
)
STATE_TAG = re.compile(rf"(?<![\w/&])#(?:\[\[)?(?P<tag>{_TAGS})(?:\]\])?(?![\w/-])[:：]?", re.IGNORECASE)
