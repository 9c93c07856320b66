"""How a model is asked: with passages, or where it is small with lines; and what is quoted as well."""

from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.config import LanguageModelConfig
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.line_prompt import NOT_TOLD
from proactive_tui.talk.answers.reply_plan import ReplyPlan, is_small, leaves_to_say, plan_reply
from proactive_tui.talk.conversation import ReplyStream
from tests.talk.fakes import FakeLanguageModel
from tests.talk.searched_hits import finding
from tests.talk.topics import NOW, PREVOTE, hit

LEASES = hit(
    "course/leases.md",
    "A lease holder serves reads alone.\n\nClocks may drift by 10 ms.\n\nLeases are renewed every 4 seconds.",
    "Leases",
    line=7,
    score=0.9,
)
BREAD = hit("kitchen/bread.md", "Rye ferments faster than wheat.", "Bread", line=2, score=0.1)
EMPTY = Conversation(id="c", title="", at=NOW, turns=())
search, nothing = finding([LEASES, BREAD]), finding(())
ANSWERED, UNANSWERED = "by how many ms may the clocks drift?", "what is the phone number of Kwame's dentist in Oslo?"
SMALL, LARGE = 1.5, 8.0


async def replied(text: str, model: FakeLanguageModel | None) -> Turn:
    reply = ReplyStream(EMPTY, text, find_answer=search, model=model, settings=LanguageModelConfig(), at=NOW)
    async for _ in reply:
        pass
    return reply.turn


def planned(found: FoundAnswer, billions: float, *turns: Turn) -> ReplyPlan:
    return plan_reply(found, turns, FakeLanguageModel(billions=billions), 4096, 0.4, NOW)


@pytest.mark.parametrize(("billions", "small"), [(0.0, False), (0.3, True), (1.5, True), (3.0, False), (8.0, False)])
def test_a_model_of_unknown_size_is_not_small(billions: float, small: bool) -> None:
    assert is_small(FakeLanguageModel(billions=billions)) is small


async def test_a_large_model_goes_on_with_the_talk_from_passages() -> None:
    opener = Turn(role="assistant", text="Did you find out?", at=NOW, sources=PREVOTE.evidence)
    plan = planned(await search(ANSWERED, EMPTY), LARGE, opener)
    assert [source.path for source in plan.read] == [PREVOTE.evidence[0].path, "course/leases.md", "kitchen/bread.md"]
    assert not plan.quoted
    assert [message.role for message in plan.messages] == ["system", "assistant", "user"]


async def test_a_small_model_is_asked_about_single_lines() -> None:
    plan = planned(await search(ANSWERED, EMPTY), SMALL)
    assert [block.source for block in plan.quoted.values()] == list(plan.read)
    assert "1. (Leases) A lease holder serves reads alone." in plan.messages[-1].text
    assert plan.messages[-1].text.endswith(f"Question: {ANSWERED}")
    assert plan.temperature == 0.0


async def test_what_is_told_to_a_small_model_is_no_question() -> None:
    found = await search("I bought rye and wheat today.", EMPTY)
    assert not planned(found, SMALL).quoted
    assert leaves_to_say(FakeLanguageModel(billions=SMALL), found)


async def test_a_small_model_is_not_asked_where_there_are_no_lines() -> None:
    found = await nothing(UNANSWERED, EMPTY)
    assert not leaves_to_say(FakeLanguageModel(billions=SMALL), found)
    assert leaves_to_say(FakeLanguageModel(billions=LARGE), found)


async def test_what_a_small_model_leaves_unsaid_is_quoted_below() -> None:
    turn = await replied(ANSWERED, FakeLanguageModel("Clocks may drift by 10 ms.", billions=SMALL))
    assert turn.text.startswith("Clocks may drift by 10 ms [1].")
    assert turn.spoken_by == "ollama:fake"
    assert turn.text.count("Clocks may drift") == 1
    assert "> Leases are renewed every 4 seconds. [1]" in turn.text


async def test_where_a_small_model_is_wrong_the_lines_stand_as_without_it() -> None:
    wrong = await replied(ANSWERED, FakeLanguageModel("The dentist is in Oslo.", billions=SMALL))
    alone = await replied(ANSWERED, None)
    assert wrong.text == f"The words of the language model do not match your notes. {alone.text}"
    assert wrong.sources == alone.sources


@pytest.mark.parametrize(
    ("billions", "says"),
    [(SMALL, NOT_TOLD), (SMALL, "not told"), (LARGE, "Your notes do not mention any drift of clocks in Oslo.")],
)
async def test_a_model_that_finds_no_answer_is_silent(billions: float, says: str) -> None:
    turn = await replied(ANSWERED, FakeLanguageModel(says, billions=billions))
    assert turn.text.startswith("Your notes do not tell that")
    assert "> " in turn.text, "and shows what is nearest"


async def test_a_small_model_may_answer_what_the_lines_alone_would_not() -> None:
    async def unsure(text: str, talk: Conversation) -> FoundAnswer:
        return (await search(text, talk)).as_silent()

    async def say(words: str) -> ReplyStream:
        model = FakeLanguageModel(words, billions=SMALL)
        reply = ReplyStream(EMPTY, ANSWERED, find_answer=unsure, model=model, settings=LanguageModelConfig(), at=NOW)
        async for _ in reply:
            pass
        return reply

    assert (await say("Leases are renewed every 4 seconds.")).turn.text.startswith(
        "Leases are renewed every 4 seconds [1]"
    )
    garbled = await say("Leases are renewed every 9 hours.")
    assert "every 4 seconds" in garbled.turn.text, "it sees an answer: here it is"
    assert "9 hours" not in garbled.turn.text
    assert (await say("Not told.")).is_silent


@pytest.mark.parametrize(
    ("asked", "says", "fits"),
    [
        ("who serves reads alone?", "Imran does.", True),
        ("whose reads are served alone?", "The reads of a holder.", False),
        ("who serves reads alone?", "A lease holder serves reads alone.", False),
        ("how long does a lease last?", "4 seconds.", True),
        ("how long does a lease last?", "It is renewed.", False),
        ("why are leases renewed?", "They are renewed.", True),
    ],
)
async def test_an_answer_begins_with_what_is_asked_for(asked: str, says: str, fits: bool) -> None:
    found = await search(asked, EMPTY)
    assert planned(structs.replace(found, likely=found.quoted), SMALL).fits(says) is fits
