"""The loop of the plain face, with a brain that sends what the test says."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from msgspec import structs

from proactive_tui.config import Config, OffersConfig
from proactive_tui.ipc.events import (
    ConversationOpened,
    DailyDigest,
    DecisionExplanation,
    FaceReleased,
    FailureReport,
    LearningFeedback,
    MomentQuestion,
    NoteLines,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    ReplyChunk,
    ReplyFinished,
    SearchResults,
    TalkLeftOpen,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    GetDigest,
    LeaveConversation,
    OpenConversation,
    RateMoment,
    ReactToOffer,
    ReadNote,
    ReportOfferShown,
    ResumeConversation,
    SearchNotes,
    SendMessage,
    StopReply,
    SuggestNow,
    UndoReaction,
    WireRequest,
)
from proactive_tui.model.offer_values import DigestLine
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.plain_face import PlainFace
from tests.tui.fakes import FakeBrain, conversation, evidence, hit, now, offer, turn
from tests.tui.sample import SILENCE
from tests.waiting import until

A = TypeVar("A", bound=object)


def answered(ask: WireRequest) -> list[WireEvent]:
    number = getattr(ask, "request", 0)
    match ask:
        case OpenConversation(offer=about):
            begun = conversation("c1", turn("assistant", "You asked. Did you find out?"))
            return [ConversationOpened(request=number, conversation=structs.replace(begun, offer=about))]
        case ResumeConversation():
            kept = conversation("c2", turn("assistant", "So?"), turn("user", "Not yet."), turn("assistant", "When?"))
            return [ConversationOpened(request=number, conversation=kept)]
        case SearchNotes(query="nothing"):
            return [SearchResults(request=number, hits=())]
        case SearchNotes():
            return [SearchResults(request=number, hits=(hit(), hit("b.md", 3, "- [ ] ask about drift")))]
        case ReadNote(at=at):
            lines = ("# Raft", "a line", "the one", "another")
            return [NoteLines(request=number, path=at.path, first=40, lines=lines, start=42, end=42)]
        case GetDigest():
            return [DailyDigest(request=number, lines=(DigestLine(group="notes", topic=offer().topic, reason="open"),))]
        case ExplainDecision():
            return [DecisionExplanation(request=number, silence=SILENCE, remarks=("because of that",))]
        case SuggestNow(topic=topic) | UndoReaction(offer=topic):
            return [OfferMade(request=number, offer=offer("o2" if isinstance(ask, SuggestNow) else topic))]
        case _:
            return []


class Listener:
    """A running face: what it says, and a way to type."""

    def __init__(self, config: Config, answer: Callable[[WireRequest], list[WireEvent]] = answered) -> None:
        self.brain, self._text = FakeBrain(answer), io.StringIO()
        self.face = PlainFace(self.brain, config, LineOutput(self._text))

    @property
    def lines(self) -> list[str]:
        return self._text.getvalue().splitlines()

    async def hears(self, start: str, since: int = 0) -> int:
        """Wait for a line that begins so; returns its number."""
        return await until(
            lambda: next(
                (number for number, line in enumerate(self.lines) if number >= since and line.startswith(start)), 0
            )
        )

    async def types(self, *lines: str) -> int:
        before = len(self.lines)
        for line in lines:
            self.face.hear_line(line)
        await asyncio.sleep(0)
        return before

    async def asked(self, kind: type[A], count: int = 1) -> A:
        await until(lambda: len(self.brain.asked(kind)) >= count)
        return self.brain.asked(kind)[count - 1]


@asynccontextmanager
async def listening(
    config: Config | None = None, answer: Callable[[WireRequest], list[WireEvent]] = answered
) -> AsyncIterator[Listener]:
    it = Listener(config or Config(), answer)
    running = asyncio.create_task(it.face.run())
    await until(lambda: it.brain.started)
    yield it
    it.face.hear_line(None)
    assert await running in {0, 1}
    assert it.brain.closed


async def test_an_offer_comes_with_its_reason_its_sources_and_its_answers() -> None:
    async with listening() as it:
        it.brain.tell(now(), OfferMade(offer=offer()))
        assert it.lines[0] == "Status: Starting."
        assert it.lines[1].startswith("Status: 412 notes, watching")
        begin = await it.hears("Assistant: You asked whether the leader lease survives")
        assert it.lines[begin + 1] == "  Did you find out?"
        assert it.lines[begin + 2].startswith("Why: You edited this note")
        assert it.lines[begin + 3] == "Source: 1, distributed/raft.md, lines 41 to 43, under Leader lease."
        assert it.lines[begin + 5].startswith("Answers: talk, later, less, answered, not mine, snooze and a time, why")
        assert it.brain.last(ReportOfferShown).offer == "o1"
        it.brain.tell(OfferMade(offer=offer()))  # the brain came back, and shows it again
        assert sum(line.startswith("Assistant: ") for line in it.lines) == 1


async def test_each_answer_means_what_its_key_means() -> None:
    meant = {
        "later": ("not now", False, False),
        "x": ("not this", False, False),
        "answered": ("already done", False, False),
        "not mine": ("not mine", False, False),
        "never": ("not this", True, False),
        "V": ("not mine", False, True),
    }
    async with listening() as it:
        for number, (typed, (reaction, never, folder)) in enumerate(meant.items(), 1):
            it.brain.tell(OfferMade(offer=offer(f"o{number}")))
            await it.types(typed)
            sent = await it.asked(ReactToOffer, number)
            told = (sent.offer, sent.reaction, sent.never, sent.never_folder)
            assert told == (f"o{number}", reaction, never, folder)
        await it.hears("Status: Never this folder.")


async def test_an_answer_is_undone_once() -> None:
    async with listening() as it:
        it.brain.tell(OfferMade(offer=offer()))
        await it.types("less")
        it.brain.tell(LearningFeedback(offer="o1", words="less of open questions"))
        await it.hears("Status: It has learned: less of open questions.")
        before = await it.types("undo", "undo")
        await it.hears("Assistant: You asked", before)
        await it.hears("Status: There is no answer to take back.")
        assert it.brain.last(UndoReaction).offer == "o1"


async def test_a_snooze_says_when_and_keeps_the_offer_where_it_is_not_understood() -> None:
    async with listening() as it:
        it.brain.tell(OfferMade(offer=offer()))
        await it.types("snooze", "snooze soonish")
        await it.hears("Status: Not understood")
        assert not it.brain.asked(ReactToOffer)
        await it.types("snooze in 3 days")
        await it.hears("Status: Again ")
        assert it.brain.last(ReactToOffer).until


async def test_an_offer_leaves_by_itself_and_one_that_is_withdrawn_says_why() -> None:
    async with listening(Config(offers=OffersConfig(ignored_after_seconds=0.05))) as it:
        it.brain.tell(OfferMade(offer=offer()))
        await it.hears("Status: It left by itself.")
        assert it.brain.last(ReactToOffer).reaction == "ignored"
        await it.types("done")
        await it.hears("Status: Nothing waits for an answer.")
    async with listening() as it:
        it.brain.tell(OfferMade(offer=offer()), OfferWithdrawn(offer="o1", reason="The note has changed."))
        await it.hears("Status: The note has changed.")


async def test_a_reply_is_said_in_whole_sentences_and_what_comes_meanwhile_waits() -> None:
    async with listening() as it:
        it.brain.tell(OfferMade(offer=offer()))
        await it.types("talk")
        await it.hears("Status: Talking about it.")
        assert sum("Did you find out?" in line for line in it.lines) == 1, "the opener is not said twice"
        await it.types("Not yet.")
        sent = await it.asked(SendMessage)
        assert (sent.conversation, sent.text) == ("c1", "Not yet.")
        it.brain.tell(ReplyChunk(request=sent.request, text="It is op"))
        it.brain.tell(OwnerNotice(title="Something else"), OfferMade(offer=offer("o9", "A new thing.")))
        it.brain.tell(ReplyChunk(request=sent.request, text="en. You"))
        await it.hears("Assistant: It is open.")
        assert it.lines[-1] == "Assistant: It is open."
        whole = "It is open. You wrote so."
        done = turn("assistant", whole, sources=(evidence(),), spoken_by="template")
        it.brain.tell(ReplyFinished(request=sent.request, turn=done))
        await it.hears("Assistant: A new thing.")
        tail = it.lines[it.lines.index("Assistant: It is open.") :]
        assert tail[1] == "  You wrote so."
        assert tail[2].startswith("Source: 1, distributed/raft.md")
        assert tail[3] == "Status: That is quoted from your notes, without a language model."
        assert tail[4] == "Status: Something else."
        assert it.brain.last(ReportOfferShown).offer == "o9"


async def test_what_is_typed_during_a_reply_waits_and_stop_does_not() -> None:
    async with listening() as it:
        await it.types("ask when?", "and where?", "stop")
        sent = await it.asked(SendMessage)
        stopped = await it.asked(StopReply)
        assert stopped.request == sent.request
        assert len(it.brain.asked(SendMessage)) == 1
        it.brain.tell(ReplyFinished(request=sent.request, turn=turn("assistant", "On", stopped=True)))
        await it.hears("Status: Stopped.")
        later = await it.asked(SendMessage, 2)
        assert later.text == "and where?"
        it.brain.tell(ReplyFinished(request=later.request, turn=turn("assistant", "There.")))
        await it.hears("Assistant: There.")


async def test_the_end_of_input_waits_for_the_reply() -> None:
    it = Listener(Config())
    running = asyncio.create_task(it.face.run())
    await until(lambda: it.brain.started)
    await it.types("ask when?")
    it.face.hear_line(None)
    sent = await it.asked(SendMessage)
    assert not running.done()
    it.brain.tell(ReplyFinished(request=sent.request, turn=turn("assistant", "On Friday.")))
    assert await running == 0
    assert "Assistant: On Friday." in it.lines
    assert it.lines[-1] == "Status: It has ended."
    assert not it.brain.asked(LeaveConversation), "a brain that stays shows it to the next face"


async def test_a_reply_that_is_taken_back_says_so() -> None:
    async with listening() as it:
        await it.types("ask when?")
        sent = await it.asked(SendMessage)
        it.brain.tell(ReplyChunk(request=sent.request, text="On Monday. I"))
        it.brain.tell(ReplyChunk(request=sent.request, text="", anew=True))
        it.brain.tell(ReplyFinished(request=sent.request, turn=turn("assistant", "On Friday.")))
        await it.hears("Assistant: On Friday.")
        assert "Status: That is taken back. The answer begins anew." in it.lines


async def test_a_brain_that_dies_is_said_and_its_reply_can_be_asked_for_again() -> None:
    async with listening() as it:
        await it.types("ask when?")
        await it.asked(SendMessage)
        it.brain.be("restarting", "It ended (signal 9).")
        await it.hears("Status: Not answered. The brain stopped.")
        it.brain.be("ready")
        await it.hears("Status: It is back.")
        await it.types("retry")
        again = await it.asked(SendMessage, 2)
        assert (again.text, again.instead) == ("when?", "when?")
        it.brain.tell(ReplyFinished(request=again.request, turn=turn("assistant", "On Friday.")))
        await it.hears("Assistant: On Friday.")


async def test_a_brain_that_is_gone_ends_it_with_a_status() -> None:
    it = Listener(Config())
    running = asyncio.create_task(it.face.run())
    await until(lambda: it.brain.started)
    it.brain.be("gone", "Another instance holds the data folder.")
    assert await running == 1
    assert any("Another instance holds" in line for line in it.lines)


async def test_another_face_takes_over_and_this_one_ends() -> None:
    it = Listener(Config())
    running = asyncio.create_task(it.face.run())
    await until(lambda: it.brain.started)
    it.brain.tell(FaceReleased(reason="another face"))
    it.brain.be("gone", "Start it again.")
    assert await running == 0
    assert it.lines[-1] == "Status: Another terminal shows the assistant now."


async def test_lists_have_numbers_for_read_and_talk() -> None:
    async with listening() as it:
        await it.types("search drift", "read 2", "talk 2")
        await it.hears("Found: 2, b.md, line 3, under Leader lease.")
        assert "  open: ask about drift" in it.lines
        about = await it.asked(OpenConversation)
        assert about.about is not None
        assert about.about.path == "b.md"
        await it.types("/leave", "read 9", "search nothing", "digest", "talk 1")
        await it.hears("Status: “9” is no number of the last list, which goes from 1 to 2.")
        await it.hears("Found: Nothing")
        raised = await it.asked(SuggestNow)
        assert raised.topic == "t1"


async def test_a_conversation_that_was_left_open_is_gone_on_with() -> None:
    async with listening() as it:
        it.brain.tell(TalkLeftOpen(conversation="c2"))
        await it.hears("Assistant: When?")
        assert "You: Not yet." in it.lines
        assert "Assistant: So?" not in it.lines, "only the last exchange is said"
        await it.types("Tomorrow.")
        sent = await it.asked(SendMessage)
        assert sent.conversation == "c2"
        it.brain.tell(ReplyFinished(request=sent.request, turn=turn("assistant", "Good.")))


async def test_unknown_commands_failures_and_questions_about_the_moment() -> None:
    def failing(ask: WireRequest) -> list[WireEvent]:
        if isinstance(ask, SuggestNow):
            return [FailureReport(request=ask.request, title="There is nothing to raise now", hint="Wait.")]
        return answered(ask)

    async with listening(answer=failing) as it:
        await it.types("fly", "why", "suggest", "good")
        await it.hears("Status: “fly” is no command.")
        await it.hears("Why: It said nothing: the last offer was 12 minutes ago.")
        await it.hears("Status: There is nothing to raise now.")
        await it.hears("Status: Nothing was asked about a moment.")
        it.brain.tell(MomentQuestion(offer="o1"))
        await it.types("bad")
        rated = await it.asked(RateMoment)
        assert not rated.good


async def test_nothing_is_said_twice_in_a_row_by_itself_and_again_repeats() -> None:
    async with listening() as it:
        it.brain.tell(now(), now(), OwnerNotice(title="Full disk"), OwnerNotice(title="Full disk"))
        assert sum(line == "Status: Full disk." for line in it.lines) == 1
        it.brain.tell(OfferMade(offer=offer()))
        before = await it.types("again")
        await it.hears("Answers:", before)
        await it.types("fly", "fly")
        await until(lambda: sum("no command" in line for line in it.lines) == 2)


async def test_an_interrupt_stops_the_reply_first() -> None:
    async with listening() as it:
        assert not it.face.interrupt()
        await it.types("ask when?")
        sent = await it.asked(SendMessage)
        assert it.face.interrupt()
        assert it.brain.asked(StopReply)
        it.brain.tell(ReplyFinished(request=sent.request, turn=turn("assistant", "On", stopped=True)))
        await it.hears("Status: Stopped.")
