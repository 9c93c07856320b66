"""Whose words open a conversation: `python -m benchmarks.openers GGUF VAULT… [--topics 30] [--at DAY] [--json FILE]`.

For the first topics of each vault, the opener of the model beside the template's, for reading; then how many questions
of the model were used, why the others were refused, and the seconds of a try. VAULT is a folder of notes; the index
goes into a folder of its own that is removed. `--at` is the day of the first list, by default today.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from proactive_tui.brain.services import open_services
from proactive_tui.cli.actions import run_index_pass, suggest_topics
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.status_values import SpeakerStatus
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.clock import utc_offset
from proactive_tui.paths import DataPaths
from proactive_tui.talk.framings import FRAMING_SPECS
from proactive_tui.talk.llm.base import ChatMessage, ChatModel
from proactive_tui.talk.llm.select import select_model
from proactive_tui.talk.opener import write_opener
from proactive_tui.talk.question_check import check_question, tidy_question


class WordedTopic(FrozenValue, frozen=True, kw_only=True):
    """A topic as the template and the model open it; `tries` has each question of the model with its faults."""

    vault: str
    kind: str
    framing: str
    template: str
    opener: str
    by_model: bool
    tries: tuple[tuple[str, tuple[str, ...]], ...]
    seconds: float


class ListeningModel:
    """A model whose replies are kept, and that is asked whatever its size."""

    billions = math.inf

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self.spoken_by, self.is_local = model.spoken_by, model.is_local
        self.replies: list[str] = []

    @property
    def context_tokens(self) -> int:
        """Those of the model."""
        return self._model.context_tokens

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float,
        schema: Mapping[str, Any] | None = None,
    ) -> AsyncGenerator[str, None]:
        """The model's reply, kept."""
        self.replies.append("")
        async for piece in self._model.stream(messages, max_tokens=max_tokens, temperature=temperature, schema=schema):
            self.replies[-1] += piece
            yield piece

    async def status(self) -> SpeakerStatus:
        """That of the model."""
        return await self._model.status()

    async def close(self) -> None:
        """Close the model."""
        await self._model.close()


def list_topics(vault: Path, count: int, at: float) -> list[tuple[Topic, Any]]:
    """The first topics of a vault with the framings in which they would be put."""
    with tempfile.TemporaryDirectory() as data:
        services = open_services(Config(llm=LanguageModelConfig(backend="none")), DataPaths(Path(data)), vault)
        try:
            run_index_pass(services, lambda *_: None)
            made = suggest_topics(services, count, at, random.Random(0), with_weak=True)
            return [(worded.suggestion.topic, worded.opener.framing) for worded in made]
        finally:
            services.close()


async def word_topics(model: ChatModel, vault: str, topics: list[tuple[Topic, Any]], at: float) -> list[WordedTopic]:
    """Each topic worded by the template and by the model."""
    found = []
    for topic, framing in topics:
        listening, offset = ListeningModel(model), utc_offset(at)
        template = await write_opener(topic, framing, None, now=at, utc_offset=offset)
        begun = time.monotonic()
        opener = await write_opener(topic, framing, listening, now=at, utc_offset=offset)
        seconds = time.monotonic() - begun
        echoes = [example.question for example in FRAMING_SPECS[framing].examples]
        tries = []
        for reply in listening.replies:
            question = tidy_question(reply)
            problems = check_question(question, topic.evidence, topic, now=at, utc_offset=offset, echoes=echoes)
            tries.append((question, tuple(f"{problem.fault}: {problem.detail}" for problem in problems)))
        found.append(
            WordedTopic(
                vault=vault,
                kind=topic.kind,
                framing=framing,
                template=template.text,
                opener=opener.text,
                by_model=opener.spoken_by != "template",
                tries=tuple(tries),
                seconds=seconds,
            )
        )
        print(format_topic(found[-1]), flush=True)
    return found


def format_topic(worded: WordedTopic) -> str:
    """A topic for reading."""
    lines = [f"\n[{worded.vault} · {worded.kind} · {worded.framing} · {worded.seconds:.1f} s]"]
    lines += [f"  template  {worded.template}", f"  model     {worded.opener if worded.by_model else '–'}"]
    lines += [f"  refused   {question}  ({', '.join(faults)})" for question, faults in worded.tries if faults]
    return "\n".join(lines)


def format_summary(found: Sequence[WordedTopic]) -> str:
    """How many questions of the model were used, and why the others were not."""
    asked = [worded for worded in found if worded.tries]
    used = [worded for worded in asked if worded.by_model]
    first = [worded for worded in used if len(worded.tries) == 1]
    faults = Counter(
        fault.split(":")[0] for worded in asked for _, problems in worded.tries for fault in dict.fromkeys(problems)
    )
    tries = sum(len(worded.tries) for worded in asked)
    seconds = sum(worded.seconds for worded in asked) / max(tries, 1)
    return (
        f"\n{len(found)} topics, {len(asked)} asked about by the model: {len(used)} of its questions used, "
        f"{len(first)} of them at the first try; {seconds:.1f} s a try\nfaults: "
        + ", ".join(f"{fault} {count}" for fault, count in faults.most_common())
    )


async def compare_openers(gguf: Path, listed: dict[str, list[tuple[Topic, Any]]], at: float) -> list[WordedTopic]:
    """The openers of the topics of all vaults."""
    model = (await select_model(LanguageModelConfig(backend="llama.cpp", gguf=str(gguf)))).model
    if model is None:
        raise SystemExit("the model cannot be loaded: install the extra 'embedded'")
    try:
        return [worded for name, topics in listed.items() for worded in await word_topics(model, name, topics, at)]
    finally:
        await model.close()


def main() -> None:
    """Compare, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path)
    parser.add_argument("vaults", type=Path, nargs="+")
    parser.add_argument("--topics", type=int, default=30)
    parser.add_argument("--at", default="")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    at = datetime.fromisoformat(options.at).astimezone().timestamp() if options.at else time.time()
    listed = {vault.name: list_topics(vault, options.topics, at) for vault in options.vaults}
    found = asyncio.run(compare_openers(options.gguf, listed, at))
    print(format_summary(found))
    if options.json:
        options.json.write_text(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
