"""Which note its owner comes back to next."""

from __future__ import annotations

from proactive_tui.recommend.learners.revisit_model import RevisitModel
from proactive_tui.units import SECONDS_PER_DAY
from tests.recommend.build import NOW

NOTES = [
    f"{folder}/{name}.md" for folder in ("work", "home") for name in ("alpha", "beta", "gamma", "delta", "epsilon")
]
NOTES += [f"old/note {number}.md" for number in range(20)]


def lived(model: RevisitModel, days: int, *, back_to: int) -> float:
    """A day each: the owner touches one note, always the one that rests for `back_to` days."""
    for number, note in enumerate(NOTES):
        model.learn_edits([note], NOW - 90 * SECONDS_PER_DAY + number)
    for day in range(days):
        model.learn_edits([NOTES[day % back_to]], NOW + day * SECONDS_PER_DAY)
    return NOW + days * SECONDS_PER_DAY


def test_what_was_touched_lately_and_often_comes_first() -> None:
    model = RevisitModel()
    for day in (30, 20, 10, 2):
        model.learn_edits(["often.md"], NOW - day * SECONDS_PER_DAY)
    model.learn_edits(["once.md"], NOW - 30 * SECONDS_PER_DAY)
    often, once, never = model.score_notes(["often.md", "once.md", "never.md"], NOW)
    assert 1.0 > often > once > never > 0.0


def test_on_the_first_day_the_dates_of_notes_tell() -> None:
    new, old = RevisitModel().score_notes(
        ["new.md", "old.md"], NOW, {"new.md": NOW - SECONDS_PER_DAY, "old.md": NOW - 300 * SECONDS_PER_DAY}
    )
    assert new > old
    assert RevisitModel().score_notes([], NOW) == []


def test_it_learns_which_kind_of_owner_this_is() -> None:
    """This one goes round six notes: the one untouched for longest among them is next, not the latest."""
    model, fresh = RevisitModel(), RevisitModel()
    at = lived(model, 90, back_to=6)
    following, latest = NOTES[90 % 6], NOTES[89 % 6]
    taught = dict(zip(NOTES, model.score_notes(NOTES, at), strict=True))
    lived(fresh, 6, back_to=6)
    naive = dict(zip(NOTES, fresh.score_notes(NOTES, NOW + 6 * SECONDS_PER_DAY), strict=True))
    assert naive[NOTES[5]] > naive[NOTES[0]]
    assert taught[following] / taught[latest] > naive[NOTES[0]] / naive[NOTES[5]]


def test_the_same_touches_make_the_same_model_and_scoring_changes_nothing() -> None:
    one, other = RevisitModel(), RevisitModel()
    at = lived(one, 30, back_to=4)
    one.score_notes([*NOTES, "unknown.md"], at)
    one.learn_edits(["unknown.md"], at)
    lived(other, 30, back_to=4)
    other.learn_edits(["unknown.md"], at)
    assert one.score_notes(NOTES, at + SECONDS_PER_DAY) == other.score_notes(NOTES, at + SECONDS_PER_DAY)


def test_a_note_is_known_by_its_key_when_it_moves() -> None:
    model = RevisitModel(lambda name: (name.split(":")[0], name.split(":")[1]))
    model.learn_edits(["1:a/x.md"], NOW - 2 * SECONDS_PER_DAY)
    model.learn_edits(["1:b/x.md"], NOW - SECONDS_PER_DAY)
    moved, other = model.score_notes(["1:c/x.md", "2:c/y.md"], NOW)
    assert moved > other
