"""What would have come first under other settings, among the topics that a decision of the journal names. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from statistics import NormalDist
from typing import Final, NamedTuple

from proactive_tui.config import Config
from proactive_tui.model import Kind, Offer, Silence

LIKELY: Final = 0.5
"""What is at least as likely as this, after what chance decided then, is taken to happen."""

POINTS: Final = tuple(NormalDist().inv_cdf((each + 0.5) / 64) for each in range(64))
"""Of equal probability under the normal distribution."""

LEAST: Final = 1e-6


class Option(NamedTuple):
    """A topic that could be raised: what it is worth, how unsure the ranker was of that, and how likely it was to come
    first. Old journals do not tell the `kind` of what was not said.
    """

    topic: str
    kind: Kind | None
    title: str
    score: float
    deviation: float = 0.0
    propensity: float = 1.0


class Choice(NamedTuple):
    """What would be raised, how many times as likely what came first then is, and whether this one could come first."""

    option: Option | None
    weight: float
    tried: bool


def options(decision: Offer | Silence) -> list[Option]:
    """What came first at a decision, and then what the journal knows to have come after it."""
    rest = [Option(each.topic, each.kind, each.title, each.score, each.deviation, each.propensity)
        for each in decision.rivals]  # fmt: skip
    if isinstance(decision, Silence):
        return [Option(decision.topic, decision.kind, decision.title, decision.score), *rest]
    topic, likely = decision.topic, decision.propensity.get("topic", 1.0)
    return [Option(topic.id, topic.kind, topic.title, decision.score, decision.deviation, likely), *rest]


def is_on(option: Option, config: Config) -> bool:
    """Whether topics of its kind may be raised, as far as its kind is known."""
    return option.kind is None or option.kind in config.topics.kinds


def choose(known: Sequence[Option], was: Config, new: Config, said: Collection[str]) -> Choice:
    """What comes first of `known` (the first of which did, then) without kinds that are off and ids that were `said`.

    How likely each is to come first is that among those known: the journal keeps the best few, and the others hardly
    ever win. What came first stays first unless that is less than half as likely now.
    """
    first = known[0]
    left = [each for each in known if is_on(each, new) and each.topic not in said]
    if not left:
        return Choice(None, 0.0, tried=True)
    doubts = any(each.deviation for each in known)
    explored = doubts and was.offers.exploration != new.offers.exploration
    if len(left) == len(known) and not explored:
        return Choice(first, 1.0, tried=True)
    if not doubts:  # in the order in which they came
        return Choice(left[0], float(left[0] is first), tried=left[0] is first or left[0].propensity > 0.0)
    scale = new.offers.exploration / was.offers.exploration if was.offers.exploration else 1.0
    chances = [comes_first(place, left, scale) for place in range(len(left))]
    weight = 0.0
    if left[0] is first:
        weight = min(chances[0] / max(comes_first(0, known), LEAST), 1.0 / max(first.propensity, LEAST))
        if weight >= LIKELY or len(left) == 1:
            return Choice(first, weight, tried=True)
        chances[0] = -1.0
    best = left[chances.index(max(chances))]
    return Choice(best, weight, tried=best.propensity > 0.0)


def comes_first(place: int, topics: Sequence[Option], scale: float = 1.0) -> float:
    """The probability (0..1) that the score drawn for the topic at `place` is the highest, with deviations `scale`
    times as large: Thompson sampling as in recommend/choose.py, among these topics alone.
    """
    one, others = topics[place], [each for number, each in enumerate(topics) if number != place]
    spread = scale * one.deviation
    draws = [one.score + spread * each for each in POINTS] if spread else [one.score]
    return sum(math.prod(_below(draw, each.score, scale * each.deviation) for each in others) for draw in draws) / len(
        draws
    )


def _below(draw: float, mean: float, deviation: float) -> float:
    return 0.5 * math.erfc((mean - draw) / (deviation * math.sqrt(2.0))) if deviation else float(draw >= mean)
