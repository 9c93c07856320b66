"""The shipped estimate of patience as a policy for the yardstick `fatigue.py`."""

from __future__ import annotations

from typing import Final, Literal

from proactive_tui.moment.fatigue import FatigueState

POINTED_CERTAINTY: Final = 0.75
"""How sure (0..1) the policy must be of what suits to say just that."""
WIN_BACK_HABITUATION: Final = 0.3
"""Habituation up to which something plain may win back somebody who is annoyed."""
TRUST = 0.8
"""Steps are counted, reactions are not: they say more about habituation."""
MISSED = 0.1
"""An effect below this share of the best one seen did not suit."""


class Fatigue:
    """Steps become shares of the full effect of the same framing; the rest is the assistant's."""

    def __init__(self) -> None:
        self._wear = FatigueState()
        self._said: int | None = None
        self._best = 0.0
        self._full = dict.fromkeys((True, False), (0.0, 0.0))  # steps, and what share of the effect they were

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
    """To say nothing, something that suits any occasion, or what is thought to suit this one."""
    if now.needs_rest:
        return "silent"
    if sure >= POINTED_CERTAINTY:
        return "pointed"
    return "plain" if now.is_annoyed and now.habit < WIN_BACK_HABITUATION else "silent"


def fatigue(_seed: int) -> Fatigue:
    return Fatigue()
