"""The ways into a conversation: from an offer, about a passage, or back to one that was kept."""

from __future__ import annotations

from asyncio import Future

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import OpenConversation, ResumeConversation
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.tui.controllers.drafts import NEW_DRAFT
from proactive_tui.tui.face import ConversationPane, Face
from proactive_tui.tui.messages import OfferReturned

NEW_CONVERSATION_TITLE = "New conversation"


class ConversationNavigator:
    """Opens conversation panes at once and lets the brain fill them; there is one at most."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._pane: ConversationPane | None = None
        self._last_offer: tuple[str, ConversationPane] | None = None  # the offer talked about last, and its pane

    def open_for_offer(self, offer: Offer) -> None:
        """Open the conversation on the offer; if that fails, the offer comes back."""
        opener = Turn(
            role="assistant",
            text=offer.opener.text,
            at=offer.at,
            sources=offer.topic.evidence,
            spoken_by=offer.opener.spoken_by,
        )
        pane = self._face.build_pane(offer.topic.title, f"offer {offer.id}", opener)
        self._last_offer = offer.id, pane
        self._enter_pane(pane, OpenConversation(offer=offer.id), offer)

    def close_for_offer(self, offer_id: str) -> None:
        """Leave the conversation on this offer, whose answer was undone."""
        if self._last_offer is not None and self._last_offer[0] == offer_id:
            pane = self._last_offer[1]
            pane.leave_conversation()
            self._face.run_worker(self._face.close_pane(pane))

    def open_for_passage(self, evidence: Evidence, title: str) -> None:
        """Open a conversation about a passage."""
        pane = self._face.build_pane(title or evidence.path, f"passage {evidence.passage}")
        self._enter_pane(pane, OpenConversation(about=evidence))

    def open_new(self, like: str = "", title: str = "") -> None:
        """Open a conversation without a topic, or on the topic of the conversation with the id `like`."""
        self._enter_pane(
            self._face.build_pane(title or NEW_CONVERSATION_TITLE, NEW_DRAFT),
            OpenConversation(like=like),
        )

    def request_empty_conversation(self, pane: ConversationPane) -> None:
        """Have the brain open an empty conversation for this pane, which is visible already."""
        self._request_opening(pane, OpenConversation())

    def resume_conversation(self, conversation: str, title: str = "") -> None:
        """Go on with a kept conversation."""
        known = self._face.latest_status.conversations if self._face.latest_status else ()
        title = title or next((entry.title for entry in known if entry.id == conversation), "")
        self._enter_pane(
            self._face.build_pane(title or NEW_CONVERSATION_TITLE, conversation),
            ResumeConversation(conversation=conversation),
        )

    def _enter_pane(
        self, pane: ConversationPane, call: AnsweredRequest[ConversationOpened], offer: Offer | None = None
    ) -> None:
        self._request_opening(pane, call, offer)
        self._face.run_worker(self._face.enter_pane(pane))

    def _request_opening(
        self, pane: ConversationPane, call: AnsweredRequest[ConversationOpened], offer: Offer | None = None
    ) -> None:
        """Request the conversation now; the app awaits it, since one that the owner left meanwhile has to be closed."""
        if self._pane is not None and self._pane is not pane:
            self._pane.leave_conversation()  # the brain learns that one was left before it opens the next
        self._pane = pane
        self._face.run_worker(self._fill_pane(pane, self._face.request(call), offer))

    async def _fill_pane(self, pane: ConversationPane, answer: Future[ConversationOpened], offer: Offer | None) -> None:
        try:
            opened = await answer
        except BrainError as error:
            self._face.show_error(error, severe=True)
            if self._face.is_pane_active(pane):
                pane.leave_conversation()
                await self._face.close_pane(pane)
            if offer is not None and self._face.offer is None:
                self._face.post_message(OfferReturned(offer))
        else:
            pane.receive_conversation(opened)
