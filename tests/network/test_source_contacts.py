"""Whom each source contacts: the one server that its config names, although what it reads is full of other addresses.

Each is polled twice in a process of its own, in which everything else is refused and written down.
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import msgspec
import pytest

from proactive_tui.config import ActivityConfig, CalendarConfig, Config, ForgeConfig, GitConfig, NewsConfig
from proactive_tui.model.shared_words import SOURCE_NAMES, SourceName
from tests.sources.activity.aw_server import bucket
from tests.sources.calendar.made_calendars import calendar, event
from tests.sources.feeds.feed_pages import LONG, entry, rss
from tests.sources.forge.github_server import GitHubServer, comment, pull_node, pulls_data, waiting_data
from tests.sources.repositories.workshop import NOW, OWNER, commit_file, make_repository, run_git
from tests.sources.web_server import send_reply, web_server

pytestmark = pytest.mark.slow

SPY = "https://spy.example/pixel.png"
POLL = """
import sys
import msgspec
from proactive_tui.brain.collecting.polling import ask_source
from proactive_tui.config import Config
from proactive_tui.sources.contract import OwnActivity
from proactive_tui.sources.source_registry import SOURCES
spec, config = SOURCES[sys.argv[1]], msgspec.json.decode(sys.argv[2], type=Config)
state, found = "", 0
for later in (0, 7200):
    now = float(sys.argv[3]) + later
    asked = ask_source(spec, config, state, now, OwnActivity() if spec.hears_activity else None)
    assert asked.poll is not None, asked.failure
    state, found = asked.poll.state, found + len(asked.poll.items)
print(found)
"""


def answer(asked: BaseHTTPRequestHandler) -> None:
    """A forge, a feed, a calendar and an ActivityWatch in one, all of which name the address of a spy."""
    if asked.command == "POST":
        forge = GitHubServer()
        words = f"![x]({SPY}) [here]({SPY}) see {SPY} and http://169.254.169.254/latest"
        forge.set_data("OwnPulls", pulls_data(pull_node(body=words, comments={"nodes": [comment("C1", words)]})))
        forge.set_data("Waiting", waiting_data())
        forge.answer(asked)
    elif asked.path.endswith(".ics"):
        lines = (f"ATTACH:{SPY}", f"URL:{SPY}", f"DESCRIPTION:join {SPY}", f"IMAGE;VALUE=URI:{SPY}", f"LOCATION:{SPY}")
        send_reply(asked, 200, calendar(f"REFRESH-INTERVAL:{SPY}", f"SOURCE:{SPY}", event(*lines)))
    elif "buckets" in asked.path:
        found: Any = [] if "events" in asked.path else {"aw-watcher-afk_laptop": bucket("aw-watcher-afk_laptop")}
        send_reply(asked, 200, json.dumps(found).encode(), Content_Type="application/json")
    elif asked.path == "/feed":
        more = f'<atom:link rel="hub" href="{SPY}"/><image><url>{SPY}</url></image><cloud domain="spy.example"/>'
        doctype = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "https://spy.example/x">]>'
        page = rss([entry("a", link=SPY, text=f'{LONG}<img src="{SPY}"><a href="{SPY}">x</a>&x;')], more=more)
        send_reply(asked, 200, page.replace(b'<?xml version="1.0"?>', doctype), Content_Type="application/rss+xml")
    else:
        send_reply(asked, 404)


def config_of(name: SourceName, origin: str, folder: Path) -> Config:
    match name:
        case "git":
            return Config(git=GitConfig(enabled=True, folders=(str(folder),), authors=(OWNER[1],)))
        case "forge":
            token = "echo github_pat_made_up"
            return Config(forge=ForgeConfig(enabled=True, github=(origin,), token_command=token))
        case "calendar":
            return Config(calendar=CalendarConfig(enabled=True, addresses=(f"{origin}/a.ics",)))
        case "activity":
            return Config(activity=ActivityConfig(enabled=True, activitywatch=origin))
        case "news":
            return Config(news=NewsConfig(enabled=True, feeds=(f"{origin}/feed",)))


@pytest.mark.parametrize("name", SOURCE_NAMES)
def test_a_source_contacts_the_server_that_it_was_given_and_nobody_else(name: SourceName, tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "code")
    run_git(repository, "checkout", "-q", "-b", "more")
    commit_file(repository, "a.py", f"# TODO: see {SPY}\n", f"see {SPY}", days=9)
    (repository / "b.py").write_text(f"# {SPY}\n")
    run_git(repository, "remote", "add", "origin", "https://spy.example/repo.git")
    seen = tmp_path / "contacts"
    seen.touch()
    with web_server(answer) as (origin, requests):
        config = msgspec.json.encode(config_of(name, origin, repository)).decode()
        ran = subprocess.run(
            [sys.executable, "-c", POLL, name, config, str(NOW)],
            env={
                "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "CONTACTS": str(seen),
                "CONTACTS_ALLOWED": origin.rpartition(":")[2],
                "PYTHONPATH": f"{Path(__file__).parent}:{Path(__file__).parents[2]}",
            },
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        asked = len(requests)
    assert ran.returncode == 0, ran.stderr[-2000:]
    contacts = [line.split("\t") for line in seen.read_text().splitlines()]
    assert [contact for contact in contacts if contact[0] == "refused"] == []
    assert "spy.example" not in seen.read_text()
    met = {(host, port) for _, what, host, port in contacts if what == "socket.connect" and port != "unix"}
    assert met == (set() if name == "git" else {("127.0.0.1", origin.rpartition(":")[2])})
    assert bool(asked) == (name != "git")
    assert int(ran.stdout) > 0 or name == "activity"
