"""The ways into a conversation: from an offer, about a passage, or back to one that was kept."""

from __future__ import annotations

from asyncio import Future
from typing import TYPE_CHECKING

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import OpenConversation, ResumeConversation
from proactive_tui.model import Evidence, Offer, Turn

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp
    from proactive_tui.tui.screens.conversation import ConversationScreen

NEW_CONVERSATION_TITLE = "New conversation"


def build_pane(title: str, draft: str, opener: Turn | None = None) -> ConversationScreen:
    """A conversation pane. What draws it is loaded after the first frame."""
    from proactive_tui.tui.screens.conversation import ConversationScreen

    return ConversationScreen(title, draft, opener)


class ConversationNavigator:
    """Opens conversation panes at once and lets the brain fill them; there is one at most."""

    def __init__(self, app: ProactiveApp) -> None:
        self._app = app
        self._last_opened: tuple[str, ConversationScreen] | None = None  # the last offer, and its pane

    def open_for_offer(self) -> None:
        """Open the conversation on the offer; if that fails, the offer comes back."""
        offer = self._app.offers.offer
        if offer is None:
            return
        opener = Turn(
            role="assistant",
            text=offer.opener.text,
            at=offer.at,
            sources=offer.topic.evidence,
            spoken_by=offer.opener.spoken_by,
        )
        screen = build_pane(offer.topic.title, f"offer {offer.id}", opener)
        self._last_opened = offer.id, screen
        self._request_opening(screen, OpenConversation(offer=offer.id), offer)
        self._app.offers.engage_offer()
        self._app.run_worker(self._enter_pane(screen))

    def close_for_offer(self, offer: str) -> None:
        """The answer to this offer is taken back: if that was to talk, leave."""
        if (
            self._last_opened is not None
            and self._last_opened[0] == offer
            and self._last_opened[1] in self._app.screen_stack
        ):
            self._last_opened[1].leave_conversation()
            self._app.run_worker(self._close_pane(self._last_opened[1]))

    def open_for_passage(self, evidence: Evidence, title: str) -> None:
        """Open a conversation about a passage."""
        screen = build_pane(title or evidence.path, f"passage {evidence.passage}")
        self._request_opening(screen, OpenConversation(about=evidence))
        self._app.run_worker(self._enter_pane(screen))

    def open_new(self, like: str = "", title: str = "") -> None:
        """Open a conversation about nothing yet, or about what another one (`like`) began with."""
        screen = build_pane(title or NEW_CONVERSATION_TITLE, "new")
        self.request_empty_conversation(screen, like)
        self._app.run_worker(self._enter_pane(screen))

    def request_empty_conversation(self, screen: ConversationScreen, like: str = "") -> None:
        """Have the brain open an empty conversation for this pane."""
        self._request_opening(screen, OpenConversation(like=like))

    def resume_conversation(self, conversation: str, title: str = "") -> None:
        """Go on with a kept conversation."""
        known = self._app.latest_status.conversations if self._app.latest_status else ()
        title = title or next((entry.title for entry in known if entry.id == conversation), "")
        screen = build_pane(title, conversation)
        self._request_opening(screen, ResumeConversation(conversation=conversation))
        self._app.run_worker(self._enter_pane(screen))

    def _request_opening(
        self, screen: ConversationScreen, call: AnsweredRequest[ConversationOpened], offer: Offer | None = None
    ) -> None:
        """Ask for the conversation now. The answer is waited for by the app: a pane that was left has to be closed."""
        for other in self._app.screen_stack:  # the brain hears of leaving one before it hears of the next
            if isinstance(other, type(screen)) and other is not screen:
                other.leave_conversation()
        self._app.run_worker(self._fill_pane(screen, self._app.request(call), offer))

    async def _fill_pane(
        self, screen: ConversationScreen, answer: Future[ConversationOpened], offer: Offer | None
    ) -> None:
        try:
            screen.receive_conversation(await answer)
        except BrainError as error:
            self._app.show_error(error, severe=True)
            if screen is self._app.screen:
                screen.leave_conversation()
                self._app.pop_screen()
            if offer is not None and self._app.offers.offer is None:
                self._app.offers.show_offer(offer)

    async def _close_pane(self, screen: ConversationScreen) -> None:
        while screen in self._app.screen_stack:
            await self._app.pop_screen()

    async def _enter_pane(self, screen: ConversationScreen) -> None:
        while any(isinstance(other, type(screen)) for other in self._app.screen_stack):
            await self._app.pop_screen()
        await self._app.push_screen(screen)
