"""What becomes of what the brain says and nobody has asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.ipc.events import Asked, Failed, Notice, Now, Offered, Taught, Tell, Withdrawn
from proactive_tui.tui.formatting.text import clean, one_line

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


def hear(app: ProactiveApp, tell: Tell) -> None:
    """Hand it on to who shows it. An answer that nobody waits for any more is dropped."""
    match tell:
        case Now():
            app.pace.add(app.now(), tell.status)
            app.standing = tell
        case Offered(offer=offer, again=again):
            app.offering.put(offer, again=again)
        case Withdrawn():
            app.offering.withdraw(tell)
        case Taught(offer=offer_id, words=words):
            app.after.taught(offer_id, words)
        case Asked(offer=offer_id):
            app.asking.put(offer_id)
        case Notice(title=title, message=text, severity=severity):
            known = severity if severity in {"information", "warning", "error"} else "information"
            app.notify(clean(text), title=one_line(title), severity=known, markup=False)  # type: ignore[arg-type]
        case Failed(request=0):
            app.failed(tell)
        case _:
            pass
