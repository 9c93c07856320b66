"""The interface of language models: what every adapter offers and how it fails."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Literal, Protocol

from proactive_tui.errors import LanguageModelError
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.status_values import SpeakerStatus


class ChatMessage(FrozenValue, frozen=True, kw_only=True):
    """A message of a prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


class ChatModel(Protocol):
    """A language model that continues a conversation.

    `spoken_by` is "ollama:MODEL" or "llama.cpp:FILE". `billions` are its parameters, as far as they can be told.
    `context_tokens` is the most tokens that prompt and reply may have together; it may shrink when the model turns out
    to read less than it said.
    """

    @property
    def spoken_by(self) -> str:
        """The name of the speaker in the journal and on screen."""
        ...

    @property
    def billions(self) -> float:
        """Parameters in billions; 0 where nothing is known."""
        ...

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine, so that what it reads does not leave it."""
        ...

    @property
    def context_tokens(self) -> int:
        """Maximum tokens of prompt and reply together."""
        ...

    def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float,
        schema: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[str, None]:
        """The reply in pieces, as they come. Closing the generator stops the model at once.

        With a JSON `schema` the model is asked for JSON of that form and does not reason first. It may still answer
        something else: the caller checks it.

        Raises LanguageModelError, before or after the first piece; PromptCutError where the prompt did not fit.
        """
        ...

    async def status(self) -> SpeakerStatus:
        """Whether the model can reply now; never raises."""
        ...

    async def close(self) -> None:
        """Release connections and memory."""
        ...


class UnfitModelError(LanguageModelError):
    """The model cannot hold a conversation: it is not shown what the notes say, whatever is sent."""


class PromptCutError(LanguageModelError):
    """The model did not read the whole prompt; `context_tokens` of the model has been lowered to what it does read.

    Without a piece before it, a smaller prompt may be tried at once. After the last piece, the reply was worded from a
    part of the prompt only.
    """
