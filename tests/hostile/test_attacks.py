"""Each attack with a model that obeys it: it is refused or quotes, and nothing is opened, written or started."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.brain.conversations import markdown_export
from proactive_tui.config import LanguageModelConfig, NotesConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import Passage, SearchHit
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.sources.rules import Rules
from proactive_tui.talk.context_window import build_reply_prompt
from proactive_tui.talk.conversation import ReplyStream, start_about_passage
from proactive_tui.talk.grounding import QUOTATION_PATTERN
from proactive_tui.talk.llm.base import ChatMessage
from proactive_tui.talk.opener import write_opener
from proactive_tui.talk.prompt import remove_prompt_marks
from proactive_tui.text.language import detect_language
from tests.hostile.attacks import NOTES, SAVES, Attack
from tests.hostile.payloads import faults
from tests.talk.fakes import FakeLanguageModel
from tests.talk.searched_hits import finding
from tests.talk.topics import NOW

ATTACKS = [pytest.param(each, id=f"{each.kind}: {each.name}") for each in NOTES]
MARKS = re.compile(
    r"<[|｜][\w▁]*[|｜]|</?\s*note\b|\[/?INST\]|<</?SYS|<(?:start|end)_of_turn>|</?s>|</?think", re.IGNORECASE
)

_watching = False
_seen: list[str] = []
_DEEDS = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
          "webbrowser.open", "os.remove", "os.rename", "os.mkdir", "shutil.rmtree")  # fmt: skip


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching:
        return
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if event in _DEEDS or writes:
        _seen.append(f"{event} {arguments!r}")


sys.addaudithook(_audit)


@pytest.fixture
def idle() -> Iterator[None]:
    """Nothing is connected to, written, started or removed meanwhile."""
    global _watching  # noqa: PLW0603 - a hook of the interpreter cannot be taken away again, only told to rest
    detect_language("the model of languages is unpacked into a temporary file, once")
    _seen.clear()
    _watching = True
    yield
    _watching = False
    assert _seen == []


def source(attack: Attack) -> Evidence:
    return Evidence(path=attack.path, line_start=1, line_end=9, text=attack.text, heading=(attack.heading, "More"))


def topic(attack: Attack) -> Topic:
    first = attack.text.strip().split("\n")[0][:200]
    return Topic(id="t", kind="task", title=first or "x", evidence=(source(attack),), at=NOW - 86_400)


def fenced_once(messages: Sequence[ChatMessage], sources: int) -> None:
    """The prompt's marks are ours alone, and only our rules stand outside of the fences."""
    assert sum(each.role == "system" for each in messages) == 1
    whole = "\n".join(each.text for each in messages)
    prompt = re.sub(r"between <note> and </note>", "", whole)
    assert prompt.count("</note>") == len(re.findall(r'<note number="\d" name="[^"<>\n]*">\n', prompt)) == sources
    inside = re.sub(r'<note number="\d" name="[^"<>\n]*">|</note>', "", prompt)
    assert MARKS.search(inside) is None
    assert faults(whole) == []


@pytest.mark.parametrize("attack", ATTACKS)
async def test_an_opener_is_refused_or_quotes(attack: Attack, idle: None) -> None:
    model = FakeLanguageModel(attack.wants, attack.wants)
    opener = await write_opener(topic(attack), "question", model, now=NOW)
    for messages in model.prompts:
        assert [each.role for each in messages] == ["system", "user", "assistant", "user", "assistant", "user"]
        fenced_once(messages, sources=3)  # the examples' and this
    if attack.most == "refused":
        assert opener.spoken_by == "template"
    assert faults(opener.text, kept="") == []
    own = QUOTATION_PATTERN.sub(" ", opener.text)
    assert not re.search(r"https?:|www\.|\]\(|[<>`|]", own)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_reply_says_and_does_nothing_else(attack: Attack, idle: None) -> None:
    evidence = source(attack)
    passage = Passage(
        id="p",
        path=evidence.path,
        heading=evidence.heading,
        line_start=1,
        line_end=9,
        text=attack.text,
        prose=attack.text,
    )

    find = finding([SearchHit(passage=passage, score=1.0, channels={"words": 1.0})])

    said = f"{attack.wants} [1] [7] [99]"
    for model in (FakeLanguageModel(said), None):
        talk = start_about_passage("c", evidence, at=NOW)
        reply = ReplyStream(
            talk,
            "What do my notes say about it?",
            find_answer=find,
            model=model,
            settings=LanguageModelConfig(),
            at=NOW,
        )
        async for piece in reply:
            assert "\x1b" not in piece
        assert faults(reply.turn.text) == []
        if model is not None:
            fenced_once(model.prompts[0], sources=1)
            cited = set(re.findall(r"\[(\d+)\]", reply.turn.text)) - set(re.findall(r"\[(\d+)\]:?", attack.text))
            assert cited <= {"1"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_note_that_is_quoted_in_a_turn_stays_text(attack: Attack) -> None:
    talk = start_about_passage("c", source(attack), at=NOW)
    messages, _ = build_reply_prompt(talk.turns, "and now?", (source(attack),), context=2048, max_tokens=200)
    fenced_once(messages, sources=1)


def test_what_a_prompt_is_given_keeps_its_words() -> None:
    kept = "if a < b and c > d: print(x) <b>bold</b> [1] [INSTALL] a <| b; <notebook> 3 ‹quoted› x"
    assert remove_prompt_marks(kept) == kept


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "private").mkdir(parents=True)
    (folder / ".proactiveignore").write_text("private/\n")
    (tmp_path / "elsewhere").mkdir()
    (folder / "out").symlink_to(tmp_path / "elsewhere")
    return folder


@pytest.mark.parametrize("name", SAVES)
def test_a_name_for_save_never_leads_out(name: str, notes: Path) -> None:
    before = sorted(notes.parent.rglob("*"))
    with pytest.raises(ProactiveError):
        markdown_export.resolve_new_note(notes, Rules(notes, NotesConfig()), name)
    assert sorted(notes.parent.rglob("*")) == before


def test_there_are_enough() -> None:
    assert len(NOTES) >= 100
    assert len({(each.kind, each.name) for each in NOTES}) == len(NOTES)
