from __future__ import annotations

import asyncio

import pytest
from msgspec import structs
from rich.cells import cell_len

from proactive_tui.config import Config, FaceConfig, SensorsConfig
from proactive_tui.ipc.events import FailureReport, OfferMade, OwnerNotice, PreparedTopics, StatusUpdate
from proactive_tui.ipc.requests import GetPreparedTopics, ReportFocus, ReportKeyPress, ResumeConversation, SetQuietUntil
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.status_values import BrainStatus, NotesStatus, OfferRhythm, SpeakerStatus
from proactive_tui.tui.app import ProactiveApp
from proactive_tui.tui.messages import BrainEventReceived
from proactive_tui.tui.screens.help import HelpScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.widgets.lists import RecentList
from tests.tui.fakes import AT, FakeBrain, now, offer
from tests.tui.host import Stage, stage

SIZES = [(120, 36), (40, 20), (80, 24)]


def fact(it: Stage, name: str) -> list[str]:
    return it.text(f"#fact-{name} .value").split("\n")


async def test_the_first_frame_says_starting() -> None:
    async with stage(state="starting") as it:
        assert it.text("BrainBar") == "Starting"
        assert it.text("#headline") == "Starting…"
        assert fact(it, "notes") == ["/home/mara/notes"]
        it.brain.be("ready")
        await it.until(lambda: not it.seen("BrainBar"))


async def test_at_rest_it_says_everything_in_a_glance() -> None:
    async with stage() as it:
        assert it.text("#headline") == "Nothing to say right now."
        assert fact(it, "notes") == ["/home/mara/notes", "412 notes · watching"]
        assert fact(it, "index") == ["up to date"]
        assert fact(it, "speaker") == ["qwen3:4b · Ollama"]
        assert fact(it, "today") == [
            "2 of 6 offers made · 4 left",
            "the last offer was 12 minutes ago · may speak from 10:18",
        ]
        assert fact(it, "prepared") == ["3 openers   p\u00a0show"]
        listed = it.app.screen.query_one(RecentList)
        assert [str(option.prompt).split()[0] for option in listed.options] == ["10:00", "yesterday", "Thu"]
        for width, height in SIZES:
            await it.pilot.resize_terminal(width, height)
            await it.until(lambda width=width: it.app.screen.size.width == width)  # type: ignore[misc]
            bottom = height - 1  # all of it is in sight, above the footer
            await it.until(lambda bottom=bottom: listed.region.bottom <= bottom)  # type: ignore[misc]


async def test_what_it_has_prepared_is_shown_on_request_only() -> None:
    async with stage() as it:
        assert not it.brain.asked(GetPreparedTopics)
        await it.press("p")
        topics: tuple[tuple[Kind, str], ...] = (("task", "Send Mara the numbers"), ("theme", "とても長い題名" * 20))
        await it.tell(PreparedTopics(request=it.brain.last(GetPreparedTopics).request, topics=topics))
        first, second, third = fact(it, "prepared")
        assert (first, second) == ("3 openers   p\u00a0hide", "Send Mara the numbers  task")
        assert third.endswith("…  theme")
        await it.tell(now(rhythm=OfferRhythm(made=2, budget=6, prepared=1)))
        await it.until(lambda: len(it.brain.asked(GetPreparedTopics)) == 2)  # what is shown stays true
        await it.press("p")
        assert fact(it, "prepared") == ["1 opener   p\u00a0show"]
        await it.tell(now(rhythm=OfferRhythm(prepared=0)))
        await it.press("p")
        assert len(it.brain.asked(GetPreparedTopics)) == 2


async def test_kinds_that_are_never_raised_are_named() -> None:
    standing = now()
    status = structs.replace(standing.status, unwanted=("task", "theme"), rhythm=OfferRhythm())
    async with stage(standing=structs.replace(standing, status=status)) as it:
        assert fact(it, "prepared") == ["never: task, theme"]


async def test_while_it_indexes_it_says_how_far() -> None:
    async with stage(standing=now(indexed=100, embedded=0)) as it:
        assert it.text("#headline") == "Reading your notes."
        assert fact(it, "index")[0] == "100 of 412 notes read"
        await it.tell(now(embedded=103))
        await it.until(lambda: fact(it, "index")[0] == "searchable by words · 103 of 412 by meaning")
        assert fact(it, "index")[1].count("━") == 4
        assert fact(it, "index")[1].count("─") == 12, "the rest is told apart by its shape as well"


@pytest.mark.parametrize(("size", "lines"), [((80, 24), 2), ((40, 20), 3)])
async def test_how_fast_it_goes_and_how_long_it_takes(size: tuple[int, int], lines: int) -> None:
    async with stage(standing=now(indexed=100, embedded=0), size=size) as it:
        assert len(fact(it, "index")) == 2, "nothing is said before it was measured"
        it.clock.passed += 10
        await it.tell(now(indexed=200, embedded=0))
        await it.until(lambda: fact(it, "index")[0] == "200 of 412 notes read")
        assert fact(it, "index")[-1].endswith("10 notes a second · 21 s left")
        assert len(fact(it, "index")) == lines
        it.clock.passed += 10
        await it.tell(now())
        await it.until(lambda: fact(it, "index") == ["up to date"])


async def test_an_offer_on_screen_is_no_reason_to_name() -> None:
    async with stage(
        standing=now(rhythm=OfferRhythm(made=3, budget=6, why_silent="an offer is on screen already"))
    ) as it:
        await it.offer()
        assert fact(it, "today") == ["3 of 6 offers made · 3 left"]
        await it.press("n")
        assert len(fact(it, "today")) == 2


@pytest.mark.slow
async def test_no_language_model_skips_and_an_exhausted_budget_are_said() -> None:
    llm = SpeakerStatus(backend="template", model="", reachable=True, detail="ollama pull qwen3:4b gets one")
    status = BrainStatus(
        notes=NotesStatus(
            folder="/n",
            watched=3,
            indexed=2,
            embedded=2,
            mode="polling",
            detail="the inotify limit was reached",
            skipped=(SkippedFile(path="a", reason="binary"),),
            failed=(SkippedFile(path="b", reason="gone"),),
        ),
        llm=llm,
        rhythm=OfferRhythm(made=6, budget=6, why_silent="today's offers are all made"),
    )
    async with stage(standing=StatusUpdate(status=status)) as it:
        assert fact(it, "notes")[1] == "3 notes · looking now and then · the inotify limit was reached"
        assert fact(it, "index") == ["up to date · 1 skipped · 1 failed"]
        assert fact(it, "speaker") == ["no language model · it quotes your notes", "ollama pull qwen3:4b gets one"]
        assert fact(it, "today") == ["6 of 6 offers made · 0 left", "today's offers are all made"]
        assert not it.seen("#fact-prepared")
        assert it.seen("#empty")


@pytest.mark.slow
async def test_the_first_conversation_can_be_reached_at_once() -> None:
    async with stage(standing=now(conversations=())) as it:
        await it.tell(now())
        await it.until(lambda: it.seen("RecentList"))
        await it.press("down", "enter")
        await it.until(lambda: it.brain.asked(ResumeConversation))
        assert it.brain.last(ResumeConversation).conversation == "c1"


@pytest.mark.slow
async def test_long_paths_and_wide_characters_are_elided() -> None:
    folder = "/srv/" + "とても長い名前のフォルダ/" * 6 + "notes"
    async with stage(standing=now(folder=folder)) as it:
        for width, height in SIZES:
            await it.pilot.resize_terminal(width, height)
            await it.until(lambda width=width: it.app.screen.size.width == width)  # type: ignore[misc]
            first = fact(it, "notes")[0]
            assert "…" in first
            assert first.endswith("notes")
            value = it.app.screen.query_one("#fact-notes .value")
            assert cell_len(first) <= value.size.width
            assert value.size.height >= 2


async def test_nothing_runs_while_nothing_changes() -> None:
    async with stage() as it:
        await it.until(lambda: not it.app._animator.is_being_animated(it.app, ""))
        timers = [timer for node in it.app.screen.walk_children(with_self=True) for timer in node._timers]
        running = [timer for timer in [*timers, *it.app._timers] if timer._active.is_set()]
        assert running == []


async def test_a_burst_of_news_is_taken_in_at_once() -> None:
    a, b, c = BrainEventReceived(now()), BrainEventReceived(now()), BrainEventReceived(OfferMade(offer=offer()))
    assert a.can_replace(b)
    assert not a.can_replace(c)
    assert not c.can_replace(a)
    async with stage() as it:
        shown: list[object] = []

        def show(standing: object) -> None:  # Textual cannot call a built-in method
            shown.append(standing)

        it.app.screen.watch(it.app, "latest_status", show, init=False)
        it.brain.tell(*(now(embedded=n) for n in range(200)))
        await it.until(lambda: it.app.latest_status and it.app.latest_status.status.notes.embedded == 199)
        assert len(shown) < 20


async def test_the_brain_is_started_again_and_gone() -> None:
    async with stage() as it:
        it.brain.be("restarting", "It ended (signal 9).")
        await it.until(lambda: it.seen("BrainBar"))
        assert it.text("BrainBar") == "The brain stopped; starting it again · It ended (signal 9)."
        it.brain.be("gone")
        await it.until(lambda: it.text("BrainBar") == "The brain is gone · Press Ctrl+Q, and start it again.")


@pytest.mark.slow
async def test_a_brain_that_cannot_be_started_is_gone() -> None:
    class Stillborn(FakeBrain):
        async def run(self, on_event: object, on_state: object) -> None:
            raise FileNotFoundError(2, "No such file or directory")

    app = ProactiveApp(Stillborn(), Config(), "/n")
    async with app.run_test() as pilot:
        for _ in range(200):
            await pilot.pause()
            if app.brain_state.name == "gone":
                break
            await asyncio.sleep(0.005)
        assert app.brain_state.name == "gone"
        assert "No such file" in app.brain_state.detail


async def test_quiet_for_an_hour_and_back() -> None:
    async with stage() as it:
        await it.press("z")
        assert it.brain.last(SetQuietUntil).until == AT + 3_600
        assert it.text("#headline") == "Quiet until 11:00."
        await it.press("f8")
        assert it.brain.last(SetQuietUntil).until is None
        assert it.text("#headline") == "Nothing to say right now."


@pytest.mark.slow
async def test_notices_and_failures_are_toasts_and_nobodys_markup() -> None:
    async with stage() as it:
        await it.tell(OwnerNotice(title="Polling [now]", message="[/] limit\x1b[31m", severity="warning"))
        await it.tell(FailureReport(request=0, title="Broke", message="why", hint="mend"))
        await it.tell(FailureReport(request=987_654, title="nobody waits for this"))
        await it.until(lambda: len(it.toasts) == 2)
        notes = [(note.title, note.message, note.severity) for note in it.toasts]
        assert notes == [("Polling [now]", "[/] limit", "warning"), ("Broke", "why\nmend", "error")]


@pytest.mark.slow
async def test_keys_are_noticed_at_most_once_a_second() -> None:
    async with stage() as it:
        await it.press("j", "k", "j")
        assert it.brain.asked(ReportKeyPress) == [ReportKeyPress(at=AT)]
        it.clock.passed += 1.1
        await it.press("slash")
        await it.write("abc")
        assert it.brain.asked(ReportKeyPress) == [ReportKeyPress(at=AT), ReportKeyPress(at=AT + 1.1)]


@pytest.mark.slow
async def test_focus_is_noticed() -> None:
    from textual import events

    async with stage() as it:
        it.app.post_message(events.AppBlur())
        it.app.post_message(events.AppFocus())
        await it.until(lambda: len(it.brain.asked(ReportFocus)) == 2)
        assert [each.focused for each in it.brain.asked(ReportFocus)] == [False, True]


@pytest.mark.slow
async def test_sensors_that_are_off_say_nothing() -> None:
    from textual import events

    async with stage(config=Config(sensors=SensorsConfig(keys=False, focus=False))) as it:
        await it.press("j")
        it.app.post_message(events.AppBlur())
        await it.pilot.pause()
        assert it.brain.asks == []


@pytest.mark.slow
async def test_help_lists_all_keys_as_they_are_set() -> None:
    async with stage(config=Config(face=FaceConfig(keys={"app.search": "f"}))) as it:
        await it.press("f1")
        await it.until(lambda: isinstance(it.app.screen, HelpScreen))
        text = str(it.app.screen.query_one("#help Static").content)  # type: ignore[attr-defined]
        assert "f             Search" in text
        assert "z F8          Quiet" in text
        await it.press("f1")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_the_palette_has_our_commands_for_here_and_now() -> None:
    async with stage() as it:
        names = {each.title for each in it.app.get_system_commands(it.app.screen)}
        assert {"Search", "Why", "Suggest", "Quiet", "Help", "Quit", "Theme"} <= names
        assert "Not now" not in names
        await it.offer()
        names = {each.title for each in it.app.get_system_commands(it.app.screen)}
        assert {"Talk", "Not now", "Not this", "Snooze"} <= names
        await it.press("ctrl+p")
        await it.until(lambda: type(it.app.screen).__name__ == "CommandPalette")


@pytest.mark.slow
async def test_unknown_settings_are_said() -> None:
    async with stage(config=Config(face=FaceConfig(theme="no-such", keys={"offer.nope": "k"}))) as it:
        assert [(note.title, note.message) for note in it.toasts] == [
            ("There is no such theme", "face.theme = no-such"),
            ("There is no such command", "face.keys: offer.nope"),
        ]


async def test_quit_lets_the_brain_finish() -> None:
    async with stage() as it:
        brain, app = it.brain, it.app
        closed_before = brain.closed
        await it.pilot.press("ctrl+q")
    assert (closed_before, brain.closed, app.return_code) == (False, True, 0)
