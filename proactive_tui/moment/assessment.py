"""One look at a moment: its gates, its break if it is one, its features and how welcome an offer would be. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from proactive_tui.config import Config
from proactive_tui.model import Gate, Moment
from proactive_tui.moment.breakpoints import Boundary, boundary
from proactive_tui.moment.decide import Decision, decide
from proactive_tui.moment.features import when
from proactive_tui.moment.gates import gates


class Look(Struct, frozen=True, kw_only=True):
    """A moment as decisions see it: `when` are its features, `receptivity` is P(welcome) in 0..1."""

    moment: Moment
    gates: tuple[Gate, ...]
    boundary: Boundary | None
    when: dict[str, float]
    receptivity: float

    def decide(self, value: float, config: Config, *, held_since: float | None = None, seed: str = "") -> Decision:
        """Decide about a topic of this value (0..1), see `decide.decide`."""
        return decide(
            self.moment,
            value,
            self.receptivity,
            self.gates,
            self.boundary,
            offers=config.offers,
            held_since=held_since,
            seed=seed,
        )


def look(
    moment: Moment,
    config: Config,
    predict: Callable[[Mapping[str, float]], float],
    *,
    quiet_until: float | None = None,
    on_screen: bool = False,
    usual: float | None = None,
) -> Look:
    """Look at a moment. `predict` is the receptivity model's; `quiet_until` and `on_screen` are those of `gates`,
    `usual` is that of `when`.
    """
    now = boundary(moment, config.offers)
    features = when(moment, now, config.sensors, usual=usual)
    return Look(
        moment=moment,
        gates=gates(moment, config.offers, config.sensors, quiet_until=quiet_until, on_screen=on_screen),
        boundary=now,
        when=features,
        receptivity=predict(features),
    )
