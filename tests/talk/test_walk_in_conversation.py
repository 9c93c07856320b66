"""`/next` in a conversation about a review, without a language model and with one."""

from __future__ import annotations

from proactive_tui.config import LanguageModelConfig
from proactive_tui.model.note_values import ItemOrigin, Passage, SearchHit
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.conversation import ReplyStream, append_turns
from tests.talk.fakes import FakeLanguageModel
from tests.talk.searched_hits import finding

ORIGIN = ItemOrigin(source="forge", form="review comment", author="mara", place="src/retry.py:41")
REMARKS = tuple(
    Evidence(path=f"forge://x/{name}", line_start=1, line_end=1, text=f"Remark {name}.", origin=ORIGIN) for name in "ab"
)
OPENED = Turn(role="assistant", text="Your PR has 2 new comments.", at=1.0, sources=REMARKS)
ITEM = Passage(
    id="p",
    path="forge://x/z",
    heading=(),
    line_start=1,
    line_end=1,
    text="The ledger drifts.",
    prose="The ledger drifts.",
)


find = finding((SearchHit(passage=ITEM, score=1.0, channels={"words": 1.0, "meaning": 0.7}, origin=ORIGIN),))


async def answer(conversation: Conversation, text: str, model: FakeLanguageModel | None = None) -> Conversation:
    settings = LanguageModelConfig()
    reply = ReplyStream(conversation, text, find_answer=find, model=model, settings=settings, at=2.0)
    async for _ in reply:
        pass
    return append_turns(conversation, reply.question, reply.turn)


def begun() -> Conversation:
    return Conversation(id="c", title="Retry", at=1.0, turns=(OPENED,))


async def test_it_goes_through_the_remarks_and_ends_with_the_owners_words() -> None:
    talk = await answer(begun(), "yes, please")
    assert talk.turns[-1].sources == (REMARKS[0],)
    talk = await answer(talk, "I will raise it instead of logging it.")
    assert talk.turns[-1].text == "I keep that as yours. `/next` goes on."
    talk = await answer(talk, "/next")
    assert talk.turns[-1].sources == (REMARKS[1],)
    talk = await answer(talk, "/next")
    assert "“I will raise it instead of logging it.”" in talk.turns[-1].text
    assert talk.turns[-1].sources == ()


async def test_no_model_words_a_step() -> None:
    model = FakeLanguageModel("I made this up.")
    talk = await answer(begun(), "/next", model)
    assert talk.turns[-1].spoken_by == "template"
    assert model.prompts == []


async def test_words_of_others_are_not_said_to_be_of_the_notes() -> None:
    talk = await answer(begun(), "what about the ledger?")
    assert talk.turns[-1].text.startswith("This is what I found:\n\n> The ledger drifts. [1]")
    assert talk.turns[-1].text.endswith("mara, src/retry.py:41 [1]")
    assert talk.turns[-1].sources[0].is_others


async def test_a_question_on_the_way_is_answered_from_what_there_is() -> None:
    talk = await answer(await answer(begun(), "/next"), "Does the ledger drift?")
    assert "The ledger drifts" in talk.turns[-1].text
