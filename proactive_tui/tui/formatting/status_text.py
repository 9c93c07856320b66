"""Formats the brain's status for the home and index screens. Pure; text from the brain is sanitized here."""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from proactive_tui.model.status_values import BrainStatus, NotesStatus, OfferRhythm, SpeakerStatus
from proactive_tui.text.quantities import format_count, format_duration
from proactive_tui.tui.formatting.progress_rate import ProgressRate
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.formatting.times import format_clock_time, mentions_time


class ProgressText(NamedTuple):
    """The progress of indexing in words, and the share that is done (0..1)."""

    text: str
    share: float


def format_notes_status(notes: NotesStatus) -> str:
    """The number of notes, and how changes to them are noticed; before they were counted, that they are being read."""
    if notes.mode == "idle" and not notes.watched and not notes.detail:
        return "being read"
    mode = {"watching": "watching", "polling": "looking now and then"}.get(notes.mode, "not watching yet")
    parts = [format_count(notes.watched, "note"), mode, one_line(notes.detail)]
    return " · ".join(part for part in parts if part)


def format_index_progress(notes: NotesStatus) -> ProgressText | None:
    """The progress of indexing, or None while the index is up to date."""
    readable = max(notes.watched - len(notes.failed), 0)
    if notes.indexed < readable:
        return ProgressText(f"{notes.indexed:,} of {format_count(readable, 'note')} read", notes.indexed / readable)
    if notes.embedded < notes.indexed:
        return ProgressText(
            f"searchable by words · {notes.embedded:,} of {notes.indexed:,} by meaning", notes.embedded / notes.indexed
        )
    return None


def format_rate(progress: ProgressRate) -> str:
    """Speed and remaining time of indexing; empty until the rate is known."""
    if progress.items_per_second is None or progress.remaining_seconds is None:
        return ""
    rate = f"{progress.items_per_second:.0f}" if progress.items_per_second >= 10 else f"{progress.items_per_second:.1f}"
    return f"{rate} {progress.item_name}s a second · {format_duration(progress.remaining_seconds)} left"


def format_index_state(notes: NotesStatus) -> str:
    """The state of an index that is up to date, with the counts of skipped and failed files."""
    parts = ["up to date"]
    if notes.skipped:
        parts.append(f"{len(notes.skipped) + notes.unlisted:,} skipped")
    if notes.failed:
        parts.append(f"{len(notes.failed):,} failed")
    return " · ".join(parts)


def format_llm_status(llm: SpeakerStatus) -> str:
    """The language model and its backend, and whether it can be reached."""
    home = {"ollama": "Ollama", "llama.cpp": "llama.cpp"}.get(llm.backend)
    name = (
        f"{sanitize_text(llm.model)} · {home}"
        if home and llm.model
        else home or "no language model · it quotes your notes"
    )
    return name if llm.reachable else f"{name} · not reachable"


def llm_advice(llm: SpeakerStatus, *, wanted: bool, brief: bool = False) -> str:
    """Advice about the language model; empty while it works, or when no language model is `wanted`.

    `brief` is one sentence that names the problem and the command that explains it.
    """
    detail = sanitize_text(llm.detail)
    if not wanted or not detail or (llm.reachable and llm.backend != "template"):
        return ""
    if not brief:
        return detail
    return f"{sanitize_text(llm.problem) or detail.rstrip('.')}. 'proactive-tui doctor' tells more."


def format_budget(rhythm: OfferRhythm) -> str:
    """Today's offers, made and left."""
    if rhythm.budget <= 0:
        return "speaks only when asked"
    return f"{rhythm.made} of {format_count(rhythm.budget, 'offer')} made · {max(rhythm.budget - rhythm.made, 0)} left"


def format_silence(rhythm: OfferRhythm, now: float, zone: tzinfo | None = None) -> str:
    """The reason why no offer is made now, and until when; empty when an offer may be made."""
    why, at = one_line(rhythm.why_silent), rhythm.next_at
    until = (
        f"may speak from {format_clock_time(at, now, zone)}"
        if at is not None and at > now and not mentions_time(why, at, zone)
        else ""
    )
    return " · ".join(part for part in (why, until) if part)


def format_prepared(status: BrainStatus) -> str:
    """The number of prepared openers, and the kinds of topics that are switched off."""
    parts = [format_count(status.rhythm.prepared, "opener")] if status.rhythm.prepared else []
    parts += [f"never: {', '.join(map(one_line, status.unwanted))}"] if status.unwanted else []
    return " · ".join(parts)


def format_headline(notes: NotesStatus | None, *, offer: bool, quiet_until: float | None, now: float) -> str:
    """The headline of the home screen."""
    if notes is None:
        return "Starting…"
    if offer:
        return "There is something I would like to bring up."
    if quiet_until is not None and quiet_until > now:
        return f"Quiet until {format_clock_time(quiet_until, now)}."
    if notes.watched and notes.indexed < notes.watched - len(notes.failed):
        return "Reading your notes."
    return "Nothing to say right now."


def format_llm_name(spoken_by: str) -> str:
    """The label of who spoke a turn: "qwen3:4b", "from your notes"."""
    backend, _, model = sanitize_text(spoken_by).partition(":")
    return model or {"template": "from your notes", "extractive": "from your notes"}.get(backend, backend)
