"""The usual keys of Vim on a text: what a key does in normal and visual mode. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from proactive_tui.tui.widgets.prompt.vim_motions import VimSpan, line_end, line_start, motion_span, move

VimMode = Literal["insert", "normal", "visual"]

_KEYS: Final = re.compile(r"(?P<count>[1-9]\d*)?(?P<operator>[dcy](?P<again>[1-9]\d*)?)?(?P<what>.*)", re.DOTALL)
_UNFINISHED_KEYS: Final = frozenset({"", "g", "f", "F", "t", "T", "r"})
_SHORTHANDS: Final = {"D": ("d", "$"), "C": ("c", "$"), "x": ("d", "l"), "X": ("d", "h"), "s": ("c", "l")}
_INSERTS: Final = {"i": "", "a": "l", "I": "^", "A": "$"}
"""The keys that begin to insert, with the motion before."""


@dataclass(frozen=True)
class VimState:
    """A text with the cursor at an offset, and what was typed of a command. In visual mode what is between `anchor` and
    the cursor is selected, both included. `register` is what was deleted or copied last; `undo` says that the last
    change of the text is to be taken back.
    """

    text: str
    cursor: int
    mode: VimMode = "insert"
    typed: str = ""
    anchor: int = 0
    register: str = ""
    is_linewise: bool = False
    undo: bool = False

    @property
    def selection(self) -> VimSpan | None:
        """What is selected; None outside of visual mode."""
        if self.mode != "visual":
            return None
        first, last = sorted((self.anchor, self.cursor))
        return VimSpan(first, min(last + 1, len(self.text)))


def press_key(state: VimState, letter: str) -> VimState:
    """The state after a letter in normal or visual mode. A letter that means nothing ends what was typed."""
    typed = state.typed + letter
    parts = _KEYS.fullmatch(typed)
    if parts is None:
        return replace(state, typed="")
    operator, what = (parts["operator"] or "")[:1], parts["what"]
    is_operating = state.mode == "visual" and bool(operator)
    if not is_operating and (what in _UNFINISHED_KEYS or (operator and what in {"i", "a"})):
        return replace(state, typed=typed)
    counted = bool(parts["count"] or parts["again"])
    count = int(parts["count"] or 1) * int(parts["again"] or 1)
    ready = replace(state, typed="", undo=False)
    if state.mode == "visual":
        return _in_visual(ready, operator or what, count, counted=counted)
    if what in _SHORTHANDS and not operator:
        operator, what = _SHORTHANDS[what]
    if operator:
        return _operate_on(ready, operator, what, count, counted=counted)
    return _carry_out(ready, what, count, counted=counted)


def to_normal(state: VimState) -> VimState:
    """Normal mode, with the cursor on a letter, as Esc leads to it."""
    at = state.cursor
    if state.mode == "insert" and at > line_start(state.text, at):
        at -= 1
    return _clamp_cursor(replace(state, mode="normal", typed="", cursor=at))


def _in_visual(state: VimState, what: str, count: int, *, counted: bool) -> VimState:
    span = state.selection
    if what in {"d", "x", "c", "s", "y"} and span is not None:
        return _apply_operator(state, {"x": "d", "s": "c"}.get(what, what), span)
    if what == "v":
        return replace(state, mode="normal")
    target = move(state.text, state.cursor, what, count, counted=counted)
    return state if target is None else replace(state, cursor=min(target, max(len(state.text) - 1, 0)))


def _operate_on(state: VimState, operator: str, what: str, count: int, *, counted: bool) -> VimState:
    if what == operator:  # dd, cc, yy
        span = motion_span(state.text, state.cursor, "j", count - 1) if count > 1 else _this_line(state)
    else:
        motion = "e" if operator == "c" and what == "w" else what
        span = motion_span(state.text, state.cursor, motion, count, counted=counted)
    return state if span is None else _apply_operator(state, operator, span)


def _this_line(state: VimState) -> VimSpan:
    return VimSpan(line_start(state.text, state.cursor), line_end(state.text, state.cursor), linewise=True)


def _apply_operator(state: VimState, operator: str, span: VimSpan) -> VimState:
    """Delete, change or copy a span."""
    text, (start, end, linewise) = state.text, span
    kept = replace(state, register=text[start:end], is_linewise=linewise, mode="normal")
    if operator == "y":
        return replace(kept, cursor=state.cursor if linewise else start)
    if operator == "c":
        return replace(kept, text=text[:start] + text[end:], cursor=start, mode="insert")
    if linewise:  # with its newline, or where it is the last line with the one before
        start, end = (start, end + 1) if end < len(text) else (max(start - 1, 0), end)
    changed = replace(kept, text=text[:start] + text[end:])
    at = min(start, len(changed.text))
    return _clamp_cursor(replace(changed, cursor=line_start(changed.text, at) if linewise else at))


def _carry_out(state: VimState, what: str, count: int, *, counted: bool) -> VimState:
    """A motion, or a command that is no operator."""
    text, at = state.text, state.cursor
    if what in _INSERTS:
        target = move(text, at, _INSERTS[what]) if _INSERTS[what] else at
        return replace(state, mode="insert", cursor=at if target is None else target)
    if what in {"o", "O"}:
        place = line_end(text, at) if what == "o" else line_start(text, at)
        return replace(state, text=f"{text[:place]}\n{text[place:]}", cursor=place + (what == "o"), mode="insert")
    if what in {"p", "P"}:
        return _paste_text(state, count, after=what == "p")
    if what == "v":
        return replace(state, mode="visual", anchor=at)
    if what == "u":
        return replace(state, undo=True)
    if what == "S":
        return _apply_operator(state, "c", _this_line(state))
    if what[0] == "r" and at < line_end(text, at):
        return replace(state, text=text[:at] + what[1] + text[at + 1 :])
    target = move(text, at, what, count, counted=counted)
    return state if target is None else _clamp_cursor(replace(state, cursor=target))


def _paste_text(state: VimState, count: int, *, after: bool) -> VimState:
    text, at, put = state.text, state.cursor, state.register * count
    if not put:
        return state
    if state.is_linewise:
        put = "\n".join([state.register] * count)
        place = line_end(text, at) if after else line_start(text, at)
        text = f"{text[:place]}\n{put}{text[place:]}" if after else f"{text[:place]}{put}\n{text[place:]}"
        return replace(state, text=text, cursor=place + after)
    place = min(at + 1, line_end(text, at)) if after else at
    return replace(state, text=text[:place] + put + text[place:], cursor=place + len(put) - 1)


def _clamp_cursor(state: VimState) -> VimState:
    """The state with the cursor on a letter of its line, where that has one."""
    at = min(state.cursor, len(state.text))
    start, end = line_start(state.text, at), line_end(state.text, at)
    return replace(state, cursor=max(min(at, end - 1), start))
