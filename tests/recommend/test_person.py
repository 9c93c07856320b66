"""A simulated person with tastes of their own: offers get better, and follow a change of mind."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from proactive_tui.config import Config
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import HOUR, NOW, offered, outcome, topic

SUBJECTS = 10
TOPICS = 200
KINDS = ("open question", "theme", "connection")


def pool() -> list[Topic]:
    return [
        topic(
            f"t{number:03}",
            KINDS[number % len(KINDS)],  # type: ignore[arg-type]
            path=f"n{number}.md",
            tags=(f"s{number % SUBJECTS}",) if number % 2 else (),
        )
        for number in range(TOPICS)
    ]


def vectors() -> dict[str, NDArray[np.float32]]:
    """A direction for each subject, and noise: what a topic is about can be seen from its vector, tagged or not."""
    drawn = np.random.default_rng(7)
    subjects = drawn.standard_normal((SUBJECTS, 384))
    return {
        f"p-t{number:03}": (subjects[number % SUBJECTS] + 0.7 * drawn.standard_normal(384)).astype(np.float32)
        for number in range(TOPICS)
    }


def live(likes: list[set[int]], each: int, seed: int, *, learns: bool = True) -> list[float]:
    """Share of liked offers in each era: `each` offers to a person who likes the subjects of that era."""
    recommender, history, at, rng = Recommender(Config()), list[OfferOutcome](), NOW, random.Random(seed)
    standing, shares = TopicTable.from_topics(pool(), vectors()), []
    for liked in likes:
        good = 0
        for _ in range(each):
            moment = Moment(at=at, history=tuple(history))
            best = recommender.suggest(standing, moment, RetrievalContext(), rng, 1)[0]
            welcome = int(best.topic.id[1:]) % SUBJECTS in liked
            reaction: Reaction = "engaged" if welcome else "not this"
            good += welcome
            history.append(outcome(best.topic.id, reaction, at, best.topic.kind, paths=(best.topic.evidence[0].path,)))
            if learns:
                recommender.learn(offered(best, f"o{at}", at), reaction, at)
            at += 2 * HOUR
        shares.append(good / each)
    return shares


def test_offers_get_better() -> None:
    learned = np.array(live([{1, 4, 7}] * 2, 15, 1))
    plain = np.array(live([{1, 4, 7}] * 2, 15, 1, learns=False))
    assert learned[1] > 0.75
    assert learned.mean() > plain.mean() + 0.2


def test_a_change_of_mind_is_followed() -> None:
    shares = np.array([live([{1, 4, 7}, {0, 2, 5}, {0, 2, 5}], 20, seed) for seed in (1, 2, 3)]).mean(axis=0)
    assert shares[0] > 0.6 < shares[2]
