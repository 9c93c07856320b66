"""Measures the tenderness classifier on lines that it was never trained on: `python -m benchmarks.tenderness_fresh`.

The lines of `data/tenderness_fresh/*.tsv` (columns: label, context, text) were written before the words, weights and
training lines of the classifier were read by their author, and are for testing only. A hash of the text halves them:
the errors of `dev` may be read (`--errors`), those of `held` never are. The lines of `data/tenderness_late` came after
most words and training lines; their errors are not shown either.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from proactive_tui.topics.tenderness.gate import is_tender_text

FRESH: Final = Path(__file__).with_name("data") / "tenderness_fresh"
LATE: Final = Path(__file__).with_name("data") / "tenderness_late"


class FreshLine(NamedTuple):
    """A line that is only for testing: its language, whether it is held back, its label, what stands above it."""

    language: str
    held: bool
    tender: bool
    context: str
    text: str


def read_fresh_lines(folder: Path = FRESH) -> list[FreshLine]:
    """The fresh lines of all languages, each in the half that its text falls into."""
    out = []
    for file in sorted(folder.glob("*.tsv")):
        for row in file.read_text(encoding="utf-8").splitlines():
            label, context, text = row.split("\t")
            held = blake2b(text.encode(), digest_size=1).digest()[0] % 2 == 1
            out.append(FreshLine(file.stem, held, label == "tender", context, text))
    return out


def measure_half(title: str, lines: Sequence[FreshLine]) -> list[FreshLine]:
    """Print recall and false alarms of some lines, each judged by itself; returns those judged wrongly."""
    found = [is_tender_text(line.text) for line in lines]
    caught = sum(one and line.tender for line, one in zip(lines, found, strict=True))
    alarms = sum(one and not line.tender for line, one in zip(lines, found, strict=True))
    tender = sum(line.tender for line in lines)
    print(
        f"{title:10} recall {caught / max(1, tender):.3f} ({caught}/{tender})"
        f"   false alarms {alarms / max(1, len(lines) - tender):.3f} ({alarms}/{len(lines) - tender})"
    )
    return [line for line, one in zip(lines, found, strict=True) if one != line.tender]


def main() -> None:
    """Report each part, whole and by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is wrong on the dev half")
    wanted = parser.parse_args()
    lines = read_fresh_lines()
    halves = {
        "dev": [line for line in lines if not line.held],
        "held": [line for line in lines if line.held],
        "late": read_fresh_lines(LATE),
    }
    for half, of_half in halves.items():
        for language in sorted({line.language for line in of_half}):
            measure_half(f"{half} {language}", [line for line in of_half if line.language == language])
        wrong = measure_half(half, of_half)
        for line in wrong if wanted.errors and half == "dev" else ():
            print(f"  {'missed' if line.tender else 'alarm '} {line.language} {line.text}")


if __name__ == "__main__":
    main()
