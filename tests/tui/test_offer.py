from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.config import Config, FaceConfig, OffersConfig
from proactive_tui.ipc.events import ConversationOpened, FailureReport, OfferMade, OfferWithdrawn
from proactive_tui.ipc.requests import ExplainDecision, OpenConversation, ReactToOffer, ReportOfferShown, SuggestNow
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui import terminal_lending
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.dialogs.snooze import SnoozeMenu
from proactive_tui.tui.screens.help import HelpScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.why import WhyScreen
from proactive_tui.tui.terminal.escape_sequences import is_alert_wanted
from proactive_tui.tui.widgets.key_labels import KeyLine
from proactive_tui.tui.widgets.lists import RecentList
from proactive_tui.tui.widgets.offer_card import OfferCard
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.tui.fakes import AT, conversation, now, offer, turn
from tests.tui.host import PATIENT, Stage, stage


def said(it: Stage) -> str:
    """The quiet line, or nothing."""
    return it.text("OutcomeLine").replace("\u00a0", " ") if it.seen("OutcomeLine") else ""


async def test_an_offer_arrives_without_taking_the_focus() -> None:
    async with stage() as it:
        before = it.app.focused
        await it.offer(guarded=True)
        assert it.app.focused is before
        assert it.told() == [ReportOfferShown(offer="o1", at=AT)]
        assert it.seen("OfferCard")
        assert "leader lease survives" in it.text("OfferCard .opener")
        assert it.text("OfferCard .reason") == "You edited this note and the question is open."
        assert it.text("OfferCard .sources") == "distributed/raft.md:41 · journal/2026-02-24.md:7"
        assert it.text("OfferCard .keys").replace("\u00a0", " ").split("   ") == [
            "Enter talk",
            "n not now",
            "x not this",
            "v never",
            "s snooze",
            "w why",
        ]


@pytest.mark.slow
async def test_keys_within_the_guard_do_not_answer() -> None:
    async with stage() as it:
        await it.offer(guarded=True)
        it.clock.passed += 0.9
        await it.press("enter", "y", "n", "x", "s")
        assert it.told() == [ReportOfferShown(offer="o1", at=AT)]
        assert isinstance(it.app.screen, HomeScreen)
        assert it.seen("OfferCard")


@pytest.mark.slow
async def test_one_key_waves_it_away() -> None:
    async with stage() as it:
        for key, reaction in {"n": "not now", "x": "not this"}.items():
            await it.offer(offer(key))
            await it.press(key)
            assert it.told()[-1] == ReactToOffer(offer=key, reaction=reaction, seconds=2.0)  # type: ignore[arg-type]
            assert not it.seen("OfferCard")
            assert said(it).startswith({"n": "Not now.", "x": "Not this."}[key])  # the feedback can be seen


async def test_one_key_opens_the_conversation() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        talk = it.brain.last(OpenConversation)
        assert it.told()[1:] == [OpenConversation(request=talk.request, offer="o1")]
        assert not it.seen("OfferCard")
        assert isinstance(it.app.focused, PromptInput)


@pytest.mark.slow
async def test_enter_goes_on_with_a_conversation_once_one_is_highlighted() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert [type(ask).__name__ for ask in it.told()] == ["ReportOfferShown", "ResumeConversation"]


@pytest.mark.slow
async def test_escape_gives_enter_back_to_the_offer() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("down", "escape")
        assert it.app.screen.query_one(RecentList).highlighted is None
        await it.press("enter")
        await it.until(lambda: it.brain.asked(OpenConversation))


@pytest.mark.slow
async def test_snooze_asks_for_how_long() -> None:
    choices = [(["1"], AT + 2 + 900), (["2"], AT + 4 + 3_600), (["j", "j", "enter"], AT - 2 * 3_600 + 86_400)]
    async with stage() as it:
        for number, (keys, until) in enumerate(choices):
            await it.offer(offer(f"o{number}"))
            await it.press("s")
            await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
            await it.press(*keys)
            await it.until(lambda number=number: len(it.brain.asked(ReactToOffer)) == number + 1)  # type: ignore[misc]
            assert it.brain.last(ReactToOffer) == ReactToOffer(
                offer=f"o{number}", reaction="snoozed", seconds=2.0, until=until
            )


@pytest.mark.slow
async def test_escape_leaves_the_snooze_menu_and_the_offer_stays() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, SnoozeMenu))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert not it.brain.asked(ReactToOffer)
        assert it.seen("OfferCard")


@pytest.mark.slow
async def test_why_asks_about_the_offer_and_it_can_be_answered_from_there() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        assert it.brain.last(ExplainDecision).offer == "o1"
        await it.press("n")
        assert it.brain.last(ReactToOffer).reaction == "not now"


@pytest.mark.slow
async def test_it_leaves_by_itself_and_counts_only_the_time_in_sight() -> None:
    config = Config(face=FaceConfig(guard_seconds=0.0), offers=OffersConfig(ignored_after_seconds=0.3))
    async with stage(config=config) as it:
        await it.tell(OfferMade(offer=offer()))
        await it.until(lambda: it.brain.asked(ReportOfferShown))
        it.clock.passed += 0.1
        await it.press("f1")  # covers it
        it.clock.passed += 50
        await it.press("f1")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert not it.brain.asked(ReactToOffer)
        it.clock.passed += 0.25
        await it.until(lambda: it.brain.asked(ReactToOffer))
        assert it.brain.last(ReactToOffer).reaction == "ignored"
        assert it.brain.last(ReactToOffer).seconds == pytest.approx(0.35)
        await it.until(lambda: not it.seen("OfferCard"))


@pytest.mark.slow
async def test_an_offer_that_comes_while_covered_arrives_when_it_is_seen() -> None:
    async with stage() as it:
        await it.press("f1")
        await it.tell(OfferMade(offer=offer()))
        assert not it.brain.asked(ReportOfferShown)
        it.clock.passed += 30
        await it.press("escape")
        await it.until(lambda: it.brain.asked(ReportOfferShown))
        assert it.brain.last(ReportOfferShown).at == AT + 30
        await it.press("n")
        assert not it.brain.asked(ReactToOffer)  # the guard begins with the arrival


async def test_withdrawn_takes_it_off_without_a_reaction() -> None:
    async with stage() as it:
        await it.offer()
        await it.tell(OfferWithdrawn(offer="another", reason="edited"))
        assert it.seen("OfferCard")
        await it.tell(OfferWithdrawn(offer="o1", reason="its note changed"))
        await it.until(lambda: not it.seen("OfferCard"))
        assert not it.brain.asked(ReactToOffer)


@pytest.mark.slow
async def test_a_second_offer_withdraws_the_first() -> None:
    async with stage() as it:
        await it.offer()
        await it.tell(OfferMade(offer=offer("o2", text="Another thing.")))
        await it.until(lambda: len(it.brain.asked(ReportOfferShown)) == 2)
        assert it.brain.last(ReactToOffer) == ReactToOffer(offer="o1", reaction="withdrawn", seconds=2.0)
        assert it.text("OfferCard .opener") == "Another thing."


@pytest.mark.slow
async def test_typing_goes_on_when_an_offer_arrives_and_f2_leads_to_it() -> None:
    async with stage() as it:
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.write("yes ")
        await it.offer()
        await it.write("no xs y")
        prompt = it.app.screen.query_one(PromptInput)
        assert prompt.text == "yes no xs y"
        assert it.app.focused is prompt
        assert it.text("OfferCard .keys").replace("\u00a0", " ") == "F2 to answer it"
        await it.press("f2")
        assert isinstance(it.app.focused, OfferCard)
        assert "Enter" in it.text("OfferCard .keys")
        await it.press("n")
        assert it.brain.last(ReactToOffer).reaction == "not now"
        assert it.app.focused is prompt
        assert prompt.text == "yes no xs y"


@pytest.mark.slow
async def test_f2_goes_back_as_well() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("slash")
        await it.write("why")
        await it.press("f2", "f2")
        await it.write("!")
        assert it.app.screen.query_one("QueryInput").value == "why!"  # type: ignore[attr-defined]


@pytest.mark.slow
async def test_the_offer_comes_back_when_the_conversation_cannot_be_opened() -> None:
    async with stage() as it:
        await it.offer()
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        await it.write("hello")
        await it.tell(FailureReport(request=it.brain.last(OpenConversation).request, title="No such offer"))
        await it.until(lambda: isinstance(it.app.screen, HomeScreen) and it.seen("OfferCard"))
        it.clock.passed += 2
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        assert it.app.screen.query_one(PromptInput).text == "hello"  # what was typed is still there


@pytest.mark.slow
async def test_talking_from_a_conversation_leaves_that_one_first() -> None:
    async with stage() as it:
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        request = it.told()[-1].request  # type: ignore[union-attr]
        await it.tell(ConversationOpened(request=request, conversation=conversation("c1", turn("assistant", "Hello"))))
        await it.offer()
        await it.press("f2", "y")
        await it.until(lambda: len(it.told()) == 4)
        assert [type(ask).__name__ for ask in it.told()] == [
            "ResumeConversation",
            "ReportOfferShown",
            "LeaveConversation",
            "OpenConversation",
        ]
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_the_bell_rings_once_an_offer_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(config=Config(face=FaceConfig(bell="always"), offers=PATIENT.offers)) as it:
        rung: list[int] = []
        monkeypatch.setattr(it.app, "bell", lambda: rung.append(1))
        await it.offer()
        await it.press("f1", "f1")
        assert len(rung) == 1


def test_the_bell_rings_as_the_config_says() -> None:
    assert [is_alert_wanted(bell, focused=True) for bell in ("never", "always", "unfocused")] == [False, True, False]
    assert [is_alert_wanted(bell, focused=False) for bell in ("never", "always", "unfocused")] == [False, True, True]


@pytest.mark.slow
async def test_a_suggestion_can_be_asked_for() -> None:
    async with stage() as it:
        await it.press("t")
        asked = it.brain.last(SuggestNow)
        await it.tell(FailureReport(request=asked.request, title="Nothing to suggest"))
        assert [note.title for note in it.toasts] == ["Nothing to suggest"]
        await it.press("f7")
        await it.offer()
        assert len(it.brain.asked(SuggestNow)) == 2


@pytest.mark.slow
async def test_own_keys_answer_and_are_shown() -> None:
    config = Config(face=FaceConfig(keys={"offer.not_now": "l", "offer.talk": "g"}), offers=PATIENT.offers)
    async with stage(config=config, standing=now(conversations=())) as it:
        await it.offer()
        assert "l\u00a0not\u00a0now" in it.text("OfferCard .keys")
        await it.press("n", "enter", "y")
        assert not it.brain.asked(ReactToOffer)
        await it.press("l")
        assert it.brain.last(ReactToOffer).reaction == "not now"


@pytest.mark.slow
async def test_markup_in_an_opener_is_only_text() -> None:
    async with stage() as it:
        await it.offer(offer(text="[bold]x[/bold] [/] \x1b[31mred\x1b]0;title\x07", reason="[@click=app.quit]go[/]"))
        assert it.text("OfferCard .opener") == "[bold]x[/bold] [/] red"
        assert it.text("OfferCard .reason") == "[@click=app.quit]go[/]"


@pytest.mark.slow
async def test_the_note_of_an_offer_opens_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as it:
        opened: list[Evidence] = []

        async def note_down(_: object, where: Evidence) -> None:
            opened.append(where)

        monkeypatch.setattr(terminal_lending, "open_source", note_down)
        await it.press("f4", "o")
        assert not opened  # there is no offer yet
        await it.offer()
        await it.press("o")
        await it.until(lambda: len(opened) == 1)
        await it.press("f4")
        await it.until(lambda: len(opened) == 2)
        assert {(where.path, where.line_start) for where in opened} == {("distributed/raft.md", 41)}
        await it.press("slash", "f2", "o")  # from the card, wherever it is
        await it.until(lambda: len(opened) == 3)
        assert not it.brain.asked(ReactToOffer)


async def test_an_offer_whose_note_cannot_be_opened_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    note = tmp_path / "distributed" / "raft.md"
    note.parent.mkdir()
    note.write_text("x\n")
    async with stage(notes=str(tmp_path)) as it:
        await it.offer()
        await it.press("f4")
        await it.until(lambda: len(it.toasts))
        assert [note.title for note in it.toasts] == ["No editor is set"]


async def click_key(it: Stage, name: str) -> None:
    """Click the key of this name on the card."""
    line = it.app.screen.query_one("OfferCard .keys", KeyLine)
    shown = line.render().plain.replace("\u00a0", " ").split("\n")
    row = next(number for number, text in enumerate(shown) if name in text)
    await it.pilot.click(line, offset=(shown[row].index(name), row))
    await it.pilot.pause()


@pytest.mark.slow
async def test_the_keys_of_the_card_can_be_clicked() -> None:
    async with stage() as it:
        await it.offer(guarded=True)
        await click_key(it, "not now")
        assert not it.brain.asked(ReactToOffer)  # it has only just come
        it.clock.passed += 2
        await click_key(it, "w why")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await click_key(it, "not this")
        await it.until(lambda: it.brain.asked(ReactToOffer))
        assert it.brain.last(ReactToOffer).reaction == "not this"


@pytest.mark.slow
async def test_a_click_on_the_card_leads_to_it_and_answers_nothing() -> None:
    async with stage() as it:
        await it.press("slash")
        await it.offer()
        await click_key(it, "F2")
        await it.until(lambda: isinstance(it.app.focused, OfferCard))
        await it.press("f2")
        await it.pilot.click(".opener")
        await it.until(lambda: isinstance(it.app.focused, OfferCard))
        assert not it.brain.asked(ReactToOffer)


@pytest.mark.slow
async def test_a_question_mark_helps_and_can_be_typed() -> None:
    async with stage() as it:
        await it.press("question_mark")
        await it.until(lambda: isinstance(it.app.screen, HelpScreen))
        await it.press("question_mark")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        await it.press("slash")
        await it.write("why?")
        assert it.app.screen.query_one("QueryInput").value == "why?"  # type: ignore[attr-defined]
