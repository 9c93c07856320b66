"""The data screen: what is kept, how large it is, and what leaves this machine; export, forget, and pause a signal."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.config_reading import ConfigSetting, list_signal_switches, setting_value, signal_name
from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import DataForgotten, DataInventory
from proactive_tui.ipc.requests import ExportData, GetInventory
from proactive_tui.model.status_values import OfferRhythm
from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.text.quantities import format_bytes
from proactive_tui.tui.commands import command_bindings
from proactive_tui.tui.formatting.colors import ACCENT_COLOR, MUTED_COLOR, SUCCESS_COLOR, WARNING_COLOR
from proactive_tui.tui.formatting.text import elide_path, one_line
from proactive_tui.tui.screens.base import AppScreen
from proactive_tui.tui.screens.dialogs.forget_flow import ForgetFlow
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog
from proactive_tui.tui.screens.dialogs.source_switch import describe_source, switched_source, toggle_flag
from proactive_tui.tui.screens.why import hanging_indent
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import abbreviate_home

INVENTORY_NARROW_CELLS = 44
"""Cells below which the contents of a store stand below its name and size."""


class DataScreen(AppScreen):
    """Shows the inventory, loaded on opening and after something was forgotten, and the signals."""

    AUTO_FOCUS = "PlainList"
    BINDINGS: ClassVar[list[BindingType]] = command_bindings("data.export", "data.forget")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._inventory: DataInventory | None = None
        """The inventory; its paths and topics are suggested when the owner forgets something."""

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        yield BrainBar()
        with Container(id="halves"):
            with VerticalScroll(id="kept"):
                yield InventoryView("Looking…", id="stock", markup=False)
            with Container(id="signals"):
                yield Static("What it may notice", classes="section", markup=False)
                yield SignalList(
                    *(Option(self._format_signal(setting), id=setting.key) for setting in list_signal_switches())
                )
                yield Static(id="signal", markup=False)
        yield self.build_offer_card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Load the inventory."""
        self.query_one(PlainList).highlighted = 0
        self._load_inventory()

    def home_widget(self) -> Widget | None:
        """The list of signals."""
        return self.query_one(PlainList)

    @work
    async def _load_inventory(self) -> None:
        try:
            self._inventory = await self.face.request(GetInventory())
        except BrainError as error:
            self.query_one("#stock", Static).update(Content(one_line(f"{error.title}. {error.hint}")))
        else:
            self.query_one(InventoryView).show_inventory(self._inventory, self.face.config_file)

    @on(OptionList.OptionSelected)  # by a click
    def action_pause(self) -> None:
        """Pause collecting the highlighted signal, or go on; at once, and kept in the config file."""
        listed = self.query_one(PlainList)
        if (option := listed.highlighted_option) is None or option.id is None:
            return
        key = option.id

        def show_signal() -> None:
            listed.replace_option_prompt(key, self._format_signal(_find_switch(key)))
            self._show_signal()

        toggle_flag(self.face, key, show_signal)

    def action_export(self) -> None:
        """Ask for a folder, and export into it."""
        day = f"{local_datetime(self.face.now()):%Y-%m-%d}"
        about = Content.assemble(
            "Into a new folder: the journal as JSON Lines, conversations as Markdown, settings as TOML.",
            ("\nYour notes are files of yours already; index and models are made from the two.", MUTED_COLOR),
        )
        ask = InputDialog("Export", about, f"~/proactive-tui-{day}", check=_export_folder_problem)
        self.app.push_screen(ask, self._export_to)

    def _export_to(self, text: str | None) -> None:
        if text is not None:
            self.app.run_worker(self._export_data(str(Path(text.strip()).expanduser().absolute())))

    async def _export_data(self, folder: str) -> None:
        if exported := await self.face.request_or_warn(ExportData(folder=folder)):
            whole = ", ".join(f"{name} ({number:,})" for name, number in exported.files.items())
            self.app.notify(one_line(f"{exported.folder}: {whole}"), title="Exported", timeout=20, markup=False)

    def action_forget(self) -> None:
        """Start the dialogs to forget something."""
        known = self._inventory
        ForgetFlow(self.face, self._reload_after_forget).choose_scope(
            known.paths if known else (), known.topics if known else ()
        )

    def _reload_after_forget(self, _: DataForgotten) -> None:
        if self.is_attached:
            self._load_inventory()

    @on(OptionList.OptionHighlighted)
    def _show_signal(self) -> None:
        """Explain the highlighted signal, and say whether it works on this machine."""
        option = self.query_one(PlainList).highlighted_option
        if option is None or option.id is None:
            return
        source = switched_source(option.id)
        what = describe_source(source) if source else _find_switch(option.id).what
        rhythm = self.face.latest_status.status.rhythm if self.face.latest_status else OfferRhythm()
        sensor = option.id.partition(".")[2]
        is_missing = sensor in rhythm.missing_sensors and setting_value(self.face.config, option.id)
        known = rhythm.sensors.get(sensor, "") if is_missing else ""
        self.query_one("#signal", Static).update(Content("\n").join([Content(what), Content(one_line(known))]))

    def _format_signal(self, setting: ConfigSetting) -> Content:
        is_on = setting_value(self.face.config, setting.key)
        off = ("○ paused  ", WARNING_COLOR) if setting.default else ("○ off     ", MUTED_COLOR)
        mark = ("● on      ", SUCCESS_COLOR) if is_on else off
        return Content.assemble(mark, signal_name(setting))


def _find_switch(key: str) -> ConfigSetting:
    return next(setting for setting in list_signal_switches() if setting.key == key)


class SignalList(PlainList):
    """The list of signals. While it has the focus, Enter toggles a signal instead of answering the offer."""

    BINDINGS: ClassVar[list[BindingType]] = command_bindings("data.toggle")

    async def action_pause(self) -> None:
        """Run the action of the screen."""
        await self.screen.run_action("pause")


class InventoryView(Static):
    """The inventory, wrapped to the width of the widget."""

    def show_inventory(self, stock: DataInventory, config_file: Path | None) -> None:
        """Show this inventory."""
        self._kept = stock, config_file
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap the text anew."""
        if hasattr(self, "_kept"):
            self.update(format_inventory(*self._kept, max(self.content_size.width, 20)))


def format_inventory(stock: DataInventory, config_file: Path | None, width: int) -> Content:
    """Write the inventory in `width` cells."""
    lines = [*_format_recipients(stock, width), Content()]
    folder = elide_path(one_line(abbreviate_home(stock.folder)), max(width - 25, 12))
    lines.append(Content.assemble(("Kept on this machine", ACCENT_COLOR), (f" in {folder}", MUTED_COLOR)))
    for store in (entry for entry in stock.stores if entry.size):
        head, holds = f"{store.name:<8}{format_bytes(store.size):>10}", Content.styled(store.holds, MUTED_COLOR)
        if width < INVENTORY_NARROW_CELLS:
            lines += [Content(head), hanging_indent(("  ", ""), holds, width)]
        else:
            lines.append(hanging_indent((f"{head}  ", ""), holds, width))
    if config_file is not None:
        where = elide_path(one_line(abbreviate_home(str(config_file))), width - 20)
        lines.append(
            hanging_indent(
                (f"{'config':<{8 if width < INVENTORY_NARROW_CELLS else 20}}", ""),
                Content.styled(where, MUTED_COLOR),
                width,
            )
        )
    events = " · ".join(f"{number:,} {name}" for name, number in sorted(stock.events.items())) or "no events yet"
    lines += [Content(), Content.styled("In the journal", ACCENT_COLOR), Content(events)]
    return Content("\n").join(lines)


def _format_recipients(stock: DataInventory, width: int) -> list[Content]:
    """List the recipients of data outside this machine, then the others."""
    lines = [Content.styled("Leaves this machine", ACCENT_COLOR)]
    away = [recipient for recipient in stock.leaving if recipient.allowed and not recipient.local]
    if not away:
        lines.append(Content.assemble(("✓ ", SUCCESS_COLOR), "nothing"))
    for other in away:
        line = Content(f"{other.name} at {one_line(other.to)}: {other.what}")
        lines.append(hanging_indent(("→ ", WARNING_COLOR), line, width))
    for other in stock.leaving:
        if other.local or not other.allowed:
            which = "is this machine" if other.local else "is another machine, and is sent nothing until you allow it"
            line = Content.styled(f"{other.name} at {one_line(other.to)} {which}.", MUTED_COLOR)
            lines.append(hanging_indent(("  ", ""), line, width))
    return lines


def _export_folder_problem(text: str) -> str:
    if not text.strip():
        return "Name a folder."
    folder = Path(text.strip()).expanduser()
    if not folder.exists():
        return ""
    return "There is something in that folder." if not folder.is_dir() or any(folder.iterdir()) else ""
