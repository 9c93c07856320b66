from __future__ import annotations

from pathlib import Path

from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.index.embedding_models.model_choice import find_former_embedder, select_embedder
from proactive_tui.index.embedding_models.sentence_model import SentenceModel


def test_the_settings_choose_the_model(tmp_path: Path) -> None:
    assert isinstance(select_embedder("", 1), MiniLM)
    assert isinstance(select_embedder(str(tmp_path), 1), SentenceModel)


def test_who_made_vectors_is_found_where_its_weights_are_the_same() -> None:
    model = MiniLM(1)
    for identity in (model.identity, *model.older_forms):
        assert isinstance(find_former_embedder(identity, 1), MiniLM)
    assert find_former_embedder(f"{model.identity}0", 1) is None
    assert find_former_embedder("a-folder-0a1b", 1) is None
