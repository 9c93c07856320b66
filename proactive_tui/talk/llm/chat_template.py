"""Tells by its chat template whether a model is shown a whole conversation, or the last words of it only."""

from __future__ import annotations

import re

_WHOLE_CONVERSATION = re.compile(r"\bmessages\b|\.System\b", re.IGNORECASE)
"""What a template has to name so that rules and notes get into the prompt: Ollama's Go templates `.Messages` or
`.System`, the Jinja templates of GGUF files `messages`."""
_OWN_RENDERER = re.compile(r"^\s*(?:RENDERER|PARSER)\s+\S", re.IGNORECASE | re.MULTILINE)
"""The lines of a Modelfile by which Ollama words the prompt itself, whatever the template is."""
_NEVER_TEMPLATED = frozenset({"safetensors"})
"""Formats whose runner words the prompt itself."""


def shows_conversation(template: str, modelfile: str = "", model_format: str = "") -> bool:
    """Whether a model reads the system message, and so the notes, by what `/api/show` tells of it.

    A plain import of a GGUF file has the template `{{ .Prompt }}`: Ollama then drops all but the last message, and
    says nothing. Where nothing is told (no template at all), the model gets the benefit of the doubt, for
    `prompt_eval_count` tells it after the first reply.
    """
    return (
        not template.strip()
        or model_format in _NEVER_TEMPLATED
        or bool(_WHOLE_CONVERSATION.search(template) or _OWN_RENDERER.search(modelfile))
    )
