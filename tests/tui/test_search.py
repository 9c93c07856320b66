from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.content import Content
from textual.widgets import Static

from proactive_tui.ipc.events import FailureReport, SearchResults
from proactive_tui.ipc.requests import OpenConversation, SearchNotes
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.app import ProactiveApp
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.widgets.lists import PlainList
from tests.tui.fakes import hit
from tests.tui.host import Stage, stage


async def searched(it: Stage, query: str = "drift") -> int:
    await it.press("slash")
    await it.until(lambda: isinstance(it.app.screen, SearchScreen))
    await it.write(query)
    await it.until(lambda: it.brain.asked(SearchNotes) and it.brain.last(SearchNotes).query == query)
    return it.brain.last(SearchNotes).request


@pytest.mark.slow
async def test_it_asks_once_there_is_a_pause() -> None:
    async with stage() as it:
        await searched(it, "clock drift")
        assert len(it.brain.asked(SearchNotes)) < len("clock drift")
        assert it.brain.asked(SearchNotes)[-1].query == "clock drift"


async def test_results_come_with_a_preview_that_follows() -> None:
    async with stage() as it:
        request = await searched(it)
        hits = (hit(text="A bound on [b]drift[/b]."), hit("journal/2026-02-24.md", 7, "We measured it."))
        await it.tell(SearchResults(request=request, hits=hits))
        await it.until(lambda: it.text("#said") == "2 passages")
        assert it.text("#passage") == "A bound on [b]drift[/b]."
        assert it.text("#place") == "distributed/raft.md:41\nRaft › Leader lease"
        await it.press("down")
        assert it.text("#passage") == "We measured it."
        assert isinstance(it.app.focused, QueryInput)


async def test_what_matched_is_marked_and_its_line_is_given() -> None:
    async with stage() as it:
        request = await searched(it)
        found = replace(hit(text="First line.\n\nA bound on drift."), line=43, matches=((24, 29),))
        await it.tell(SearchResults(request=request, hits=(found,)))
        await it.until(lambda: it.text("#said") == "1 passage")
        assert it.text("#place") == "distributed/raft.md:43\nRaft › Leader lease"
        content = it.app.screen.query_one("#passage", Static).content
        assert isinstance(content, Content)
        assert [content.plain[span.start : span.end] for span in content.spans] == ["drift"]
        listed = it.app.screen.query_one(PlainList).options[0].prompt
        assert isinstance(listed, Content)
        assert listed.plain.startswith("raft.md:43")
        assert listed.plain.endswith("\nA bound on drift.")


@pytest.mark.slow
async def test_stale_answers_are_dropped() -> None:
    async with stage() as it:
        stale = await searched(it, "dr")
        await it.write("ift")
        await it.until(lambda: it.brain.last(SearchNotes).query == "drift")
        fresh = it.brain.last(SearchNotes).request
        await it.tell(SearchResults(request=fresh, hits=(hit(text="fresh"),)))
        await it.tell(SearchResults(request=stale, hits=(hit(text="stale"), hit(text="stale too"))))
        assert it.text("#said") == "1 passage"
        assert it.text("#passage") == "fresh"


@pytest.mark.slow
async def test_nothing_found_is_said_and_an_empty_query_asks_nothing() -> None:
    async with stage() as it:
        request = await searched(it, "xy")
        await it.tell(SearchResults(request=request, hits=()))
        assert it.text("#said") == "Nothing was found. Try other words."
        await it.press("backspace", "backspace")
        await it.until(lambda: it.text("#said") == "")
        assert len(it.brain.asked(SearchNotes)) == 1


@pytest.mark.slow
async def test_a_failure_is_said_in_place() -> None:
    async with stage() as it:
        request = await searched(it)
        await it.tell(FailureReport(request=request, title="The index cannot be read", hint="Rebuild it."))
        assert it.text("#said") == "The index cannot be read. Rebuild it."


@pytest.mark.slow
async def test_enter_talks_about_a_result() -> None:
    async with stage() as it:
        request = await searched(it)
        await it.tell(SearchResults(request=request, hits=(hit("a.md", 1, "first"), hit("b.md", 5, "second"))))
        for keys in [("down", "enter"), ("tab", "enter")]:  # from where one types, and from the list
            asked = len(it.brain.asked(OpenConversation))
            await it.press(*keys)
            await it.until(lambda asked=asked: len(it.brain.asked(OpenConversation)) > asked)  # type: ignore[misc]
            await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
            assert it.brain.last(OpenConversation).about == Evidence(
                path="b.md", line_start=5, line_end=9, text="second", heading=("Raft", "Leader lease"), passage="b.md:5"
            )
            await it.press("escape")
            await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_an_offer_does_not_take_enter_from_the_search() -> None:
    async with stage() as it:
        await searched(it)
        await it.offer()
        await it.press("enter")
        assert not it.brain.asked(OpenConversation)
        assert it.seen("OfferCard")


@pytest.mark.slow
async def test_vi_keys_and_o_work_in_the_results(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as it:
        opened: list[str] = []

        def note(_: ProactiveApp, message: OpenSource) -> None:
            opened.append(f"{message.evidence.path}:{message.evidence.line_start}")

        monkeypatch.setattr(ProactiveApp, "on_open_source", note)
        request = await searched(it, "joke")  # the letters are typed while the input has the focus
        await it.tell(SearchResults(request=request, hits=(hit("a.md", 1), hit("b.md", 5))))
        await it.press("f4")
        await it.press("tab", "j", "o")
        await it.until(lambda: len(opened) == 2)
        assert opened == ["a.md:1", "b.md:5"]
        assert it.app.screen.query_one(PlainList).highlighted == 1
