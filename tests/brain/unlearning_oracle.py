"""An oracle for `journal.forget`: computes the journal without the forgotten data in another way."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from proactive_tui.journal import events
from proactive_tui.journal.events import Event
from proactive_tui.model.offer_values import Rival
from proactive_tui.model.topic_values import Topic
from tests.brain.random_journals import TOPICS, Life


class Wish(Struct, frozen=True, kw_only=True):
    """The data to forget, as arguments of `journal.forget`."""

    paths: tuple[str, ...] = ()
    topic: str | None = None
    since: float | None = None
    before: float | None = None
    reactions: tuple[str, ...] = ()
    touches: bool = False
    everything: bool = False


def never(lived: Life, wish: Wish) -> Life:
    """The journal as if the forgotten data had never been there."""
    return _Without(lived, wish).rest()


class _Without:
    def __init__(self, lived: Life, wish: Wish) -> None:
        self.lived, self.wish = lived, wish
        self.places = self._all_places()
        offers = [(at, each.offer) for at, each in lived if isinstance(each, events.OfferIssued)]
        self.topics = self._all_names([offer.topic for _, offer in offers])
        named = set(self.topics)
        self.offers = set[str]()
        for at, offer in offers:
            ids = {offer.topic.id, *offer.topic.aliases}
            quotes = any(map(self._here, offer.topic.paths))
            if quotes:
                self.topics |= ids
            if quotes or ids & named or self._before(at):
                self.offers.add(offer.id)
        self.talks = self._all_talks()

    def _all_places(self) -> set[str]:
        """The paths to forget, with all paths from which notes were moved to them."""
        moves = [(each.path, each.to) for _, each in self.lived if isinstance(each, events.NoteMoved)]

        def leads_there(number: int) -> bool:
            to = moves[number][1]
            later = (n for n in range(number + 1, len(moves)) if _within(to, {moves[n][0]}))
            return _within(to, set(self.wish.paths)) or any(map(leads_there, later))

        return {*self.wish.paths, *(moves[n][0] for n in range(len(moves)) if leads_there(n))}

    def _all_names(self, topics: Sequence[Topic]) -> set[str]:
        """The ids and aliases of the topic to forget, which is given by id, alias or title."""
        if self.wish.topic is None:
            return set()
        meant = {self.wish.topic, *(name for name in TOPICS if f"topic {name}" == self.wish.topic.casefold())}
        if meant - {self.wish.topic}:  # a title counts only if an offer had it
            meant = {self.wish.topic, *(each.id for each in topics if each.id in meant)}
        for _ in topics:
            for each in topics:
                ids = {each.id, *each.aliases}
                meant |= ids if ids & meant else set()
        return meant

    def _all_talks(self) -> set[str]:
        said = [(at, each) for at, each in self.lived if isinstance(each, events.TurnAdded)]
        gone = {
            each.conversation
            for _, each in said
            if each.offer in self.offers
            or each.topic in self.topics
            or any(self._here(source.path) for source in each.turn.sources)
        }
        ended = {each.conversation: at for at, each in said}  # time of the last turn of each conversation
        return gone | {talk for talk, at in ended.items() if self._before(at)}

    def _here(self, path: str) -> bool:
        return _within(path, self.places)

    def _before(self, at: float) -> bool:
        return self.wish.before is not None and at < self.wish.before

    def rest(self) -> Life:
        """The events that are left, in order."""
        if self.wish.everything:
            return []
        left = ((at, self._left(at, each)) for at, each in self.lived)
        return [(at, each) for at, each in left if each is not None]

    def _left(self, at: float, event: Event) -> Event | None:
        until = event.silence.last if isinstance(event, events.SilenceDecided) else at
        if self.wish.since is not None and until >= self.wish.since:
            return None
        if self._before(until) and not isinstance(event, events.TurnAdded | events.SettingChanged):
            return None
        match event:
            case events.OfferIssued(offer=offer):
                rest = structs.replace(offer, rivals=self._others(offer.rivals))
                return None if offer.id in self.offers else events.OfferIssued(offer=rest)
            case (
                events.ReactionReceived(offer=about) | events.MomentAsked(offer=about) | events.MomentRated(offer=about)
            ):
                return None if about in self.offers or about in self.wish.reactions else event
            case events.SilenceDecided(silence=quiet):
                told = quiet.paths and not any(map(self._here, quiet.paths))
                if quiet.topic in self.topics or (self.wish.paths and not told):
                    return None
                return events.SilenceDecided(silence=structs.replace(quiet, rivals=self._others(quiet.rivals)))
            case events.TurnAdded(conversation=talk):
                return None if talk in self.talks else event
            case events.NotesEdited() if self.wish.touches:
                return None
            case events.NotesEdited(paths=paths) | events.NotesRemoved(paths=paths):
                others = tuple(path for path in paths if not self._here(path))
                return structs.replace(event, paths=others) if others else None
            case events.NoteWritten(path=path):
                return None if self._here(path) else event
            case events.NoteMoved(path=path, to=to):
                return None if self._here(path) or self._here(to) else event
            case _:
                return event

    def _others(self, rivals: Sequence[Rival]) -> tuple[Rival, ...]:
        return tuple(each for each in rivals if each.topic not in self.topics and not any(map(self._here, each.paths)))


def _within(path: str, places: set[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in (each.rstrip("/") for each in places))
