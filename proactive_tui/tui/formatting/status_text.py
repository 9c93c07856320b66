"""How things stand, in words: what the resting screen says. Pure; the brain's own words are cleaned here."""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from proactive_tui.model import NotesStatus, Rhythm, SpeakerStatus, Status
from proactive_tui.tui.formatting.progress_rate import Pace
from proactive_tui.tui.formatting.text import clean, one_line
from proactive_tui.tui.formatting.times import clock, lasting, tells


class Progress(NamedTuple):
    """Work under way: what is done in words, and the share of it (0..1)."""

    text: str
    share: float


def count(n: int, thing: str) -> str:
    """A number with its noun: "1 note", "1,204 notes"."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def watching(notes: NotesStatus) -> str:
    """How many notes, and how changes to them are seen."""
    mode = {"watching": "watching", "polling": "looking now and then"}.get(notes.mode, "not watching yet")
    parts = [count(notes.watched, "note"), mode, one_line(notes.detail)]
    return " · ".join(part for part in parts if part)


def progress(notes: NotesStatus) -> Progress | None:
    """What the index still has to do, or None while it is up to date."""
    readable = max(notes.watched - len(notes.failed), 0)
    if notes.indexed < readable:
        return Progress(f"{notes.indexed:,} of {count(readable, 'note')} read", notes.indexed / readable)
    if notes.embedded < notes.indexed:
        return Progress(
            f"searchable by words · {notes.embedded:,} of {notes.indexed:,} by meaning", notes.embedded / notes.indexed
        )
    return None


def pace(pace: Pace) -> str:
    """How fast that goes, and how long it will take; empty while it cannot be said."""
    if pace.rate is None or pace.left is None:
        return ""
    rate = f"{pace.rate:.0f}" if pace.rate >= 10 else f"{pace.rate:.1f}"
    return f"{rate} {pace.thing}s a second · {lasting(pace.left)} left"


def settled(notes: NotesStatus) -> str:
    """The index at rest: fresh, and what it left out."""
    parts = ["up to date"]
    if notes.skipped:
        parts.append(f"{len(notes.skipped) + notes.unlisted:,} skipped")
    if notes.failed:
        parts.append(f"{len(notes.failed):,} failed")
    return " · ".join(parts)


def speaker(llm: SpeakerStatus) -> str:
    """Which language model speaks, and where."""
    home = {"ollama": "Ollama", "llama.cpp": "llama.cpp"}.get(llm.backend)
    name = f"{clean(llm.model)} · {home}" if home and llm.model else home or "no language model · it quotes your notes"
    return name if llm.reachable else f"{name} · not reachable"


def about_speaker(llm: SpeakerStatus, *, wanted: bool, brief: bool = False) -> str:
    """What to know or do about who speaks; nothing while all is well, or when no language model is `wanted`.

    `brief` says what is so and where the rest is told, for where the reason of silence is to stay in sight.
    """
    detail = clean(llm.detail)
    if not wanted or not detail or (llm.reachable and llm.backend != "template"):
        return ""
    if not brief:
        return detail
    return f"{detail.partition(' (')[0].partition('. ')[0].rstrip('.')}. 'proactive-tui doctor' tells more."


def budget(rhythm: Rhythm) -> str:
    """Today's offers, made and left."""
    if rhythm.budget <= 0:
        return "speaks only when asked"
    return f"{rhythm.made} of {count(rhythm.budget, 'offer')} made · {max(rhythm.budget - rhythm.made, 0)} left"


def silence(rhythm: Rhythm, now: float, zone: tzinfo | None = None) -> str:
    """Why it is silent now and until when; empty when there is nothing to say about that."""
    why, at = one_line(rhythm.why_silent), rhythm.next_at
    until = f"may speak from {clock(at, now, zone)}" if at is not None and at > now and not tells(why, at, zone) else ""
    return " · ".join(part for part in (why, until) if part)


def prepared(status: Status) -> str:
    """How many openers wait, and what is never raised because its kind was switched off."""
    parts = [count(status.rhythm.prepared, "opener")] if status.rhythm.prepared else []
    parts += [f"never: {', '.join(map(one_line, status.unwanted))}"] if status.unwanted else []
    return " · ".join(parts)


def headline(notes: NotesStatus | None, *, offer: bool, quiet_until: float | None, now: float) -> str:
    """One sentence for the whole screen."""
    if notes is None:
        return "Starting…"
    if offer:
        return "There is something I would like to bring up."
    if quiet_until is not None and quiet_until > now:
        return f"Quiet until {clock(quiet_until, now)}."
    if notes.watched and notes.indexed < notes.watched - len(notes.failed):
        return "Reading your notes."
    return "Nothing to say right now."


def speaker_of(spoken_by: str) -> str:
    """Who said a turn, for its heading: "qwen3:4b", "from your notes"."""
    backend, _, model = clean(spoken_by).partition(":")
    return model or {"template": "from your notes", "extractive": "from your notes"}.get(backend, backend)
