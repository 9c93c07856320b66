"""GitLab behind the port, over HTTP, with hand-written answers in the shape of its documentation."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from proactive_tui.config import ForgeConfig
from proactive_tui.errors import SourceError
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.forge.forge_source import ForgeSource
from tests.sources.web_server import send_reply, web_server

MERGE_REQUEST = {
    "id": 901, "iid": 4, "project_id": 77, "title": "Retry uploads", "description": "Three times.", "sha": "abc",
    "web_url": "https://gitlab.com/acme/api/-/merge_requests/4", "author": {"username": "ada"}, "draft": False,
    "created_at": "2026-11-20T09:00:00.000Z", "updated_at": "2026-11-22T09:00:00.000Z", "source_branch": "retry",
    "references": {"full": "acme/api!4"},
    "head_pipeline": {"id": 5, "status": "failed", "created_at": "2026-11-20T10:00:00.000Z"},
}  # fmt: skip


def entry(number: int, body: str, by: str = "mara", **facts: Any) -> dict[str, Any]:
    known = {
        "id": number,
        "body": body,
        "author": {"username": by},
        "created_at": "2026-11-21T09:00:00Z",
        "system": False,
    }
    return {**known, "resolvable": False, **facts}


DISCUSSIONS = [
    {"id": "d1", "notes": [entry(1, "issue: it swallows", resolvable=True, resolved=False,
                                 position={"new_path": "src/retry.py", "new_line": 41})]},
    {"id": "d2", "notes": [entry(2, "A question", resolvable=True, resolved=True), entry(3, "Done", "ada")]},
    {"id": "d3", "notes": [entry(4, "Nice!")]},
    {"id": "d4", "notes": [entry(5, "added 1 commit", system=True)]},
    {"id": "d5", "notes": []},
]  # fmt: skip
ANSWERS: dict[str, Any] = {
    "/user": {"username": "ada"},
    "/merge_requests": [MERGE_REQUEST],
    "/projects/77/merge_requests/4": MERGE_REQUEST,
    "/projects/77/merge_requests/4/discussions": DISCUSSIONS,
    "/projects/77/merge_requests/4/reviewers": [
        {"user": {"username": "kofi"}, "state": "requested_changes", "created_at": "2026-11-21T09:00:00Z"},
        {"user": {"username": "mara"}, "state": "reviewed"},
    ],
    "/projects/77/pipelines/5/jobs": [
        {"id": 1, "name": "unit tests", "failure_reason": "script_failure", "web_url": "https://gitlab.com/j/1"},
        {"id": 2, "name": "flaky", "allow_failure": True},
    ],
    "/todos": [
        {"id": 31, "action_name": "review_requested", "target_type": "MergeRequest", "body": "x",
         "target": {"iid": 9, "title": "Sort", "description": "Sorts."}, "author": {"username": "mara"},
         "project": {"path_with_namespace": "acme/web"}, "created_at": "2026-11-20T09:00:00Z",
         "target_url": "https://gitlab.com/acme/web/-/merge_requests/9"},
        {"id": 32, "action_name": "mentioned", "target_type": "Issue", "body": "@ada?", "author": None,
         "target": {"iid": 3, "title": "T"}, "project": {"path_with_namespace": "acme/web"},
         "created_at": "2026-11-20T09:00:00Z"},
        {"id": 33, "action_name": "assigned", "target_type": "MergeRequest", "target": {}, "project": {}},
        {"id": 34, "action_name": "build_failed", "target_type": "MergeRequest", "target": None, "project": None},
    ],
}  # fmt: skip


def poll(answers: dict[str, Any], state: str = "") -> tuple[SourcePoll, list[tuple[str, dict[str, str]]]]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0].removeprefix("/api/v4")
        found = answers.get(path)
        if isinstance(found, int) or found is None:
            send_reply(handler, found or 404)
        else:
            send_reply(handler, 200, json.dumps(found).encode())

    with web_server(answer) as (origin, seen):
        config = ForgeConfig(enabled=True, github=(), gitlab=(origin,), token_command="echo glpat-x")
        return ForgeSource(config).poll(state, 1_795_000_000.0), seen


def test_a_merge_request_with_discussions_reviewers_and_failed_jobs() -> None:
    found, seen = poll(ANSWERS)
    facts = [
        (item.facts["form"], item.facts["label"], item.origin.author, item.facts.get("blocking"))
        for item in found.items
    ]
    assert facts == [
        ("pull request", "acme/api#4", "ada", None),
        ("comment", "acme/api#4", "mara", None),
        ("review", "acme/api#4", "kofi", "changes requested"),
        ("review comment", "acme/api#4", "mara", "issue"),
        ("review comment", "acme/api#4", "mara", None),
        ("review comment", "acme/api#4", "ada", None),
        ("check", "acme/api#4", "unit tests", None),
        ("review request", "acme/web#9", "mara", None),
        ("mention", "acme/web#3", "ghost", None),
    ]
    assert found.items[3].origin.place == "src/retry.py:41"
    assert {headers["Authorization"] for _, headers in seen} == {"Bearer glpat-x"}
    assert all("since" not in path and "updated_after" not in path for path, _ in seen)


def test_one_merge_request_that_cannot_be_read_costs_no_other() -> None:
    broken = {**MERGE_REQUEST, "iid": 5}
    found, _ = poll({**ANSWERS, "/merge_requests": [broken, MERGE_REQUEST]})
    assert [item.facts["form"] for item in found.items].count("pull request") == 1
    assert "does not have it" in found.trouble


@pytest.mark.parametrize("path", ["/user", "/merge_requests", "/todos"])
def test_a_host_that_refuses_is_told(path: str) -> None:
    with pytest.raises(SourceError):
        poll({**ANSWERS, path: 401})
