"""The frozen values that stages hand to each other, the wire carries and the journal keeps.

Times are unix seconds (float, UTC) unless a name says otherwise. Paths are POSIX paths relative to the notes folder.
Lines count from 1 and spans include both ends.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, cast, get_args

from msgspec import UNSET, Struct, UnsetType, convert, field, to_builtins

Kind = Literal[
    "open question",
    "task",
    "theme",
    "fading",
    "connection",
    "thread",
    "goal",
    "idea",
    "review",
    "unfinished work",
    "meeting",
    "rhythm",
    "news",
]
"""The kind of a topic; `goal` covers habits, `idea` what is worth returning to and not yet a task. The last five are
made of a source's items: what reviewers wrote, work left in a repository, appointments, the owner's days, stories. New
kinds come last: tables of models and journals count them in this order."""

SourceName = Literal["git", "forge", "calendar", "activity", "news"]
"""Where items come from. The notes folder is no such source: what it holds is the owner's."""

Framing = Literal["question", "recap", "next step", "quiz", "connect"]
"""How an opener presents a topic."""

Reaction = Literal[
    "followed up", "engaged", "not now", "not this", "snoozed", "ignored", "withdrawn", "already done", "not mine"
]
"""The outcome of an offer. `not now` is about the moment, `not this` about the topic; `already done` (or answered) and
`not mine` (not the owner's to do, or no such thing) are about how the notes were read; `withdrawn` teaches nothing."""

Channel = Literal["meaning", "words", "frecency", "due", "taste", "fresh"]
"""How retrieval found a candidate; `fresh` is for a few topics that were never shown."""

GateCode = Literal[
    "wanted",
    "quiet",
    "quiet hours",
    "quiet day",
    "away",
    "conversation",
    "on screen",
    "budget",
    "spacing",
    "just started",
    "typing",
    "saving",
    "appointment",
    "unattended",
]
"""The condition that a gate checks. The gate "typing" has the code `saving` where a saved note broke the quiet last."""

ItemState = Literal["none", "open", "doing", "waiting", "question", "done", "cancelled", "moved"]
"""What the marks of a line say about it: `none` without marks; `moved` where it goes on in another place."""

OpenReason = Literal["a better moment", "left out by chance", "dropped", "nothing stands out enough"]
"""Reasons for a silence while every gate is open; all other reasons are names of gates."""

TOPIC_KINDS: tuple[Kind, ...] = get_args(Kind)
SOURCE_NAMES: tuple[SourceName, ...] = get_args(SourceName)
FRAMINGS: tuple[Framing, ...] = get_args(Framing)
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
GATE_CODES: tuple[GateCode, ...] = get_args(GateCode)


class FrozenValue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A frozen value; unknown fields are dropped when decoding, so that older code reads newer data."""


# --- notes -------------------------------------------------------------------------------------------------------

ITEM_PATH_MARK = "://"
"""What tells the path of an item, "forge://acme/api/pull/12", from that of a note, which never has it."""


NAME_SEPARATOR = "; "
"""What stands between the names of people in a fact of an item."""


class ItemOrigin(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Where an item comes from. `form` is what it is there ("review comment"), `author` who wrote it by the name that
    the source has, `own` whether that is the owner. `address` is an http(s) URL, empty where there is none; `thread` is
    the path of the item that it belongs to, and `place` where in a thing it stands ("src/retry.py:41"). `part` names
    the repository, calendar or feed that it is of.
    """

    source: SourceName
    form: str
    author: str = ""
    own: bool = False
    address: str = ""
    thread: str = ""
    place: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """Where it stands, in the place of a note's path: "src/retry.py:41", or what it is there."""
        return self.place or self.form

    def describe(self) -> str:
        """What it is, who wrote it and where it is, in a few words for a label."""
        return " · ".join(part for part in (self.form, self.author and f"by {self.author}", self.address) if part)


class Passage(FrozenValue, frozen=True, kw_only=True):
    """A section of a note, short enough for the embedding model to read whole.

    `id` is the hash of heading path and text: the same words are the same passage wherever they stand.
    `prose` is the text without code blocks, for titles and for reading aloud.
    """

    id: str
    path: str
    heading: tuple[str, ...]
    line_start: int
    line_end: int
    text: str
    prose: str


class TaskItem(FrozenValue, frozen=True, kw_only=True):
    """A line, or a whole note, that its owner marked as a task.

    `text` is its words without marks. `done` says that it is closed: done, cancelled or moved. `due` is the local
    calendar day as an ISO date, where the item names one. A task that is a `whole_note` has its days in the note's
    properties, and `line` is where the text of the note begins.
    """

    text: str
    done: bool
    line: int
    heading: tuple[str, ...] = ()
    due: str | None = None
    state: ItemState = "open"
    whole_note: bool = False


class LineRun(NamedTuple):
    """The lines from `first` to `last` of a note, all written at one time (unix seconds)."""

    first: int
    last: int
    at: float


class Note(FrozenValue, frozen=True, kw_only=True):
    """A parsed file of the notes folder.

    `modified` is when its bytes were first seen or said to be written: a copy, a pull or a restore does not change it.
    `line_times` has the lines whose writing was seen between two readings; `first_seen` the date and modification of
    the note before the first of them, from which all its other lines are.

    `digest` is the hash of its bytes; `links` are link targets as written, without anchors. `line_roles` has a letter
    for each line: its role in Markdown (`text.blocks.LINE_ROLES`). `origin` is None but for an item of a source, which
    is a note that another program keeps: it has a path with `ITEM_PATH_MARK`, and its facts are its properties.
    """

    path: str
    title: str
    digest: str
    date: float
    date_from: Literal["front matter", "name", "heading", "history", "modified"]
    modified: float
    passages: tuple[Passage, ...]
    line_roles: str = ""
    tasks: tuple[TaskItem, ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    line_times: tuple[LineRun, ...] = ()
    first_seen: tuple[float, float] | None = None
    origin: ItemOrigin | None = None


class SkippedFile(FrozenValue, frozen=True, kw_only=True):
    """A file that was left out of something, with the reason in words."""

    path: str
    reason: str


class SearchHit(FrozenValue, frozen=True, kw_only=True):
    """A passage that search found. `score` is the fused score, `channels` has the score of each channel.

    `line` is the line of the note that matches best (0 where nobody looked), `matches` are the ranges of the passage's
    text that matched: offsets, the second exclusive. `origin` is None for a note.
    """

    passage: Passage
    score: float
    channels: dict[str, float]
    line: int = 0
    matches: tuple[tuple[int, int], ...] = ()
    origin: ItemOrigin | None = None

    @property
    def best_line(self) -> int:
        """The line of the note to show first: that of the match, else the passage's first."""
        return self.line or self.passage.line_start


class CapturePlan(FrozenValue, frozen=True, kw_only=True):
    """A line that is to be appended to a note: the note's path, the number of the new line, its text, and the line
    before it (cut). `digest` is the hash of the note's bytes as they were seen, empty where there is no such note yet.
    """

    path: str
    line: int
    text: str
    before: str = ""
    digest: str = ""


NoteTie = Literal["links here", "linked", "near"]
"""How a note is related to another: it links to that one, is linked from it, or says something near in meaning."""


class RelatedNote(FrozenValue, frozen=True, kw_only=True):
    """A note that has to do with another one: by `ties`, and where it is near in meaning, by this passage of it.

    `closeness` is the cosine 0..1 of the two passages that are nearest, 0 where only links tie them.
    """

    path: str
    title: str
    ties: tuple[NoteTie, ...]
    closeness: float = 0.0
    passage: Passage | None = None


# --- topics ------------------------------------------------------------------------------------------------------


class Evidence(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Lines of a note that a topic rests on, quoted as they stand. `passage` is the id of their passage, if known.

    `origin` is None for a note of the owner's. Where it is not the owner who wrote an item, its text is quoted as its
    author's, and steers nothing.
    """

    path: str
    line_start: int
    line_end: int
    text: str
    heading: tuple[str, ...] = ()
    passage: str = ""
    origin: ItemOrigin | None = None

    @property
    def is_others(self) -> bool:
        """Whether somebody else than the owner wrote these lines."""
        return self.origin is not None and not self.origin.own


COVERED_SEPARATOR = " → "
"""What stands between the titles of `TopicDetails.covered`."""


UNKNOWN_DAY = "unknown"
"""The value of `TopicDetails.day_written` of a note that came with many others and says no day."""


class TopicDetails(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Further facts of a topic from its miner; None where a fact does not apply. Journals store them by their names.

    `told` is the form in which an open question, an idea or a thread stands in its note; days are ISO dates, in local
    time.
    `day_written` is `UNKNOWN_DAY` where nobody knows when the topic was written, and None elsewhere.
    `part_of` is the task, or the words before a list, that an item of the list is a part of.
    A task is `scheduled` for the day on which it is to be done and hidden before its `start`; `planned` says "today"
    where that day has come.

    Of a goal, `run` and `lapse` count the entries of its log that were kept and missed in a row until now, `turned`
    is the day since which its `course` is "better" or "worse", and `habit` is the one of a list of habits that this
    is about. `relation` is what two connected passages have to do with each other (`SentenceRelation`), `said` and
    `other_said` are their sentences; of a fading note, `said` is the sentence that says most of its idea. Of a
    theme, `covered` has its notes in the order in which they were written, `open_end` what one of them leaves open,
    and `missing_note` what they link to or need and no note is about.

    Of unfinished work, `told` is its form ("to merge", "to push", "uncommitted", "stash", "operation", "draft",
    "remark"), `amount` how many commits or files, `waits_for` the branch into which it is to go, `operation` the code
    of what is in the middle, and `place` a file.

    Of a review, `review` is what waits ("comments", "checks", "asked", "mention", "assigned") on `pull` ("acme/api#12")
    since the day `opened`; `blocking` is the reason for which a comment of `blocked_by` at `place` blocks
    (`sources.forge.blocking`), `concern` what that is about; `asked_by` is who asks or mentions.

    An appointment `starts` at a local time ("2026-12-01T10:30+01:00"), or `ended` at one; `company` are those who come
    and whom its title does not name, `promise` is what was promised to one of them (`promised_to`), `open_task` what
    is to be done about it, and `questions` how many open questions are.

    Of a remark about the days, `told` is what is measured ("bedtime", "stop", "breaks", "screen time", "days off",
    "start"), `wanted` what the goal asks, `since` the day on which it was written, and `course` how it went ("missed",
    "kept", or "noticed" without a goal); `times` are times of day or lengths of the latest of these days, `days`.
    Of a story, `meets` says what of the owner's it meets (`StoryMeeting`), and `line` where in `note` that stands.

    Of all that sources bring, `tie_strength` ("0.62") says how well it meets the notes, and `known_author` names who
    wrote it, where the notes know them.
    """

    note: str | None = None
    due: str | None = None
    scheduled: str | None = None
    start: str | None = None
    planned: str | None = None
    promised_to: str | None = field(default=None, name="promised to")
    overdue: str | None = None
    told: str | None = None
    next: str | None = None
    last_written: str | None = field(default=None, name="last written")
    day_written: str | None = field(default=None, name="day written")
    cadence: str | None = None
    last_entry: str | None = field(default=None, name="last entry")
    since: str | None = None
    last_mention: str | None = field(default=None, name="last mention")
    gap: str | None = None
    similarity: str | None = None
    in_common: str | None = field(default=None, name="in common")
    last_seen: str | None = field(default=None, name="last seen")
    retrievability: str | None = None
    notes: str | None = None
    words: str | None = None
    habit: str | None = None
    run: str | None = None
    lapse: str | None = None
    turned: str | None = None
    course: str | None = None
    relation: str | None = None
    said: str | None = None
    other_said: str | None = field(default=None, name="other said")
    covered: str | None = None
    open_end: str | None = field(default=None, name="open end")
    missing_note: str | None = field(default=None, name="missing note")
    part_of: str | None = field(default=None, name="part of")
    repository: str | None = None
    branch: str | None = None
    amount: str | None = None
    operation: str | None = None
    place: str | None = None
    waits_for: str | None = field(default=None, name="waits for")
    review: str | None = None
    pull: str | None = field(default=None, name="PR")
    opened: str | None = None
    new_comments: str | None = field(default=None, name="new comments")
    blocking: str | None = None
    blocked_by: str | None = field(default=None, name="blocked by")
    concern: str | None = None
    failed_checks: str | None = field(default=None, name="failed checks")
    check: str | None = None
    asked_by: str | None = field(default=None, name="asked by")
    starts: str | None = None
    ended: str | None = None
    company: str | None = None
    promise: str | None = None
    questions: str | None = None
    open_task: str | None = field(default=None, name="open task")
    wanted: str | None = None
    times: str | None = None
    days: str | None = None
    meets: str | None = None
    line: str | None = None
    tie_strength: str | None = field(default=None, name="tie strength")
    known_author: str | None = field(default=None, name="known author")

    def facts(self) -> dict[str, str]:
        """The facts that are known, by their names in words."""
        return cast("dict[str, str]", to_builtins(self))

    def complete_with(self, other: TopicDetails) -> TopicDetails:
        """A copy in which facts of `other` fill those that are missing here."""
        return convert({**other.facts(), **self.facts()}, TopicDetails)


class Topic(FrozenValue, frozen=True, kw_only=True):
    """Something worth raising.

    `id` stays while its cause does; `aliases` are the ids of topics in other words that were merged into this one.
    `cause` is a hash of what made it worth raising: when the hash changes, the topic has news.
    `at` is when its evidence was last written; `due` when it falls due. `salience` in 0..1 is how sure its miner is.
    """

    id: str
    kind: Kind
    title: str
    evidence: tuple[Evidence, ...]
    at: float
    cause: str = ""
    due: float | None = None
    salience: float = 0.5
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    detail: TopicDetails = TopicDetails()

    @property
    def paths(self) -> tuple[str, ...]:
        """The notes that the topic rests on, each once."""
        if len(self.evidence) == 1:  # most topics, of which this is asked a dozen times a round
            return (self.evidence[0].path,)
        return tuple(dict.fromkeys(evidence.path for evidence in self.evidence))

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who wrote what it rests on, other than the owner, by the names that their sources have, each once."""
        written = (lines.origin for lines in self.evidence if lines.origin is not None and not lines.origin.own)
        return tuple(dict.fromkeys(origin.author for origin in written if origin.author))


# --- the moment --------------------------------------------------------------------------------------------------


class NoteEdit(FrozenValue, frozen=True, kw_only=True):
    """The owner changed a note (`at` is unix seconds)."""

    path: str
    at: float


class OfferOutcome(FrozenValue, frozen=True, kw_only=True):
    """An earlier offer and what came of it so far; `reaction` is None while it is on screen.

    `asked_at` is when the owner was asked whether the moment was good (unix seconds), `good` the answer. `title`,
    `quoted` (the first lines of evidence) and `due` identify the topic when it comes back under another id. `authors`
    are the others who wrote what it rests on. `listed` says that it was answered in a list, which interrupts nobody.
    """

    offer: str
    topic: str
    aliases: tuple[str, ...]
    cause: str
    kind: Kind
    framing: Framing
    at: float
    paths: tuple[str, ...] = ()
    title: str = ""
    quoted: str = ""
    part_of: str = ""
    authors: tuple[str, ...] = ()
    due: float | None = None
    reaction: Reaction | None = None
    reacted_at: float | None = None
    snoozed_until: float | None = None
    turns: int = 0
    asked_at: float | None = None
    good: bool | None = None
    listed: bool = False


class Moment(FrozenValue, frozen=True, kw_only=True):
    """The signals at one time. None means that a signal is switched off or not available here.

    `utc_offset` is the local offset in seconds. `edits` are those of the last hours, newest first; `history` has every
    earlier offer, oldest first. `*_at` is the time of the last such event; `idle` is the system's idle time in seconds.
    `busy_until` is the end of the appointment that goes on, `appointment_at` the start of the next one, where that is
    near.
    """

    at: float
    utc_offset: int = 0
    edits: tuple[NoteEdit, ...] = ()
    history: tuple[OfferOutcome, ...] = ()
    key_at: float | None = None
    focused: bool | None = None
    idle: float | None = None
    returned_at: float | None = None
    committed_at: float | None = None
    conversation_ended_at: float | None = None
    in_conversation: bool = False
    started_at: float | None = None
    busy_until: float | None = None
    appointment_at: float | None = None
    appointment_ended_at: float | None = None


class Gate(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """A hard condition for speaking. `until` is when it may pass at the earliest, where that is known.

    `name` and `detail` are words for people; code reads `code`. Journals of older programs have no codes: see
    `journal.gate_codes`.
    """

    name: str
    passed: bool
    detail: str
    until: float | None = None
    code: GateCode | None = None


# --- offers ------------------------------------------------------------------------------------------------------


class Opener(FrozenValue, frozen=True, kw_only=True):
    """The words with which an offer opens. `spoken_by` is "ollama:MODEL", "llama.cpp:FILE" or "template"."""

    text: str
    framing: Framing
    spoken_by: str


class Suggestion(FrozenValue, frozen=True, kw_only=True):
    """A ranked candidate and its score, before anything decides whether to speak.

    `deviation` is the standard deviation of `score`; `floor` is the worth (0..1) that it takes to be raised, and `weak`
    whether the candidate stands out too little for that.
    """

    topic: Topic
    score: float
    features: dict[str, float]
    contributions: dict[str, float]
    channels: dict[str, float]
    propensity: float = 1.0
    deviation: float = 0.0
    floor: float = 0.0
    weak: bool = False


DigestGroup = Literal["stories", "work", "meetings", "held", "notes"]
"""What lines of the digest have in common: the kinds that sources bring, what waits for a moment, and all else."""


class DigestLine(FrozenValue, frozen=True, kw_only=True):
    """A line of the digest: a topic worth raising, and in words what speaks most for it."""

    group: DigestGroup
    topic: Topic
    reason: str = ""


ShelfGroup = Literal["held", "left", "snoozed", "next"]
"""Where topics wait: for a better moment, after an offer that nobody answered, for a time that the owner named, or
to be raised next."""


class ShelfLine(FrozenValue, frozen=True, kw_only=True):
    """A line of the shelf: a topic that waits, and in words what speaks most for it. `at` is since when it is held,
    when it left, or when it comes back (unix seconds). A `weak` one is worth too little to come by itself.
    """

    group: ShelfGroup
    topic: Topic
    reason: str = ""
    at: float | None = None
    weak: bool = False


AgendaSort = Literal["due", "scheduled", "promised", "appointment"]
"""Why something stands on a day: it falls due, is to be done or to begin then, was promised, or takes place."""


class AgendaLine(FrozenValue, frozen=True, kw_only=True):
    """A line of the agenda: its words, the local `day` (ISO date, "" without one) and `time` ("09:30–10:00"), the
    person to whom it was promised or with whom it is, its lines, and the id of the topic that it is, if it is one.
    """

    sort: AgendaSort
    words: str
    source: Evidence
    day: str = ""
    time: str = ""
    person: str = ""
    topic: str = ""


class ScoreReason(FrozenValue, frozen=True, kw_only=True):
    """A reason for a topic (`contribution` above 0, in reward) or against it.

    `feature` is for code and `words` are for people. Several features may be one reason: see `recommend.explain`.
    """

    feature: str
    words: str
    contribution: float


class Rival(FrozenValue, frozen=True, kw_only=True):
    """A topic that was not raised because another one was worth more.

    `paths` are its notes, so that forgetting a note finds it. `deviation` is the standard deviation of `score`,
    `propensity` the probability that the topic came first.
    """

    topic: str
    kind: Kind
    title: str
    score: float
    paths: tuple[str, ...] = ()
    deviation: float = 0.0
    propensity: float = 0.0


class Offer(FrozenValue, frozen=True, kw_only=True):
    """Topic, framing and opener, with the snapshot of the decision; learning uses nothing else.

    `propensity` has the probability of each random choice made: "topic", "framing", "moment". `when` has the features
    of the moment, `receptivity` the prediction of the receptivity model (0..1). `needed` is the expected value (0..1)
    that the offer had to reach, `rivals` are the topics that came after it, best first; `deviation` is the standard
    deviation of `score`; `held_since` is when the topic was first deferred, None when it came at once. `reason` says in
    words why this topic, `now` why now.
    """

    id: str
    at: float
    topic: Topic
    opener: Opener
    score: float
    features: dict[str, float]
    contributions: dict[str, float]
    channels: dict[str, float]
    propensity: dict[str, float]
    when: dict[str, float]
    receptivity: float
    needed: float = 0.0
    rivals: tuple[Rival, ...] = ()
    deviation: float = 0.0
    held_since: float | None = None
    gates: tuple[Gate, ...] = ()
    reason: str = ""
    now: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    digest: int | UnsetType = UNSET
    """How many lines the digest had that opened with the offer, of which the topic is one."""
    listed: bool | UnsetType = UNSET
    """Whether the owner answered the topic in a list, so that nothing interrupted them."""


class Silence(FrozenValue, frozen=True, kw_only=True):
    """A decision not to speak although there was something to say; `times` counts repetitions up to `last`.

    `reason` is the name of the first gate that was shut, or an `OpenReason`; `detail` says it in words.
    `paths` are the notes that the topic rests on, so that forgetting a note finds it. The rest is what it takes to
    decide again under other settings: the `score` of the topic, the expected value (0..1) that was `needed`, the
    probability of this silence (`propensity`), the features of the moment (`when`), when the topic was first deferred
    (`held_since`), and the topics that came after it (`rivals`).
    """

    at: float
    last: float
    reason: str
    detail: str
    topic: str = ""
    kind: Kind | None = None
    title: str = ""
    paths: tuple[str, ...] = ()
    times: int = 1
    receptivity: float | None = None
    score: float = 0.0
    needed: float = 0.0
    propensity: float = 1.0
    when: dict[str, float] = field(default_factory=dict)
    held_since: float | None = None
    rivals: tuple[Rival, ...] = ()
    gates: tuple[Gate, ...] = ()


# --- talk --------------------------------------------------------------------------------------------------------


class Turn(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """A turn of a conversation. `sources` are the passages behind an answer; `stopped` says that it was cut short;
    `recalled` is the share (0..1) of what they say that the owner had said from memory, where it answers that.
    """

    role: Literal["user", "assistant"]
    text: str
    at: float
    sources: tuple[Evidence, ...] = ()
    spoken_by: str = ""
    stopped: bool = False
    recalled: float | None = None


class FoundName(FrozenValue, frozen=True, kw_only=True):
    """A name that completes what was typed: of a note with its `path`, or of a person, who has none."""

    name: str
    path: str = ""


class NoteRecall(FrozenValue, frozen=True):
    """When (unix seconds) the owner said from memory what a note says, and which share (0..1) of it."""

    at: float
    share: float


class Conversation(FrozenValue, frozen=True, kw_only=True):
    """A stored conversation; `offer` is the id of the offer that opened it, or empty where the user began."""

    id: str
    title: str
    at: float
    turns: tuple[Turn, ...]
    offer: str = ""
    topic: str = ""


class ConversationSummary(FrozenValue, frozen=True, kw_only=True):
    """A conversation as a list shows it.

    `at` is the time of the last turn, `turns` counts the turns; `words` are the first ones, or those that a search
    found.
    """

    id: str
    title: str
    at: float
    turns: int
    words: str = ""


# --- what was learned --------------------------------------------------------------------------------------------


class WelcomeShare(FrozenValue, frozen=True, kw_only=True):
    """The share of `answered` offers that were `welcome`, with its 95 % interval (0..1; Wilson 1927)."""

    welcome: int
    answered: int
    low: float
    high: float


class Belief(FrozenValue, frozen=True, kw_only=True):
    """A sentence about the owner, and the ids of the offers that support it; without offers, edit times support it.

    Where the owner excluded a kind of topic or a folder, the sentence says so, and one of the last two fields names it.
    """

    text: str
    offers: tuple[str, ...]
    unwanted_kind: Kind | None = None
    unwanted_folder: str = ""


class CitedOffer(FrozenValue, frozen=True, kw_only=True):
    """An offer as the evidence of a belief."""

    title: str
    at: float
    reaction: Reaction | None
    kind: Kind | None = None


# --- what is kept ------------------------------------------------------------------------------------------------


class DataStore(FrozenValue, frozen=True, kw_only=True):
    """A store in the data folder: what it holds, in words, and its size in bytes."""

    name: str
    holds: str
    size: int


class DataRecipient(FrozenValue, frozen=True, kw_only=True):
    """A receiver of data: `to` is a URL, or empty for nobody; `local` says that it is this machine.

    Another machine that is not `allowed` receives nothing.
    """

    name: str
    what: str
    to: str = ""
    local: bool = True
    allowed: bool = True


# --- status ------------------------------------------------------------------------------------------------------


class NotesStatus(FrozenValue, frozen=True, kw_only=True):
    """The progress of the index.

    `mode` is "watching", "polling" or "idle"; `lag_seconds` is the age of the oldest change that is not indexed yet.
    `unlisted` counts the files beyond those that are listed, where there are too many. `troubled` has notes that are
    read, and of which a part failed: a passage that cannot be embedded, a kind of topic that cannot be made. `unraised`
    has notes that are read and searched, and of which nothing is raised, because they are not the owner's own words.
    """

    folder: str
    watched: int = 0
    indexed: int = 0
    embedded: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    failed: tuple[SkippedFile, ...] = ()
    troubled: tuple[SkippedFile, ...] = ()
    unraised: tuple[SkippedFile, ...] = ()
    unlisted: int = 0
    lag_seconds: float = 0.0
    mode: str = "idle"
    detail: str = ""


class SourceStatus(FrozenValue, frozen=True, kw_only=True):
    """A source of items: its switch, how many items it holds, and how its last poll went (unix seconds; None: never).

    `failures` counts the polls that failed in a row, `trouble` says in words what was wrong or could not be read.
    """

    name: SourceName
    enabled: bool = False
    items: int = 0
    polled_at: float | None = None
    next_at: float | None = None
    failures: int = 0
    trouble: str = ""


class SpeakerStatus(FrozenValue, frozen=True, kw_only=True):
    """The language model that speaks. `backend` is "ollama", "llama.cpp" or "template".

    `detail` describes it in words, with what to do; `problem` says in a few words why no better model speaks.
    """

    backend: str
    model: str
    reachable: bool
    detail: str = ""
    problem: str = ""


class JournalStatus(FrozenValue, frozen=True, kw_only=True):
    """How much the journal holds."""

    events: int = 0
    offers: int = 0
    reactions: int = 0


class EmbeddingStatus(FrozenValue, frozen=True, kw_only=True):
    """The embedding model."""

    model: str
    dimensions: int


class OfferRhythm(FrozenValue, frozen=True, kw_only=True):
    """Today's offers and when the next one may come.

    `why_silent` is in words; `next_at` is None when unknown; `offer_waiting` says that an offer waits for an answer.
    `sensors` has the state of each sensor in words, `missing_sensors` those that are switched on and do not work here.
    """

    made: int = 0
    budget: int = 0
    next_at: float | None = None
    why_silent: str = ""
    prepared: int = 0
    sensors: dict[str, str] = field(default_factory=dict)
    missing_sensors: tuple[str, ...] = ()
    offer_waiting: bool = False


class BrainStatus(FrozenValue, frozen=True, kw_only=True):
    """Everything the status command and the resting screen show."""

    notes: NotesStatus
    passages: int = 0
    vectors: int = 0
    topics: dict[str, int] = field(default_factory=dict)
    mined_at: float | None = None
    """When the topics were found (unix seconds); None before the first time."""
    llm: SpeakerStatus = field(default_factory=lambda: SpeakerStatus(backend="template", model="", reachable=True))
    journal: JournalStatus = field(default_factory=JournalStatus)
    embedding: EmbeddingStatus = field(default_factory=lambda: EmbeddingStatus(model="", dimensions=0))
    rhythm: OfferRhythm = field(default_factory=OfferRhythm)
    unwanted: tuple[str, ...] = ()
    """Kinds of topic that the owner switched off."""
    sources: tuple[SourceStatus, ...] = ()
    """The sources of items that are on, or hold something."""
    held_back: int = 0
    """How many topics are never raised because they are tender."""


class BrainProcess(FrozenValue, frozen=True, kw_only=True):
    """The brain's process: its id, since when it runs (unix seconds), and how many faces and commands it serves."""

    pid: int
    since: float
    faces: int = 0
    commands: int = 0


class WordedSuggestion(FrozenValue, frozen=True, kw_only=True):
    """A suggestion with its opener and its reasons in words."""

    suggestion: Suggestion
    opener: Opener
    reasons: tuple[str, ...]


class RewardPoint(FrozenValue, frozen=True, kw_only=True):
    """The sums after an answered offer: the `reward` earned, and by `chance`, that of topics drawn at random (None
    while too little supports it). `at` is when it was offered (unix seconds).
    """

    at: float
    offer: str
    reward: float
    chance: float | None


class FramingEffect(FrozenValue, frozen=True, kw_only=True):
    """The effect of a framing on a kind: `lead` is its mean reward minus that of the other possible framings."""

    kind: str
    framing: str
    times: int
    lead: float


class OfferStatistics(FrozenValue, frozen=True, kw_only=True):
    """All figures. `moments` counts the answers to the question whether a moment was good, and those that said yes.

    `reward` and `chance` are sums over the answered offers that say something about their topic.

    `chance` is what topics drawn at random would have earned (self-normalised inverse propensity weighting: Swaminathan
    and Joachims 2015); None where fewer than `MIN_EFFECTIVE_ANSWERS` support it. `support` is the number of effective
    answers, `curve` how both sums grew.
    """

    days: int
    offers: int
    offers_a_day: float
    welcome: WelcomeShare
    moments: WelcomeShare
    by: dict[str, dict[str, WelcomeShare]]
    reward: float
    chance: float | None
    support: float
    curve: tuple[RewardPoint, ...]
    effects: tuple[FramingEffect, ...]
    beliefs: tuple[Belief, ...]
