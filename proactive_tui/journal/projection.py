"""Folds events into state, by the same code at start and live, so that live learning and replay cannot differ.

Models are not stored. At start each is built by replaying events through `learn`, in order, from the snapshot stored
with the offer; so a crash loses nothing, nothing is learned twice, and the models keep nothing of forgotten events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct, field, structs

from proactive_tui.journal.events import (
    FOLDER_SETTING_PREFIX,
    KIND_SETTING_PREFIX,
    QUIET_UNTIL,
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
from proactive_tui.model.moment_values import NoteEdit, OfferOutcome
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.talk_values import NoteRecall

MAX_EDITS_PER_NOTE = 100
"""The newest edits of a note that are remembered; at a half-life of 14 days older ones weigh hardly anything."""


class ReactionLearner(Protocol):
    """A model that learns from reactions."""

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn the outcome of an offer, from the snapshot in it. `at` is the time of the reaction."""
        ...


class EditLearner(Protocol):
    """A model that learns from which notes its owner changes."""

    def learn_edits(self, paths: Sequence[str], at: float) -> None:
        """Learn that the owner changed these notes, together, at `at` (unix seconds)."""
        ...


class AnswerLearner(Protocol):
    """A model that learns from the owner's answers about the moment of an offer."""

    def learn_answer(self, offer: Offer, good: bool, at: float) -> None:
        """Learn that the owner was asked and said whether the moment was `good`. `at` is the time of the answer."""
        ...


class EventSubscribers(Struct, frozen=True, kw_only=True):
    """Everything that learns from the journal."""

    reaction_learners: tuple[ReactionLearner, ...] = ()
    edit_learners: tuple[EditLearner, ...] = ()
    answer_learners: tuple[AnswerLearner, ...] = ()


NO_SUBSCRIBERS = EventSubscribers()


class JournalState(Struct, kw_only=True):
    """The state that the events so far add up to.

    `offers` by id; `outcomes` by offer id, oldest first; `edit_times`: times (ascending) at which the owner changed a
    note, by path; `recalls`: what was said of a note from memory, oldest first, by path; `written_digests`: digests of
    the notes that were written for the owner, by path; `moved_paths`: the new path by the old one; `missing_since`:
    since when notes are gone, by path; `settings`: the newest value of each; `setting_offers`: the offer whose answer
    set it, where one did; `last_id`: number of the newest event folded in.
    """

    offers: dict[str, Offer] = field(default_factory=dict)
    outcomes: dict[str, OfferOutcome] = field(default_factory=dict)
    edit_times: dict[str, list[float]] = field(default_factory=dict)
    recalls: dict[str, tuple[NoteRecall, ...]] = field(default_factory=dict)
    written_digests: dict[str, str] = field(default_factory=dict)
    moved_paths: dict[str, str] = field(default_factory=dict)
    missing_since: dict[str, float] = field(default_factory=dict)
    settings: dict[str, str | float | bool | None] = field(default_factory=dict)
    setting_offers: dict[str, str] = field(default_factory=dict)
    last_id: int = 0

    @property
    def past_outcomes(self) -> tuple[OfferOutcome, ...]:
        """Every offer and its outcome, oldest first, as in `Moment.history`."""
        return tuple(self.outcomes.values())

    @property
    def note_edits(self) -> tuple[NoteEdit, ...]:
        """Every edit that is remembered, oldest first."""
        edits = (NoteEdit(path=path, at=at) for path, times in self.edit_times.items() for at in times)
        return tuple(sorted(edits, key=lambda edit: edit.at))

    @property
    def quiet_until(self) -> float | None:
        """Until when (unix seconds) the owner wants quiet; None where that was not said."""
        value = self.settings.get(QUIET_UNTIL)
        return value if isinstance(value, float) else None

    @property
    def disabled_kinds(self) -> frozenset[str]:
        """The kinds of topic that the owner switched off while the program ran."""
        return self._switched_off(KIND_SETTING_PREFIX)

    @property
    def unraised_folders(self) -> frozenset[str]:
        """The folders and notes that the owner never wants to be asked about."""
        return self._switched_off(FOLDER_SETTING_PREFIX)

    def _switched_off(self, prefix: str) -> frozenset[str]:
        """What the settings with this prefix switch off."""
        return frozenset(
            key.removeprefix(prefix)
            for key, value in self.settings.items()
            if key.startswith(prefix) and value is False
        )


def replay_events(recorded: Iterable[RecordedEvent], subscribers: EventSubscribers = NO_SUBSCRIBERS) -> JournalState:
    """Fold all events, in order, into a new JournalState, and teach the subscribers on the way."""
    history = JournalState()
    for record in recorded:
        apply_event(history, record, subscribers)
    return history


def apply_event(history: JournalState, recorded: RecordedEvent, subscribers: EventSubscribers = NO_SUBSCRIBERS) -> None:
    """Fold one event into `history` and teach it to the subscribers. An event already folded in changes nothing."""
    if recorded.id <= history.last_id:
        return
    history.last_id = recorded.id
    match recorded.event:
        case OfferIssued(offer=offer):
            history.offers[offer.id] = offer
            history.outcomes[offer.id] = _pending_outcome(offer)
        case ReactionReceived() as reacted:
            _apply_reaction(history, reacted, recorded.at, subscribers.reaction_learners)
        case MomentAsked(offer=asked) if asked in history.outcomes:
            history.outcomes[asked] = structs.replace(history.outcomes[asked], asked_at=recorded.at)
        case MomentRated() as answered:
            _apply_answer(history, answered, recorded.at, subscribers.answer_learners)
        case NotesEdited(paths=paths):
            for path in paths:
                times = history.edit_times.setdefault(path, [])
                times.append(recorded.at)
                del times[:-MAX_EDITS_PER_NOTE]
            for learner in subscribers.edit_learners:
                learner.learn_edits(paths, recorded.at)
        case SettingChanged(key=key, value=value, offer=asked):
            history.settings[key] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            history.setting_offers[key] = asked
        case NoteWritten(path=path, digest=digest):
            history.written_digests[path] = digest
        case NoteMoved(path=path, to=to):
            history.moved_paths[path] = to
            history.moved_paths.pop(to, None)
        case NotesRemoved(paths=paths, back=back):
            for path in paths:
                if back:
                    history.missing_since.pop(path, None)
                else:
                    history.missing_since.setdefault(path, recorded.at)
        case TurnAdded(turn=turn) if turn.recalled is not None:
            for path in {source.path for source in turn.sources}:
                recall = NoteRecall(recorded.at, turn.recalled)
                history.recalls[path] = (*history.recalls.get(path, ()), recall)[-MAX_EDITS_PER_NOTE:]
        case MomentAsked() | SilenceDecided() | TurnAdded():
            pass


def _pending_outcome(offer: Offer) -> OfferOutcome:
    return OfferOutcome(
        offer=offer.id,
        topic=offer.topic.id,
        aliases=offer.topic.aliases,
        cause=offer.topic.cause,
        kind=offer.topic.kind,
        framing=offer.opener.framing,
        at=offer.at,
        paths=offer.topic.paths,
        title=offer.topic.title,
        quoted=offer.topic.evidence[0].text if offer.topic.evidence else "",
        part_of=offer.topic.detail.part_of or "",
        authors=offer.topic.authors,
        due=offer.topic.due,
        listed=offer.listed is True,
    )


def _apply_reaction(
    history: JournalState, reacted: ReactionReceived, at: float, learners: Sequence[ReactionLearner]
) -> None:
    """Apply a reaction; a repeated one teaches only once, and `engaged` does not replace `followed up`."""
    offer, before = history.offers.get(reacted.offer), history.outcomes.get(reacted.offer)
    if offer is None or before is None:
        return
    turns = max(before.turns, reacted.turns)
    again = reacted.reaction == before.reaction
    if again or (before.reaction == "followed up" and reacted.reaction == "engaged"):
        history.outcomes[offer.id] = structs.replace(
            before, turns=turns, snoozed_until=reacted.until if again else before.snoozed_until
        )
        return
    history.outcomes[offer.id] = structs.replace(
        before, reaction=reacted.reaction, reacted_at=at, snoozed_until=reacted.until, turns=turns
    )
    for learner in learners:
        learner.learn(offer, reacted.reaction, at)


def _apply_answer(history: JournalState, answered: MomentRated, at: float, learners: Sequence[AnswerLearner]) -> None:
    """Apply an answer about the moment of an offer; only the first one counts."""
    offer, before = history.offers.get(answered.offer), history.outcomes.get(answered.offer)
    if offer is None or before is None or before.good is not None:
        return
    history.outcomes[offer.id] = structs.replace(before, good=answered.good)
    for learner in learners:
        learner.learn_answer(offer, answered.good, at)
