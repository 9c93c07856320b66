"""The JSON that the commands print: shapes that scripts rely on. Pure; times are ISO 8601 with the local offset.

A command beside a running brain waits for this module's imports: what rests on the journal is in `journal_shapes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.offer_values import Offer, Opener, Silence, Suggestion
from proactive_tui.model.status_values import BrainProcess, BrainStatus, OfferStatistics, SourceStatus, WordedSuggestion
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.dates.local_days import local_datetime


def format_iso(at: float) -> str:
    """A unix time as local ISO 8601, to the second."""
    return local_datetime(at).isoformat(timespec="seconds")


def hit_json(found: SearchHit) -> dict[str, Any]:
    """The JSON of one result of `search`."""
    passage = found.passage
    return {
        "path": passage.path,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
        "line": found.best_line,
        "heading": " › ".join(passage.heading),
        "text": passage.text,
        "matches": [passage.text[start:end] for start, end in found.matches],
        "score": round(found.score, 6),
        "channels": {name: round(found.channels.get(name, 0.0), 6) for name in ("meaning", "words")},
        "source": found.origin.source if found.origin else "notes",
        "author": found.origin.author if found.origin else "",
        "address": found.origin.address if found.origin else "",
    }


def topic_json(raised: Topic) -> dict[str, Any]:
    """The JSON of a topic, without its evidence."""
    return {
        "id": raised.id,
        "kind": raised.kind,
        "title": raised.title,
        "due": format_iso(raised.due) if raised.due is not None else None,
        "at": format_iso(raised.at),
        "detail": raised.detail.facts(),
    }


def evidence_json(quoted: Evidence) -> dict[str, Any]:
    """The JSON of cited lines of a note."""
    return {"path": quoted.path, "line_start": quoted.line_start, "line_end": quoted.line_end, "text": quoted.text}


def opener_json(words: Opener) -> dict[str, Any]:
    """The JSON of an opener."""
    return {"text": words.text, "framing": words.framing, "spoken_by": words.spoken_by}


def suggestion_json(made: Suggestion | Offer, words: Opener, reasons: tuple[str, ...]) -> dict[str, Any]:
    """The part of the JSON that a result of `suggest` and an offer share."""
    return {
        "topic": topic_json(made.topic),
        "score": round(made.score, 6),
        "reasons": list(reasons),
        "features": made.features,
        "contributions": made.contributions,
        "channels": made.channels,
        "propensity": made.propensity,
        "evidence": [evidence_json(quote) for quote in made.topic.evidence],
        "opener": opener_json(words),
    }


def worded_suggestion_json(worded: WordedSuggestion) -> dict[str, Any]:
    """The JSON of one result of `suggest`: `weak` says that it lies below the `floor` and is not raised by itself."""
    made = worded.suggestion
    shared = suggestion_json(made, worded.opener, worded.reasons)
    return {**shared, "floor": round(made.floor, 6), "weak": made.weak}


def gates_json(passed: tuple[Gate, ...]) -> list[dict[str, Any]]:
    """The JSON of gates as they were."""
    return [{"name": gate.name, "passed": gate.passed, "detail": gate.detail} for gate in passed]


def decision_json(decision: Offer | Silence, reasons: tuple[str, ...], otherwise: Sequence[str]) -> dict[str, Any]:
    """The JSON of a decision: why it spoke or kept silent; `otherwise` says what would have changed it."""
    match decision:
        case Offer():
            return {
                "kind": "offer",
                "at": format_iso(decision.at),
                "reason": decision.reason,
                "now": decision.now,
                "would_have_changed": list(otherwise),
                "offer": decision.id,
                **suggestion_json(decision, decision.opener, reasons),
                "receptivity": decision.receptivity,
                "gates": gates_json(decision.gates),
            }
        case Silence():
            return {
                "kind": "silence",
                "at": format_iso(decision.last),
                "since": format_iso(decision.at),
                "reason": decision.reason,
                "detail": decision.detail,
                "times": decision.times,
                "reasons": list(reasons),
                "would_have_changed": list(otherwise),
                "topic": {"id": decision.topic, "title": decision.title},
                "receptivity": decision.receptivity,
                "gates": gates_json(decision.gates),
            }


def statistics_json(found: OfferStatistics) -> dict[str, Any]:
    """The JSON of the statistics of offers."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for point in plain["curve"]:
        point["at"] = format_iso(point["at"])
    return plain


def status_json(now: BrainStatus, process: BrainProcess | None = None) -> dict[str, Any]:
    """The JSON of the brain's status, and of the process that tells it, where one runs."""
    plain: dict[str, Any] = msgspec.to_builtins(now)
    if now.rhythm.next_at is not None:
        plain["rhythm"]["next_at"] = format_iso(now.rhythm.next_at)
    plain["mined_at"] = now.mined_at and format_iso(now.mined_at)
    plain["brain"] = process and {**msgspec.to_builtins(process), "since": format_iso(process.since)}
    plain["sources"] = [source_json(source) for source in now.sources]
    return plain


def source_json(status: SourceStatus, asks: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON of a source; `asks` are the hosts that it asks while it is on."""
    times = {name: at and format_iso(at) for name, at in (("polled_at", status.polled_at), ("next_at", status.next_at))}
    return {**msgspec.to_builtins(status), **times, "asks": list(asks)}
