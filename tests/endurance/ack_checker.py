"""Checks a journal against the brain's acknowledgements: nothing acknowledged may be missing, or be there twice.

An event of the brain acknowledges that something was recorded: OfferMade an offer, LearningFeedback a reaction,
ConversationOpened the turns of a conversation, ReplyFinished a message and its reply (ReplyChunk the message alone),
OfferWithdrawn a withdrawal, MomentQuestion a question, RequestDone a deletion, OfferMade with `again` an undo, and the
answer to any later request a setting, since requests are handled in order. Requests without an acknowledgement may be
in the journal or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable

from proactive_tui.ipc import events as tells
from proactive_tui.ipc import requests
from proactive_tui.journal import events
from proactive_tui.journal.events import RecordedEvent

Line = tuple[bool, requests.WireRequest | tells.WireEvent]
"""Whether the message was sent to the brain (else received), and the message."""
Fact = tuple[str, ...]


class Acknowledged:
    """The acknowledgements so far: a journal must hold the `facts`, and none that begins with one of `gone`."""

    def __init__(self) -> None:
        self.facts: set[Fact] = set()
        self.gone: set[Fact] = set()
        self.count = 0
        """The number of acknowledgements, with those that were undone later."""
        self._reactions: defaultdict[str, deque[str]] = defaultdict(deque)
        self._asked: dict[int, requests.WireRequest | tells.WireEvent] = {}
        self._sending: dict[int, int] = {}
        self._settings: list[tuple[int, Fact]] = []
        self._of_offer: dict[str, str] = {}
        self._taken_back: set[str] = set()
        self._dropping: set[str] = set()
        self.sent: Counter[Fact] = Counter()
        """How often each reaction was sent: the journal may hold it as often."""

    def read(self, lines: Iterable[Line]) -> None:
        """Read the messages of one run of the brain; requests that it did not answer stay unanswered."""
        self._asked.clear()
        self._sending.clear()
        self._settings.clear()
        self._reactions.clear()
        self._taken_back.clear()
        for sent, message in lines:
            if sent:
                self._sent(message)
            else:
                self._heard(message)

    def _sent(self, ask: requests.WireRequest | tells.WireEvent) -> None:
        self._asked[_request(ask)] = ask
        self._sending.setdefault(_request(ask), now := len(self._sending))
        match ask:
            case requests.ReactToOffer(offer=offer, reaction=reaction):
                self._reactions[offer].append(reaction)
                self.sent["reacted", offer, reaction] += 1
            case requests.OpenConversation(offer=offer) if offer:
                self._reactions[offer].append("engaged")
                self.sent["reacted", offer, "engaged"] += 1
            case requests.SetQuietUntil(until=until):
                self._settings.append((now, ("set", events.QUIET_UNTIL, repr(until))))
            case requests.UndoReaction(offer=offer):
                self._taken_back.add(offer)
                self._unknown(offer)
            case requests.DeleteConversation(conversation=conversation):
                self._dropping.add(conversation)
                self.facts = {fact for fact in self.facts if fact[:2] != ("said", conversation)}

    def _heard(self, tell: requests.WireRequest | tells.WireEvent) -> None:
        asked = self._asked.get(_request(tell)) if _request(tell) else None
        if asked is not None:
            before = self._sending[_request(tell)]
            for _, setting in (heard := [each for each in self._settings if each[0] <= before]):
                self._add(setting)
            self._settings = [each for each in self._settings if each not in heard]
        if isinstance(asked, requests.UndoReaction):
            self._taken_back.discard(asked.offer)
        match tell:
            case tells.OfferMade(offer=offer, again=False):
                self._add(("offered", offer.id))
            case tells.OfferMade(offer=offer, again=True):
                self._taken_back.discard(offer.id)
                self._unknown(offer.id)
            case tells.LearningFeedback(offer=offer_id):
                self._add(("reacted", offer_id, self._reactions[offer_id].popleft()))
            case tells.OfferWithdrawn(offer=offer_id):
                self._add(("reacted", offer_id, "withdrawn"))
            case tells.MomentQuestion(offer=offer_id):
                self._add(("asked", offer_id))
            case tells.ConversationOpened(conversation=conversation):
                self._of_offer[conversation.id] = conversation.offer
                for turn in conversation.turns:
                    self._add(("said", conversation.id, turn.role, turn.text))
            case tells.ReplyChunk() if isinstance(asked, requests.SendMessage):
                self._add(("said", asked.conversation, "user", asked.text))
            case tells.ReplyFinished(turn=turn) if isinstance(asked, requests.SendMessage):
                self._add(("said", asked.conversation, "user", asked.text))
                if turn.text:
                    self._add(("said", asked.conversation, turn.role, turn.text))
            case tells.RequestDone() if isinstance(asked, requests.DeleteConversation):
                self.count += 1
                self.gone.add(("said", asked.conversation))

    def _add(self, fact: Fact) -> None:
        self.count += fact not in self.facts
        about = self._of_offer.get(fact[1], "") if fact[0] == "said" else fact[1]
        # A reply in a conversation that is being deleted is not kept; nor, perhaps, a reaction that is being undone.
        if about not in self._taken_back and not (fact[0] == "said" and fact[1] in self._dropping):
            self.facts.add(fact)

    def _unknown(self, offer: str) -> None:
        """Drop the facts on the offer's reaction and conversation, which are being undone: both may be there or not."""
        talks = {talk for talk, about in self._of_offer.items() if about == offer}
        self.facts = {
            fact
            for fact in self.facts
            if fact[:2] != ("reacted", offer) and not (fact[0] == "said" and fact[1] in talks)
        }


def _request(message: requests.WireRequest | tells.WireEvent) -> int:
    return int(getattr(message, "request", 0))


def held(recorded: Iterable[RecordedEvent]) -> set[Fact]:
    """The events of a journal, as facts."""
    found: set[Fact] = set()
    for each in recorded:
        match each.event:
            case events.OfferIssued(offer=offer):
                found.add(("offered", offer.id))
            case events.ReactionReceived(offer=about, reaction=reaction):
                found.add(("reacted", about, reaction))
            case events.MomentAsked(offer=about):
                found.add(("asked", about))
            case events.TurnAdded(conversation=conversation, turn=turn):
                found.add(("said", conversation, turn.role, turn.text))
            case events.SettingChanged(key=events.QUIET_UNTIL as key, value=value):
                found.add(("set", key, repr(value)))
    return found


def _once(event: events.Event) -> Fact:
    """The identity of an event that may happen only once; empty where it may happen again."""
    match event:
        case events.OfferIssued(offer=offer):
            return ("offered", offer.id)
        case events.ReactionReceived(offer=about, reaction="followed up", turns=turns):
            return ("followed up", about, str(turns))
        case events.ReactionReceived(offer=about, reaction=reaction):
            return ("reacted", about, reaction)
        case events.MomentAsked(offer=about):
            return ("asked", about)
        case events.TurnAdded(conversation=conversation, turn=turn):
            return ("said", conversation, turn.role, turn.text, repr(turn.at))
    return ()


def wrong(acknowledged: Acknowledged, recorded: list[RecordedEvent]) -> list[str]:
    """The contradictions between acknowledgements and journal, in words."""
    there = held(recorded)
    found = [f"acknowledged and not there: {fact}" for fact in sorted(acknowledged.facts) if fact not in there]
    exact = Counter(_once(each.event) for each in recorded)
    found += [
        f"{times} times: {fact}" for fact, times in exact.items() if fact and times > max(1, acknowledged.sent[fact])
    ]
    found += [f"deleted and there: {fact}" for fact in there if fact[:2] in acknowledged.gone]
    numbers = [each.id for each in recorded]
    if numbers != sorted(set(numbers)):
        found.append("numbers are not ascending")
    return found
