"""Which language model speaks now: looked for at the start, every half minute, and whenever one has failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from proactive_tui.config import LanguageModel as Settings
from proactive_tui.model import SpeakerStatus
from proactive_tui.talk.llm.base import LanguageModel
from proactive_tui.talk.llm.pick import Speaker, pick

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0


class Speaking:
    """Who speaks. `on_change` is called when that, or how it is, has changed."""

    def __init__(self, settings: Settings, on_change: Callable[[], None]) -> None:
        looking = SpeakerStatus(backend="template", model="", reachable=True, detail="looking for a language model")
        self._speaker = Speaker(None, looking)
        self._settings = settings
        self._on_change = on_change
        self._again = asyncio.Event()

    @property
    def model(self) -> LanguageModel | None:
        """The language model, or None where templates and quotations speak."""
        return self._speaker.model

    @property
    def status(self) -> SpeakerStatus:
        """What the screen says about it."""
        return self._speaker.status

    @property
    def spoken_by(self) -> str:
        """As journal and screen name it."""
        return self.model.spoken_by if self.model else "template"

    def configure(self, settings: Settings) -> None:
        """Other settings: look anew who speaks."""
        self._settings = settings
        self._again.set()

    def doubt(self) -> None:
        """Something went wrong with it: look again now."""
        self._again.set()

    async def run(self) -> None:
        """Look until cancelled."""
        asked = self._settings
        while True:
            before, settings = self._speaker, self._settings
            if settings == asked:
                self._speaker = await pick(settings, before)
            else:  # whoever spoke was chosen by other settings
                self._speaker = await pick(settings)
                if before.model:
                    await before.model.close()
            asked = settings
            if self.status != before.status:
                log.info("%s speaks: %s", self.spoken_by, self.status.detail)
                self._on_change()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), LOOK_SECONDS)
            self._again.clear()

    async def close(self) -> None:
        """Let go of the model."""
        if self.model:
            await self.model.close()
