"""The JSON of the journal's events, and of its replay under other settings: shapes that scripts rely on. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.brain.insight.json_shapes import (
    decision_json,
    evidence_json,
    format_iso,
    gates_json,
    suggestion_json,
)
from proactive_tui.brain.insight.offpolicy.estimate import OffPolicyReport
from proactive_tui.journal import events


def evaluation_json(found: OffPolicyReport) -> dict[str, Any]:
    """The JSON of an off-policy report."""
    plain: dict[str, Any] = msgspec.to_builtins(found)
    for occasion in (*plain["offered"], *plain["left_out"], *plain["said_besides"]):
        occasion["at"] = format_iso(occasion["at"])
    return plain


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
                key: value
                for key, value in decision_json(silence, (), describe_counterfactuals(silence)).items()
                if key not in {"kind", "at", "reasons"}
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
