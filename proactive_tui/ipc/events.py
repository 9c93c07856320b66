"""The events that the brain sends to faces and commands."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import field

from proactive_tui import __version__
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.base import PROTOCOL_VERSION, WireMessage
from proactive_tui.model.kept_values import DataRecipient, DataStore
from proactive_tui.model.learned_values import Belief, CitedOffer, WelcomeShare
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import CapturePlan, RelatedNote, SearchHit
from proactive_tui.model.offer_values import (
    AgendaLine,
    DigestLine,
    Offer,
    OwnerAnswer,
    ScoreReason,
    ShelfLine,
    Silence,
    Suggestion,
)
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.model.status_values import (
    BrainProcess,
    BrainStatus,
    NotesStatus,
    OfferStatistics,
    SpeakerStatus,
    WordedSuggestion,
)
from proactive_tui.model.talk_values import Conversation, ConversationSummary, FoundName, Turn
from proactive_tui.model.topic_values import Evidence, Topic


class BrainReady(WireMessage, frozen=True, kw_only=True):
    """The brain accepts requests from now on. `notes` is the folder that it watches."""

    version: int = PROTOCOL_VERSION
    program: str = __version__
    notes: str = ""


class FaceReleased(WireMessage, frozen=True, kw_only=True):
    """This face is parted from the brain: another one is looked at from now on, or the brain was stopped."""

    reason: Literal["another face", "stopped"]


class TalkLeftOpen(WireMessage, frozen=True, kw_only=True):
    """The conversation that was open when the last face left."""

    conversation: str


class StatusUpdate(WireMessage, frozen=True, kw_only=True):
    """The state of the brain; sent after a change, at most a few times a second."""

    status: BrainStatus
    conversations: tuple[Conversation, ...] = ()
    """The last few conversations, newest first, without their turns."""


class OfferMade(WireMessage, frozen=True, kw_only=True):
    """An offer, journaled before it is sent. A `held` one was due earlier and waited for this moment.

    An offer comes `again` when its answer was undone. `request` is the number of the request that it answers, or 0.
    """

    request: int = 0
    offer: Offer
    held: bool = False
    again: bool = False


class OfferWithdrawn(WireMessage, frozen=True, kw_only=True):
    """The brain takes the offer back: its note changed, or nobody came to see it.

    `back` says that the owner can still bring it back.
    """

    offer: str
    reason: str
    back: bool = False


class LearningFeedback(WireMessage, frozen=True, kw_only=True):
    """What the brain has learned from the answer to an offer, in words; empty where there are no short words for it."""

    offer: str
    words: str


class PreparedTopics(WireMessage, frozen=True, kw_only=True):
    """Kind and title of each topic that has a prepared opener; the one that would be raised first is first."""

    request: int
    topics: tuple[tuple[Kind, str], ...]


class MomentQuestion(WireMessage, frozen=True, kw_only=True):
    """The question whether the moment of this offer was good, journaled before it is sent; the next offer ends it."""

    offer: str


class ConversationOpened(WireMessage, frozen=True, kw_only=True):
    """A conversation with the turns so far, its opener among them.

    `said` has the owner's latest texts in any conversation, oldest first. `replying` says that the last
    message is being answered: FollowReply brings the reply.
    """

    request: int
    conversation: Conversation
    said: tuple[str, ...] = ()
    replying: bool = False


class ReplyReading(WireMessage, frozen=True, kw_only=True):
    """The language model is reading these passages for a reply; its first word may take minutes."""

    request: int
    sources: tuple[Evidence, ...]


class ReplyChunk(WireMessage, frozen=True, kw_only=True):
    """The next piece of a reply: text to append. One that begins `anew` takes back all that came before it: that was
    reasoning, or worded without the notes.
    """

    request: int
    text: str
    anew: bool = False


class ReplyFinished(WireMessage, frozen=True, kw_only=True):
    """The reply is complete. Where it stopped or failed half way, `problem` says how, and the text so far is kept."""

    request: int
    turn: Turn
    problem: str = ""


class ConversationsListed(WireMessage, frozen=True, kw_only=True):
    """Kept conversations, the last one used first."""

    request: int
    conversations: tuple[ConversationSummary, ...]


class RequestDone(WireMessage, frozen=True, kw_only=True):
    """The request was carried out; `path` is the file that was written, if any."""

    request: int
    path: str = ""


class NamesFound(WireMessage, frozen=True, kw_only=True):
    """A few names that complete what was typed, the likeliest first."""

    request: int
    names: tuple[FoundName, ...]


class NoteLines(WireMessage, frozen=True, kw_only=True):
    """Lines of a note, the first of which has the number `first`; those asked for are `start` to `end`.

    `found` is false where the note no longer has those asked for; then `lines` are the ones in their place now.
    """

    request: int
    path: str
    first: int
    lines: tuple[str, ...]
    start: int
    end: int
    heading: tuple[str, ...] = ()
    found: bool = True


class AvailableModels(WireMessage, frozen=True, kw_only=True):
    """The language models that could be used, and what is used now: one of them, or the extractive companion."""

    request: int
    models: tuple[str, ...]
    now: SpeakerStatus


class SearchResults(WireMessage, frozen=True, kw_only=True):
    """The passages that search found, best first."""

    request: int
    hits: tuple[SearchHit, ...]


class RankedSuggestions(WireMessage, frozen=True, kw_only=True):
    """Ranked suggestions, best first, each with its strongest reasons."""

    request: int
    suggestions: tuple[Suggestion, ...]
    reasons: tuple[tuple[ScoreReason, ...], ...] = ()


class SuggestionsListed(WireMessage, frozen=True, kw_only=True):
    """The topics that would be raised, best first, each with its opener."""

    request: int
    suggestions: tuple[WordedSuggestion, ...]


class CapturePlanned(WireMessage, frozen=True, kw_only=True):
    """Where a captured line would go, and how it would read."""

    request: int
    plan: CapturePlan


class CaptureWritten(WireMessage, frozen=True, kw_only=True):
    """Whether the line of the plan was written; where the note had changed, it was not, and `plan` is the new one."""

    request: int
    written: bool
    plan: CapturePlan


class OpenEndsListed(WireMessage, frozen=True, kw_only=True):
    """What the notes leave open, the best first."""

    request: int
    topics: tuple[Topic, ...]


class RelatedNotesFound(WireMessage, frozen=True, kw_only=True):
    """The notes that have to do with the note at `path`: linked ones first, then the nearest in meaning."""

    request: int
    path: str
    notes: tuple[RelatedNote, ...]


class DailyDigest(WireMessage, frozen=True, kw_only=True):
    """The digest: its lines group by group, the best group first."""

    request: int
    lines: tuple[DigestLine, ...]


class ShelfListed(WireMessage, frozen=True, kw_only=True):
    """What waits, group by group; `silence` says in words why nothing is raised now, where there is a reason."""

    request: int
    lines: tuple[ShelfLine, ...]
    silence: str = ""


class AgendaListed(WireMessage, frozen=True, kw_only=True):
    """The agenda as of the local day `today` (ISO date), by day and person, what has no day last. `older` counts what
    has been overdue for longer and is left out; `has_calendar` says whether appointments are read.
    """

    request: int
    lines: tuple[AgendaLine, ...]
    today: str
    older: int = 0
    has_calendar: bool = False


class TopicAnswered(WireMessage, frozen=True, kw_only=True):
    """The answer to a topic of a list is journaled, with the offer that stands for it; the rest as in AnswerTopic."""

    request: int
    offer: Offer
    reaction: Reaction
    until: float | None = None
    never: bool = False
    never_folder: bool = False

    @property
    def answer(self) -> OwnerAnswer:
        """The answer by itself."""
        return OwnerAnswer(self.reaction, self.until, self.never, self.never_folder)


class DecisionExplanation(WireMessage, frozen=True, kw_only=True):
    """The reasons for an offer or a silence. Exactly one of the two is there; neither when nothing was decided yet.

    `reasons` moved the offer's score, strongest first; `remarks` say in words why it came now, or what else kept the
    brain quiet; `otherwise` says what would have changed the decision.
    """

    request: int
    reasons: tuple[ScoreReason, ...] = ()
    remarks: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    offer: Offer | None = None
    silence: Silence | None = None
    gates: tuple[Gate, ...] = ()


class DecisionInWords(WireMessage, frozen=True, kw_only=True):
    """An offer or a silence (exactly one of the two is there) with its reasons in words; `otherwise` says what would
    have changed it.
    """

    request: int
    reasons: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    offer: Offer | None = None
    silence: Silence | None = None


class OfferStatisticsFound(WireMessage, frozen=True, kw_only=True):
    """All figures about the offers."""

    request: int
    statistics: OfferStatistics


class CurrentStatus(WireMessage, frozen=True, kw_only=True):
    """The status as it is now, and the process that says so."""

    request: int
    status: BrainStatus
    process: BrainProcess


class IndexingProgress(WireMessage, frozen=True, kw_only=True):
    """How many of the passages have vectors."""

    request: int
    done: int
    total: int


class SourcePolled(WireMessage, frozen=True, kw_only=True):
    """A source was asked: the paths of items that are new or other than before, and of those that are gone; `trouble`
    says what of it could not be read.
    """

    request: int
    changed: tuple[str, ...]
    gone: tuple[str, ...] = ()
    trouble: str = ""


class IndexRefreshed(WireMessage, frozen=True, kw_only=True):
    """The index is in step with the notes."""

    request: int
    notes: NotesStatus
    passages: int
    vectors: int


class LearningStatistics(WireMessage, frozen=True, kw_only=True):
    """The outcomes of the offers, as shares that were welcome, and the beliefs that follow from them.

    `over_time` by the local day (ISO date) on which each span began, oldest first, `span_days` long; `by` holds a table
    each for "hour" ("08:00"), "kind", "framing" and other features. Fewer than `fewest` answers are no evidence.
    `cited` has every offer that a belief rests on, by id.
    """

    request: int
    offers: int
    days: int
    welcome: WelcomeShare
    over_time: dict[str, WelcomeShare]
    span_days: int
    by: dict[str, dict[str, WelcomeShare]]
    fewest: int
    beliefs: tuple[Belief, ...] = ()
    cited: dict[str, CitedOffer] = field(default_factory=dict)


class DataInventory(WireMessage, frozen=True, kw_only=True):
    """The data that is kept: events by kind and files in the data `folder`; what leaves this machine; the notes
    (`paths`) and topics that the data is about.
    """

    request: int
    folder: str
    events: dict[str, int]
    stores: tuple[DataStore, ...]
    leaving: tuple[DataRecipient, ...]
    paths: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class DataExported(WireMessage, frozen=True, kw_only=True):
    """The export is written: its folder, and the number of entries by file or folder name."""

    request: int
    folder: str
    files: dict[str, int]


class DataForgotten(WireMessage, frozen=True, kw_only=True):
    """How much is forgotten, or would be: `events` of the journal, among them offers and whole conversations; `notes`
    that leave the index until they are read again.
    """

    request: int
    events: int
    offers: int = 0
    conversations: int = 0
    notes: int = 0


class ConfigChanged(WireMessage, frozen=True, kw_only=True):
    """A command has changed the config; the brain has applied it, and the face is to have no other."""

    config: Config


class OwnerNotice(WireMessage, frozen=True, kw_only=True):
    """Something the owner should know: the watcher fell back to polling, the language model went away."""

    title: str
    message: str = ""
    severity: str = "information"


class FailureReport(WireMessage, frozen=True, kw_only=True):
    """A request failed, or with `request` 0 something else did; `hint` says what to do."""

    request: int
    title: str
    message: str = ""
    hint: str = ""

    @classmethod
    def of_error(cls, request: int, error: ProactiveError) -> FailureReport:
        """The report of an error."""
        return cls(request=request, title=error.title, message=error.message, hint=error.hint)


WireEvent: TypeAlias = (
    BrainReady
    | FaceReleased
    | TalkLeftOpen
    | StatusUpdate
    | OfferMade
    | OfferWithdrawn
    | LearningFeedback
    | PreparedTopics
    | MomentQuestion
    | ConversationOpened
    | ReplyReading
    | ReplyChunk
    | ReplyFinished
    | ConversationsListed
    | RequestDone
    | NamesFound
    | NoteLines
    | AvailableModels
    | SearchResults
    | RankedSuggestions
    | SuggestionsListed
    | CapturePlanned
    | CaptureWritten
    | OpenEndsListed
    | RelatedNotesFound
    | DailyDigest
    | ShelfListed
    | AgendaListed
    | TopicAnswered
    | DecisionExplanation
    | DecisionInWords
    | OfferStatisticsFound
    | CurrentStatus
    | IndexingProgress
    | SourcePolled
    | IndexRefreshed
    | LearningStatistics
    | DataInventory
    | DataExported
    | DataForgotten
    | ConfigChanged
    | OwnerNotice
    | FailureReport
)
