"""What Ollama says of a failure, in the words of 0.24 and of 0.32 and later, and what the owner is told."""

from __future__ import annotations

import pytest

from proactive_tui.talk.llm.base import PromptCutError
from proactive_tui.talk.llm.ollama_errors import explain_complaint

WHERE = "http://127.0.0.1:11434"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the input length exceeds the context length", "cannot read so much"),
        ("request (5120 tokens) exceeds the available context size (4096 tokens), try increasing it", "cannot read so"),
        (
            "the prompt is longer than the context length currently available to the model; shorten the prompt, "
            "adjust the context length in settings, or use a model with a longer context length",
            "cannot read so much",
        ),
        ("input after truncation exceeds maximum context length", "cannot read so much"),
        ("the prompt is too long", "cannot read so much"),
        ("model requires more system memory (9.1 GiB) than is available (5.2 GiB)", "does not fit into memory"),
        ("llama-server process has terminated: CUDA error: out of memory", "does not fit into memory"),
        (
            'pull model manifest: Get "https://registry.example/v2/x": dial tcp: lookup registry: no such host',
            "internet",
        ),
        ('do load request: Post "http://127.0.0.1:41999/load": EOF', "could not run"),
        ("timed out waiting for llama-server to start: context deadline exceeded", "could not run"),
        ("llama runner process has terminated: exit status 2", "could not run"),
        ("pull model manifest: file does not exist", "no such model to pull"),
        ("write /var/x: no space left on device", "disk is full"),
        ("pull model manifest: 412: The model requires a newer version of Ollama.", "too old for this model"),
        ('"bge-m3" does not support chat', "cannot converse"),
        ("server busy, please try again.  maximum pending requests exceeded", "busy"),
        ("unauthorized", "sign in"),
        ("unable to load model: /blobs/sha256-1", "cannot load"),
        ("something else", "Ollama failed"),
        ("", "Ollama failed"),
    ],
)
def test_the_owner_is_told_what_it_means(text: str, title: str) -> None:
    error = explain_complaint(text, WHERE)
    assert title in error.title
    assert error.hint
    assert isinstance(error, PromptCutError) is ("cannot read so" in title)


def test_a_design_is_no_sign_in() -> None:
    assert explain_complaint("the design in question", WHERE).title == "Ollama failed"
