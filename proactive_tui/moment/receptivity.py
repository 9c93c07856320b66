"""Predicts how welcome an offer would be now, whatever its topic: a prior from the literature plus a regression.

The literature supports the direction of the prior: breaks of a task are better moments than its middle (Iqbal and
Bailey 2008, *Effects of intelligent notification management on users and their tasks*, CHI; 2010, *Oasis: a framework
for linking notification delivery to the perceptual structure of goal-directed tasks*, ACM TOCHI 17(4)); so is the end
of an episode of activity (Fischer, Greenhalgh and Benford 2011, *Investigating episodes of mobile phone activity as
indicators of opportune moments to deliver notifications*, MobileHCI); time, activity and earlier reactions tell good
moments from bad ones (Pejovic and Musolesi 2014, *InterruptMe*, UbiComp; Mehrotra et al. 2015, *Designing
content-driven intelligent notification mechanisms for mobile applications*, UbiComp); and choosing the moment by a
model raised engagement (Pielot et al. 2017, *Beyond interruptibility*, IMWUT 1(3)). All sizes below are this project's
choice: none of these studies measured a terminal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.discretizer import PAIR_SEPARATOR, ReadingDiscretizer
from proactive_tui.moment.feature_names import PAIR_FEATURE_PREFIX, is_band, is_raw_reading
from proactive_tui.units import SECONDS_PER_DAY

if TYPE_CHECKING:
    from proactive_tui.learning.bayesian_regression import DriftingRegression

RECEPTIVITY_BIAS: Final = "always"

RECEPTIVITY_PRIOR_WEIGHTS: Final[dict[str, float]] = {
    RECEPTIVITY_BIAS: 0.4,
    "boundary: returned": 0.10,
    "boundary: commit": 0.10,
    "boundary: saved": 0.08,
    "boundary: conversation ended": 0.04,
    "boundary: appointment ended": 0.08,
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
"""The probability that each feature adds before anything was learned."""

RECEPTIVITY_PRIOR_DEVIATIONS: Final = {RECEPTIVITY_BIAS: 0.15}
RECEPTIVITY_DEFAULT_DEVIATION: Final = 0.12
"""Standard deviation of a weight around its prior. About ten features hold at a time, so the prior standard deviation
of a prediction is about 0.4: a dozen reactions make it personal.
"""

RECEPTIVITY_NOISE_VARIANCE: Final = 0.22
"""Variance of a single reaction around its mean: mostly luck (a coin of 0.35 has 0.23), so one reaction changes
little."""

BAND_PRIOR_DEVIATION: Final = 0.08
"""Standard deviation of a band's weight around its prior; smaller, as many bands hold at a time."""

RECEPTIVITY_HALF_LIFE_REACTIONS: Final = 3000.0
RECEPTIVITY_HALF_LIFE_DAYS: Final = 60.0
"""Habits drift: what was learned halves after this many reactions, and after this many days."""

WELCOME_HALF_LIFE_ANSWERS: Final = (5.0, 30.0)
"""Half-lives, in answers, of the means that say how welcome offers were lately."""

PROBABILITY_BOUNDS: Final = (0.02, 0.98)

MOMENT_ANSWER_WEIGHT: Final = 1.0
"""Weight of the owner's answer about a moment: that of the clearest reaction."""


class _OfferLesson(Struct, frozen=True):
    """The lesson of the reactions to an offer: its features, the sum of weighted targets, and that of weights."""

    offer: str
    features: dict[str, float]
    welcome: float
    weight: float


class ReceptivityModel:
    """Predicts from `when` features (see features.py) how welcome an offer would be; learns from reactions."""

    def __init__(self) -> None:
        from proactive_tui.learning.bayesian_regression import DriftingRegression  # noqa: PLC0415 - loads River
        from proactive_tui.learning.fading_mean import FadingMean  # noqa: PLC0415 - loads River

        self._model: DriftingRegression = DriftingRegression(
            noise=RECEPTIVITY_NOISE_VARIANCE,
            spread=_prior_deviation,
            sparse=(PAIR_FEATURE_PREFIX,),
            half_life=RECEPTIVITY_HALF_LIFE_REACTIONS,
        )
        self._discretizer = ReadingDiscretizer()
        self._recent_welcome = {half_life: FadingMean() for half_life in WELCOME_HALF_LIFE_ANSWERS}
        self._overall_welcome = FadingMean()
        self._overall_welcome.update(RECEPTIVITY_PRIOR_WEIGHTS[RECEPTIVITY_BIAS])
        self._learned = 0
        self._at: float | None = None
        self._last_lesson: _OfferLesson | None = None
        self._rated_offers: set[str] = set()  # offers whose moment the owner has rated

    @property
    def version(self) -> str:
        """The name of the model, and the number of targets it has learned."""
        return f"receptivity-1/{self._learned}"

    def predict(self, when: Mapping[str, float | str]) -> float:
        """Probability (0..1) that an offer is welcome at such a moment.

        Texts, and numbers whose name begins with RAW_READING_PREFIX, may be anything; others are in -1..1.
        """
        low, high = PROBABILITY_BOUNDS
        return min(high, max(low, math.fsum(self.contributions(when).values())))

    def contributions(self, when: Mapping[str, float | str]) -> dict[str, float]:
        """The probability that each feature adds, prior and learned weight together; the largest first.

        They add up to the prediction before it is clipped.
        """
        parts = {
            name: (RECEPTIVITY_PRIOR_WEIGHTS.get(name, 0.0) + self._model.learned_weight(name)) * value
            for name, value in self._model_features(when).items()
        }
        return dict(sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0])))

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the moment of an offer, where the reaction says something about it. Once the owner has rated the
        moment, reactions teach nothing more.
        """
        target = REACTION_MEANINGS[reaction].moment
        if target is None or offer.id in self._rated_offers:
            return
        welcome, weight = target
        features = self.learn_moment(offer.when, welcome, weight, at)
        before = (
            self._last_lesson
            if self._last_lesson and self._last_lesson.offer == offer.id
            else _OfferLesson(offer.id, {}, 0.0, 0.0)
        )
        self._last_lesson = _OfferLesson(offer.id, features, before.welcome + weight * welcome, before.weight + weight)

    def learn_answer(self, offer: Offer, good: bool, at: float) -> None:
        """Learn the owner's answer to whether the moment of an offer was good.

        A reaction is a guess about the moment, the answer is about the moment itself: the target learned now is such
        that reaction and answer together amount to the answer. In least squares, observations of one row of features
        amount to their weighted mean.
        """
        self._rated_offers.add(offer.id)
        last = self._last_lesson
        if last is None or last.offer != offer.id:
            self.learn_moment(offer.when, float(good), MOMENT_ANSWER_WEIGHT, at)
            return
        welcome = (float(good) * (last.weight + MOMENT_ANSWER_WEIGHT) - last.welcome) / MOMENT_ANSWER_WEIGHT
        self._learn_target(last.features, welcome, MOMENT_ANSWER_WEIGHT, at)
        for mean in self._recent_welcome.values():
            mean.update(welcome, MOMENT_ANSWER_WEIGHT)

    def learn_moment(
        self, when: Mapping[str, float | str], welcome: float, weight: float, at: float
    ) -> dict[str, float]:
        """Learn how welcome (0..1) an offer was at a moment, with a weight in 0..1. Older targets fade by the time
        `at`.

        Returns the features used.
        """
        features = self._model_features(when)
        self._learn_target(features, welcome, weight, at)
        self._discretizer.update_edges(_raw_readings(when))
        for half_life, mean in self._recent_welcome.items():
            mean.fade(0.5 ** (1.0 / half_life))
            mean.update(welcome, weight)
        return features

    def _learn_target(self, features: Mapping[str, float], welcome: float, weight: float, at: float) -> None:
        if self._at is not None and at > self._at:
            self._model.apply_decay((at - self._at) / SECONDS_PER_DAY / RECEPTIVITY_HALF_LIFE_DAYS)
        self._at = at if self._at is None else max(at, self._at)
        error = welcome - math.fsum(
            RECEPTIVITY_PRIOR_WEIGHTS.get(name, 0.0) * value for name, value in features.items()
        )
        # A weight divides the noise variance: scaling both sides by its root does that in any least-squares model.
        root = math.sqrt(weight)
        self._model.learn_one({name: value * root for name, value in features.items()}, error * root)
        self._learned += 1
        self._overall_welcome.update(welcome, weight)

    def _model_features(self, when: Mapping[str, float | str]) -> dict[str, float]:
        """The model's features: plain numbers as they are, readings in bands, and how welcome offers were lately."""
        raw = _raw_readings(when)
        found = {name: value for name, value in when.items() if name not in raw and isinstance(value, float | int)}
        for name, value in self._discretizer.encode(raw).items():
            found[PAIR_FEATURE_PREFIX + name if PAIR_SEPARATOR in name else name] = value
        usual = self._overall_welcome.get()
        if self._learned:
            for half_life, mean in self._recent_welcome.items():
                found[f"lately {half_life:.0f}"] = 2.0 * (mean.shrunk(usual, 2.0) - usual)
        return {**found, RECEPTIVITY_BIAS: 1.0}

    def learned_weights(self) -> dict[str, float]:
        """The learned weight of every feature seen so far."""
        return self._model.learned_weights()


def _raw_readings(when: Mapping[str, float | str]) -> dict[str, float | str]:
    return {name: value for name, value in when.items() if isinstance(value, str) or is_raw_reading(name)}


def _prior_deviation(name: str) -> float:
    if name in RECEPTIVITY_PRIOR_DEVIATIONS:
        return RECEPTIVITY_PRIOR_DEVIATIONS[name]
    return BAND_PRIOR_DEVIATION if is_band(name) else RECEPTIVITY_DEFAULT_DEVIATION
