"""The settings screen: every key of the config, its possible values, and a line to change it."""

from __future__ import annotations

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
from proactive_tui.config_reading import ConfigSetting, list_settings, setting_value, with_value
from proactive_tui.tui import commands
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog
from proactive_tui.tui.screens.dialogs.source_switch import (
    describe_source,
    describe_source_state,
    switched_source,
    toggle_flag,
)
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList

SETTING_NAME_CELLS = 22
"""Width of the column of names in cells."""


class SettingsScreen(AppScreen):
    """Lists the settings. Letters filter the list; Enter changes the highlighted setting, and toggles a flag."""

    AUTO_FOCUS = "QueryInput"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings("settings.edit", "settings.reset", "list.down", "list.up")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._settings = {setting.key: setting for setting in list_settings()}

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        yield QueryInput(placeholder="Filter the settings")
        with Container(id="found"):
            yield PlainList()
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="about")
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """List all settings."""
        self.query_one(QueryInput).focus(scroll_visible=False)
        self._list_settings()

    def home_widget(self) -> Widget | None:
        """The filter line."""
        return self.query_one(QueryInput)

    @on(Input.Changed)
    def _list_settings(self) -> None:
        wanted = self.query_one(QueryInput).value.strip().casefold()
        listed = self.query_one(PlainList)
        before = listed.highlighted_option.id if listed.highlighted_option else None
        rows: list[Option] = []
        table = ""
        for setting in self._settings.values():
            if wanted not in f"{setting.key} {setting.what} {setting.kind}".casefold():
                continue
            if (here := setting.key.partition(".")[0]) != table:
                table = here
                rows.append(Option(Content.styled(table, f"{ACCENT_COLOR} bold"), disabled=True))
            rows.append(Option(self._format_setting(setting), id=setting.key))
        listed.clear_options()
        listed.add_options(rows)
        ids = [row.id for row in rows]
        listed.highlighted = ids.index(before) if before and before in ids else 1 if rows else None
        self._show_details()

    @on(OptionList.OptionHighlighted)
    def _show_details(self) -> None:
        """Explain the highlighted setting."""
        setting = self._highlighted_setting()
        about = self.query_one("#about", Static)
        if setting is None:
            about.update(Content("No setting is like that."))
            return
        about.update(self._format_details(setting))

    def _format_details(self, setting: ConfigSetting) -> Content:
        now, default = self._current_value(setting), setting.default
        rows = [
            ("now", _format_value(now)),
            ("default", _format_value(default)),
            ("may be", setting.kind),
            ("applied", "at once" if setting.live else "at the next start"),
        ]
        what = [Content(setting.what)]
        if source := switched_source(setting.key):
            latest = self.face.latest_status
            state = describe_source_state(source, latest.status.sources if latest else (), self.face.now())
            what = [Content(describe_source(source))]
            rows = [*rows, ("holds", one_line(state))] if state and now else rows
        facts = [Content.assemble((f"{name:<9}", MUTED_COLOR), value) for name, value in rows]
        return Content("\n").join([Content.styled(setting.key, "bold"), *what, Content(), *facts])

    @on(OptionList.OptionSelected)
    def action_edit(self) -> None:
        """Change the highlighted setting."""
        setting = self._highlighted_setting()
        if setting is None:
            return
        now, choices = self._current_value(setting), self._list_choices(setting)
        if setting.is_flag:
            toggle_flag(self.face, setting.key, lambda: self._show_changed(setting))
        elif choices and not setting.many:
            options = [
                (choice, Content(choice + ("  (default)" if choice == setting.default else ""))) for choice in choices
            ]
            self.app.push_screen(ChoiceMenu(setting.key, options, now), lambda text: self._apply_text(setting, text))
        else:
            applied = "" if setting.live else " Applied at the next start."
            about = Content.assemble(setting.what + applied, (f"\nMay be {setting.kind}.", MUTED_COLOR))
            ask = InputDialog(
                setting.key, about, settings.format_setting(now), check=lambda text: self._text_problem(setting, text)
            )
            self.app.push_screen(ask, lambda text: self._apply_text(setting, text))

    def action_reset(self) -> None:
        """Reset the highlighted setting to its default."""
        if (setting := self._highlighted_setting()) is not None and self._current_value(setting) != setting.default:
            self._apply_value(setting, setting.default)

    def action_cursor_down(self) -> None:
        """Move the highlight down; the filter line keeps the focus."""
        self.query_one(PlainList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move the highlight up."""
        self.query_one(PlainList).action_cursor_up()

    def _apply_text(self, setting: ConfigSetting, text: str | None) -> None:
        if text is not None:
            self._apply_value(
                setting,
                setting_value(settings.apply_typed_value(self.face.config, setting, text), setting.key),
            )

    def _apply_value(self, setting: ConfigSetting, what: Any) -> None:
        self.face.apply_config(with_value(self.face.config, setting.key, what), setting.key)
        self._show_changed(setting)

    def _show_changed(self, setting: ConfigSetting) -> None:
        """Show the new value; switching a source on may have changed what it reads as well."""
        listed = self.query_one(PlainList)
        for option in listed.options:
            if option.id and option.id.partition(".")[0] == setting.key.partition(".")[0]:
                listed.replace_option_prompt(option.id, self._format_setting(self._settings[option.id]))
        self._show_details()
        if not setting.live:
            self.notify(f"{setting.key} is applied at the next start.", timeout=4, markup=False)

    def _text_problem(self, setting: ConfigSetting, text: str) -> str:
        """What is wrong with the typed text, or ""."""
        if problem := settings.typed_value_problem(self.face.config, setting, text):
            return one_line(problem)
        if setting.key == "face.keys":
            typed = settings.apply_typed_value(self.face.config, setting, text).face.keys
            if unknown := commands.unknown_command_ids(typed):
                return f"There is no command {unknown[0]}; docs/keys.md lists them."
        return ""

    def _list_choices(self, setting: ConfigSetting) -> tuple[str, ...]:
        return tuple(sorted(self.app.available_themes)) if setting.key == "face.theme" else setting.choices

    def _format_setting(self, setting: ConfigSetting) -> Content:
        now = self._current_value(setting)
        changed = now != setting.default
        name = setting.key.partition(".")[2]
        mark = ("● ", ACCENT_COLOR) if changed else "  "
        return Content.assemble(
            mark, f"{name:<{SETTING_NAME_CELLS}} ", (_format_value(now), "bold" if changed else MUTED_COLOR)
        )

    def _current_value(self, setting: ConfigSetting) -> Any:
        return setting_value(self.face.config, setting.key)

    def _highlighted_setting(self) -> ConfigSetting | None:
        option = self.query_one(PlainList).highlighted_option
        return self._settings.get(option.id) if option is not None and option.id else None


def _format_value(value: Any) -> str:
    return one_line(settings.format_setting(value)) or "(empty)"
