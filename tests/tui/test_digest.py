"""The digest: its lines, and what Enter does on one."""

from __future__ import annotations

from msgspec import structs
from textual.content import Content

from proactive_tui.ipc.events import DailyDigest
from proactive_tui.ipc.requests import GetDigest, OpenConversation, SuggestNow
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import DigestLine
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.tui.screens.digest import DigestList, DigestScreen, list_options
from proactive_tui.tui.screens.search import SearchScreen
from tests.tui.fakes import AT, offer
from tests.tui.host import Stage, stage

ORIGIN = ItemOrigin(source="news", form="story", author="The Ledger", address="https://ledger.example/a")
STORY = Topic(
    id="story",
    kind="news",
    title="Kestrel drops the paged cache",
    at=AT,
    evidence=(
        Evidence(path="news://a", line_start=1, line_end=1, text="Kestrel drops it.", origin=ORIGIN),
        Evidence(path="work/serving.md", line_start=5, line_end=5, text="The gateway relies on Kestrel."),
    ),
)
TASK = Topic(
    id="task",
    kind="task",
    title="Ask Mara",
    at=AT,
    evidence=(Evidence(path="plan.md", line_start=2, line_end=2, text="- [ ] ask Mara"),),
)
LINES = (DigestLine(group="stories", topic=STORY, reason="it is new"), DigestLine(group="held", topic=TASK))


async def entered(it: Stage, *lines: DigestLine) -> None:
    await it.press("g")
    await it.until(lambda: isinstance(it.app.screen, DigestScreen) and it.brain.asked(GetDigest))
    await it.tell(DailyDigest(request=it.brain.last(GetDigest).request, lines=lines))
    await it.until(lambda: "Looking" not in it.text("#summary"))


def shown(it: Stage) -> str:
    prompts = (option.prompt for option in it.app.screen.query_one(DigestList).options)
    return "\n".join(prompt.plain if isinstance(prompt, Content) else str(prompt) for prompt in prompts)


async def test_each_line_stands_with_its_evidence_under_its_group() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        text = shown(it)
        assert "Stories that meet your notes\n  Kestrel drops the paged cache\n    The Ledger · Serving, line 5" in text
        assert "Held for a better moment\n  Ask Mara" in text
        assert it.app.screen.query_one(DigestList).highlighted_option is not None


async def test_enter_raises_a_line_and_talks_about_it_when_it_is_raised() -> None:
    async with stage() as it:
        await entered(it, *LINES)
        await it.press("enter")
        await it.until(lambda: it.brain.asked(SuggestNow))
        assert it.brain.last(SuggestNow).topic == "story"
        await it.offer(structs.replace(offer(), topic=STORY))
        await it.press("enter")
        await it.until(lambda: it.brain.asked(OpenConversation))


async def test_it_opens_by_itself_with_an_offer_that_says_so() -> None:
    async with stage(size=(80, 24)) as it:
        await it.offer(structs.replace(offer(), topic=STORY, digest=2))
        await it.until(lambda: isinstance(it.app.screen, DigestScreen) and it.brain.asked(GetDigest))
        await it.tell(DailyDigest(request=it.brain.last(GetDigest).request, lines=LINES))
        await it.until(lambda: "Today's digest: 2 lines" in it.text("#summary"))
        highlighted = it.app.screen.query_one(DigestList).highlighted_option
        assert highlighted is not None
        assert highlighted.id == "story", "the line that is raised"
        await it.press("enter")
        await it.until(lambda: it.brain.asked(OpenConversation))


async def test_it_does_not_open_over_a_room_or_with_another_offer() -> None:
    async with stage() as it:
        await it.offer(offer())
        await it.press("slash")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.offer(structs.replace(offer("o9"), digest=2))
        await it.press("escape")
        await it.until(lambda: not isinstance(it.app.screen, SearchScreen))
        assert not it.brain.asked(GetDigest)


async def test_it_can_be_opened_while_an_offer_waits() -> None:
    async with stage() as it:
        await it.offer(offer())
        await entered(it, *LINES)
        assert "2 lines" in it.text("#summary")


async def test_a_digest_without_lines_says_so() -> None:
    async with stage() as it:
        await entered(it)
        assert "nothing" in it.text("#summary").lower()


def test_long_lines_are_elided_and_escape_sequences_are_not_drawn() -> None:
    long = structs.replace(STORY, title="Kestrel \x1b[31m " + "words " * 60)
    options = list(list_options([DigestLine(group="stories", topic=long)], 40))
    assert options[0].disabled
    assert all(len(row) <= 40 for row in str(options[1].prompt).splitlines())
    assert "\x1b" not in str(options[1].prompt)
