"""The shelf: its groups, and what the keys do on a line."""

from __future__ import annotations

import pytest
from msgspec import structs
from textual.content import Content

from proactive_tui.ipc.events import ConversationOpened, LearningFeedback, ShelfListed, TopicAnswered
from proactive_tui.ipc.requests import AnswerTopic, GetShelf, OpenConversation, ReactToOffer, UndoReaction
from proactive_tui.model.offer_values import ShelfLine
from proactive_tui.tui import terminal_lending
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.shelf import ALL_WEAK, EMPTY_GROUPS, NOTHING_READ, ShelfScreen, list_groups
from proactive_tui.tui.widgets.listing.answer_list import AnswerList
from proactive_tui.tui.widgets.offer_card import OfferCard
from tests.tui.fakes import AT, conversation, evidence, now, offer, turn
from tests.tui.host import Stage, stage


def line(group: str, name: str, at: float | None = None, path: str = "distributed/raft.md") -> ShelfLine:
    topic = structs.replace(offer().topic, id=name, title=f"What of {name}?", evidence=(evidence(path),))
    return ShelfLine(group=group, topic=topic, reason=f"because of {name}", at=at)  # type: ignore[arg-type]


LINES = (
    line("held", "leases", AT - 600),
    line("left", "tokens", AT - 7_200),
    line("snoozed", "clocks", AT + 86_400),
    line("next", "quorums"),
)


async def entered(it: Stage, *lines: ShelfLine, silence: str = "the last offer was 12 minutes ago") -> None:
    await it.press("h")
    await it.until(lambda: isinstance(it.app.screen, ShelfScreen) and it.brain.asked(GetShelf))
    await answered(it, *lines, silence=silence)
    await it.until(lambda: "Looking" not in it.text("#summary"))


async def answered(it: Stage, *lines: ShelfLine, silence: str = "") -> None:
    await it.tell(ShelfListed(request=it.brain.last(GetShelf).request, lines=lines, silence=silence))


def listed(it: Stage) -> AnswerList:
    return it.app.screen.query_one(AnswerList)


def shown(it: Stage) -> str:
    prompts = (option.prompt for option in listed(it).options)
    return "\n".join(prompt.plain if isinstance(prompt, Content) else str(prompt) for prompt in prompts)


async def test_each_line_stands_in_its_group_with_time_place_and_reason() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, *LINES)
        assert it.text("#summary") == "3 topics wait. Silent now: the last offer was 12 minutes ago."
        text = shown(it)
        assert "Held for a better moment\n  What of leases?\n    since 09:50 · Raft" in text
        assert "Left by itself\n  What of tokens?\n    08:00 · Raft" in text
        assert "Snoozed\n  What of clocks?\n    back tomorrow 10:00 · Raft" in text
        assert "because of quorums" in text
        assert listed(it).highlighted_option is not None


async def test_an_empty_shelf_says_what_each_group_is_for() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, silence="")
        assert it.text("#summary") == "Nothing waits."
        assert all(EMPTY_GROUPS[group] in shown(it) for group in ("held", "left", "snoozed"))
        assert NOTHING_READ in shown(it)
        assert not it.seen("#line-keys")
        await it.press("x", "enter")
        assert not it.brain.asked(AnswerTopic)
        await it.press("h")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


async def test_what_is_worth_too_little_is_said_to_be() -> None:
    async with stage(size=(100, 30)) as it:
        await entered(it, structs.replace(LINES[3], weak=True))
        assert f"Would come next  {ALL_WEAK}\n  What of quorums?" in shown(it)


@pytest.mark.slow
async def test_keys_answer_the_line_and_the_answer_can_be_undone() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        it.clock.passed += 5
        await it.press("j", "x")
        await it.until(lambda: it.brain.asked(AnswerTopic))
        ask = it.brain.last(AnswerTopic)
        assert (ask.topic, ask.reaction, ask.seconds) == ("tokens", "not this", 5.0)
        stood_for = structs.replace(offer("o7"), topic=LINES[1].topic)
        await it.tell(
            TopicAnswered(request=ask.request, offer=stood_for, reaction="not this"),
            LearningFeedback(offer="o7", words="Less of that"),
        )
        await it.until(lambda: it.seen("OutcomeLine"))
        assert "Not this. Less of that." in it.text("OutcomeLine")
        await it.until(lambda: len(it.brain.asked(GetShelf)) > 1)
        await answered(it, LINES[0], *LINES[2:])
        line = listed(it).highlighted_line
        assert line is not None
        assert line.topic == "clocks", "the highlight stays at its place"
        await it.press("u")
        await it.until(lambda: it.brain.asked(UndoReaction))
        assert it.brain.last(UndoReaction).offer == "o7"


@pytest.mark.slow
async def test_every_answer_of_the_card_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    async def note_down(_: object, where: object) -> None:
        opened.append(str(where))

    monkeypatch.setattr(terminal_lending, "open_source", note_down)
    async with stage() as it:
        await entered(it, *LINES)
        for key, reaction in (("n", "not now"), ("a", "already done"), ("m", "not mine"), ("v", "not this")):
            await it.press(key)
            await it.until(lambda reaction=reaction: it.brain.last(AnswerTopic).reaction == reaction)  # type: ignore[misc]
        assert it.brain.last(AnswerTopic).never
        await it.press("V")
        await it.until(lambda: it.brain.last(AnswerTopic).never_folder)
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
        await it.press("2")
        await it.until(lambda: it.brain.last(AnswerTopic).reaction == "snoozed")
        assert it.brain.last(AnswerTopic).until == AT + 3_600
        await it.press("o")
        await it.until(lambda: opened)


@pytest.mark.slow
async def test_it_follows_what_changes_while_it_is_open() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        asked = len(it.brain.asked(GetShelf))
        it.clock.passed += 60
        await it.tell(now(embedded=7))
        await it.until(lambda: len(it.brain.asked(GetShelf)) == asked + 1)
        await it.tell(now(embedded=8))  # a moment later: it waits a little
        assert len(it.brain.asked(GetShelf)) == asked + 1
        await answered(it, LINES[3])
        await it.until(lambda: "Nothing waits" in it.text("#summary"))


@pytest.mark.slow
async def test_enter_talks_and_escape_comes_back_to_the_shelf() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        await it.press("enter")
        await it.until(lambda: it.brain.asked(AnswerTopic))
        ask = it.brain.last(AnswerTopic)
        assert (ask.topic, ask.reaction) == ("leases", "engaged")
        await it.tell(TopicAnswered(request=ask.request, offer=offer("o7"), reaction="engaged"))
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert it.brain.last(OpenConversation).offer == "o7"
        opened = conversation("c7", turn("assistant", "Leases?"))
        await it.tell(ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=opened))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, ShelfScreen))


@pytest.mark.slow
async def test_an_offer_that_waits_is_answered_from_the_card() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        await it.offer()
        assert "F2" in it.text("OfferCard .keys")
        await it.press("n")
        await it.until(lambda: it.brain.asked(AnswerTopic))
        assert not it.brain.asked(ReactToOffer), "the letter was for the line"
        await it.press("f2")
        await it.until(lambda: isinstance(it.app.focused, OfferCard))
        await it.press("n")
        await it.until(lambda: it.brain.asked(ReactToOffer))


def test_rows_fit_and_escape_sequences_are_not_drawn() -> None:
    long = line("next", "Kestrel \x1b[31m " + "words " * 60)
    options = list(list_groups([long], 40, AT, EMPTY_GROUPS))
    assert all(len(row) <= 40 for option in options for row in str(option.prompt).splitlines())
    assert not any("\x1b" in str(option.prompt) for option in options)
