"""How things stand, told to the face when something has changed, and what the owner should know besides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.status_file import keep_status
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import Notice, Now, Tell
from proactive_tui.model import Conversation, Status

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

PUBLISH_SECONDS = 0.25
"""The face is told how things stand at most so often."""
CONVERSATIONS = 20
LISTED = 10_000
"""Files that were skipped, and as many that failed, of which the face is told each; of others it is told how many."""


class Publishing:
    """Asks `status` how things stand, and tells it where that is not what was told last."""

    def __init__(self, services: Services, tell: Callable[[Tell], None], status: Callable[[], Status]) -> None:
        self._services, self._tell, self._status = services, tell, status
        self._timer: asyncio.TimerHandle | None = None
        self._published: tuple[Status, tuple[Conversation, ...]] | None = None
        self._closed = False

    def soon(self) -> None:
        """Tell the face how things stand, soon."""
        if self._timer is None and not self._closed:
            self._timer = asyncio.get_running_loop().call_later(PUBLISH_SECONDS, self._now)

    def trouble(self, title: str, message: str) -> None:
        """Something went wrong that did not stop it."""
        self._tell(Notice(title=title, message=message, severity="warning"))

    def notice(self, title: str, message: str) -> None:
        """Something is not as usual."""
        self._tell(Notice(title=title, message=message))
        self.soon()

    def close(self) -> None:
        """Tell no more of how things stand."""
        self._closed = True
        if self._timer:
            self._timer.cancel()

    def _now(self) -> None:
        self._timer = None
        try:
            status = self._status()
            conversations = self._services.journal.conversations(CONVERSATIONS)
        except ProactiveError as error:
            self.trouble(error.title, f"{error.message} {error.hint}")
            return
        if self._published != (status, conversations):
            self._published = status, conversations
            self._tell(Now(status=listed(status), conversations=conversations))
            keep_status(self._services.paths, status)


def listed(status: Status) -> Status:
    """The status with no more files than can be told several times a second; `unlisted` counts the others."""
    notes = status.notes
    skipped, failed = notes.skipped[:LISTED], notes.failed[:LISTED]
    if (beyond := len(notes.skipped) + len(notes.failed) - len(skipped) - len(failed)) == 0:
        return status
    return structs.replace(status, notes=structs.replace(notes, skipped=skipped, failed=failed, unlisted=beyond))
