"""A few kills of each kind; `python -m tests.endurance.kills --points 500` is the real count."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from proactive_tui.ipc import events as tells
from proactive_tui.ipc import requests
from proactive_tui.journal import events
from proactive_tui.journal.events import RecordedEvent
from tests.endurance.ack_checker import Acknowledged, Line, wrong
from tests.journal.builders import T0, offer, turn

OFFERED = tells.OfferMade(offer=offer("o1"))
REACTED = requests.ReactToOffer(offer="o1", reaction="not now")


def journal(*happened: events.Event) -> list[RecordedEvent]:
    return [RecordedEvent(id=number, at=T0, event=event) for number, event in enumerate(happened, start=1)]


def troubles(lines: list[Line], *happened: events.Event) -> list[str]:
    acknowledged = Acknowledged()
    acknowledged.read(lines)
    return wrong(acknowledged, journal(*happened))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks its brains")
def test_what_is_acknowledged_survives_kills_of_brain_face_and_both() -> None:
    command = [sys.executable, "-m", "tests.endurance.kills", "--points", "8", "--seed", "7", "--real", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "8 kills" in ended.stdout
    assert "0 with something lost" in ended.stdout


def test_the_harness_knows_a_loss() -> None:
    offered, reacted = events.OfferIssued(offer=offer("o1")), events.ReactionReceived(offer="o1", reaction="not now")
    lines: list[Line] = [(False, OFFERED), (True, REACTED)]
    assert troubles(lines, offered) == [], "sent is not acknowledged"
    assert troubles(lines, offered, reacted) == [], "and may have been kept"
    lines.append((False, tells.LearningFeedback(offer="o1", words="")))
    assert "acknowledged and not there" in troubles(lines, offered)[0]
    assert "acknowledged and not there" in troubles(lines, reacted)[0]
    assert "2 times" in troubles(lines, offered, reacted, reacted)[0]
    assert "2 times" in troubles(lines, offered, offered, reacted)[0]
    lines += [(True, requests.UndoReaction(request=1, offer="o1"))]
    assert troubles(lines, offered, reacted) == troubles(lines, offered) == [], "an undo may have been done or not"


def test_the_harness_knows_what_was_said_set_and_deleted() -> None:
    said = events.TurnAdded(conversation="c1", turn=turn("Well?"))
    reply = turn("So.", T0, "assistant")
    replied = events.TurnAdded(conversation="c1", turn=reply)
    lines: list[Line] = [(True, requests.SendMessage(request=5, conversation="c1", text="Well?"))]
    assert troubles(lines) == []
    lines.append((False, tells.ReplyChunk(request=5, text="S")))
    assert len(troubles(lines)) == 1
    lines.append((False, tells.ReplyFinished(request=5, turn=reply)))
    assert len(troubles(lines)) == 2
    assert troubles(lines, said, replied) == []
    lines += [(True, requests.DeleteConversation(request=6, conversation="c1"))]
    assert troubles(lines) == troubles(lines, said, replied) == []
    lines += [(False, tells.RequestDone(request=6))]
    assert len(troubles(lines, said, replied)) == 2
    lines = [(True, requests.SetQuietUntil(until=5.0)), (True, requests.GetPreparedTopics(request=7))]
    assert troubles(lines) == []
    lines += [(False, tells.PreparedTopics(request=7, topics=()))]
    assert len(troubles(lines)) == 1
    assert troubles(lines, events.SettingChanged(key=events.QUIET_UNTIL, value=5.0)) == []


def test_a_setting_is_acknowledged_by_what_was_asked_after_it() -> None:
    search, found = requests.SearchNotes(request=1, query="x"), tells.SearchResults(request=1, hits=())
    quiet, ahead = requests.SetQuietUntil(until=5.0), requests.GetPreparedTopics(request=2)
    told = Acknowledged()
    told.read([(True, search), (True, quiet), (True, ahead), (False, found)])
    assert told.facts == set(), "the search was asked before"
    told.read([(True, search), (True, quiet), (True, ahead), (False, tells.PreparedTopics(request=2, topics=()))])
    assert told.facts == {("set", "quiet_until", "5.0")}
