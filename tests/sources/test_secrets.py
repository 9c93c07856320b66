"""Secrets come from where the owner keeps them, and no error repeats them."""

from __future__ import annotations

import pytest

from proactive_tui.errors import SourceError
from proactive_tui.sources.secrets import read_secret


def test_a_secret_is_read_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", " word ")
    assert read_secret("env:MY_TOKEN") == "word"
    assert read_secret("command:printf 'first\\nsecond'") == "first"
    assert read_secret("https://host/calendar.ics") == "https://host/calendar.ics"


@pytest.mark.parametrize(
    "where", ["env:NO_SUCH_NAME", "command:false", "command:no-such-program x", "command:", "command:true"]
)
def test_a_missing_secret_says_what_to_do(where: str) -> None:
    with pytest.raises(SourceError) as raised:
        read_secret(where)
    assert raised.value.hint


def test_what_a_command_printed_is_in_no_error() -> None:
    with pytest.raises(SourceError) as raised:
        read_secret("command:sh -c 'echo hush-hush; exit 3'")
    assert "hush" not in str(raised.value)
