"""A GitHub on this machine: answers GraphQL by the name of the query, and notifications; everything is hand-written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.sources.web_server import send_reply, web_server

Json = dict[str, Any]


def person(login: str | None, kind: str = "User") -> Json | None:
    return None if login is None else {"__typename": kind, "login": login}


def comment(
    name: str, body: str = "Please look.", *, by: str | None = "mara", at: str = "2026-11-21T10:00:00Z"
) -> Json:
    url = f"https://github.com/acme/api/pull/12#{name}"
    return {"id": name, "body": body, "url": url, "createdAt": at, "isMinimized": False, "author": person(by)}


def thread(name: str, *comments: Json, **facts: Any) -> Json:
    known = {"id": name, "isResolved": False, "isOutdated": False, "path": "src/retry.py", "line": 41}
    return {**known, "originalLine": 40, **facts, "comments": {"nodes": list(comments)}}


def pull_node(**facts: Any) -> Json:
    known: Json = {
        "id": "PR_1", "number": 12, "title": "Retry uploads", "body": "Three times.", "state": "OPEN", "isDraft": False,
        "url": "https://github.com/acme/api/pull/12", "createdAt": "2026-11-20T09:00:00Z",
        "updatedAt": "2026-11-22T09:00:00Z", "headRefName": "retry", "headRefOid": "abc", "author": person("ada"),
        "repository": {"nameWithOwner": "acme/api", "isArchived": False}, "comments": {"nodes": []},
        "reviews": {"nodes": []}, "timelineItems": {"nodes": []},
        "reviewThreads": {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": []},
        "commits": {"nodes": [{"commit": {"oid": "abc", "committedDate": "2026-11-20T09:00:00Z",
                                          "statusCheckRollup": None}}]},
    }  # fmt: skip
    return {**known, **facts}


def threads_page(*threads: Json, after: str | None = None) -> Json:
    return {"pageInfo": {"hasNextPage": bool(after), "endCursor": after}, "nodes": list(threads)}


def pulls_data(*nodes: Json | None, after: str | None = None, login: str = "ada") -> Json:
    page = {"pageInfo": {"hasNextPage": bool(after), "endCursor": after}, "nodes": list(nodes)}
    return {"viewer": {"login": login, "pullRequests": page}}


def waiting_data(**found: list[Json]) -> Json:
    names = ("asked", "assigned", "mentions")
    return {"viewer": {"login": "ada"}, **{name: {"nodes": found.get(name, [])} for name in names}}


@dataclass
class GitHubServer:
    """What it answers: for each query a list of answers, the last of which is repeated; `(status, body, headers)`."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    asked: list[tuple[str, Json]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    origin: str = ""

    def set_data(self, query: str, *data: Json) -> None:
        self.answers[query] = [{"data": found} for found in data]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        if handler.command == "POST":
            sent = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
            name = sent["query"].split("query ")[1].split("(")[0].strip()
        else:
            name, sent = handler.path.partition("?")[0].rpartition("/")[2], {"path": handler.path}
        self.asked.append((name, sent))
        left = self.answers.get(name, [])
        found = left.pop(0) if len(left) > 1 else left[0] if left else (404, b"", {})
        status, body, headers = found if isinstance(found, tuple) else (200, json.dumps(found).encode(), {})
        send_reply(handler, status, body, **headers)

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]


@contextmanager
def github_server() -> Iterator[GitHubServer]:
    """A server at which nothing waits, until it is told otherwise."""
    server = GitHubServer()
    server.set_data("OwnPulls", pulls_data())
    server.set_data("Waiting", waiting_data())
    with web_server(server.answer) as (origin, _):
        server.origin = origin
        yield server
