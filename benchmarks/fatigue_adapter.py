"""The shipped estimate of patience as a policy for the yardstick `fatigue.py`."""

from __future__ import annotations

from typing import Final, Literal

from proactive_tui.moment.fatigue import FatigueState

POINTED_CERTAINTY: Final = 0.75
"""Certainty (0..1) about the situation from which the policy speaks pointedly."""
WIN_BACK_HABITUATION: Final = 0.3
"""Habituation up to which a plain message may win back an annoyed owner."""
TRUST = 0.8
"""Weight of a reward in the estimate of habituation: it is a count of steps, which says more than a reaction."""
MISSED = 0.1
"""A reward below this share of the best one counts as unsuitable."""


class Fatigue:
    """The shipped fatigue state as a policy; rewards (steps) become shares of the full effect of the same framing."""

    def __init__(self) -> None:
        self._wear = FatigueState()
        self._said: int | None = None
        self._best = 0.0
        self._full = dict.fromkeys((True, False), (0.0, 0.0))  # by plain or pointed: the sums of steps and of shares

    def decide(self, context: dict[str, float]) -> int | None:
        sure = max(context["P"], 1.0 - context["P"])
        choice = {"silent": None, "plain": 0, "pointed": 1 + int(context["L"])}
        self._said = choice[_choose_stance(self._wear, sure)]
        return self._said

    def learn(self, reward: float) -> None:
        self._best = max(self._best, reward)
        if self._said is None:
            self._wear = self._wear.after_silence()
            return
        plain = self._said == 0
        hit = 0.0 < reward > MISSED * self._best
        self._wear = self._wear.after_offer(
            self._share(reward, plain=plain) if hit else None, suited=plain or hit, trust=TRUST
        )

    def _share(self, reward: float, *, plain: bool) -> float:
        steps, shares = self._full[plain]
        steps, shares = steps + reward, shares + 1.0 - self._wear.after_offer(None, suited=None).habit
        self._full[plain] = steps, shares
        return reward * shares / steps


def _choose_stance(now: FatigueState, sure: float) -> Literal["silent", "plain", "pointed"]:
    """Choose silence, a message for any situation (plain), or one for the likely situation (pointed)."""
    if now.needs_rest:
        return "silent"
    if sure >= POINTED_CERTAINTY:
        return "pointed"
    return "plain" if now.is_annoyed and now.habit < WIN_BACK_HABITUATION else "silent"


def fatigue(_seed: int) -> Fatigue:
    return Fatigue()
