"""Notes made to be slow or to overflow a stack, of any size.

`python -m tests.hostile.pathological_markdown --kilobytes 1024` measures how long each takes to parse.
"""

from __future__ import annotations

import argparse
import json
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

REPEATED: Mapping[str, str] = {
    "escaped brackets": "\\[", "open brackets": "[", "open links": "[a](", "links that do not end": "[a](x ",
    "open wikilinks": "[[a|", "open embeds": "![[a#", "two ticks, then one": "``a`", "strikes": "~~a ", "stars": "*a ",
    "stars alone": "*", "emphasis of both kinds": "**a*", "underscores": "_a ", "two underscores": "__a ",
    "equal signs": "==a ", "tags": "#a", "numbers for tags": "#1-", "angles": "<a ", "comments": "<!--",
    "links": "[a](b.md) ", "wikilinks": "[[b]] ", "entities": "&#x1;", "years": "2026-", "dates": "in 1 ",
    "fields": "[a:: b] ", "open fields": "[a:: ", "recurrences": "🔁 a", "state words": "TODO ", "struck": "~~a~~ ",
    "comments of Obsidian": "%%a", "braces": "{{a", "blanks to fill": "<%a", "data": "A0b+",
    "addresses of data": "data:a/b,",
    "words": "word ", "one word": "x", "blanks": " ", "tabs": "\t", "nul": "\0",
}  # fmt: skip
"""Pieces that are repeated in one line, also as a heading and as a task."""

LINES: Mapping[str, str] = {
    "lines": "a\n", "no lines": "\n", "headings": "# a\n", "tasks": "- [ ] a\n", "fences": "```\n", "rules": "a\n===\n",
    "properties": "a:: b\n", "drawers": ":LOGBOOK:\n", "keywords": "#+BEGIN_SRC\n", "comment lines": "%%\na\n",
    "state lines": "- TODO a\n", "stamps": "SCHEDULED: <2026-12-01>\n", "key blocks": "-----BEGIN A-----\nA0b+\n",
    "callouts": "> [!a] b\n\n", "deep items": "a\n\t\t- b\n",
    "cells": "|a|b|\n", "references": "[a]: b.md\n", "quotes": "> a\n\n", "front matters": "---\na: 1\n---\n",
}  # fmt: skip


def _aliases(levels: int, width: int) -> str:
    rows = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]\n" for n in range(1, levels))
    return f"---\na0: &a0 [x]\n{''.join(rows)}---\nx"


def _merges(levels: int, width: int) -> str:
    rows = (f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * width)}]}}\n" for n in range(1, levels))
    return f"---\na0: &a0 {{x: 1}}\n{''.join(rows)}---\nx"


SINGLE: Mapping[str, Callable[[int], str]] = {
    "a link without an end": lambda n: "[a](" + "x" * n,
    "a link of blanks": lambda n: "[a](" + " " * n,
    "runs of ticks, each longer": lambda n: "".join("`" * k + "a" for k in range(1, int((2 * n) ** 0.5))),
    "quotes in quotes": lambda n: ">" * n + "a",
    "lists in lists": lambda n: "- " * (n // 2) + "a",
    "lists, each deeper": lambda n: "".join(" " * k + "- a\n" for k in range(int((2 * n) ** 0.5))),
    "a wide table": lambda n: f"|{'a|' * (n // 4)}\n|{'-|' * (n // 4)}\n",
    "YAML aliases by the billion": lambda n: _aliases(40, 9),
    "YAML merges by the billion": lambda n: _merges(30, 9),
    "YAML that holds itself": lambda n: "---\na: &a [*a]\n---\nx",
    "YAML lists in lists": lambda n: f"---\na: {'[' * n}\n---\nx",
    "YAML items in items": lambda n: f"---\n{'- ' * (n // 2)}\n---\nx",
    "YAML keys in keys": lambda n: f"---\n{'? ' * (n // 2)}\n---\nx",
    "a YAML number to the base of sixty": lambda n: f"---\na: {'1:1' * (n // 3)}\n---\nx",
    "a YAML number": lambda n: f"---\na: {'1' * n}\n---\nx",
    "YAML with many keys": lambda n: "---\n" + "".join(f"k{k}: v\n" for k in range(n // 9)) + "---\nx",
    "TOML lists in lists": lambda n: f"+++\na = {'[' * n}\n+++\nx",
    "TOML that does not end": lambda n: "+++\n" + "a\n" * (n // 2),
    "a TOML number": lambda n: f"+++\na = {'1' * n}\n+++\nx",
}


def made(characters: int) -> dict[str, str]:
    """A note of about `characters` characters for every shape, by name."""
    notes = {name: make(characters) for name, make in SINGLE.items()}
    for name, piece in REPEATED.items():
        line = piece * (characters // len(piece))
        notes |= {name: line, f"{name}, as a heading": f"# {line}", f"{name}, as a task": f"- [ ] {line}"}
    return notes | {name: piece * (characters // len(piece)) for name, piece in LINES.items()}


def seconds(characters: int, limit: float) -> dict[str, float]:
    """Seconds to parse each shape in a child process; infinity where that crashes or exceeds `limit` seconds."""
    asked, found = list(made(characters)), {}
    while asked:
        words = [
            sys.executable,
            "-m",
            "tests.hostile.pathological_markdown",
            "--characters",
            str(characters),
            "--from",
            asked[0],
        ]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for name in list(asked):
                got = _line_within(child, limit)
                found[name] = float("inf") if got is None else got
                asked.remove(name)
                if got is None:
                    child.kill()
                    break
    return found


def _line_within(child: subprocess.Popen[str], limit: float) -> float | None:

    assert child.stdout is not None
    ready, _, _ = select.select([child.stdout], [], [], limit)
    line = child.stdout.readline() if ready else ""
    return float(json.loads(line)) if line else None


def _parse_all(characters: int, first: str) -> None:
    from proactive_tui.index.markdown import parse_note

    names = list(notes := made(characters))
    parse_note("warm.md", b"# warm\n\n- [ ] x due 2026-01-01\n", 0.0)
    for name in names[names.index(first) :]:
        data = notes[name].encode()
        start = time.perf_counter()
        parse_note("a.md", data, 0.0)
        sys.stdout.write(json.dumps(time.perf_counter() - start) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Print a line for each shape, the slowest last."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kilobytes", type=int, default=1024)
    asked.add_argument("--limit", type=float, default=60.0, help="seconds a shape may take")
    asked.add_argument("--characters", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--from", dest="first", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.first:
        _parse_all(given.characters, given.first)
        return
    found = seconds(given.kilobytes * 1024, given.limit)
    for name, took in sorted(found.items(), key=lambda each: each[1]):
        sys.stdout.write(f"{took:8.2f} s  {name}\n")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    sys.stdout.write(f"{len(found)} shapes of {given.kilobytes} kB; {memory} MB at the most\n")


if __name__ == "__main__":
    main()
