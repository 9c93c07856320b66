"""Inputs that once broke a target; `make test` runs each of them through its target."""

from __future__ import annotations

from tests.fuzz.targets import BETWEEN

_ASKED = b"You wanted to ask Mara about the load test, did you?" + BETWEEN

KNOWN: tuple[tuple[str, bytes], ...] = (
    ("config", b"a = " + b"[" * 5_000),
    ("config", b"[notes]\nmax_kilobytes = " + b"1" * 5_000),
    ("ignore rules", b"[[a]\n"),
    ("ignore rules", b"x[!a--b]\n"),
    ("messages", b'{"type":' + b"[" * 100_000),
    ("messages", b'{"type":"SearchNotes","x":' + b'{"a":' * 100_000),
    ("when to come back", b"1 jan 0001"),
    ("when to come back", b"- " * 60_000),
    ("dates in words", "²".encode()),
    ("addresses", b":/ /"),
    ("addresses", b"[::]]@[:-]]"),
    ("what a model says", "so [7\u202a".encode() + BETWEEN + b"]."),
    ("what a model says", b"so [<think>x</think>" + BETWEEN + b"7]."),
    ("what a model says", b"so <think>x</think>" + BETWEEN + b" it is"),
    ("what a model says", BETWEEN.join(["\u200b".encode() * 16] * 600)),
    ("openers", _ASKED + b"\n" * 16_000),
    ("openers", _ASKED + b"[" * 16_000),
    ("openers", _ASKED + b"<" * 16_000),
    ("streams of Ollama", b"[" * 100_000),
    ("streams of Ollama", b'500{"error":5}'),
    ("streams of Ollama", b'{"error":"{\\"error\\":5}"}'),
    ("streams of Ollama", BETWEEN + b'{"model_info":{"x.context_length":"a"}}'),
    ("streams of Ollama", BETWEEN + b'{"model_info":{"x.context_length":1e400}}'),
    ("streams of Ollama", BETWEEN * 2 + b'{"models":[{"model":"m","modified_at":"0001-01-01T00:00:00"}]}'),
    ("streams of Ollama", b"{}" + BETWEEN + b"[" * 100_000),
)
