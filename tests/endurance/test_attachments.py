"""A few attachments; `python -m tests.endurance.attachments --rounds 200` is the real count."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from tests.endurance.attachments import Place, Rounds
from tests.journal.builders import T0, turn
from tests.ollama_server import serving


def test_what_is_lost_or_comes_twice_is_found(tmp_path: Path) -> None:
    with serving() as server:
        place = Place(tmp_path, server)
    rounds = Rounds(place, random.Random(1))
    with Journal(place.paths.journal_file) as journal:
        journal.append(events.TurnAdded(conversation="c1", turn=turn("Said once.")), T0)
    rounds._known.messages.append("Said once.")
    rounds._check_journal()
    assert rounds.troubles == []
    rounds._known.messages.append("Never kept.")
    rounds._check_journal()
    assert "Never kept." in rounds.troubles.pop()


@pytest.mark.slow
def test_conversations_and_offers_are_as_they_were_after_kills() -> None:
    command = [sys.executable, "-m", "tests.endurance.attachments", "--rounds", "4", "--seed", "7"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 attachments" in ended.stdout
    assert "; 0 lost" in ended.stdout
