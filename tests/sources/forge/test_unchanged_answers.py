"""What has not changed is not sent again: a real server with ETags, or with dates, behind GitLab and Forgejo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

import pytest

from proactive_tui.config import ForgeConfig
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.forge import answer_memory
from proactive_tui.sources.forge.forge_source import ForgeSource
from tests.sources.forge import test_forgejo, test_gitlab
from tests.sources.web_server import send_reply, web_server

AT = 1_795_000_000.0
DATE = "Fri, 20 Nov 2026 09:00:00 GMT"
MAKES: dict[str, dict[str, Any]] = {"gitlab": test_gitlab.ANSWERS, "forgejo": test_forgejo.ANSWERS}


class Validated:
    """A forge whose answers carry what they can be told by; `sent` are the paths and bytes of those sent whole."""

    def __init__(self, make: str, answers: dict[str, Any], *, dated: bool = False) -> None:
        self.answers, self.dated = dict(answers), dated
        self.root = {"gitlab": "/api/v4", "forgejo": "/api/v1"}[make]
        self.sent: list[tuple[str, int]] = []
        self.asked: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        path, _, query = handler.path.removeprefix(self.root).partition("?")
        self.asked.append(path)
        found = self.answers.get(path)
        if path == "/repos/issues/search":
            found = [test_forgejo.ISSUE] if "created=true" in query else []
        if found is None:
            send_reply(handler, 404)
            return
        body = json.dumps(found).encode()
        etag = f'W/"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        known = handler.headers["If-Modified-Since"] if self.dated else handler.headers["If-None-Match"]
        headers = {"Last_Modified": DATE} if self.dated else {"ETag": etag}
        if known == (DATE if self.dated else etag):
            send_reply(handler, 304, b"", **headers)
            return
        self.sent.append((path, len(body)))
        send_reply(handler, 200, body, **headers)


class Rounds(NamedTuple):
    """A source that is polled again and again with the state of before."""

    source: ForgeSource
    served: Validated

    def poll(self, state: str) -> SourcePoll:
        self.served.sent.clear()
        self.served.asked.clear()
        return self.source.poll(state, AT)


@pytest.fixture(params=[(make, dated) for make in MAKES for dated in (False, True)], ids=str)
def rounds(request: pytest.FixtureRequest) -> Any:
    make, dated = request.param
    served = Validated(make, MAKES[make], dated=dated)
    with web_server(served) as (origin, _):
        config = ForgeConfig(enabled=True, github=(), **{make: (origin,)}, token_command="echo t")  # type: ignore[arg-type]
        yield Rounds(ForgeSource(config), served)


def test_a_second_poll_is_sent_nothing_and_tells_the_same(rounds: Rounds) -> None:
    first = rounds.poll("")
    asked, whole = list(rounds.served.asked), sum(size for _, size in rounds.served.sent)
    assert first.items
    assert whole
    second = rounds.poll(first.state)
    assert rounds.served.sent == [], "not one byte of an answer"
    assert rounds.served.asked == asked, "and it asks no more than before"
    assert second.items == first.items
    assert second.gone == ()
    assert rounds.poll(second.state).items == first.items, "and so on"


def test_of_what_has_changed_only_that_is_sent(rounds: Rounds) -> None:
    if rounds.served.dated:
        pytest.skip("the date of this server never changes")
    first = rounds.poll("")
    path = next(path for path in rounds.served.answers if path.endswith(("/discussions", "/comments")))
    said = rounds.served.answers[path]
    rounds.served.answers[path] = said[:-1]
    changed = rounds.poll(first.state)
    assert [path for path, _ in rounds.served.sent] == [path]
    assert len(changed.items) <= len(first.items)


@pytest.mark.parametrize(
    "spoil",
    [lambda _: "", lambda state: state.replace("answers", "other"), lambda state: state[:-40] + state[-30:]],
    ids=["no state", "no answers", "broken answers"],
)
def test_a_memory_that_cannot_be_read_costs_one_round(rounds: Rounds, spoil: Callable[[str], str]) -> None:
    first = rounds.poll("")
    again = rounds.poll(spoil(first.state))
    assert again.items == first.items
    assert rounds.served.sent


def test_long_answers_are_not_kept(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_memory, "MAX_KEPT_BYTES", 200)
    first = rounds.poll("")
    rounds.poll(first.state)
    assert rounds.served.sent
    assert all(size > 200 for _, size in rounds.served.sent)


def test_all_answers_together_are_bounded(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_memory, "MAX_KEPT_TOGETHER", 500)
    first = rounds.poll("")
    whole = len(rounds.served.sent)
    rounds.poll(first.state)
    assert 0 < len(rounds.served.sent) < whole
