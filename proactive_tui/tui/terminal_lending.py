"""Lends the terminal: to the editor that shows a source, or to the shell that the program was started from."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.terminal import browser, editor

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


async def open_source(app: ProactiveApp, evidence: Evidence) -> None:
    """Suspend the app while the editor shows a source; an item of another source is shown in the browser."""
    if evidence.origin is not None:
        await _open_in_browser(app, evidence.origin)
        return
    try:
        words = editor.command_for_evidence(evidence, app.notes, app.config.face.editor, os.environ)
        _set_suspended(app, True)
        # Nothing is drawn meanwhile; the event loop goes on, so that the pipe from the brain never fills.
        with app.batch_update(), app.suspend():
            trouble = await editor.run(words)
    except SuspendNotSupported:
        trouble = ProactiveError("No editor can be opened here", "", "This terminal cannot be lent to one.")
    except ProactiveError as error:
        trouble = error
    finally:
        _set_suspended(app, False)
    if trouble is not None:
        app.show_error(trouble)


def can_suspend(app: ProactiveApp) -> bool:
    """Whether there is a shell to go to, and the terminal can be lent to it.

    A shell that brings stopped programs back gives each a process group of its own. One in the group of its session's
    leader was started by the terminal itself (or by ssh, or tmux): nothing would let it go on.
    """
    driver = app._driver
    return driver is not None and driver.can_suspend and sys.platform != "win32" and os.getpgrp() != os.getsid(0)


def suspend_to_shell(app: ProactiveApp) -> None:
    """Stop this process and those that it was started with, as the terminal does by itself on Ctrl+Z; the brain is in
    a session of its own and goes on. The shell goes on with them by `fg`.
    """

    def come_back(_: object) -> None:
        app.app_resume_signal.unsubscribe(app)
        _set_suspended(app, False)
        app.show_title()

    app.app_resume_signal.subscribe(app, come_back)
    app.restore_title()
    _set_suspended(app, True)
    app.app_suspend_signal.publish(app)
    os.killpg(os.getpgrp(), signal.SIGTSTP)


def _set_suspended(app: ProactiveApp, suspended: bool) -> None:
    """Note whether something else has the terminal, which hides the offer, too."""
    app.suspended = suspended
    app.sync_visibility()


async def _open_in_browser(app: ProactiveApp, origin: ItemOrigin) -> None:
    try:
        await browser.open_address(browser.browser_command(origin))
    except ProactiveError as error:
        app.show_error(error)
