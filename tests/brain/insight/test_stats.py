"""What came of the offers, counted from the journal alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from msgspec import structs

from proactive_tui.brain.insight import json_shapes
from proactive_tui.brain.insight.beliefs import welcome_share
from proactive_tui.brain.insight.stats import compute_statistics
from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.cli import learning_tables
from proactive_tui.config import Config
from proactive_tui.journal.events import Event, OfferIssued, ReactionReceived, RecordedEvent
from proactive_tui.journal.projection import replay_events
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.recommend.random_projection import MEANING_DIMENSIONS
from tests.journal.builders import T0, offer, topic

HOUR = 3600.0


def lived(*days: tuple[Kind, Reaction]) -> tuple[list[RecordedEvent], LearnedModels]:
    """One offer an hour, answered a minute later."""
    recorded: list[RecordedEvent] = []
    for number, (kind, reaction) in enumerate(days):
        at, about = T0 + number * HOUR, structs.replace(topic(f"t{number}", f"{kind}/a.md"), kind=kind)
        made = structs.replace(offer(f"o{number}", about, at), propensity={"topic": 0.5, "framing": 0.5})
        events: tuple[Event, ...] = (
            OfferIssued(offer=made),
            ReactionReceived(offer=made.id, reaction=reaction, seconds=60),
        )
        for shift, event in enumerate(events):
            recorded.append(RecordedEvent(id=2 * number + shift + 1, at=at + 60 * shift, event=event))
    return recorded, LearnedModels(Config())


def test_nothing_offered_is_nothing_believed() -> None:
    found = compute_statistics(replay_events([]), LearnedModels(Config()), 0, T0)
    assert (found.offers, found.beliefs, found.chance) == (0, (), None)
    assert (found.welcome.low, found.welcome.high) == (0.0, 1.0)


def test_what_stands_out_is_believed_with_the_offers_it_rests_on() -> None:
    days: list[tuple[Kind, Reaction]] = [("task", "not this"), ("open question", "engaged")] * 9
    recorded, learned = lived(*days)
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    assert (found.welcome.welcome, found.welcome.answered) == (9, 18)
    assert found.by["kind"]["tasks"].welcome == 0
    beliefs = {each.text: each.offers for each in found.beliefs}
    assert beliefs["You take up open questions: 9 of 9."] == tuple(f"o{number}" for number in range(1, 18, 2))
    assert "You seldom take up tasks: 0 of 9." in beliefs
    assert found.reward == pytest.approx(9 * 0.7 + 9 * 0.1)
    assert found.chance == pytest.approx(found.reward), "all were as likely, so chance would have earned as much"
    assert found.support == pytest.approx(18)


def test_few_answers_are_no_evidence() -> None:
    recorded, learned = lived(("task", "not this"), ("theme", "engaged"), ("task", "not this"))
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    assert found.beliefs == ()
    assert found.chance is None


def test_the_interval_is_wilsons() -> None:
    days: list[tuple[Kind, Reaction]] = [*[("task", "engaged")] * 8, *[("task", "not this")] * 2]  # type: ignore[list-item]
    recorded, learned = lived(*days)
    found = welcome_share(replay_events(recorded, learned.subscribers).past_outcomes)
    assert found.low == pytest.approx(0.490, abs=0.001)
    assert found.high == pytest.approx(0.943, abs=0.001)


def test_the_curve_grows_answer_by_answer_against_chance() -> None:
    days: list[tuple[Kind, Reaction]] = [("task", "not this"), ("theme", "not now"), ("open question", "engaged")] * 9
    recorded, learned = lived(*days)
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    assert len(found.curve) == 18, "a bad moment says nothing about the topic"
    assert [each.reward for each in found.curve] == sorted(each.reward for each in found.curve)
    assert found.curve[-1].reward == pytest.approx(found.reward)
    assert found.curve[-1].chance == found.chance
    assert [each.chance for each in found.curve[:9]] == [None] * 9, "too few to say"
    assert found.curve[9].chance == pytest.approx(found.curve[9].reward), "all were as likely"
    assert json_shapes.statistics_json(found)["curve"][0]["at"] == json_shapes.format_iso(T0)


def test_chance_would_have_earned_less_where_the_unlikely_was_unwelcome() -> None:
    recorded, learned = lived(*[("task", "not this"), ("theme", "engaged")] * 9)  # type: ignore[arg-type]
    for place, each in enumerate(recorded):
        if isinstance(each.event, OfferIssued):
            likely = 0.8 if each.event.offer.topic.kind == "theme" else 0.2
            made = structs.replace(each.event.offer, propensity={"topic": likely})
            recorded[place] = structs.replace(each, event=OfferIssued(offer=made))
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    assert found.chance is not None
    assert found.chance == pytest.approx(18 * (0.7 / 0.8 + 0.1 / 0.2) / (1 / 0.8 + 1 / 0.2))
    assert found.reward > found.chance


def test_hours_and_the_source_are_counted() -> None:
    recorded, learned = lived(*[("task", "engaged")] * 30)  # type: ignore[arg-type]
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    assert len(found.by["hour"]) == 24
    assert found.by["hour"][datetime.fromtimestamp(T0).astimezone().strftime("%H:00")].answered == 2
    assert found.by["source"]["notes"].answered == 30
    (only,) = found.beliefs  # nothing differs from the rest where there is no rest
    assert "less than at first is needed" in only.text
    assert len(only.offers) == 30


def answered(*reactions: tuple[dict[str, float], Reaction], **about: Any) -> Sequence[Belief]:
    """What is believed of offers with these features."""
    recorded: list[RecordedEvent] = []
    for number, (features, reaction) in enumerate(reactions):
        topics = structs.replace(topic(f"t{number}", "a.md"), title=f"Topic {number}", **about)
        made = offer(f"o{number}", topics, T0 + number * HOUR, features=features)
        recorded.append(RecordedEvent(id=2 * number + 1, at=made.at, event=OfferIssued(offer=made)))
        recorded.append(
            RecordedEvent(id=2 * number + 2, at=made.at + 60, event=ReactionReceived(offer=made.id, reaction=reaction))
        )
    learned = LearnedModels(Config())
    return compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0).beliefs


def towards(place: int, chance: random.Random) -> dict[str, float]:
    """Features of a meaning near the axis of `place`, of about unit length."""
    drawn = [chance.gauss(0.0, 0.1) + (number == place) for number in range(MEANING_DIMENSIONS)]
    length = math.hypot(*drawn)
    return {f"meaning:{number}": value / length for number, value in enumerate(drawn)}


def test_a_taste_by_meaning_is_told_by_the_offer_in_its_middle() -> None:
    chance = random.Random(1)
    liked = [(towards(0, chance), "engaged") for _ in range(9)]
    others = [(towards(place % 5 + 1, chance), "not this") for place in range(25)]
    found = [each for each in answered(*liked, *others) if "like" in each.text]  # type: ignore[arg-type]
    (belief,) = [each for each in found if "seldom" not in each.text]
    assert belief.text.startswith("What is like “Topic ")
    assert belief.text.endswith("” is welcome: 9 of 9.")
    assert set(belief.offers) == {f"o{number}" for number in range(9)}


@pytest.mark.slow
def test_one_topic_that_came_often_is_no_taste_and_luck_no_belief() -> None:
    chance = random.Random(2)
    same = towards(0, chance)
    often = [(same, "engaged")] * 3 + [(towards(3, chance), "not this") for _ in range(9)]
    assert not [each for each in answered(*often) if "like “" in each.text and "seldom" not in each.text]  # type: ignore[arg-type]
    told = 0
    for seed in range(40):
        chance = random.Random(seed)
        drawn: list[tuple[dict[str, float], Reaction]] = [
            (towards(chance.randrange(6), chance), chance.choice(["engaged", "not this"])) for _ in range(60)
        ]
        told += len([each for each in answered(*drawn) if "like “" in each.text])
    assert told <= 6, "reactions that are drawn by chance teach next to nothing"


def test_sentences_compare_where_a_rate_says_little_by_itself() -> None:
    chance = random.Random(3)
    recorded, learned = lived(
        *[("task", chance.choice(["engaged", "not this", "not this"])) for _ in range(60)],  # type: ignore[arg-type]
        *[("theme", chance.choice(["engaged", "engaged", "engaged", "not this"])) for _ in range(60)],  # type: ignore[arg-type]
    )
    found = compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0)
    tasks, themes = found.by["kind"]["tasks"], found.by["kind"]["themes"]
    texts = [each.text for each in found.beliefs]
    assert f"You take up themes: {themes.welcome} of 60." in texts
    of_tasks = f"You take up tasks less often than other things: {tasks.welcome} of 60"
    assert f"{of_tasks}, and {themes.welcome} of 60 of the rest." in texts


def test_people_see_the_curve_and_the_offers_a_belief_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    recorded, learned = lived(*[("task", "not this"), ("open question", "engaged")] * 60)  # type: ignore[arg-type]
    learning_tables.print_statistics(compute_statistics(replay_events(recorded, learned.subscribers), learned, 0, T0))
    printed = " ".join(capsys.readouterr().out.split())
    assert "an offer earned, by day from" in printed
    assert any(mark in printed for mark in learning_tables.SPARKLINE_BLOCKS)
    assert "reward by then (and by chance)" in printed
    assert "by source notes" in printed
    assert "You take up open questions: 60 of 60. offers o115, o117, o119 and 57 more" in printed
