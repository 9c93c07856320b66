"""The owner's own weeks again under other settings: what would have been offered, and what can be said of its worth.

Every offer and silence in the journal was decided by chance with a known probability, so other settings can be judged
by what is there (off-policy evaluation): self-normalised inverse propensity weighting (Swaminathan and Joachims 2015)
and the doubly robust estimate (Dudík, Langford and Li 2011), whose direct model is the P(welcome) that was predicted
before each answer. Gates that settings decide are decided again; what sensors said then stands. Pure.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct, structs

from proactive_tui.brain.sensing import utc_offset
from proactive_tui.brain.weighting import LARGEST, SUPPORT, effective
from proactive_tui.config import Config
from proactive_tui.journal.events import Offered, Recorded, Silent
from proactive_tui.journal.replay import History
from proactive_tui.model import Moment, Offer, Outcome, Silence
from proactive_tui.moment.boundaries import Boundary
from proactive_tui.moment.budget import budget
from proactive_tui.moment.decide import propensity, threshold
from proactive_tui.moment.gates import gates
from proactive_tui.recommend.background import WELCOME

SETTLED: Final = frozenset({"wanted", "quiet hours", "quiet day", "budget", "spacing"})
"""Gates that settings and earlier offers decide; the others are as sensors found them."""

UNTRIED: Final = 0.5
"""Largest share of the offers then that may be of moments at which the journal never spoke."""
DRAWS: Final = 1000


class Occasion(Struct, frozen=True, kw_only=True):
    """One moment of the journal at which there was something to say.

    `then` is the probability of speaking that was, `now` under the new settings; `welcome` is None where nothing was
    said or answered.
    """

    at: float
    topic: str
    title: str
    then: float
    now: float
    expected: float
    spoke: bool
    welcome: bool | None = None


class Estimate(Struct, frozen=True, kw_only=True):
    """A welcome rate (0..1) with its 95 % interval, by bootstrap over days."""

    rate: float
    low: float
    high: float


class Hindsight(Struct, frozen=True, kw_only=True):
    """What came of it: by day (made, would have been made), what would have been left out and said besides, estimates
    with the effective sample size, or why there are none (`refused`).
    """

    days: dict[str, tuple[int, float]]
    left_out: tuple[Occasion, ...]
    said_besides: tuple[Occasion, ...]
    welcome_then: Estimate | None
    weighted: Estimate | None
    doubly_robust: Estimate | None
    effective: float
    refused: str = ""


def hindsight(recorded: Iterable[Recorded], history: History, was: Config, new: Config, since: float) -> Hindsight:
    """Decide again everything from `since` (unix seconds) on that was decided by itself, under the settings `new`."""
    occasions = _again(recorded, history, was, new, since)
    answered = [each for each in occasions if each.spoke and each.welcome is not None]
    support = effective([_weight(each) for each in answered])
    likely = sum(each.now for each in occasions)
    untried = sum(each.now for each in occasions if each.then <= 0.0)
    refused = ""
    if support < SUPPORT:
        refused = f"{support:.1f} effective answers are too few to judge by; {SUPPORT:.0f} are needed"
    elif untried > UNTRIED * likely:
        refused = f"{untried:.0f} of {likely:.0f} offers would have come at moments at which it never spoke"
    days: dict[str, tuple[int, float]] = {}
    for each in occasions:
        made, would = days.get(_day(each), (0, 0.0))
        days[_day(each)] = made + each.spoke, would + each.now
    supported = [each for each in occasions if each.then > 0.0]
    return Hindsight(
        days=days,
        left_out=tuple(each for each in occasions if each.spoke and each.now < 0.5),
        said_besides=tuple(each for each in occasions if not each.spoke and each.now >= 0.5),
        welcome_then=_estimate([(_day(each), float(bool(each.welcome)), 1.0) for each in answered]),
        weighted=None if refused else _estimate([_ips(each) for each in answered]),
        doubly_robust=None if refused else _estimate([_robust(each) for each in supported]),
        effective=support,
        refused=refused,
    )


def _again(recorded: Iterable[Recorded], history: History, was: Config, new: Config, since: float) -> list[Occasion]:
    found: list[Occasion] = []
    logged: list[Outcome] = []
    made: list[Outcome] = []  # under the new settings
    for each in recorded:
        match each.event:
            case Offered(offer=offer):
                outcome = history.outcomes[offer.id]
                if offer.when and each.at >= since:
                    now = _chance(offer, logged, made, was, new)
                    reaction = outcome.reaction
                    found.append(
                        Occasion(
                            at=offer.at, topic=offer.topic.id, title=offer.topic.title, spoke=True, now=now,
                            then=offer.propensity.get("moment", 1.0), expected=offer.receptivity,
                            welcome=None if reaction in {None, "withdrawn"} else reaction in WELCOME,
                        )
                    )  # fmt: skip
                    if now >= 0.5:
                        made.append(outcome)
                else:
                    made.append(outcome)
                logged.append(outcome)
            case Silent(silence=silence) if each.at >= since and silence.when:
                now = _chance(silence, logged, made, was, new)
                found.append(
                    Occasion(
                        at=silence.at, topic=silence.topic, title=silence.title, spoke=False, now=now,
                        then=1.0 - silence.propensity, expected=silence.receptivity or 0.0,
                    )
                )  # fmt: skip
                if now >= 0.5:
                    made.append(_imagined(silence))
            case _:
                pass
    return found


def _chance(
    decision: Offer | Silence, logged: Sequence[Outcome], made: Sequence[Outcome], was: Config, new: Config
) -> float:
    """The probability of speaking on an occasion of the journal under the new settings."""
    now = Moment(at=decision.at, utc_offset=utc_offset(decision.at), history=tuple(made))
    stand = [gate.passed for gate in decision.gates if gate.name not in SETTLED]
    again = [gate.passed for gate in gates(now, new.offers, new.sensors) if gate.name in SETTLED]
    if not all([*stand, *again]):
        return 0.0
    if isinstance(decision, Offer) and decision.needed == 0.0:
        return decision.propensity.get("moment", 1.0)  # it had been held for long enough
    pause = None if decision.when.get("boundary: none") else Boundary(name="saved", at=decision.at, detail="")
    needed = threshold(budget(now, new.offers), pause, 0.0, new.offers)
    if decision.needed:
        before = structs.replace(now, history=tuple(logged))
        needed *= decision.needed / threshold(budget(before, was.offers), pause, 0.0, was.offers)
    value = max(0.0, decision.score) * (decision.receptivity or 0.0)
    return propensity(value, needed, new.offers, fresh=not made)


def _imagined(silence: Silence) -> Outcome:
    return Outcome(
        offer="", topic=silence.topic, aliases=(), cause="", kind="task", framing="question", at=silence.at
    )  # of which budget and spacing only need the time


def _weight(each: Occasion) -> float:
    return min(LARGEST, each.now / each.then)


def _ips(each: Occasion) -> tuple[str, float, float]:
    weight = _weight(each)
    return _day(each), weight * bool(each.welcome), weight


def _robust(each: Occasion) -> tuple[str, float, float]:
    direct = each.now * each.expected
    if each.spoke and each.welcome is not None:
        direct += _weight(each) * (each.welcome - each.expected)
    return _day(each), direct, each.now


def _estimate(rows: Sequence[tuple[str, float, float]]) -> Estimate | None:
    """Sum of the second over sum of the third, with its interval; rows are (day, value, weight)."""
    days: dict[str, tuple[float, float]] = {}
    for day, value, weight in rows:
        values, weights = days.get(day, (0.0, 0.0))
        days[day] = values + value, weights + weight
    units = list(days.values())
    if not sum(weight for _, weight in units):
        return None
    rng = random.Random(0)
    drawn = (rng.choices(units, k=len(units)) for _ in range(DRAWS))
    rates = sorted(_ratio(each) for each in drawn if sum(weight for _, weight in each))
    return Estimate(rate=_ratio(units), low=rates[int(0.025 * len(rates))], high=rates[int(0.975 * len(rates))])


def _ratio(units: Sequence[tuple[float, float]]) -> float:
    return min(1.0, max(0.0, sum(value for value, _ in units) / sum(weight for _, weight in units)))


def _day(each: Occasion) -> str:
    return datetime.fromtimestamp(each.at).astimezone().date().isoformat()
