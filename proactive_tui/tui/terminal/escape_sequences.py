"""Escape sequences for the terminal's title and notifications, which Textual does not send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from proactive_tui.tui.formatting.text import elide_text, one_line

MAX_NOTIFICATION_CELLS = 200
"""The longest title or text of a notification, in cells."""

SAVE_TITLE_SEQUENCE = "\x1b[22;2t"
"""Asks the terminal to push its title onto a stack (XTWINOPS); RESTORE_TITLE_SEQUENCE pops it."""
RESTORE_TITLE_SEQUENCE = "\x1b[23;2t"
BEL, ST = "\x07", "\x1b\\"
"""The two terminators of an OSC sequence."""


def title_sequence(text: str) -> str:
    """The sequence that sets the terminal's title (OSC 2)."""
    return f"\x1b]2;{one_line(text)}\x07"


def is_alert_wanted(when: str, *, focused: bool) -> bool:
    """Whether an arriving offer alerts the owner; `when` is the value of face.bell or face.notify."""
    return when == "always" or (when == "unfocused" and not focused)


Notifier = Literal["osc 9", "osc 99", "osc 777", "bus", ""]
"""Ways to show a desktop notification: an OSC sequence, the session's D-Bus, or none ("")."""

NOTIFIER_BY_TERMINAL: dict[str, Notifier] = {
    "iterm.app": "osc 9",
    "iterm2": "osc 9",
    "wezterm": "osc 777",
    "ghostty": "osc 777",
    "xterm-ghostty": "osc 777",
    "kitty": "osc 99",
    "xterm-kitty": "osc 99",
    "foot": "osc 777",
    "foot-extra": "osc 777",
    "rxvt-unicode": "osc 777",
    "rxvt-unicode-256color": "osc 777",
    "dumb": "",
    "linux": "",
}
"""The notifier of a terminal, by the value of TERM_PROGRAM, LC_TERMINAL (which ssh passes on) or TERM."""

NOTIFIER_BY_VARIABLE: dict[str, Notifier] = {
    "KITTY_WINDOW_ID": "osc 99",
    "WEZTERM_PANE": "osc 777",
    "GHOSTTY_RESOURCES_DIR": "osc 777",
    "ITERM_SESSION_ID": "osc 9",
    "KONSOLE_VERSION": "osc 777",
}
"""The notifier of a terminal, by a variable that it sets and that a multiplexer does not overwrite."""


def detect_notifier(environ: Mapping[str, str]) -> Notifier:
    """The way to notify in this environment.

    A known terminal comes first: its notification names the window. Inside a multiplexer or an unknown terminal the
    session's D-Bus is more reliable, unless the session is remote (ssh). Else OSC 9, which other terminals ignore.
    """
    if environ.get("TERM") in {"dumb", "linux"}:
        return ""
    nested = bool(environ.get("TMUX") or environ.get("STY"))
    names = [environ.get(variable, "").lower() for variable in ("TERM_PROGRAM", "LC_TERMINAL", "TERM")]
    known = [NOTIFIER_BY_TERMINAL[name] for name in names if name in NOTIFIER_BY_TERMINAL]
    known += [notifier for variable, notifier in NOTIFIER_BY_VARIABLE.items() if environ.get(variable)]
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    bus = bool(environ.get("DBUS_SESSION_BUS_ADDRESS")) and not remote
    if bus and (nested or not known):
        return "bus"
    return known[0] if known else "osc 9"


def notification_sequence(notifier: Notifier, title: str, text: str) -> str:
    """The OSC sequence that shows a notification; empty for other notifiers.

    OSC 9 comes from iTerm2, OSC 777 from rxvt, OSC 99 from kitty (its desktop notifications protocol).
    """
    title, text = (elide_text(one_line(field).replace(";", ","), MAX_NOTIFICATION_CELLS) for field in (title, text))
    match notifier:
        case "osc 9":
            return f"\x1b]9;{title}: {text}\x07"
        case "osc 777":
            return f"\x1b]777;notify;{title};{text}\x07"
        case "osc 99":
            return f"\x1b]99;i={title}:d=0;{title}\x1b\\\x1b]99;i={title}:p=body;{text}\x1b\\"
    return ""


def wrap_for_multiplexer(sequence: str, environ: Mapping[str, str]) -> str:
    """The sequence, wrapped so that a multiplexer passes it on to the terminal around it.

    tmux needs its escape characters doubled, and `allow-passthrough on`; screen does not.
    """
    if sequence and environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if sequence and environ.get("STY"):
        return f"\x1bP{sequence.replace(ST, BEL)}{ST}"
    return sequence
