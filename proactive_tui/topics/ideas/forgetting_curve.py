"""The forgetting curve of FSRS: how well something is remembered, from the times of its reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fsrs import Card, Rating, Scheduler

from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.units import SECONDS_PER_DAY


def retrievability(review_times: Iterable[float], at: float, recalls: Iterable[NoteRecall] = ()) -> float:
    """The chance (0..1) that the owner still remembers what they wrote or read at `review_times` (unix seconds).

    FSRS (Ye, Su and Cao, 2022; version 6 of the fsrs package with its default weights): memory is a stability S, in
    days, and a later review makes it stabler; it fades as a power law, (1 + f·t/S)^d. To write a note is an easy
    review, and to come back to it a good one; one of the `recalls` is as good as what was said of it from memory. Times
    on the same day count once, unless it was recalled then; times after `at` do not count at all.
    """
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=1)
    last = None
    recalled = {recall.at: recall.share for recall in recalls}
    for time in sorted(moment for moment in {*review_times, *recalled} if moment <= at):
        if last is not None and time - last < SECONDS_PER_DAY and time not in recalled:
            continue
        rating = _rate_recall(recalled[time]) if time in recalled else Rating.Easy if last is None else Rating.Good
        card, _ = scheduler.review_card(card, rating, dt.datetime.fromtimestamp(time, dt.UTC))
        last = time
    if last is None:
        return 0.0
    return float(scheduler.get_card_retrievability(card, dt.datetime.fromtimestamp(at, dt.UTC)))


def _rate_recall(share: float) -> Rating:
    """What FSRS calls it that this share (0..1) of a note was remembered."""
    return next(rating for least, rating in _RATINGS if share >= least)


_RATINGS = ((0.8, Rating.Easy), (0.5, Rating.Good), (0.2, Rating.Hard), (0.0, Rating.Again))
