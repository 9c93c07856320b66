"""The brain's process, spoken to over its pipes."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.footprint.garbage import collect_rarely
from proactive_tui.ipc import codec
from proactive_tui.ipc.events import BrainReady, FailureReport, SearchResults, StatusUpdate, WireEvent
from proactive_tui.ipc.requests import ClientHello, QuitBrain, SearchNotes, WireRequest
from proactive_tui.model.status_values import BrainStatus
from proactive_tui.paths import lock_data_folder, open_data_folder
from tests.waiting import wait_for

CONFIG = Config(llm=LanguageModelConfig(backend="none"))


class Brain:
    """A brain's process; `tells` are what it says, in order. `modules` is a folder to import from before any other."""

    def __init__(self, tmp_path: Path, modules: Path | None = None) -> None:
        (tmp_path / "notes").mkdir(exist_ok=True)
        (tmp_path / "notes" / "heron.md").write_text("# Heron\n\nA heron at the millpond.\n")
        self.hello = ClientHello(notes=str(tmp_path / "notes"), data=str(tmp_path / "data"), config=CONFIG)
        self.log = (tmp_path / "log").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "proactive_tui.brain.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=os.environ | ({"PYTHONPATH": os.pathsep.join([str(modules), *sys.path])} if modules else {}),
        )

    def ask(self, *asks: WireRequest | bytes) -> None:
        assert self.process.stdin is not None
        for ask in asks:
            self.process.stdin.write(ask if isinstance(ask, bytes) else codec.encode_message(ask))
        self.process.stdin.flush()

    def tells(self) -> Iterator[WireEvent]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield codec.decode_wire_event(line)

    def until(self, kind: type[WireEvent]) -> WireEvent:
        return next(tell for tell in self.tells() if isinstance(tell, kind))

    def end(self) -> int:
        return self.process.wait(120)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            assert pipe is not None
            with suppress(BrokenPipeError):  # what it was asked and did not read
                pipe.close()


@pytest.fixture
def brain(tmp_path: Path) -> Iterator[Brain]:
    with Brain(tmp_path) as started:
        yield started


@pytest.mark.slow
def test_it_is_ready_first_answers_and_quits(brain: Brain) -> None:
    brain.ask(brain.hello)
    assert next(brain.tells()) == BrainReady(notes=brain.hello.notes)
    assert next(tell for tell in brain.tells() if isinstance(tell, StatusUpdate) and tell.status.notes.indexed == 1)
    brain.ask(SearchNotes(request=1, query="heron"))
    found = brain.until(SearchResults)
    assert isinstance(found, SearchResults)
    assert found.hits[0].passage.path == "heron.md"
    brain.ask(QuitBrain())
    assert brain.end() == 0


@pytest.mark.slow
def test_it_is_nice(brain: Brain) -> None:
    brain.ask(brain.hello)
    brain.until(StatusUpdate)
    assert os.getpriority(os.PRIO_PROCESS, brain.process.pid) >= CONFIG.index.nice
    brain.ask(QuitBrain())
    assert brain.end() == 0


@pytest.mark.slow
def test_it_ends_when_the_face_goes_away(brain: Brain) -> None:
    brain.ask(brain.hello)
    brain.until(BrainReady)
    assert brain.process.stdin is not None
    brain.process.stdin.close()
    assert brain.end() == 0


@pytest.mark.slow
def test_it_ends_while_the_embedding_model_is_being_loaded(tmp_path: Path) -> None:
    """With an ONNX Runtime that takes longer to import than `end` waits, and that cannot be stopped."""
    module, begun = tmp_path / "modules" / "onnxruntime" / "__init__.py", tmp_path / "begun"
    module.parent.mkdir(parents=True)
    module.write_text(f"import pathlib, time\npathlib.Path({str(begun)!r}).touch()\ntime.sleep(600)\n")
    with Brain(tmp_path, tmp_path / "modules") as brain:
        brain.ask(brain.hello)
        wait_for(begun.exists, 120)
        brain.ask(QuitBrain())
        assert brain.end() == 0


@pytest.mark.slow
def test_noise_is_survived(brain: Brain) -> None:
    brain.ask(brain.hello)
    brain.until(BrainReady)
    brain.ask(b"not json\n", b'{"type":"Nobody"}\n', b"\xff\xfe\n")
    for _ in range(3):
        assert isinstance(brain.until(FailureReport), FailureReport)
    brain.ask(QuitBrain())
    assert brain.end() == 0


@pytest.mark.parametrize("first", [b"nonsense\n", codec.encode_message(QuitBrain()), b""])
def test_without_a_hello_it_ends(brain: Brain, first: bytes) -> None:
    brain.ask(first)
    assert brain.process.stdin is not None
    brain.process.stdin.close()
    assert isinstance(brain.until(FailureReport), FailureReport)
    assert brain.end() == 1


def test_another_version_is_refused(brain: Brain) -> None:
    brain.ask(ClientHello(notes="", data="", config=CONFIG, version=99))
    assert "version" in str(brain.until(FailureReport))
    assert brain.end() == 1


def test_a_held_data_folder_is_status_3(brain: Brain, tmp_path: Path) -> None:
    with lock_data_folder(open_data_folder(tmp_path / "data")):
        brain.ask(brain.hello)
        assert "Another instance" in str(brain.until(FailureReport))
        assert brain.end() == 3


def test_notes_that_are_gone_are_said(brain: Brain, tmp_path: Path) -> None:
    brain.ask(ClientHello(notes=str(tmp_path / "none"), data=str(tmp_path / "data"), config=CONFIG))
    assert "no such folder" in str(brain.until(FailureReport))
    assert brain.end() == 1


@pytest.mark.slow
def test_killed_in_the_middle_of_indexing_it_goes_on_where_it_was(brain: Brain, tmp_path: Path) -> None:
    for number in range(60):
        sections = (
            f"## {word} {number}\n\n{word} {number} is about {word * 2}." * 6 for word in ("reed", "ford", "weir")
        )
        (tmp_path / "notes" / f"{number}.md").write_text(f"# Note {number}\n\n" + "\n\n".join(sections))
    brain.ask(brain.hello)
    half = next(tell.status for tell in brain.tells() if isinstance(tell, StatusUpdate) and tell.status.vectors > 30)
    assert half.vectors < half.passages
    brain.process.send_signal(signal.SIGKILL)
    assert brain.end() == -signal.SIGKILL
    with Brain(tmp_path) as again:
        goes_on(again, half)


def goes_on(again: Brain, half: BrainStatus) -> None:
    again.ask(again.hello)
    first = next(tell.status for tell in again.tells() if isinstance(tell, StatusUpdate) and tell.status.passages)
    assert first.notes.indexed == half.notes.indexed, "words are all there at once"
    assert first.vectors >= half.vectors, "and no vector is made twice"
    done = next(
        tell.status for tell in again.tells() if isinstance(tell, StatusUpdate) and tell.status.notes.embedded == 61
    )
    assert done.notes.failed == ()
    again.ask(SearchNotes(request=1, query="heron"), QuitBrain())
    assert again.end() == 0


def test_what_lives_for_long_is_left_out_of_collections() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python begins: an earlier test may have changed them
    try:
        collect_rarely()
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[2] > 10
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
