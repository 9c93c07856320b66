"""Sends the face the status whenever it has changed, and notices for the owner."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.status_file import write_status_file
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import OwnerNotice, StatusUpdate, WireEvent
from proactive_tui.model.status_values import BrainStatus
from proactive_tui.model.talk_values import Conversation

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

STATUS_INTERVAL_SECONDS = 0.25
"""Seconds between two status updates at the least."""
MAX_STATUS_CONVERSATIONS = 20
MAX_STATUS_FILES = 10_000
"""Files of each list (skipped, failed, …) that a status has at the most; the others are only counted."""


class StatusPublisher:
    """Calls `status` for the current status, and sends it where it differs from the one sent last."""

    def __init__(
        self, services: Services, send_event: Callable[[WireEvent], None], status: Callable[[], BrainStatus]
    ) -> None:
        self._services, self._send_event, self._status = services, send_event, status
        self._timer: asyncio.TimerHandle | None = None
        self._published: tuple[BrainStatus, tuple[Conversation, ...]] | None = None
        self._closed = False

    def schedule_update(self) -> None:
        """Send the status soon, if it has changed."""
        if self._timer is None and not self._closed:
            self._timer = asyncio.get_running_loop().call_later(STATUS_INTERVAL_SECONDS, self._publish_status)

    def send_again(self) -> None:
        """Send the status to a face that has just come, changed or not."""
        self._published = None
        self.schedule_update()

    def send_warning(self, title: str, message: str) -> None:
        """Tell the owner of an error after which the brain goes on."""
        self._send_event(OwnerNotice(title=title, message=message, severity="warning"))

    def send_notice(self, title: str, message: str) -> None:
        """Tell the owner that something is unusual."""
        self._send_event(OwnerNotice(title=title, message=message))
        self.schedule_update()

    def close(self) -> None:
        """Send no more status."""
        self._closed = True
        if self._timer:
            self._timer.cancel()

    def _publish_status(self) -> None:
        self._timer = None
        try:
            status = self._status()
            conversations = self._services.journal.recent_conversations(MAX_STATUS_CONVERSATIONS)
        except ProactiveError as error:
            self.send_warning(error.title, f"{error.message} {error.hint}")
            return
        if self._published != (status, conversations):
            self._published = status, conversations
            self._send_event(StatusUpdate(status=limit_listed_files(status), conversations=conversations))
            write_status_file(self._services.paths, status)


def limit_listed_files(status: BrainStatus) -> BrainStatus:
    """The status with at most `MAX_STATUS_FILES` files in each list; `unlisted` counts the others."""
    notes = status.notes
    lists = {"skipped": notes.skipped, "failed": notes.failed, "troubled": notes.troubled, "unraised": notes.unraised}
    if (beyond := sum(max(0, len(files) - MAX_STATUS_FILES) for files in lists.values())) == 0:
        return status
    kept = {name: files[:MAX_STATUS_FILES] for name, files in lists.items()}
    return structs.replace(status, notes=structs.replace(notes, **kept, unlisted=beyond))
