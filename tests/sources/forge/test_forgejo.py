"""Forgejo and Gitea behind the port, over HTTP, with hand-written answers in the shape of their documentation."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from proactive_tui.config import ForgeConfig
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.forge.forge_source import ForgeSource
from proactive_tui.sources.forge.forgejo import group_threads
from proactive_tui.sources.forge.rest_pages import next_page
from tests.sources.web_server import send_reply, web_server

REPOSITORY = {"full_name": "acme/api"}
ISSUE = {
    "id": 501, "number": 4, "title": "Retry uploads", "body": "Three times.", "repository": REPOSITORY,
    "user": {"login": "ada"}, "created_at": "2026-11-20T09:00:00Z", "updated_at": "2026-11-22T09:00:00Z",
    "html_url": "https://codeberg.org/acme/api/pulls/4",
}  # fmt: skip
PULL = {
    **{name: value for name, value in ISSUE.items() if name != "repository"},
    "id": 601, "draft": False, "head": {"ref": "retry", "sha": "abc"}, "base": {"repo": REPOSITORY},
}  # fmt: skip


def line(number: int, body: str, **facts: Any) -> dict[str, Any]:
    known = {"id": number, "body": body, "user": {"login": "mara"}, "path": "src/retry.py", "position": 41}
    return {**known, "original_position": 40, "created_at": f"2026-11-21T09:0{number}:00Z", "resolver": None, **facts}


BASE = "/repos/acme/api"
ANSWERS: dict[str, Any] = {
    "/user": {"login": "ada"},
    f"{BASE}/pulls/4": PULL,
    f"{BASE}/issues/4/comments": [{"id": 1, "body": "Nice!", "user": None, "created_at": "2026-11-21T09:00:00Z"}],
    f"{BASE}/pulls/4/reviews": [
        {"id": 8, "state": "REQUEST_CHANGES", "body": "Not yet.", "user": {"login": "mara"}, "comments_count": 2,
         "submitted_at": "2026-11-21T09:00:00Z"},
        {"id": 9, "state": "REQUEST_REVIEW", "user": {"login": "kofi"}},
        {"id": 7, "state": "REQUEST_CHANGES", "body": "No.", "user": {"login": "eve"}, "dismissed": True},
    ],
    f"{BASE}/pulls/4/reviews/8/comments": [line(2, "It swallows"), line(3, "nit: blank", position=9)],
    f"{BASE}/commits/abc/status": {"statuses": [{"context": "ci", "status": "failure", "description": "2 failed"}]},
}  # fmt: skip


def poll(searches: dict[str, Any] | None = None, **answers: Any) -> tuple[SourcePoll, list[tuple[str, dict[str, str]]]]:
    known = {**ANSWERS, **answers}
    listed = {"created=true": [ISSUE], **(searches or {})}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        path, _, query = handler.path.removeprefix("/api/v1").partition("?")
        found: Any = (
            next((each for name, each in listed.items() if name in query), []) if "search" in path else known.get(path)
        )
        if found is None:
            send_reply(handler, 404)
        else:
            send_reply(handler, 200, json.dumps(found).encode())

    with web_server(answer) as (origin, seen):
        config = ForgeConfig(enabled=True, github=(), forgejo=(origin,), token_command="echo secret")
        return ForgeSource(config).poll("", 1_795_000_000.0), seen


def test_a_pull_request_with_reviews_lines_and_statuses() -> None:
    found, seen = poll()
    facts = [(item.facts["form"], item.origin.author, item.facts.get("blocking")) for item in found.items]
    assert facts == [
        ("pull request", "ada", None),
        ("comment", "ghost", None),
        ("review", "mara", "changes requested"),
        ("review", "eve", None),
        ("review comment", "mara", "changes requested"),
        ("review comment", "mara", None),
        ("check", "ci", None),
    ]
    assert found.items[4].origin.place == "src/retry.py:41"
    assert {headers["Authorization"] for _, headers in seen} == {"token secret"}


def test_what_waits_elsewhere() -> None:
    other = {**ISSUE, "id": 2, "number": 9, "user": {"login": "mara"}}
    named = {**other, "id": 3, "number": 10, "body": "@ada?"}
    found, _ = poll({"review_requested=true": [other], "assigned=true": [other], "mentioned=true": [named, other]})
    waits = [(item.facts["form"], item.facts["label"]) for item in found.items if item.origin.thread == ""]
    assert waits[1:] == [("review request", "acme/api#9"), ("issue", "acme/api#9"), ("mention", "acme/api#10")]


def test_lines_of_one_place_are_one_thread() -> None:
    lines = [
        line(2, "first"), line(1, "before it"), line(3, "elsewhere", position=7),
        line(4, "old", position=0, original_position=3), line(5, "done", position=8, resolver={"login": "ada"}),
    ]  # fmt: skip
    threads = group_threads(lines, "ada")
    assert [[said.text for said in thread.comments] for thread in threads] == [
        ["before it", "first"], ["elsewhere"], ["old"], ["done"],
    ]  # fmt: skip
    assert [(thread.resolved, thread.outdated) for thread in threads] == [
        (False, False), (False, False), (False, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<https://c.example/api/v1/x?page=2>; rel="next"', "https://c.example/api/v1/x?page=2"),
        (
            '<https://c.example/x?page=9>; rel="last",<https://c.example/x?page=2>; rel="next"',
            "https://c.example/x?page=2",
        ),
        ('<https://evil.example/api/v1/x?page=2>; rel="next"', ""),
        ('<http://c.example/api/v1/x?page=2>; rel="next"', ""),
        ('<https://c.example/x?page=1>; rel="prev"', ""),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_next_pages_are_never_on_another_host(link: str, address: str) -> None:
    assert next_page({"link": link}, "https://c.example/api/v1") == address
