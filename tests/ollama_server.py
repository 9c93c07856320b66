"""Ollama's HTTP API over a real small model, for tests and for trying the program by hand.

    python -m tests.ollama_server --port 11434

The server answers /api/version, tags, show, chat, generate and pull as Ollama does: NDJSON streams, counts in the last
line, 404 for a missing model, 400 on `think` for a model without it, JSON of the schema in `format`, and a prompt that
is longer than `num_ctx` cut silently (old messages first, then all but half of the window, as 0.32 does; 0.24 leaves
the whole window: `halves`). A model whose template has only `.Prompt` is shown the last message and nothing else. Of a
scripted reply, the tokens read are counted in words. Replies can be scripted one by one: see `Script`.
"""

from __future__ import annotations

import argparse
import json
import re
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

from tests.small_model import SmallModel, small_model

DEFAULT_CONTEXT = 4096
CHAT_TEMPLATE = (
    "{{ range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n"
)
PLAIN_IMPORT = "{{ .Prompt }}"
"""The template that Ollama gives to a plain import of a GGUF file."""


@dataclass(frozen=True)
class Model:
    """A model as `/api/tags` and `/api/show` describe it."""

    name: str
    parameters: str = "134.52M"
    family: str = "llama"
    size: int = 98_362_432
    capabilities: tuple[str, ...] = ("completion",)
    context: int = 8192
    modified: str = "2026-01-05T10:00:00Z"
    elsewhere: str = ""
    template: str = CHAT_TEMPLATE
    modelfile: str = ""


@dataclass(frozen=True)
class Script:
    """The script of one reply, sent word by word. With `says` None the small model replies.

    `status` other than 200 is sent with `error` instead. The server waits `before` seconds before the first word, and
    `between` before each further one. After `cut_after` words the connection breaks, after `error_after` an error line
    comes, after `garbage_after` a line that is not JSON. `endless` repeats the reply for ever, `one_line` sends a line
    without an end. `thinking` is sent as thinking before the reply; `reads` is reported as prompt_eval_count.
    """

    says: str | None = None
    status: int = 200
    error: str = "scripted"
    before: float = 0.0
    between: float = 0.0
    cut_after: int | None = None
    error_after: int | None = None
    garbage_after: int | None = None
    endless: bool = False
    one_line: bool = False
    thinking: str = ""
    reads: int | None = None


SMOLLM = Model("smollm2:135m")


@dataclass
class OllamaServer:
    """The server for tests: `requests` (path, body), and `closed`, the number of clients that left during a reply."""

    models: list[Model] = field(default_factory=lambda: [SMOLLM])
    scripts: deque[Script] = field(default_factory=deque)
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    window: int | None = None
    """The real context in tokens, whatever num_ctx asks for, as on a server short of memory; None obeys num_ctx."""
    halves: bool = True
    """Whether a prompt that is too long is cut to half of the window (0.32 and later), or to the whole (0.24)."""
    silent: bool = False
    """Whether nothing but replies is answered any more, as by a server that hangs."""
    closed: int = 0
    port: int = 0
    stop: Callable[[], None] = lambda: None
    """Stops the server: a streaming reply breaks off, and the port is closed."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *replies: str | Script) -> None:
        """Queue replies; with an empty queue the small model replies."""
        self.scripts += [Script(says=each) if isinstance(each, str) else each for each in replies]

    def chats(self) -> list[dict[str, Any]]:
        """The bodies of the chat requests so far."""
        return [body for path, body in self.requests if path == "/api/chat"]

    def find(self, name: str) -> Model | None:
        full = name if ":" in name else f"{name}:latest"
        return next((each for each in self.models if each.name in (name, full)), None)


@contextmanager
def serving(port: int = 0) -> Iterator[OllamaServer]:
    """A server on this machine, on a free port unless one is given."""
    state = OllamaServer()
    connections: list[socket.socket] = []

    class Handler(_Handler):
        server_state = state

        def setup(self) -> None:
            super().setup()
            connections.append(self.connection)

    http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    http.daemon_threads = True
    state.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def stop() -> None:
        http.shutdown()
        thread.join()
        http.server_close()
        for each in connections:  # else kept-alive connections would still be served
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    state.stop = stop
    try:
        yield state
    finally:
        stop()


class _Handler(BaseHTTPRequestHandler):
    server_state: OllamaServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: Any) -> None:
        """Log nothing: the requests are in `requests`."""

    def do_GET(self) -> None:
        if self.server_state.silent:
            self._wait(600)
        match self.path:
            case "/":
                self._whole(200, b"Ollama is running", "text/plain")
            case "/api/version":
                self._json({"version": "0.40.12"})
            case "/api/tags":
                self._json({"models": [_tag(each) for each in self.server_state.models]})
            case "/api/ps":
                self._json({"models": []})
            case _:
                self._whole(404, b"404 page not found", "text/plain")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self.server_state.requests.append((self.path, body))
        name = body.get("model") or body.get("name") or ""
        if self.path == "/api/pull":
            self._pull(name)
            return
        model = self.server_state.find(name)
        if model is None:
            self._json({"error": f"model '{name}' not found"}, 404)
            return
        match self.path:
            case "/api/show":
                self._json(_shown(model))
            case "/api/chat" | "/api/generate":
                self._reply(model, body)
            case _:
                self._whole(404, b"404 page not found", "text/plain")

    def _reply(self, model: Model, body: dict[str, Any]) -> None:
        if "completion" not in model.capabilities:
            self._json({"error": f'"{model.name}" does not support chat'}, 400)
            return
        if "think" in body and "thinking" not in model.capabilities:
            self._json({"error": f"registry.ollama.ai/library/{model.name} does not support thinking"}, 400)
            return
        scripts = self.server_state.scripts
        script = scripts.popleft() if scripts else Script()
        if script.status != 200:
            self._json({"error": script.error}, script.status)
            return
        stream = _Stream(self, model, chat=self.path == "/api/chat", whole=body.get("stream") is False)
        try:
            if script.says is None:
                self._spoken(stream, model, body)
            else:
                self._scripted(stream, script, seen_messages(model, body))
        except (BrokenPipeError, ConnectionResetError):
            self.server_state.closed += 1
            self.close_connection = True

    def _scripted(self, stream: _Stream, script: Script, seen: Sequence[dict[str, str]]) -> None:
        self._wait(script.before)
        stream.begin()
        if script.thinking:
            stream.piece("", thinking=script.thinking)
        pieces = [f"{' ' if at else ''}{word}" for at, word in enumerate((script.says or "").split(" "))]
        while script.one_line:
            stream.raw(b" " * 65_536)
        for at, piece in enumerate(cycle(pieces) if script.endless else pieces):
            if at == script.cut_after:
                self.close_connection = True
                self.connection.close()
                raise ConnectionResetError
            if at == script.error_after:
                stream.line({"error": script.error})
                stream.end()
                return
            if at == script.garbage_after:
                stream.raw(b"<html>not ollama</html>\n")
            if at:
                self._wait(script.between)
            stream.piece(piece)
        stream.done(script.reads if script.reads is not None else count_words(seen), len(pieces), "stop")

    def _wait(self, seconds: float) -> None:
        """Wait like a slow model; raises ConnectionResetError if the client leaves meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([self.connection], [], [], left)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError

    def _spoken(self, stream: _Stream, model: Model, body: dict[str, Any]) -> None:
        small, options = small_model(), body.get("options") or {}
        window = self.server_state.window or min(options.get("num_ctx", DEFAULT_CONTEXT), model.context)
        prompt = read(small, seen_messages(model, body), window, halves=self.server_state.halves)
        most = options.get("num_predict", -1)
        most = min(most if most > 0 else window, max(window - len(prompt), 1))
        stream.begin()

        def say(piece: str) -> bool:
            try:
                stream.piece(piece)
            except (BrokenPipeError, ConnectionResetError):
                stream.broken = True
            return stream.broken

        schema, temperature = body.get("format"), options.get("temperature", 0.8)
        count, reason = small.complete(prompt, most=most, temperature=temperature, say=say, schema=schema or None)
        if stream.broken:
            raise ConnectionResetError
        stream.done(len(prompt), count, reason)

    def _pull(self, name: str) -> None:
        stream = _Stream(self, Model(name), chat=True, whole=False)
        stream.begin()
        if name.startswith("missing"):
            stream.line({"error": "pull model manifest: file does not exist"})
            stream.end()
            return
        stream.line({"status": "pulling manifest"})
        for done in (0, 250, 500, 1000):
            stream.line({"status": "pulling 5d2f", "digest": "sha256:5d2f", "total": 1000, "completed": done})
        self.server_state.models.append(Model(name if ":" in name else f"{name}:latest"))
        for status in ("verifying sha256 digest", "writing manifest", "success"):
            stream.line({"status": status})
        stream.end()

    def _json(self, body: Any, status: int = 200) -> None:
        self._whole(status, json.dumps(body).encode(), "application/json; charset=utf-8")

    def _whole(self, status: int, body: bytes, kind: str) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)


class _Stream:
    """Writes NDJSON in chunks, or one object where the client asked for no stream."""

    def __init__(self, handler: _Handler, model: Model, *, chat: bool, whole: bool) -> None:
        self._handler = handler
        self._model = model
        self._chat = chat
        self._whole = whole
        self._text = ""
        self.broken = False

    def begin(self) -> None:
        if self._whole:
            return
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", "application/x-ndjson")
        self._handler.send_header("Transfer-Encoding", "chunked")
        self._handler.end_headers()

    def piece(self, text: str, thinking: str = "") -> None:
        self._text += text
        if not self._whole:
            self.line({**self._said(text, thinking), "done": False})

    def done(self, read: int, wrote: int, reason: str) -> None:
        last = {
            **self._said(self._text if self._whole else ""),
            "done": True,
            "done_reason": reason,
            "total_duration": 1_000_000,
            "load_duration": 1_000,
            "prompt_eval_count": read,
            "prompt_eval_duration": 1_000,
            "eval_count": wrote,
            "eval_duration": 1_000,
        }
        if self._whole:
            self._handler._json(last)
        else:
            self.line(last)
            self.end()

    def line(self, value: Any) -> None:
        self.raw(json.dumps(value).encode() + b"\n")

    def raw(self, line: bytes) -> None:
        self._handler.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
        self._handler.wfile.flush()

    def end(self) -> None:
        self._handler.wfile.write(b"0\r\n\r\n")

    def _said(self, text: str, thinking: str = "") -> dict[str, Any]:
        at = {"model": self._model.name, "created_at": "2026-01-05T10:00:00.000000Z"}
        if not self._chat:
            return {**at, "response": text}
        return {**at, "message": {"role": "assistant", "content": text} | ({"thinking": thinking} if thinking else {})}


def seen_messages(model: Model, body: dict[str, Any]) -> list[dict[str, str]]:
    """The messages that the model's template puts into the prompt."""
    given = body.get("messages") or [{"role": "user", "content": body.get("prompt", "")}]
    return given[-1:] if model.template == PLAIN_IMPORT and not model.modelfile else list(given)


def count_words(messages: Sequence[dict[str, str]]) -> int:
    """Words and marks of the messages, about as many as a model counts tokens."""
    return sum(4 + len(re.findall(r"\w+|[^\w\s]", message["content"])) for message in messages)


def read(small: SmallModel, messages: Sequence[dict[str, str]], window: int, *, halves: bool = True) -> list[int]:
    """The tokens of a prompt that fit `window`: old messages are dropped first, then the middle of the rest."""
    kept = list(messages)
    while len(tokens := small.tokens(small.templated(kept))) > window:
        old = next((at for at, each in enumerate(kept[:-1]) if each["role"] != "system"), None)
        if old is None:
            return tokens[:4] + tokens[-(window // 2 - 2) :] if halves else tokens[:4] + tokens[-(window - 4) :]
        del kept[old]
    return tokens


def _tag(model: Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "model": model.name,
        "modified_at": model.modified,
        "size": model.size,
        "digest": "9077fe9d2ae1a4a41a868836b56b8163731a8fe16621397028c2c76f838c6907",
        "details": _details(model),
        **({"remote_host": model.elsewhere, "remote_model": "big"} if model.elsewhere else {}),
    }


def _details(model: Model) -> dict[str, Any]:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": model.family,
        "families": [model.family],
        "parameter_size": model.parameters,
        "quantization_level": "Q4_1",
    }


def _shown(model: Model) -> dict[str, Any]:
    return {
        "modelfile": model.modelfile,
        "parameters": "",
        "template": model.template,
        "details": _details(model),
        "model_info": {"general.architecture": model.family, f"{model.family}.context_length": model.context},
        "capabilities": list(model.capabilities),
        "modified_at": model.modified,
    }


def main() -> None:
    """Serve until interrupted."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--port", type=int, default=11434)
    port = arguments.parse_args().port
    with serving(port) as server, suppress(KeyboardInterrupt):
        print(f"Ollama's API at {server.url} with {SMOLLM.name}: OLLAMA_HOST={server.url}")  # noqa: T201  for the person who started it
        threading.Event().wait()


if __name__ == "__main__":
    main()
