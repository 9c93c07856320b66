"""@ and a few letters bring the names of notes and people into a message."""

from __future__ import annotations

import pytest

from proactive_tui.ipc.events import NamesFound
from proactive_tui.ipc.requests import CompleteName
from proactive_tui.model.talk_values import FoundName
from proactive_tui.tui.widgets.prompt.name_hints import Mention, find_mention
from tests.tui.host import Stage
from tests.tui.panes import pane, prompt

NAMES = (FoundName(name="Mara Lin"), FoundName(name="2026-11-20-maps", path="work/2026-11-20-maps.md"))


async def offered(it: Stage, typed: str, *names: FoundName) -> None:
    """Type this, and let the brain tell these names."""
    await it.write(typed)
    wanted = typed.rpartition("@")[2]
    await it.until(lambda: it.brain.asked(CompleteName) and it.brain.last(CompleteName).typed == wanted)
    await it.tell(NamesFound(request=it.brain.last(CompleteName).request, names=names))
    await it.until(lambda: it.seen("NameHints") == bool(names))


@pytest.mark.slow
async def test_tab_takes_the_first_name_and_again_the_next() -> None:
    async with pane() as it:
        await offered(it, "ask @ma", *NAMES)
        assert it.text("NameHints") == "Mara Lin  person\n2026-11-20-maps  work"
        await it.press("tab")
        assert prompt(it).text == "ask Mara Lin"
        await it.press("tab")
        assert prompt(it).text == "ask [[2026-11-20-maps]]"
        await it.press("tab")
        assert prompt(it).text == "ask Mara Lin"
        assert it.app.focused is prompt(it)
        await it.write(" now")
        assert not it.seen("NameHints")
        assert prompt(it).text == "ask Mara Lin now"
        await it.press("tab")
        assert it.app.focused is not prompt(it), "without a name Tab goes on, as before"


@pytest.mark.slow
async def test_it_waits_for_a_pause_and_a_late_answer_is_dropped() -> None:
    async with pane() as it:
        await offered(it, "@ma", *NAMES)
        await it.press("backspace", "backspace", "backspace")
        await it.until(lambda: not it.seen("NameHints"))
        await it.write("mail a@ma")
        asked = len(it.brain.asked(CompleteName))
        await it.write(" (@")
        await it.until(lambda: len(it.brain.asked(CompleteName)) == asked + 1)
        late = it.brain.last(CompleteName).request
        await it.press("backspace")
        await it.tell(NamesFound(request=late, names=NAMES))
        assert not it.seen("NameHints")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("@", Mention("", 0)),
        ("ask @ma", Mention("ma", 4)),
        ("(@Tomás", Mention("Tomás", 1)),
        ("mara@example", None),
        ("@mara said", None),
        ("@@ma", None),
        ("", None),
    ],
)
def test_only_an_at_sign_that_begins_a_word_asks_for_a_name(before: str, expected: Mention | None) -> None:
    assert find_mention(before) == expected
