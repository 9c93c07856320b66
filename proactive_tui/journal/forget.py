"""Deletes the events that concern something, so that models replayed afterwards never knew of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, structs

from proactive_tui.journal.events import (
    FOLDER_SETTING_PREFIX,
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
from proactive_tui.model.offer_values import Offer, Rival


class ForgottenCounts(Struct, frozen=True, kw_only=True):
    """How much was forgotten: `events` deleted or rewritten, among them offers and whole conversations."""

    events: int = 0
    offers: int = 0
    conversations: int = 0


class _ForgetScope(Struct, kw_only=True):
    """The ids of offers, topics and conversations to forget."""

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
    """Delete all events that any of the arguments names, or everything.

    `paths` are notes or folders, also by earlier paths; `topic` is an id, an alias or a title; `since` and `before`
    are times (unix seconds): events from `since` on, and events before `before`; `reactions` are ids of offers whose
    reactions and moment answers go; `touches` stands for the times at which notes were edited. With `dry` events are
    only counted.

    With an offer go its reactions, the question about its moment, its conversation and the silences about its topic.
    Afterwards replay into new models: the live ones have still learned from the events. Raises JournalError.
    """
    recorded = list(journal.read_events())
    forgotten = PathSet(
        paths, ((record.event.path, record.event.to) for record in recorded if isinstance(record.event, NoteMoved))
    )
    scope = _collect_scope(recorded, forgotten, topic, before)
    deleted = [
        record
        for record in recorded
        if everything
        or _happened_since(record, since)
        or (not isinstance(record.event, TurnAdded) and _happened_before(record, before))
        or _is_in_scope(record.event, scope, forgotten)
        or (touches and isinstance(record.event, NotesEdited))
        or (isinstance(record.event, ReactionReceived | MomentAsked | MomentRated) and record.event.offer in reactions)
    ]
    ids = {record.id for record in deleted}
    rewritten = _redact_events(forgotten, scope, (record for record in recorded if record.id not in ids))
    ids |= {number for number, event in rewritten.items() if event is None}
    if not dry:
        journal.delete_events(sorted(ids), {number: event for number, event in rewritten.items() if event})
    return ForgottenCounts(
        events=len(ids | set(rewritten)),
        offers=sum(isinstance(record.event, OfferIssued) for record in deleted),
        conversations=len({record.event.conversation for record in deleted if isinstance(record.event, TurnAdded)}),
    )


def undo_reaction(journal: Journal, offer: str) -> int:
    """Delete the answer to an offer: its reactions, the setting that was part of it, the conversation it opened.

    The offer stays, unanswered. Returns how many events were deleted. Replay afterwards, as after `forget_events`.
    Raises JournalError.
    """
    recorded = list(journal.read_events())
    turns = [record.event for record in recorded if isinstance(record.event, TurnAdded)]
    opened = {event.conversation for event in turns if event.offer == offer}

    def belongs_to_answer(event: Event) -> bool:
        match event:
            case ReactionReceived(offer=about) | SettingChanged(offer=about):
                return about == offer
            case TurnAdded(conversation=conversation):
                return conversation in opened
        return False

    return journal.delete_events(
        [record.id for record in recorded if belongs_to_answer(record.event)], thoroughly=False
    )


def mentioned_paths(event: Event) -> Iterable[str]:
    """The paths of the notes that an event names."""
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
    """Some notes and folders, with the earlier paths of their notes. `moves` are pairs (from, to), oldest first."""

    def __init__(self, paths: Iterable[str], moves: Iterable[tuple[str, str]] = ()) -> None:
        self._paths = {path.rstrip("/") for path in paths}
        for path, to in reversed(tuple(moves)):
            if to in self:
                self._paths.add(path)

    def __contains__(self, path: object) -> bool:
        """Whether a path is in the set, or lies below a folder in it."""
        if not self._paths or not isinstance(path, str):
            return False
        return path in self._paths or any(path[:at] in self._paths for at, letter in enumerate(path) if letter == "/")

    def __bool__(self) -> bool:
        return bool(self._paths)


def _collect_scope(
    recorded: Iterable[RecordedEvent], forgotten: PathSet, topic: str | None, before: float | None
) -> _ForgetScope:
    """The offers, topics and conversations to forget: one event that names a forgotten note or topic is enough."""
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
    of_path = [offer for offer in offers if any(passage.path in forgotten for passage in offer.topic.evidence)]
    ids = {offer.id for offer in offers if _offer_topic_ids(offer) & named} | {offer.id for offer in of_path} | early
    topics = named.union(*(_offer_topic_ids(offer) for offer in of_path))
    turns = [event for event in events if isinstance(event, TurnAdded)]
    conversations = {
        event.conversation
        for event in turns
        if event.offer in ids
        or event.topic in topics
        or event.conversation not in late
        or any(source.path in forgotten for source in event.turn.sources)
    }
    return _ForgetScope(offers=ids, topics=topics, conversations=conversations)


def _is_in_scope(event: Event, scope: _ForgetScope, forgotten: PathSet) -> bool:
    match event:
        case OfferIssued(offer=offer):
            return offer.id in scope.offers
        case ReactionReceived(offer=offer_id) | MomentAsked(offer=offer_id) | MomentRated(offer=offer_id):
            return offer_id in scope.offers
        case SilenceDecided(silence=silence):
            # A silence that does not name its notes may be about a forgotten one; no model learns from silences.
            of_path = bool(forgotten) and (not silence.paths or any(path in forgotten for path in silence.paths))
            return of_path or silence.topic in scope.topics
        case TurnAdded(conversation=conversation):
            return conversation in scope.conversations
        case NoteWritten() | NoteMoved():
            return any(path in forgotten for path in mentioned_paths(event))
        case SettingChanged(key=key) if key.startswith(FOLDER_SETTING_PREFIX):
            place = key.removeprefix(FOLDER_SETTING_PREFIX)
            return place in forgotten or f"{place.partition(':')[0]}:" in forgotten  # "git:lease" goes with "git:"
    return False


def _happened_since(recorded: RecordedEvent, since: float | None) -> bool:
    """Whether an event happened at or after `since`; of a collapsed silence the last repetition counts."""
    last = recorded.event.silence.last if isinstance(recorded.event, SilenceDecided) else recorded.at
    return since is not None and max(recorded.at, last) >= since


def _happened_before(recorded: RecordedEvent, before: float | None) -> bool:
    """Whether an event and all its repetitions happened before `before`; False for a setting, which still holds."""
    last = recorded.event.silence.last if isinstance(recorded.event, SilenceDecided) else recorded.at
    return before is not None and last < before and not isinstance(recorded.event, SettingChanged)


def _redact_events(
    forgotten: PathSet, scope: _ForgetScope, recorded: Iterable[RecordedEvent]
) -> Mapping[int, Event | None]:
    """The rest of each event that is about several notes or topics, by number; None where nothing is left."""
    left: dict[int, Event | None] = {}
    for record in recorded:
        match record.event:
            case NotesEdited(paths=paths) | NotesRemoved(paths=paths) as notes if any(
                path in forgotten for path in paths
            ):
                others = tuple(path for path in paths if path not in forgotten)
                left[record.id] = structs.replace(notes, paths=others) if others else None
            case OfferIssued(offer=decision) | SilenceDecided(silence=decision) if any(
                _is_rival_forgotten(rival, forgotten, scope) for rival in decision.rivals
            ):
                rivals = tuple(rival for rival in decision.rivals if not _is_rival_forgotten(rival, forgotten, scope))
                rest = structs.replace(decision, rivals=rivals)
                left[record.id] = OfferIssued(offer=rest) if isinstance(rest, Offer) else SilenceDecided(silence=rest)
    return left


def _is_rival_forgotten(rival: Rival, forgotten: PathSet, scope: _ForgetScope) -> bool:
    """Whether a topic that was not raised is to be forgotten."""
    return rival.topic in scope.topics or any(path in forgotten for path in rival.paths)


def _all_topic_ids(offers: Iterable[Offer], topic: str) -> set[str]:
    """Every id that a topic ever had: merging gives it aliases, which may have been offered under their own ids."""
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
