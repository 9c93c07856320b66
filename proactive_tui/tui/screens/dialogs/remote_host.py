"""Another machine would be told something: who, what, and whether that may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui import allowed_hosts, settings
from proactive_tui.allowed_hosts import Host
from proactive_tui.config import with_value
from proactive_tui.tui.formatting.colors import MUTED, TROUBLE
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.no_break_text import Unbroken
from proactive_tui.tui.widgets.offer_card import keys_line

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


class Stranger(ModalScreen[str]):
    """Gives back "allow", "stay" (on this machine, from now on) or "later". Until it is allowed, it is sent nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss('allow')", "Allow", show=False),
        Binding("n", "dismiss('stay')", "Stay on this machine", show=False),
        Binding("escape", "dismiss('later')", "Later", show=False),
    ]

    def __init__(self, host: Host) -> None:
        super().__init__()
        self.host = host

    def compose(self) -> ComposeResult:
        """The parts."""
        key, value = self.host.instead
        with VerticalScroll(classes="dialog") as box:
            box.border_title = "Another machine"
            yield Static(
                Content.assemble(
                    f"{self.host.name} is set to ",
                    (one_line(self.host.origin), TROUBLE),
                    ", which is not this machine.\n\nIt would be sent ",
                    (self.host.what, "bold"),
                    ".\nNothing was sent there yet.\n\n",
                    (f"y is kept in the config as {self.host.leave}, for this address only; ", MUTED),
                    (f"n sets {key} to {value or 'nothing'}; Esc asks again next time.", MUTED),
                )
            )
            keys = [("y", "send it there"), ("n", "stay on this machine"), ("Esc", "not now")]
            yield Unbroken(keys_line(keys), classes="keys")


def ask(face: ProactiveApp) -> None:
    """Ask about the first machine that is not allowed and was not asked about, then about the next."""
    waiting = (each for each in allowed_hosts.refused(face.config) if (each.name, each.origin) not in face.strangers)
    if isinstance(face.screen, Stranger) or (host := next(waiting, None)) is None:
        return
    face.strangers.add((host.name, host.origin))

    def answered(answer: str | None) -> None:
        key, value = host.instead
        if answer == "allow":
            key, value = host.leave, (*settings.value(face.config, host.leave), host.origin)  # type: ignore[assignment]
        if answer in {"allow", "stay"}:
            face.configure(with_value(face.config, key, value), key)
            if key.startswith("index."):
                face.notify(f"{key} is applied at the next start.", markup=False)
        ask(face)

    face.push_screen(Stranger(host), answered)
