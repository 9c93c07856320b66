"""Replies: from the notes, cited, stoppable, within the model's context, and never a dead end."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import IndexingError, LanguageModelError
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import Opener
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.context_window import build_reply_prompt
from proactive_tui.talk.conversation import (
    FindAnswer,
    ReplyStream,
    append_turns,
    start_about_passage,
    start_from_offer,
)
from proactive_tui.talk.llm.base import ChatModel, PromptCutError, UnfitModelError
from proactive_tui.talk.llm.token_count import estimate_messages, estimate_tokens, truncate_to_tokens
from tests.talk.fakes import FakeLanguageModel
from tests.talk.searched_hits import finding
from tests.talk.topics import DAY, NOW, PREVOTE, evidence, hit

OPENER = Opener(
    text="You asked “does Raft need pre-vote with leases?” Did you find out?", framing="question", spoken_by="template"
)
START = start_from_offer("c1", PREVOTE, OPENER, at=NOW, offer="o1")
HITS = [
    hit(
        "course/leases.md", "A lease holder serves reads alone. Clocks may drift by 10 ms.", "Leases", line=7, score=0.9
    ),
    hit("kitchen/bread.md", "Rye ferments faster than wheat.", "Bread", line=2, score=0.1),
]


search, nothing = finding(HITS), finding(())


async def broken(text: str, talk: Conversation) -> FoundAnswer:
    raise IndexingError("The index is gone", "", "Run index.")


def ask(
    text: str, model: ChatModel | None, find: FindAnswer = search, conversation: Conversation = START
) -> ReplyStream:
    return ReplyStream(conversation, text, find_answer=find, model=model, settings=LanguageModelConfig(), at=NOW + 60)


async def heard(reply: ReplyStream) -> str:
    return "".join([piece async for piece in reply])


def test_it_begins_with_the_opener_and_its_evidence() -> None:
    assert [turn.role for turn in START.turns] == ["assistant"]
    assert START.turns[0].sources == PREVOTE.evidence
    assert (START.offer, START.topic, START.title) == ("o1", "prevote", PREVOTE.title)


def test_or_with_a_passage_that_the_owner_chose() -> None:
    chosen = start_about_passage("c2", evidence("a.md", "One.\nTwo.", "Top", "Part"), at=NOW)
    assert chosen.title == "Part"
    assert chosen.turns[0].text == "> One.\n> Two."


async def test_a_reply_streams_and_cites() -> None:
    model = FakeLanguageModel("A lease holder serves reads [9]. It serves them alone. Clocks may drift by 10 ms.")
    reply = ask("who serves reads with a lease?", model)
    pieces = [piece async for piece in reply]
    assert len(pieces) == 3, "sentence by sentence"
    assert (
        reply.turn.text == "A lease holder serves reads [2]. It serves them alone [2]. Clocks may drift by 10 ms [2]."
    )
    assert "".join(pieces).strip() == reply.turn.text
    assert reply.turn.sources[1].path == "course/leases.md"
    assert reply.turn.sources[0] == PREVOTE.evidence[0]
    assert (reply.turn.spoken_by, reply.turn.stopped, reply.problem) == ("ollama:fake", False, "")
    assert '<note number="2" name="Leases">' in model.prompts[0][0].text
    assert model.prompts[0][-1].text == "who serves reads with a lease?"
    whole = append_turns(START, reply.question, reply.turn)
    assert [turn.role for turn in whole.turns] == ["assistant", "user", "assistant"]


async def test_stop_keeps_what_was_said_and_does_not_wait_for_the_model() -> None:
    model = FakeLanguageModel("It holds. And then", hang=3)
    reply = ask("why?", model)
    async with asyncio.timeout(5):
        async for _ in reply:
            reply.stop()
    assert reply.turn.stopped
    assert reply.turn.text == "It holds."
    assert model.closed == 1


async def test_stop_before_the_first_word() -> None:
    reply = ask("why?", FakeLanguageModel("It holds. And then", hang=3))
    reply.stop()
    assert await heard(reply) in ("", "It holds. ")
    assert reply.turn.stopped


async def test_cancelling_the_reader_keeps_what_was_said() -> None:
    model = FakeLanguageModel("It holds. And then", hang=3)
    reply = ask("why?", model)
    came = asyncio.Event()

    async def read() -> None:
        async for _ in reply:
            came.set()

    task = asyncio.create_task(read())
    await came.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert reply.turn.text == "It holds."
    assert reply.turn.stopped
    assert model.closed == 1


async def test_a_model_that_fails_half_way_keeps_its_words() -> None:
    failed = LanguageModelError("Ollama failed", "gone", "Ask again.")
    reply = ask("why?", FakeLanguageModel(("It holds. And half a", failed)))
    assert (await heard(reply)).strip() == "It holds."
    assert "Ollama failed" in reply.problem
    assert reply.turn.spoken_by == "ollama:fake"


@pytest.mark.parametrize("said", [LanguageModelError("Ollama failed"), "", "<think>nothing</think>"])
async def test_a_model_that_says_nothing_is_replaced_by_the_notes(said: str | LanguageModelError) -> None:
    reply = ask("who serves reads with a lease?", FakeLanguageModel(said))
    await heard(reply)
    assert "A lease holder serves reads alone" in reply.turn.text
    assert reply.turn.spoken_by == "template"
    assert reply.problem


async def test_a_prompt_that_does_not_fit_is_tried_again_shorter() -> None:
    model = FakeLanguageModel(PromptCutError("too long"), "It holds.")
    long = append_turns(START, *[Turn(role="user", text="what about clocks? " * 60, at=NOW)] * 12)
    reply = ask("why?", model, conversation=long)
    assert (await heard(reply)).strip() == "It holds."
    assert model.sizes[1] < model.sizes[0]
    assert reply.problem == ""


async def test_a_prompt_that_never_fits_falls_back_to_the_notes() -> None:
    model = FakeLanguageModel(*[PromptCutError("too long")] * 5)
    reply = ask("who serves reads?", model)
    assert "serves reads alone" in await heard(reply)
    assert "too long" in reply.problem


@pytest.mark.parametrize("error", [PromptCutError, UnfitModelError])
async def test_what_was_said_without_the_notes_is_not_kept_over_their_sources(error: type[LanguageModelError]) -> None:
    unread = error("The language model did not read everything")
    reply = ask("how much may the clocks drift?", FakeLanguageModel(*[("You promised me the moon", unread)] * 5))
    async for _ in reply:
        pass
    assert reply.turn.text.startswith("Your notes say:")
    assert "moon" not in reply.turn.text
    assert reply.turn.spoken_by == "template"
    assert "did not read everything" in reply.problem


async def test_reasoning_without_a_beginning_is_taken_back() -> None:
    anew: list[str] = []
    reply = ask(
        "how?", FakeLanguageModel("A lease holder serves reads alone. So now\n</think>\nClocks may drift by 10 ms [1].")
    )
    reply.on_anew = lambda: anew.append("anew")
    streamed = [piece async for piece in reply]
    assert reply.turn.text == "Clocks may drift by 10 ms [2]."
    assert anew == ["anew"]
    assert "".join(streamed) != reply.turn.text


async def test_a_loop_is_ended_with_a_word_and_said_once() -> None:
    model = FakeLanguageModel("Here it is. " + "Clocks may drift by 10 ms. " * 200)
    reply = ask("what?", model)
    async for _ in reply:
        pass
    assert reply.turn.text == "Here it is. Clocks may drift by 10 ms [2]."
    assert "the same again and again" in reply.problem
    assert model.closed == 1, "its stream was closed"


async def test_a_model_that_goes_on_for_the_owner_is_stopped() -> None:
    model = FakeLanguageModel("It is due.<|im_end|><|im_start|>user\nAnd now? " + "word " * 500)
    reply = ask("when?", model)
    async for _ in reply:
        pass
    assert reply.turn.text == "It is due."
    assert reply.problem == ""


async def test_the_model_is_told_the_day_the_language_and_who_i_is() -> None:
    model = FakeLanguageModel("Zehn Millisekunden.")
    await heard(ask("Wie weit dürfen die Uhren auseinander gehen, wenn es Leases gibt?", model))
    rules = model.prompts[0][0].text
    assert "Today is Monday, 23 November 2026." in rules
    assert "Answer in German." in rules
    assert "say “you”" in rules


async def test_what_is_known_exactly_is_not_left_to_the_model() -> None:
    model = FakeLanguageModel("Nothing at all.")
    due = structs.replace(PREVOTE, kind="task", detail=TopicDetails(due="2026-11-24"))
    text = await heard(ask("what is due tomorrow?", model, find=finding(HITS, (due,))))
    assert "2026-11-24 (tomorrow)" in text
    assert model.prompts == []


async def test_search_that_fails_costs_the_passages_not_the_reply() -> None:
    reply = ask("why?", FakeLanguageModel("Because."), find=broken)
    assert await heard(reply) == "Because."
    assert "The index is gone" in reply.problem


async def test_without_a_model_the_notes_are_quoted() -> None:
    reply = ask("how much may the clocks drift?", None)
    text = await heard(reply)
    assert text.startswith("Your notes say:")
    assert "Clocks may drift by 10 ms. [1]" in text
    assert reply.turn.sources[0].path == "course/leases.md"
    assert "Rye" not in text


async def test_without_a_model_it_says_when_it_finds_nothing() -> None:
    reply = ask("what is the capital of Mongolia?", None)
    assert (await heard(reply)).startswith("Your notes do not tell that, as far as I can see.")
    assert reply.is_silent


async def test_without_a_model_nothing_found_is_nothing_said() -> None:
    reply = ask("what is the capital of Mongolia?", None, find=nothing)
    assert await heard(reply) == "I found nothing in your notes about that."
    assert reply.turn.sources == ()


async def test_without_a_model_it_goes_on_where_the_question_has_no_words_of_its_own() -> None:
    assert "Does Raft need pre-vote" in await heard(ask("tell me more", None, find=nothing))


async def test_what_an_item_says_is_not_said_by_notes() -> None:
    own = ItemOrigin(source="calendar", form="appointment", own=True)
    found = structs.replace(hit("calendar://k/1", "The ring spreads keys evenly.", line=1, meaning=0.7), origin=own)
    reply = await heard(ask("does the ring spread keys evenly?", None, find=finding([found])))
    assert reply.startswith("This is what I found:")
    assert "appointment [1]" in reply


texts = st.text(max_size=3000) | st.integers(1, 4000).map(lambda size: "lease clock drift? " * (size // 10))
turns = st.lists(
    st.builds(lambda role, text: Turn(role=role, text=text, at=NOW), st.sampled_from(["user", "assistant"]), texts),
    max_size=12,
)
sources = st.lists(st.builds(lambda text: evidence("a/b.md", text, "Head"), texts), max_size=8)


@given(turns=turns, text=texts, sources=sources, context=st.integers(1024, 8192))
@settings(max_examples=150, deadline=None)
@pytest.mark.slow
def test_the_prompt_never_exceeds_the_context(
    turns: list[Turn], text: str, sources: list[Evidence], context: int
) -> None:
    room = min(700, context // 4)
    messages, used = build_reply_prompt(turns, text, sources, context=context, max_tokens=room)
    assert estimate_messages(messages) + room <= context
    assert messages[0].role == "system"
    assert messages[-1].role == "user"
    assert messages[0].text.count("</note>") == len(used) + 1, "once in the rules"
    assert len(messages) <= len(turns) + 2


def test_what_no_longer_fits_is_remembered_in_short() -> None:
    long = [Turn(role="user", text=f"Question number {at} about leases? " + "x " * 500, at=NOW) for at in range(9)]
    messages, _ = build_reply_prompt(long, "and now?", PREVOTE.evidence, context=2048, max_tokens=500)
    assert "Earlier they said" in messages[0].text
    assert "Question number" in messages[0].text


@given(st.text(max_size=500), st.integers(-5, 200))
def test_cut_text_has_at_most_so_many_tokens(text: str, tokens: int) -> None:
    assert estimate_tokens(truncate_to_tokens(text, tokens)) <= max(tokens, 3)


QUIZ = Topic(
    id="hydration",
    kind="fading",
    title="Hydration",
    at=NOW - 60 * DAY,
    evidence=(evidence("bread.md", "70 per cent is easy to shape. At 80 per cent the dough sticks.", "Hydration"),),
)


async def quizzed(answer: str, *, turns: int = 1) -> Turn:
    opener = Opener(text="You last wrote about hydration. What do you remember?", framing="quiz", spoken_by="template")
    asked = start_from_offer("c", QUIZ, opener, at=NOW)
    for _ in range(turns - 1):
        asked = append_turns(asked, Turn(role="user", text="Hm.", at=NOW))
    model = FakeLanguageModel("The dough sticks at 80 per cent.")
    reply = ReplyStream(
        asked, answer, find_answer=search, model=model, settings=LanguageModelConfig(), at=NOW, is_quiz=True
    )
    async for _ in reply:
        pass
    return reply.turn


async def test_a_quiz_waits_for_the_answer_and_compares_it_with_the_note() -> None:
    turn = await quizzed("It is easy to shape at 70.")
    assert turn.text.startswith("You had this:\n\n> 70 per cent is easy to shape. [1]\n\n")
    assert "missing" in turn.text
    assert (turn.recalled, turn.spoken_by, turn.sources) == (0.5, "template", QUIZ.evidence)


@pytest.mark.parametrize(("answer", "turns"), [("Where did I write that?", 1), ("It is easy to shape at 70.", 3)])
async def test_a_question_or_a_later_message_is_answered_as_ever(answer: str, turns: int) -> None:
    turn = await quizzed(answer, turns=turns)
    assert (turn.text[:31], turn.recalled) == ("The dough sticks at 80 per cent", None)
