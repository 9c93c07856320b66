"""What the commands print as JSON: the shapes that scripts rely on. Pure; times are ISO 8601 with the local offset."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from proactive_tui.brain.insight.counterfactual import otherwise
from proactive_tui.brain.insight.offpolicy.estimate import Hindsight
from proactive_tui.brain.insight.stats import Stats
from proactive_tui.journal import events
from proactive_tui.model import Evidence, Gate, Hit, Offer, Opener, Silence, Status, Suggestion, Topic


def iso(at: float) -> str:
    """A unix time as local ISO 8601, to the second."""
    return datetime.fromtimestamp(at).astimezone().isoformat(timespec="seconds")


def hit(found: Hit) -> dict[str, Any]:
    """One result of `search`."""
    passage = found.passage
    return {
        "path": passage.path,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
        "heading": " › ".join(passage.heading),
        "text": passage.text,
        "score": round(found.score, 6),
        "channels": {name: round(found.channels.get(name, 0.0), 6) for name in ("meaning", "words")},
    }


def topic(raised: Topic) -> dict[str, Any]:
    """A topic, with what it rests on kept apart."""
    return {
        "id": raised.id,
        "kind": raised.kind,
        "title": raised.title,
        "due": iso(raised.due) if raised.due is not None else None,
        "at": iso(raised.at),
        "detail": raised.detail,
    }


def evidence(quoted: Evidence) -> dict[str, Any]:
    """Lines of a note."""
    return {"path": quoted.path, "line_start": quoted.line_start, "line_end": quoted.line_end, "text": quoted.text}


def opener(words: Opener) -> dict[str, Any]:
    """What it opens with."""
    return {"text": words.text, "framing": words.framing, "spoken_by": words.spoken_by}


def suggestion(made: Suggestion | Offer, words: Opener, reasons: tuple[str, ...]) -> dict[str, Any]:
    """One result of `suggest`, and the part of `why` that an offer shares with it."""
    return {
        "topic": topic(made.topic),
        "score": round(made.score, 6),
        "reasons": list(reasons),
        "features": made.features,
        "contributions": made.contributions,
        "channels": made.channels,
        "propensity": made.propensity,
        "evidence": [evidence(each) for each in made.topic.evidence],
        "opener": opener(words),
    }


def gates(passed: tuple[Gate, ...]) -> list[dict[str, Any]]:
    """The hard conditions, as they were."""
    return [{"name": gate.name, "passed": gate.passed, "detail": gate.detail} for gate in passed]


def why(decision: Offer | Silence, reasons: tuple[str, ...]) -> dict[str, Any]:
    """Why it spoke or kept silent."""
    match decision:
        case Offer():
            return {
                "kind": "offer",
                "at": iso(decision.at),
                "reason": decision.reason,
                "now": decision.now,
                "would_have_changed": list(otherwise(decision)),
                "offer": decision.id,
                **suggestion(decision, decision.opener, reasons),
                "receptivity": decision.receptivity,
                "gates": gates(decision.gates),
            }
        case Silence():
            return {
                "kind": "silence",
                "at": iso(decision.last),
                "since": iso(decision.at),
                "reason": decision.reason,
                "detail": decision.detail,
                "times": decision.times,
                "reasons": list(reasons),
                "would_have_changed": list(otherwise(decision)),
                "topic": {"id": decision.topic, "title": decision.title},
                "receptivity": decision.receptivity,
                "gates": gates(decision.gates),
            }


def replayed(found: Hindsight) -> dict[str, Any]:
    """The journal under other settings."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for occasion in (*plain["offered"], *plain["left_out"], *plain["said_besides"]):
        occasion["at"] = iso(occasion["at"])
    return plain


def stats(found: Stats) -> dict[str, Any]:
    """What came of the offers."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for point in plain["curve"]:
        point["at"] = iso(point["at"])
    return plain


def status(now: Status) -> dict[str, Any]:
    """How things stand."""
    plain: dict[str, Any] = msgspec.to_builtins(now)
    if now.rhythm.next_at is not None:
        plain["rhythm"]["next_at"] = iso(now.rhythm.next_at)
    return plain


def event(recorded: events.Recorded) -> dict[str, Any]:
    """One line of `journal`."""
    line: dict[str, Any] = {"id": recorded.id, "at": iso(recorded.at), "kind": events.kind(recorded.event)}
    match recorded.event:
        case events.Offered(offer=offer):
            line |= {
                "offer": offer.id,
                **suggestion(offer, offer.opener, ()),
                "framing": offer.opener.framing,
                "receptivity": offer.receptivity,
                "when": offer.when,
                "reason": offer.reason,
                "now": offer.now,
                "gates": gates(offer.gates),
                "versions": offer.versions,
            }
            del line["reasons"]
        case events.Reacted() as reacted:
            line |= {"offer": reacted.offer, "reaction": reacted.reaction, "seconds": round(reacted.seconds, 3)}
            line |= {"turns": reacted.turns} if reacted.turns else {}
            line |= {"until": iso(reacted.until)} if reacted.until is not None else {}
        case events.Asked(offer=offer_id):
            line["offer"] = offer_id
        case events.Answered(offer=offer_id, good=good):
            line |= {"offer": offer_id, "good": good}
        case events.Silent(silence=silence):
            line |= {key: value for key, value in why(silence, ()).items() if key not in {"kind", "at", "reasons"}}
            line["last"] = iso(silence.last)
        case events.Wrote(path=path, digest=digest):
            line |= {"path": path, "digest": digest}
        case events.Said(conversation=conversation, turn=turn, title=title, offer=offer_id, topic=topic_id) as said:
            line |= {"conversation": conversation, "role": turn.role, "text": turn.text}
            line |= {"spoken_by": turn.spoken_by, "stopped": turn.stopped} if turn.role == "assistant" else {}
            line |= {"sources": [evidence(each) for each in turn.sources]} if turn.sources else {}
            line |= {"title": title, "offer": offer_id, "topic": topic_id} if title else {}
            line |= {"replaces": said.replaces} if said.replaces else {}
        case events.Touched(paths=paths):
            line["paths"] = list(paths)
        case events.Moved(path=path, to=to):
            line |= {"path": path, "to": to}
        case events.Left(paths=paths, back=back):
            line |= {"paths": list(paths), "back": back}
        case events.Set(key=key, value=value, offer=offer_id):
            line |= {"key": key, "value": value} | ({"offer": offer_id} if offer_id else {})
    return line
