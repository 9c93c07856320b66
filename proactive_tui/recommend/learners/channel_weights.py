"""Learns, from reactions to the topics that a channel proposed, how many places it gets among the candidates."""

from __future__ import annotations

from typing import Final

from proactive_tui.learning.reactions import NEUTRAL_REWARD, reaction_reward
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import CHANNELS, Channel, Reaction
from proactive_tui.units import SECONDS_PER_DAY

INITIAL_CHANNEL_SHARES: Final[dict[Channel, float]] = {
    "meaning": 0.20,
    "words": 0.15,
    "frecency": 0.20,
    "due": 0.20,
    "taste": 0.15,
    "fresh": 0.10,
}
"""Shares of the places before anything was learned; they add up to 1."""

MIN_CHANNEL_SHARE: Final = 0.05
"""Lower bound of a channel's share: its topics may be welcome again later."""

CHANNEL_PSEUDO_COUNT: Final = 8.0
"""Number of offers that outweigh the mean reward assumed at the start."""

CHANNEL_HALF_LIFE_SECONDS: Final = 60 * SECONDS_PER_DAY
"""Seconds after which what was learned counts half."""


class ChannelWeights:
    """Shares of places by channel.

    The reward of each reaction is credited to the channels that proposed the topic, in proportion to their scores. A
    channel's share is its initial share times the ratio of its mean reward to the neutral reward.
    """

    def __init__(self) -> None:
        from proactive_tui.learning.fading_mean import FadingMean  # noqa: PLC0415 - loads River

        self._rewards = {channel: FadingMean() for channel in CHANNELS}
        self._at: float | None = None

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Credit the channels that proposed an offer with the reward of the reaction."""
        reward = reaction_reward(reaction, at - offer.at)
        scores = {channel: max(offer.channels.get(channel, 0.0), 0.0) for channel in CHANNELS}
        total = sum(scores.values())
        if reward is None or total <= 0.0:
            return
        kept = 1.0 if self._at is None else 0.5 ** (max(0.0, at - self._at) / CHANNEL_HALF_LIFE_SECONDS)
        self._at = at if self._at is None else max(self._at, at)
        for channel, score in scores.items():
            self._rewards[channel].fade(kept)
            if share := score / total:
                self._rewards[channel].update(reward, share)

    def shares(self) -> dict[Channel, float]:
        """The share of places of each channel: at least MIN_CHANNEL_SHARE, together 1."""
        raw = {
            channel: INITIAL_CHANNEL_SHARES[channel]
            * mean.shrunk(NEUTRAL_REWARD, CHANNEL_PSEUDO_COUNT)
            / NEUTRAL_REWARD
            for channel, mean in self._rewards.items()
        }
        total = sum(raw.values())
        free = 1.0 - MIN_CHANNEL_SHARE * len(CHANNELS)
        return {channel: MIN_CHANNEL_SHARE + free * raw[channel] / total for channel in CHANNELS}
