"""No-break spaces hold."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content

from proactive_tui.tui.widgets.no_break_text import NoBreakText, break_lines

TEXT = Content.assemble(("Less of that.", "dim"), "   ", ("u", "bold"), "\u00a0undo\u00a0it")


def plain(broken: list[Content]) -> list[str]:
    return [line.plain.replace("\u00a0", " ") for line in broken]


def test_a_line_is_broken_between_what_is_joined_and_styles_stay() -> None:
    broken = break_lines(TEXT, 20)
    assert plain(broken) == ["Less of that.", "u undo it"]
    assert [[span.style for span in line.spans] for line in broken] == [["dim"], ["bold"]]
    assert plain(break_lines(TEXT, 40)) == ["Less of that.   u undo it"]
    assert plain(break_lines(TEXT, 6))[-2:] == ["u undo", " it"], "too long to be kept"
    assert plain(break_lines(Content(""), 10)) == [""]


async def test_it_takes_the_lines_that_it_needs() -> None:
    class Host(App[None]):
        CSS = "NoBreakText { height: auto; width: 20; }"

        def compose(self) -> ComposeResult:
            yield NoBreakText(TEXT)

    async with Host().run_test() as pilot:
        shown = pilot.app.query_one(NoBreakText)
        assert shown.size.height == 2
        first, second = (strip.text.rstrip() for strip in shown.render_lines(shown.size.region))
        assert (first, second) == ("Less of that.", "u\u00a0undo\u00a0it")
