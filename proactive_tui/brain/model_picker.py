"""Selects the language model in use: at the start, every half minute, and whenever a model has failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from msgspec import structs

from proactive_tui.brain.speaking_order import SpeakingOrder
from proactive_tui.config import LanguageModelConfig
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.talk.llm.base import ChatModel
from proactive_tui.talk.llm.ollama import OllamaModel, connect_model
from proactive_tui.talk.llm.ollama_catalog import list_models
from proactive_tui.talk.llm.select import SelectedModel, select_model

log = logging.getLogger(__name__)

MODEL_CHECK_SECONDS = 30.0


class ModelSelector:
    """The language model in use. `on_change` is called when the model or its status has changed."""

    def __init__(self, settings: LanguageModelConfig, on_change: Callable[[], None]) -> None:
        self.order = SpeakingOrder()
        """Who may use the model."""
        looking = SpeakerStatus(backend="template", model="", reachable=True, detail="looking for a language model")
        self._speaker = SelectedModel(None, looking)
        self._settings = self._chosen_by = settings
        self._on_change = on_change
        self._again = asyncio.Event()
        self._looked = asyncio.Event()
        self._choosing = asyncio.Lock()
        self._former: list[ChatModel] = []

    @property
    def model(self) -> ChatModel | None:
        """The language model, or None where templates and quotations speak."""
        return self._speaker.model

    @property
    def status(self) -> SpeakerStatus:
        """The status of the model, for the screen."""
        return self._speaker.status

    @property
    def spoken_by(self) -> str:
        """The name of the model in the journal and on the screen."""
        return self.model.spoken_by if self.model else "template"

    async def find_model(self) -> ChatModel | None:
        """The language model for something that a person waits for.

        Where Ollama is wanted and does not speak, it is looked for once more: it may have come back a moment ago.
        """
        await self._looked.wait()
        if self._settings.backend in {"auto", "ollama"} and not isinstance(self.model, OllamaModel):
            await self._select_model()
        return self.model

    async def list_model_names(self) -> tuple[str, ...]:
        """The models that Ollama has, by name. Raises ProactiveError where it does not answer."""
        return tuple(sorted(model.name for model in await list_models(self._settings)))

    async def use_model(self, model: str) -> None:
        """Let this model of Ollama speak until the end of the run. Raises ProactiveError; then nothing changes."""
        settings = structs.replace(self._settings, backend="auto", model=model)
        chosen = await connect_model(settings)
        speaker = SelectedModel(chosen, await chosen.status())
        async with self._choosing:
            if self.model:
                self._former.append(self.model)  # it may be in the middle of a reply
            self._settings = self._chosen_by = settings
            self._speaker = speaker
        self._on_change()

    def configure(self, settings: LanguageModelConfig) -> None:
        """Select again by other settings."""
        self._settings = settings
        self._again.set()

    def recheck_model(self) -> None:
        """Select again now, for the model has failed."""
        self._again.set()

    async def run(self) -> None:
        """Select again and again until cancelled."""
        while True:
            await self._select_model()
            with suppress(TimeoutError):
                async with asyncio.timeout(
                    MODEL_CHECK_SECONDS
                ):  # wait_for can swallow a cancellation, as in indexer_loop.py
                    await self._again.wait()
            self._again.clear()

    async def _select_model(self) -> None:
        """Select the model, and report it where that has changed anything."""
        async with self._choosing:
            before, settings = self._speaker, self._settings
            if settings == self._chosen_by:
                self._speaker = await select_model(settings, before)
            else:  # the former model was selected by other settings, and may be in the middle of a reply
                self._speaker = await select_model(settings)
                if before.model:
                    self._former.append(before.model)
            self._chosen_by = settings
        self._looked.set()
        if self.status != before.status:
            log.info("%s speaks: %s", self.spoken_by, self.status.detail)
            self._on_change()

    async def close(self) -> None:
        """Close all models that were in use."""
        for model in (self.model, *self._former):
            if model:
                await model.close()
