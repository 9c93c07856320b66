"""The JSON that the commands print: shapes that scripts rely on. Pure; times are ISO 8601 with the local offset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.brain.insight.offpolicy.estimate import OffPolicyReport
from proactive_tui.brain.insight.stats import OfferStatistics
from proactive_tui.journal import events
from proactive_tui.model import (
    BrainStatus,
    Evidence,
    Gate,
    Offer,
    Opener,
    SearchHit,
    Silence,
    SourceStatus,
    Suggestion,
    Topic,
)
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


def worded_suggestion_json(made: Suggestion, words: Opener, reasons: tuple[str, ...]) -> dict[str, Any]:
    """The JSON of one result of `suggest`: `weak` says that it lies below the `floor` and is not raised by itself."""
    return {**suggestion_json(made, words, reasons), "floor": round(made.floor, 6), "weak": made.weak}


def gates_json(passed: tuple[Gate, ...]) -> list[dict[str, Any]]:
    """The JSON of gates as they were."""
    return [{"name": gate.name, "passed": gate.passed, "detail": gate.detail} for gate in passed]


def decision_json(decision: Offer | Silence, reasons: tuple[str, ...]) -> dict[str, Any]:
    """The JSON of a decision: why it spoke or kept silent."""
    match decision:
        case Offer():
            return {
                "kind": "offer",
                "at": format_iso(decision.at),
                "reason": decision.reason,
                "now": decision.now,
                "would_have_changed": list(describe_counterfactuals(decision)),
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
                "would_have_changed": list(describe_counterfactuals(decision)),
                "topic": {"id": decision.topic, "title": decision.title},
                "receptivity": decision.receptivity,
                "gates": gates_json(decision.gates),
            }


def evaluation_json(found: OffPolicyReport) -> dict[str, Any]:
    """The JSON of an off-policy report."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for occasion in (*plain["offered"], *plain["left_out"], *plain["said_besides"]):
        occasion["at"] = format_iso(occasion["at"])
    return plain


def statistics_json(found: OfferStatistics) -> dict[str, Any]:
    """The JSON of the statistics of offers."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for point in plain["curve"]:
        point["at"] = format_iso(point["at"])
    return plain


def status_json(now: BrainStatus) -> dict[str, Any]:
    """The JSON of the brain's status."""
    plain: dict[str, Any] = msgspec.to_builtins(now)
    if now.rhythm.next_at is not None:
        plain["rhythm"]["next_at"] = format_iso(now.rhythm.next_at)
    plain["sources"] = [source_json(source) for source in now.sources]
    return plain


def source_json(status: SourceStatus, asks: Sequence[str] = ()) -> dict[str, Any]:
    """The JSON of a source; `asks` are the hosts that it asks while it is on."""
    times = {name: at and format_iso(at) for name, at in (("polled_at", status.polled_at), ("next_at", status.next_at))}
    return {**msgspec.to_builtins(status), **times, "asks": list(asks)}


def event_json(recorded: events.RecordedEvent) -> dict[str, Any]:
    """The JSON of an event, one line of `journal`."""
    line: dict[str, Any] = {"id": recorded.id, "at": format_iso(recorded.at), "kind": events.event_kind(recorded.event)}
    match recorded.event:
        case events.OfferIssued(offer=offer):
            line |= {
                "offer": offer.id,
                **suggestion_json(offer, offer.opener, ()),
                "framing": offer.opener.framing,
                "receptivity": offer.receptivity,
                "when": offer.when,
                "reason": offer.reason,
                "now": offer.now,
                "gates": gates_json(offer.gates),
                "versions": offer.versions,
            }
            del line["reasons"]
        case events.ReactionReceived() as reacted:
            line |= {"offer": reacted.offer, "reaction": reacted.reaction, "seconds": round(reacted.seconds, 3)}
            line |= {"turns": reacted.turns} if reacted.turns else {}
            line |= {"until": format_iso(reacted.until)} if reacted.until is not None else {}
        case events.MomentAsked(offer=offer_id):
            line["offer"] = offer_id
        case events.MomentRated(offer=offer_id, good=good):
            line |= {"offer": offer_id, "good": good}
        case events.SilenceDecided(silence=silence):
            line |= {
                key: value for key, value in decision_json(silence, ()).items() if key not in {"kind", "at", "reasons"}
            }
            line["last"] = format_iso(silence.last)
        case events.NoteWritten(path=path, digest=digest):
            line |= {"path": path, "digest": digest}
        case (
            events.TurnAdded(conversation=conversation, turn=turn, title=title, offer=offer_id, topic=topic_id) as said
        ):
            line |= {"conversation": conversation, "role": turn.role, "text": turn.text}
            line |= {"spoken_by": turn.spoken_by, "stopped": turn.stopped} if turn.role == "assistant" else {}
            line |= {"sources": [evidence_json(source) for source in turn.sources]} if turn.sources else {}
            line |= {"title": title, "offer": offer_id, "topic": topic_id} if title else {}
            line |= {"replaces": said.replaces} if said.replaces else {}
        case events.NotesEdited(paths=paths):
            line["paths"] = list(paths)
        case events.NoteMoved(path=path, to=to):
            line |= {"path": path, "to": to}
        case events.NotesRemoved(paths=paths, back=back):
            line |= {"paths": list(paths), "back": back}
        case events.SettingChanged(key=key, value=value, offer=offer_id):
            line |= {"key": key, "value": value} | ({"offer": offer_id} if offer_id else {})
    return line
