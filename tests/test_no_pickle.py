"""Nothing that could run code is read from a file: no pickle, no marshal, no unsafe YAML, no eval."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from proactive_tui import __main__ as program
from tests.conftest import ROOT

FORBIDDEN = {"pickle", "_pickle", "cPickle", "shelve", "marshal", "dill", "joblib", "cloudpickle", "jsonpickle", "dbm"}
CALLS = {"eval", "exec", "compile", "__import__"}
EVENTS = {"parse", "CollectionStartEvent", "CollectionEndEvent", "AliasEvent"}
"""What reads no values yet."""
SAFE = {"safe_load", "SafeLoader", "CSafeLoader", "YAMLError"} | EVENTS


def faults(source: str) -> Iterator[str]:
    """What of a module's text could run what it reads."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name.partition(".")[0] in FORBIDDEN)
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in FORBIDDEN:
                yield module
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield name
            case ast.Attribute(value=ast.Name(id="torch"), attr="load"):
                yield "torch.load"
            case ast.Attribute(value=ast.Name(id="yaml"), attr=name) if name not in SAFE | {"load"}:
                yield f"yaml.{name}"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr="load"), keywords=words):
                if {word.arg for word in words} != {"Loader"}:
                    yield "yaml.load"


def test_no_module_of_ours_can_run_what_it_reads() -> None:
    modules = list((ROOT / "proactive_tui").rglob("*.py"))
    assert len(modules) > 150
    assert {str(each): found for each in modules if (found := list(faults(each.read_text())))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "def f():\n import joblib.numpy",
        "from marshal import loads",
        "eval('1')",
        "import yaml\nyaml.load(x)",
        "import yaml\nyaml.unsafe_load(x)",
        "import yaml\nyaml.load(x, Loader=yaml.Loader)",
        "import torch\ntorch.load(x)",
    ],
)
def test_what_counts_as_a_fault(source: str) -> None:
    assert list(faults(source))


class Unpickling:
    """Which classes and functions any pickle in this process asks for, while it is on: a hook cannot be taken out."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.on and event == "pickle.find_class":
            self.seen.append(".".join(map(str, arguments)))


@pytest.mark.slow
def test_nothing_is_unpickled_while_notes_are_indexed_and_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import pickle

    import torch

    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "heron.md").write_text("# Heron\n\nWho feeds the heron at the millpond?\n")
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    loaded: list[object] = []
    monkeypatch.setattr(torch, "load", lambda *given, **_: loaded.append(given))
    unpickling = Unpickling()
    unpickling.on = True
    pickle.loads(pickle.dumps(Path))
    assert unpickling.seen, "a pickle is noticed"
    unpickling.seen.clear()
    where = ["--data-dir", str(tmp_path / "data"), "--notes", str(tmp_path / "notes"), "--json"]
    try:
        for words in (["index"], ["search", "bird by the water"], ["suggest"], ["status"], ["stats"]):
            monkeypatch.setattr("sys.argv", ["proactive-tui", *words, *where])
            with suppress(SystemExit):
                program.main()
            said = json.loads(capsys.readouterr().out)
            if words == ["index"]:
                assert said["embedded"] == 1
    finally:
        unpickling.on = False
    assert unpickling.seen == []
    assert loaded == []
