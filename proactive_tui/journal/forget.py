"""Forgetting: the events that concern something are deleted, and models replayed afterwards never knew of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, structs

from proactive_tui.journal.events import (
    Event,
    MomentAsked,
    MomentRated,
    NoteMoved,
    NotesEdited,
    NotesRemoved,
    NoteWritten,
    OfferIssued,
    ReactionReceived,
    RecordedEvent,
    SettingChanged,
    SilenceDecided,
    TurnAdded,
)
from proactive_tui.journal.journal import Journal
from proactive_tui.model import Offer, Rival


class ForgottenCounts(Struct, frozen=True, kw_only=True):
    """How much was forgotten: `events` deleted or rewritten, among them offers and whole conversations."""

    events: int = 0
    offers: int = 0
    conversations: int = 0


class _ForgetScope(Struct, kw_only=True):
    """Ids of what is to be forgotten."""

    offers: set[str]
    topics: set[str]
    conversations: set[str]


def forget_events(
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
) -> ForgottenCounts:
    """Delete all events that concern something, or everything; several are a union.

    `paths` are notes or folders, also by the names that they had before; `topic` is an id, an alias or a title; `since`
    and `before` are times (unix seconds) from which on and until which; `reactions` are offers (ids): what came of them
    goes; `touches` is when notes were changed. With `dry` nothing is deleted, only counted.

    With an offer go its reactions, the question about its moment, its conversation and the silences about its topic.
    Afterwards replay into new models: those that learned live still know. Raises JournalError.
    """
    recorded = list(journal.read_events())
    of = PathSet(
        paths, ((record.event.path, record.event.to) for record in recorded if isinstance(record.event, NoteMoved))
    )
    doomed = _collect_scope(recorded, of, topic, before)
    gone = [
        record
        for record in recorded
        if everything
        or _happened_since(record, since)
        or (not isinstance(record.event, TurnAdded) and _happened_before(record, before))
        or _is_in_scope(record.event, doomed, of)
        or (touches and isinstance(record.event, NotesEdited))
        or (isinstance(record.event, ReactionReceived | MomentAsked | MomentRated) and record.event.offer in reactions)
    ]
    left = {record.id for record in gone}
    rewritten = _redact_events(of, doomed, (record for record in recorded if record.id not in left))
    left |= {number for number, event in rewritten.items() if event is None}
    if not dry:
        journal.delete_events(sorted(left), {number: event for number, event in rewritten.items() if event})
    return ForgottenCounts(
        events=len(left | set(rewritten)),
        offers=sum(isinstance(record.event, OfferIssued) for record in gone),
        conversations=len({record.event.conversation for record in gone if isinstance(record.event, TurnAdded)}),
    )


def undo_reaction(journal: Journal, offer: str) -> int:
    """Delete the answer to an offer: its reactions, the setting that was part of it, the conversation it opened.

    The offer itself stays, unanswered. Returns how many events went. Replay afterwards, as after `forget_events`.
    Raises JournalError.
    """
    recorded = list(journal.read_events())
    said = [record.event for record in recorded if isinstance(record.event, TurnAdded)]
    talks = {event.conversation for event in said if event.offer == offer}

    def belongs_to_answer(event: Event) -> bool:
        match event:
            case ReactionReceived(offer=about) | SettingChanged(offer=about):
                return about == offer
            case TurnAdded(conversation=conversation):
                return conversation in talks
        return False

    return journal.delete_events(
        [record.id for record in recorded if belongs_to_answer(record.event)], thoroughly=False
    )


def mentioned_paths(event: Event) -> Iterable[str]:
    """The paths of the notes that an event speaks of."""
    match event:
        case OfferIssued(offer=offer):
            return (*offer.topic.paths, *(path for rival in offer.rivals for path in rival.paths))
        case SilenceDecided(silence=silence):
            return (*silence.paths, *(path for rival in silence.rivals for path in rival.paths))
        case TurnAdded(turn=turn):
            return (source.path for source in turn.sources)
        case NotesEdited(paths=paths) | NotesRemoved(paths=paths):
            return paths
        case NoteWritten(path=path):
            return (path,)
        case NoteMoved(path=path, to=to):
            return (path, to)
        case ReactionReceived() | MomentAsked() | MomentRated() | SettingChanged():
            return ()


class PathSet:
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


def _collect_scope(
    recorded: Iterable[RecordedEvent], of: PathSet, topic: str | None, before: float | None
) -> _ForgetScope:
    """Which offers, topics and conversations go, by what any of their events says."""
    recorded = list(recorded)
    late = {
        record.event.conversation
        for record in recorded
        if isinstance(record.event, TurnAdded) and not _happened_before(record, before)
    }
    early = {
        record.event.offer.id
        for record in recorded
        if isinstance(record.event, OfferIssued) and _happened_before(record, before)
    }
    events = [record.event for record in recorded]
    offers = [event.offer for event in events if isinstance(event, OfferIssued)]
    named = _all_topic_ids(offers, topic) if topic else set()
    of_path = [offer for offer in offers if any(passage.path in of for passage in offer.topic.evidence)]
    doomed = {offer.id for offer in offers if _offer_topic_ids(offer) & named} | {offer.id for offer in of_path} | early
    topics = named.union(*(_offer_topic_ids(offer) for offer in of_path))
    said = [event for event in events if isinstance(event, TurnAdded)]
    conversations = {
        event.conversation
        for event in said
        if event.offer in doomed
        or event.topic in topics
        or event.conversation not in late
        or any(source.path in of for source in event.turn.sources)
    }
    return _ForgetScope(offers=doomed, topics=topics, conversations=conversations)


def _is_in_scope(event: Event, doomed: _ForgetScope, of: PathSet) -> bool:
    match event:
        case OfferIssued(offer=offer):
            return offer.id in doomed.offers
        case ReactionReceived(offer=offer_id) | MomentAsked(offer=offer_id) | MomentRated(offer=offer_id):
            return offer_id in doomed.offers
        case SilenceDecided(silence=silence):
            # A silence that does not say which notes it was about may be about this one; it has taught nothing.
            of_path = bool(of) and (not silence.paths or any(note_path in of for note_path in silence.paths))
            return of_path or silence.topic in doomed.topics
        case TurnAdded(conversation=conversation):
            return conversation in doomed.conversations
        case NoteWritten() | NoteMoved():
            return any(path in of for path in mentioned_paths(event))
    return False


def _happened_since(recorded: RecordedEvent, since: float | None) -> bool:
    """Whether it happened at or after `since`; a collapsed silence did if its last repetition did."""
    last = recorded.event.silence.last if isinstance(recorded.event, SilenceDecided) else recorded.at
    return since is not None and max(recorded.at, last) >= since


def _happened_before(recorded: RecordedEvent, before: float | None) -> bool:
    """Whether it happened before `before`, all of it. A setting holds on, whenever it was set."""
    last = recorded.event.silence.last if isinstance(recorded.event, SilenceDecided) else recorded.at
    return before is not None and last < before and not isinstance(recorded.event, SettingChanged)


def _redact_events(of: PathSet, doomed: _ForgetScope, recorded: Iterable[RecordedEvent]) -> Mapping[int, Event | None]:
    """By number, what is left of events that are about several notes or topics; None where nothing is."""
    left: dict[int, Event | None] = {}
    for record in recorded:
        match record.event:
            case NotesEdited(paths=paths) | NotesRemoved(paths=paths) as notes if any(path in of for path in paths):
                others = tuple(path for path in paths if path not in of)
                left[record.id] = structs.replace(notes, paths=others) if others else None
            case OfferIssued(offer=said) | SilenceDecided(silence=said) if any(
                _is_rival_forgotten(rival, of, doomed) for rival in said.rivals
            ):
                rest = structs.replace(
                    said, rivals=tuple(o for o in said.rivals if not _is_rival_forgotten(o, of, doomed))
                )
                left[record.id] = OfferIssued(offer=rest) if isinstance(rest, Offer) else SilenceDecided(silence=rest)
    return left


def _is_rival_forgotten(rival: Rival, of: PathSet, doomed: _ForgetScope) -> bool:
    """Whether a topic that was not raised is to be forgotten."""
    return rival.topic in doomed.topics or any(path in of for path in rival.paths)


def _all_topic_ids(offers: Iterable[Offer], topic: str) -> set[str]:
    """Every id that the topic ever had: merging gives it aliases, and those may have been offered by themselves."""
    offers = list(offers)
    names = {topic}.union(
        *(_offer_topic_ids(offer) for offer in offers if offer.topic.title.casefold() == topic.casefold())
    )
    while (
        more := set().union(*(_offer_topic_ids(offer) for offer in offers if _offer_topic_ids(offer) & names)) - names
    ):
        names |= more
    return names


def _offer_topic_ids(offer: Offer) -> set[str]:
    return {offer.topic.id, *offer.topic.aliases}
