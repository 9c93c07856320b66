"""Who the simulated people are: every number of a persona, and the ranges that it is drawn from.

The ranges were set before any policy was run. Two of them, EASE and LIKES, were moved afterwards: a first look at four
people under all policies showed far fewer welcome offers than meant. They were set anew by the policy of chance alone,
on other seeds, so that untimed offers are welcome about as often as untimed notifications are (four settings tried, see
LIKES), and have been left alone since. Where the literature has a size it is named; none of it measured a terminal, so
what is not named is a guess that spreads wide. `python -m benchmarks.fortnight NOTES --json FILE` writes every persona
as it was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.shared_words import FRAMINGS, TOPIC_KINDS, Framing, Kind

Floats = NDArray[np.float64]
Range = tuple[float, float]

# --- rhythm: when somebody is there, and when they concentrate (hours of the local day, minutes) --------------------
STARTS: Final[Range] = (7.0, 11.0)
WORKS: Final[Range] = (6.0, 9.5)
"""Hours from the first minute to the last."""
LUNCH: Final[Range] = (25.0, 75.0)
STRETCH: Final[Range] = (45.0, 110.0)
"""Minutes at the machine between two breaks,"""
BREAK: Final[Range] = (6.0, 20.0)
"""and of a break: longer than what the shipped sensors call away, as leaving the desk is."""
CALLS: Final[Range] = (0.3, 2.5)
"""Calls a day, half of them at the machine."""
FOCUS_HOURS: Final = ((10.6, 0.8), (14.8, 0.9))
"""Mean and deviation: concentration peaks before noon and in the middle of the afternoon (Mark, Iqbal, Czerwinski and
Johns 2014, *Bored Mondays and focused afternoons*, CHI)."""
FOCUS_MINUTES: Final[Range] = (35.0, 110.0)
FOCUS_LIKELY: Final[Range] = (0.6, 0.95)
WRITES: Final[Range] = (0.35, 0.9)
"""Probability that a stretch has a spell of writing notes."""
COMMITS: Final[Range] = (0.0, 0.7)
"""Probability that a spell of writing ends with a commit."""
GLANCES: Final[Range] = (0.5, 5.0)
"""Looks at the assistant's terminal an hour, when nothing occupies them."""

# --- availability: would they see it --------------------------------------------------------------------------------
NOTICES: Final[Range] = (0.70, 0.97)
BLINDER: Final = 0.6
"""Who concentrates notices so many times as often."""

# --- receptivity: do they welcome it now, in log-odds ---------------------------------------------------------------
EASE: Final[Range] = (0.4, 2.0)
FOCUS_COSTS: Final[Range] = (1.5, 3.5)
"""In the middle of a task people mind, and lose time: Adamczyk and Bailey 2004, *If not now, when?*, CHI; Iqbal and
Horvitz 2007, *Disruption and recovery of computing tasks*, CHI."""
BREAK_EASES: Final[Range] = (0.2, 1.2)
"""At a break they mind less (Iqbal and Bailey 2008, CHI)."""
PART_SWAY: Final[Range] = (0.2, 1.0)
"""One part of the day is better, another worse, by so much."""
CONTENT_HELPS: Final = 0.5
"""What it is about sways how the moment is taken more than the moment itself (Fischer, Yee, Bellotti, Good, Benford and
Greenhalgh 2010, *Effects of content and time of delivery on receptivity to mobile interruptions*, MobileHCI)."""
FRANK: Final[Range] = (0.35, 0.9)
"""Probability that they say so when they mind, instead of letting it pass."""

# --- patience, 0..1 -------------------------------------------------------------------------------------------------
TOUCHY: Final[Range] = (0.06, 0.25)
"""What an unwelcome offer takes. Half of it where it was seen and passed over;"""
TIRES: Final = 0.02
"""and what any offer takes that was seen (habituation: Karine and Marlin 2024, arXiv 2411.00336)."""
PLEASES: Final = 0.05
RECOVERS: Final[Range] = (5.0, 40.0)
"""Hours of rest after which half of what was lost is back: over night for some, over a weekend for others."""
WEARS: Final[Range] = (1.0, 3.0)
"""Log-odds that somebody has lost whose patience is all gone."""

# --- taste, in log-odds ---------------------------------------------------------------------------------------------
LIKES: Final[Range] = (-0.4, 1.2)
KIND_SWAYS: Final = 0.8
FOLDER_SWAYS: Final = 0.6
MEANING_SWAYS: Final = 0.9
FRAMING_SWAYS: Final = 0.3
"""Standard deviations. With LIKES and EASE as they are, four offers a day at random times about random topics are
welcome in 23 % of the cases (60 personas, seed 7; from 5 to 60 % among them). Of 794,525 phone notifications those that
were not messages led somewhere in 15 to 25 % (Pielot, Vradi and Park 2018, *Dismissed!*, MobileHCI)."""
SWAYED_KINDS: Final[tuple[Kind, ...]] = tuple(kind for kind in TOPIC_KINDS if kind != "idea")
"""Nobody is for or against ideas as such: the kind came later, and people of earlier fortnights stay as they were."""
RELATED: Final = 0.5
"""What is being worked on appeals more."""
AGAIN: Final = 1.5
"""The same topic appeals so much less each time that it was seen before."""
OUTSIDE_APPEAL: Final[dict[Kind, float]] = {"review": 0.2, "meeting": 0.5, "unfinished work": -0.3, "news": -0.6}
BLOCKING_APPEAL: Final = 0.8
TIE_APPEAL: Final = 0.8
AUTHOR_SWAYS: Final = 0.8
"""How much more what sources bring appeals than a topic of the notes: on the whole, where a comment blocks, by how well
it meets the notes (0..1), and the standard deviation by author. All of it was guessed before any policy was run.
"""
DRIFT: Final[Range] = (0.2, 1.0)
"""How far tastes of week two have turned away from week one's: 0 not at all, 1 to something unrelated. That tastes
drift, each person's at a pace of their own: Koren 2009, *Collaborative filtering with temporal dynamics*, KDD."""

PARTS: Final = ("morning", "midday", "afternoon", "evening")
DESK_OPEN: Final = 0.5
"""Share of people who leave the assistant running over night."""


@dataclass(frozen=True)
class Taste:
    """What appeals, in log-odds; `towards` and `away` are rows of the pool: more like one than like the other."""

    kinds: dict[Kind, float]
    folders: dict[str, float]
    towards: int
    away: int


@dataclass(frozen=True)
class Persona:
    """One simulated person; the comments at the ranges say what each number means."""

    number: int
    days: tuple[int, ...]  # weekdays at work, Monday is 0
    starts: float
    works: float
    lunch: float
    stretch: float
    pause: float
    calls: float
    focus: tuple[tuple[float, float], ...]  # start (hour) and length (minutes) of each habitual block
    focus_likely: float
    writes: float
    commits: float
    glances: float
    desk_open: bool
    notices: float
    ease: float
    focus_costs: float
    break_eases: float
    good: str
    bad: str
    part_sway: float
    frank: float
    touchy: float
    recovers: float
    wears: float
    likes: float
    framings: dict[Framing, float]
    drift: float
    tastes: tuple[Taste, Taste]  # of the two weeks


def draw(seed: int, number: int, folders: Sequence[str], topics: int) -> Persona:
    """The persona of a number, over notes with these folders and so many topics; the same for the same arguments."""
    rng = np.random.default_rng([seed, number, 1])

    def within(bounds: Range) -> float:
        return round(float(rng.uniform(*bounds)), 3)

    hours = [rng.normal(*FOCUS_HOURS[n % 2]) for n in range(int(rng.integers(1, 4)))]
    good, bad = rng.permutation(PARTS)[:2]
    drift = within(DRIFT)
    first, fresh = _taste(rng, folders, topics), _taste(rng, folders, topics)
    return Persona(
        number=number,
        days=_days(rng),
        starts=within(STARTS),
        works=within(WORKS),
        lunch=within(LUNCH),
        stretch=within(STRETCH),
        pause=within(BREAK),
        calls=within(CALLS),
        focus=tuple(sorted((round(float(hour), 2), within(FOCUS_MINUTES)) for hour in hours)),
        focus_likely=within(FOCUS_LIKELY),
        writes=within(WRITES),
        commits=within(COMMITS),
        glances=within(GLANCES),
        desk_open=bool(rng.random() < DESK_OPEN),
        notices=within(NOTICES),
        ease=within(EASE),
        focus_costs=within(FOCUS_COSTS),
        break_eases=within(BREAK_EASES),
        good=str(good),
        bad=str(bad),
        part_sway=within(PART_SWAY),
        frank=within(FRANK),
        touchy=within(TOUCHY),
        recovers=within(RECOVERS),
        wears=within(WEARS),
        likes=within(LIKES),
        framings={name: round(float(rng.normal(0.0, FRAMING_SWAYS)), 3) for name in FRAMINGS},
        drift=drift,
        tastes=(first, _turned(first, fresh, drift)),
    )


def _days(rng: np.random.Generator) -> tuple[int, ...]:
    """Most work from Monday to Friday; some have another day off, some also work on a Saturday."""
    days = set(range(5))
    if rng.random() < 0.25:
        days.discard(int(rng.integers(5)))
    if rng.random() < 0.25:
        days.add(5)
    return tuple(sorted(days))


def _taste(rng: np.random.Generator, folders: Sequence[str], topics: int) -> Taste:
    towards, away = rng.choice(topics, 2, replace=False)
    return Taste(
        kinds={kind: round(float(rng.normal(0.0, KIND_SWAYS)), 3) for kind in SWAYED_KINDS} | {"idea": 0.0},
        folders={folder: round(float(rng.normal(0.0, FOLDER_SWAYS)), 3) for folder in folders},
        towards=int(towards),
        away=int(away),
    )


def _turned(old: Taste, new: Taste, drift: float) -> Taste:
    """As strong as before, in another direction. What somebody is drawn to is another matter from the middle on."""
    angle = drift * np.pi / 2

    def turned(one: float, other: float) -> float:
        return round(float(np.cos(angle) * one + np.sin(angle) * other), 3)

    after = new if drift > 0.5 else old
    return Taste(
        kinds={kind: turned(old.kinds[kind], new.kinds[kind]) for kind in old.kinds},
        folders={folder: turned(old.folders[folder], new.folders[folder]) for folder in old.folders},
        towards=after.towards,
        away=after.away,
    )
