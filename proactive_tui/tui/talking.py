"""The ways into a conversation: from an offer, about a passage, or back to one that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.brain.protocol import Failed, Resume, Talk, Tell
from proactive_tui.model import Evidence, Offer, Turn
from proactive_tui.tui.screens.conversation import NEW, ConversationScreen

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


class Talking:
    """Opens conversation panes at once and lets the brain fill them; there is one at most."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app

    def talk(self) -> None:
        """Open the conversation on the offer; if that fails, the offer comes back."""
        offer = self._app.offering.offer
        if offer is None:
            return
        opener = Turn(
            role="assistant",
            text=offer.opener.text,
            at=offer.at,
            sources=offer.topic.evidence,
            spoken_by=offer.opener.spoken_by,
        )
        screen = ConversationScreen(offer.topic.title, f"offer {offer.id}", opener)
        self._app.offering.talk(self._opening(screen, offer))
        self._app.run_worker(self._enter(screen))

    def talk_about(self, evidence: Evidence, title: str) -> None:
        """Open a conversation about a passage."""
        screen = ConversationScreen(title or evidence.path, f"passage {evidence.passage}")
        self._app.send(Talk(request=self._opening(screen), about=evidence))
        self._app.run_worker(self._enter(screen))

    def new(self, like: str = "", title: str = "") -> None:
        """Open a conversation about nothing yet, or about what another one (`like`) began with."""
        screen = ConversationScreen(title or NEW, "new")
        self.open_again(screen, like)
        self._app.run_worker(self._enter(screen))

    def open_again(self, screen: ConversationScreen, like: str = "") -> None:
        """Have the brain open an empty conversation for this pane."""
        self._app.send(Talk(request=self._opening(screen), like=like))

    def resume(self, conversation: str, title: str = "") -> None:
        """Go on with a kept conversation."""
        known = self._app.standing.conversations if self._app.standing else ()
        title = title or next((each.title for each in known if each.id == conversation), "")
        screen = ConversationScreen(title, conversation)
        self._app.send(Resume(request=self._opening(screen), conversation=conversation))
        self._app.run_worker(self._enter(screen))

    def _opening(self, screen: ConversationScreen, offer: Offer | None = None) -> int:
        for other in self._app.screen_stack:  # the brain hears of leaving one before it hears of the next
            if isinstance(other, ConversationScreen) and other is not screen:
                other.leave()

        def answered(tell: Tell) -> None:
            if not isinstance(tell, Failed):
                screen.opened(tell)
                return
            self._app.failed(tell)
            if screen is self._app.screen:
                screen.leave()
                self._app.pop_screen()
            if offer is not None and self._app.offering.offer is None:
                self._app.offering.put(offer)

        return self._app.requests.open(answered)

    async def _enter(self, screen: ConversationScreen) -> None:
        while any(isinstance(each, ConversationScreen) for each in self._app.screen_stack):
            await self._app.pop_screen()
        await self._app.push_screen(screen)
