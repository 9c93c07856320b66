"""The audit of what is pinned, by the real pip-audit against a feed of our own that speaks OSV's API."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.audit import DAY, among, audit

pytestmark = pytest.mark.slow
pytest.importorskip("pip_audit", reason="pip-audit is not installed")

FAULT = {
    "id": "OSV-1",
    "summary": "It leaks.",
    "affected": [
        {
            "package": {"name": "leaky", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}],
        }
    ],
}


class Feed(ThreadingHTTPServer):
    """Answers what is `known` of a package; `asked` are the packages it was asked about."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.known: dict[str, object] = {}
        self.asked: list[str] = []
        self.silent = threading.Event()
        self.over = threading.Event()

    @property
    def options(self) -> tuple[str, str]:
        return "--osv-url", f"http://127.0.0.1:{self.server_port}/"


class Answering(BaseHTTPRequestHandler):
    server: Feed

    def do_POST(self) -> None:
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        self.server.asked.append(name)
        if self.server.silent.is_set():
            self.server.over.wait(30)
        faults = self.server.known.get(name)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"vulns": faults} if faults else {}).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def feed() -> Iterator[Feed]:
    with Feed() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    (tmp_path / "pins.txt").write_text("# pinned\nsound==2.0\nleaky==1.0\n")
    return tmp_path / "pins.txt"


def test_what_is_known_fails_the_check(feed: Feed, pins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed.known["leaky"] = [FAULT]
    assert audit(pins, pins.with_name("kept"), 0.0, options=feed.options) == 1
    assert capsys.readouterr().out == "pip-audit: leaky 1.0: OSV-1, mended in 1.2: It leaks.\n"
    assert sorted(feed.asked) == ["leaky", "sound"]
    assert not pins.with_name("kept").exists(), "it is asked again, and fails again"


def test_a_clean_answer_holds_for_a_day_and_for_these_versions(feed: Feed, pins: Path) -> None:
    kept = pins.with_name("kept")
    assert audit(pins, kept, 1000.0, options=feed.options) == 0
    assert audit(pins, kept, 1000.0 + DAY - 1, options=feed.options) == 0
    assert len(feed.asked) == 2
    pins.write_text("sound==2.1\n")
    assert audit(pins, kept, 1000.0 + DAY - 1, options=feed.options) == 0
    assert len(feed.asked) == 3
    assert audit(pins, kept, 1000.0 + 3 * DAY, options=feed.options) == 0
    assert len(feed.asked) == 4


def test_where_nobody_answers_it_is_skipped_and_said(
    feed: Feed, pins: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = pins.with_name("kept")
    assert audit(pins, kept, 0.0, options=("--osv-url", "http://127.0.0.1:9/")) == 0
    assert "SKIPPED, nothing was audited: " in (said := capsys.readouterr().out)
    assert "127.0.0.1" in said
    feed.silent.set()
    assert audit(pins, kept, 0.0, options=feed.options, at_most=2) == 0
    assert capsys.readouterr().out == "pip-audit: SKIPPED, nothing was audited: no answer within 2 s\n"
    assert not kept.exists(), "a skip is not taken for an answer"


@pytest.mark.parametrize(
    ("affected", "known"),
    [
        ("ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: '1.2'}]}]", True),
        ("ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: '1.1'}]}]", False),
        ("ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {fixed: '1.0'}, {introduced: '1.1'}]}]", True),
        ("ranges: [{type: ECOSYSTEM, events: [{introduced: '0'}, {last_affected: '1.0'}]}]", False),
        ("ranges: [{type: GIT, events: [{introduced: '0'}]}]", False),
        ("versions: ['1.1']", True),
        ("versions: ['1.0']", False),
    ],
)
def test_a_folder_of_advisories(tmp_path: Path, affected: str, known: bool) -> None:
    (tmp_path / "pins.txt").write_text("# pinned\nLeaky.Name==1.1\n")
    (tmp_path / "leaky-name").mkdir()
    fault = f"id: PYSEC-1\ndetails: It leaks.\naffected:\n- package: {{name: leaky-name}}\n  {affected}\n"
    (tmp_path / "leaky-name" / "PYSEC-1.yaml").write_text(fault)
    assert among(tmp_path / "pins.txt", tmp_path) == known
    (tmp_path / "leaky-name" / "PYSEC-1.yaml").write_text(f"{fault}withdrawn: 2026-01-01T00:00:00Z\n")
    assert among(tmp_path / "pins.txt", tmp_path) == 0
