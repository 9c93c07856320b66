"""Completes the names of notes and people, for a message that is being typed. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from proactive_tui.model.note_values import Note
from proactive_tui.model.talk_values import FoundName
from proactive_tui.model.topic_values import Topic

MAX_FOUND_NAMES: Final = 6
_NAME_WORDS = re.compile(r"[^\W_]+")


def complete_name(typed: str, notes: Mapping[str, Note], topics: Iterable[Topic]) -> tuple[FoundName, ...]:
    """At most `MAX_FOUND_NAMES` names with a word that begins with what was typed, whatever the case.

    First those that begin with it themselves, of these people first, who are named most often, then notes, the newest
    first. A note is called by its file, or found by its title too. With nothing typed, all people and notes compete.
    """
    wanted = typed.casefold()
    found: list[tuple[tuple[bool, bool, float, str], FoundName]] = []
    for person, times in count_people(topics).items():
        if (begins := _match_name(wanted, person)) is not None:
            found.append(((not begins, False, -times, person), FoundName(name=person)))
    for path, note in notes.items():
        stem = PurePosixPath(path).stem
        matches = [begins for name in (stem, note.title) if (begins := _match_name(wanted, name)) is not None]
        if matches and note.origin is None:
            found.append(((not any(matches), True, -note.date, path), FoundName(name=stem, path=path)))
    found.sort(key=lambda pair: pair[0])
    return tuple(name for _, name in found[:MAX_FOUND_NAMES])


def count_people(topics: Iterable[Topic]) -> Counter[str]:
    """How many topics name each person."""
    return Counter(person for topic in topics for person in topic.people)


def _match_name(wanted: str, name: str) -> bool | None:
    """Whether a name begins with what is wanted (True), or one of its other words does (False); else None."""
    folded = name.casefold()
    if folded.startswith(wanted):
        return True
    return False if any(word.startswith(wanted) for word in _NAME_WORDS.findall(folded)) else None
