"""The assistant's side: what it hears, and its memory of it. Nothing of a persona can be reached from here.

The shipped parts, put together as `brain/app.py` does: `ActivityTracker` makes the moment, the journal's fold teaches
the models, the recommender ranks. Policies differ in when they speak.
"""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.fortnight.material import Material
from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.journal import events
from proactive_tui.journal.projection import JournalState
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.model.offer_values import Offer, Opener, Silence, Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.assessment import assess_moment
from proactive_tui.moment.sensors import edits
from proactive_tui.moment.tracker import ActivityTracker
from proactive_tui.paths import DataPaths

RANKED = 5


class Volatile:
    """The journal without its disk: what is recorded is numbered and folded, and gone with the process."""

    def __init__(self) -> None:
        self._number = 0

    def append(self, event: events.Event, at: float) -> int:  # noqa: ARG002
        self._number += 1
        return self._number

    def extend_silence(self, silence: Silence) -> None:
        """Nobody looks into it here."""


class Assistant(ABC):
    """Hears, remembers and learns; `look` is what a policy adds."""

    def __init__(self, material: Material, seed: int) -> None:
        self._material = material
        self.config = material.services.config
        self._rng = random.Random(seed)
        self.history, self.learned = JournalState(), LearnedModels(self.config)
        journal: Any = Volatile()
        self.services = replace(
            material.services,
            paths=DataPaths(
                Path(f"/person/{seed}")
            ),  # nothing is there: the loop's chance goes by the name of the folder
            journal=journal,
            history=self.history,
            learned=self.learned,
        )
        self._sensed = ActivityTracker(self.config.sensors, material.monday, (), material.busy_times)

    # --- what it hears ------------------------------------------------------------------------------------------------

    def started(self, at: float) -> None:
        """The program was started; what is not in the journal is gone."""
        kept = [NoteEdit(path=path, at=each) for path, times in self.history.edit_times.items() for each in times]
        known = tuple(sorted(kept, key=lambda edit: edit.at))
        self._sensed = ActivityTracker(self.config.sensors, at, known, self._material.busy_times)

    def edited(self, paths: Sequence[str], at: float) -> None:
        """Notes were saved."""
        saved = edits.select_own_edits(paths)
        self._sensed.record_edits(saved, at)
        last = {path: self.history.edit_times[path][-1] for path in saved if path in self.history.edit_times}
        if kept := edits.drop_repeated_edits(saved, at, last):
            self.services.record_event(events.NotesEdited(paths=kept), at)

    def idle(self, seconds: float, at: float) -> None:
        """How long nobody used the machine."""
        self._sensed.record_idle(seconds, at)

    def committed(self, at: float) -> None:
        """The notes got a commit."""
        self._sensed.record_commit(at)

    def focused(self, focused: bool, at: float) -> None:
        """The terminal gained or lost the focus; who looks at it presses a key."""
        self._sensed.record_focus(focused)
        if focused:
            self._sensed.record_key_press(at)

    def answered(self, offer: Offer, reaction: Reaction, seconds: float, talked: float) -> None:
        """What came of an offer, after so many seconds; `talked` is how long (seconds) a conversation went on."""
        at = offer.at + seconds
        if reaction != "ignored":
            self._sensed.record_key_press(at)
        if reaction in {"engaged", "followed up"}:
            self.services.record_event(events.ReactionReceived(offer=offer.id, reaction="engaged", seconds=seconds), at)
            self._sensed.enter_conversation(offer.id)
            if reaction == "followed up":
                self.services.record_event(
                    events.ReactionReceived(offer=offer.id, reaction="followed up", turns=1), at + talked / 2
                )
            self._sensed.end_conversation(offer.id, at + talked)
        else:
            self.services.record_event(events.ReactionReceived(offer=offer.id, reaction=reaction, seconds=seconds), at)

    def close(self) -> None:  # noqa: B027  (most hold nothing)
        """Let go of what it holds."""

    # --- what it does -------------------------------------------------------------------------------------------------

    @abstractmethod
    def look(self, at: float) -> Offer | None:
        """Look once at a moment at which no offer is on screen and nobody converses; an offer is made at once."""

    def moment(self, at: float) -> Moment:
        """What is known."""
        return self._sensed.build_moment(at, self.history.past_outcomes)

    def ranked(self, moment: Moment, n: int = RANKED) -> list[Suggestion]:
        """The shipped ranking."""
        signals = query_context(self.services, moment)
        return rank_topics(self.services, self._material.table_at(moment.at), moment, signals, self._rng, n)


class Held(Assistant):
    """An assistant that is held to a number of offers each day."""

    @abstractmethod
    def plan(self, allowed: int, present: Sequence[float]) -> None:
        """A day begins, with so many offers at the most. `present` are the times at which its owner will be at the
        machine: a favour, which this project's own policy does not get.
        """

    def offer(self, moment: Moment, suggestion: Suggestion) -> Offer:
        """Put it as the shipped framings do, and journal it with the snapshot that the models learn from."""
        framing, likely = self.learned.choose_framing(
            suggestion.topic, self.history.past_outcomes, moment.at, self._rng, self.history.recalls
        )
        usual = self.learned.presence.relative_availability(moment.at)
        seen = assess_moment(moment, self.config, self.learned.receptivity.predict, usual=usual)
        made = Offer(
            id=f"{self.history.last_id:06d}",
            at=moment.at,
            topic=suggestion.topic,
            opener=Opener(text="", framing=framing, spoken_by="template"),
            score=suggestion.score,
            features=suggestion.features,
            contributions=suggestion.contributions,
            channels=suggestion.channels,
            propensity={"topic": suggestion.propensity, "framing": likely, "moment": 1.0},
            when=seen.when,
            receptivity=seen.receptivity,
        )
        self.services.record_event(events.OfferIssued(offer=made), moment.at)
        return made
