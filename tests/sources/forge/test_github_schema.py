"""What GitHub is asked, against GitHub's own descriptions of itself, and recorded answers of its.

They are read where PROACTIVE_OCTOKIT has a folder with node_modules (see CONTRIBUTING.md); nothing of them is in here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from proactive_tui.sources.forge import github_queries
from proactive_tui.sources.forge.rest_pages import next_page

QUERIES = {name: getattr(github_queries, name) for name in ("OWN_PULLS", "MORE_THREADS", "WAITING")}
VALIDATE = """
const {buildSchema, parse, validate} = require("graphql");
const schema = buildSchema(require("fs").readFileSync(process.argv[1], "utf8"), {assumeValid: true});
const queries = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(Object.fromEntries(Object.entries(queries).map(
  ([name, text]) => [name, validate(schema, parse(text)).map((error) => error.message)]))));
"""


@pytest.fixture
def octokit() -> Path:
    """The folder of octokit's packages; skips without."""
    place = os.environ.get("PROACTIVE_OCTOKIT", "")
    folder = Path(place) / "node_modules" / "@octokit"
    if not place or not folder.is_dir():
        pytest.skip("no descriptions of GitHub's (set PROACTIVE_OCTOKIT)")
    return folder


def validate_queries(octokit: Path, queries: dict[str, str]) -> dict[str, list[str]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node")
    schema = octokit / "graphql-schema" / "schema.graphql"
    done = subprocess.run(
        [node, "-e", VALIDATE, str(schema)], input=json.dumps(queries).encode(), capture_output=True, timeout=120,
        cwd=octokit.parent.parent, env={**os.environ, "NODE_PATH": str(octokit.parent)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-500:]
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@cache
def described_notifications(octokit: Path) -> dict[str, Any]:
    file = octokit / "openapi" / "generated" / "api.github.com.deref.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["paths"]["/notifications"]["get"]
    return found


def test_the_queries_are_valid_by_githubs_schema(octokit: Path) -> None:
    found = validate_queries(octokit, {**QUERIES, "wrong": "query Wrong { viewer { secretWishes } }"})
    assert found.pop("wrong")
    assert found == {name: [] for name in QUERIES}


def test_nothing_but_queries_is_sent() -> None:
    assert all(text.strip().startswith("query ") for text in QUERIES.values())


def test_notifications_are_asked_for_as_githubs_description_says(octokit: Path) -> None:
    described = described_notifications(octokit)
    known = {parameter["name"]: parameter["schema"] for parameter in described["parameters"]}
    for name, value in parse_qsl("participating=true&per_page=50"):
        assert name in known
        assert known[name]["type"] == ("integer" if value.isdigit() else "boolean")
    assert "304" in described["responses"]
    entry = described["responses"]["200"]["content"]["application/json"]["schema"]["items"]["properties"]
    assert {"id", "unread", "reason", "updated_at", "subject", "repository"} <= entry.keys()
    assert {"title", "url"} <= entry["subject"]["properties"].keys()
    assert "full_name" in entry["repository"]["properties"]


def test_recorded_pages_are_followed_to_their_end(octokit: Path) -> None:
    file = octokit / "fixtures" / "scenarios" / "api.github.com" / "paginate-issues" / "normalized-fixture.json"
    recorded = json.loads(file.read_text(encoding="utf-8"))
    pages = {f"https://api.github.com{answer['path']}": answer for answer in recorded}
    url = next(iter(pages))
    seen: list[str] = []
    while url:
        seen.append(url)
        headers = {name.lower(): value for name, value in pages[url]["headers"].items()}
        url = next_page(headers, "https://api.github.com")
    assert len(seen) == len(recorded)
    assert next_page({"link": pages[seen[0]]["headers"].get("link", "")}, "https://api.github.example") == ""
