"""Counts, sizes and durations in words, as every screen, command and reason says them."""

from __future__ import annotations

KINDS_WITHOUT_PLURAL = frozenset({"fading", "unfinished work", "news"})


def format_count(number: int, thing: str) -> str:
    """A number with its noun: "1 note", "1,204 notes"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def format_kind_count(number: int, kind: str) -> str:
    """A number of topics of a kind: "2 tasks", "3 fading" (kinds that are no nouns have no plural)."""
    return f"{number:,} {kind}" if kind in KINDS_WITHOUT_PLURAL else format_count(number, kind)


def format_bytes(size: float) -> str:
    """A size, in steps of 1000: "640 bytes", "3.4 MB"."""
    if size < 1000:
        return format_count(round(size), "byte")
    unit, factor = ("kB", 1e3) if size < 1e6 else ("MB", 1e6) if size < 1e9 else ("GB", 1e9)
    return f"{size / factor:,.1f} {unit}"


def format_duration(seconds: float) -> str:
    """How long something takes, no finer than is worth knowing: "8 s", "3 min", "2 h 10 min", "4 d"."""
    whole = max(round(seconds), 0)
    if whole < 90:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{round(minutes / 1440)} d"


def format_ago(seconds: float) -> str:
    """How long ago something was: "5 s ago", "2 h 10 min ago"."""
    return f"{format_duration(seconds)} ago"
