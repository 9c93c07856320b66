"""Which note its owner comes back to next."""

from __future__ import annotations

from proactive_tui.recommend.learners.revisit_model import DAY, Returning
from tests.recommend.build import NOW

NOTES = [
    f"{folder}/{name}.md" for folder in ("work", "home") for name in ("alpha", "beta", "gamma", "delta", "epsilon")
]
NOTES += [f"old/note {number}.md" for number in range(20)]


def lived(model: Returning, days: int, *, back_to: int) -> float:
    """A day each: the owner touches one note, always the one that rests for `back_to` days."""
    for number, note in enumerate(NOTES):
        model.touched([note], NOW - 90 * DAY + number)
    for day in range(days):
        model.touched([NOTES[day % back_to]], NOW + day * DAY)
    return NOW + days * DAY


def test_what_was_touched_lately_and_often_comes_first() -> None:
    model = Returning()
    for day in (30, 20, 10, 2):
        model.touched(["often.md"], NOW - day * DAY)
    model.touched(["once.md"], NOW - 30 * DAY)
    often, once, never = model.scores(["often.md", "once.md", "never.md"], NOW)
    assert 1.0 > often > once > never > 0.0


def test_on_the_first_day_the_dates_of_notes_tell() -> None:
    new, old = Returning().scores(["new.md", "old.md"], NOW, {"new.md": NOW - DAY, "old.md": NOW - 300 * DAY})
    assert new > old
    assert Returning().scores([], NOW) == []


def test_it_learns_which_kind_of_owner_this_is() -> None:
    """This one goes round six notes: the one untouched for longest among them is next, not the latest."""
    model, fresh = Returning(), Returning()
    at = lived(model, 90, back_to=6)
    following, latest = NOTES[90 % 6], NOTES[89 % 6]
    taught = dict(zip(NOTES, model.scores(NOTES, at), strict=True))
    lived(fresh, 6, back_to=6)
    naive = dict(zip(NOTES, fresh.scores(NOTES, NOW + 6 * DAY), strict=True))
    assert naive[NOTES[5]] > naive[NOTES[0]]
    assert taught[following] / taught[latest] > naive[NOTES[0]] / naive[NOTES[5]]


def test_the_same_touches_make_the_same_model_and_scoring_changes_nothing() -> None:
    one, other = Returning(), Returning()
    at = lived(one, 30, back_to=4)
    one.scores([*NOTES, "unknown.md"], at)
    one.touched(["unknown.md"], at)
    lived(other, 30, back_to=4)
    other.touched(["unknown.md"], at)
    assert one.scores(NOTES, at + DAY) == other.scores(NOTES, at + DAY)


def test_a_note_is_known_by_its_key_when_it_moves() -> None:
    model = Returning(lambda name: (name.split(":")[0], name.split(":")[1]))
    model.touched(["1:a/x.md"], NOW - 2 * DAY)
    model.touched(["1:b/x.md"], NOW - DAY)
    moved, other = model.scores(["1:c/x.md", "2:c/y.md"], NOW)
    assert moved > other
