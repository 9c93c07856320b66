"""The web client: conditional, bounded and patient, and it goes nowhere that the owner did not write."""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler

import pytest

from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.sources import web_client
from proactive_tui.sources.web_client import Validators, WebClient, is_public_address, retry_at
from tests.sources.web_server import send_reply, web_server

NOW = 1_800_000_000.0


def test_an_unchanged_page_is_asked_for_by_its_validators() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        same = asked.headers.get("If-None-Match") == '"v1"'
        send_reply(asked, 304 if same else 200, b"" if same else b"words", ETag='"v1"', Last_Modified="today")

    with web_server(answer) as (origin, _), WebClient([origin]) as web:
        first = web.get(f"{origin}/feed")
        assert (first.body, first.validators) == (b"words", Validators(etag='"v1"', last_modified="today"))
        assert web.get(f"{origin}/feed", validators=first.validators).is_unchanged


@pytest.mark.parametrize(
    ("status", "headers", "until"),
    [
        (429, {"Retry-After": "120"}, NOW + 120),
        (429, {}, 0.0),
        (503, {"Retry-After": "Fri, 15 Jan 2027 09:00:00 GMT"}, 1_800_003_600.0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1800000900"}, NOW + 900),
        (500, {}, 0.0),
    ],
)
def test_a_server_that_wants_peace_gets_it(status: int, headers: dict[str, str], until: float) -> None:
    given = {name.replace("-", "_"): value for name, value in headers.items()}
    with web_server(lambda asked: send_reply(asked, status, b"", **given)) as (origin, _):
        with WebClient([origin], clock=lambda: NOW) as web, pytest.raises(SourcePausedError) as raised:
            web.get(f"{origin}/")
        assert raised.value.until == until


@pytest.mark.parametrize("after", ["soon", "-5", "99999999999", "Thu, 99 Foo"])
def test_a_strange_pause_is_bounded(after: str) -> None:
    assert 0.0 <= retry_at({"retry-after": after}, NOW) <= NOW + web_client.MAX_PAUSE_SECONDS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_an_error_that_says_what_to_do(status: int) -> None:
    with web_server(lambda asked: send_reply(asked, status)) as (origin, _), WebClient([origin]) as web:
        with pytest.raises(SourceError) as raised:
            web.get(f"{origin}/")
        assert not isinstance(raised.value, SourcePausedError)
        assert raised.value.hint


def test_a_long_answer_is_refused_packed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_client, "MAX_PAGE_BYTES", 10_000)
    packed = gzip.compress(b"0" * 1_000_000)

    def answer(asked: BaseHTTPRequestHandler) -> None:
        send_reply(asked, 200, packed, Content_Encoding="gzip") if "packed" in asked.path else send_reply(
            asked, 200, b"0" * 20_000
        )

    with web_server(answer) as (origin, _), WebClient([origin]) as web:
        for path in ("packed", "plain"):
            with pytest.raises(SourceError, match="too long"):
                web.get(f"{origin}/{path}")


def test_a_cut_answer_is_tried_again_later() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "1000")
        asked.end_headers()
        asked.wfile.write(b"half")
        asked.close_connection = True

    with web_server(answer) as (origin, _), WebClient([origin]) as web, pytest.raises(SourcePausedError):
        web.get(f"{origin}/")


def test_a_dripping_answer_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_client, "MAX_ANSWER_SECONDS", 0.0)
    with (
        web_server(lambda asked: send_reply(asked, 200, b"word")) as (origin, _),
        WebClient([origin]) as web,
        pytest.raises(SourcePausedError, match="too slow"),
    ):
        web.get(f"{origin}/")


def test_a_redirect_stays_where_the_owner_sent_it_and_says_where_it_moved() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        moves = {"/a": (301, "/b"), "/b": (308, "/c"), "/t": (302, "/c"), "/m": (301, "/t"), "/loop": (302, "/loop")}
        if asked.path in moves:
            status, to = moves[asked.path]
            send_reply(asked, status, Location=to)
        else:
            send_reply(asked, 200, b"here")

    with web_server(answer) as (origin, _), WebClient([origin]) as web:
        page = web.get(f"{origin}/a")
        assert (page.status, page.body, page.moved_to) == (200, b"here", f"{origin}/c")
        assert web.get(f"{origin}/t").moved_to == ""
        assert web.get(f"{origin}/m").moved_to == f"{origin}/t"
        with pytest.raises(SourceError, match="Too many"):
            web.get(f"{origin}/loop")


@pytest.mark.parametrize("public", [False, True])
def test_a_redirect_to_this_machine_is_not_followed(public: bool) -> None:
    with (
        web_server(lambda asked: send_reply(asked, 200, b"private")) as (inside, seen),
        web_server(lambda asked: send_reply(asked, 302, Location=f"{inside}/admin")) as (origin, _),
        WebClient([origin], follow_public=public) as web,
    ):
        with pytest.raises(SourceError, match="redirect"):
            web.get(f"{origin}/")
        assert seen == []


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:1/", "http://[::1]:1/", "http://169.254.169.254/latest", "http://10.0.0.7/", "http://2130706433:1/",
        "http://0x7f000001:1/", "http://[::ffff:127.0.0.1]:1/", "http://rebind.example:1/", "file:///etc/passwd",
        "http://user:word@93.184.216.34/", "gopher://x/", "http://127.1:1/", "//localhost:1/x",
    ],
)  # fmt: skip
def test_no_redirect_leads_into_a_private_network(target: str) -> None:
    asked: list[str] = []

    def resolve(name: str, port: int) -> list[str]:
        asked.append(name)
        return {"rebind.example": ["93.184.216.34", "192.168.0.1"]}.get(name) or web_client._resolve_host(name, port)

    with (
        web_server(lambda asked: send_reply(asked, 302, Location=target)) as (origin, _),
        WebClient([origin], follow_public=True, resolve=resolve) as web,
        pytest.raises(SourceError),
    ):
        web.get(f"{origin}/")


def test_a_secret_is_sent_to_its_own_origin_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_client, "is_public_address", lambda _: True)
    with (
        web_server(lambda asked: send_reply(asked, 200, b"ok")) as (other, seen),
        web_server(lambda asked: send_reply(asked, 302, Location=f"{other}/x")) as (origin, _),
        WebClient([origin], follow_public=True) as web,
    ):
        web.get(f"{origin}/", {"Authorization": "Bearer secret", "Accept": "text/xml"})
    (_, headers) = seen[0]
    assert "Authorization" not in headers
    assert headers["Accept"] == "text/xml"


def test_a_post_is_not_redirected() -> None:
    with (
        web_server(lambda asked: send_reply(asked, 302, Location="/elsewhere")) as (origin, seen),
        WebClient([origin]) as web,
    ):
        assert web.post_json(f"{origin}/graphql", {"query": "{me}"}).status == 302
        assert [path for path, _ in seen] == ["/graphql"]


def test_no_server_is_a_pause() -> None:
    with WebClient(["http://127.0.0.1:9"]) as web, pytest.raises(SourcePausedError, match="out of reach"):
        web.get("http://127.0.0.1:9/")


def test_an_origin_that_nobody_wrote_is_not_asked() -> None:
    with web_server(lambda asked: send_reply(asked, 200)) as (origin, seen), WebClient([]) as web:
        with pytest.raises(SourceError):
            web.get(f"{origin}/")
        assert seen == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("192.168.1.1", False), ("100.64.0.1", False), ("169.254.169.254", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("words", False), ("", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public_address(address) is public


def test_json_goes_out_as_it_is() -> None:
    bodies: list[bytes] = []

    def answer(asked: BaseHTTPRequestHandler) -> None:
        bodies.append(asked.rfile.read(int(asked.headers["Content-Length"])))
        send_reply(asked, 200, b"{}")

    with web_server(answer) as (origin, _), WebClient([origin]) as web:
        web.post_json(f"{origin}/graphql", {"query": "é"}, {"Authorization": "x"})
    assert json.loads(bodies[0]) == {"query": "é"}
