"""Who may be told something: this machine, and others by their exact address only."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proactive_tui import allowed_hosts
from proactive_tui.brain.insight.inventory import list_outbound
from proactive_tui.cli import actions, doctor
from proactive_tui.config import Config, IndexConfig, LanguageModelConfig
from proactive_tui.errors import IndexingError, LanguageModelError
from proactive_tui.index.vectors.chroma_store import ChromaCollection
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.requests import ClientHello
from proactive_tui.talk.llm.base import ChatMessage
from proactive_tui.talk.llm.ollama import connect_model
from proactive_tui.talk.llm.ollama_catalog import list_models, pull_model
from proactive_tui.talk.llm.select import select_model
from tests.brain.build import services
from tests.ollama_server import Model, OllamaServer, serving

BOX = "http://box:11434"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", "http://127.0.0.1:11434"),
        ("box", "http://box:11434"),
        ("Box.:9", "http://box:9"),
        (":9", "http://127.0.0.1:9"),
        ("0.0.0.0:9999", "http://127.0.0.1:9999"),
        ("10.0.0.0", "http://10.0.0.0:11434"),
        ("[::]", "http://[::1]:11434"),
        ("http://box", "http://box:80"),
        ("::1", "http://[::1]:11434"),
        ("'box'", "http://box:11434"),
        ("https://box/ollama/", "https://box:443/ollama"),
        ("http://localhost@box:1", "http://box:1"),
        ("http://localhost:99999", ""),
        ("http://localhost\\@box", "http://box:80"),
        ("ftp://box", ""),
        ("http://bo x", ""),
    ],
)
def test_an_address_in_one_form(written: str, meant: str) -> None:
    assert allowed_hosts.ollama_address(LanguageModelConfig(host=written)) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.2.3.4", "http://1.2.3.4:11434"),
        (":1234", "http://127.0.0.1:1234"),
        ("example.com:1234", "http://example.com:1234"),
        (":66000", "http://127.0.0.1:11434"),
        (":-1", "http://127.0.0.1:11434"),
        ("[::1]", "http://[::1]:11434"),
        ("::1", "http://[::1]:11434"),
        ("::", "http://[::1]:11434"),
        ("[::]:1234", "http://[::1]:1234"),
        ("fe80::1", "http://[fe80::1]:11434"),
        ("http://[::1]:1337", "http://[::1]:1337"),
        (" 1.2.3.4 ", "http://1.2.3.4:11434"),
        ('"1.2.3.4"', "http://1.2.3.4:11434"),
        (' " 1.2.3.4 " ', "http://1.2.3.4:11434"),
        ("'http://127.0.0.1:99'", "http://127.0.0.1:99"),
        ("http://1.2.3.4", "http://1.2.3.4:80"),
        ("https://example.com/ollama", "https://example.com:443/ollama"),
        ("https://0.0.0.0:4321", "https://127.0.0.1:4321"),
        ("ollama.com", "https://ollama.com:443"),
    ],
)
def test_the_environment_is_read_as_ollama_reads_it(monkeypatch: pytest.MonkeyPatch, written: str, meant: str) -> None:
    """The values are those of envconfig's own tests, as a client uses them."""
    monkeypatch.setenv("OLLAMA_HOST", written)
    assert allowed_hosts.ollama_address(LanguageModelConfig()) == meant


def test_where_ollama_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "0.0.0.0:9999")
    assert allowed_hosts.ollama_address(LanguageModelConfig()) == "http://127.0.0.1:9999"
    assert allowed_hosts.ollama_address(LanguageModelConfig(host="http://elsewhere:1")) == "http://elsewhere:1"


@settings(deadline=None)  # the first imports httpx
@given(st.text(max_size=40))
@example("/\x1f0")  # no URL to httpx
def test_no_text_is_taken_for_this_machine_and_leads_elsewhere(text: str) -> None:
    """What is compared is what is connected to: Ollama's own package reads the address as we do."""
    from httpx import URL
    from ollama._client import _parse_host

    for where in (text, f"http://{text}", f"http://localhost{text}", f"http://127.0.0.1{text}"):
        if address := allowed_hosts.normalize_address(where, 11434):
            assert allowed_hosts.normalize_address(_parse_host(address), 11434) == address
            if allowed_hosts.is_local_address(address):
                host = URL(_parse_host(address)).host
                assert host.startswith("127.") or host in {"localhost", "::1", *allowed_hosts._interface_addresses()}


@pytest.mark.parametrize(
    ("where", "here"),
    [
        ("http://127.0.0.1:11434", True),
        ("http://127.8.0.1:1", True),
        ("http://localhost:1", True),
        ("http://[::1]:1", True),
        ("http://localhost.box:1", False),
        ("http://127.0.0.1.box:1", False),
        ("http://192.0.2.7:1", False),
        (f"http://{socket.gethostname()}.invalid:1", False),
        ("", False),
    ],
)
def test_what_this_machine_is(where: str, here: bool) -> None:
    assert allowed_hosts.is_local_address(where) is here


def test_an_interface_is_this_machine() -> None:
    own = next(
        (end.address for ends in psutil.net_if_addrs().values() for end in ends if end.family == socket.AF_INET), None
    )
    if own is None:
        pytest.skip("no interface has an IPv4 address")
    assert allowed_hosts.is_local_address(f"http://{own}:11434")


def test_leave_is_for_one_exact_address() -> None:
    def refused(host: str) -> bool:
        return bool(
            allowed_hosts.refused_hosts(Config(llm=LanguageModelConfig(host=host, allowed_hosts=(BOX, "other"))))
        )

    assert [refused(host) for host in (BOX, "box", "other", "http://box:11434/below")] == [False] * 4
    assert [refused(host) for host in ("http://box:11435", "https://box:11434", "bo", "box.example")] == [True] * 4


def test_leave_to_one_is_not_leave_to_another() -> None:
    url = "http://box:8000"
    config = Config(index=IndexConfig(chroma_url=url), llm=LanguageModelConfig(host=BOX, allowed_hosts=(BOX, url)))
    assert [each.name for each in allowed_hosts.refused_hosts(config)] == ["Chroma"]
    assert allowed_hosts.without_refused_hosts(config).index.chroma_url == "", "vectors stay here until it is allowed"
    config = Config(index=IndexConfig(chroma_url=url, allowed_hosts=(url,)), llm=LanguageModelConfig(backend="none"))
    assert allowed_hosts.refused_hosts(config) == ()
    assert allowed_hosts.without_refused_hosts(config) is config


def test_a_model_of_the_cloud_is_another_machine() -> None:
    config = Config(llm=LanguageModelConfig(model="gpt-oss:120b-cloud"))
    assert [each.origin for each in allowed_hosts.refused_hosts(config)] == ["https://ollama.com:443"]
    assert (
        allowed_hosts.refused_hosts(
            Config(llm=LanguageModelConfig(model="gpt-oss:120b-cloud", allowed_hosts=(allowed_hosts.OLLAMA_CLOUD_URL,)))
        )
        == ()
    )


def test_commands_work_without_them_and_say_who_is_told_nothing(tmp_path: Path) -> None:
    config = Config(index=IndexConfig(chroma_url="http://vectors:8000"), llm=LanguageModelConfig(host=BOX))
    said: list[str] = []
    with closing(services(tmp_path, config)) as open_services:
        actions.catch_up_index(open_services, lambda what, *_: said.append(what))
        assert open_services.search_notes("hydration", 1)[0].channels.keys() == {"words", "meaning"}
        (suggested, *_) = actions.suggest_topics(open_services, 1, 1_790_000_000.0)
        assert suggested.opener.spoken_by == "template"
        assert actions.load_status(open_services).llm.detail == (
            f"Ollama is another machine ({BOX}). Nothing is sent there until llm.allowed_hosts names it."
        )
    assert said[:2] == [
        f"Ollama at {BOX} is another machine. Nothing is sent there until llm.allowed_hosts names it.",
        "Chroma at http://vectors:8000 is another machine. Nothing is sent there until index.allowed_hosts names it.",
    ]
    assert doctor._check_remote_hosts(config) == " ".join(said[:2])
    told = [(each.name, each.local, each.allowed) for each in list_outbound(config)]
    assert told == [("Ollama", False, False), ("Chroma", False, False)], "the data room says the same"


# --- what is really contacted ------------------------------------------------------------------------------------


@contextmanager
def machine(reply: int = 200, location: str = "") -> Iterator[tuple[str, list[str]]]:
    """A server that counts who comes, and answers all with this status."""
    seen: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(reply)
            if location:
                self.send_header("Location", location + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with serving() as server:
        yield server


async def test_another_machine_is_not_even_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowed_hosts, "is_local_address", lambda _: False)  # as if it were elsewhere
    with machine() as (url, seen):
        llm = LanguageModelConfig(host=url, allowed_hosts=(f"{url}0", "http://127.0.0.1"))
        for asking in (connect_model(llm), list_models(llm), anext(pull_model(llm, "qwen3:4b"))):
            with pytest.raises(LanguageModelError) as failed:
                await asking
            assert "llm.allowed_hosts" in failed.value.hint
        speaker = await select_model(llm)
        assert speaker.model is None
        assert url in speaker.status.detail
        assert "llm.allowed_hosts" in speaker.status.detail
        assert seen == []
        with pytest.raises(LanguageModelError):
            await list_models(LanguageModelConfig(host=url, allowed_hosts=(url,)))
        assert seen == ["/api/tags"], "with leave it is asked"


async def test_a_model_that_ollama_has_answered_elsewhere_is_not_used_without_leave(ollama: OllamaServer) -> None:
    ollama.models.append(Model("big:cloud"))
    with pytest.raises(LanguageModelError, match="cloud"):
        await connect_model(LanguageModelConfig(host=ollama.url, model="big:cloud"))
    assert [path for path, _ in ollama.requests] == [], "it was not told anything about it"
    model = await connect_model(
        LanguageModelConfig(host=ollama.url, model="big:cloud", allowed_hosts=(allowed_hosts.OLLAMA_CLOUD_URL,))
    )
    assert model.spoken_by == "ollama:big:cloud"
    await model.close()


@pytest.mark.parametrize("name", ["mine", "qwen3:4b"])
async def test_a_model_of_the_cloud_by_any_name_is_not_used_without_leave(ollama: OllamaServer, name: str) -> None:
    ollama.models.append(Model(name, parameters="14B", elsewhere="https://ollama.com:443"))
    with pytest.raises(LanguageModelError, match="cloud") as failed:
        await connect_model(LanguageModelConfig(host=ollama.url, model=name))
    assert "llm.allowed_hosts" in failed.value.hint
    assert ollama.chats() == []
    model = await connect_model(LanguageModelConfig(host=ollama.url))
    assert model.model != name, "nor is it chosen"
    await model.close()
    model = await connect_model(
        LanguageModelConfig(host=ollama.url, model=name, allowed_hosts=(allowed_hosts.OLLAMA_CLOUD_URL,))
    )
    assert model.model == name
    await model.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_ollama_cannot_send_us_elsewhere(
    ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with machine() as (elsewhere, seen), machine(status, elsewhere) as (url, asked):
        with pytest.raises(LanguageModelError):
            await list_models(LanguageModelConfig(host=url))
        model = await connect_model(LanguageModelConfig(host=ollama.url))
        monkeypatch.setattr(model._client._client, "base_url", url)  # it has become one that redirects
        with pytest.raises(LanguageModelError):
            await anext(model.stream([ChatMessage(role="user", text="a secret")], max_tokens=5, temperature=0))
        await model.close()
        assert asked == ["/api/tags", "/api/chat"]
        assert seen == []


@pytest.mark.parametrize("proxy", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_no_proxy_hears_what_is_said(ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    with machine() as (url, seen):
        monkeypatch.setenv(proxy, url)
        assert await list_models(LanguageModelConfig(host=ollama.url))
        monkeypatch.setattr(allowed_hosts, "is_local_address", lambda _: False)
        assert await list_models(LanguageModelConfig(host=ollama.url, allowed_hosts=(ollama.url,)))
        assert seen == []


def test_chroma_cannot_send_us_elsewhere_nor_tell_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with machine() as (elsewhere, seen), machine(307, elsewhere) as (url, asked):
        monkeypatch.setenv("http_proxy", elsewhere)
        with pytest.raises(IndexingError):
            ChromaCollection(tmp_path, url, "words-32")
        assert asked
        assert seen == []


# --- telemetry ---------------------------------------------------------------------------------------------------

SWITCHES = """
import sys
from pathlib import Path
from proactive_tui.brain.server import configure_process
from proactive_tui.config import Config
configure_process(Config())
from proactive_tui.index.vectors.chroma_store import ChromaCollection
ChromaCollection(Path(sys.argv[1]) / "chroma", "", "words-32").close()
import chromadb.telemetry.opentelemetry as spans
from chromadb.config import System
from chromadb.telemetry.product import ProductTelemetryClient
from proactive_tui.index.vectors.chroma_store import _chroma_settings
settings = _chroma_settings()
assert settings.anonymized_telemetry is False, "Chroma"
assert settings.chroma_api_impl == "chromadb.api.rust.RustBindingsAPI", settings.chroma_api_impl
assert spans.granularity is spans.OpenTelemetryGranularity.NONE and spans.tracer is None, "Chroma's spans"
assert "posthog" not in sys.modules, "Chroma's telemetry"
from opentelemetry.sdk.trace import TracerProvider
from proactive_tui.footprint.left_out_parts import LeftOutPart
assert TracerProvider is LeftOutPart, "OpenTelemetry"
import huggingface_hub.constants as hub
assert hub.HF_HUB_DISABLE_TELEMETRY and hub.HF_HUB_OFFLINE, "Hugging Face"
from transformers.utils.hub import is_offline_mode
assert is_offline_mode(), "transformers"
import httpx
assert httpx._utils.get_environment_proxies() == {}, "proxies"
print("all off")
"""

IN_THE_ENVIRONMENT = {
    "ANONYMIZED_TELEMETRY": "True",
    "CHROMA_OTEL_GRANULARITY": "all",
    "HTTP_PROXY": "http://192.0.2.7:1",
    "HF_HUB_OFFLINE": "0",
}
IN_A_FILE = {"CHROMA_API_IMPL": "nowhere.Evil", "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.7:4317"}


@pytest.mark.slow
def test_every_switch_is_off_whatever_the_environment_and_the_folder_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in IN_THE_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in IN_A_FILE.items()))
    command = [sys.executable, "-P", "-c", SWITCHES, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "all off\n"


def test_the_brain_loads_nothing_from_the_folder_it_is_started_in() -> None:
    brain = ChildBrain(ClientHello(notes="", data="", config=Config()), Path("log"))
    assert brain._command[:2] == (sys.executable, "-P")
