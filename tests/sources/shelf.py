"""A source of items for tests: what lies on a shelf, asked for piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import SourceName
from proactive_tui.sources.contract import SourceItem, SourcePoll, SourceSpec


def item(
    name: str, text: str = "Words of others.", *, at: float = 1_000_000.0, source: SourceName = "forge"
) -> SourceItem:
    """An item that Mara wrote."""
    origin = ItemOrigin(source=source, form="comment", author="Mara", address=f"https://forge.example/{name}")
    return SourceItem(id=name, title=f"Comment {name}", text=text, at=at, origin=origin, facts={"state": "open"})


@dataclass
class Shelf:
    """Answers each poll with the next of `answers`: a poll, or an error to raise. `asked` has the states it got."""

    answers: list[SourcePoll | Exception]
    name: SourceName = "forge"
    asked: list[str] = field(default_factory=list)

    def poll(self, state: str, now: float) -> SourcePoll:
        self.asked.append(state)
        answer = self.answers.pop(0) if self.answers else SourcePoll(state=state)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def spec(self, *, origins: Sequence[str] = (), poll_seconds: float = 60.0, enabled: bool = True) -> SourceSpec:
        """The line of the registry for this shelf."""
        return SourceSpec(
            name=self.name,
            reads="what lies on the shelf",
            is_enabled=lambda _: enabled,
            open_source=lambda _: self,
            origins=lambda _: origins,
            keep_days=_keep_days,
            kinds=(),
            poll_seconds=poll_seconds,
        )


def _keep_days(config: Config) -> float:
    return config.forge.keep_days


FAILURE = ProactiveError("The shelf fell down", "all of it", "Put it up again.")
