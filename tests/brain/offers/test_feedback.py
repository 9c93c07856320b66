"""What an answer changed, in words: only what moved, and only the way the answer says."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import structs

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.offers.feedback import OfferContributions, compute_contributions, describe_change
from proactive_tui.config import Config
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Evidence
from tests.journal.builders import T0, offer, topic

NINE = datetime(2026, 11, 20, 9).astimezone().timestamp()
ABOUT = offer(
    at=NINE,
    about=topic("t1", "work/a.md"),
    features={"kind:task": 1.0, "folder:work": 1.0, "tag:rig": 1.0, "meaning:1": 0.6, "due soon": 0.4},
    when={"time: morning": 1.0, "hour sin": 0.7, "boundary: saved": 1.0, "focused": 1.0},
)


def moved(
    what: dict[str, float] | None = None, when: dict[str, float] | None = None
) -> tuple[OfferContributions, OfferContributions]:
    return OfferContributions({}, {}), OfferContributions(what or {}, when or {})


@pytest.mark.parametrize(
    ("reaction", "what", "said"),
    [
        ("not this", {"kind:task": -0.04, "folder:work": -0.03}, "Fewer like it: tasks in work/"),
        ("not this", {"kind:task": -0.04, "folder:work": -0.002}, "Fewer like it: tasks"),
        ("not this", {"folder:work": -0.03, "tag:rig": -0.04}, "Fewer like it: topics tagged rig, in work/"),
        (
            "not this",
            {"kind:task": -0.02, "meaning:1": -0.03, "meaning:2": -0.01},
            "Fewer like it: tasks on its subject",
        ),
        ("not this", {"due soon": -0.03}, "Fewer like it"),
        ("not this", {"kind:task": 0.03}, ""),
        ("not this", {"kind:task": -0.03, "author:Mara": -0.04}, "Fewer like it: tasks written by Mara"),
        ("engaged", {"kind:task": 0.03, "folder:work": -0.01}, "More like it: tasks"),
        ("engaged", {"kind:task": -0.03}, ""),
        ("ignored", {"kind:task": -0.03}, ""),
    ],
)
def test_topics(reaction: Reaction, what: dict[str, float], said: str) -> None:
    assert describe_change(ABOUT, reaction, *moved(what=what)) == said


def test_of_an_item_the_part_of_its_source_is_named() -> None:
    origin = ItemOrigin(source="forge", form="comment", author="Mara", part="acme/api")
    said = Evidence(path="forge://h/IC_1", line_start=1, line_end=1, text="Please look.", origin=origin)
    about = structs.replace(ABOUT, topic=structs.replace(ABOUT.topic, kind="review", evidence=(said,)))
    before, after = OfferContributions({}, {}), OfferContributions({}, {}, reading=-0.5)
    assert describe_change(about, "not mine", before, after) == "Less from the repository acme/api"
    never = OfferContributions({}, {}, reading=-9.0)
    assert describe_change(about, "not mine", before, never) == "Nothing more in the repository acme/api will be raised"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"time: morning": -0.02, "hour sin": -0.01, "boundary: saved": -0.01}, "Less in the morning, after a save"),
        ({"boundary: saved": -0.05, "time: morning": -0.01}, "Less after a save"),
        ({"always": -0.05}, "Less often"),
        ({"always": 0.05, "time: morning": -0.01}, ""),
        ({}, ""),
    ],
)
def test_moments(when: dict[str, float], said: str) -> None:
    assert describe_change(ABOUT, "not now", *moved(when=when)) == said


@pytest.mark.parametrize("reaction", ["not this", "not now", "engaged"])
def test_the_models_do_move_as_it_says(reaction: Reaction) -> None:
    learned = LearnedModels(Config())
    low = structs.replace(ABOUT, features={**ABOUT.features, "overdue": 0.0})
    before = compute_contributions(learned, low, T0 + 3)
    for learner in learned.subscribers.reaction_learners:
        learner.learn(low, reaction, T0 + 3)
    after = compute_contributions(learned, low, T0 + 3)
    said = describe_change(low, reaction, before, after)
    change = sum(after.what.values()) - sum(before.what.values())
    match reaction:
        case "not this":
            assert said.startswith("Fewer like it: tasks")
            assert change < 0
        case "engaged":
            assert said.startswith("More like it") == (change > 0.001)
        case _:
            assert said.startswith("Less in the morning")
            assert change == 0
