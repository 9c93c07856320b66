"""What is kept, how large, and what leaves this machine; export, forget, and pause what is noticed."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.config import with_value
from proactive_tui.ipc.events import Exported, Failed, Forgotten, Stock, Tell
from proactive_tui.ipc.requests import Export, TakeStock
from proactive_tui.settings import settings, value
from proactive_tui.tui.commands import bindings
from proactive_tui.tui.controllers.forget_flow import Forgetting
from proactive_tui.tui.formatting.colors import ACCENT, GOOD, MUTED, TROUBLE
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import elide_path, one_line
from proactive_tui.tui.formatting.times import local
from proactive_tui.tui.screens.base import Room
from proactive_tui.tui.screens.dialogs.prompt_dialog import AskLine
from proactive_tui.tui.screens.why import hanging
from proactive_tui.tui.widgets.brain_bar import BrainBar
from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList
from proactive_tui.tui.widgets.status_rows import at_home

NARROW = 44
"""So few cells leave no column beside name and size."""
SIGNALS = tuple(each for each in settings() if each.key.startswith("sensors.") and each.flag)


class DataScreen(Room):
    """Asks when it opens, and again when something went."""

    AUTO_FOCUS = "PlainList"
    BINDINGS: ClassVar[list[BindingType]] = bindings("data.export", "data.forget")
    side = True

    def __init__(self) -> None:
        super().__init__()
        self._stock: Stock | None = None
        """What is kept; its names are completed where something is to be forgotten."""

    def compose(self) -> ComposeResult:
        """The parts."""
        yield BrainBar()
        with Container(id="halves"):
            with VerticalScroll(id="kept"):
                yield Kept("Looking…", id="stock", markup=False)
            with Container(id="signals"):
                yield Static("What it may notice", classes="section", markup=False)
                yield SignalList(*(Option(self._signal(each.key), id=each.key) for each in SIGNALS))
                yield Static(id="signal", markup=False)
        yield self.card()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look what is kept."""
        self.query_one(PlainList).highlighted = 0
        self._look()

    def home_widget(self) -> Widget | None:
        """The signals."""
        return self.query_one(PlainList)

    def _look(self) -> None:
        request = self.face.requests.open(self._answered)
        self.face.send(TakeStock(request=request))

    def _answered(self, tell: Tell) -> None:
        if not self.is_attached:
            return  # it was left meanwhile
        match tell:
            case Stock():
                self._stock = tell
                self.query_one(Kept).show(tell, self.face.config_file)
            case Failed(title=title, hint=hint):
                self.query_one("#stock", Static).update(Content(one_line(f"{title}. {hint}")))
            case _:
                pass

    @on(OptionList.OptionSelected)  # by a click
    def action_pause(self) -> None:
        """Pause collecting the highlighted signal, or go on; at once, and kept in the config file."""
        listed = self.query_one(PlainList)
        if (option := listed.highlighted_option) is None or option.id is None:
            return
        key = option.id
        on_now = not value(self.face.config, key)
        self.face.configure(with_value(self.face.config, key, on_now), key)
        listed.replace_option_prompt(key, self._signal(key))
        self._tell()

    def action_export(self) -> None:
        """Ask where to, and write it there."""
        day = f"{local(self.face.now()):%Y-%m-%d}"
        about = Content.assemble(
            "Into a new folder: the journal as JSON Lines, conversations as Markdown, settings as TOML.",
            ("\nYour notes are files of yours already; index and models are made from the two.", MUTED),
        )
        ask = AskLine("Export", about, f"~/proactive-tui-{day}", check=_no_folder)
        self.app.push_screen(ask, self._export)

    def _export(self, text: str | None) -> None:
        if text is None:
            return

        def answered(tell: Tell) -> None:
            match tell:
                case Exported(folder=folder, files=files):
                    whole = ", ".join(f"{name} ({number:,})" for name, number in files.items())
                    self.notify(one_line(f"{folder}: {whole}"), title="Exported", timeout=20, markup=False)
                case _:
                    self.face.failed(tell)

        folder = str(Path(text.strip()).expanduser().absolute())
        self.face.send(Export(request=self.face.requests.open(answered), folder=folder))

    def action_forget(self) -> None:
        """Ask what, say what goes, and forget it."""
        known = self._stock
        Forgetting(self.face, self._forgotten).choose(known.paths if known else (), known.topics if known else ())

    def _forgotten(self, _: Forgotten) -> None:
        if self.is_attached:
            self._look()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What the highlighted signal is, and how it is here."""
        option = self.query_one(PlainList).highlighted_option
        if option is None or option.id is None:
            return
        what = next(each.what for each in SIGNALS if each.key == option.id)
        sensors = self.face.standing.status.rhythm.sensors if self.face.standing else {}
        here = sensors.get(option.id.partition(".")[2], "")
        known = here if here.startswith("not available") and value(self.face.config, option.id) else ""
        self.query_one("#signal", Static).update(Content("\n").join([Content(what), Content(one_line(known))]))

    def _signal(self, key: str) -> Content:
        is_on = value(self.face.config, key)
        mark = ("● on      ", GOOD) if is_on else ("○ paused  ", TROUBLE)
        return Content.assemble(mark, key.partition(".")[2])


class SignalList(PlainList):
    """The signals; while it has the focus, Enter is theirs and not an offer's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("data.toggle")

    async def action_pause(self) -> None:
        """The screen's."""
        await self.screen.run_action("pause")


class Kept(Static):
    """What is kept and what leaves this machine, as wide as there is room for."""

    def show(self, stock: Stock, config_file: Path | None) -> None:
        """Show this."""
        self._kept = stock, config_file
        self.on_resize()

    def on_resize(self) -> None:
        """Wrapped anew."""
        if hasattr(self, "_kept"):
            self.update(kept(*self._kept, max(self.content_size.width, 20)))


def kept(stock: Stock, config_file: Path | None, width: int) -> Content:
    """What is kept and what leaves this machine, in `width` cells."""
    lines = [*_leaving(stock, width), Content()]
    folder = elide_path(one_line(at_home(stock.folder)), max(width - 25, 12))
    lines.append(Content.assemble(("Kept on this machine", ACCENT), (f" in {folder}", MUTED)))
    for each in (each for each in stock.stores if each.size):
        head, holds = f"{each.name:<8}{size(each.size):>10}", Content.styled(each.holds, MUTED)
        if width < NARROW:
            lines += [Content(head), hanging(("  ", ""), holds, width)]
        else:
            lines.append(hanging((f"{head}  ", ""), holds, width))
    if config_file is not None:
        where = elide_path(one_line(at_home(str(config_file))), width - 20)
        lines.append(hanging((f"{'config':<{8 if width < NARROW else 20}}", ""), Content.styled(where, MUTED), width))
    events = " · ".join(f"{number:,} {name}" for name, number in sorted(stock.events.items())) or "no events yet"
    lines += [Content(), Content.styled("In the journal", ACCENT), Content(events)]
    return Content("\n").join(lines)


def _leaving(stock: Stock, width: int) -> list[Content]:
    """Who is told something, and who is not."""
    lines = [Content.styled("Leaves this machine", ACCENT)]
    away = [each for each in stock.leaving if each.allowed and not each.local]
    if not away:
        lines.append(Content.assemble(("✓ ", GOOD), "nothing"))
    for other in away:
        told = Content(f"{other.name} at {one_line(other.to)}: {other.what}")
        lines.append(hanging(("→ ", TROUBLE), told, width))
    for other in stock.leaving:
        if other.local or not other.allowed:
            which = "is this machine" if other.local else "is another machine, and is sent nothing until you allow it"
            told = Content.styled(f"{other.name} at {one_line(other.to)} {which}.", MUTED)
            lines.append(hanging(("  ", ""), told, width))
    return lines


def size(amount: int) -> str:
    """Bytes as people read them."""
    if amount < 1000:
        return count(amount, "byte")
    number = float(amount)
    for unit in ("kB", "MB", "GB"):
        number /= 1000
        if number < 1000 or unit == "GB":
            return f"{number:.1f} {unit}"
    return ""


def _no_folder(text: str) -> str:
    if not text.strip():
        return "Name a folder."
    folder = Path(text.strip()).expanduser()
    if not folder.exists():
        return ""
    return "There is something in that folder." if not folder.is_dir() or any(folder.iterdir()) else ""
