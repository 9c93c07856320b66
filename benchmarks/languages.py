"""Compares language detectors: `python -m benchmarks.languages [VAULT …] [--lingua PYTHON]`.

It counts how many texts each detector gets right, wrong and leaves open: the labelled one-line notes of
`language_lines.tsv`, alone and two joined, and the paragraphs, lines and headings of each vault, which are English. It
also reports microseconds a call, seconds to load and megabytes. The detectors are the shipped one, its predecessor
(function words of the lexicon), and lingua, if PYTHON is an interpreter that has it.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import psutil

from proactive_tui.text.language import detect_language
from proactive_tui.text.lexicon import LEXICONS

LINES: Final = Path(__file__).with_name("language_lines.tsv")
SAMPLE: Final = 4000
"""The most texts of a kind, drawn at random with a fixed seed."""
LINGUA: Final = """
import json, sys, time, resource
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, start = peak(), time.perf_counter()
from lingua import IsoCode639_1, LanguageDetectorBuilder
codes = [getattr(IsoCode639_1, code.upper()) for code in sys.argv[1:]]
detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
detector.detect_language_of("load the models")
loaded, texts = time.perf_counter() - start, json.load(sys.stdin)
start = time.perf_counter()
found = [detector.detect_language_of(text) for text in texts]
took = time.perf_counter() - start
json.dump({"codes": [one and one.iso_code_639_1.name.lower() for one in found], "seconds": took, "load": loaded,
           "megabytes": peak() - before}, sys.stdout)
"""


class Answers(NamedTuple):
    """A detector's answer for each text, the seconds for all of them and for loading, and its memory in megabytes."""

    codes: list[str | None]
    seconds: float
    load: float
    megabytes: float


def function_words(text: str) -> str:
    """The former detector: the language with most function words, English unless another has clearly more."""
    words = Counter(word.lower() for word in re.findall(r"[^\W\d_]+", text))
    found = dict.fromkeys(LEXICONS, 0.0)
    for word, count in words.items():
        owners = [code for code, lexicon in LEXICONS.items() if word in lexicon.function | lexicon.negations]
        for code in owners:
            found[code] += count / len(owners)
    best = max(found, key=lambda code: found[code])
    return best if best != "en" and found[best] >= 2 and found[best] > 1.5 * found["en"] else "en"


def answers(detect: Callable[[str], str | None], texts: Sequence[str]) -> Answers:
    """Run a detector in this process."""
    memory = psutil.Process().memory_info().rss
    start = time.perf_counter()
    detect("load the model")
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    codes = [detect(text) for text in texts]
    took = time.perf_counter() - start
    return Answers(codes, took, loaded, (psutil.Process().memory_info().rss - memory) / 2**20)


def lingua_answers(python: str, texts: Sequence[str]) -> Answers:
    """Run lingua in another interpreter."""
    done = subprocess.run(
        [python, "-c", LINGUA, *LEXICONS], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    return Answers(told["codes"], told["seconds"], told["load"], told["megabytes"])


def labelled() -> list[tuple[str, str]]:
    """Language and text of the one-line notes, then of neighbours of the same language joined."""
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines()]
    alone = [(code, text) for code, text in lines]
    pairs = [(code, f"{one}\n{other}") for (code, one), (following, other) in pairwise(alone) if code == following]
    return alone + pairs


def vault_texts(vault: Path) -> dict[str, list[str]]:
    """A sample of paragraphs, lines and headings of a vault, outside code blocks."""
    found: dict[str, list[str]] = {"paragraphs": [], "lines": [], "headings": []}
    for path in sorted(vault.rglob("*.md")):
        text = re.sub(r"^(`{3,}).*?^\1", "", path.read_text("utf-8", "replace"), flags=re.DOTALL | re.MULTILINE)
        found["paragraphs"] += [part for part in re.split(r"\n\s*\n", text) if len(part) > 80]
        found["lines"] += [line for line in text.split("\n") if len(re.findall(r"[^\W\d_]{3,}", line)) > 1]
        found["headings"] += re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    draw = random.Random(1)
    return {kind: draw.sample(texts, min(SAMPLE, len(texts))) for kind, texts in found.items()}


def verdict(expected: Iterable[str], codes: Iterable[str | None]) -> str:
    """The numbers of right, wrong and open answers, as text."""
    counts = Counter("open" if code is None else code == wanted for wanted, code in zip(expected, codes, strict=True))
    return f"{counts[True]:6d} right {counts[False]:5d} wrong {counts['open']:5d} open"


def main(arguments: Sequence[str]) -> int:
    """Print the tables; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.languages", description=__doc__)
    parser.add_argument("vaults", nargs="*", type=Path, help="folders of English notes")
    parser.add_argument("--lingua", help="a Python interpreter in which lingua is installed")
    given = parser.parse_args(arguments)
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, text in labelled():
        groups.setdefault("two lines" if "\n" in text else "one line", []).append((code, text))
    for vault in given.vaults:
        for kind, some in vault_texts(vault).items():
            groups[f"{vault.name} {kind}"] = [("en", text) for text in some]
    texts = [text for group in groups.values() for _, text in group]
    detectors = {"this project": answers(detect_language, texts), "function words": answers(function_words, texts)}
    if given.lingua:
        detectors["lingua"] = lingua_answers(given.lingua, texts)
    for name, told in detectors.items():
        at = 0
        microseconds = 1e6 * told.seconds / len(texts)
        print(f"{name}: {microseconds:.0f} µs a text, {told.load:.2f} s and {told.megabytes:.0f} MB to load")
        for title, group in groups.items():
            codes, at = told.codes[at : at + len(group)], at + len(group)
            print(f"  {title:32}{verdict((code for code, _ in group), codes)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
