"""Coverage-guided fuzzing of the targets of fuzz.py: `python -m tests.fuzz.guided --seconds 180`.

Needs atheris (`pip install -c constraints.txt '.[fuzz]'`), which `make test` does not. Each target has its own process,
because libFuzzer ends the process. Inputs with new coverage stay in .run/guided/TARGET/corpus for the next run; a
finding is in .run/guided/TARGET/findings, and is added to findings.py once it is fixed. Exit status 1: a finding;
2: no atheris.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / ".run" / "guided"
INSTRUMENTED = (
    "proactive_tui",
    "markdown_it", "mdit_py_plugins", "yaml", "tomllib", "tomlkit", "pathspec", "ollama", "json", "shlex", "urllib",
)  # fmt: skip
"""Packages whose branches guide the fuzzer: ours, and the parsers in Python that it depends on."""
HANGS = 10
"""Seconds after which one input counts as a hang."""
MEMORY = 2_048
"""The most megabytes of the process."""
MISSING = "atheris is not installed: pip install -c constraints.txt '.[fuzz]'\n"


class Outcome(NamedTuple):
    """The result of libFuzzer: first and last coverage as (edges, features), slowest input in whole seconds, MB.

    `found` is the line with the error and the file of its input, or "".
    """

    executions: int
    first: tuple[int, int]
    last: tuple[int, int]
    slowest: int
    memory: int
    found: str

    def __str__(self) -> str:
        edges, features = (f"{a} to {b}" for a, b in zip(self.first, self.last, strict=True))
        most = f"at the most {self.slowest} s, {self.memory} MB"
        return f"{self.executions:9,} tried; edges {edges}, features {features}; {most}; {self.found or 'no finding'}"


def outcome(said: str, *, failed: bool) -> Outcome:
    """Parse the output of libFuzzer."""
    lines = re.findall(r"^#(\d+)\t.*?cov: (\d+) ft: (\d+)", said, re.MULTILINE)
    steps = [(int(at), (int(edges), int(features))) for at, edges, features in lines] or [(0, (0, 0))]
    fault = re.findall(r"^(?:[\w.]+(?:Error|Exception|Group)\b.*|.*ERROR: libFuzzer: .*)$", said, re.MULTILINE)
    stats = {name: int(value) for name, value in re.findall(r"^stat::(\w+):\s*(\d+)", said, re.MULTILINE)}
    tried = max(steps[-1][0], stats.get("number_of_executed_units", 0))
    slowest, memory = stats.get("slowest_unit_time_sec", 0), stats.get("peak_rss_mb", 0)
    kept = re.findall(r"Test unit written to (.+)", said)
    found = ", in ".join([*fault[:1], *kept[:1]] or ["it ended"]) if failed else ""
    return Outcome(tried, steps[0][1], steps[-1][1], slowest, memory, found)


def fuzz(name: str, seconds: int) -> Outcome:
    """Fuzz one target for `seconds`, in a process of its own."""
    from tests.fuzz.grammars import pieces
    from tests.fuzz.seeds import longest, seeds

    place = KEPT / name.replace(" ", "-")
    for each in ("corpus", "findings"):
        (place / each).mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (place / "corpus" / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    quoted = ("".join(f"\\x{byte:02x}" for byte in piece.encode()) for piece in pieces(name) if piece)
    (place / "words").write_text("".join(f'"{each}"\n' for each in quoted))
    flags = [f"-max_total_time={seconds}", f"-max_len={longest(name)}", f"-timeout={HANGS}", f"-rss_limit_mb={MEMORY}"]
    flags += [f"-dict={place / 'words'}", f"-artifact_prefix={place / 'findings'}/", "-print_final_stats=1"]
    with TemporaryDirectory() as own, (place / "log").open("w+b") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.guided", "--here", *flags, str(place / "corpus"), "--", name],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": own},
            stdout=log,
            stderr=log,
            check=False,
        )
        log.seek(0)
        return outcome(log.read().decode("utf-8", "replace"), failed=done.returncode != 0)


def _here(name: str, flags: Sequence[str]) -> None:
    """Fuzz in this process, until libFuzzer ends it."""
    import atheris

    atheris.enabled_hooks.add("str")  # not the hook of patterns: it takes no positions, as tomllib and markdown-it pass
    for each in [each for each in sys.modules if each.partition(".")[0] in INSTRUMENTED]:
        del sys.modules[each]  # modules imported already have to be imported again, instrumented
    with atheris.instrument_imports(include=list(INSTRUMENTED)):
        from tests.fuzz.targets import TARGETS

        TARGETS[name](b"")  # triggers the lazy imports
    atheris.Setup([name, *flags], TARGETS[name])
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the targets in turn, and print a line for each; returns the exit status."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", metavar="TARGET")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    given = asked.parse_args(arguments)
    if find_spec("atheris") is None:
        sys.stderr.write(MISSING)
        return 2
    from tests.fuzz.targets import TARGETS

    if unknown := set(given.targets) - set(TARGETS):
        asked.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    found = False
    for name in given.targets or TARGETS:
        result = fuzz(name, given.seconds)
        found = found or bool(result.found)
        sys.stdout.write(f"{name:18} {result}\n")
        sys.stdout.flush()
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        at = sys.argv.index("--")
        _here(sys.argv[at + 1], sys.argv[2:at])
    sys.exit(main())
