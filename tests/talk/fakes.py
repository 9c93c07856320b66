"""A fake language model with scripted replies."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from proactive_tui.errors import LanguageModelError
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.talk.llm.base import ChatMessage
from proactive_tui.talk.llm.token_count import estimate_messages


class FakeLanguageModel:
    """Streams the queued replies word by word. An error is raised; a pair is a reply that an error breaks off.

    With `hang` the stream waits for ever after so many words.
    """

    def __init__(
        self,
        *replies: str | LanguageModelError | tuple[str, LanguageModelError],
        context: int = 4096,
        hang: int = 0,
        name: str = "fake",
        billions: float = 4.0,
    ) -> None:
        self.replies = deque(replies)
        self.prompts: list[list[ChatMessage]] = []
        self.sizes: list[int] = []
        self.limits: list[int] = []
        self.closed = 0
        self._context = context
        self._hang = hang
        self._name = name
        self._billions = billions

    @property
    def billions(self) -> float:
        return self._billions

    @property
    def spoken_by(self) -> str:
        return f"ollama:{self._name}"

    @property
    def context_tokens(self) -> int:
        return self._context

    @context_tokens.setter
    def context_tokens(self, tokens: int) -> None:
        self._context = tokens

    @property
    def is_local(self) -> bool:
        return True

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float,
        schema: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[str, None]:
        self.prompts.append(list(messages))
        self.sizes.append(estimate_messages(messages))
        self.limits.append(max_tokens)
        reply = self.replies.popleft() if self.replies else "Nothing more."
        error = reply[1] if isinstance(reply, tuple) else reply if isinstance(reply, LanguageModelError) else None
        text = reply[0] if isinstance(reply, tuple) else "" if isinstance(reply, LanguageModelError) else reply
        try:
            for at, word in enumerate(text.split(" ") if text else ()):
                await asyncio.sleep(0)
                yield f" {word}" if at else word
                if at + 1 == self._hang:
                    await asyncio.Event().wait()
            if error:
                raise error
        finally:
            self.closed += 1

    async def status(self) -> SpeakerStatus:
        return SpeakerStatus(backend="ollama", model=self._name, reachable=True)

    async def close(self) -> None:
        self.closed += 1
