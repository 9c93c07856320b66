"""What hurts its owner is in no offer, opener, preview or status, and search finds it: the loop with the real parts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from proactive_tui.brain.offers import opener_cache
from proactive_tui.config import Config, TopicsConfig
from proactive_tui.ipc.events import FailureReport, OfferMade, PreparedTopics, StatusUpdate
from proactive_tui.ipc.requests import GetPreparedTopics, SuggestNow
from proactive_tui.model.offer_values import Opener
from tests.brain.build import QUICK, Face, services, with_offers
from tests.waiting import until

SILENT = with_offers(QUICK, per_day=0, first_day=0)
HARD = {
    "2026-11-28.md": "# Sat 28 Nov\n\nMy father is in hospital again. Will he make it?\n"
    "Broke up with Lena. I wonder if she was right.\n\n- [ ] therapist: ask about the panic attacks\n",
    "2026-11-27.md": "# 27.11.\n\nWarum hat Mama wieder getrunken? Ich kann nicht mehr.\n",
}
TASK = {"2026-11-21-numbers.md": "# Load test\n\n- [ ] send Mara the load-test numbers by 2026-11-27\n"}
WORDS = ("father", "lena", "therapist", "getrunken")


def told(face: Face) -> str:
    return b"\n".join(map(msgspec.json.encode, face.said)).decode().lower()


async def test_only_hard_notes_leave_nothing_to_raise_and_status_counts_them(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT, HARD) as face:
        await until(lambda: any(update.status.held_back for update in face.all(StatusUpdate)), 20)
        face.ask(SuggestNow(request=1))
        await face.next(FailureReport)
        assert face.all(OfferMade) == []
        assert not [word for word in WORDS if word in told(face)]
        journal = (face.data / "journal.sqlite3").read_bytes() if (face.data / "journal.sqlite3").exists() else b""
        assert not [word for word in WORDS if word.encode() in journal.lower()]
        found = face.services.search_notes("father hospital", 3)
        assert "father" in found[0].passage.text


async def test_what_is_ordinary_beside_them_is_raised_with_the_version_of_the_classifier(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT, HARD | TASK) as face:
        await until(lambda: any(sum(update.status.topics.values()) for update in face.all(StatusUpdate)), 20)
        assert face.all(StatusUpdate)[-1].status.held_back > 0
        face.ask(GetPreparedTopics(request=2))
        prepared = await face.next(PreparedTopics)
        assert all("numbers" in title or "Load" in title for _, title in prepared.topics)
        face.ask(SuggestNow(request=1))
        offer = (await face.next(OfferMade)).offer
        assert "numbers" in offer.topic.title
        assert offer.versions["tenderness"]
        assert not [word for word in WORDS if word in told(face)]


def test_a_folder_that_is_let_in_is_raised_from(tmp_path: Path) -> None:
    open_config: Config = structs.replace(QUICK, topics=TopicsConfig(raise_tender_in=(".",)))
    opened = services(tmp_path, open_config, HARD)
    try:
        opened.index.refresh()
        titles = " ".join(topic.title for topic in opened.mine_topics(1795687200.0, 0).topics)
        assert "make it" in titles or "therapist" in titles
        assert opened.cache.held_back == 0
    finally:
        opened.close()


async def test_an_opener_with_tender_words_is_not_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cruel(*_: object, **__: object) -> Opener:
        return Opener(text="Your father died. What about the numbers?", framing="question", spoken_by="template")

    monkeypatch.setattr(opener_cache, "write_opener", cruel)
    async with Face(tmp_path, QUICK, TASK) as face:
        await until(lambda: any(sum(update.status.topics.values()) for update in face.all(StatusUpdate)), 20)
        face.ask(SuggestNow(request=1))
        await face.next(FailureReport)
        assert face.all(OfferMade) == []
