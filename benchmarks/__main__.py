"""Runs the yardsticks on the project's own code: `python -m benchmarks PATH_OF_THE_BENCHMARK_FOLDER [--limit N]`.

Each yardstick prints its own table, baselines and this project in one run; one that fails does not stop the others.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DATA = {"replay": ["data/jester_dev.npz"], "retrieval": ["data/scifact"], "returns": ["data/touches/*.csv.gz"]}


def main(arguments: list[str]) -> int:
    if not arguments or not (folder := Path(arguments[0])).is_dir():
        sys.stderr.write("error: no benchmark folder: name it, as in: make bench DATA=path\n")
        return 2
    here, failed = Path(__file__).parent.parent, 0
    for name, patterns in DATA.items():
        for data in sorted(file for pattern in patterns for file in folder.glob(pattern)):
            policy = ["--policy", f"benchmarks.adapters:{name}", "--policy-path", str(here)]
            failed += subprocess.call([sys.executable, str(folder / f"{name}.py"), str(data), *policy, *arguments[1:]])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
