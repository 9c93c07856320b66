"""Names and folders of the package, read from its syntax trees: one name stands for one thing, one folder for one idea.

Every finding says what to do about it. `check_package` reads any folder, so the tests below show that it finds things.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import ROOT

PACKAGE = "proactive_tui"
MAX_MODULES_IN_A_FOLDER = 16
MAX_SHARE_OF_ONE_WORD_NAMES = 0.11
ROLES = {"__init__", "__main__", "app", "base"}
"""Module names that say what part a module plays in its folder."""
TOLD_APART_BY_FOLDER = {"conversation", "de", "en", "es", "events", "features", "fr", "index", "reactions", "settings"}
"""Module names that may stand in two folders, because the folder is half of the name: `journal.events`."""
GIVEN_NAMES = re.compile(
    r"__\w+__|(on|action|render|check|watch|validate)(_\w+)?|compose|run|main|open|close|get|learn|predict|items|keys|values"
)
"""Functions whose names come from Python, Textual, Typer or River, or from a dictionary's protocol."""

Trees = Mapping[PurePosixPath, ast.Module]
Finding = str


def read_package(root: Path) -> dict[PurePosixPath, ast.Module]:
    """The syntax tree of every module below `root`, by its path in there."""
    return {
        PurePosixPath(file.relative_to(root).as_posix()): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(root.rglob("*.py"))
    }


def split_words(name: str) -> list[str]:
    """The words of `snake_case` or `CamelCase`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).strip("_").split("_")


def duplicate_classes(trees: Trees) -> Iterator[Finding]:
    places = defaultdict(list)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path}:{node.lineno}")
    for name, found in places.items():
        if len(found) > 1:
            yield f"class {name} is defined in {', '.join(found)}: rename all but one, after what it alone is"


def duplicate_modules(trees: Trees) -> Iterator[Finding]:
    places = defaultdict(list)
    for path in trees:
        places[path.stem].append(str(path))
    for name, found in places.items():
        if len(found) > 1 and name not in ROLES | TOLD_APART_BY_FOLDER:
            yield f"module name {name} is used by {', '.join(found)}: rename all but one, after what it alone holds"


def assigned_constants(tree: ast.Module) -> Iterator[ast.Name]:
    """Module-level constants with a value of their own; `NAME = module.NAME` only passes one on."""
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            again = (
                isinstance(node.value, ast.Attribute) and isinstance(target, ast.Name) and node.value.attr == target.id
            )
            if isinstance(target, ast.Name) and target.id.isupper() and len(target.id) > 1 and not again:
                yield target


def duplicate_constants(trees: Trees) -> Iterator[Finding]:
    places = defaultdict(list)
    for path, tree in trees.items():
        for target in assigned_constants(tree):
            places[target.id].append(f"{path}:{target.lineno}")
    for name, found in places.items():
        if len({place.partition(":")[0] for place in found}) > 1:
            yield f"constant {name} is set in {', '.join(found)}: import it if it is one thing, else rename it"


def nameless_loops(trees: Trees) -> Iterator[Finding]:
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                for target in ast.walk(node.target):
                    if isinstance(target, ast.Name) and target.id == "each":
                        yield f"{path}:{target.lineno} loops over `each`: name the variable after one element"


def one_word_names(trees: Trees) -> Iterator[Finding]:
    names, single = 0, []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) or (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not GIVEN_NAMES.fullmatch(node.name)
            ):
                names += 1
                if len(split_words(node.name)) == 1:
                    single.append(f"{node.name} ({path}:{node.lineno})")
    if len(single) > MAX_SHARE_OF_ONE_WORD_NAMES * names:
        yield (
            f"{len(single)} of {names} functions and classes are named by one word, at most "
            f"{MAX_SHARE_OF_ONE_WORD_NAMES:.0%} may be: give the newest of them a second word, of {', '.join(single)}"
        )


def crowded_folders(trees: Trees) -> Iterator[Finding]:
    modules = defaultdict(list)
    for path in trees:
        if path.name != "__init__.py":
            modules[path.parent].append(path.stem)
    for folder, found in modules.items():
        if len(found) > MAX_MODULES_IN_A_FOLDER:
            yield (
                f"{folder} has {len(found)} modules, at most {MAX_MODULES_IN_A_FOLDER} fit: "
                f"move those of one idea into a folder of their own, of {', '.join(found)}"
            )


def imported_modules(node: ast.stmt, path: PurePosixPath) -> list[str]:
    """The modules that an import statement names, absolute: [] for any other statement."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = [PACKAGE, *path.parts[: len(path.parts) - node.level]] if node.level else []
    source = ".".join([*above, *filter(None, [node.module])])
    return [source, *(f"{source}.{alias.name}" for alias in node.names)]


def imports_of_brain_in_tui(trees: Trees) -> Iterator[Finding]:
    for path, tree in trees.items():
        for node in ast.walk(tree) if path.parts[0] == "tui" else ():
            if isinstance(node, ast.stmt) and any(
                name == f"{PACKAGE}.brain" or name.startswith(f"{PACKAGE}.brain.")
                for name in imported_modules(node, path)
            ):
                yield f"{path}:{node.lineno} imports brain: ask for it by a request in {PACKAGE}.ipc instead"


RULES = (
    duplicate_classes,
    duplicate_modules,
    duplicate_constants,
    nameless_loops,
    one_word_names,
    crowded_folders,
    imports_of_brain_in_tui,
)


def check_package(root: Path) -> list[Finding]:
    """Everything that is wrong with the names and folders below `root`."""
    trees = read_package(root)
    return [finding for rule in RULES for finding in rule(trees)]


def test_the_house_is_in_order() -> None:
    found = check_package(ROOT / PACKAGE)
    assert not found, "\n" + "\n".join(found)


FINE = "def two_words(): ...\n" * 10

WRONG = {
    "a class twice": (
        {"one.py": "class SameName: ...", "two.py": "def make_it():\n    class SameName: ..."},
        "class SameName is defined in one.py:1, two.py:2",
    ),
    "a class twice in one file": (
        {"one.py": "class SameName: ...\nclass SameName: ..."},
        "class SameName is defined in one.py:1, one.py:2",
    ),
    "a module twice": (
        {"index/words.py": "", "text/words.py": ""},
        "module name words is used by index/words.py, text/words.py",
    ),
    "a constant twice": (
        {"one.py": "LIMIT = 1", "two.py": "LIMIT: int = 1"},
        "constant LIMIT is set in one.py:1, two.py:1",
    ),
    "a loop over each": ({"one.py": "for each in []: ..."}, "one.py:1 loops over `each`"),
    "a comprehension over each": ({"one.py": "x = {each: y for y, each in []}"}, "one.py:1 loops over `each`"),
    "names of one word": (
        {"one.py": FINE + "def load(): ...\nclass Loader: ...\n"},
        "2 of 12 functions and classes are named by one word",
    ),
    "a crowded folder": ({f"index/module_{number}.py": "" for number in range(17)}, "index has 17 modules"),
    "brain in tui": (
        {"tui/app.py": "def start_brain():\n    from proactive_tui.brain.app import Brain"},
        "tui/app.py:2 imports brain",
    ),
    "brain in tui, imported whole": ({"tui/app.py": "import proactive_tui.brain.app"}, "tui/app.py:1 imports brain"),
    "brain in tui, by its folder": ({"tui/app.py": "from proactive_tui import brain"}, "tui/app.py:1 imports brain"),
    "brain in tui, by a relative path": (
        {"tui/screens/app.py": "from ...brain import app"},
        "tui/screens/app.py:1 imports brain",
    ),
}

RIGHT = {
    "a module that its folder tells apart": {
        "journal/events.py": "",
        "ipc/events.py": "",
        "ipc/app.py": "",
        "tui/app.py": "",
    },
    "a constant that is passed on": {
        "one.py": "LIMIT = 1",
        "two.py": "import one\nLIMIT = one.LIMIT",
        "three.py": "from one import LIMIT",
    },
    "names that others gave": {
        "one.py": FINE + "def __init__(): ...\ndef run(): ...\ndef on_mount(): ...\ndef compose(): ...\n"
    },
    "a full folder": {"__init__.py": "", **{f"module_{number}.py": "" for number in range(16)}},
    "ipc in tui": {"tui/app.py": "from proactive_tui.ipc.events import Offered\nfrom proactive_tui.brainy import x"},
}


def write_package(root: Path, sources: Mapping[str, str]) -> Path:
    for name, source in sources.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(source)
    return root


@pytest.mark.parametrize("case", WRONG)
def test_it_finds_and_says_what_to_do(case: str, tmp_path: Path) -> None:
    sources, said = WRONG[case]
    (finding,) = check_package(write_package(tmp_path, sources))
    what, colon, advice = finding.rpartition(": ")
    assert said in what
    assert colon
    assert advice


@pytest.mark.parametrize("case", RIGHT)
def test_it_lets_pass(case: str, tmp_path: Path) -> None:
    assert check_package(write_package(tmp_path, RIGHT[case])) == []
