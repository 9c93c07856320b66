"""What the face says to the brain."""

from __future__ import annotations

from typing import TypeAlias

from proactive_tui.config import Config
from proactive_tui.ipc.base import PROTOCOL_VERSION, WireMessage
from proactive_tui.model import Evidence, Kind, Reaction


class ClientHello(WireMessage, frozen=True, kw_only=True):
    """The first line. Folders are absolute paths; the config is whole, so that only the face reads the file."""

    notes: str
    data: str
    config: Config
    version: int = PROTOCOL_VERSION


class ReportKeyPress(WireMessage, frozen=True, kw_only=True):
    """Keys were pressed since the last such message, which comes at most once a second; never which."""

    at: float


class ReportFocus(WireMessage, frozen=True, kw_only=True):
    """The terminal reported that it gained or lost the focus."""

    focused: bool
    at: float


class ReportOfferShown(WireMessage, frozen=True, kw_only=True):
    """The offer is on screen since `at`."""

    offer: str
    at: float


class ReactToOffer(WireMessage, frozen=True, kw_only=True):
    """The owner answered an offer (or let it pass: `ignored`). `seconds` it was on screen; `until` for snoozed.

    `never` switches the kind of its topic off besides. Answered by Taught.
    """

    offer: str
    reaction: Reaction
    seconds: float = 0.0
    until: float | None = None
    never: bool = False


class UndoReaction(WireMessage, frozen=True, kw_only=True):
    """Take the answer to this offer back, as if it had never been given: events go, models are those before.

    With no offer, that of the newest one that left by itself. Answered by Offered, or by Failed.
    """

    request: int
    offer: str = ""


class SetKindEnabled(WireMessage, frozen=True, kw_only=True):
    """Whether topics of this kind may be raised; kept in the journal, on top of the config's `topics.kinds`."""

    kind: Kind
    wanted: bool


class GetPreparedTopics(WireMessage, frozen=True, kw_only=True):
    """What openers are prepared for. Answered by Ahead."""

    request: int


class RateMoment(WireMessage, frozen=True, kw_only=True):
    """What the owner says to Asked: whether the moment of this offer was good. A question let be is not answered."""

    offer: str
    good: bool


class OpenConversation(WireMessage, frozen=True, kw_only=True):
    """Open a conversation: on an offer (which counts as `engaged`), about a passage, about what another conversation
    (`like`) began with, or about nothing yet. Answered by Opened."""

    request: int
    offer: str = ""
    about: Evidence | None = None
    like: str = ""


class SendMessage(WireMessage, frozen=True, kw_only=True):
    """What the owner says in a conversation. Answered by Saying and then Said.

    `instead` is the owner's last message, which this one takes the place of, with all that followed; where the last
    message is another one, nothing is replaced.
    """

    request: int
    conversation: str
    text: str
    instead: str = ""


class StopReply(WireMessage, frozen=True, kw_only=True):
    """Stop the reply to this request now; what was said so far is kept."""

    request: int


class LeaveConversation(WireMessage, frozen=True, kw_only=True):
    """The owner left the conversation; this is a moment at which something else may be raised."""

    conversation: str


class ResumeConversation(WireMessage, frozen=True, kw_only=True):
    """Show a kept conversation again. Answered by Opened."""

    request: int
    conversation: str


class ListConversations(WireMessage, frozen=True, kw_only=True):
    """All kept conversations, or those that hold these words, in title or turns. Answered by Listed."""

    request: int
    query: str = ""


class DeleteConversation(WireMessage, frozen=True, kw_only=True):
    """Delete a conversation for good. Answered by Done."""

    request: int
    conversation: str


class SaveConversation(WireMessage, frozen=True, kw_only=True):
    """Write a conversation, or its `last` reply, as Markdown into a new file.

    In the notes folder, by a name that the owner gives, or as an `export`: into the data folder's `exports_folder`,
    under its title where no name is given, or at an absolute path. Answered by Done with the file's path.
    """

    request: int
    conversation: str
    name: str = ""
    last: bool = False
    export: bool = False


class ReadNote(WireMessage, frozen=True, kw_only=True):
    """Show lines of a note among their neighbours. Answered by Shown."""

    request: int
    at: Evidence


class SelectModel(WireMessage, frozen=True, kw_only=True):
    """Which language models there are, and (with `model`) let this one speak until the end of the run.

    Answered by Speakers.
    """

    request: int
    model: str = ""


class SearchNotes(WireMessage, frozen=True, kw_only=True):
    """Answered by Found."""

    request: int
    query: str
    k: int = 20


class GetSuggestions(WireMessage, frozen=True, kw_only=True):
    """What would be raised now; nothing counts as shown. Answered by Suggested."""

    request: int
    n: int = 5


class ExplainDecision(WireMessage, frozen=True, kw_only=True):
    """Why this offer was made; with none, the newest offer or silence. Answered by Because."""

    request: int
    offer: str = ""


class SuggestNow(WireMessage, frozen=True, kw_only=True):
    """The owner asks for a suggestion now, whatever the gates say. Answered by Offered, or by Failed."""

    request: int


class SetQuietUntil(WireMessage, frozen=True, kw_only=True):
    """Say nothing by itself until this time; None ends it."""

    until: float | None


class GetStatistics(WireMessage, frozen=True, kw_only=True):
    """What came of the offers, and what is believed because of it. Answered by Learned."""

    request: int


class GetInventory(WireMessage, frozen=True, kw_only=True):
    """What is kept, and what leaves this machine. Answered by Stock."""

    request: int


class ExportData(WireMessage, frozen=True, kw_only=True):
    """Write everything in open formats into a new folder (absolute). Answered by Exported."""

    request: int
    folder: str


class ForgetData(WireMessage, frozen=True, kw_only=True):
    """Forget a note or folder, a topic, all from a time on, what came of some offers, when notes were changed, or all.

    Several are a union. With `dry` nothing goes, and the answer says what would. Answered by Forgotten.
    """

    request: int
    path: str = ""
    topic: str = ""
    since: float | None = None
    reactions: tuple[str, ...] = ()
    touches: bool = False
    everything: bool = False
    dry: bool = False


class UpdateConfig(WireMessage, frozen=True, kw_only=True):
    """The owner changed settings. What can be applied while it runs is; the rest is at the next start."""

    config: Config


class QuitBrain(WireMessage, frozen=True, kw_only=True):
    """Finish what is being written and end."""


WireRequest: TypeAlias = (
    ClientHello
    | ReportKeyPress
    | ReportFocus
    | ReportOfferShown
    | ReactToOffer
    | UndoReaction
    | SetKindEnabled
    | GetPreparedTopics
    | RateMoment
    | OpenConversation
    | SendMessage
    | StopReply
    | LeaveConversation
    | ResumeConversation
    | ListConversations
    | DeleteConversation
    | SaveConversation
    | ReadNote
    | SelectModel
    | SearchNotes
    | GetSuggestions
    | ExplainDecision
    | SuggestNow
    | SetQuietUntil
    | GetStatistics
    | GetInventory
    | ExportData
    | ForgetData
    | UpdateConfig
    | QuitBrain
)
