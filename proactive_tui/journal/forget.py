"""Forgetting: the events that concern something are deleted, and models replayed afterwards never knew of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, structs

from proactive_tui.journal.events import (
    Answered,
    Asked,
    Event,
    Left,
    Moved,
    Offered,
    Reacted,
    Recorded,
    Said,
    Set,
    Silent,
    Touched,
    Wrote,
)
from proactive_tui.journal.journal import Journal
from proactive_tui.model import Offer, Rival


class Forgotten(Struct, frozen=True, kw_only=True):
    """How much was forgotten: `events` deleted or rewritten, among them offers and whole conversations."""

    events: int = 0
    offers: int = 0
    conversations: int = 0


class _Concerned(Struct, kw_only=True):
    """Ids of what is to be forgotten."""

    offers: set[str]
    topics: set[str]
    conversations: set[str]


def forget(
    journal: Journal,
    *,
    paths: Collection[str] = (),
    topic: str | None = None,
    since: float | None = None,
    before: float | None = None,
    reactions: Collection[str] = (),
    touches: bool = False,
    everything: bool = False,
    dry: bool = False,
) -> Forgotten:
    """Delete all events that concern something, or everything; several are a union.

    `paths` are notes or folders, also by the names that they had before; `topic` is an id, an alias or a title; `since`
    and `before` are times (unix seconds) from which on and until which; `reactions` are offers (ids): what came of them
    goes; `touches` is when notes were changed. With `dry` nothing is deleted, only counted.

    With an offer go its reactions, the question about its moment, its conversation and the silences about its topic.
    Afterwards replay into new models: those that learned live still know. Raises JournalError.
    """
    recorded = list(journal.events())
    of = Places(paths, ((each.event.path, each.event.to) for each in recorded if isinstance(each.event, Moved)))
    doomed = _doomed(recorded, of, topic, before)
    gone = [
        each
        for each in recorded
        if everything
        or _late(each, since)
        or (not isinstance(each.event, Said) and _early(each, before))
        or _concerns(each.event, doomed, of)
        or (touches and isinstance(each.event, Touched))
        or (isinstance(each.event, Reacted | Asked | Answered) and each.event.offer in reactions)
    ]
    left = {each.id for each in gone}
    rewritten = _without(of, doomed, (each for each in recorded if each.id not in left))
    left |= {number for number, event in rewritten.items() if event is None}
    if not dry:
        journal.delete(sorted(left), {number: event for number, event in rewritten.items() if event})
    return Forgotten(
        events=len(left | set(rewritten)),
        offers=sum(isinstance(each.event, Offered) for each in gone),
        conversations=len({each.event.conversation for each in gone if isinstance(each.event, Said)}),
    )


def take_back(journal: Journal, offer: str) -> int:
    """Delete the answer to an offer: its reactions, the setting that was part of it, the conversation it opened.

    The offer itself stays, unanswered. Returns how many events went. Replay afterwards, as after `forget`. Raises
    JournalError.
    """
    recorded = list(journal.events())
    said = [each.event for each in recorded if isinstance(each.event, Said)]
    talks = {event.conversation for event in said if event.offer == offer}

    def of_answer(event: Event) -> bool:
        match event:
            case Reacted(offer=about) | Set(offer=about):
                return about == offer
            case Said(conversation=conversation):
                return conversation in talks
        return False

    return journal.delete([each.id for each in recorded if of_answer(each.event)], thoroughly=False)


def mentioned(event: Event) -> Iterable[str]:
    """The paths of the notes that an event speaks of."""
    match event:
        case Offered(offer=offer):
            return (*offer.topic.paths, *(path for rival in offer.rivals for path in rival.paths))
        case Silent(silence=silence):
            return (*silence.paths, *(path for rival in silence.rivals for path in rival.paths))
        case Said(turn=turn):
            return (source.path for source in turn.sources)
        case Touched(paths=paths) | Left(paths=paths):
            return paths
        case Wrote(path=path):
            return (path,)
        case Moved(path=path, to=to):
            return (path, to)
        case Reacted() | Asked() | Answered() | Set():
            return ()


class Places:
    """Some notes and folders, with the paths that their notes had before. `moves` are (from, to), oldest first."""

    def __init__(self, paths: Iterable[str], moves: Iterable[tuple[str, str]] = ()) -> None:
        self._paths = {path.rstrip("/") for path in paths}
        for path, to in reversed(tuple(moves)):
            if to in self:
                self._paths.add(path)

    def __contains__(self, path: object) -> bool:
        """Whether it is one of them, or lies below."""
        if not self._paths or not isinstance(path, str):
            return False
        return path in self._paths or any(path[:at] in self._paths for at, letter in enumerate(path) if letter == "/")

    def __bool__(self) -> bool:
        return bool(self._paths)


def _doomed(recorded: Iterable[Recorded], of: Places, topic: str | None, before: float | None) -> _Concerned:
    """Which offers, topics and conversations go, by what any of their events says."""
    recorded = list(recorded)
    late = {each.event.conversation for each in recorded if isinstance(each.event, Said) and not _early(each, before)}
    early = {each.event.offer.id for each in recorded if isinstance(each.event, Offered) and _early(each, before)}
    events = [each.event for each in recorded]
    offers = [event.offer for event in events if isinstance(event, Offered)]
    named = _names(offers, topic) if topic else set()
    of_path = [offer for offer in offers if any(each.path in of for each in offer.topic.evidence)]
    doomed = {offer.id for offer in offers if _ids(offer) & named} | {offer.id for offer in of_path} | early
    topics = named.union(*(_ids(offer) for offer in of_path))
    said = [event for event in events if isinstance(event, Said)]
    conversations = {
        event.conversation
        for event in said
        if event.offer in doomed
        or event.topic in topics
        or event.conversation not in late
        or any(source.path in of for source in event.turn.sources)
    }
    return _Concerned(offers=doomed, topics=topics, conversations=conversations)


def _concerns(event: Event, doomed: _Concerned, of: Places) -> bool:
    match event:
        case Offered(offer=offer):
            return offer.id in doomed.offers
        case Reacted(offer=offer_id) | Asked(offer=offer_id) | Answered(offer=offer_id):
            return offer_id in doomed.offers
        case Silent(silence=silence):
            # A silence that does not say which notes it was about may be about this one; it has taught nothing.
            of_path = bool(of) and (not silence.paths or any(each in of for each in silence.paths))
            return of_path or silence.topic in doomed.topics
        case Said(conversation=conversation):
            return conversation in doomed.conversations
        case Wrote() | Moved():
            return any(path in of for path in mentioned(event))
    return False


def _late(recorded: Recorded, since: float | None) -> bool:
    """Whether it happened at or after `since`; a collapsed silence did if its last repetition did."""
    last = recorded.event.silence.last if isinstance(recorded.event, Silent) else recorded.at
    return since is not None and max(recorded.at, last) >= since


def _early(recorded: Recorded, before: float | None) -> bool:
    """Whether it happened before `before`, all of it. A setting holds on, whenever it was set."""
    last = recorded.event.silence.last if isinstance(recorded.event, Silent) else recorded.at
    return before is not None and last < before and not isinstance(recorded.event, Set)


def _without(of: Places, doomed: _Concerned, recorded: Iterable[Recorded]) -> Mapping[int, Event | None]:
    """By number, what is left of events that are about several notes or topics; None where nothing is."""
    left: dict[int, Event | None] = {}
    for each in recorded:
        match each.event:
            case Touched(paths=paths) | Left(paths=paths) as notes if any(path in of for path in paths):
                others = tuple(path for path in paths if path not in of)
                left[each.id] = structs.replace(notes, paths=others) if others else None
            case Offered(offer=said) | Silent(silence=said) if any(_rivals(each, of, doomed) for each in said.rivals):
                rest = structs.replace(said, rivals=tuple(o for o in said.rivals if not _rivals(o, of, doomed)))
                left[each.id] = Offered(offer=rest) if isinstance(rest, Offer) else Silent(silence=rest)
    return left


def _rivals(rival: Rival, of: Places, doomed: _Concerned) -> bool:
    """Whether a topic that was not raised is to be forgotten."""
    return rival.topic in doomed.topics or any(each in of for each in rival.paths)


def _names(offers: Iterable[Offer], topic: str) -> set[str]:
    """Every id that the topic ever had: merging gives it aliases, and those may have been offered by themselves."""
    offers = list(offers)
    names = {topic}.union(*(_ids(each) for each in offers if each.topic.title.casefold() == topic.casefold()))
    while more := set().union(*(_ids(each) for each in offers if _ids(each) & names)) - names:
        names |= more
    return names


def _ids(offer: Offer) -> set[str]:
    return {offer.topic.id, *offer.topic.aliases}
