"""Where the token of a host comes from, and that no host gets that of another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proactive_tui.config import Config, ForgeConfig
from proactive_tui.errors import SourceError
from proactive_tui.sources.forge.forge_hosts import ForgeMake, forge_hosts, forge_origins
from proactive_tui.sources.forge.host_tokens import find_token

EVERYTHING = {
    "GITHUB_TOKEN": "s3-hub",
    "GITLAB_TOKEN": "s3-lab",
    "FORGEJO_TOKEN": "s3-jo",
    "GH_ENTERPRISE_TOKEN": "s3-ent",
}


@pytest.fixture
def no_gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH on which a gh may be put."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return tmp_path


def put_gh(folder: Path, script: str) -> None:
    file = folder / "gh"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("make", "host", "environment", "token"),
    [
        ("github", "github.com", {"GITHUB_TOKEN": "a"}, "a"),
        ("github", "github.com", {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, "b"),
        ("github", "github.com", {"GH_TOKEN": " ", "GITHUB_TOKEN": "a\n"}, "a"),
        ("gitlab", "gitlab.com", EVERYTHING, "s3-lab"),
        ("forgejo", "codeberg.org", EVERYTHING, "s3-jo"),
        ("github", "git.acme.example", EVERYTHING, "s3-ent"),
        ("github", "git.acme.example", {"GH_TOKEN": "a", "GH_HOST": "git.acme.example"}, "a"),
        ("gitlab", "lab.acme.example", {"GITLAB_TOKEN": "a", "GITLAB_HOST": "https://lab.acme.example/"}, "a"),
    ],
)
def test_a_variable_is_taken_for_its_host(make: ForgeMake, host: str, environment: dict[str, str], token: str) -> None:
    assert find_token(make, host, "", environment) == token


@pytest.mark.parametrize(
    ("make", "host", "environment"),
    [
        ("gitlab", "lab.acme.example", EVERYTHING),
        ("forgejo", "git.acme.example", EVERYTHING),
        ("gitlab", "gitlab.com", {**EVERYTHING, "GITLAB_HOST": "lab.acme.example"}),
        ("gitlab", "gitlab.com", {"GITHUB_TOKEN": "s3-hub"}),
        ("forgejo", "codeberg.org", {"GITLAB_TOKEN": "s3-lab"}),
        ("github", "git.acme.example", {"GITHUB_TOKEN": "s3-hub", "GH_TOKEN": "s3-hub"}),
        ("github", "github.com", {"GH_ENTERPRISE_TOKEN": "s3-ent"}),
        ("github", "github.com", {"GH_TOKEN": "a", "GH_HOST": "git.acme.example"}),
        ("github", "github.com.evil.example", {"GITHUB_TOKEN": "s3-hub"}),
    ],
)
def test_a_token_of_another_host_is_never_taken(
    no_gh: Path, make: ForgeMake, host: str, environment: dict[str, str]
) -> None:
    put_gh(no_gh, "exit 1")
    with pytest.raises(SourceError) as error:
        find_token(make, host, "", environment)
    assert "s3-" not in str(error.value)
    assert host in str(error.value)


def test_a_command_is_asked_for_the_host_and_goes_first() -> None:
    assert find_token("github", "github.com", "echo token-of-{host}", EVERYTHING) == "token-of-github.com"
    with pytest.raises(SourceError):
        find_token("github", "github.com", "false", EVERYTHING)


def test_gh_is_asked_for_the_host(no_gh: Path) -> None:
    put_gh(no_gh, 'echo "$*" | tr " " "_"')
    assert find_token("github", "git.acme.example", "", {}) == "auth_token_--hostname_git.acme.example"


@pytest.mark.parametrize(
    "script", ["exit 1", "exit 0", "echo; exit 0", "echo no oauth token found for github.com >&2; exit 1"]
)
def test_an_empty_hosts_file_is_told(no_gh: Path, script: str) -> None:
    put_gh(no_gh, script)
    with pytest.raises(SourceError, match="gh auth login"):
        find_token("github", "github.com", "", {})


def test_without_gh(no_gh: Path) -> None:
    with pytest.raises(SourceError, match="GITHUB_TOKEN"):
        find_token("github", "github.com", "", {})


@pytest.mark.parametrize("token", ["two words", "line\u2028break", "tök"])
def test_what_no_header_can_carry_is_no_token(token: str) -> None:
    with pytest.raises(SourceError, match="no token"):
        find_token("github", "github.com", "", {"GH_TOKEN": token})


def test_where_each_make_is_asked() -> None:
    settings = ForgeConfig(
        github=("github.com", "git.acme.example", " https://ghe.example/ "), gitlab=("gitlab.com",),
        forgejo=("codeberg.org", "http://127.0.0.1:3000", ""),
    )  # fmt: skip
    assert [host.api for host in forge_hosts(settings)] == [
        "https://api.github.com",
        "https://git.acme.example/api/v3",
        "https://ghe.example/api/v3",
        "https://gitlab.com/api/v4",
        "https://codeberg.org/api/v1",
        "http://127.0.0.1:3000/api/v1",
    ]
    assert forge_origins(Config(forge=settings))[:2] == ("https://api.github.com:443", "https://git.acme.example:443")
    assert forge_origins(Config(forge=ForgeConfig(github=("no host", "a b")))) == ()
