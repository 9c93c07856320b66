"""What is being said in a conversation: one reply at a time, what waits behind it, and what can be said again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.ipc.events import Failed, Said, Saying, Tell
from proactive_tui.ipc.requests import Say, Stop
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.turns import Reply

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp
    from proactive_tui.tui.widgets.transcript import Transcript


class Speech:
    """Says things and fills the transcript with the answers.

    `later` runs a callback once those before it have ended, so that no piece of a reply overtakes another; `changed` is
    called when something begins or ends, with the message that got no whole reply, or "".
    """

    def __init__(
        self,
        face: ProactiveApp,
        transcript: Transcript,
        later: Callable[..., object],
        changed: Callable[[str], None],
    ) -> None:
        self._face, self._transcript = face, transcript
        self._later, self._changed = later, changed
        self._asked = ""
        self._request = 0
        self._stopping = False
        self._reply: Reply | None = None
        self._conversation = ""
        self.waiting: list[str] = []
        """What is said next."""
        self.last = ""
        """The owner's last message."""

    @property
    def busy(self) -> bool:
        """Whether a reply is being given."""
        return bool(self._request)

    async def say(self, conversation: str, text: str, instead: str = "") -> None:
        """Say it now, or after the reply that is being given."""
        self._conversation = conversation
        if self.busy:
            self.waiting.append(text)
            await self._transcript.queue(self.waiting)
            return
        self._asked, self._stopping = text, False
        self._request = self._face.requests.open(lambda tell: _nothing(self._later(self._take, tell)))
        replaces = bool(instead) and instead == self.last
        self._face.send(
            Say(request=self._request, conversation=conversation, text=text, instead=instead if replaces else "")
        )
        self.last = text
        self._changed("")
        self._reply = await self._transcript.ask(text, instead=replaces)

    def stop(self) -> bool:
        """Stop the reply; False when there is none to be stopped."""
        if not self.busy or self._stopping:
            return False
        self._stopping = True
        self._face.send(Stop(request=self._request))
        return True

    def take_back(self) -> str:
        """What waits, as one text; it waits no longer."""
        text, self.waiting = "\n".join(self.waiting), []
        self._later(self._transcript.queue, ())
        return text

    def forget(self) -> None:
        """Nobody listens any more."""
        self._face.requests.forget(self._request)

    async def _take(self, tell: Tell) -> None:
        """More of the reply."""
        reply = self._reply
        if reply is None or not reply.is_attached:
            return
        unanswered = ""
        match tell:
            case Saying(text=text):
                reply.add(text)
                return
            case Said(turn=turn, problem=problem):
                await reply.finish(turn, problem)
                unanswered = self._asked if problem else ""
            case Failed(title=title, message=message, hint=hint):
                await reply.break_off(one_line(" · ".join(part for part in (title, message, hint) if part)))
                unanswered = self._asked
            case _:
                return
        self._request = 0
        if self.waiting and not unanswered:
            text, *self.waiting = self.waiting
            await self._transcript.queue(self.waiting)
            await self.say(self._conversation, text)
        self._changed(unanswered)


def _nothing(_: object) -> None:
    """For callbacks whose result nobody wants."""
