"""Every persona under every policy, on as many processes as wanted; the same numbers whatever their number."""

from __future__ import annotations

import contextlib
import multiprocessing
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.fortnight import days as calendar
from benchmarks.fortnight import personas
from benchmarks.fortnight.life import Happened, live
from benchmarks.fortnight.material import Material, home, opened
from benchmarks.fortnight.outside import Outside
from benchmarks.fortnight.person import Appeal, Person
from benchmarks.fortnight.policies import POLICIES, PROJECT, Project

WITHOUT, WITH = "without sources", "with sources"


@dataclass(frozen=True)
class Lived:
    """A persona's fortnight under each policy, by its name; `there` are the days on which they were at the machine."""

    persona: personas.Persona
    there: tuple[int, ...]
    by_policy: dict[str, list[Happened]]


class Town:
    """The people over one material."""

    def __init__(self, material: Material, seed: int, days: int) -> None:
        standing = material.standing
        self._appeal = Appeal(standing.topics, standing.meanings.astype(np.float64))
        self._notes = sorted(material.services.index.notes)
        self._folders = sorted({calendar.folder(path) for path in self._notes})
        self._material, self._seed, self._days = material, seed, days

    @cached_property
    def _outside(self) -> Outside:
        material = self._material
        return Outside(material.services.index.notes, material.standing, material.monday, self._days, self._seed)

    def lived_with_sources(self, number: int) -> Lived:
        """Person `number` with this project, without and with sources; they have the same appointments in both."""
        material, seed = self._material, self._seed
        outside = self._outside
        persona = personas.draw(seed, number, self._folders, len(material.standing))
        meetings = [(time.start, time.end) for time in outside.busy_times()]
        days = calendar.with_meetings(calendar.days(persona, seed, material.monday, self._days, self._notes), meetings)
        found: dict[str, list[Happened]] = {}
        for name, world in ((WITHOUT, None), (WITH, outside)):
            person = Person(persona, self._appeal, seed, material.monday)
            with contextlib.closing(Project(replace(material, outside=world), 1000 * seed + number)) as assistant:
                found[name] = live(person, days, assistant, left_running=persona.desk_open)
        return Lived(persona, tuple(number for number, day in enumerate(days) if day), found)

    def lived(self, number: int) -> Lived:
        """Person `number` under each policy: this project first, the others as often on each day as it spoke."""
        material, seed = self._material, self._seed
        persona = personas.draw(seed, number, self._folders, len(material.standing))
        days = calendar.days(persona, seed, material.monday, self._days, self._notes)
        found: dict[str, list[Happened]] = {}
        allowed: list[int] = []
        for name in (PROJECT, *(each for each in POLICIES if each != PROJECT)):
            person = Person(persona, self._appeal, seed, material.monday)
            with contextlib.closing(POLICIES[name](material, 1000 * seed + number)) as assistant:
                found[name] = live(person, days, assistant, left_running=persona.desk_open, allowed=allowed)
            if name == PROJECT:
                made = Counter(each.day for each in found[name])
                allowed = [made[day] for day in range(self._days)]
        return Lived(persona, tuple(number for number, day in enumerate(days) if day), found)


def everybody(
    notes: Path, keep: Path, *, seed: int, people: int, days: int, processes: int, sources: bool = False
) -> list[Lived]:
    """All personas, in order, under every policy, or with this project without and with `sources`.

    Raises ProactiveError where the notes cannot be read.
    """
    with opened(notes, home(notes, keep)) as material:  # embeds what is missing, which workers then find
        if processes <= 1:
            town = Town(material, seed, days)
            return [town.lived_with_sources(number) if sources else town.lived(number) for number in range(people)]
    workers = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory() as scratch,
        workers.Pool(processes, _settle, (notes, home(notes, keep), Path(scratch), seed, days)) as pool,
    ):
        return pool.map(_lived_with_sources if sources else _lived, range(people), chunksize=1)


_town: Town
_open = contextlib.ExitStack()


def _settle(notes: Path, kept: Path, scratch: Path, seed: int, days: int) -> None:
    """A worker reads its own copy of the index: Chroma is not safe for two processes."""
    global _town  # noqa: PLW0603  (a pool's workers have nowhere else to keep what each opens once)
    copy = scratch / multiprocessing.current_process().name
    shutil.copytree(kept, copy)
    _town = Town(_open.enter_context(opened(notes, copy)), seed, days)


def _lived(number: int) -> Lived:
    return _town.lived(number)


def _lived_with_sources(number: int) -> Lived:
    return _town.lived_with_sources(number)
