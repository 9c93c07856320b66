"""What notes want the days to be like, in several languages; and what only sounds like it."""

from __future__ import annotations

import pytest

from proactive_tui.topics.outside.rhythm_goals import DayGoal, find_day_goals
from tests.topics.builders import note


def found(text: str, path: str = "note.md") -> list[tuple[str, str]]:
    return [(goal.measure, goal.stated) for goal in find_day_goals(note(text, path))]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("I want to be in bed before 23:00.", "23:00"),
        ("I’d like to be in bed by 11 on work days.", "23:00"),
        ("From now on I will be in bed by 10:30 pm.", "22:30"),
        ("- Goal: lights out at 22:45", "22:45"),
        ("# Habits\n\n- in bed by half dark\n- asleep before midnight", "00:00"),
        ("My goal is bedtime at ten.", "22:00"),
        ("Ich möchte vor 23 Uhr im Bett sein.", "23:00"),
        ("Ab jetzt um 22:30 ins Bett.", "22:30"),
        ("# Vorsätze\n\n- spätestens um elf schlafen", "23:00"),
        ("Je voudrais être au lit avant 23h.", "23:00"),
        ("Je veux me coucher avant 22h30.", "22:30"),
        ("Quiero estar en la cama antes de las 23:00.", "23:00"),
        ("# Propósitos\n\n- acostarme a las 22.30", "22:30"),
        ("Voglio essere a letto prima delle 23.", "23:00"),
        ("Ik wil voor 23:00 naar bed.", "23:00"),
        ("I want to be in bed before 1.", "01:00"),
    ],
)
def test_a_bedtime_is_read_with_its_time(text: str, stated: str) -> None:
    assert found(text) == [("bedtime", stated)]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("I want to stop working at 6pm.", ("stop", "18:00")),
        ("# Rules\n\n- laptop closed by 19:30", ("stop", "19:30")),
        ("From now on: no screens after 21:00.", ("stop", "21:00")),
        ("Ich will um 18 Uhr Feierabend machen.", ("stop", "18:00")),
        ("# Regeln\n\n- nach 20 Uhr keine Mails", ("stop", "20:00")),
        ("Je vais arrêter de travailler à 19h.", ("stop", "19:00")),
        ("Quiero dejar de trabajar a las 18:30.", ("stop", "18:30")),
        ("I want to take a break every hour.", ("breaks", "1 h")),
        ("- every 50 minutes a short break", ("breaks", "50 min")),
        ("I want no more than 90 minutes at a stretch.", ("breaks", "1 h 30 min")),
        ("Ich möchte jede Stunde eine Pause machen.", ("breaks", "1 h")),
        ("# Vorsätze\n\n- höchstens zwei Stunden am Stück", ("breaks", "2 h")),
        ("Je veux faire une pause toutes les 45 minutes.", ("breaks", "45 min")),
        ("Quiero hacer una pausa cada hora.", ("breaks", "1 h")),
        ("I want at most 6 hours of screen time a day.", ("screen time", "6 h")),
        ("# Gesundheit\n\n- Bildschirmzeit unter 5 Stunden", ("screen time", "5 h")),
        ("Je veux moins de 4 heures de temps d’écran.", ("screen time", "4 h")),
        ("I want my weekends off.", ("days off", "")),
        ("# Goals\n\n- no work on Sundays", ("days off", "")),
        ("Ich möchte am Wochenende nicht arbeiten.", ("days off", "")),
        ("Je veux des week-ends libres.", ("days off", "")),
        ("Quiero los fines de semana libres.", ("days off", "")),
        ("I want to start working at 8:00.", ("start", "08:00")),
        ("# Goals\n\n- at my desk by 8:30", ("start", "08:30")),
        ("Je voudrais commencer à travailler à 8h.", ("start", "08:00")),
        ("Quiero empezar a trabajar a las 7:45.", ("start", "07:45")),
    ],
)
def test_other_goals_about_the_days_are_read(text: str, goal: tuple[str, str]) -> None:
    assert found(text) == [goal]


@pytest.mark.parametrize(
    "text",
    [
        "In bed before 23:00 yesterday, which was nice.",
        "Was in bed by 23:00.",
        "I want to be in bed before 23:00 tonight.",
        "I wanted the kids in bed by 20:00.",
        "# Goals\n\n- kids in bed by 19:30",
        "Should I be in bed before 23:00?",
        "# Goals\n\n- [x] in bed by 23:00",
        "Mara says people who are in bed by ten live longer.",
        "If you want to be in bed by 23:00, leave at ten.",
        "I used to be in bed by 21:00.",
        "I don’t want to go to bed before 23:00.",
        "I want to buy a bed before 5 May.",
        "I want to break the record of 90 minutes.",
        "I want to stop working on the parser.",
        "I want less screen time on my phone, at most 2 hours.",
        "Let us keep this weekend free for the move.",
        "The shop is off at weekends.",
        "Start working at 8:00 was the plan of the others.",
        "The train to bed factory leaves at 23:00.",
        "I want to read for at most two hours.",
        "Heute um 23 Uhr ins Bett.",
        "I want to be in bed before 23:00 on Friday.",
        "I want to stop working at 15:00 on Thursday.",
        "Ich will am Freitag um 15 Uhr Feierabend machen.",
        "Quiero dejar de trabajar a las 15:00 el viernes.",
        "I would have been in bed by 23:00.",
    ],
)
def test_what_only_sounds_like_a_goal_is_none(text: str) -> None:
    assert found(text) == []


def test_days_off_say_which_days() -> None:
    def days(text: str) -> frozenset[int]:
        return find_day_goals(note(text))[0].weekdays

    assert days("I want my weekends off.") == {5, 6}
    assert days("I want no work on Sundays.") == {6}
    assert days("Ich möchte samstags frei haben.") == {5}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I want to be in bed before 23:00.", set()),
        ("I want to be in bed before 23:00 on weekdays.", {0, 1, 2, 3}),
        ("I want to be in bed before 23:00 during the week.", {0, 1, 2, 3}),
        ("I want to stop working at 18:00 on work days.", {0, 1, 2, 3, 4}),
        ("I want to stop working at 15:00 on Fridays.", {4}),
        ("I want to stop working at 15:00 every Friday.", {4}),
        ("Ich will freitags um 15 Uhr Feierabend machen.", {4}),
        ("Unter der Woche möchte ich um 22:30 ins Bett.", {0, 1, 2, 3}),
        ("Je veux arrêter de travailler à 15h le vendredi.", {4}),
        ("Quiero dejar de trabajar a las 15:00 los viernes.", {4}),
        ("On weekends I want to be in bed before 1.", {5, 6}),
    ],
)
def test_a_goal_may_be_meant_for_some_days(text: str, days: set[int]) -> None:
    (goal,) = find_day_goals(note(text))
    assert goal.weekdays == days


def test_a_goal_knows_its_line_and_heading() -> None:
    (goal,) = find_day_goals(note("# 2026\n\n## Health\n\n- run twice a week\n- in bed by **23:00**\n"))
    assert isinstance(goal, DayGoal)
    assert (goal.words, goal.line_start, goal.line_end, goal.limit) == ("in bed by 23:00", 6, 6, 660.0)
