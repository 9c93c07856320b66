"""All golden values are those of one time zone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.golden.commands import Command, commands
from tests.golden.pinned import in_utc


@pytest.fixture(autouse=True)
def _utc() -> Iterator[None]:
    with in_utc():
        yield


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """Runs a command on the folders "notes" and "data" of this test."""
    with commands(tmp_path) as command:
        yield command
