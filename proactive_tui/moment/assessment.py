"""The assessment of a moment: its gates, its breakpoint, its features and how welcome an offer would be. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from proactive_tui.config import Config
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.moment.breakpoints import Breakpoint, find_breakpoint
from proactive_tui.moment.decide import Decision, decide_offer
from proactive_tui.moment.features import moment_features
from proactive_tui.moment.gates import evaluate_gates


class MomentAssessment(Struct, frozen=True, kw_only=True):
    """A moment with all that a decision needs: `when` are its features, `receptivity` is P(welcome) in 0..1."""

    moment: Moment
    gates: tuple[Gate, ...]
    boundary: Breakpoint | None
    when: dict[str, float]
    receptivity: float

    def decide(
        self,
        value: float,
        config: Config,
        *,
        held_since: float | None = None,
        seed: str = "",
        floor: float | None = None,
    ) -> Decision:
        """Decide about a topic of this value (0..1), see `decide_offer`."""
        return decide_offer(
            self.moment,
            value,
            self.receptivity,
            self.gates,
            self.boundary,
            offers=config.offers,
            held_since=held_since,
            seed=seed,
            floor=floor,
        )


def assess_moment(
    moment: Moment,
    config: Config,
    predict: Callable[[Mapping[str, float]], float],
    *,
    quiet_until: float | None = None,
    on_screen: bool = False,
    attended: bool = True,
    usual: float | None = None,
) -> MomentAssessment:
    """Assess a moment. `predict` is the receptivity model's; `quiet_until`, `on_screen` and `attended` are those of
    `evaluate_gates`, `usual` is that of `moment_features`.
    """
    now = find_breakpoint(moment, config.offers)
    features = moment_features(moment, now, config.sensors, usual=usual)
    return MomentAssessment(
        moment=moment,
        gates=evaluate_gates(
            moment, config.offers, config.sensors, quiet_until=quiet_until, on_screen=on_screen, attended=attended
        ),
        boundary=now,
        when=features,
        receptivity=predict(features),
    )
