"""Which topic would have come first under other settings, among those that a journaled decision names. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from statistics import NormalDist
from typing import Final, NamedTuple

from proactive_tui.config import Config
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.shared_words import Kind

LIKELY_PROBABILITY: Final = 0.5
"""An outcome at least this likely, given what chance decided then, is taken to happen."""

NORMAL_QUANTILES: Final = tuple(NormalDist().inv_cdf((step + 0.5) / 64) for step in range(64))
"""Quantiles of the standard normal distribution at equal steps of probability."""

MIN_WIN_PROBABILITY: Final = 1e-6


class TopicOption(NamedTuple):
    """A topic that could be raised: its score, the score's standard deviation, and its probability to come first.

    Old journals do not tell the `kind` of a topic that was not raised.
    """

    topic: str
    kind: Kind | None
    title: str
    score: float
    deviation: float = 0.0
    propensity: float = 1.0


class TopicChoice(NamedTuple):
    """The topic that would be raised now (`option`), and how that compares with then.

    `weight` is how many times as likely the topic that came first then is now, `tried` whether the option could have
    come first then.
    """

    option: TopicOption | None
    weight: float
    tried: bool


def list_options(decision: Offer | Silence) -> list[TopicOption]:
    """The topic that came first at a decision, then those that the journal knows to have come after it."""
    rest = [TopicOption(rival.topic, rival.kind, rival.title, rival.score, rival.deviation, rival.propensity)
        for rival in decision.rivals]  # fmt: skip
    if isinstance(decision, Silence):
        return [TopicOption(decision.topic, decision.kind, decision.title, decision.score), *rest]
    topic, likely = decision.topic, decision.propensity.get("topic", 1.0)
    return [TopicOption(topic.id, topic.kind, topic.title, decision.score, decision.deviation, likely), *rest]


def is_kind_enabled(option: TopicOption, config: Config) -> bool:
    """Whether the option's kind may be raised; an unknown kind may."""
    return option.kind is None or option.kind in config.topics.kinds


def choose_option(known: Sequence[TopicOption], was: Config, new: Config, said: Collection[str]) -> TopicChoice:
    """Choose which of `known` comes first now, without disabled kinds and `said` topics; then, the first one did.

    Probabilities are those among the known topics: the journal keeps the best few, and the others hardly ever win. The
    topic that came first stays first unless that is less than half as likely now.
    """
    first = known[0]
    left = [option for option in known if is_kind_enabled(option, new) and option.topic not in said]
    if not left:
        return TopicChoice(None, 0.0, tried=True)
    doubts = any(option.deviation for option in known)
    explored = doubts and was.offers.exploration != new.offers.exploration
    if len(left) == len(known) and not explored:
        return TopicChoice(first, 1.0, tried=True)
    if not doubts:  # in the order in which they came
        return TopicChoice(left[0], float(left[0] is first), tried=left[0] is first or left[0].propensity > 0.0)
    scale = new.offers.exploration / was.offers.exploration if was.offers.exploration else 1.0
    chances = [win_probability(place, left, scale) for place in range(len(left))]
    weight = 0.0
    if left[0] is first:
        weight = min(
            chances[0] / max(win_probability(0, known), MIN_WIN_PROBABILITY),
            1.0 / max(first.propensity, MIN_WIN_PROBABILITY),
        )
        if weight >= LIKELY_PROBABILITY or len(left) == 1:
            return TopicChoice(first, weight, tried=True)
        chances[0] = -1.0
    best = left[chances.index(max(chances))]
    return TopicChoice(best, weight, tried=best.propensity > 0.0)


def win_probability(place: int, topics: Sequence[TopicOption], scale: float = 1.0) -> float:
    """The probability (0..1) that the score drawn for the topic at `place` is the highest of all.

    This is Thompson sampling as in recommend/choose.py among these topics, with deviations `scale` times as large.
    """
    one, others = topics[place], [option for number, option in enumerate(topics) if number != place]
    spread = scale * one.deviation
    draws = [one.score + spread * quantile for quantile in NORMAL_QUANTILES] if spread else [one.score]
    return sum(
        math.prod(_probability_below(draw, option.score, scale * option.deviation) for option in others)
        for draw in draws
    ) / len(draws)


def _probability_below(draw: float, mean: float, deviation: float) -> float:
    return 0.5 * math.erfc((mean - draw) / (deviation * math.sqrt(2.0))) if deviation else float(draw >= mean)
