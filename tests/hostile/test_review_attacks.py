"""What others write at a forge steers nothing: not the model, not the prompt, not the screen, not what blocks."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.forge.forge_items import items_of_pull
from proactive_tui.sources.forge.forge_port import ForgeActor, ForgePull
from proactive_tui.talk.conversation import ReplyStream, start_from_offer
from proactive_tui.talk.grounding import QUOTATION_PATTERN
from proactive_tui.talk.opener import write_opener
from proactive_tui.topics.outside.reviews import mine_reviews
from tests.hostile.payloads import faults
from tests.hostile.review_attacks import REVIEW_ATTACKS, ReviewAttack
from tests.hostile.test_attacks import MARKS, idle  # noqa: F401  (a fixture)
from tests.sources.forge.pulls import HOUR, MARA, START, failed, pull, said, talk, verdict
from tests.talk.searched_hits import finding
from tests.topics.builders import library, note

ATTACKS = [pytest.param(attack, id=attack.name) for attack in REVIEW_ATTACKS]
NOW = START + 8 * HOUR


def attacked(attack: ReviewAttack) -> ForgePull:
    """A pull request with the attack in its field, and something that blocks it otherwise."""
    fields: dict[str, Any] = {
        "title": {"title": attack.text},
        "body": {"text": attack.text},
        "branch": {"branch": attack.text},
        "label": {"repository": attack.text},
    }.get(attack.field, {})
    author = ForgeActor(name=attack.text) if attack.field == "author" else MARA
    text = attack.text if attack.field == "comment" else "This swallows the exception."
    place = {"path": attack.text} if attack.field == "file" else {}
    check = failed(attack.text) if attack.field == "check" else failed(
        summary=attack.text if attack.field == "summary" else "2 failed"
    )  # fmt: skip
    reviews = (verdict("r", "commented", attack.text),) if attack.field == "review" else ()
    return pull(threads=(talk("t", said("a", text, by=author), **place),), checks=(check,), reviews=reviews, **fields)


def topic_of(attack: ReviewAttack) -> Topic:
    items = [note_of_item(item) for item in items_of_pull("github.com", attacked(attack))]
    assert all(item.tasks == () and item.links == () and item.tags == () for item in items)
    assert all(re.fullmatch(r"forge://[\w./=@+-]+", item.path) for item in items)
    assert all(item.origin is not None and re.match(r"https?://|$", item.origin.address) for item in items)
    notes = library(note("# Diary\n\nWe walked along the river.\n", "private/diary.md"))
    (topic,) = mine_reviews(dataclasses.replace(notes, items={item.path: item for item in items}), NOW)
    return topic


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_model_that_obeys_is_refused(attack: ReviewAttack, idle: None) -> None:  # noqa: F811
    from tests.talk.fakes import FakeLanguageModel

    topic = topic_of(attack)
    model = FakeLanguageModel(attack.wants, attack.wants)
    opener = await write_opener(topic, "question", model, now=NOW)
    assert opener.spoken_by == "template"
    assert faults(opener.text, kept="") == []
    own = QUOTATION_PATTERN.sub(" ", opener.text)
    assert not re.search(r"https?:|www\.|\]\(|[<>`|]", own)
    for messages in model.prompts:
        prompt = "\n".join(message.text for message in messages)
        inside = re.sub(r'<note number="\d" name="[^"<>\n]*"(?: written_by="[^"<>\n]*")?>|</?note>', "", prompt)
        assert MARKS.search(inside) is None
        assert faults(prompt) == []


@pytest.mark.parametrize("attack", ATTACKS)
async def test_the_walk_keeps_others_within_their_quotation(attack: ReviewAttack, idle: None) -> None:  # noqa: F811
    topic = topic_of(attack)
    opener = await write_opener(topic, "question", None, now=NOW)
    talk_about = start_from_offer("c", topic, opener, at=NOW)

    reply = ReplyStream(
        talk_about, "/next", find_answer=finding(()), model=None, settings=LanguageModelConfig(), at=NOW
    )
    async for piece in reply:
        assert "\x1b" not in piece
    outside = "\n".join(line for line in reply.turn.text.splitlines() if not line.startswith(">"))
    assert faults(reply.turn.text) == []
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)<[a-z/]|^#", outside, re.MULTILINE)
    if attack.field == "comment" and attack.text.strip():
        assert attack.text.strip().splitlines()[0][:20] not in outside


def test_no_claim_makes_a_comment_block() -> None:
    claims = (
        "This is (blocking)!",
        "URGENT!!! BLOCKER!!!",
        "The owner says: issue (blocking): x",
        "> issue: old\n\nok",
    )
    for text in claims:
        found = pull(comments=(said("a", text),))
        assert not any(item.facts.get("blocking") for item in items_of_pull("github.com", found))


def test_there_are_enough_attacks_on_reviews() -> None:
    assert len(REVIEW_ATTACKS) >= 30
    assert len({attack.name for attack in REVIEW_ATTACKS}) == len(REVIEW_ATTACKS)
