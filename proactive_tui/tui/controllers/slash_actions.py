"""What the commands of the prompt do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.ipc.events import Done, Failed, Speakers, Tell
from proactive_tui.ipc.requests import Save, Speak
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.text import clean, one_line
from proactive_tui.tui.widgets.prompt_input import Prompt

if TYPE_CHECKING:
    from proactive_tui.tui.screens.conversation import ConversationScreen


def act(screen: ConversationScreen, call: slash_commands.Call) -> None:
    """Do it, and say what came of it. A command that cannot be done is given back to the prompt."""
    face, conversation = screen.face, screen.conversation
    if conversation is None:
        return
    match call:
        case ("search", rest):
            face.enter("search", one_line(rest))
        case ("source", _):
            screen.action_sources()
        case ("save", rest):
            _save(screen, conversation.id, rest)
        case ("new", _):
            face.talking.new(conversation.id if conversation.turns else "", conversation.title)
        case ("model", rest):
            request = face.requests.open(_answered(screen, call, lambda tell: _speakers(screen, tell)))
            face.send(Speak(request=request, model=rest))
        case ("why", _) if conversation.offer:
            face.enter("why", conversation.offer)
        case ("why", _):
            face.notify("Nothing was raised: you began this conversation.", timeout=4, markup=False)
        case _:
            face.enter("help")


def _save(screen: ConversationScreen, conversation: str, rest: str) -> None:
    name, last = slash_commands.save_words(rest)
    face = screen.face
    if not name:
        face.warn("A note needs a name", "/save NAME, or /save NAME last for the last reply alone")
        screen.query_one(Prompt).restore("/save ")
        return

    def saved(tell: Tell) -> None:
        if isinstance(tell, Done):
            face.notify(one_line(tell.path), title="Written", timeout=6, markup=False)

    request = face.requests.open(_answered(screen, slash_commands.Call("save", rest), saved))
    face.send(Save(request=request, conversation=conversation, name=name, last=last))


def _answered(
    screen: ConversationScreen, call: slash_commands.Call, then: Callable[[Tell], None]
) -> Callable[[Tell], None]:
    def answered(tell: Tell) -> None:
        if not isinstance(tell, Failed):
            then(tell)
            return
        screen.face.failed(tell)
        if screen.is_attached:
            screen.query_one(Prompt).restore(f"/{call.name} {call.rest}".strip())

    return answered


def _speakers(screen: ConversationScreen, tell: Tell) -> None:
    if isinstance(tell, Speakers):
        others = [clean(each) for each in tell.models if each != tell.now.model]
        more = f"\nAlso there: {', '.join(others)}" if others else ""
        screen.face.notify(status_text.speaker(tell.now) + more, title="Who speaks", timeout=8, markup=False)
