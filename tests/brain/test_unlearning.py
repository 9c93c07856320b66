"""A few lives; `python -m tests.brain.unlearning --examples 5000` is the real count."""

from __future__ import annotations

import pytest

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.services import Services
from proactive_tui.config import Config
from proactive_tui.journal.projection import JournalState, replay_events
from tests.brain.model_dump import bits
from tests.brain.random_journals import life
from tests.brain.unlearning import recorded, run

pytestmark = pytest.mark.uncovered


@pytest.mark.slow
def test_a_brain_that_forgot_is_to_the_last_bit_one_to_which_it_never_happened() -> None:
    tried = run(120)
    assert tried["lives"] >= 100
    assert tried["forgotten"] > 300
    assert {"paths", "topic", "since", "before", "reactions", "touches"} <= set(tried)


def test_it_is_seen_when_one_model_goes_on_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in vars(LearnedModels(Config())):

        def replayed(services: Services, kept: str = name) -> tuple[JournalState, LearnedModels]:
            learned = LearnedModels(services.config)
            history = replay_events(services.journal.read_events(), learned.subscribers)
            setattr(learned, kept, getattr(services.learned, kept))
            return history, learned

        monkeypatch.setattr(Services, "replay_journal", replayed)
        with pytest.raises(AssertionError):
            run(120, smallest=False)


def test_bits_tell_apart_what_compares_equal() -> None:
    assert bits([0.0]) != bits([-0.0])
    assert bits({"a": 1, "b": 2}) != bits({"b": 2, "a": 1})
    assert bits({"b", "a"}) == bits({"a", "b"})
    assert bits(float("nan")) == bits(float("nan"))
    assert bits(LearnedModels(Config())) == bits(LearnedModels(Config()))


def test_these_lives_teach_every_model_something() -> None:
    fresh, taught = LearnedModels(Config()), LearnedModels(Config())
    replay_events(recorded(life(range(400))), taught.subscribers)
    same = {
        f"{name}.{part}"
        for name, model in vars(fresh).items()
        for part, value in vars(model).items()
        if bits(value) == bits(vars(vars(taught)[name])[part])
    }
    assert same == {"recommender._clock", "receptivity._discretizer", "framings.tuning", "returning._split"}, "settings"
