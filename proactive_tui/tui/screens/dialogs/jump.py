"""Jump mode: everything that can be focused gets a letter, and the letter goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

JUMP_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class JumpTarget(NamedTuple):
    """Where a label stands on the screen, and what it leads to: a widget, or an option of a list by its index."""

    offset: Offset
    widget: Widget
    option: int | None = None


class JumpLabel(Static):
    """A label on what it leads to."""

    def __init__(self, letters: str, offset: Offset) -> None:
        super().__init__(letters, markup=False)
        self.letters = letters
        self.styles.offset = (offset.x, offset.y)


class JumpScreen(ModalScreen[JumpTarget | None]):
    """Shows the labels over the screen; returns what was chosen, or None after any other key."""

    def __init__(self, targets: Sequence[JumpTarget]) -> None:
        super().__init__()
        self._targets = dict(zip(jump_labels(len(targets)), targets, strict=True))
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Compose the labels."""
        yield from (JumpLabel(letters, target.offset) for letters, target in self._targets.items())

    def on_key(self, event: events.Key) -> None:
        """Follow the letters that are typed."""
        event.stop()
        self._typed += event.character or ""
        if self._typed in self._targets:
            self.dismiss(self._targets[self._typed])
        elif not self._typed or not any(letters.startswith(self._typed) for letters in self._targets):
            self.dismiss(None)
        else:
            for label in self.query(JumpLabel):
                label.display = label.letters.startswith(self._typed)

    def on_click(self) -> None:
        """Leave."""
        self.dismiss(None)


def start_jump(app: App[None]) -> None:
    """Show the labels of the visible screen, and go where a letter leads."""

    def go(target: JumpTarget | None) -> None:
        if target is None:
            return
        target.widget.focus()
        if target.option is not None and isinstance(target.widget, OptionList):
            target.widget.highlighted = target.option

    app.push_screen(JumpScreen(list(find_targets(app.screen))), go)


def find_targets(screen: Screen[Any]) -> Iterator[JumpTarget]:
    """What can be focused on a screen, from the top: widgets, and of lists the options that are in sight."""
    for widget in screen.focus_chain:
        region = widget.region.intersection(screen.region)
        if not region.area:
            continue
        options = list(_option_targets(screen, widget)) if isinstance(widget, OptionList) else []
        yield from options or [JumpTarget(region.offset, widget)]


def jump_labels(count: int) -> list[str]:
    """That many labels, of one letter each where these are enough, else of two."""
    width = 1 if count <= len(JUMP_LETTERS) else 2
    return ["".join(letters) for letters, _ in zip(product(JUMP_LETTERS, repeat=width), range(count), strict=False)]


def _option_targets(screen: Screen[Any], widget: OptionList) -> Iterator[JumpTarget]:
    """The options that can be chosen, where their first row is in sight. Their text says which they are, for clicks."""
    seen: set[int] = set()
    region = widget.content_region.intersection(screen.region)
    for y in range(region.y, region.bottom):
        option = screen.get_style_at(region.x + 1, y).meta.get("option")
        if option is not None and option not in seen and not widget.options[option].disabled:
            seen.add(option)
            yield JumpTarget(Offset(region.x, y), widget, option)
