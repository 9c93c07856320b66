"""Off-policy evaluation: estimates from the journal how welcome offers would be under other settings.

Every offer and silence in the journal was decided at random with a known probability, so the journal can judge other
settings as well: self-normalised inverse propensity weighting (Swaminathan and Joachims 2015)
and the doubly robust estimate (Dudík, Langford and Li 2011), whose direct model is the P(welcome) predicted
before each answer. simulate.py decides again; this module estimates from what it decided. Pure.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from proactive_tui.brain.insight.offpolicy.simulate import DecisionPoint, simulate_decisions
from proactive_tui.brain.insight.offpolicy.weights import (
    MAX_IMPORTANCE_WEIGHT,
    MIN_EFFECTIVE_ANSWERS,
    effective_sample_size,
)
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.journal.events import RecordedEvent
from proactive_tui.journal.projection import JournalState
from proactive_tui.model.shared_words import SOURCE_NAMES
from proactive_tui.text.dates.local_days import local_day

EVALUABLE_SETTINGS: Final = frozenset({
    "topics.kinds", "offers.per_day", "offers.first_day", "offers.spacing_minutes", "offers.idle_seconds",
    "offers.first_after_seconds", "offers.hold_minutes", "offers.quiet_hours", "offers.quiet_days",
    "offers.active_hours", "offers.exploration", "sensors.keys", "sensors.edits", "sensors.clock", "sensors.focus",
    "sensors.idle", "sensors.commits", "sensors.away_minutes",
})  # fmt: skip
EVALUABLE_SETTINGS_HINT: Final = (
    "Fewer topics.kinds, sensors.* that are off, sensors.away_minutes and all of offers.* but ask, prepare "
    "and ignored_after_seconds can be judged."
)
REASONS_NOT_EVALUABLE: Final[dict[str, str]] = {
    "notes": "it changes which notes are read, and the journal only knows the topics that were found then",
    "index": "it changes how notes are searched, and the journal only knows the topics that came first then",
    "topics.raise_tender_in": "it changes which topics may be raised, and the journal only knows those of then",
    "topics.theme_days": "it changes which themes are found, and the journal only knows those of then",
    "offers.ignored_after_seconds": "it changes how long an offer waits, and the answers are those of then",
    "offers.ask": "it changes what you are asked, and the answers are those of then",
    "offers.digest": "it changes what is shown around an offer, and the answers are those of then",
    "offers.prepare": "it changes how soon words are ready, not what is offered and when",
    "llm": "it changes the words of an offer, and nobody knows how others would have been answered",
    **dict.fromkeys(
        SOURCE_NAMES, "it changes what a source brings, and the journal only knows the topics that were found then"
    ),
    "brain": "it changes what goes on while nobody looks, and the journal only knows the offers of then",
    "face": "it changes the screen, and the answers are those to the screen of then",
    "sensors.reactions": "it changes whether answers are kept, and the answers are what an estimate rests on",
    "sensors.conversations": "it changes what is kept of conversations, and no offer",
    "journal": "it changes what is kept and logged, and no offer",
    "capture": "it changes where a captured line goes, and no offer",
}
"""Why a setting, or a whole table of settings, cannot be judged."""

MAX_UNTRIED_SHARE: Final = 0.5
"""No estimate where a larger share of the offers would be at moments at which no offer was ever likely."""
BOOTSTRAP_DRAWS: Final = 1000


class RateEstimate(Struct, frozen=True, kw_only=True):
    """A welcome rate (0..1) with its 95 % interval, by bootstrap over days."""

    rate: float
    low: float
    high: float


class OffPolicyReport(Struct, frozen=True, kw_only=True):
    """The decisions under other settings, and the estimates that they allow.

    `days` has the offers (made, expected under the new settings) of each local day (ISO date); `effective` is the
    effective sample size; `refused` says why there is no estimate; `caveats` are sentences.
    """

    days: dict[str, tuple[int, float]]
    offered: tuple[DecisionPoint, ...]
    left_out: tuple[DecisionPoint, ...]
    said_besides: tuple[DecisionPoint, ...]
    welcome_then: RateEstimate | None
    weighted: RateEstimate | None
    doubly_robust: RateEstimate | None
    effective: float
    refused: str = ""
    caveats: tuple[str, ...] = ()


def evaluate_settings(
    recorded: Iterable[RecordedEvent], history: JournalState, was: Config, new: Config, since: float
) -> OffPolicyReport:
    """Decide again, under the settings `new`, everything that was decided from `since` (unix seconds) on.

    Raises ProactiveError for a setting that cannot be judged from a journal.
    """
    require_evaluable(was, new)
    points = simulate_decisions(recorded, history, was, new, since)
    answered = [point for point in points if point.spoke and point.welcome is not None]
    support = effective_sample_size([_importance_weight(point) for point in answered])
    likely = sum(point.now for point in points)
    untried = sum(point.now for point in points if point.then <= 0.0 or not point.tried)
    refused = ""
    if support < MIN_EFFECTIVE_ANSWERS:
        refused = f"{support:.1f} effective answers are too few to judge by; {MIN_EFFECTIVE_ANSWERS:.0f} are needed"
    elif untried > MAX_UNTRIED_SHARE * likely:
        refused = f"{untried:.0f} of {likely:.0f} offers would be at moments, or about topics, that it never tried"
    days: dict[str, tuple[int, float]] = {}
    for point in points:
        made, would = days.get(_decision_date(point), (0, 0.0))
        days[_decision_date(point)] = made + point.spoke, would + point.again
    supported = [point for point in points if point.then > 0.0]
    return OffPolicyReport(
        days=days,
        offered=tuple(point for point in points if point.would_offer),
        left_out=tuple(point for point in points if point.spoke and (not point.would_offer or point.instead)),
        said_besides=tuple(point for point in points if point.would_offer and (not point.spoke or point.instead)),
        welcome_then=_bootstrap_rate([(_decision_date(point), float(bool(point.welcome)), 1.0) for point in answered]),
        weighted=None if refused else _bootstrap_rate([_ips_row(point) for point in answered]),
        doubly_robust=None if refused else _bootstrap_rate([_doubly_robust_row(point) for point in supported]),
        effective=support,
        refused=refused,
        caveats=tuple(_list_caveats(was, new, points)),
    )


def require_evaluable(was: Config, new: Config) -> None:
    """Raise ProactiveError, with the reason, where a journal cannot judge a setting that differs."""
    for table in Config.__struct_fields__:
        before, after = getattr(was, table), getattr(new, table)
        for key in before.__struct_fields__:
            if getattr(before, key) != getattr(after, key) and (why := _why_not_evaluable(was, new, f"{table}.{key}")):
                raise ProactiveError(
                    f"The journal does not tell what {table}.{key} changes", why, EVALUABLE_SETTINGS_HINT
                )


def _why_not_evaluable(was: Config, new: Config, name: str) -> str:
    """Why a setting cannot be judged; empty where it can."""
    table, _, key = name.partition(".")
    if name == "topics.kinds":
        more = ", ".join(sorted(set(new.topics.kinds) - set(was.topics.kinds)))
        return more and f"topics of this kind were not looked for then: {more}"
    if name == "offers.exploration" and was.offers.exploration == 0.0:
        return "with an exploration of 0 nothing was left to chance then, so nothing shows what chance would have found"
    if table == "sensors" and key != "away_minutes" and getattr(new.sensors, key):
        return "the sensor was off, so nothing of what it would have noticed was kept"
    return "" if name in EVALUABLE_SETTINGS else REASONS_NOT_EVALUABLE.get(name) or REASONS_NOT_EVALUABLE[table]


def _list_caveats(was: Config, new: Config, points: Sequence[DecisionPoint]) -> Iterator[str]:
    """Sentences about the limits of the estimates."""
    for sensor in ("edits", "clock"):
        if getattr(was.sensors, sensor) and not getattr(new.sensors, sensor):
            yield f"without sensors.{sensor} it would also have ranked otherwise; here topics rank as they did then"
    if was.offers.exploration != new.offers.exploration and any(point.spoke and not point.doubted for point in points):
        yield "some offers do not tell how unsure it was of their topics, which are taken as they were"
    if was.topics.kinds != new.topics.kinds and (unknown := sum(point.unknown for point in points)):
        yield f"at {unknown} of {len(points)} occasions the journal names nothing of another kind to raise instead"


def _importance_weight(point: DecisionPoint) -> float:
    return min(MAX_IMPORTANCE_WEIGHT, point.topic_weight * point.now / point.then)


def _ips_row(point: DecisionPoint) -> tuple[str, float, float]:
    weight = _importance_weight(point)
    return _decision_date(point), weight * bool(point.welcome), weight


def _doubly_robust_row(point: DecisionPoint) -> tuple[str, float, float]:
    direct = point.now * point.expected
    if point.spoke and point.welcome is not None:
        direct += _importance_weight(point) * (point.welcome - point.expected)
    return _decision_date(point), direct, point.now


def _bootstrap_rate(rows: Sequence[tuple[str, float, float]]) -> RateEstimate | None:
    """The sum of the values over that of the weights, with its interval; rows are (day, value, weight)."""
    days: dict[str, tuple[float, float]] = {}
    for day, value, weight in rows:
        values, weights = days.get(day, (0.0, 0.0))
        days[day] = values + value, weights + weight
    units = list(days.values())
    if not sum(weight for _, weight in units):
        return None
    rng = random.Random(0)
    drawn = (rng.choices(units, k=len(units)) for _ in range(BOOTSTRAP_DRAWS))
    rates = sorted(_weighted_rate(sample) for sample in drawn if sum(weight for _, weight in sample))
    return RateEstimate(
        rate=_weighted_rate(units), low=rates[int(0.025 * len(rates))], high=rates[int(0.975 * len(rates))]
    )


def _weighted_rate(units: Sequence[tuple[float, float]]) -> float:
    return min(1.0, max(0.0, sum(value for value, _ in units) / sum(weight for _, weight in units)))


def _decision_date(point: DecisionPoint) -> str:
    return local_day(point.at).isoformat()
