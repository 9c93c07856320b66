"""What is kept of its owner: looked back on, counted, exported, forgotten. What takes time is done on threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from proactive_tui.brain.conversations.markdown_export import remove_exports
from proactive_tui.brain.indexing.retention import let_go
from proactive_tui.brain.insight.beliefs import FEWEST
from proactive_tui.brain.insight.export import export
from proactive_tui.brain.insight.inventory import stock
from proactive_tui.brain.insight.stats import answers, stats
from proactive_tui.brain.insight.trend import over_time
from proactive_tui.brain.worker import Lane, Priority
from proactive_tui.ipc import events
from proactive_tui.ipc.events import Exported, Forgotten, Tell
from proactive_tui.ipc.requests import Forget
from proactive_tui.journal.forget import Forgotten as Gone
from proactive_tui.journal.forget import Places, forget
from proactive_tui.journal.projection import History
from proactive_tui.model import Cited
from proactive_tui.moment.clock import utc_offset

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services


class Keeping:
    """Answers what the rooms ask about what is kept.

    `hush` is called with True before something is forgotten and with False when everything that was in memory is of
    the present journal again: between the two nobody may write about what goes.
    """

    def __init__(
        self,
        services: Services,
        lane: Lane,
        tell: Callable[[Tell], None],
        clock: Callable[[], float],
        hush: Callable[[bool], None],
    ) -> None:
        self._services, self._lane, self._tell, self._clock, self._hush = services, lane, tell, clock, hush
        self._forgetting, self._learning = asyncio.Lock(), asyncio.Lock()

    async def learned(self, request: int) -> None:
        """Say what came of the offers and what is believed."""
        services = self._services
        history, learned = services.history, services.learned
        found = stats(history, learned, utc_offset(self._clock()))
        span, course = over_time(answers(history.history))
        self._tell(
            events.Learned(
                request=request,
                offers=found.offers,
                days=found.days,
                welcome=found.welcome,
                over_time=course,
                span_days=span,
                by=found.by,
                fewest=FEWEST,
                beliefs=found.beliefs,
                cited={each: _cited(history, each) for belief in found.beliefs for each in belief.offers},
            )
        )

    async def stock(self, request: int) -> None:
        """Say what is kept and what leaves this machine."""
        self._tell(await asyncio.to_thread(stock, self._services, request))

    async def export(self, request: int, folder: str) -> None:
        """Write all of it into a new folder. Raises ProactiveError."""
        services = self._services
        files = await asyncio.to_thread(export, services.journal, services.config, Path(folder))
        self._tell(Exported(request=request, folder=folder, files=files))

    async def forget(self, ask: Forget) -> None:
        """Forget, or say what would go. Raises ProactiveError."""
        if ask.dry:
            gone = await asyncio.to_thread(self._delete, ask)
            notes, of = self._services.index.notes, Places(_paths(ask))
            count = len(notes) if ask.everything else sum(path in of for path in notes)
        else:
            async with self._forgetting_now():
                gone = await asyncio.to_thread(self._delete, ask)
                count = await self._out_of_index(ask)
        self._tell(
            Forgotten(
                request=ask.request,
                events=gone.events,
                offers=gone.offers,
                conversations=gone.conversations,
                notes=count,
            )
        )

    async def let_go(self, paths: Collection[str], before: float | None) -> int:
        """As `retention.let_go`, while nothing is decided, and with models built anew."""
        async with self._forgetting_now():
            return await asyncio.to_thread(let_go, self._services, paths, before)

    @asynccontextmanager
    async def _forgetting_now(self) -> AsyncIterator[None]:
        """Nothing is decided or journaled meanwhile, and models are built anew at the end."""
        async with self._forgetting:
            self._hush(True)
            try:
                yield
                await self._lane.run(Priority.PERSON, self._services.index.hasten)
                await self.relearn()
            finally:
                self._hush(False)

    async def relearn(self) -> None:
        """Build all models anew from the journal, on a thread; what happens meanwhile is learned at the end."""
        async with self._learning:
            self._services.take_over(*await asyncio.to_thread(self._services.replayed))

    def _delete(self, ask: Forget) -> Gone:
        paths = _paths(ask)
        if not ask.dry:
            of = Places(paths, self._services.history.moved.items())
            remove_exports(self._services.paths.exports, None if ask.everything else of)
        return forget(
            self._services.journal,
            paths=paths,
            topic=ask.topic or None,
            since=ask.since,
            reactions=frozenset(ask.reactions),
            touches=ask.touches,
            everything=ask.everything,
            dry=ask.dry,
        )

    async def _out_of_index(self, ask: Forget) -> int:
        index = self._services.index
        if ask.everything:
            count = len(index.notes)
            await self._lane.run(Priority.PERSON, index.rebuild)
            return count
        return await self._lane.run(Priority.PERSON, lambda: index.forget(ask.path)) if ask.path else 0


def _cited(history: History, offer: str) -> Cited:
    made, outcome = history.offers[offer], history.outcomes[offer]
    return Cited(title=made.topic.title, at=made.at, reaction=outcome.reaction)


def _paths(ask: Forget) -> tuple[str, ...]:
    return (ask.path,) if ask.path else ()
