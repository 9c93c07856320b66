"""Offers, and what stands beside them: their reasons, the digest, the shelf, silences."""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, UnsetType, field

from proactive_tui.model.moment_values import Gate
from proactive_tui.model.shared_words import Framing, FrozenValue, Kind, Reaction
from proactive_tui.model.topic_values import Evidence, Topic


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


class OwnerAnswer(FrozenValue, frozen=True):
    """How the owner answered: with what reaction, until when a snooze lasts (unix seconds), and whether the kind of the
    topic (`never`) or the folder of its note (`never_folder`) is not to be raised again.
    """

    reaction: Reaction
    until: float | None = None
    never: bool = False
    never_folder: bool = False


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
