"""What face and brain say to each other: JSON Lines over the child's standard input and output.

Every line is one tagged value (`{"type": "Say", ...}`), no vectors. The face speaks first with `Hello`; the brain
answers `Ready` as soon as it can take messages, long before index and models are loaded. A message that asks for an
answer carries a `request` number, and whatever answers it carries the same one. Lines that cannot be decoded are
answered with `Failed` and otherwise ignored, so that neither side can be stopped by the other's mistake.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from msgspec import Struct

from proactive_tui.config import Config
from proactive_tui.errors import BrainError
from proactive_tui.model import (
    Belief,
    Cited,
    Conversation,
    Evidence,
    Gate,
    Hit,
    Kept,
    Kind,
    Leaving,
    Offer,
    Reaction,
    Share,
    Silence,
    SpeakerStatus,
    Status,
    Store,
    Suggestion,
    Turn,
)

VERSION = 2
MAX_LINE = 4 * 1024 * 1024
"""Bytes of the longest line either side accepts."""


class Message(Struct, frozen=True, kw_only=True, tag=True):
    """One line on the pipe."""


# --- the face to the brain ---------------------------------------------------------------------------------------


class Hello(Message, frozen=True, kw_only=True):
    """The first line. Folders are absolute paths; the config is whole, so that only the face reads the file."""

    notes: str
    data: str
    config: Config
    version: int = VERSION


class Pressed(Message, frozen=True, kw_only=True):
    """Keys were pressed since the last such message, which comes at most once a second; never which."""

    at: float


class Focused(Message, frozen=True, kw_only=True):
    """The terminal reported that it gained or lost the focus."""

    focused: bool
    at: float


class Arrived(Message, frozen=True, kw_only=True):
    """The offer is on screen since `at`."""

    offer: str
    at: float


class React(Message, frozen=True, kw_only=True):
    """The owner answered an offer (or let it pass: `ignored`). `seconds` it was on screen; `until` for snoozed.

    `never` switches the kind of its topic off besides. Answered by Taught.
    """

    offer: str
    reaction: Reaction
    seconds: float = 0.0
    until: float | None = None
    never: bool = False


class Undo(Message, frozen=True, kw_only=True):
    """Take the answer to this offer back, as if it had never been given: events go, models are those before.

    With no offer, that of the newest one that left by itself. Answered by Offered, or by Failed.
    """

    request: int
    offer: str = ""


class Want(Message, frozen=True, kw_only=True):
    """Whether topics of this kind may be raised; kept in the journal, on top of the config's `topics.kinds`."""

    kind: Kind
    wanted: bool


class LookAhead(Message, frozen=True, kw_only=True):
    """What openers are prepared for. Answered by Ahead."""

    request: int


class Answer(Message, frozen=True, kw_only=True):
    """What the owner says to Asked: whether the moment of this offer was good. A question let be is not answered."""

    offer: str
    good: bool


class Talk(Message, frozen=True, kw_only=True):
    """Open a conversation: on an offer (which counts as `engaged`), about a passage, about what another conversation
    (`like`) began with, or about nothing yet. Answered by Opened."""

    request: int
    offer: str = ""
    about: Evidence | None = None
    like: str = ""


class Say(Message, frozen=True, kw_only=True):
    """What the owner says in a conversation. Answered by Saying and then Said.

    `instead` is the owner's last message, which this one takes the place of, with all that followed; where the last
    message is another one, nothing is replaced.
    """

    request: int
    conversation: str
    text: str
    instead: str = ""


class Stop(Message, frozen=True, kw_only=True):
    """Stop the reply to this request now; what was said so far is kept."""

    request: int


class Leave(Message, frozen=True, kw_only=True):
    """The owner left the conversation; this is a moment at which something else may be raised."""

    conversation: str


class Resume(Message, frozen=True, kw_only=True):
    """Show a kept conversation again. Answered by Opened."""

    request: int
    conversation: str


class Browse(Message, frozen=True, kw_only=True):
    """All kept conversations, or those that hold these words, in title or turns. Answered by Listed."""

    request: int
    query: str = ""


class Drop(Message, frozen=True, kw_only=True):
    """Delete a conversation for good. Answered by Done."""

    request: int
    conversation: str


class Save(Message, frozen=True, kw_only=True):
    """Write a conversation, or its `last` reply, as Markdown into a new file.

    In the notes folder, by a name that the owner gives, or as an `export`: into the data folder's `exports`, under its
    title where no name is given, or at an absolute path. Answered by Done with the file's path.
    """

    request: int
    conversation: str
    name: str = ""
    last: bool = False
    export: bool = False


class Look(Message, frozen=True, kw_only=True):
    """Show lines of a note among their neighbours. Answered by Shown."""

    request: int
    at: Evidence


class Speak(Message, frozen=True, kw_only=True):
    """Which language models there are, and (with `model`) let this one speak until the end of the run.

    Answered by Speakers.
    """

    request: int
    model: str = ""


class Search(Message, frozen=True, kw_only=True):
    """Answered by Found."""

    request: int
    query: str
    k: int = 20


class Suggest(Message, frozen=True, kw_only=True):
    """What would be raised now; nothing counts as shown. Answered by Suggested."""

    request: int
    n: int = 5


class Why(Message, frozen=True, kw_only=True):
    """Why this offer was made; with none, the newest offer or silence. Answered by Because."""

    request: int
    offer: str = ""


class SpeakNow(Message, frozen=True, kw_only=True):
    """The owner asks for a suggestion now, whatever the gates say. Answered by Offered, or by Failed."""

    request: int


class Quiet(Message, frozen=True, kw_only=True):
    """Say nothing by itself until this time; None ends it."""

    until: float | None


class LookBack(Message, frozen=True, kw_only=True):
    """What came of the offers, and what is believed because of it. Answered by Learned."""

    request: int


class TakeStock(Message, frozen=True, kw_only=True):
    """What is kept, and what leaves this machine. Answered by Stock."""

    request: int


class Export(Message, frozen=True, kw_only=True):
    """Write everything in open formats into a new folder (absolute). Answered by Exported."""

    request: int
    folder: str


class Forget(Message, frozen=True, kw_only=True):
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


class Reconfigure(Message, frozen=True, kw_only=True):
    """The owner changed settings. What can be applied while it runs is; the rest is at the next start."""

    config: Config


class Quit(Message, frozen=True, kw_only=True):
    """Finish what is being written and end."""


Ask: TypeAlias = (
    Hello
    | Pressed
    | Focused
    | Arrived
    | React
    | Undo
    | Want
    | LookAhead
    | Answer
    | Talk
    | Say
    | Stop
    | Leave
    | Resume
    | Browse
    | Drop
    | Save
    | Look
    | Speak
    | Search
    | Suggest
    | Why
    | SpeakNow
    | Quiet
    | LookBack
    | TakeStock
    | Export
    | Forget
    | Reconfigure
    | Quit
)


# --- the brain to the face ---------------------------------------------------------------------------------------


class Ready(Message, frozen=True, kw_only=True):
    """The brain takes messages."""

    version: int = VERSION


class Now(Message, frozen=True, kw_only=True):
    """How things stand; sent when something changed, at most a few times a second."""

    status: Status
    conversations: tuple[Conversation, ...] = ()
    """The last few, newest first, without their turns."""


class Offered(Message, frozen=True, kw_only=True):
    """An offer, journaled before it is sent. `held` offers were due earlier and waited for this moment.

    `again` when it was there before, and its answer was taken back.
    """

    offer: Offer
    held: bool = False
    again: bool = False


class Withdrawn(Message, frozen=True, kw_only=True):
    """The offer has lost its reason (its note changed) or its time; take it off the screen.

    `back` when it can still be brought back.
    """

    offer: str
    reason: str
    back: bool = False


class Taught(Message, frozen=True, kw_only=True):
    """What the answer to an offer has changed, in words; empty when nothing that can be said shortly."""

    offer: str
    words: str


class Ahead(Message, frozen=True, kw_only=True):
    """Kind and title of each topic that an opener is prepared for, the one to come first at the front."""

    request: int
    topics: tuple[tuple[Kind, str], ...]


class Asked(Message, frozen=True, kw_only=True):
    """Was the moment of this offer a good one? Journaled before it is sent; the next offer takes its place."""

    offer: str


class Opened(Message, frozen=True, kw_only=True):
    """A conversation with the turns so far, its opener among them; `said` is what the owner said last in any
    conversation, oldest first."""

    request: int
    conversation: Conversation
    said: tuple[str, ...] = ()


class Saying(Message, frozen=True, kw_only=True):
    """More of a reply: text to append."""

    request: int
    text: str


class Said(Message, frozen=True, kw_only=True):
    """The reply is whole (or stopped, or failed half way: then `problem` says how, and the text so far is kept)."""

    request: int
    turn: Turn
    problem: str = ""


class Listed(Message, frozen=True, kw_only=True):
    """Kept conversations, the one spoken in last first."""

    request: int
    conversations: tuple[Kept, ...]


class Done(Message, frozen=True, kw_only=True):
    """It was done; `path` is the file that was written, where one was."""

    request: int
    path: str = ""


class Shown(Message, frozen=True, kw_only=True):
    """Lines of a note, the first of which has the number `first`; those asked for are `start` to `end`.

    `found` is false where the note no longer has them: then they are what they were.
    """

    request: int
    path: str
    first: int
    lines: tuple[str, ...]
    start: int
    end: int
    heading: tuple[str, ...] = ()
    found: bool = True


class Speakers(Message, frozen=True, kw_only=True):
    """The language models that could speak, and the one that does (or what speaks without one)."""

    request: int
    models: tuple[str, ...]
    now: SpeakerStatus


class Found(Message, frozen=True, kw_only=True):
    """What search found, best first."""

    request: int
    hits: tuple[Hit, ...]


class Suggested(Message, frozen=True, kw_only=True):
    """Ranked suggestions, best first, each with its reasons in words."""

    request: int
    suggestions: tuple[Suggestion, ...]
    reasons: tuple[tuple[str, ...], ...] = ()


class Because(Message, frozen=True, kw_only=True):
    """Why, as data and in words. Exactly one of offer and silence is there; neither when nothing was decided yet.

    `weighed` is what moved an offer's score, in words and with its share of the score (in reward), strongest first;
    `otherwise` is what would have changed the decision.
    """

    request: int
    reasons: tuple[str, ...]
    weighed: tuple[tuple[str, float], ...] = ()
    otherwise: tuple[str, ...] = ()
    offer: Offer | None = None
    silence: Silence | None = None
    gates: tuple[Gate, ...] = ()


class Learned(Message, frozen=True, kw_only=True):
    """What came of the offers, in shares that were welcome, and what is believed because of it.

    `over_time` by the local day (ISO date) on which each span began, oldest first, `span_days` long; `by` holds a table
    each for "hour" ("08:00"), "kind", "framing" and whatever else is looked at. Fewer than `fewest` answers are no
    evidence. `cited` has every offer that a belief rests on, by id.
    """

    request: int
    offers: int
    days: int
    welcome: Share
    over_time: dict[str, Share]
    span_days: int
    by: dict[str, dict[str, Share]]
    fewest: int
    beliefs: tuple[Belief, ...] = ()
    cited: dict[str, Cited] = {}


class Stock(Message, frozen=True, kw_only=True):
    """What is kept: events by kind, files in the data `folder`, and what leaves this machine; notes and topics that
    something is kept of.
    """

    request: int
    folder: str
    events: dict[str, int]
    stores: tuple[Store, ...]
    leaving: tuple[Leaving, ...]
    paths: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Exported(Message, frozen=True, kw_only=True):
    """Written: the folder, and how much of what is in it, by file or folder name."""

    request: int
    folder: str
    files: dict[str, int]


class Forgotten(Message, frozen=True, kw_only=True):
    """How much is forgotten, or would be: `events` of the journal, among them offers and whole conversations; `notes`
    that leave the index until they are read again.
    """

    request: int
    events: int
    offers: int = 0
    conversations: int = 0
    notes: int = 0


class Notice(Message, frozen=True, kw_only=True):
    """Something the owner should know: the watcher fell back to polling, the language model went away."""

    title: str
    message: str = ""
    severity: str = "information"


class Failed(Message, frozen=True, kw_only=True):
    """A request could not be answered (`request` 0: something else went wrong), with what to do."""

    request: int
    title: str
    message: str = ""
    hint: str = ""


Tell: TypeAlias = (
    Ready
    | Now
    | Offered
    | Withdrawn
    | Taught
    | Ahead
    | Asked
    | Opened
    | Saying
    | Said
    | Listed
    | Done
    | Shown
    | Speakers
    | Found
    | Suggested
    | Because
    | Learned
    | Stock
    | Exported
    | Forgotten
    | Notice
    | Failed
)

_ask: msgspec.json.Decoder[Ask] = msgspec.json.Decoder(Ask)
_tell: msgspec.json.Decoder[Tell] = msgspec.json.Decoder(Tell)
_encode = msgspec.json.Encoder()


def encode(message: Ask | Tell) -> bytes:
    """One line, with its newline."""
    return _encode.encode(message) + b"\n"


def decode_ask(line: bytes) -> Ask:
    """What the face said. Raises BrainError."""
    try:
        return _ask.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _misunderstood(error) from error


def decode_tell(line: bytes) -> Tell:
    """What the brain said. Raises BrainError."""
    try:
        return _tell.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _misunderstood(error) from error


def _misunderstood(error: Exception) -> BrainError:
    return BrainError("Face and brain do not understand each other", str(error), "Restart proactive-tui.")
