"""How welcome an offer would be now, whatever it is about: a prior from the literature, with what reactions taught.

What the literature supports, in direction: breaks of a task are better moments than its middle (Iqbal and Bailey 2008,
*Effects of intelligent notification management on users and their tasks*, CHI; 2010, *Oasis: a framework for linking
notification delivery to the perceptual structure of goal-directed tasks*, ACM TOCHI 17(4)); so is the end of an episode
of activity (Fischer, Greenhalgh and Benford 2011, *Investigating episodes of mobile phone activity as indicators of
opportune moments to deliver notifications*, MobileHCI); time, activity and earlier reactions tell good moments from bad
ones (Pejovic and Musolesi 2014, *InterruptMe*, UbiComp; Mehrotra et al. 2015, *Designing content-driven intelligent
notification mechanisms for mobile applications*, UbiComp); and choosing the moment by a model raised engagement (Pielot
et al. 2017, *Beyond interruptibility*, IMWUT 1(3)). All sizes below are this project's choice: none of these studies
measured a terminal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from proactive_tui.model import Offer, Reaction
from proactive_tui.moment.discretizer import PAIR_SIGN, Bands

if TYPE_CHECKING:
    from proactive_tui.learning.bayesian_regression import DriftingRegression

ALWAYS: Final = "always"
RAW: Final = "~"
"""A number whose name begins with this may have any size, and is told by bands (see bands.py)."""
PAIRED: Final = "both: "

PRIOR: Final[dict[str, float]] = {
    ALWAYS: 0.4,
    "boundary: returned": 0.10,
    "boundary: commit": 0.10,
    "boundary: saved": 0.08,
    "boundary: conversation ended": 0.04,
    "boundary: started": 0.04,
    "boundary: none": -0.04,
    "pace of edits": -0.12,
    "time: night": -0.10,
    "last offer: < 1 min": -0.08,
    "last offer: 1–5 min": -0.06,
    "last offer: 5–30 min": -0.03,
    "not focused": -0.04,
    "focused": 0.02,
    "idle": -0.05,
    "recent welcome": 0.10,
    "usually here": 0.04,
}
"""Points of probability that each feature adds before anything was learned."""

SPREADS: Final = {ALWAYS: 0.15}
USUAL_SPREAD: Final = 0.12
"""Standard deviation of a weight around its prior: how far a person may be from it. About ten features are there at a
time, so a moment's prediction may be off by 0.4: enough for a dozen reactions to make it personal.
"""

NOISE: Final = 0.22
"""Variance of a single reaction around its mean: it is mostly luck (a coin of 0.35 has 0.23), so one changes little."""

BAND_SPREAD: Final = 0.08
"""The same for what is told by bands, of which many hold at a time."""

EVENTS: Final = 3000.0
DAYS: Final = 60.0
"""Habits drift: what was learned halves after so many reactions, or so many days: with few offers, days."""

LATELY: Final = (5.0, 30.0)
"""Half-lives, in answers, of how welcome offers were lately: moods last."""

BOUNDS: Final = (0.02, 0.98)

TEACHES: Final[dict[Reaction, tuple[float, float]]] = {
    "engaged": (1.0, 1.0),
    "followed up": (1.0, 0.5),  # comes after `engaged`, which has taught most of it
    "snoozed": (0.0, 0.3),
    "ignored": (0.0, 0.6),  # perhaps nobody looked
    "not now": (0.0, 1.0),
}
"""What a reaction says about the moment (0..1), and its weight; `not this` and `withdrawn` say nothing about it."""

ANSWER: Final = 1.0
"""Weight of what the owner says about a moment when asked: that of the clearest reaction."""


class _Lesson(Struct, frozen=True):
    """What the reactions to an offer have taught: the features they were learned with, weighted welcome, and weight."""

    offer: str
    features: dict[str, float]
    welcome: float
    weight: float


class Receptivity:
    """Predicts from `when` features (see when.py) how welcome an offer would be; learns from reactions."""

    def __init__(self) -> None:
        from proactive_tui.learning.bayesian_regression import DriftingRegression  # noqa: PLC0415 - loads River

        self._model: DriftingRegression = DriftingRegression(
            noise=NOISE, spread=_spread, sparse=(PAIRED,), half_life=EVENTS
        )
        self._bands = Bands()
        self._lately = [(0.0, 0.0)] * len(LATELY)  # welcome, and answers, that fade
        self._ever = (PRIOR[ALWAYS], 1.0)
        self._learned = 0
        self._at: float | None = None
        self._last: _Lesson | None = None
        self._told: set[str] = set()  # offers of whose moment the owner spoke

    @property
    def version(self) -> str:
        """Which model this is, and how many reactions it has seen."""
        return f"receptivity-1/{self._learned}"

    def predict(self, when: Mapping[str, float | str]) -> float:
        """Probability (0..1) that an offer is welcome at such a moment.

        Texts, and numbers whose name begins with RAW, may be anything: they are told by bands. Others are in -1..1.
        """
        low, high = BOUNDS
        return min(high, max(low, math.fsum(self.contributions(when).values())))

    def contributions(self, when: Mapping[str, float | str]) -> dict[str, float]:
        """Points of probability that each feature adds, by prior and learning together; the largest first.

        They add up to the prediction before it is kept within bounds.
        """
        features = self._features(when)
        learned = self._model.weights()
        parts = {name: (PRIOR.get(name, 0.0) + learned.get(name, 0.0)) * value for name, value in features.items()}
        return dict(sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0])))

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the moment that an offer was made in. `not this` and `withdrawn` teach nothing about moments, and
        no reaction does once its owner has said how the moment was.
        """
        if reaction not in TEACHES or offer.id in self._told:
            return
        welcome, weight = TEACHES[reaction]
        features = self.learn_when(offer.when, welcome, weight, at)
        before = self._last if self._last and self._last.offer == offer.id else _Lesson(offer.id, {}, 0.0, 0.0)
        self._last = _Lesson(offer.id, features, before.welcome + weight * welcome, before.weight + weight)

    def told(self, offer: Offer, good: bool, at: float) -> None:
        """Learn what the owner said, when asked, about the moment of an offer.

        A reaction is a guess at the moment and the answer is about it: what is learned now is such that both together
        amount to the answer. In least squares, observations of one row of features amount to their weighted mean.
        """
        self._told.add(offer.id)
        last = self._last
        if last is None or last.offer != offer.id:
            self.learn_when(offer.when, float(good), ANSWER, at)
            return
        welcome = (float(good) * (last.weight + ANSWER) - last.welcome) / ANSWER
        self._learn(last.features, welcome, ANSWER, at)
        self._lately = [(rate + ANSWER * welcome, seen + ANSWER) for rate, seen in self._lately]

    def learn_when(self, when: Mapping[str, float | str], welcome: float, weight: float, at: float) -> dict[str, float]:
        """Learn how welcome (0..1) an offer was at a moment, with a weight in 0..1. Lessons fade with time `at`.

        Returns the features that it was learned with.
        """
        features = self._features(when)
        self._learn(features, welcome, weight, at)
        self._bands.see(_raw(when))
        self._lately = [
            (rate * kept + weight * welcome, seen * kept + weight)
            for (rate, seen), kept in zip(self._lately, (0.5 ** (1.0 / each) for each in LATELY), strict=True)
        ]
        return features

    def _learn(self, features: Mapping[str, float], welcome: float, weight: float, at: float) -> None:
        if self._at is not None and at > self._at:
            self._model.fade((at - self._at) / 86_400.0 / DAYS)
        self._at = at if self._at is None else max(at, self._at)
        error = welcome - math.fsum(PRIOR.get(name, 0.0) * value for name, value in features.items())
        # A weight is a smaller share of noise: scaling both sides by its root does that in any least-squares model.
        root = math.sqrt(weight)
        self._model.learn_one({name: value * root for name, value in features.items()}, error * root)
        self._learned += 1
        self._ever = self._ever[0] + weight * welcome, self._ever[1] + weight

    def _features(self, when: Mapping[str, float | str]) -> dict[str, float]:
        """What the model sees: plain numbers as they are, readings in bands, and how it went lately."""
        raw = _raw(when)
        found = {name: value for name, value in when.items() if name not in raw and isinstance(value, float | int)}
        for name, value in self._bands.encode(raw).items():
            found[PAIRED + name if PAIR_SIGN in name else name] = value
        usual = self._ever[0] / self._ever[1]
        if self._learned:
            for half_life, (welcome, seen) in zip(LATELY, self._lately, strict=True):
                found[f"lately {half_life:.0f}"] = 2.0 * ((welcome + 2.0 * usual) / (seen + 2.0) - usual)
        return {**found, ALWAYS: 1.0}

    def state(self) -> dict[str, float]:
        """The learned weight of every feature seen so far, for comparing two replays."""
        return self._model.weights()


def _raw(when: Mapping[str, float | str]) -> dict[str, float | str]:
    return {name: value for name, value in when.items() if isinstance(value, str) or name.startswith(RAW)}


def _spread(name: str) -> float:
    if name in SPREADS:
        return SPREADS[name]
    return BAND_SPREAD if name.startswith((RAW, PAIRED)) or "=" in name else USUAL_SPREAD


def explain(contributions: Mapping[str, float], most: int = 4) -> tuple[str, ...]:
    """The strongest reasons in words, largest first; `always` is where everybody starts."""
    strong = [(name, points) for name, points in contributions.items() if name != ALWAYS and abs(points) >= 0.01]
    strong.sort(key=lambda part: (-abs(part[1]), part[0]))
    return tuple(f"{_words(name)}: {100 * points:+.0f} points" for name, points in strong[:most])


_WORDS: Final = {
    "hour sin": "the hour",
    "hour cos": "the hour",
    "boundary: returned": "you just came back",
    "boundary: commit": "you just committed",
    "boundary: saved": "you saved and paused",
    "boundary: conversation ended": "a conversation just ended",
    "boundary: started": "you just started",
    "boundary: none": "no break in what you do",
    "pace of edits": "how busily you write",
    "focused": "this terminal has the focus",
    "not focused": "you look elsewhere",
    "idle": "how long nobody typed",
    "recent welcome": "how the last offers were taken",
    "usually here": "how usual it is that you are here",
}


_READING: Final = re.compile(r"~[^#&=]+?(?=#| rank|=| &|$)")
_BANDED: Final = {"~hour": "the hour", "~minutes since offer": "how long since the last offer", "~edits": "your pace"}


def _words(name: str) -> str:
    if name in _WORDS:
        return _WORDS[name]
    if name.startswith("lately "):
        return "how offers were taken lately"
    if name.startswith((RAW, PAIRED)):
        readings = dict.fromkeys(_BANDED.get(each, each.strip("~ ")) for each in _READING.findall(name))
        return " and ".join(readings)
    signal, _, value = name.partition(": ")
    match signal:
        case "time":
            return f"it is {value}"
        case "day":
            return f"it is a {value}" if value == "workday" else "it is the weekend"
        case "saved" | "key" | "last offer":
            last = {"saved": "last saved", "key": "last key", "last offer": "last offer"}[signal]
            return f"{last} {value if value == 'longer' else value + ' ago'}".replace("longer", "more than 2 h ago")
    return name
