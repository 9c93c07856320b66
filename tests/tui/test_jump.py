"""Jump mode: labels on what can be focused, and letters that go there."""

from __future__ import annotations

import pytest

from proactive_tui.ipc.events import SearchResults
from proactive_tui.ipc.requests import ReactToOffer, SearchNotes
from proactive_tui.tui.screens.dialogs.jump import JUMP_LETTERS, JumpLabel, JumpScreen, jump_labels
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.widgets.lists import PlainList, RecentList
from proactive_tui.tui.widgets.offer_card import OfferCard
from tests.tui.fakes import hit
from tests.tui.host import Stage, stage


async def labelled(it: Stage, key: str) -> dict[str, tuple[int, int]]:
    """The labels with their places on the screen."""
    await it.press(key)
    await it.until(lambda: isinstance(it.app.screen, JumpScreen) and it.app.screen.query(JumpLabel))
    await it.until(lambda: all(label.region.area for label in it.app.screen.query(JumpLabel)))
    return {label.letters: (label.region.x, label.region.y) for label in it.app.screen.query(JumpLabel)}


@pytest.mark.slow
async def test_each_conversation_and_the_offer_get_a_letter() -> None:
    async with stage(size=(80, 30)) as it:
        await it.offer()
        listed = it.app.screen.query_one(RecentList)
        card = it.app.screen.query_one(OfferCard)
        await it.until(lambda: not card.offset.x)  # it slides in
        labels = await labelled(it, "semicolon")
        assert list(labels) == ["a", "s", "d", "f"]
        assert [labels[letter][1] for letter in "asd"] == [listed.content_region.y + row for row in range(3)]
        assert labels["f"] == (card.region.x, card.region.y)
        await it.press("s")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.app.focused is listed
        assert listed.highlighted == 1
        await labelled(it, "semicolon")
        await it.press("f")
        await it.until(lambda: it.app.focused is card)
        assert not it.brain.asked(ReactToOffer)


@pytest.mark.slow
async def test_it_works_while_typing_and_any_other_key_leaves() -> None:
    async with stage(size=(80, 30)) as it:
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.write("x;")
        await it.until(lambda: it.brain.asked(SearchNotes) and it.brain.last(SearchNotes).query == "x;")
        hits = (hit(), hit("journal/2026-02-24.md", 7))
        await it.tell(SearchResults(request=it.brain.last(SearchNotes).request, hits=hits))
        await it.until(lambda: it.text("#said") == "2 passages")
        await labelled(it, "ctrl+g")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        labels = await labelled(it, "ctrl+g")
        await it.press(list(labels)[2])
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        results = it.app.screen.query_one("#results", PlainList)
        assert results.highlighted == 1
        assert it.app.focused is results


def test_two_letters_where_one_is_not_enough() -> None:
    assert jump_labels(3) == ["a", "s", "d"]
    many = jump_labels(len(JUMP_LETTERS) + 1)
    assert len(set(many)) == len(many)
    assert {len(label) for label in many} == {2}
