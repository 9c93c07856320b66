"""The consent dialog before anything is sent to a remote host."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui import allowed_hosts
from proactive_tui.allowed_hosts import ContactedHost
from proactive_tui.config_reading import setting_value, with_value
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.formatting.colors import MUTED_COLOR, WARNING_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.key_labels import KeyLabel, KeyLine, format_keys


class RemoteHostDialog(ModalScreen[str]):
    """Asks for consent; returns "allow", "stay" (on this machine from now on) or "later"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss('allow')", "Allow", show=False),
        Binding("n", "dismiss('stay')", "Stay on this machine", show=False),
        Binding("escape", "dismiss('later')", "Later", show=False),
    ]

    def __init__(self, host: ContactedHost) -> None:
        super().__init__()
        self.host = host

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        key, value = self.host.instead
        with VerticalScroll(classes="dialog") as box:
            box.border_title = "Another machine"
            yield Static(
                Content.assemble(
                    f"{self.host.name} is set to ",
                    (one_line(self.host.origin), WARNING_COLOR),
                    ", which is not this machine.\n\nIt would be sent ",
                    (self.host.what, "bold"),
                    ".\nNothing was sent there yet.\n\n",
                    (f"y is kept in the config as {self.host.leave}, for this address only; ", MUTED_COLOR),
                    (f"n sets {key} to {value or 'nothing'}; Esc asks again next time.", MUTED_COLOR),
                )
            )
            keys = [
                KeyLabel("y", "send it there", "screen.dismiss('allow')"),
                KeyLabel("n", "stay on this machine", "screen.dismiss('stay')"),
                KeyLabel("Esc", "not now", "screen.dismiss('later')"),
            ]
            yield KeyLine(format_keys(keys), classes="keys")


def ask_remote_hosts(face: ScreenFace) -> None:
    """Ask for consent to each remote host in the config that is not allowed and was not asked about, one by one."""
    waiting = (
        refused
        for refused in allowed_hosts.refused_hosts(face.config)
        if (refused.name, refused.origin) not in face.asked_hosts
    )
    if isinstance(face.screen, RemoteHostDialog) or (host := next(waiting, None)) is None:
        return
    face.asked_hosts.add((host.name, host.origin))

    def apply_answer(answer: str | None) -> None:
        key, value = host.instead
        if answer == "allow":
            key, value = host.leave, (*setting_value(face.config, host.leave), host.origin)  # type: ignore[assignment]
        if answer in {"allow", "stay"}:
            face.apply_config(with_value(face.config, key, value), key)
            if key.startswith("index."):
                face.notify(f"{key} is applied at the next start.", markup=False)
        ask_remote_hosts(face)

    face.push_screen(RemoteHostDialog(host), apply_answer)
