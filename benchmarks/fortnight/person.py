"""How a persona takes an offer: are they there to see it, do they welcome it now, does the topic appeal."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.fortnight import personas
from benchmarks.fortnight.days import DAY, HOUR, Minute, folder
from benchmarks.fortnight.personas import Persona
from proactive_tui.model.shared_words import Framing, Reaction
from proactive_tui.model.topic_values import Topic

Floats = NDArray[np.float64]
LEAVES = 240.0
"""Seconds after which an offer that nobody answers leaves."""


@dataclass(frozen=True)
class Answer:
    """What came of an offer: `seconds` until the reaction, and minutes of conversation after it."""

    reaction: Reaction
    seconds: float
    talks: float = 0.0


class Appeal:
    """How topics differ in what a taste goes by: kind, folder, and meaning (standardised over the pool)."""

    def __init__(self, topics: Sequence[Topic], meanings: Floats) -> None:
        """`meanings`: unit vectors, float64 [topics, size]; zeros where a topic has none."""
        self._topics = {topic.id: (row, topic) for row, topic in enumerate(topics)}
        self._meanings = meanings

    def of(self, topic: Topic, taste: personas.Taste) -> float:
        """Log-odds that a taste adds to a topic."""
        if topic.id not in self._topics:  # no topic of the notes
            return taste.kinds[topic.kind]
        row = self._topics[topic.id][0]
        folders = {folder(path) for path in topic.paths}
        of_folder = sum(taste.folders.get(each, 0.0) for each in folders) / math.sqrt(len(folders))
        return taste.kinds[topic.kind] + float(of_folder) + personas.MEANING_SWAYS * float(self._along(taste)[row])

    def _along(self, taste: personas.Taste) -> Floats:
        along: Floats = self._meanings @ (self._meanings[taste.towards] - self._meanings[taste.away])
        spread = float(along.std())
        return (along - along.mean()) / spread if spread else along * 0.0


class Person:
    """A persona over a fortnight. Mutable: patience, and what was seen before.

    Chance is drawn by day and number of the offer within it, so that it is the same under every policy.
    """

    def __init__(self, persona: Persona, appeal: Appeal, seed: int, monday: float) -> None:
        self._persona, self._appeal, self._seed, self._monday = persona, appeal, seed, monday
        self._patience, self._since = 1.0, monday
        self._seen: Counter[str] = Counter()
        self._offers: Counter[int] = Counter()

    def patience(self, at: float) -> float:
        """Patience left at a time, 0..1: what was lost comes back with rest."""
        back = math.pow(0.5, max(0.0, at - self._since) / HOUR / self._persona.recovers)
        return 1.0 - (1.0 - self._patience) * back

    def appeal(self, topic: Topic, framing: Framing, at: float, worked_on: bool) -> float:
        """Log-odds that the topic is welcome, were the moment good."""
        persona = self._persona
        taste = persona.tastes[min(1, int((at - self._monday) // (7 * DAY)))]
        return (
            persona.likes
            + self._appeal.of(topic, taste)
            + persona.framings[framing]
            + personas.RELATED * worked_on
            - personas.AGAIN * self._seen[topic.id]
            + self._of_item(topic)
        )

    def _of_item(self, topic: Topic) -> float:
        """Log-odds that it adds what a source brings: how much people wait for such things, and who wrote it."""
        if topic.kind not in personas.OUTSIDE_APPEAL:
            return 0.0
        blocks = personas.BLOCKING_APPEAL if topic.detail.blocking else 0.0
        ties = personas.TIE_APPEAL * (float(topic.detail.tie_strength or 0.0) - 0.5)
        return personas.OUTSIDE_APPEAL[topic.kind] + blocks + ties + sum(map(self._author, topic.authors[:1]))

    def _author(self, name: str) -> float:
        """How much somebody's words appeal, drawn once by their name."""
        letters = [ord(letter) for letter in name]
        return float(
            np.random.default_rng([self._seed, self._persona.number, 4, *letters]).normal(0, personas.AUTHOR_SWAYS)
        )

    def receptivity(self, minute: Minute) -> float:
        """Log-odds that an offer is welcome at a moment, whatever it is about."""
        persona, part = self._persona, part_of(minute.at)
        return (
            persona.ease
            + persona.part_sway * ((part == persona.good) - (part == persona.bad))
            + persona.break_eases * minute.pause
            - persona.focus_costs * minute.busy
            - persona.wears * (1.0 - self.patience(minute.at))
        )

    def availability(self, minute: Minute) -> float:
        """Probability that somebody who is at the machine sees it at all."""
        return 1.0 if minute.glance else self._persona.notices * (personas.BLINDER if minute.busy else 1.0)

    def react(self, topic: Topic, framing: Framing, minute: Minute, *, worked_on: bool) -> Answer:
        """What they do about an offer; it changes their patience."""
        day = int((minute.at - self._monday) // DAY)
        self._offers[day] += 1
        rng = np.random.default_rng([self._seed, self._persona.number, 3, day, self._offers[day]])
        sees, minds, likes, asks, says, quick = rng.random(6)
        if sees >= self.availability(minute):
            return Answer("ignored", LEAVES)
        appeal = self.appeal(topic, framing, minute.at, worked_on)
        welcome_now = minds < _probability(self.receptivity(minute) + personas.CONTENT_HELPS * appeal)
        self._seen[topic.id] += 1
        if welcome_now and likes < _probability(appeal):
            self._feel(minute.at, personas.PLEASES)
            follows = asks < _probability(appeal - 0.5)
            return Answer("followed up" if follows else "engaged", 5.0 + 40.0 * quick, 2.0 + 6.0 * quick * follows)
        frank = says < self._persona.frank
        self._feel(minute.at, -self._persona.touchy * (1.0 if frank else 0.5))
        if not frank:
            return Answer("ignored", LEAVES)
        if not welcome_now:
            return Answer("not now", 2.0 + 12.0 * quick)
        return Answer("not this", 2.0 + (3.0 if appeal < -1.0 else 20.0) * quick)

    def _feel(self, at: float, change: float) -> None:
        self._patience = min(1.0, max(0.0, self.patience(at) + change - personas.TIRES))
        self._since = at


def part_of(at: float) -> str:
    """The part of the local day (UTC here)."""
    hour = at % DAY / HOUR
    return next((name for end, name in ((12, "morning"), (14, "midday"), (18, "afternoon")) if hour < end), "evening")


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
