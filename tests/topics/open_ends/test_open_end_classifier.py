from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.open_end_classifier import (
    MAX_DEVIATIONS,
    MAX_ROWS_AT_ONCE,
    Network,
    NetworkGroup,
    Probabilities,
    load_classifier,
)


def probabilities_of(network: Network, inputs: NDArray[np.float32]) -> Probabilities:
    """What one network says, by the formula."""
    standard = np.clip((inputs - network.mean) / network.scale, -MAX_DEVIATIONS, MAX_DEVIATIONS)
    scores = np.tanh(standard @ network.first + network.first_bias) @ network.second + standard @ network.direct
    grown = np.exp(scores + network.second_bias)
    result: Probabilities = (grown / grown.sum(axis=1, keepdims=True)).astype(np.float32)
    return result


@pytest.mark.parametrize("rows", [1, MAX_ROWS_AT_ONCE, MAX_ROWS_AT_ONCE + 1, 3 * MAX_ROWS_AT_ONCE])
def test_a_group_says_the_mean_of_what_its_networks_say(rows: int) -> None:
    networks = load_classifier().alone
    inputs = (np.random.default_rng(rows).random((rows, len(networks[0].mean))) < 0.1).astype(np.float32)
    mean = np.mean([probabilities_of(network, inputs) for network in networks], axis=0)
    assert NetworkGroup.of(networks).probabilities(inputs) == pytest.approx(mean, abs=1e-5)


def test_networks_of_other_scales_make_no_group() -> None:
    one, other, *_ = load_classifier().alone
    with pytest.raises(ValueError, match="share mean and scale"):
        NetworkGroup.of([one, other._replace(mean=other.mean + 1)])
