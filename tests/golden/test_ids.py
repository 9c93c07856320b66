"""Passages and topics are known by their ids, in vectors and in journals: the same notes have the same ones.

Where they change on purpose, what was learned about a topic is known again by its title only, and what was embedded is
embedded again: `python -m tests.golden.renew ids` writes them down anew.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from proactive_tui.topics.pool import MINERS, SourceMiner
from tests.golden.ids import golden, opened
from tests.golden.pinned import missing, read


def test_passages_and_topics_have_the_ids_that_were_written_down(tmp_path: Path) -> None:
    was = read("ids.json")
    with closing(opened(tmp_path)) as services:
        now = golden(services)
    assert missing(was["passages"], now["passages"]) + missing(now["passages"], was["passages"]) == []
    before, after = ({each["id"]: each for each in some["topics"]} for some in (was, now))
    assert [each["title"] for key, each in before.items() if key not in after] == [], "topics that are gone"
    assert [each["title"] for key, each in after.items() if key not in before] == [], "topics that are new"
    assert missing(before, after) == []


def test_the_vault_holds_every_kind_of_notes() -> None:
    of_notes = {kind for kind, miner in MINERS.items() if not isinstance(miner, SourceMiner)}
    assert {each["kind"] for each in read("ids.json")["topics"]} == of_notes
