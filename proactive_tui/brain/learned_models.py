"""The models that learn from the journal, together: they are always its replay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from proactive_tui.config import Config
from proactive_tui.journal.consent import filter_consented
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import EventSubscribers, JournalState, replay_events
from proactive_tui.learning.reader_experience import ReaderExperience
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.shared_words import Framing
from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.availability import AvailabilityModel
from proactive_tui.moment.fatigue import estimate_fatigue
from proactive_tui.moment.receptivity import ReceptivityModel
from proactive_tui.recommend.history import is_first_offer
from proactive_tui.recommend.learners.revisit_model import RevisitModel
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.talk.bandit import FramingBandit
from proactive_tui.talk.framings import last_recalled
from proactive_tui.topics.open_ends.open_end_classifier import load_classifier
from proactive_tui.topics.tenderness.classifier import read_weights


class LearnedModels:
    """All models that learn from the journal: what to raise, when, how to put it, and where the owner's lines stand."""

    def __init__(self, config: Config) -> None:
        self.recommender = Recommender(config)
        self.receptivity = ReceptivityModel()
        self.framings = FramingBandit()
        self.reading = ReaderExperience()
        self.presence = AvailabilityModel()
        self.returning = RevisitModel()

    @property
    def subscribers(self) -> EventSubscribers:
        """The models, as subscribers to the journal's events."""
        return EventSubscribers(
            reaction_learners=(self.recommender, self.receptivity, self.framings, self.reading),
            edit_learners=(self.presence, self.returning),
            answer_learners=(self.receptivity,),
        )

    def choose_framing(
        self,
        topic: Topic,
        history: Sequence[OfferOutcome],
        at: float,
        rng: Random,
        recalls: Mapping[str, Sequence[NoteRecall]],
    ) -> tuple[Framing, float]:
        """The framing of a topic and its probability; a plain one for an annoyed owner; for the first offer ever
        the one that suits best, without any draw. `history` is oldest first; `recalls` has, by path, what was said of
        notes from memory.
        """
        recalled = last_recalled(topic, recalls)
        if is_first_offer(history):
            return self.framings.best_framing(topic, history, at, recalled), 1.0
        annoyed = estimate_fatigue(history, at).is_annoyed
        return self.framings.choose(topic, history, at, rng, recalled=recalled, plain=annoyed)

    @property
    def model_versions(self) -> dict[str, str]:
        """The version of each model that decides, for the journal."""
        return {
            "ranker": self.recommender.version,
            "receptivity": self.receptivity.version,
            "framings": self.framings.version,
            "tenderness": read_weights().version,
            "open ends": load_classifier().version,
        }


def replay_journal(journal: Journal, config: Config) -> tuple[JournalState, LearnedModels]:
    """History and models built anew from what the owner consents to of the journal. Blocks, on any thread."""
    learned = LearnedModels(config)
    history = replay_events(filter_consented(journal.read_events(), config.sensors), learned.subscribers)
    return history, learned
