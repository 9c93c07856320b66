"""Kills the brain, the face or both at random points of a day, starts again, and checks the stores.

`python -m tests.endurance.kills --points 500 --seed 1` ends with status 1 when data were lost, duplicated or
inconsistent. A share of the days (`--real`, a tenth) uses the real embedding model. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

from proactive_tui.errors import ProactiveError
from proactive_tui.index.markdown import parse_note
from proactive_tui.ipc import codec
from proactive_tui.ipc.events import FailureReport, OwnerNotice, StatusUpdate
from proactive_tui.journal.journal import Journal
from proactive_tui.paths import lock_data_folder, open_data_folder
from tests.brain.build import QUICK
from tests.endurance import brain, fork_server
from tests.endurance.ack_checker import Acknowledged, Line, wrong
from tests.endurance.brain import Report
from tests.endurance.day import Day, begin
from tests.endurance.face import BrainGoneError, Face
from tests.endurance.outcome import list_counts, tell_outcome

PER_DAY = 10
"""Kills before a new data folder is begun."""
THINGS = 60
"""A tenth of the actions in a run that is not killed."""
LONGEST = 1.2
"""Seconds after which a run is killed at the latest, if by time."""
MOST_LINES = 120
"""Lines on the pipes after which a run is killed at the latest, if by lines."""
MOST_STATEMENTS = 1000
"""Writing statements before which a run is killed at the latest, if by statements."""
CLEANUP_RESTS = (3.0, 10.0, 30.0)
"""Seconds that a brain is given, in turn, to remove vectors of nothing: it does so behind all other work."""

Victim = Literal["brain", "face", "both"]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Who is killed, and after how many seconds, lines on the pipes, or writing statements."""

    victim: Victim
    seconds: float = 0.0
    lines: int = 0
    statements: int = 0

    @staticmethod
    def at_random(chance: random.Random) -> Point:
        """A random point, by time or by a number, so that kills fall between messages and into the start as well."""
        victim: Victim = chance.choice(("brain", "face", "both"))
        if chance.random() < 0.3:
            return Point(victim="brain", statements=chance.randrange(1, chance.choice((150, MOST_STATEMENTS))))
        if chance.random() < 0.5:
            return Point(victim=victim, seconds=chance.uniform(0.01, LONGEST))
        return Point(victim=victim, lines=chance.randrange(1, MOST_LINES))


class Place:
    """The files of one day: notes, data, process id, log, and the record of the pipes."""

    def __init__(self, folder: Path, chance: random.Random, *, real: bool) -> None:
        self.folder, self.real = folder, real
        self.notes, self.data = folder / "notes", folder / "data"
        self.pid, self.record, self.log = folder / "pid", folder / "record", folder / "stderr.log"
        begin(self.notes, chance)

    def face(self, noted: Any, statements: int = 0) -> Face:
        """Start a new run of the brain, with a face."""
        process = fork_server.Forked(self.log, self.folder, real=self.real, statements=statements)
        self.pid.write_text(str(process.pid))
        return Face(self.notes, self.data, QUICK, process, noted)


def ended(place: Place, point: Point, seed: int) -> None:
    """Run until the kill at the point. The face has its own process, so that it can be killed too."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        _face(place, point, random.Random(seed))
    finally:
        os._exit(0)


def _face(place: Place, point: Point, chance: random.Random) -> None:
    lines = 0
    face: Face | None = None
    record = os.open(place.record, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

    def kill(*_: object) -> None:
        if point.victim != "face":
            os.kill(int(place.pid.read_text()), signal.SIGKILL)
        if point.victim != "brain":
            os.kill(os.getpid(), signal.SIGKILL)

    def noted(line: bytes, sent: bool) -> None:
        nonlocal lines
        lines += 1
        if point.lines == lines and chance.random() < 0.5:
            kill()  # before the line is recorded: received, but unknown to the check
        os.write(record, (b">" if sent else b"<") + line)
        if point.lines == lines:
            kill()

    if point.seconds:
        signal.signal(signal.SIGALRM, kill)
        place.pid.write_text("0")
    with suppress(BrainGoneError):
        if point.seconds:
            process = fork_server.Forked(place.log, place.folder, real=place.real)
            place.pid.write_text(str(process.pid))
            signal.setitimer(signal.ITIMER_REAL, point.seconds)
            face = Face(place.notes, place.data, QUICK, process, noted)
        else:
            face = place.face(noted, point.statements)
        Day(face, place.notes, chance).live(10 * THINGS)


def recorded(place: Place) -> list[Line]:
    """The messages of the last run, as far as its face could record them."""
    found: list[Line] = []
    for line in place.record.read_bytes().split(b"\n"):
        with suppress(ProactiveError):  # cut off
            if line[:1] == b">":
                found.append((True, codec.decode_wire_request(line[1:])))
            elif line[:1] == b"<":
                found.append((False, codec.decode_wire_event(line[1:])))
    return found


def gone(place: Place, seconds: float = 20.0) -> str:
    """Wait until the brain of a killed face has unlocked the data folder; returns the trouble if it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with lock_data_folder(open_data_folder(place.data)):
                return ""
        except ProactiveError:
            time.sleep(0.01)
    return f"the brain did not end within {seconds} s after its face"


def examined(place: Place, acknowledged: Acknowledged, told: Counter[str]) -> list[str]:
    """Start again, let the index settle, end regularly; returns what is wrong then, in words."""
    with Journal.open_readonly(place.data / "journal.db") as journal:
        found = wrong(acknowledged, list(journal.read_events()))
    files = {
        path.relative_to(place.notes).as_posix(): parse_note(path.name, path.read_bytes(), 0.0).digest
        for path in place.notes.rglob("*.md")
    }
    trouble, report = settled(place, files, told)
    for rest in CLEANUP_RESTS:
        if report is not None and report.unused:  # the brain ended before its cleanup
            trouble, report = settled(place, files, told, rest)
    found += trouble
    if report is not None:
        if not report.learned:
            found.append("the models are not the replay of the journal")
        if report.digests != files:
            found.append(f"index and notes differ: {sorted(set(report.digests.items()) ^ set(files.items()))}")
        if not report.words:
            found.append("words and passages are at odds")
        if report.missing or report.unused:
            found.append(f"{report.missing} vectors are missing, {report.unused} are of nothing")
    with Journal.open_readonly(place.data / "journal.db") as journal:
        found += wrong(acknowledged, list(journal.read_events()))
    return list(dict.fromkeys(found))


def settled(
    place: Place, files: dict[str, str], told: Counter[str], rest: float = 0.0
) -> tuple[list[str], Report | None]:
    """Run until the index matches the files, and `rest` seconds on; returns the troubles, and the brain's report."""
    (place.folder / brain.REPORT).unlink(missing_ok=True)
    face = place.face(lambda _line, _sent: None)

    def in_step(now: StatusUpdate) -> bool:
        notes = now.status.notes
        return notes.indexed == notes.embedded == len(files) and not notes.failed and bool(now.status.topics)

    try:
        face.until(StatusUpdate, 30.0, like=in_step)
        deadline = time.monotonic() + rest
        while time.monotonic() < deadline:
            face.hear(0.1)
        status = face.end()
    except (BrainGoneError, TimeoutError) as error:
        return [f"it did not start again: {error!r}"], None
    finally:
        face.kill()
    said = [f"{tell.title}: {tell.message}" for tell in face.tells if isinstance(tell, OwnerNotice | FailureReport)]
    told.update(said)
    found = [f"said: {each}" for each in said if "journal" in each.casefold()]
    if status != 0:
        return [*found, f"it ended with status {status}"], None
    return found, msgspec.json.decode((place.folder / brain.REPORT).read_bytes(), type=Report)


class Tally(msgspec.Struct, kw_only=True):
    """Counts over some kills; `troubles` in words, at most one for each point."""

    victims: Counter[str] = msgspec.field(default_factory=Counter)
    told: Counter[str] = msgspec.field(default_factory=Counter)
    real: int = 0
    acknowledgements: int = 0
    events: int = 0
    troubles: list[str] = msgspec.field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another day."""
        self.victims += other.victims
        self.told += other.told
        self.real += other.real
        self.acknowledgements += other.acknowledgements
        self.events += other.events
        self.troubles += other.troubles


def day(seed: int, points: int, real: bool) -> Tally:
    """Kill `points` times in one data folder that goes on after each kill; the first trouble ends the day."""
    chance, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place, acknowledged = Place(Path(folder), chance, real=real), Acknowledged()
        for _ in range(points):
            point = Point.at_random(chance)
            tally.victims[point.victim] += 1
            tally.real += real
            ended(place, point, chance.randrange(1 << 30))
            trouble = gone(place)
            acknowledged.read(recorded(place))
            if found := [trouble] if trouble else examined(place, acknowledged, tally.told):
                log = place.log.read_text().splitlines()[-12:]
                tally.troubles.append("\n    ".join([f"day {seed}, {point}", *found, *log]))
                break
        tally.acknowledgements = acknowledged.count
        if (place.data / "journal.db").exists():
            with Journal.open_readonly(place.data / "journal.db") as journal:
                tally.events = journal.read_status().events
    return tally


def main(arguments: list[str] | None = None) -> int:
    """Run the days, and print the counts; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.kills")
    parser.add_argument("--points", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=float, default=0.1, help="share of the days with the real embedding model")
    parser.add_argument("--jobs", type=int, default=2, help="days at a time")
    given = parser.parse_args(arguments)
    fork_server.preload(real=given.real > 0)
    began, tally = time.monotonic(), Tally()
    days = range((given.points + PER_DAY - 1) // PER_DAY)
    counts = [min(PER_DAY, given.points - PER_DAY * number) for number in days]
    real = [int(given.real * (number + 1)) > int(given.real * number) for number in days]
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(given.jobs, mp_context=context) as pool:
        for each in pool.map(day, (given.seed * 100_000 + number for number in days), counts, real):
            tally.add(each)
            for trouble in each.troubles:
                sys.stdout.write(f"{trouble}\n")
                sys.stdout.flush()
    for said, times in tally.told.most_common():
        sys.stdout.write(f"said {times} times: {said}\n")
    counted = (
        f"{tally.victims.total()} kills ({list_counts(tally.victims)}; {tally.real} with the real model), "
        f"{tally.acknowledgements} acknowledgements, {tally.events} events at the days' ends"
    )
    return tell_outcome(counted, tally.troubles, "with something lost, twice or at odds", began)


if __name__ == "__main__":
    sys.exit(main())
