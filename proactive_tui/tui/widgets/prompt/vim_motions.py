"""Where the motions and text objects of Vim lead in a text. Pure: texts are strings, places are offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

_VIM_WORDS = re.compile(r"\w+|[^\w\s]+")


class VimSpan(NamedTuple):
    """A part of a text from `start` to `end`, which is not in it; `linewise` spans are whole lines."""

    start: int
    end: int
    linewise: bool = False


def line_start(text: str, at: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of a place ends, before its newline."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def move(text: str, at: int, motion: str, count: int = 1, *, counted: bool = False) -> int | None:
    """Where a motion leads from a place; None where it is none, or leads nowhere. A count of G is a line."""
    if motion == "G" and counted:
        return _line_at(text, count)
    for _ in range(count):
        target = _move_once(text, at, motion)
        if target is None:
            return None
        at = target
    return at


def motion_span(text: str, at: int, motion: str, count: int, *, counted: bool = False) -> VimSpan | None:
    """What an operator acts on with this motion or text object; None where there is none."""
    if motion in {"iw", "aw"}:
        return _word_span(text, at, around=motion == "aw")
    if motion in {"j", "k", "gg", "G"}:
        target = _vertical_target(text, at, motion, count, counted=counted)
        first, last = sorted((at, target))
        return VimSpan(line_start(text, first), line_end(text, last), linewise=True)
    target_place = move(text, at, motion, count, counted=counted)
    if target_place is None:
        return None
    first, last = sorted((at, target_place))
    is_inclusive = motion == "e" or motion[0] in "ft"
    return VimSpan(first, min(last + is_inclusive, len(text)))


def _move_once(text: str, at: int, motion: str) -> int | None:
    start, end = line_start(text, at), line_end(text, at)
    match motion:
        case "h":
            return max(at - 1, start)
        case "l":
            return min(at + 1, end)
        case "0":
            return start
        case "^":
            return start + len(text[start:end]) - len(text[start:end].lstrip())
        case "$":
            return end
        case "j":
            return end if end == len(text) else min(end + 1 + at - start, line_end(text, end + 1))
        case "k":
            return start if not start else min(line_start(text, start - 1) + at - start, start - 1)
        case "gg":
            return 0
        case "G":
            return line_start(text, len(text))
        case "w":
            return next((run.start() for run in _VIM_WORDS.finditer(text) if run.start() > at), len(text))
        case "b":
            return max((run.start() for run in _VIM_WORDS.finditer(text, 0, at)), default=0)
        case "e":
            return next((run.end() - 1 for run in _VIM_WORDS.finditer(text) if run.end() - 1 > at), len(text))
        case _ if len(motion) == 2 and motion[0] in "fFtT":
            return _find_in_line(text, at, motion[0], motion[1])
    return None


def _find_in_line(text: str, at: int, how: str, letter: str) -> int | None:
    """The next (f, t) or last (F, T) place of a letter in the line, or beside it."""
    if how in "ft":
        place = text.find(letter, at + 1, line_end(text, at))
        return None if place < 0 else place - (how == "t")
    place = text.rfind(letter, line_start(text, at), at)
    return None if place < 0 else place + (how == "T")


def _vertical_target(text: str, at: int, motion: str, count: int, *, counted: bool) -> int:
    if motion in {"gg", "G"}:
        return _line_at(text, count if counted else 1 if motion == "gg" else text.count("\n") + 1)
    line = text.count("\n", 0, at) + 1
    return _line_at(text, line + (count if motion == "j" else -count))


def _line_at(text: str, number: int) -> int:
    """Where the line of this number begins, from 1; the first or the last one beyond them."""
    lines = text.split("\n")
    number = min(max(number, 1), len(lines))
    return sum(len(line) + 1 for line in lines[: number - 1])


def _word_span(text: str, at: int, *, around: bool) -> VimSpan | None:
    run = next((run for run in _VIM_WORDS.finditer(text) if run.start() <= at < run.end()), None)
    if run is None:
        return None
    end = run.end()
    while around and end < len(text) and text[end] in " \t":
        end += 1
    return VimSpan(run.start(), end)
