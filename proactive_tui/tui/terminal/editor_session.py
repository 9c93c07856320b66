"""Lending the terminal to an editor, in which a source is opened at its line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from proactive_tui.errors import ProactiveError
from proactive_tui.model import Evidence
from proactive_tui.tui.terminal import editor

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


async def open_source(app: ProactiveApp, evidence: Evidence) -> None:
    """Open a note at the line; the terminal is the editor's until it ends."""
    try:
        words = editor.command_for_evidence(evidence, app.notes, app.config.face.editor, os.environ)
        app.suspended = True
        app.sync_visibility()
        # Nothing is drawn meanwhile; the loop goes on, so that the pipe to the brain never fills.
        with app.batch_update(), app.suspend():
            trouble = await editor.run(words)
    except SuspendNotSupported:
        trouble = ProactiveError("No editor can be opened here", "", "This terminal cannot be lent to one.")
    except ProactiveError as error:
        trouble = error
    finally:
        app.suspended = False
        app.sync_visibility()
    if trouble is not None:
        app.show_warning(trouble.title, "\n".join(part for part in (trouble.message, trouble.hint) if part))
