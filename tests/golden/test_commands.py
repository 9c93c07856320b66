"""Scripts rely on the keys of what commands print. New keys are `python -m tests.golden.renew keys`; none goes."""

from __future__ import annotations

from pathlib import Path

from tests.golden.commands import ON_THE_VAULT, Command, keys, names
from tests.golden.pinned import missing, read, vault

WAS = read("keys.json")


def test_the_keys_are_those_that_were_written_down(command: Command, tmp_path: Path) -> None:
    vault(tmp_path)
    now = keys(command, ON_THE_VAULT)
    was = {name: WAS[name] for name in ON_THE_VAULT}
    assert missing(was, now) + missing(now, was) == []


def test_features_have_the_names_by_which_journals_know_them(command: Command, tmp_path: Path) -> None:
    vault(tmp_path)
    command("index")
    now = names(command)
    assert now == {name: WAS[name] for name in now}
