"""Services that stay open between the questions of one client, and are let go as soon as another process wants them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from proactive_tui.cli.command_context import CommandContext, open_locked_services
from proactive_tui.paths import is_folder_wanted

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

KEPT_SECONDS = 300.0
"""Seconds after the last question for which services stay open."""
WANTED_CHECK_SECONDS = 0.1
"""Seconds between two looks at whether the data folder is wanted."""


class KeptServices:
    """Opens the services of a data folder with the first question. They are let go when the folder is wanted, when
    nothing was asked for long, and by `close`.
    """

    def __init__(self, where: CommandContext) -> None:
        self._where = where
        self._using = threading.RLock()
        self._opened: AbstractContextManager[Services] | None = None
        self._services: Services | None = None
        self._used_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether they are open now."""
        return self._services is not None

    @contextmanager
    def use(self) -> Iterator[Services]:
        """The services, for one question at a time. Raises ProactiveError."""
        with self._using:
            if self._services is None:
                self._opened = open_locked_services(self._where, yields=True)
                self._services = self._opened.__enter__()
                threading.Thread(target=self._let_go_in_time, name="kept services", daemon=True).start()
            try:
                yield self._services
            finally:
                self._used_at = time.monotonic()

    def close(self) -> None:
        """Let the folder go, after the question that is being answered."""
        with self._using:
            opened, self._opened, self._services = self._opened, None, None
            if opened is not None:
                opened.__exit__(None, None, None)

    def _let_go_in_time(self) -> None:
        while self.is_open:
            time.sleep(WANTED_CHECK_SECONDS)
            with self._using:
                is_idle = time.monotonic() - self._used_at > KEPT_SECONDS
                if self.is_open and (is_idle or is_folder_wanted(self._where.paths)):
                    self.close()
