"""Forgetting: the events that concern something are deleted, and models replayed afterwards never knew of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, structs

from proactive_tui.journal.events import (
    Answered,
    Asked,
    Event,
    Offered,
    Reacted,
    Recorded,
    Said,
    Set,
    Silent,
    Touched,
    Wrote,
)
from proactive_tui.journal.store import Journal
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
    path: str | None = None,
    topic: str | None = None,
    since: float | None = None,
    reactions: Collection[str] = (),
    touches: bool = False,
    everything: bool = False,
    dry: bool = False,
) -> Forgotten:
    """Delete all events that concern a note or folder (`path`), a topic (its id, an alias or its title), the time from
    `since` (unix seconds) on, what came of some offers (`reactions`, by their ids), when notes were changed
    (`touches`), or everything. Several are a union; with `dry` nothing is deleted, only counted.

    With an offer go its reactions, the question about its moment, its conversation and the silences about its topic.
    Afterwards replay into new models: those that learned live still know. Raises JournalError.
    """
    recorded = list(journal.events())
    doomed = _doomed(recorded, path, topic)
    gone = [
        each
        for each in recorded
        if everything
        or _late(each, since)
        or _concerns(each.event, doomed, path)
        or (touches and isinstance(each.event, Touched))
        or (isinstance(each.event, Reacted | Asked | Answered) and each.event.offer in reactions)
    ]
    left = {each.id for each in gone}
    rewritten = _without(path, doomed, (each for each in recorded if each.id not in left))
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


def _doomed(recorded: Iterable[Recorded], path: str | None, topic: str | None) -> _Concerned:
    """Which offers, topics and conversations go, by what any of their events says."""
    events = [each.event for each in recorded]
    offers = [event.offer for event in events if isinstance(event, Offered)]
    named = _names(offers, topic) if topic else set()
    of_path = [offer for offer in offers if any(_is(each.path, path) for each in offer.topic.evidence)]
    doomed = {offer.id for offer in offers if _ids(offer) & named} | {offer.id for offer in of_path}
    topics = named.union(*(_ids(offer) for offer in of_path))
    said = [event for event in events if isinstance(event, Said)]
    conversations = {
        event.conversation
        for event in said
        if event.offer in doomed
        or event.topic in topics
        or any(_is(source.path, path) for source in event.turn.sources)
    }
    return _Concerned(offers=doomed, topics=topics, conversations=conversations)


def _concerns(event: Event, doomed: _Concerned, path: str | None) -> bool:
    match event:
        case Offered(offer=offer):
            return offer.id in doomed.offers
        case Reacted(offer=offer_id) | Asked(offer=offer_id) | Answered(offer=offer_id):
            return offer_id in doomed.offers
        case Silent(silence=silence):
            # A silence that does not say which notes it was about may be about this one; it has taught nothing.
            of_path = path is not None and (not silence.paths or any(_is(each, path) for each in silence.paths))
            return of_path or silence.topic in doomed.topics
        case Said(conversation=conversation):
            return conversation in doomed.conversations
        case Wrote(path=written):
            return _is(written, path)
    return False


def _late(recorded: Recorded, since: float | None) -> bool:
    """Whether it happened at or after `since`; a collapsed silence did if its last repetition did."""
    last = recorded.event.silence.last if isinstance(recorded.event, Silent) else recorded.at
    return since is not None and max(recorded.at, last) >= since


def _without(path: str | None, doomed: _Concerned, recorded: Iterable[Recorded]) -> Mapping[int, Event | None]:
    """By number, what is left of events that are about several notes or topics; None where nothing is."""
    left: dict[int, Event | None] = {}
    for each in recorded:
        match each.event:
            case Touched(paths=paths) as touched if any(_is(every, path) for every in paths):
                others = tuple(every for every in paths if not _is(every, path))
                left[each.id] = structs.replace(touched, paths=others) if others else None
            case Offered(offer=said) | Silent(silence=said) if any(_rivals(each, path, doomed) for each in said.rivals):
                rest = structs.replace(said, rivals=tuple(o for o in said.rivals if not _rivals(o, path, doomed)))
                left[each.id] = Offered(offer=rest) if isinstance(rest, Offer) else Silent(silence=rest)
    return left


def _rivals(rival: Rival, path: str | None, doomed: _Concerned) -> bool:
    """Whether a topic that was not raised is to be forgotten."""
    return rival.topic in doomed.topics or any(_is(each, path) for each in rival.paths)


def _names(offers: Iterable[Offer], topic: str) -> set[str]:
    """Every id that the topic ever had: merging gives it aliases, and those may have been offered by themselves."""
    offers = list(offers)
    names = {topic}.union(*(_ids(each) for each in offers if each.topic.title.casefold() == topic.casefold()))
    while more := set().union(*(_ids(each) for each in offers if _ids(each) & names)) - names:
        names |= more
    return names


def _ids(offer: Offer) -> set[str]:
    return {offer.topic.id, *offer.topic.aliases}


def _is(each: str, path: str | None) -> bool:
    """Whether `each` is the note `path`, or lies in the folder `path`."""
    return path is not None and (each == path or each.startswith(path.rstrip("/") + "/"))
