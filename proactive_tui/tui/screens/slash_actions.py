"""Runs the slash commands of a conversation."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from proactive_tui.ipc.events import RequestDone
from proactive_tui.ipc.requests import SaveConversation, SelectModel
from proactive_tui.tui.controllers import slash_commands
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.screens.dialogs.capture_flow import ask_capture, capture_line
from proactive_tui.tui.widgets.prompt_input import PromptInput

if TYPE_CHECKING:
    from proactive_tui.tui.screens.conversation import ConversationScreen


def run_slash_command(screen: ConversationScreen, call: slash_commands.SlashCall) -> None:
    """Run the command, and show its result; a command that fails is put back into the prompt."""
    face, conversation = screen.face, screen.conversation
    if conversation is None:
        return
    match call:
        case ("search", rest):
            face.open_screen("search", one_line(rest))
        case ("next", _):
            face.run_worker(screen.send_message(f"/{call.name}"))
        case ("source", _):
            screen.action_sources()
        case ("save", rest):
            _save_note(screen, conversation.id, rest)
        case ("capture", rest):
            if rest:
                face.run_worker(_capture_line(screen, call))
            else:
                ask_capture(face)
        case ("new", _):
            face.conversations.open_new(conversation.id if conversation.turns else "", conversation.title)
        case ("model", rest):
            face.run_worker(_select_model(screen, call))
        case ("why", _) if conversation.offer:
            face.open_screen("why", conversation.offer)
        case ("why", _):
            face.notify("Nothing was raised: you began this conversation.", timeout=4, markup=False)
        case _:
            face.open_screen("help")


def _save_note(screen: ConversationScreen, conversation: str, rest: str) -> None:
    name, last = slash_commands.parse_save_arguments(rest)
    face = screen.face
    if not name:
        face.show_warning("A note needs a name", "/save NAME, or /save NAME last for the last reply alone")
        screen.query_one(PromptInput).restore_text("/save ")
        return

    call = slash_commands.SlashCall("save", rest)
    save = SaveConversation(conversation=conversation, name=name, last=last)
    face.run_worker(_confirm_saved(screen, call, face.request_or_warn(save)))


async def _capture_line(screen: ConversationScreen, call: slash_commands.SlashCall) -> None:
    if not await capture_line(screen.face, call.rest):
        _restore_call(screen, call)


async def _confirm_saved(
    screen: ConversationScreen, call: slash_commands.SlashCall, answer: Awaitable[RequestDone | None]
) -> None:
    if saved := await answer:
        screen.face.notify(one_line(saved.path), title="Written", timeout=6, markup=False)
    else:
        _restore_call(screen, call)


async def _select_model(screen: ConversationScreen, call: slash_commands.SlashCall) -> None:
    found = await screen.face.request_or_warn(SelectModel(model=call.rest))
    if found is None:
        _restore_call(screen, call)
        return
    others = [sanitize_text(name) for name in found.models if name != found.now.model]
    more = f"\nAlso there: {', '.join(others)}" if others else ""
    screen.face.notify(status_text.format_llm_status(found.now) + more, title="Who speaks", timeout=8, markup=False)


def _restore_call(screen: ConversationScreen, call: slash_commands.SlashCall) -> None:
    if screen.is_attached:
        screen.query_one(PromptInput).restore_text(f"/{call.name} {call.rest}".strip())
