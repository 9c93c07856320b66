"""From events to state: one fold, used at start and live, so that what was learned live and by replay cannot differ.

Models are not stored. At start each is built by replaying events through `learn`, in order, from the snapshot stored
with the offer; so a crash loses nothing, nothing is learned twice, and what was forgotten is gone from the models too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct, field, structs

from proactive_tui.journal.events import (
    KIND,
    QUIET_UNTIL,
    Answered,
    Asked,
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
from proactive_tui.model import Edit, Offer, Outcome, Reaction

TOUCHES_KEPT = 100
"""Touches of one note that are remembered: older ones weigh nothing after a 14-day half-life, or hardly anything."""


class Learner(Protocol):
    """A model that learns from reactions."""

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn what came of an offer, from the snapshot in it. `at` is the time of the reaction."""
        ...


class Witness(Protocol):
    """A model that learns from which notes its owner changes."""

    def touched(self, paths: Sequence[str], at: float) -> None:
        """The owner changed these notes, together, at this time."""
        ...


class Confidant(Protocol):
    """A model that learns from what its owner says about the moment of an offer."""

    def told(self, offer: Offer, good: bool, at: float) -> None:
        """The owner was asked, and said whether the moment was good. `at` is the time of the answer."""
        ...


class Pupils(Struct, frozen=True, kw_only=True):
    """Everything that learns from the journal."""

    learners: tuple[Learner, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    confidants: tuple[Confidant, ...] = ()


NOBODY = Pupils()


class History(Struct, kw_only=True):
    """What the events amount to so far.

    `offers` by id; `outcomes` by offer id, oldest first; `touches`: times (ascending) at which the owner changed a
    note, by path; `written`: digests of the notes that were written for the owner, by path; `moved`: what a path
    became; `left`: since when notes are gone, by path; `settings`: the newest value of each; `last_id`: number of the
    newest event folded in.
    """

    offers: dict[str, Offer] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    touches: dict[str, list[float]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)
    settings: dict[str, str | float | bool | None] = field(default_factory=dict)
    last_id: int = 0

    @property
    def history(self) -> tuple[Outcome, ...]:
        """Every offer and what came of it, oldest first, as a Moment wants it."""
        return tuple(self.outcomes.values())

    @property
    def edits(self) -> tuple[Edit, ...]:
        """When its owner changed which note, oldest first."""
        edits = (Edit(path=path, at=at) for path, times in self.touches.items() for at in times)
        return tuple(sorted(edits, key=lambda edit: edit.at))

    @property
    def quiet_until(self) -> float | None:
        """Until when the owner wants quiet, where that was said."""
        value = self.settings.get(QUIET_UNTIL)
        return value if isinstance(value, float) else None

    @property
    def unwanted(self) -> frozenset[str]:
        """The kinds of topic that the owner switched off while it ran."""
        off = [key for key, value in self.settings.items() if key.startswith(KIND) and value is False]
        return frozenset(key.removeprefix(KIND) for key in off)


def replay(recorded: Iterable[Recorded], pupils: Pupils = NOBODY) -> History:
    """Fold all events, in order, into a new History, teaching the pupils on the way."""
    history = History()
    for each in recorded:
        fold(history, each, pupils)
    return history


def fold(history: History, recorded: Recorded, pupils: Pupils = NOBODY) -> None:
    """Take one event into `history` and teach it to the pupils. An event already folded in changes nothing."""
    if recorded.id <= history.last_id:
        return
    history.last_id = recorded.id
    match recorded.event:
        case Offered(offer=offer):
            history.offers[offer.id] = offer
            history.outcomes[offer.id] = _unanswered(offer)
        case Reacted() as reacted:
            _react(history, reacted, recorded.at, pupils.learners)
        case Asked(offer=asked) if asked in history.outcomes:
            history.outcomes[asked] = structs.replace(history.outcomes[asked], asked_at=recorded.at)
        case Answered() as answered:
            _answer(history, answered, recorded.at, pupils.confidants)
        case Touched(paths=paths):
            for path in paths:
                times = history.touches.setdefault(path, [])
                times.append(recorded.at)
                del times[:-TOUCHES_KEPT]
            for witness in pupils.witnesses:
                witness.touched(paths, recorded.at)
        case Set(key=key, value=value):
            history.settings[key] = float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        case Wrote(path=path, digest=digest):
            history.written[path] = digest
        case Moved(path=path, to=to):
            history.moved[path] = to
            history.moved.pop(to, None)
        case Left(paths=paths, back=back):
            for path in paths:
                if back:
                    history.left.pop(path, None)
                else:
                    history.left.setdefault(path, recorded.at)
        case Asked() | Silent() | Said():
            pass


def _unanswered(offer: Offer) -> Outcome:
    return Outcome(
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
        due=offer.topic.due,
    )


def _react(history: History, reacted: Reacted, at: float, learners: Sequence[Learner]) -> None:
    """A reaction said twice teaches once, and opening a conversation again does not undo that it was followed up."""
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


def _answer(history: History, answered: Answered, at: float, confidants: Sequence[Confidant]) -> None:
    """What was said first about a moment stands."""
    offer, before = history.offers.get(answered.offer), history.outcomes.get(answered.offer)
    if offer is None or before is None or before.good is not None:
        return
    history.outcomes[offer.id] = structs.replace(before, good=answered.good)
    for confidant in confidants:
        confidant.told(offer, answered.good, at)
