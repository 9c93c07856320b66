from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index import tokenizer
from proactive_tui.index.embedding_models.sentence_model import SentenceModel


def model(folder: Path, weights: bytes = b"weights") -> SentenceModel:
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 12}))
    (folder / "model.safetensors").write_bytes(weights)
    return SentenceModel(str(folder))


def test_identity_is_that_of_the_weights(tmp_path: Path) -> None:
    one = model(tmp_path / "a" / "mine")
    same = model(tmp_path / "b" / "mine")
    other = model(tmp_path / "c" / "mine", b"others")
    assert one.identity == same.identity != other.identity
    assert one.identity.startswith("mine-")


def test_dimensions_are_known_before_the_model_is_loaded(tmp_path: Path) -> None:
    assert model(tmp_path / "mine").dimensions == 12
    with pytest.raises(IndexingError, match=r"index\.model"):
        _ = SentenceModel(str(tmp_path)).dimensions


def test_without_the_extra_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("torch", "sentence_transformers"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(IndexingError, match=r"extra 'models'.*pip install 'proactive-tui\[models\]'"):
        model(tmp_path / "mine").embed(["a"])


def test_a_model_whose_weights_are_a_pickle_is_not_loaded(tmp_path: Path) -> None:
    mine = model(tmp_path / "mine")
    (tmp_path / "mine" / "2_Dense").mkdir()
    (tmp_path / "mine" / "2_Dense" / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(IndexingError, match=r"are a pickle.*2_Dense"):
        mine.embed(["a"])
    (tmp_path / "mine" / "2_Dense" / "pytorch_model.bin").rename(tmp_path / "mine" / "pytorch_model.bin")
    (tmp_path / "mine" / "model.safetensors").unlink()
    with pytest.raises(IndexingError, match="are a pickle"):
        mine.embed(["a"])


@pytest.mark.slow
def test_a_model_that_brings_code_is_not_loaded(tmp_path: Path) -> None:
    shutil.copytree(tokenizer.model_folder(), tmp_path / "mine")
    kinds = json.loads((tmp_path / "mine" / "modules.json").read_text())
    kinds[1]["type"] = "evil.Pooling"
    (tmp_path / "mine" / "modules.json").write_text(json.dumps(kinds))
    (tmp_path / "mine" / "evil.py").write_text(
        f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\nclass Pooling: ...\n"
    )
    with pytest.raises(IndexingError, match="cannot be used"):
        SentenceModel(str(tmp_path / "mine")).embed(["a"])
    assert not (tmp_path / "ran").exists()


@pytest.mark.slow
def test_a_folder_without_a_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="cannot be used"):
        model(tmp_path / "mine").embed(["a"])


@pytest.mark.slow
def test_a_model_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = SentenceModel(str(tokenizer.model_folder()), threads=1)
    embedder.embed(["a"])

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(embedder._model, "encode", fail)
    with pytest.raises(IndexingError, match="out of memory"):
        embedder.embed(["a"])
