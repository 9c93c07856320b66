"""The requests that faces and commands send to the brain. A request that is answered names the type of its answer."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import structs

from proactive_tui.config import Config
from proactive_tui.ipc.base import PROTOCOL_VERSION, AnsweredRequest, ClientRole, WireMessage
from proactive_tui.ipc.events import (
    AgendaListed,
    AvailableModels,
    CapturePlanned,
    CaptureWritten,
    ConversationOpened,
    ConversationsListed,
    CurrentStatus,
    DailyDigest,
    DataExported,
    DataForgotten,
    DataInventory,
    DecisionExplanation,
    DecisionInWords,
    IndexRefreshed,
    LearningStatistics,
    NamesFound,
    NoteLines,
    OfferMade,
    OfferStatisticsFound,
    OpenEndsListed,
    PreparedTopics,
    RankedSuggestions,
    RelatedNotesFound,
    ReplyFinished,
    RequestDone,
    SearchResults,
    ShelfListed,
    SourcePolled,
    SuggestionsListed,
    TopicAnswered,
)
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.model.offer_values import OwnerAnswer
from proactive_tui.model.shared_words import Kind, Reaction, SourceName
from proactive_tui.model.topic_values import Evidence


class ClientHello(WireMessage, frozen=True, kw_only=True):
    """The first request. Folders are absolute paths; the config is complete, so that only the client reads its file.

    The config is that of the client that starts the brain; those that come later find another one at work.
    """

    notes: str
    data: str
    config: Config
    version: int = PROTOCOL_VERSION
    role: ClientRole = "face"


class ReportKeyPress(WireMessage, frozen=True, kw_only=True):
    """Keys were pressed since the last such message. Sent at most once a second; never says which keys."""

    at: float


class ReportFocus(WireMessage, frozen=True, kw_only=True):
    """The terminal reported that it gained or lost the focus."""

    focused: bool
    at: float


class ReportOfferShown(WireMessage, frozen=True, kw_only=True):
    """The offer is on screen since `at` (unix seconds)."""

    offer: str
    at: float


class ReactToOffer(WireMessage, frozen=True, kw_only=True):
    """The owner answered an offer (or let it pass: `ignored`), which was on screen for `seconds`.

    `until` is when a snooze ends. `never` also switches off the kind of its topic, `never_folder` the folder of its
    note.
    """

    offer: str
    reaction: Reaction
    seconds: float = 0.0
    until: float | None = None
    never: bool = False
    never_folder: bool = False

    @classmethod
    def of_answer(cls, offer: str, answer: OwnerAnswer, seconds: float) -> ReactToOffer:
        """The request that tells an answer to the offer of this id."""
        return cls(offer=offer, seconds=round(seconds, 3), **structs.asdict(answer))


class UndoReaction(AnsweredRequest[OfferMade], frozen=True, kw_only=True):
    """Undo the answer to this offer, as if it had never been given: delete its events and restore the models.

    Without `offer`, that of the newest offer that left by itself.
    """

    offer: str = ""


class SetKindEnabled(WireMessage, frozen=True, kw_only=True):
    """Whether topics of this kind may be raised; kept in the journal, on top of the config's `topics.kinds`."""

    kind: Kind
    wanted: bool


class SetFolderEnabled(WireMessage, frozen=True, kw_only=True):
    """Whether topics that rest on notes of this folder (or on this note) may be raised; kept in the journal."""

    folder: str
    wanted: bool


class GetPreparedTopics(AnsweredRequest[PreparedTopics], frozen=True, kw_only=True):
    """Get the topics that openers are prepared for."""


class RateMoment(WireMessage, frozen=True, kw_only=True):
    """The owner answers MomentQuestion: whether the moment of this offer was good. A question may stay unanswered."""

    offer: str
    good: bool


class OpenConversation(AnsweredRequest[ConversationOpened], frozen=True, kw_only=True):
    """Open a conversation: on an offer (which counts as `engaged`), about a passage, about the start of another
    conversation (`like`), or about nothing yet.
    """

    offer: str = ""
    about: Evidence | None = None
    like: str = ""


class SendMessage(AnsweredRequest[ReplyFinished], frozen=True, kw_only=True):
    """A message of the owner in a conversation. A ReplyReading and ReplyChunks may come before the
    ReplyFinished that answers it.

    `instead` is the text of the owner's last message, which this one replaces with all that followed; where the last
    message is another one, nothing is replaced.
    """

    conversation: str
    text: str
    instead: str = ""


class FollowReply(AnsweredRequest[ReplyFinished], frozen=True, kw_only=True):
    """Get the reply that is being given in a conversation, from its beginning, as after SendMessage; of one that has
    ended meanwhile, the whole.
    """

    conversation: str


class StopReply(WireMessage, frozen=True, kw_only=True):
    """Stop the reply to this request now; its text so far is kept."""

    request: int


class LeaveConversation(WireMessage, frozen=True, kw_only=True):
    """The owner left the conversation; this is a moment at which another topic may be raised."""

    conversation: str


class ResumeConversation(AnsweredRequest[ConversationOpened], frozen=True, kw_only=True):
    """Open a kept conversation again."""

    conversation: str


class ListConversations(AnsweredRequest[ConversationsListed], frozen=True, kw_only=True):
    """Get all kept conversations, or those with these words in title or turns."""

    query: str = ""


class DeleteConversation(AnsweredRequest[RequestDone], frozen=True, kw_only=True):
    """Delete a conversation for good."""

    conversation: str


class SaveConversation(AnsweredRequest[RequestDone], frozen=True, kw_only=True):
    """Write a conversation, or its `last` reply, as Markdown into a new file.

    In the notes folder, by a name that the owner gives, or as an `export`: into the data folder's `exports`,
    under its title where no name is given, or at an absolute path. The answer has the file's path.
    """

    conversation: str
    name: str = ""
    last: bool = False
    export: bool = False


class PlanCapture(AnsweredRequest[CapturePlanned], frozen=True, kw_only=True):
    """Get the line that these words would become, and its place in the note that the config names. Writes nothing."""

    text: str


class WriteCapture(AnsweredRequest[CaptureWritten], frozen=True, kw_only=True):
    """Append the line of a plan that the owner has seen, if the note is as it was then."""

    plan: CapturePlan


class ReadNote(AnsweredRequest[NoteLines], frozen=True, kw_only=True):
    """Get lines of a note with the lines around them."""

    at: Evidence


class SelectModel(AnsweredRequest[AvailableModels], frozen=True, kw_only=True):
    """Get the language models; with `model`, use this one until the end of the run."""

    model: str = ""


class CompleteName(AnsweredRequest[NamesFound], frozen=True, kw_only=True):
    """Get the names of notes and people of which a word begins with what was typed."""

    typed: str


class SearchNotes(AnsweredRequest[SearchResults], frozen=True, kw_only=True):
    """Search the notes for at most `k` passages.

    `source` narrows them down to "notes", or to one source. With `fresh`, notes that changed are read first.
    """

    query: str
    k: int = 20
    source: str = ""
    fresh: bool = False


class GetSuggestions(AnsweredRequest[RankedSuggestions], frozen=True, kw_only=True):
    """Get what would be raised now; nothing counts as shown."""

    n: int = 5


class ListSuggestions(AnsweredRequest[SuggestionsListed], frozen=True, kw_only=True):
    """Get at most `n` topics that would be raised at `at` (unix seconds; None for now), each with its opener; with
    `weak`, also those that are worth too little. Nothing counts as shown. Notes that changed are read first.
    """

    n: int = 5
    at: float | None = None
    weak: bool = False


class ListOpenEnds(AnsweredRequest[OpenEndsListed], frozen=True, kw_only=True):
    """Get at most `n` things that the notes leave open, whatever the moment: of these kinds, or of all; in this folder
    or note, or in all. Nothing counts as shown. Notes that changed are read first.
    """

    n: int = 20
    kinds: tuple[Kind, ...] = ()
    path: str = ""


class FindRelatedNotes(AnsweredRequest[RelatedNotesFound], frozen=True, kw_only=True):
    """Get the notes that have to do with one, at most `k` of them: its path, its file's name or its title."""

    note: str
    k: int = 10


class GetDigest(AnsweredRequest[DailyDigest], frozen=True, kw_only=True):
    """Get the digest; nothing counts as shown."""


class GetShelf(AnsweredRequest[ShelfListed], frozen=True, kw_only=True):
    """Get what is held, left by itself, snoozed, and what would come next; nothing counts as shown."""


class GetAgenda(AnsweredRequest[AgendaListed], frozen=True, kw_only=True):
    """Get what is due, scheduled and promised, and appointments where a calendar is read."""


class AnswerTopic(AnsweredRequest[TopicAnswered], frozen=True, kw_only=True):
    """The owner answered a topic (its id) in a list, which was on screen for `seconds`; the rest as in ReactToOffer.

    An offer that waits stays as it is.
    """

    topic: str
    reaction: Reaction
    seconds: float = 0.0
    until: float | None = None
    never: bool = False
    never_folder: bool = False

    @classmethod
    def of_answer(cls, topic: str, answer: OwnerAnswer, seconds: float) -> AnswerTopic:
        """The request that tells an answer to the topic of this id."""
        return cls(topic=topic, seconds=round(seconds, 3), **structs.asdict(answer))

    @property
    def answer(self) -> OwnerAnswer:
        """The answer by itself."""
        return OwnerAnswer(self.reaction, self.until, self.never, self.never_folder)


class ExplainDecision(AnsweredRequest[DecisionExplanation], frozen=True, kw_only=True):
    """Get the reasons for this offer; with none, for the newest offer or silence."""

    offer: str = ""


class DescribeDecision(AnsweredRequest[DecisionInWords], frozen=True, kw_only=True):
    """Get this offer, or with none the newest offer or silence, with its reasons in words."""

    offer: str = ""


class SuggestNow(AnsweredRequest[OfferMade], frozen=True, kw_only=True):
    """The owner asks for a suggestion now, whatever the gates say; with `topic`, for that topic (its id)."""

    topic: str = ""


class SetQuietUntil(WireMessage, frozen=True, kw_only=True):
    """Make no offer unasked until this time (unix seconds); None ends that."""

    until: float | None


class GetStatistics(AnsweredRequest[LearningStatistics], frozen=True, kw_only=True):
    """Get the outcomes of the offers, and the beliefs that follow from them."""


class ComputeStatistics(AnsweredRequest[OfferStatisticsFound], frozen=True, kw_only=True):
    """Get all figures about the offers."""


class GetStatus(AnsweredRequest[CurrentStatus], frozen=True, kw_only=True):
    """Get the status as it is now."""


class RefreshIndex(AnsweredRequest[IndexRefreshed], frozen=True, kw_only=True):
    """Read all notes that changed and embed what has no vector yet; with `rebuild`, throw the index away first.

    IndexingProgress may come before the answer.
    """

    rebuild: bool = False


class PollSource(AnsweredRequest[SourcePolled], frozen=True, kw_only=True):
    """Ask a source now, and keep what is new."""

    source: SourceName


class GetInventory(AnsweredRequest[DataInventory], frozen=True, kw_only=True):
    """Get what is kept, and what leaves this machine."""


class ExportData(AnsweredRequest[DataExported], frozen=True, kw_only=True):
    """Write everything in open formats into a new folder (absolute)."""

    folder: str


class ForgetData(AnsweredRequest[DataForgotten], frozen=True, kw_only=True):
    """Forget a note or folder, a topic, all from a time on, reactions to some offers (ids), all edit times, all that a
    source brought, or everything.

    Several fields are a union. With `dry` nothing is forgotten, and the answer says how much would be.
    """

    path: str = ""
    topic: str = ""
    since: float | None = None
    reactions: tuple[str, ...] = ()
    touches: bool = False
    everything: bool = False
    source: SourceName | None = None
    dry: bool = False


class UpdateConfig(WireMessage, frozen=True, kw_only=True):
    """The owner changed settings. Those that are live are applied now, the others at the next start."""

    config: Config


class KeepRunning(WireMessage, frozen=True, kw_only=True):
    """Go on when the last face leaves, whatever the config says, until QuitBrain."""


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
    | SetFolderEnabled
    | GetPreparedTopics
    | RateMoment
    | OpenConversation
    | SendMessage
    | FollowReply
    | StopReply
    | LeaveConversation
    | ResumeConversation
    | ListConversations
    | DeleteConversation
    | SaveConversation
    | PlanCapture
    | WriteCapture
    | ReadNote
    | SelectModel
    | CompleteName
    | SearchNotes
    | GetSuggestions
    | ListSuggestions
    | ListOpenEnds
    | FindRelatedNotes
    | GetDigest
    | GetShelf
    | GetAgenda
    | AnswerTopic
    | ExplainDecision
    | DescribeDecision
    | SuggestNow
    | SetQuietUntil
    | GetStatistics
    | ComputeStatistics
    | GetStatus
    | RefreshIndex
    | PollSource
    | GetInventory
    | ExportData
    | ForgetData
    | UpdateConfig
    | KeepRunning
    | QuitBrain
)
