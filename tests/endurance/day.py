"""Plays a random day of an owner within seconds: offers, answers, edits, conversations, settings, searches."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path

from proactive_tui.ipc import events, requests
from proactive_tui.ipc.base import WireMessage
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.model.talk_values import Conversation
from tests.brain.build import QUICK, with_offers
from tests.endurance.face import Face

WORDS = (
    *("heron", "millpond", "weir", "reed", "ford", "otter", "lease", "raft", "election", "starter", "rye", "kettle"),
    *("harbour", "ledger", "gasket", "lantern"),
)
ANSWERS: tuple[Reaction, ...] = ("not now", "not this", "snoozed", "ignored")
KINDS: tuple[Kind, ...] = ("theme", "fading", "connection")


def written(chance: random.Random) -> str:
    """The text of a random note with topics in it."""
    a, b, c, d = chance.sample(WORDS, 4)
    lines = [
        f"# About the {a}",
        f"The {b} was {chance.choice(['late', 'cold', 'early'])} and the {c} took {chance.randrange(2, 90)} days.",
        f"Not sure whether the {c} still holds when the {d} is on. Why does the {a} need less {b}?",
        f"- [ ] send the {b} figures of the {d} by 2026-12-{chance.randrange(1, 28):02d}",
        f"I should look at [[{c}]] again.",
    ]
    return "\n\n".join(lines[: chance.randrange(2, 6)]) + "\n"


def begin(notes: Path, chance: random.Random) -> None:
    """Write the first eight notes."""
    notes.mkdir()
    for number in range(8):
        (notes / f"2026-11-{number + 10}-{WORDS[number]}.md").write_text(written(chance))


class Day:
    """The random actions of an owner, who drives a Face."""

    def __init__(self, face: Face, notes: Path, chance: random.Random) -> None:
        self._face, self._notes, self._chance = face, notes, chance
        self._requests = itertools.count(chance.randrange(1, 10**6) * 1000)
        self._answered: list[str] = []

    def live(self, things: int) -> None:
        """Do `things` random actions, some without waiting for the result of the one before. Raises BrainGoneError."""
        acts: dict[Callable[[], None], int] = {
            self._ask_for_an_offer: 6,
            self._answer_an_offer: 10,
            self._talk: 6,
            self._say: 8,
            self._edit: 9,
            self._look_around: 5,
            self._set: 4,
            self._take_back: 2,
            self._drop: 1,
            self._leave: 3,
        }
        for _ in range(things):
            self._chance.choices(list(acts), weights=list(acts.values()))[0]()
            self._face.hear(self._chance.choice((0.0, 0.0, 0.005, 0.03, 0.12)))

    # --- what is on the screen -------------------------------------------------------------------------------------

    @property
    def _offer(self) -> Offer | None:
        """The offer that waits for an answer."""
        for tell in reversed(self._face.tells):
            match tell:
                case events.OfferMade(offer=offer):
                    return None if offer.id in self._answered else offer
                case events.OfferWithdrawn():
                    return None
        return None

    @property
    def _talks(self) -> list[Conversation]:
        return [tell.conversation for tell in self._face.tells if isinstance(tell, events.ConversationOpened)]

    def _next(self) -> int:
        return next(self._requests)

    def _maybe_wait(self, *kinds: type[events.WireEvent], after: int) -> None:
        """In 70 % wait up to half a second for one of these events; else go on at once, as fast fingers do."""
        if self._chance.random() < 0.7:
            heard = (*kinds, events.FailureReport)
            try:
                self._face.until(WireMessage, 0.5, after=after, like=lambda tell: isinstance(tell, heard))  # type: ignore[type-var]
            except TimeoutError:
                return

    # --- what is done ------------------------------------------------------------------------------------------------

    def _ask_for_an_offer(self) -> None:
        after = len(self._face.tells)
        self._face.send(requests.SuggestNow(request=self._next()))
        self._maybe_wait(events.OfferMade, after=after)

    def _answer_an_offer(self) -> None:
        if not (offer := self._offer):
            return self._ask_for_an_offer()
        after = len(self._face.tells)
        reaction = self._chance.choice(ANSWERS)
        until = offer.at + 3600 if reaction == "snoozed" else None
        self._answered.append(offer.id)
        self._face.send(requests.ReportOfferShown(offer=offer.id, at=offer.at))
        self._face.send(
            requests.ReactToOffer(offer=offer.id, reaction=reaction, seconds=self._chance.random(), until=until)
        )
        return self._maybe_wait(events.LearningFeedback, after=after)

    def _talk(self) -> None:
        after = len(self._face.tells)
        offer = self._offer
        if offer:
            self._answered.append(offer.id)
        self._face.send(requests.OpenConversation(request=self._next(), offer=offer.id if offer else ""))
        self._maybe_wait(events.ConversationOpened, after=after)

    def _say(self) -> None:
        if not self._talks:
            return self._talk()
        after, request = len(self._face.tells), self._next()
        text = f"What about the {self._chance.choice(WORDS)}? {request}"
        self._face.send(
            requests.SendMessage(request=request, conversation=self._chance.choice(self._talks[-3:]).id, text=text)
        )
        if self._chance.random() < 0.2:
            self._face.send(requests.StopReply(request=request))
        return self._maybe_wait(events.ReplyFinished, after=after)

    def _leave(self) -> None:
        for each in self._talks[-2:]:
            self._face.send(requests.LeaveConversation(conversation=each.id))

    def _edit(self) -> None:
        notes = sorted(self._notes.rglob("*.md"))
        each = self._chance.choice(notes)
        match self._chance.randrange(6):
            case 0 | 1:
                (self._notes / f"{self._chance.randrange(10**6)}.md").write_text(written(self._chance))
            case 2:
                each.write_text(written(self._chance))
            case 3:
                with each.open("a") as file:
                    file.write(f"\n{written(self._chance)}")
            case 4 if len(notes) > 6:
                each.unlink()
            case _:
                (self._notes / "moved").mkdir(exist_ok=True)
                each.rename(self._notes / "moved" / f"{self._chance.randrange(10**6)}.md")

    def _look_around(self) -> None:
        request = self._next()
        self._face.send(
            self._chance.choice(
                (
                    requests.SearchNotes(request=request, query=self._chance.choice(WORDS)),
                    requests.GetSuggestions(request=request),
                    requests.ExplainDecision(request=request),
                    requests.GetStatistics(request=request),
                    requests.ListConversations(request=request),
                    requests.GetInventory(request=request),
                )
            )
        )

    def _set(self) -> None:
        at = self._chance.random() * 1e9
        match self._chance.randrange(5):
            case 0:
                self._face.send(requests.SetQuietUntil(until=at), requests.GetPreparedTopics(request=self._next()))
            case 1:
                kind = self._chance.choice(KINDS)
                self._face.send(
                    requests.SetKindEnabled(kind=kind, wanted=self._chance.random() < 0.5),
                    requests.GetPreparedTopics(request=self._next()),
                )
            case 2:
                self._face.send(
                    requests.UpdateConfig(config=with_offers(QUICK, exploration=self._chance.choice((0.0, 0.3))))
                )
            case 3:
                self._face.send(requests.ReportFocus(focused=self._chance.random() < 0.5, at=at))
            case _:
                self._face.send(requests.ReportKeyPress(at=0.0))

    def _take_back(self) -> None:
        after = len(self._face.tells)
        answered = [tell.offer for tell in self._face.tells if isinstance(tell, events.LearningFeedback)]
        if answered and self._offer is None:
            self._face.send(requests.UndoReaction(request=self._next(), offer=answered[-1]))
            if answered[-1] in self._answered:
                self._answered.remove(answered[-1])
            self._maybe_wait(events.OfferMade, after=after)

    def _drop(self) -> None:
        if self._talks:
            after = len(self._face.tells)
            self._face.send(
                requests.DeleteConversation(request=self._next(), conversation=self._chance.choice(self._talks).id)
            )
            self._maybe_wait(events.RequestDone, after=after)
