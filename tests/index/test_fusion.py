from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index.fusion import fuse_scores, scale_scores

scores = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 5000).map(lambda hundredths: hundredths / 100))


def test_what_both_find_comes_first() -> None:
    assert list(fuse_scores({"a": 9.0, "b": 5.0, "c": 1.0}, {"b": 0.9, "d": 0.8, "e": 0.1})) == [
        "b",
        "a",
        "d",
        "c",
        "e",
    ]


@given(scores)
def test_a_channel_that_found_nothing_has_no_say(found: dict[str, float]) -> None:
    best_first = sorted(found, key=lambda key: -found[key])
    for fused in (fuse_scores(found, {}), fuse_scores({}, found)):
        assert [found[key] for key in fused] == [found[key] for key in best_first]


@given(scores, scores)
def test_scores_stay_within_0_and_1_and_nothing_is_lost(words: dict[str, float], meaning: dict[str, float]) -> None:
    fused = fuse_scores(words, meaning)
    assert fused.keys() == words.keys() | meaning.keys()
    assert all(0 <= score <= 1 for score in fused.values())
    assert list(fused.values()) == sorted(fused.values(), reverse=True)


def test_scaling() -> None:
    assert scale_scores({}) == {}
    assert scale_scores({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}
    assert scale_scores({"a": 4.0, "b": 3.0, "c": 2.0}) == {"a": 1.0, "b": 0.5, "c": 0.0}
