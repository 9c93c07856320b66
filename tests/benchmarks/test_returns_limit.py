"""What oracles make of the signs of returns."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.returns_limit import BLOCKS, Floats, Return, beside, boosted, logit, ranks
from proactive_tui.recommend.learners.revisit_model import REVISIT_PRIOR_WEIGHTS


def returns(number: int, sign: int) -> list[Return]:
    """The note that stands highest in one sign is returned to."""
    rng = np.random.default_rng(7)
    found = []
    for _ in range(number):
        signs = rng.normal(size=(30, len(REVISIT_PRIOR_WEIGHTS)))
        found.append(Return(signs, np.array([int(signs[:, sign].argmax())]), {}))
    return found


def test_ties_share_their_ranks() -> None:
    assert ranks(np.array([0.5, 0.9, 0.5, 0.1]), np.array([0, 1, 3])).tolist() == [2.5, 1.0, 4.0]


@pytest.mark.slow
@pytest.mark.parametrize("fit", [logit, boosted])
def test_an_oracle_finds_the_sign_that_tells(fit: object) -> None:
    assert callable(fit)
    scores = fit(returns(40, sign=4))
    hits = [ranks(scores(each.signs), each.targets)[0] <= 3 for each in returns(20, sign=4)]
    assert np.mean(hits) > 0.9


def test_a_block_is_scored_by_what_was_fitted_to_the_others() -> None:
    all_of_them = returns(2 * BLOCKS, sign=0)
    for number, each in enumerate(all_of_them):
        each.signs[0, 0] = number  # tells a return from the others

    def fit(given: object) -> object:
        assert isinstance(given, list)
        known = {float(each.signs[0, 0]) for each in given}

        def scores(signs: Floats) -> Floats:
            return np.full(len(signs), float(float(signs[0, 0]) in known))

        return scores

    assert all(scores.max() == 0.0 for scores in beside(all_of_them, fit))  # type: ignore[arg-type]
