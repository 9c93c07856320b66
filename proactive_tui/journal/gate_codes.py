"""Restores the codes of gates in old journals: until commit 38a7ba8 only a gate's name and words were written."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from proactive_tui.model.moment_values import Gate
from proactive_tui.model.shared_words import GATE_CODES, GateCode

_CODES_BY_NAME: dict[str, GateCode] = {code: code for code in GATE_CODES}


def restore_gate_codes(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates of a journaled decision, each with its code; a gate of an unknown name keeps None."""
    return tuple(gate if gate.code else structs.replace(gate, code=_code_from_words(gate)) for gate in gates)


def _code_from_words(gate: Gate) -> GateCode | None:
    """The code of a gate by its name and words: nothing else in an old journal tells a key press from a save."""
    if gate.name == "typing" and gate.detail.startswith("you saved"):
        return "saving"
    return _CODES_BY_NAME.get(gate.name)
