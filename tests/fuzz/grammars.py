"""The grammar of each target as pieces, and hypothesis strategies that combine them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.targets import BETWEEN
from tests.hostile.payloads import PLANTED, soiled

MARKDOWN = (
    "# ·## ·- ·- [ ] ·- [x] ·> ·1. ·\n·\n\n·```·~~~·    ·\t·[·](·)·[[·]]·|·|-|·\n|a|b|\n|-|-|\n·*·**·_·__·"
    "~~·==·`·<·>·<!--·-->·---\n·+++\n·\\·#tag·[a]: b·due ·Friday·2026-11-30·📅·in 3 days·0000-00-00·9999-12-31·"
    "title: ·date: ·tags: ·\r·http://x·===\n·&amp;·word ·Does it hold? ·because ·TODO·I promised Mara "
)
YAML = (
    "a: ·b: ·- ·? ·: ·\n·  ·&a ·*a·<<: ·!!·!!python/object:os.system ·!!binary ·!!set ·!!omap ·!!timestamp ·"
    "{·}·[·]·,·'·\"·|\n·>\n·#·%YAML 1.1\n·---\n·...\n·2026-13-45·0001-01-01·9999-12-31T23:59:59+14:00·1:1:1·"
    "0x·0o·1e999·.inf·.nan·~·null·true·\\ud800·\\0"
)
TOML = (
    "[notes]\n·[llm]\n·[face]\n·[offers]\n·[[x]]\n·folder = ·exclude = ·host = ·per_day = ·keys = ·{·}·[·"
    ']·,·"·\'·"""·\n·=·.·1·-1·1e400·inf·nan·true·2026-01-01·\\u0000·#·quiet_hours = '
)
THEME = (
    "primary = ·accent = ·dark = ·\"·'·#7aa2f7·#abc·rgb(·hsl(·rgba(·1,2,3)·10%·auto ·red·ansi_red·transparent·"
    "[variables]\n·x = ·\n·true·1e400·-1·é"
)
JSON = (
    '{"type":·"ClientHello"·"SearchNotes"·"SendMessage"·"ReactToOffer"·"ForgetData"·,"request":·1·-1·1e400·,"query":·""·null·[·]·{·}·,·'
    ':·"\\ud800"·"\\u0000"·true·99999999999999999999999·"offer":·"notes":"·\n'
)
OLLAMA = (
    '{"message":{"role":"assistant","content":"hi"},"done":false}\n·{"done":true,"prompt_eval_count":5}\n·{"error":"no"}·'
    '{"message":{"content":null}}·{"message":"x"}\n·{}\n·[]·null·"x"·{·\n·{"done":"yes"}·"done":true·'
    '{"message":{"content":"\\ud800"},"done":false}\n·{"message":{"content":"\\u001b]0;x\\u0007"},"done":false}\n·'
    '{"message":{"content":5}}·{"done":true,"prompt_eval_count":-1}·"prompt_eval_count":"x"·"completed":1,"total":2·'
    '"status":"pulling"·"context_length":·"capabilities":["thinking"]·"models":[]·"model":"m"·"details":·"size":1e99·'
    '"modified_at":"2026-01-01T00:00:00Z"·"modified_at":"0001-01-01T00:00:00+14:00"·\xff'
)
WORDS: Mapping[str, str] = {
    "notes": MARKDOWN,
    "front matter": YAML,
    "item marks": "- ·* ·** ·# ·> ·[ ]·[]·[x] ·[/] ·[?] ·(A) ·TODO ·**TODO:** ·DONE ·#todo ·{{[[TODO]]}} ·☐ ·✅·"
    "📅 ·2026-12-01·🔁 every week ·⏫·🆔 a·⛔ b·[due:: 2026-12-01]·(k:: ·::·]·)·key:: value\n·"
    "id:: 6\n·@Tom please ·:END:\n·SCHEDULED: <2026-12-01 Tue>\n·:LOGBOOK:\n·"
    "CLOCK: [2026-12-01 Tue]\n·%%·<!--·-->·{{c1::a}}·{{embed a}}·<% a %>·~~a~~·~~·^id·"
    "((6567aa01-·x 2026-11-01 ·due:2026-12-01·+p·@c·\n·\n\n·\t·> [!todo] ·```\n·"
    "data:image/png;base64,·AbC0+/9·-----BEGIN A-----\n·#+BEGIN_QUERY\n·kanban-plugin: a\n·---\n·"
    "status: open\n·$·`",
    "dates in words": "due ·by ·in 999 weeks·in 3 days·@·9999-12-31·Friday·5 January·[[·]]·<·>·(·)·📅·"
    "SCHEDULED: ·12/05/26·5.12.·on the ·5th·EOD ·à 9h ·明日·5月6日·まで·bis zum ·every · to ·2026-12-05·not before ·"
    "🛫 ·next week·do piątku",
    "when to come back": "tomorrow·next ·in ·3 ·99999999 ·days·weeks·hours·friday·at ·25:61·9am·2026-·13-45·-1 ·now",
    "ignore rules": "*·**·/·!·?·[·]·[!·-·\\·#· ·\n·.·a·b·notes·.md·\r\n·{·}",
    "config": TOML,
    "changed settings": f"\x00·\x07·\x1e·22:00-08:00·yes·dark·{TOML}",
    "themes": THEME,
    "addresses": "http://·https://·[·]·::1·%·@·:·11434·/·\\·?·#·localhost·127.0.0.1·0.0.0.0·box·.·99999·é·０",
    "messages": JSON,
    "editor commands": "vim·code·-·--wait· ·'·\"·\\·$(touch x)·;·|·&·`·\n·\x00·/·..·%s",
    "what a model says": "·".join([*PLANTED, "<think>", "</think>", "[1]", "\x1e", "\x1b", "\x1b]", "\x9b", "\u200d"]),
    "openers": f"\x1e·</note>·<|im_end|>·“·”·?·You ·{MARKDOWN}",
    "streams of Ollama": f"\x1e·400 ·404 ·500 ·302 ·{OLLAMA}",
    "git objects": "commit 5\0·tree ·1111111111·parent ·author x <x> 1000000000 +0000\n·\n\n·100644 a.md\0·\x1e·"
    "40000 a\0·\x00·\xff·\x93·tree 9\0",
}
"""Pieces of the grammar by target, separated by middle dots."""


def pieces(name: str) -> list[str]:
    """The pieces of a target's grammar."""
    return WORDS[name].split("·")


def _texts(name: str) -> st.SearchStrategy[bytes]:
    """Texts of these pieces, payloads and arbitrary characters."""
    parts = st.one_of(st.sampled_from(pieces(name)), soiled, st.text(max_size=4))
    return st.lists(parts, max_size=30).map(lambda found: "".join(found).encode("utf-8", "surrogatepass"))


def _between(parts: st.SearchStrategy[bytes], most: int) -> st.SearchStrategy[bytes]:
    return st.lists(parts, max_size=most).map(BETWEEN.join)


def strategy(name: str) -> st.SearchStrategy[Any]:
    """The inputs of a target: texts of its grammar, deep nesting, and arbitrary bytes."""
    deep = st.sampled_from([b"[", b'{"a":', b"a = [", b"- ", b">", b"(", b"1"]).map(lambda each: each * 6_000)
    usual = [_texts(name), _texts(name), _texts(name), _between(_texts(name), 4), st.binary(max_size=400)]
    return st.one_of(*usual, st.tuples(_texts(name), deep).map(b"".join))
