"""What every embedder keeps, the fake and the real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_models.minilm import MiniLM
from tests.index.fakes import WordEmbedder


@pytest.fixture(scope="module", params=[WordEmbedder, MiniLM])
def make(request: pytest.FixtureRequest) -> Callable[[], Embedder]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def embedder(make: Callable[[], Embedder]) -> Embedder:
    return make()


def test_identity_is_a_name_that_a_collection_can_carry_and_the_same_next_time(
    make: Callable[[], Embedder], embedder: Embedder
) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9]", embedder.identity)
    assert make().identity == embedder.identity


@pytest.mark.parametrize("texts", [[], ["one"], ["one", "", "three words here", "x " * 2000, "日本語 🎉"]])
def test_vectors_have_unit_length(embedder: Embedder, texts: Sequence[str]) -> None:
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)


def test_a_text_has_one_vector_whatever_is_embedded_beside_it(embedder: Embedder) -> None:
    alone = embedder.embed(["a lease on the leader"])
    beside = embedder.embed(["a much longer text about something else entirely", "a lease on the leader", "z"])
    np.testing.assert_allclose(alone[0], beside[1], atol=1e-5)


def test_what_is_alike_is_near(embedder: Embedder) -> None:
    one, like, other = embedder.embed(["how to undo a git commit", "undo the last git commit", "a recipe for bread"])
    assert one @ like > one @ other
