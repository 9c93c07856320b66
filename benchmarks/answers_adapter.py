"""The shipped conversation as a policy for the yardstick `answers.py`."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from proactive_tui.brain.conversations.searched_index import SearchedIndex
from proactive_tui.brain.services import Services, open_services
from proactive_tui.cli.actions import run_index_pass
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.paths import open_data_folder
from proactive_tui.talk.answers.answer_finding import FoundAnswer, find_answer
from proactive_tui.talk.conversation import ReplyStream, title_from_text
from proactive_tui.talk.llm.base import ChatModel
from proactive_tui.talk.llm.select import select_model


class Answers:
    """A policy that replies from notes. The index of each folder is kept below `keep`."""

    def __init__(self, keep: str, settings: LanguageModelConfig, *, speaks: bool) -> None:
        self._keep, self._settings, self._speaks = Path(keep), settings, speaks
        self.services: Services | None = None
        self._runner = asyncio.Runner()
        self._model: ChatModel | None = None

    def open(self, folder: str) -> None:
        """Index a folder of notes."""
        if self.services:
            self.services.close()
        name = hashlib.blake2b(folder.encode(), digest_size=6).hexdigest()
        data = open_data_folder(self._keep / "answers" / name)
        self.services = open_services(Config(llm=self._settings), data, Path(folder))
        run_index_pass(self.services, lambda *_: None)
        self._notes = SearchedIndex(self.services)
        self._topics: dict[float, Sequence[Topic]] = {}
        self._said: dict[str, Turn] = {}

    def ask(self, turns: list[tuple[str, str]], question: str, at: float) -> dict[str, Any]:
        """The reply to a question after these questions and answers."""
        return self._runner.run(self._ask(turns, question, at))

    async def _ask(self, turns: list[tuple[str, str]], question: str, at: float) -> dict[str, Any]:
        assert self.services
        said = [
            turn for asked, answered in turns for turn in (Turn(role="user", text=asked, at=at), self._said[answered])
        ]
        title = title_from_text(turns[0][0]) if turns else ""
        talk = Conversation(id="c", title=title, at=at, turns=tuple(said))
        if self._speaks and self._model is None:  # kept: what it has read is read once, as in the program
            self._model = (await select_model(self._settings)).model
        reply = ReplyStream(talk, question, find_answer=self._find, model=self._model, settings=self._settings, at=at)
        begun = time.perf_counter()
        first = None
        async for _ in reply:
            first = first if first is not None else time.perf_counter() - begun
        self._said[reply.turn.text] = reply.turn
        return {
            "text": reply.turn.text,
            "abstained": reply.is_silent,
            "sources": [self._place(source) for source in reply.turn.sources],
            "seconds": time.perf_counter() - begun,
            "first_token": first,
            "spoken_by": reply.turn.spoken_by,
        }

    @staticmethod
    def _place(source: Evidence) -> dict[str, Any]:
        return {"path": source.path, "line_start": source.line_start, "line_end": source.line_end}

    async def _find(self, text: str, talk: Conversation) -> FoundAnswer:
        assert self.services
        day = talk.at // 86_400
        if day not in self._topics:
            self._topics[day] = self.services.mine_topics(talk.at, 0).topics
        return find_answer(text, talk, self._notes, self._topics[day], talk.at)


def answers(workdir: str, keep: str, *, speaks: bool) -> Answers:
    """The policy; with `speaks` the language model of `PROACTIVE_GGUF`, or of Ollama, words the replies."""
    settings = LanguageModelConfig()
    if speaks and (file := os.environ.get("PROACTIVE_GGUF")):
        settings = structs.replace(settings, backend="llama.cpp", gguf=file)
    return Answers(keep or workdir, settings, speaks=speaks)
