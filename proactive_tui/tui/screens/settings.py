"""Settings: every key of the config, what it may be, and a line to change it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui import settings
from proactive_tui.config import with_value
from proactive_tui.errors import ProactiveError
from proactive_tui.paths import notes_folder
from proactive_tui.settings import Setting
from proactive_tui.tui import commands
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.formatting.colors import ACCENT, MUTED
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.dialogs.menu import Choose
from proactive_tui.tui.screens.dialogs.prompt_dialog import AskLine
from proactive_tui.tui.screens.search_base import Query
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList

NAME = 22
"""Cells of the column of names."""


class SettingsScreen(Room):
    """Letters filter; Enter changes the highlighted setting, at once where it is on or off."""

    AUTO_FOCUS = "Query"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings.edit", "settings.reset", "list.down", "list.up")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._settings = {each.key: each for each in settings.settings()}

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        yield Query(placeholder="Filter the settings")
        with Container(id="found"):
            yield PlainList()
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")
        yield self.card()
        yield KeyBar()

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(Query).focus(scroll_visible=False)
        self._list()

    def home_widget(self) -> Widget | None:
        """Where one types."""
        return self.query_one(Query)

    @on(Input.Changed)
    def _list(self) -> None:
        wanted = self.query_one(Query).value.strip().casefold()
        listed = self.query_one(PlainList)
        before = listed.highlighted_option.id if listed.highlighted_option else None
        rows: list[Option] = []
        table = ""
        for each in self._settings.values():
            if wanted not in f"{each.key} {each.what} {each.kind}".casefold():
                continue
            if (here := each.key.partition(".")[0]) != table:
                table = here
                rows.append(Option(Content.styled(table, f"{ACCENT} bold"), disabled=True))
            rows.append(Option(self._row(each), id=each.key))
        listed.clear_options()
        listed.add_options(rows)
        ids = [row.id for row in rows]
        listed.highlighted = ids.index(before) if before and before in ids else 1 if rows else None
        self._tell()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What the highlighted setting is."""
        setting = self._chosen()
        about = self.query_one("#about", Static)
        if setting is None:
            about.update(Content("No setting is like that."))
            return
        about.update(self._about(setting))

    def _about(self, setting: Setting) -> Content:
        now, default = self._value(setting), setting.default
        rows = [
            ("now", _said(now)),
            ("default", _said(default)),
            ("may be", setting.kind),
            ("applied", "at once" if setting.live else "at the next start"),
        ]
        facts = [Content.assemble((f"{name:<9}", MUTED), value) for name, value in rows]
        return Content("\n").join([Content.styled(setting.key, "bold"), Content(setting.what), Content(), *facts])

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change it."""
        setting = self._chosen()
        if setting is None:
            return
        now, choices = self._value(setting), self._choices(setting)
        if setting.flag:
            self._set(setting, not now)
        elif choices and not setting.many:
            options = [(each, Content(each + ("  (default)" if each == setting.default else ""))) for each in choices]
            self.app.push_screen(Choose(setting.key, options, now), lambda text: self._typed(setting, text))
        else:
            applied = "" if setting.live else " Applied at the next start."
            about = Content.assemble(setting.what + applied, (f"\nMay be {setting.kind}.", MUTED))
            ask = AskLine(setting.key, about, settings.shown(now), check=lambda text: self._wrong(setting, text))
            self.app.push_screen(ask, lambda text: self._typed(setting, text))

    def action_reset(self) -> None:
        """Its default again."""
        if (setting := self._chosen()) is not None and self._value(setting) != setting.default:
            self._set(setting, setting.default)

    def action_cursor_down(self) -> None:
        """One further down, while typing goes on."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """One further up."""
        self.query_one(PlainList).action_cursor_up()

    def _typed(self, setting: Setting, text: str | None) -> None:
        if text is not None:
            self._set(setting, settings.value(settings.typed(self.face.config, setting, text), setting.key))

    def _set(self, setting: Setting, what: Any) -> None:
        self.face.configure(with_value(self.face.config, setting.key, what), setting.key)
        self.query_one(PlainList).replace_option_prompt(setting.key, self._row(setting))
        self._tell()
        if not setting.live:
            self.notify(f"{setting.key} is applied at the next start.", timeout=4, markup=False)

    def _wrong(self, setting: Setting, text: str) -> str:
        """What is wrong with what was typed, in words."""
        try:
            config = settings.typed(self.face.config, setting, text)
            if setting.key == "notes.folder" and text.strip():
                notes_folder(str(Path(text.strip()).expanduser()))
        except ProactiveError as error:
            return one_line(error.hint if setting.key != "notes.folder" else error.message)
        if setting.key == "face.keys" and (unknown := commands.unknown(config.face.keys)):
            return f"There is no command {unknown[0]}; docs/keys.md lists them."
        return ""

    def _choices(self, setting: Setting) -> tuple[str, ...]:
        return tuple(sorted(self.app.available_themes)) if setting.key == "face.theme" else setting.choices

    def _row(self, setting: Setting) -> Content:
        now = self._value(setting)
        changed = now != setting.default
        name = setting.key.partition(".")[2]
        mark = ("● ", ACCENT) if changed else "  "
        return Content.assemble(mark, f"{name:<{NAME}} ", (_said(now), "bold" if changed else MUTED))

    def _value(self, setting: Setting) -> Any:
        return settings.value(self.face.config, setting.key)

    def _chosen(self) -> Setting | None:
        option = self.query_one(PlainList).highlighted_option
        return self._settings.get(option.id) if option is not None and option.id else None


def _said(value: Any) -> str:
    return one_line(settings.shown(value)) or "(empty)"
