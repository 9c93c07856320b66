"""How brain, index, sources and language model are, and what was counted."""

from __future__ import annotations

from msgspec import field

from proactive_tui.model.learned_values import Belief, WelcomeShare
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.offer_values import Opener, Suggestion
from proactive_tui.model.shared_words import FrozenValue, SourceName


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
