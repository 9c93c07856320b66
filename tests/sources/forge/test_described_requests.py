"""Every REST request that the forges are sent, against their own descriptions of their API, and the made answers too.

GitHub's comes with PROACTIVE_OCTOKIT, Forgejo's is the file PROACTIVE_FORGEJO_SWAGGER (see CONTRIBUTING.md). Nothing of
them is in here.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.sources.forge import test_forgejo
from tests.sources.forge.api_description import answer_problems, request_problems
from tests.sources.forge.github_server import github_server
from tests.sources.forge.test_github import CLASSIC, FINE, NOW, notification, poll

MADE: dict[str, Any] = {
    "paths": {
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True}],
            "get": {
                "parameters": [
                    {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["open", "closed"]}},
                    {"name": "limit", "in": "query", "type": "integer", "maximum": 50},
                    {"name": "kinds", "in": "query", "required": True, "type": "array", "items": {"enum": ["a", "b"]}},
                    {"$ref": "#/parameters/flag"},
                ],
                "responses": {"200": {"schema": {"$ref": "#/definitions/Thing"}}},
            },
        }
    },
    "parameters": {"flag": {"name": "flag", "in": "query", "type": "boolean"}},
    "definitions": {"Thing": {"properties": {"name": {}, "inner": {"items": {"properties": {"x": {}}}}}}},
}  # fmt: skip


@cache
def described(variable: str, inside: str = "") -> dict[str, Any]:
    """A description; skips where it is not there."""
    place = os.environ.get(variable, "")
    file = Path(place) / inside if inside else Path(place)
    if not place or not file.is_file():
        pytest.skip(f"no description of the API (set {variable})")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("path", "problems"),
    [
        ("/things/7?state=open&limit=50&kinds[]=a&kinds[]=b&flag=true", []),
        ("/things/7?kinds=a", []),
        ("/things", ["get /things is not described"]),
        ("/things/7?kinds=a&wish=1", ["/things/7 takes no wish"]),
        ("/things/7?kinds=a&state=merged", ["/things/7: state=merged is none of ['open', 'closed']"]),
        ("/things/7?kinds=a&limit=many", ["/things/7: limit=many is no number"]),
        ("/things/7?kinds=a&limit=100", ["/things/7: limit=100 is too much"]),
        ("/things/7?kinds=a&flag=1", ["/things/7: flag=1 is no flag"]),
        ("/things/7?kinds=c", ["/things/7: kinds=c is none of ['a', 'b']"]),
        ("/things/7", ["/things/7 wants kinds"]),
    ],
)
def test_a_wrong_request_is_told(path: str, problems: list[str]) -> None:
    assert request_problems(MADE, path) == problems


def test_a_made_answer_with_a_field_of_its_own_is_told() -> None:
    answer = {"name": "n", "inner": [{"x": 1, "y": 2}], "wish": 3}
    assert answer_problems(MADE, "/things/7", answer) == ["/things/7.inner[].y", "/things/7.wish"]


@pytest.mark.parametrize("file", ["api.github.com.json", "ghes-3.17.json", "ghes-3.19.json"])
def test_githubs_rest_requests(file: str) -> None:
    api = described("PROACTIVE_OCTOKIT", f"node_modules/@octokit/openapi/generated/{file}")
    with github_server() as github:
        github.answers["notifications"] = [[notification()]]
        first = poll(github, token=CLASSIC)
        poll(github, first.state, NOW + 60, token=CLASSIC)
        poll(github, token=FINE)
        asked = [sent["path"].removeprefix("/api/v3") for name, sent in github.asked if "path" in sent]
        others = {name for name, sent in github.asked if "path" not in sent}
    assert len(asked) == 2, "the classic token's two polls; all else is GraphQL"
    assert others == {"OwnPulls", "Waiting"}
    assert [problem for path in asked for problem in request_problems(api, path)] == []
    assert answer_problems(api, "/notifications", [notification()]) == []


def test_forgejos_rest_requests_and_the_answers_that_stand_for_it() -> None:
    api = described("PROACTIVE_FORGEJO_SWAGGER")
    _, seen = test_forgejo.poll()
    asked = [path.removeprefix("/api/v1") for path, _ in seen]
    assert {path.partition("?")[0] for path in asked} >= {"/user", "/repos/issues/search"}
    assert [problem for path in asked for problem in request_problems(api, path)] == []
    answers = {**test_forgejo.ANSWERS, "/repos/issues/search": [test_forgejo.ISSUE]}
    assert [problem for path, found in answers.items() for problem in answer_problems(api, path, found)] == []
