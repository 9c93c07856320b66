"""Whatever the hour, every sentence about it calls the time of day by the same word."""

from __future__ import annotations

from datetime import datetime

import pytest

from proactive_tui.brain.insight.beliefs import BELIEF_SENTENCES
from proactive_tui.brain.insight.stats import compute_statistics
from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.offers.feedback import OfferContributions, describe_change
from proactive_tui.config import Config, SensorsConfig
from proactive_tui.journal.events import Event, OfferIssued, ReactionReceived, RecordedEvent
from proactive_tui.journal.projection import replay_events
from proactive_tui.learning.day_parts import DAY_PARTS, part_of_day, phrase_day_part
from proactive_tui.model.moment_values import Moment
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.features import moment_features
from proactive_tui.recommend.feature_words import describe_feature
from tests.journal.builders import offer
from tests.recommend.build import candidate, features


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("minute", [0, 59])
def test_every_sentence_says_the_same_word(hour: int, minute: int) -> None:
    at = datetime(2026, 11, 20, hour, minute, 59 if minute else 0).astimezone().timestamp()
    moment = Moment(at=at, utc_offset=utc_offset(at))
    word = part_of_day(hour)

    # The answer on the screen: "Less in the morning".
    made = offer(at=at, when=moment_features(moment, None, SensorsConfig()))
    for name in ("hour sin", "~hour rank", next(name for name in made.when if name.startswith("time: "))):
        less = describe_change(made, "not now", OfferContributions({}, {}), OfferContributions({}, {name: -0.1}))
        assert less == f"Less {phrase_day_part(word)}"

    # The learned screen and `stats`: "The morning is a good time".
    events: tuple[Event, ...] = (
        OfferIssued(offer=made),
        ReactionReceived(offer=made.id, reaction="engaged", seconds=5.0),
    )
    recorded = [RecordedEvent(id=number, at=at, event=event) for number, event in enumerate(events, 1)]
    assert list(compute_statistics(replay_events(recorded), LearnedModels(Config()), 0, at).by["part of day"]) == [word]
    assert all(word in sentence.format(word) for sentence in BELIEF_SENTENCES["part of day"])

    # Why it is suggested: "tasks in the morning: welcome so far".
    crossed = [name for name in features(candidate(kind="task"), moment) if name.startswith("at:task")]
    assert [describe_feature(name) for name in crossed] == [f"tasks {phrase_day_part(word)}"]


def test_the_day_has_four_parts_of_six_hours() -> None:
    assert [part_of_day(hour) for hour in range(24)] == [part for part in DAY_PARTS for _ in range(6)]
    assert phrase_day_part("night") == "at night"
