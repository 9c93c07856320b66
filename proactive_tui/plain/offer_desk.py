"""Says the offer, takes its answer, and lets it leave by itself, as the card does on a screen.

An offer that was said is heard: there is no time in sight to count and no mistaken key to guard against, which is most
of `tui/controllers/offer_controller.py`. What both share is `OwnerAnswer`, `ReactToOffer.of_answer` and
`describe_outcome`.
"""

from __future__ import annotations

import asyncio
import time

from proactive_tui.config import Config
from proactive_tui.ipc.client import BrainClient
from proactive_tui.ipc.events import OfferWithdrawn
from proactive_tui.ipc.requests import RateMoment, ReactToOffer, ReportOfferShown, SuggestNow, UndoReaction
from proactive_tui.model.offer_values import Offer, OwnerAnswer
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.spoken_things import offer_block
from proactive_tui.text.dates.typed_times import parse_future_time
from proactive_tui.tui.formatting.face_words import describe_outcome
from proactive_tui.tui.formatting.times import format_time_preview

PLAIN_ANSWERS: dict[str, OwnerAnswer] = {
    "later": OwnerAnswer("not now"),
    "less": OwnerAnswer("not this"),
    "done": OwnerAnswer("already done"),
    "not mine": OwnerAnswer("not mine"),
    "never": OwnerAnswer("not this", never=True),
    "never there": OwnerAnswer("not mine", never_folder=True),
}
"""The commands that answer an offer at once, and what they mean."""
NOTHING_WAITS = "Nothing waits for an answer. Suggest brings something up now."


class OfferDesk:
    """Holds the offer that waits, the moment that is asked about, and the last answer, which can be undone."""

    def __init__(self, brain: BrainClient, config: Config, out: LineOutput) -> None:
        self._brain, self._out = brain, out
        self.config = config
        self._unsaid: Offer | None = None
        self._said_at = 0.0
        self._expiry: asyncio.TimerHandle | None = None
        self._asked = ""
        self._answered = ""
        self.offer: Offer | None = None
        """The offer that was said and waits."""

    async def carry_out(self, name: str, rest: str) -> bool:
        """Carry out a command about offers; returns False for another one. Raises BrainError."""
        match name:
            case _ if name in PLAIN_ANSWERS:
                self._answer_offer(PLAIN_ANSWERS[name])
            case "snooze":
                self._snooze_offer(rest)
            case "good" | "bad":
                self._rate_moment(good=name == "good")
            case "bring back":
                await self._brain.request(UndoReaction())
            case "suggest" if self.offer is not None:
                self._out.say_status("Something waits for your answer: again says it once more.")
            case "suggest":
                await self._brain.request(SuggestNow())
            case _:
                return False
        return True

    def show_offer(self, offer: Offer) -> None:
        """Say an offer, now or after the reply; one that waited is withdrawn. One that was said already is not."""
        if self.offer is not None and self.offer.id == offer.id:
            return
        if self.offer is not None:
            self._send_answer(self.offer, OwnerAnswer("withdrawn"))
        self._take_offer()
        self._unsaid, self._asked = offer, ""
        self.say_waiting()

    def say_waiting(self) -> None:
        """Say the offer that has come during a reply."""
        if self._unsaid is None or self._out.is_replying:
            return
        self.offer, self._unsaid = self._unsaid, None
        self._out.say_block(offer_block(self.offer))
        self._said_at = time.monotonic()
        self._brain.send(ReportOfferShown(offer=self.offer.id, at=time.time()))
        seconds = self.config.offers.ignored_after_seconds
        self._expiry = asyncio.get_running_loop().call_later(seconds, self._leave_by_itself)

    def withdraw_offer(self, event: OfferWithdrawn) -> None:
        """Let go of an offer that the brain takes back."""
        if self._unsaid is not None and self._unsaid.id == event.offer:
            self._unsaid = None
        elif self.offer is not None and self.offer.id == event.offer:
            self._take_offer()
            self._out.say_status(event.reason, "Bring back says it again." if event.back else "")

    def ask_moment(self, offer: str) -> None:
        """Ask whether the moment of an offer was good."""
        if self.offer is None and self._unsaid is None:
            self._asked = offer
            self._out.say("Assistant", "Was that a good moment to bring something up? Answer good or bad, or nothing.")

    def _rate_moment(self, *, good: bool) -> None:
        """Send what the owner says of the moment."""
        if not self._asked:
            self._out.say_status("Nothing was asked about a moment.")
            return
        self._brain.send(RateMoment(offer=self._asked, good=good))
        self._asked = ""
        self._out.say_status("Noted.")

    def _answer_offer(self, answer: OwnerAnswer) -> None:
        if offer := self._take_offer():
            self._send_answer(offer, answer)
            self._out.say_status(describe_outcome(offer, answer, time.time()), "Undo takes that back.")
        else:
            self._out.say_status(NOTHING_WAITS)

    def _snooze_offer(self, when: str) -> None:
        """Have the offer said again at a time."""
        if self.offer is None:
            self._out.say_status(NOTHING_WAITS)
            return
        now = time.time()
        try:
            until = parse_future_time(when, now, self.config.offers.active_hours.partition("-")[0])
        except ValueError as error:
            self._out.say_status(f"{error}. Type snooze and the time.")
            return
        if offer := self._take_offer():
            self._send_answer(offer, OwnerAnswer("snoozed", until))
            self._out.say_status(f"Again {format_time_preview(until, now)}.", "Undo takes that back.")

    def engage_offer(self) -> Offer | None:
        """Take the offer to talk about it. The caller has to open the conversation, which answers the offer."""
        if offer := self._take_offer():
            self._answered = offer.id
        return offer

    def put_back(self, offer: Offer) -> None:
        """Say an offer again whose conversation could not be opened."""
        if self.offer is None:
            self.show_offer(offer)

    def take_undo(self) -> UndoReaction | None:
        """The request that takes the last answer back, if there is one."""
        offer, self._answered = self._answered, ""
        return UndoReaction(offer=offer) if offer else None

    def _leave_by_itself(self) -> None:
        if offer := self._take_offer():
            self._send_answer(offer, OwnerAnswer("ignored"))
            self._answered = ""
            self._out.say_status("It left by itself. Bring back says it again.")

    def _take_offer(self) -> Offer | None:
        offer, self.offer = self.offer, None
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        return offer

    def _send_answer(self, offer: Offer, answer: OwnerAnswer) -> None:
        self._answered = offer.id
        self._brain.send(ReactToOffer.of_answer(offer.id, answer, time.monotonic() - self._said_at))
