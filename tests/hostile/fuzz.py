"""Everything that parses, given what hypothesis makes up: `python -m tests.hostile.fuzz --examples 20000`.

Each target may raise its own error and nothing else, and no input may take long.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from proactive_tui.brain import protocol
from proactive_tui.config import Notes, load
from proactive_tui.errors import BrainError, ConfigError, NotesError, ProactiveError
from proactive_tui.index import dates, decoding, frontmatter, inline
from proactive_tui.index.markdown import parse
from proactive_tui.model import Evidence, Topic
from proactive_tui.sources.rules import Rules
from proactive_tui.talk.clean import StreamCleaner
from proactive_tui.talk.evidence import check
from proactive_tui.talk.facts import facts
from proactive_tui.talk.plain import fragment, note_name, prose, sentences
from proactive_tui.talk.prompt import fenced
from proactive_tui.tui import editor
from proactive_tui.tui.dates import understood
from tests.hostile.dirt import faults, soiled

SECONDS = 5.0


def _words(pieces: str) -> st.SearchStrategy[str]:
    """Texts out of the pieces (between middle dots) that a grammar is made of, and some that it is not."""
    return st.lists(st.one_of(st.sampled_from(pieces.split("·")), soiled, st.text(max_size=4)), max_size=30).map(
        "".join
    )


MARKDOWN = _words(
    "# ·## ·- ·- [ ] ·- [x] ·> ·1. ·\n·\n\n·```·~~~·    ·\t·[·](·)·[[·]]·|·|-|·\n|a|b|\n|-|-|\n·*·**·_·__·"
    "~~·==·`·<·>·<!--·-->·---\n·+++\n·\\·#tag·[a]: b·due ·Friday·2026-11-30·📅·in 3 days·0000-00-00·9999-12-31·"
    "title: ·date: ·tags: ·\r·http://x·===\n·&amp;·word ·Does it hold? ·because ·TODO·I promised Mara "
)
YAML = _words(
    "a: ·b: ·- ·? ·: ·\n·  ·&a ·*a·<<: ·!!·!!python/object:os.system ·!!binary ·!!set ·!!omap ·!!timestamp ·"
    "{·}·[·]·,·'·\"·|\n·>\n·#·%YAML 1.1\n·---\n·...\n·2026-13-45·0001-01-01·9999-12-31T23:59:59+14:00·1:1:1·"
    "0x·0o·1e999·.inf·.nan·~·null·true·\\ud800·\\0"
)
TOML = _words(
    "[notes]\n·[llm]\n·[face]\n·[offers]\n·[[x]]\n·folder = ·exclude = ·host = ·per_day = ·keys = ·{·}·[·"
    ']·,·"·\'·"""·\n·=·.·1·-1·1e400·inf·nan·true·2026-01-01·\\u0000·#·quiet_hours = '
)
IGNORE = _words("*·**·/·!·?·[·]·[!·-·\\·#· ·\n·.·a·b·notes·.md·\r\n·{·}")
EDITOR = _words("vim·code·-·--wait· ·'·\"·\\·$(touch x)·;·|·&·`·\n·\x00·/·..·%s")
WHEN = _words("tomorrow·next ·in ·3 ·99999999 ·days·weeks·hours·friday·at ·25:61·9am·2026-·13-45·-1 ·now")
JSON = _words(
    '{"type":·"Hello"·"Search"·"Say"·"React"·"Forget"·,"request":·1·-1·1e400·,"query":·""·null·[·]·{·}·,·'
    ':·"\\ud800"·"\\u0000"·true·99999999999999999999999·"offer":·"notes":"·\n'
)


def _note(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for path in ("2026-11-30 a.md", "a.txt"):
        note = parse(path, data, 1_760_000_000.0)
        for passage in note.passages:
            sentences(passage.text), prose(passage.text), fragment(passage.text)
        for field in (note.title, *note.tags, *note.links, *note.properties.values()):
            field.encode()  # what cannot be said cannot be kept


def _bytes(data: bytes) -> None:
    decoding.decode(data).encode("utf-8", "strict")
    parse("a.md", data, 0.0)


def _front_matter(text: str) -> None:
    for toml in (False, True):
        values = frontmatter.read(text, toml=toml)
        if values is not None:
            dates.note_date(values, "a.md", 0.0)
            frontmatter.words(values), [frontmatter.items(each) for each in values.values()]
    parse("a.md", f"---\n{text}\n---\nx".encode("utf-8", "surrogatepass"), 0.0)


def _due(text: str) -> None:
    for written in (0.0, 1_760_000_000.0, 7_258_118_400.0):
        dates.due(text, written)


def _when(text: str) -> None:
    with suppress(ValueError):
        understood(text, 1_760_000_000.0, "08:00")


def _ignore(text: str, folder: Path) -> None:
    (folder / ".proactiveignore").write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(NotesError):
        rules = Rules(folder, Notes())
        rules.refused("a/b/" + "ab" * 40 + ".md"), rules.refused("notes", is_folder=True)
    with suppress(NotesError):
        Rules(folder, Notes(exclude=tuple(text.split("\n"))))


def _config(text: str, folder: Path) -> None:
    (folder / "config.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(ConfigError):
        load(folder / "config.toml")


def _message(text: str) -> None:
    line = text.encode("utf-8", "surrogatepass")
    for decode in (protocol.decode_ask, protocol.decode_tell):
        with suppress(BrainError):
            decode(line)


def _editor(text: str) -> None:
    with suppress(ProactiveError):
        words = editor.command(text, Path("/notes/a b;$(x).md"), 3)
        assert "/notes/a b;$(x).md" in words[-1] or "/notes/a b;$(x).md" in words[-2]


def _spoken(pieces: list[str]) -> None:
    cleaner = StreamCleaner(2)
    assert faults("".join([*map(cleaner.feed, pieces), cleaner.flush()])) == []


def _opener(texts: tuple[str, str]) -> None:
    said, written = texts
    source = Evidence(path="a/b.md", line_start=1, line_end=1, text=written, heading=(written[:40],))
    topic = Topic(id="t", kind="task", title=written[:80], evidence=(source,), at=0.0)
    check(said, topic.evidence, topic, now=0.0), facts(topic, now=0.0, language="en")
    note_name(source), fenced(1, source, 100), inline.plain(written), inline.links(written), inline.tags(written)


def _ollama(lines: list[bytes]) -> None:
    asyncio.run(_streamed(lines))


async def _streamed(lines: list[bytes]) -> None:
    from proactive_tui.config import LanguageModel
    from proactive_tui.errors import LanguageModelError
    from proactive_tui.talk.llm.base import Message
    from proactive_tui.talk.llm.ollama import connect

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        body = b"\n".join(lines)
        if b"/api/tags" in request:
            body = b'{"models":[{"name":"m","model":"m","size":1,"details":{"family":"x"}}]}'
        elif b"/api/show" in request:
            body = b'{"capabilities":["completion"],"model_info":{"x.context_length":4096}}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body))
        with suppress(ConnectionError):
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        model = None
        with suppress(LanguageModelError):
            model = await connect(LanguageModel(host=f"http://127.0.0.1:{port}", model="m", timeout_seconds=5.0))
            async for piece in model.stream([Message(role="user", text="x")], max_tokens=50, temperature=0.0):
                assert isinstance(piece, str)
        if model is not None:
            await model.close()


OLLAMA_LINE = st.one_of(
    st.sampled_from(
        [
            b'{"message":{"role":"assistant","content":"hi"},"done":false}',
            b'{"done":true,"prompt_eval_count":5}',
            b'{"error":"no"}',
            b'{"message":{"content":null}}',
            b'{"message":"x"}',
            b"{}",
            b"[]",
            b"null",
            b'"x"',
            b"{",
            b"",
            b"\xff\xfe",
            b'{"done":"yes"}',
            b'{"message":{"content":"\\ud800"},"done":false}',
            b'{"message":{"content":"\\u001b]0;x\\u0007"},"done":false}',
            b'{"message":{"content":5}}',
            b'{"done":true,"prompt_eval_count":-1}',
            b'{"done":true,"prompt_eval_count":"x"}',
            b"{" * 3000,
            b"[" * 100_000,
        ]
    ),
    st.binary(max_size=60),
)

TARGETS: Mapping[str, tuple[st.SearchStrategy[Any], Callable[..., None], float]] = {
    "notes": (MARKDOWN, _note, 1.0),
    "bytes": (st.binary(max_size=400), _bytes, 1.0),
    "front matter": (YAML, _front_matter, 1.0),
    "dates in words": (_words("due ·by ·in 999 weeks·in 3 days·@·9999-12-31·Friday·5 January"), _due, 1.0),
    "when to come back": (WHEN, _when, 1.0),
    "ignore rules": (IGNORE, _ignore, 0.5),
    "config": (TOML, _config, 0.5),
    "messages": (JSON, _message, 1.0),
    "editor commands": (EDITOR, _editor, 1.0),
    "what a model says": (
        st.lists(st.one_of(soiled, st.sampled_from(["<think>", "</think>", "[1]"])), max_size=9),
        _spoken,
        1.0,
    ),
    "openers": (st.tuples(MARKDOWN, MARKDOWN), _opener, 0.3),
    "streams of Ollama": (st.lists(OLLAMA_LINE, max_size=6), _ollama, 0.05),
}
"""For each target: what it is given, what takes it, and its share of the examples."""


def run(name: str, examples: int) -> tuple[int, float]:
    """Give a target so many inputs; how many it took, and the longest time for one. Raises what the target raised."""
    strategy, target, share = TARGETS[name]
    tried, longest = 0, 0.0
    with TemporaryDirectory() as place:
        more = (Path(place),) if target in (_ignore, _config) else ()

        @settings(
            max_examples=max(10, int(examples * share)),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        )
        @given(strategy)
        def once(value: Any) -> None:
            nonlocal tried, longest
            start = time.perf_counter()
            target(value, *more)
            took = time.perf_counter() - start
            tried, longest = tried + 1, max(longest, took if tried else 0.0)

        once()
    return tried, longest


def main() -> None:
    """All targets, one line each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=20_000)
    asked.add_argument("--only", default="", help="one target")
    given_ = asked.parse_args()
    total = 0
    for name in [given_.only] if given_.only else TARGETS:
        tried, longest = run(name, given_.examples)
        total += tried
        sys.stdout.write(f"{tried:8} {name}; {1000 * longest:.0f} ms for the slowest\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total:8} in all\n")


if __name__ == "__main__":
    main()
