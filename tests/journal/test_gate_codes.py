"""The journal of an old program says by words what a new one says by codes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from proactive_tui.config import OffersConfig, SensorsConfig
from proactive_tui.journal.events import OfferIssued, SilenceDecided
from proactive_tui.journal.gate_codes import restore_gate_codes
from proactive_tui.journal.journal import Journal
from proactive_tui.model.moment_values import Gate, Moment, NoteEdit
from proactive_tui.model.shared_words import GATE_CODES
from proactive_tui.moment.gates import evaluate_gates
from tests.golden import old


def journaled_gates(folder: Path) -> list[Gate]:
    gates: list[Gate] = []
    with Journal.open_readonly(old.journal(folder)) as journal:
        for recorded in journal.read_events():
            match recorded.event:
                case OfferIssued(offer=offer):
                    gates += offer.gates
                case SilenceDecided(silence=silence):
                    gates += silence.gates
                case _:
                    pass
    return gates


def test_every_gate_of_an_old_journal_has_a_code(tmp_path: Path) -> None:
    gates = journaled_gates(tmp_path)
    assert {gate.code for gate in gates} == {None}
    restored = restore_gate_codes(gates)
    codes = Counter(gate.code for gate in restored if not gate.passed)
    assert (codes["typing"], codes["saving"]) == (3, 5), "keys and saves are told apart"
    assert {gate.code for gate in restored} == set(GATE_CODES) - {"appointment", "unattended"}, "these came later"
    assert all(gate.code == gate.name for gate in restored if gate.code != "saving")


def test_what_is_written_today_is_restored_from_its_words_as_well() -> None:
    for moment in (
        Moment(at=100.0, key_at=99.0, started_at=0.0),
        Moment(at=100.0, edits=(NoteEdit(path="a.md", at=99.0),), started_at=0.0),
    ):
        today = evaluate_gates(moment, OffersConfig(), SensorsConfig())
        bare = [Gate(name=gate.name, passed=gate.passed, detail=gate.detail, until=gate.until) for gate in today]
        assert restore_gate_codes(bare) == today == restore_gate_codes(today)


def test_a_gate_of_an_unknown_name_stays_as_it_is() -> None:
    unknown = Gate(name="full moon", passed=False, detail="it is a full moon")
    assert restore_gate_codes([unknown]) == (unknown,)
