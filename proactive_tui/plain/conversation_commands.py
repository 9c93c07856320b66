"""The commands of the plain face that begin a conversation, go on in it and end it."""

from __future__ import annotations

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.client import BrainClient
from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import OpenConversation, SaveConversation
from proactive_tui.model.talk_values import Conversation
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.offer_desk import NOTHING_WAITS, OfferDesk
from proactive_tui.plain.plain_lists import PlainLists
from proactive_tui.plain.plain_talk import PlainTalk
from proactive_tui.tui.controllers.slash_commands import parse_save_arguments

TALK_BEGINS = "What you type now is said. Leave ends the conversation, help has the rest."
NO_CONVERSATION = "No conversation is open. Ask begins one, conversations lists those that were kept."


class ConversationCommands:
    """Carries out commands on the one conversation that there may be."""

    def __init__(
        self, brain: BrainClient, out: LineOutput, *, desk: OfferDesk, lists: PlainLists, talk: PlainTalk
    ) -> None:
        self._brain, self._out = brain, out
        self._desk, self._lists, self._talk = desk, lists, talk
        self._knows_talk = False

    async def carry_out(self, name: str, rest: str) -> bool:
        """Carry out a command about conversations; returns False for another one. Raises BrainError."""
        match name:
            case "talk":
                await self._begin_talk(rest)
            case "ask":
                await self._talk.open(OpenConversation())
                self._talk.send(rest)
            case "stop":
                if not self._talk.stop():
                    self._out.say_status("No reply is being given.")
            case "retry" | "sources" | "next" | "save" | "leave":
                if self._talk.conversation is None:
                    self._out.say_status(NO_CONVERSATION)
                else:
                    await self._carry_out_in_talk(name, rest, self._talk.conversation)
            case _:
                return False
        return True

    async def open_talk(self, call: AnsweredRequest[ConversationOpened]) -> None:
        """Open a conversation, and say that one may speak. Raises BrainError."""
        await self._talk.open(call)
        self.remember_sources()
        self._say_talk_begins()

    def remember_sources(self) -> None:
        """Let numbers mean the sources of the last reply, if it has any."""
        if self._talk.sources:
            self._lists.remember(self._talk.sources)

    async def _carry_out_in_talk(self, name: str, rest: str, conversation: Conversation) -> None:
        match name:
            case "retry":
                if not self._talk.retry():
                    self._out.say_status("You have said nothing here yet.")
            case "sources":
                self._lists.say_sources(self._talk.sources)
            case "next":
                self._talk.send("/next")
            case "save":
                await self._save_conversation(conversation, rest)
            case "leave":
                self._talk.leave()
                self._out.say_status("You have left the conversation. It is kept.")

    async def _begin_talk(self, number: str) -> None:
        """Talk about the offer, or about a line of the last list. Raises BrainError."""
        if number:
            if call := await self._lists.find_talk(number):
                await self.open_talk(call)
            return
        offer = self._desk.engage_offer()
        if offer is None:
            self._out.say_status(NOTHING_WAITS)
            return
        try:
            await self._talk.open(OpenConversation(offer=offer.id), said=True)
        except BrainError:
            self._desk.put_back(offer)
            raise
        self._lists.remember(offer.topic.evidence)
        self._say_talk_begins("Talking about it.")

    def _say_talk_begins(self, words: str = "") -> None:
        """Say that one may speak now; how, only once."""
        self._out.say_status(words, "" if self._knows_talk else TALK_BEGINS)
        self._knows_talk = True

    async def _save_conversation(self, conversation: Conversation, rest: str) -> None:
        name, last = parse_save_arguments(rest)
        if not name:
            self._out.say_status("Type save and a name for the note; and last, for the last reply alone.")
            return
        saved = await self._brain.request(SaveConversation(conversation=conversation.id, name=name, last=last))
        self._out.say_status(f"Written: {saved.path}.")
