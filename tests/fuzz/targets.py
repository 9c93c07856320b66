"""All parsers as functions of bytes (targets), which raise only for a fault of the program.

An input of several parts (a stream, a reply and its note) is separated by `BETWEEN`.
"""

from __future__ import annotations

import asyncio
import atexit
import re
import shutil
import ssl
import warnings
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import get_args
from unittest.mock import patch

from proactive_tui import allowed_hosts
from proactive_tui.config import Config, LanguageModelConfig, NotesConfig
from proactive_tui.config_reading import list_settings, load_config, setting_value
from proactive_tui.errors import BrainError, ConfigError, LanguageModelError, NotesError, ProactiveError
from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.ipc import codec
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.settings import apply_typed_value, save_settings
from proactive_tui.sources.git_history import GitHistory
from proactive_tui.sources.rules import Rules
from proactive_tui.talk.facts.topic_facts import topic_facts
from proactive_tui.talk.prompt import fence_note
from proactive_tui.text import decoding, inline
from proactive_tui.text.blocks import split_blocks
from proactive_tui.text.dates.day_order import DayOrder
from proactive_tui.text.dates.note_dates import note_date
from proactive_tui.text.dates.text_days import cut_days, find_days
from proactive_tui.text.dates.typed_times import parse_future_time
from proactive_tui.text.item_marks import read_item_marks
from proactive_tui.text.outline.encoded_data import find_encoded_spans
from proactive_tui.text.outline.placeholders import find_placeholders
from proactive_tui.text.plain import note_name, plain_lines, plain_sentences, quotable_fragment
from proactive_tui.text.properties import frontmatter
from proactive_tui.text.stream_cleaner import StreamCleaner
from proactive_tui.tui.formatting.times import format_time_preview
from proactive_tui.tui.terminal import editor, themes
from tests.hostile.payloads import faults
from tests.talk.opener_checking import check_opener

BETWEEN = b"\x1e"
NOW = 1_760_000_000.0
LONG_NAME = "a/b/" + "ab" * 40 + ".md"


def _text(data: bytes) -> str:
    """Decode as the readers of text do: invalid UTF-8 is replaced."""
    return data.decode("utf-8", "replace")


@cache
def _place() -> Path:
    place = Path(mkdtemp(prefix="fuzz-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def _note(data: bytes) -> None:
    text = decoding.decode_text(data)
    assert "\r" not in text
    lines = text.split("\n")
    for path in ("2026-11-30 a.md", "a.txt"):
        note = parse_note(path, data, NOW)
        for passage in note.passages:
            assert passage.text in "\n".join(lines[passage.line_start - 1 : passage.line_end])
            passage.text.encode(), passage.prose.encode()
            plain_sentences(passage.text), plain_lines(passage.text), quotable_fragment(passage.text)
        for task in note.tasks:
            assert 1 <= task.line <= len(lines)
        for field in (note.title, *note.tags, *note.links, *note.properties, *note.properties.values()):
            field.encode()  # a lone surrogate could not be stored
        resolve_links({path: note, "b/a.md": note})


def _front_matter(data: bytes) -> None:
    text = _text(data)
    for toml in (False, True):
        values = frontmatter.parse_front_matter(text, toml=toml)
        if values is not None:
            note_date(values, "a.md", 0.0)
            frontmatter.format_value(values), [frontmatter.items(each) for each in values.values()]
        fence = "+++" if toml else "---"
        parse_note("a.md", f"{fence}\n{text}\n{fence}\nx".encode(), 0.0)


def _marks(data: bytes) -> None:
    """A line, item or block: its marks, placeholders and encoded data."""
    text = _text(data)
    for is_item in (False, True):
        marks = read_item_marks(text, is_item=is_item)
        assert 0 <= marks.start <= marks.end <= max(len(text), marks.start)
        assert "\n" not in marks.words
        marks.words.encode("utf-8", "surrogatepass")
    for placeholder in find_placeholders(text):
        assert text[placeholder.start] in "{<"
    spans = find_encoded_spans(text)
    assert all(one.end < other.start for one, other in pairwise(spans))
    for path in ("todo.txt", "a.md"):
        blocks = split_blocks(parse_note(path, data, NOW))
        for index, block in enumerate(blocks):
            assert block.parent is None or (block.parent < index and blocks[block.parent].depth < block.depth)


def _due(data: bytes) -> None:
    for written in (0.0, NOW, 7_258_118_400.0):
        text = _text(data)
        for order in get_args(DayOrder):
            days = find_days(text, written, order)
            assert all(0 <= span.start < span.end <= len(text) for span in days.spans)
            assert len(cut_days(text, days)) <= len(text)

        note_date({"created": text}, f"{text}.md", NOW, text.split("\n"))


def _git(data: bytes) -> None:
    """A repository of one loose object, and one pack with its index."""
    loose, index, pack = [*data.split(BETWEEN, 2), b"", b""][:3]
    root = _place() / "repository"
    for file, content in (
        ("HEAD", b"11" * 20),
        (f"objects/11/{'11' * 19}", zlib.compress(loose)),
        ("objects/pack/a.idx", b"\xfftOc\0\0\0\2" + index),
        ("objects/pack/a.pack", pack),
    ):
        (root / ".git" / file).parent.mkdir(parents=True, exist_ok=True)
        (root / ".git" / file).write_bytes(content)
    assert GitHistory(root).committed_at("a.md", b"") is None
    (root / ".git" / "objects" / "pack" / "a.idx").unlink()
    GitHistory(root).committed_at("a.md", b"")


def _when(data: bytes) -> None:
    try:
        at = parse_future_time(_text(data), NOW, "08:00")
    except ValueError as error:
        told = str(error)
        assert told.endswith("has passed") or told.startswith(("When?", "Not understood", "There is no ", "That is "))
        return
    assert format_time_preview(at, NOW)


def _ignore(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a warning about a pattern would be printed over the screen
        _ruled(data)


def _ruled(data: bytes) -> None:
    (_place() / ".proactiveignore").write_bytes(data)
    with suppress(NotesError):
        rules = Rules(_place(), NotesConfig())
        rules.refusal_reason(LONG_NAME), rules.refusal_reason("notes", is_folder=True)
    (_place() / ".proactiveignore").unlink()
    with suppress(NotesError):
        lines = tuple(_text(data).split("\n"))
        rules = Rules(_place(), NotesConfig(include=lines, exclude=lines))
        rules.refusal_reason(LONG_NAME), rules.is_note(LONG_NAME)


def _config(data: bytes) -> None:
    file = _place() / "config.toml"
    file.write_bytes(data)
    with suppress(ConfigError):
        load_config(file)


def _changed(data: bytes) -> None:
    """Set a setting, chosen by the first byte, to a typed value in a config file written by hand."""
    written, _, said = data[1:].partition(BETWEEN)
    keys = list_settings()
    setting = keys[data[0] % len(keys) if data else 0]
    file = _place() / "changed.toml"
    file.write_bytes(written)
    with suppress(ConfigError):
        new = apply_typed_value(Config(), setting, _text(said))
        before = load_config(file)
        save_settings(file, {setting.key: setting_value(new, setting.key)})
        after = load_config(file)
        for each in keys:
            assert setting_value(after, each.key) == setting_value(new if each.key == setting.key else before, each.key)


def _theme(data: bytes) -> None:
    file = _place() / "theme.toml"
    file.write_bytes(data)
    with suppress(ConfigError):
        themes.read_theme(file)


def _address(data: bytes) -> None:
    llm = LanguageModelConfig(host=_text(data))
    where = allowed_hosts.ollama_address(llm)
    assert allowed_hosts.normalize_address(where, 1) == where or not where
    assert where.isprintable()
    allowed_hosts.language_model_hosts(llm)


def _message(data: bytes) -> None:
    for decode in (codec.decode_wire_request, codec.decode_wire_event):
        with suppress(BrainError):
            message = decode(data)
            assert decode(codec.encode_message(message)) == message


def _editor(data: bytes) -> None:
    with suppress(ProactiveError):
        words = editor.build_editor_command(data.decode("utf-8", "surrogateescape"), Path("/notes/a b;$(x).md"), 3)
        assert "/notes/a b;$(x).md" in words[-1] or "/notes/a b;$(x).md" in words[-2]


def _spoken(data: bytes) -> None:
    pieces = [each.decode("utf-8", "surrogateescape") for each in data.split(BETWEEN)]
    for sources in (None, 2):
        cleaner, whole = StreamCleaner(sources), StreamCleaner(sources)
        said = "".join([*map(cleaner.feed, pieces), cleaner.flush()])
        assert faults(said) == []
        assert said == whole.feed("".join(pieces)) + whole.flush()


def _opener(data: bytes) -> None:
    first, _, second = data.partition(BETWEEN)
    said, written = _text(first), _text(second)
    source = Evidence(path="a/b.md", line_start=1, line_end=1, text=written, heading=(written[:40],))
    topic = Topic(id="t", kind="task", title=written[:80], evidence=(source,), at=0.0)
    check_opener(said, topic.evidence, topic, now=0.0), topic_facts(topic, now=0.0, language="en")
    note_name(source), inline.strip_inline(written), inline.find_links(written), inline.find_tags(written)
    assert re.findall(r"<\s?/\s?note\b", fence_note(1, source, 100), re.IGNORECASE) == ["</note"]


def _ollama(data: bytes) -> None:
    """The answers of Ollama: to /api/chat and /api/pull, then to /api/show, then to /api/tags.

    An answer that begins with one of STATUSES is sent with that HTTP status.
    """
    said, shown, listed = (*data.split(BETWEEN), b"", b"")[:3]
    with patch("ssl.create_default_context", _certificates):
        asyncio.run(_answered(said, shown or SHOWN, listed or LISTED))


_certificates = cache(ssl.create_default_context)
"""Cached: reading the certificates again took half of the time of an exchange."""


STATUSES = (b"204", b"302", b"400", b"404", b"500")
LISTED = b'{"models":[{"name":"m","model":"m","size":1,"details":{"family":"x"}}]}'
SHOWN = b'{"capabilities":["completion"],"model_info":{"x.context_length":4096}}'


async def _answered(said: bytes, shown: bytes, listed: bytes) -> None:
    from proactive_tui.talk.llm.base import ChatMessage
    from proactive_tui.talk.llm.ollama import connect_model
    from proactive_tui.talk.llm.ollama_catalog import pull_model

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        body = listed if b"/api/tags" in request else shown if b"/api/show" in request else said
        status, body = (body[:3], body[3:]) if body[:3] in STATUSES else (b"200", body)
        head = b"HTTP/1.1 %s x\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body))
        writer.write(head + body)
        with suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        asked = LanguageModelConfig(host=f"http://127.0.0.1:{port}", model="m", timeout_seconds=5.0)
        with suppress(LanguageModelError):
            async for progress in pull_model(asked, "m"):
                assert progress.status is not None
        model = None
        with suppress(LanguageModelError):
            model = await connect_model(asked)
            async for piece in model.stream([ChatMessage(role="user", text="x")], max_tokens=50, temperature=0.0):
                assert isinstance(piece, str)
        if model is not None:
            await model.close()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "notes": _note,
    "front matter": _front_matter,
    "item marks": _marks,
    "dates in words": _due,
    "when to come back": _when,
    "ignore rules": _ignore,
    "config": _config,
    "changed settings": _changed,
    "themes": _theme,
    "addresses": _address,
    "messages": _message,
    "editor commands": _editor,
    "what a model says": _spoken,
    "openers": _opener,
    "streams of Ollama": _ollama,
    "git objects": _git,
}
