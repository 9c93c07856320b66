"""The ways into a conversation: from an offer, about a passage, or back to one that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.ipc.events import Failed, Tell
from proactive_tui.ipc.requests import Resume, Talk
from proactive_tui.model import Evidence, Offer, Turn

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp
    from proactive_tui.tui.screens.conversation import ConversationScreen

NEW = "New conversation"


def pane(title: str, draft: str, opener: Turn | None = None) -> ConversationScreen:
    """A conversation pane. What draws it is loaded after the first frame."""
    from proactive_tui.tui.screens.conversation import ConversationScreen

    return ConversationScreen(title, draft, opener)


class Talking:
    """Opens conversation panes at once and lets the brain fill them; there is one at most."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app
        self._taken_up: tuple[str, ConversationScreen] | None = None  # the last offer, and its pane

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
        screen = pane(offer.topic.title, f"offer {offer.id}", opener)
        self._taken_up = offer.id, screen
        self._app.offering.talk(self._opening(screen, offer))
        self._app.run_worker(self._enter(screen))

    def undone(self, offer: str) -> None:
        """The answer to this offer is taken back: if that was to talk, leave."""
        if self._taken_up is not None and self._taken_up[0] == offer and self._taken_up[1] in self._app.screen_stack:
            self._taken_up[1].leave()
            self._app.run_worker(self._close(self._taken_up[1]))

    def talk_about(self, evidence: Evidence, title: str) -> None:
        """Open a conversation about a passage."""
        screen = pane(title or evidence.path, f"passage {evidence.passage}")
        self._app.send(Talk(request=self._opening(screen), about=evidence))
        self._app.run_worker(self._enter(screen))

    def new(self, like: str = "", title: str = "") -> None:
        """Open a conversation about nothing yet, or about what another one (`like`) began with."""
        screen = pane(title or NEW, "new")
        self.open_again(screen, like)
        self._app.run_worker(self._enter(screen))

    def open_again(self, screen: ConversationScreen, like: str = "") -> None:
        """Have the brain open an empty conversation for this pane."""
        self._app.send(Talk(request=self._opening(screen), like=like))

    def resume(self, conversation: str, title: str = "") -> None:
        """Go on with a kept conversation."""
        known = self._app.standing.conversations if self._app.standing else ()
        title = title or next((each.title for each in known if each.id == conversation), "")
        screen = pane(title, conversation)
        self._app.send(Resume(request=self._opening(screen), conversation=conversation))
        self._app.run_worker(self._enter(screen))

    def _opening(self, screen: ConversationScreen, offer: Offer | None = None) -> int:
        for other in self._app.screen_stack:  # the brain hears of leaving one before it hears of the next
            if isinstance(other, type(screen)) and other is not screen:
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

    async def _close(self, screen: ConversationScreen) -> None:
        while screen in self._app.screen_stack:
            await self._app.pop_screen()

    async def _enter(self, screen: ConversationScreen) -> None:
        while any(isinstance(each, type(screen)) for each in self._app.screen_stack):
            await self._app.pop_screen()
        await self._app.push_screen(screen)
