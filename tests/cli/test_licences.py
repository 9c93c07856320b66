"""The licences of what is installed, and that what is installed is what is pinned."""

from __future__ import annotations

from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from proactive_tui.cli.licences import list_licences, stated_licence
from tests.conftest import ROOT


def test_every_package_it_needs_states_a_licence() -> None:
    found = {each.name: each for each in list_licences()}
    assert {"chromadb", "river", "torch", "textual", "tree-sitter", "numpy"} <= set(found)
    assert set(found).isdisjoint({"pytest", "ruff", "hypothesis", "bm25s"}), "needed for working on it only"
    assert list(found) == sorted(found, key=canonicalize_name)
    assert [each for each in found.values() if not each.licence] == []


def test_every_package_it_needs_is_pinned_as_it_is_here() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    pins = {canonicalize_name(name): version for name, version in pinned.items()}
    here = {canonicalize_name(each.name): each.version.partition("+")[0] for each in list_licences()}
    del here[canonicalize_name("proactive-tui")]
    assert {name: version for name, version in here.items() if pins.get(name) != version} == {}


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ("License-Expression: MIT AND BSD-3-Clause\nLicense: other", "MIT AND BSD-3-Clause"),
        ("License: Apache 2.0\nClassifier: License :: OSI Approved :: MIT License", "Apache 2.0"),
        (f"License: {'Permission is granted ' * 9}\nClassifier: License :: OSI Approved :: ISC License", "ISC License"),
        ("License: UNKNOWN\nClassifier: License :: A\nClassifier: License :: OSI Approved :: B", "A or B"),
        ("Classifier: Topic :: Licences", ""),
    ],
)
def test_what_a_package_states(tmp_path: Path, fields: str, licence: str) -> None:
    (tmp_path / "x-1.dist-info").mkdir()
    (tmp_path / "x-1.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.4\nName: x\nVersion: 1\n{fields}\n")
    assert stated_licence(Distribution.at(tmp_path / "x-1.dist-info")) == licence
