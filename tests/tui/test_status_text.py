from __future__ import annotations

from datetime import UTC

import pytest

from proactive_tui.ipc.client import BrainState
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.status_values import NotesStatus, OfferRhythm, SpeakerStatus
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.face_words import describe_brain_state
from proactive_tui.tui.widgets.status_rows import abbreviate_home, draw_progress_bar
from tests.tui.fakes import AT


def notes(**more: object) -> NotesStatus:
    return NotesStatus(folder="/n", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (notes(watched=4, indexed=1), ("1 of 4 notes read", 0.25)),
        (
            notes(watched=4, indexed=3, embedded=0, failed=(SkippedFile(path="a", reason="x"),)),
            ("searchable by words · 0 of 3 by meaning", 0.0),
        ),
        (notes(watched=4, indexed=4, embedded=4), None),
        (notes(), None),
    ],
)
def test_progress_only_while_working(status: NotesStatus, expected: object) -> None:
    assert status_text.format_index_progress(status) == expected


@pytest.mark.parametrize(
    ("llm", "expected"),
    [
        (SpeakerStatus(backend="ollama", model="qwen3:4b", reachable=True), "qwen3:4b · Ollama"),
        (SpeakerStatus(backend="ollama", model="qwen3:4b", reachable=False), "qwen3:4b · Ollama · not reachable"),
        (SpeakerStatus(backend="ollama", model="", reachable=False), "Ollama · not reachable"),
        (SpeakerStatus(backend="llama.cpp", model="x.gguf", reachable=True), "x.gguf · llama.cpp"),
        (SpeakerStatus(backend="template", model="", reachable=True), "no language model · it quotes your notes"),
    ],
)
def test_who_speaks(llm: SpeakerStatus, expected: str) -> None:
    assert status_text.format_llm_status(llm) == expected


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (OfferRhythm(), ""),
        (OfferRhythm(next_at=AT - 5), ""),
        (OfferRhythm(next_at=AT + 600), "may speak from 10:10"),
        (OfferRhythm(why_silent="quiet\x1b[1m hours", next_at=AT + 600), "quiet hours · may speak from 10:10"),
        (OfferRhythm(why_silent="3 of 6 today; next at 10:10", next_at=AT + 590), "3 of 6 today; next at 10:10"),
        (
            OfferRhythm(why_silent="it rests until 10:05", next_at=AT + 600),
            "it rests until 10:05 · may speak from 10:10",
        ),
    ],
)
def test_why_silent_and_until_when(rhythm: OfferRhythm, expected: str) -> None:
    assert status_text.format_silence(rhythm, AT, UTC) == expected


@pytest.mark.parametrize(
    ("llm", "wanted", "expected"),
    [
        (SpeakerStatus(backend="template", model="", reachable=True, detail="install Ollama"), True, "install Ollama"),
        (SpeakerStatus(backend="template", model="", reachable=True, detail="none is wanted"), False, ""),
        (SpeakerStatus(backend="ollama", model="m", reachable=True, detail="well"), True, ""),
        (SpeakerStatus(backend="ollama", model="m", reachable=False, detail="refused"), True, "refused"),
    ],
)
def test_about_the_speaker_is_said_what_helps(llm: SpeakerStatus, wanted: bool, expected: str) -> None:
    assert status_text.llm_advice(llm, wanted=wanted) == expected


def test_about_the_speaker_in_brief() -> None:
    detail = "It does not answer (http://127.0.0.1:11434: nothing listens there). Start it with 'ollama serve'."
    problem = "Ollama cannot be reached"
    llm = SpeakerStatus(backend="template", model="", reachable=True, detail=detail, problem=problem)
    said = status_text.llm_advice(llm, wanted=True, brief=True)
    assert said == "Ollama cannot be reached. 'proactive-tui doctor' tells more."
    assert status_text.llm_advice(llm, wanted=False, brief=True) == ""


def test_a_budget_of_nothing() -> None:
    assert status_text.format_budget(OfferRhythm(budget=0)) == "speaks only when asked"


@pytest.mark.parametrize(
    ("spoken_by", "expected"),
    [("ollama:qwen3:4b", "qwen3:4b"), ("template", "from your notes"), ("llama.cpp:x.gguf", "x.gguf"), ("", "")],
)
def test_who_said_a_turn(spoken_by: str, expected: str) -> None:
    assert status_text.format_llm_name(spoken_by) == expected


def test_the_bar_is_as_full_as_the_share() -> None:
    assert [len(draw_progress_bar(share).plain) for share in (-1.0, 0.0, 0.5, 2.0)] == [16] * 4
    assert draw_progress_bar(0.5).spans[0].end == 8


def test_home_is_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/mara")
    assert abbreviate_home("/home/mara/notes") == "~/notes"
    assert abbreviate_home("/srv/notes") == "/srv/notes"


def test_the_brains_states_in_words() -> None:
    assert describe_brain_state(BrainState("ready")) == ""
    assert describe_brain_state(BrainState("restarting")) == "The brain stopped; starting it again"


def test_notes_that_were_not_counted_yet_are_being_read() -> None:
    assert status_text.format_notes_status(NotesStatus(folder="~/notes")) == "being read"
    gone = NotesStatus(folder="~/notes", detail="the folder is gone")
    assert status_text.format_notes_status(gone) == "0 notes · not watching yet · the folder is gone"
