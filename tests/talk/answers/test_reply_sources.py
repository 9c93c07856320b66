"""What a model reads: passages, or where it is small the lines that answer, and nothing where none does."""

from __future__ import annotations

import pytest

from proactive_tui.config import LanguageModelConfig
from proactive_tui.model import Conversation, Turn
from proactive_tui.talk.answers.reply_sources import choose_sources, is_small, leaves_to_say
from proactive_tui.talk.conversation import ReplyStream
from tests.talk.fakes import FakeLanguageModel
from tests.talk.searched_hits import finding
from tests.talk.topics import NOW, evidence, hit

LEASES = hit(
    "course/leases.md",
    "A lease holder serves reads alone.\n\nClocks may drift by 10 ms.\n\nLeases are renewed every 4 seconds.",
    "Leases",
    line=7,
    score=0.9,
)
BREAD = hit("kitchen/bread.md", "Rye ferments faster than wheat.", "Bread", line=2, score=0.1)
EMPTY = Conversation(id="c", title="", at=NOW, turns=())
search = finding([LEASES, BREAD])
ANSWERED, UNANSWERED = "by how many ms may the clocks drift?", "what is the phone number of Kwame's dentist in Oslo?"


async def replied(text: str, model: FakeLanguageModel) -> Turn:
    reply = ReplyStream(EMPTY, text, find_answer=search, model=model, settings=LanguageModelConfig(), at=NOW)
    async for _ in reply:
        pass
    return reply.turn


@pytest.mark.parametrize(("billions", "small"), [(0.0, False), (0.3, True), (1.5, True), (3.0, False), (8.0, False)])
def test_a_model_of_unknown_size_is_not_small(billions: float, small: bool) -> None:
    assert is_small(FakeLanguageModel(billions=billions)) is small


async def test_a_small_model_reads_lines_and_a_larger_one_passages() -> None:
    found = await search(ANSWERED, EMPTY)
    about = (evidence("work/plan.md", "A plan.", "Plan"),)
    large = choose_sources(found, about, {}, small=False)
    small = choose_sources(found, about, {}, small=True)
    assert [source.path for source in large.read] == ["work/plan.md", "course/leases.md", "kitchen/bread.md"]
    assert not large.quoted
    assert {source.path for source in small.read} <= {"course/leases.md", "kitchen/bread.md"}
    assert [block.source for block in small.quoted.values()] == list(small.read)


async def test_a_small_model_is_not_asked_where_nothing_answers() -> None:
    found = await search(UNANSWERED, EMPTY)
    assert not found.answers
    assert not leaves_to_say(FakeLanguageModel(billions=1.5), found)
    assert leaves_to_say(FakeLanguageModel(billions=8), found)
    told = await search("I bought rye and wheat today.", EMPTY)
    assert leaves_to_say(FakeLanguageModel(billions=1.5), told), "it is told something, and not asked"
    model = FakeLanguageModel("It is 555 123.", billions=1.5)
    turn = await replied(UNANSWERED, model)
    assert (turn.spoken_by, model.prompts) == ("template", [])
    assert turn.text.startswith("Your notes do not tell that")


async def test_what_a_small_model_leaves_unsaid_is_quoted_below() -> None:
    turn = await replied(ANSWERED, FakeLanguageModel("Clocks may drift by 10 ms.", billions=1.5))
    assert turn.text.startswith("Clocks may drift by 10 ms [1].")
    assert turn.spoken_by == "ollama:fake"
    assert turn.text.count("Clocks may drift") == 1
    assert "> Leases are renewed every 4 seconds. [1]" in turn.text


async def test_where_a_small_model_is_wrong_the_lines_stand_as_without_it() -> None:
    wrong = await replied(ANSWERED, FakeLanguageModel("The dentist is in Oslo.", billions=1.5))
    reply = ReplyStream(EMPTY, ANSWERED, find_answer=search, model=None, settings=LanguageModelConfig(), at=NOW)
    async for _ in reply:
        pass
    assert wrong.text == f"What the language model said is not in your notes. {reply.turn.text}"
    assert wrong.sources == reply.turn.sources


async def test_a_larger_model_that_finds_no_answer_is_silent() -> None:
    turn = await replied(
        ANSWERED, FakeLanguageModel("Your notes do not mention any drift of clocks in Oslo.", billions=8)
    )
    assert turn.text.startswith("Your notes do not tell that")
