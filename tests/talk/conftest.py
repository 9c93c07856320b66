"""Fixtures of the talk tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proactive_tui.config import LanguageModelConfig
from tests.ollama_server import OllamaServer, serving


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    """A fake Ollama server, with scripts and the small model."""
    with serving() as server:
        yield server


@pytest.fixture
def settings(ollama: OllamaServer) -> LanguageModelConfig:
    """A config with the address of the fake server."""
    return LanguageModelConfig(host=ollama.url, timeout_seconds=20.0)
