from __future__ import annotations

import pytest

from tests.cost import processor_seconds
from tests.fuzz import guided
from tests.fuzz.findings import KNOWN
from tests.fuzz.fuzz import MOST_YARDSTICKS, run, yardstick
from tests.fuzz.grammars import WORDS
from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_it_has_its_own_error_and_takes_no_time(name: str) -> None:
    tried, longest = run(name, examples=60)
    assert tried >= 10
    assert longest < MOST_YARDSTICKS * yardstick()


@pytest.mark.parametrize(("name", "data"), KNOWN, ids=[f"{name}-{number}" for number, (name, _) in enumerate(KNOWN)])
def test_what_was_too_much_once_is_not_any_more(name: str, data: bytes) -> None:
    assert processor_seconds(lambda: TARGETS[name](data)) < MOST_YARDSTICKS * yardstick()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_what_guided_fuzzing_starts_from_has_no_fault(name: str) -> None:
    begin = seeds(name)
    assert len(begin) > 40
    for data in begin:
        TARGETS[name](data)


def test_every_target_has_its_words() -> None:
    assert list(WORDS) == list(TARGETS)


def test_without_atheris_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guided, "find_spec", lambda name: None)
    assert guided.main([]) == 2
    assert ".[fuzz]" in capsys.readouterr().err


CLEAN = """\
#61\tINITED cov: 44 ft: 65 corp: 20/1kb exec/s: 0 rss: 60Mb
#900\tNEW    cov: 46 ft: 69 corp: 21/1kb lim: 8192 exec/s: 9 rss: 60Mb L: 9/99 MS: 1 EraseBytes-
#1467\tDONE   cov: 46 ft: 70 corp: 22/1kb lim: 8192 exec/s: 9 rss: 60Mb
stat::number_of_executed_units: 1467
stat::slowest_unit_time_sec:    2
stat::peak_rss_mb:              61
"""


def test_what_libfuzzer_said() -> None:
    assert guided.outcome(CLEAN, failed=False) == (1467, (44, 65), (46, 70), 2, 61, "")
    raised = f"{CLEAN} === Uncaught Python exception: ===\nKeyError: 'x'\nTraceback (most recent call last):\n"
    assert guided.outcome(raised, failed=True).found == "KeyError: 'x'"
    assert guided.outcome(f"{raised}...; Test unit written to a/b", failed=True).found == "KeyError: 'x', in a/b"
    slow = "==7== ERROR: libFuzzer: timeout after 10 seconds\nstat::number_of_executed_units: 3\n"
    assert guided.outcome(slow, failed=True) == (3, (0, 0), (0, 0), 0, 0, slow.partition("\n")[0])
    assert guided.outcome("Killed", failed=True).found
