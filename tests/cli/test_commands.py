"""The command line as scripts rely on it: JSON on standard output, one line of error, exit status."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from proactive_tui import __version__
from proactive_tui.brain import services as wiring
from proactive_tui.brain.status_file import write_status_file
from proactive_tui.cli.assistant import has_terminal
from proactive_tui.config import Config
from proactive_tui.journal import events
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.offer_values import Offer, Opener, Silence
from proactive_tui.model.status_values import BrainStatus, NotesStatus
from proactive_tui.paths import lock_data_folder, open_data_folder
from tests.brain.build import NOTES, WordVectors
from tests.cli.conftest import Run


@pytest.fixture
def offered(run: Run, tmp_path: Path) -> Offer:
    """An offer in the journal, answered with `not this`, and a silence before it."""
    (first, *_) = run("suggest", "--json").json
    with wiring.services_context(Config(), open_data_folder(tmp_path / "data"), tmp_path / "notes") as services:
        (topic, *_) = [each for each in services.mine_topics(time.time()).topics if each.id == first["topic"]["id"]]
        offer = Offer(
            id="offer1",
            at=time.time() - 60,
            topic=topic,
            opener=Opener(text="Shall we?", framing="question", spoken_by="template"),
            score=first["score"],
            features=first["features"],
            contributions=first["contributions"],
            channels=first["channels"],
            propensity={"topic": 1.0},
            when={"time: morning": 1.0},
            receptivity=0.4,
            gates=(Gate(name="quiet", passed=True, detail="you did not ask for quiet"),),
            reason="due soon",
            versions={"ranker": "1"},
        )
        silence = Silence(
            at=offer.at - 60, last=offer.at - 30, reason="typing", detail="you typed 2 s ago", topic=topic.id,
            title=topic.title, paths=topic.paths, times=9,
            gates=(Gate(name="typing", passed=False, detail="you typed 2 s ago"),),
        )  # fmt: skip
        services.record_event(events.SilenceDecided(silence=silence), silence.at)
        services.record_event(events.OfferIssued(offer=offer), offer.at)
        services.record_event(events.ReactionReceived(offer=offer.id, reaction="not this", seconds=3.5), offer.at + 4)
    return offer


def test_search(run: Run) -> None:
    (first, *_) = run("search", "load-test numbers for Mara", "-k", "2", "--json").json
    assert first["path"] == "2026-11-21-numbers.md"
    assert first["line_start"] <= 3 <= first["line_end"]
    assert set(first["channels"]) == {"meaning", "words"}
    assert {"heading", "text", "score"} <= first.keys()
    shown = run("search", "load-test numbers")
    assert "2026-11-21-numbers.md:" in shown.out


def test_suggest(run: Run) -> None:
    made = run("suggest", "-n", "3", "--json").json
    assert 1 <= len(made) <= 3
    for each in made:
        assert {"id", "kind", "title"} <= each["topic"].keys()
        assert sum(each["contributions"].values()) == pytest.approx(each["score"], abs=1e-4)
        assert each["evidence"][0].keys() == {"path", "line_start", "line_end", "text"}
        assert each["opener"]["spoken_by"] == "template"
        assert each["reasons"]
        assert each["channels"]
    assert made[0]["opener"]["text"] in " ".join(run("suggest").out.split())
    assert run("journal").out == "", "nothing counts as shown"


def test_suggest_at_another_time(run: Run) -> None:
    late = run("suggest", "--at", "2026-12-24T10:00", "--json").json
    assert [run("suggest", "--at", when, "--json").status for when in ("tomorrow 9:30", "yesterday", "in 3 days")] == [
        0
    ] * 3
    task = next(each for each in late if each["topic"]["kind"] == "task")
    assert any("overdue" in reason for reason in task["reasons"])


def test_index_and_status(run: Run) -> None:
    assert run("index", "--json").json["embedded"] == 3
    assert "3 notes" in run("index", "--rebuild").out
    now = run("status", "--json").json
    assert now["notes"]["indexed"] == now["notes"]["watched"] == 3
    assert now["notes"].keys() >= {"folder", "embedded", "skipped", "failed", "lag_seconds"}
    assert now["llm"].keys() >= {"backend", "model", "reachable", "detail"}
    assert now["journal"] == {"events": 0, "offers": 0, "reactions": 0}
    assert now["embedding"] == {"model": "words-32", "dimensions": 32}
    assert now["mined_at"] is None
    assert "not looked for yet" in run("status").out, "it takes long to look for them"
    assert "3 of 3 indexed" in " ".join(run("status").out.split())


def test_status_counts_the_topics_that_the_last_instance_found(run: Run, tmp_path: Path) -> None:
    run("index")
    data = open_data_folder(tmp_path / "data")
    notes = NotesStatus(folder=str(tmp_path / "notes"))
    write_status_file(data, BrainStatus(notes=notes, topics={"task": 4, "idea": 0}, mined_at=1_795_800_000.0))
    now = run("status", "--json").json
    assert (now["topics"]["task"], now["topics"]["idea"]) == (4, 0)
    assert now["mined_at"].startswith("2026-11-")
    assert now["notes"]["indexed"] == 3, "all else is as it is now"
    assert "4 tasks, as found 2026-11-" in " ".join(run("status").out.split())


def test_what_a_command_makes_is_its_owners_alone(run: Run, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert run("index").status == 0
        assert os.umask(0) == 0, "the umask is as it was"
    finally:
        os.umask(before)
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {each.name for each in made} >= {"index.db", "journal.db", "chroma.sqlite3", "brain.log", "lock"}
    assert [str(each) for each in made if each.stat().st_mode & 0o077] == []


def test_skipped_files_are_listed_with_their_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes" / "binary.md").write_bytes(b"\0\1\2")
    run("index")
    (skipped,) = run("status", "--json").json["notes"]["skipped"]
    assert skipped["path"] == "binary.md"
    assert skipped["reason"]
    assert "binary.md" in run("status").out


def test_why(run: Run, offered: Offer) -> None:
    because = run("why", "--json").json
    assert because["kind"] == "offer"
    assert because["opener"]["text"] == "Shall we?"
    assert because["receptivity"] == 0.4
    assert because["gates"] == [{"name": "quiet", "passed": True, "detail": "you did not ask for quiet"}]
    assert datetime.fromisoformat(because["at"]).tzinfo is not None
    assert run("why", "offer1", "--json").json == because
    assert "Shall we?" in run("why").out


def test_why_of_a_silence(run: Run, offered: Offer, tmp_path: Path) -> None:
    run("forget", "--since", datetime.fromtimestamp(offered.at - 1).astimezone().strftime("%Y-%m-%dT%H:%M:%S"), "--yes")
    because = run("why", "--json").json
    assert (because["kind"], because["reason"], because["times"]) == ("silence", "typing", 9)
    assert "kept silent" in run("why").out


def test_why_where_nothing_was_decided(run: Run) -> None:
    assert run("why").status == 1
    assert run("why", "none").err.startswith("error: There is no offer none: ")


def test_journal(run: Run, offered: Offer) -> None:
    silent, made, reacted = (json.loads(line) for line in run("journal").out.splitlines())
    assert [each["kind"] for each in (silent, made, reacted)] == ["silent", "offered", "reacted"]
    assert made["topic"]["id"] == offered.topic.id
    assert made.keys() >= {"id", "at", "topic", "framing", "features", "propensity", "opener", "versions"}
    assert (reacted["offer"], reacted["reaction"], reacted["seconds"]) == ("offer1", "not this", 3.5)


def test_what_was_said_of_a_moment_is_in_journal_why_and_stats(run: Run, offered: Offer, tmp_path: Path) -> None:
    assert "moment" not in run("stats").out
    with wiring.services_context(Config(), open_data_folder(tmp_path / "data"), tmp_path / "notes") as services:
        services.record_event(events.MomentAsked(offer=offered.id), offered.at + 5)
        services.record_event(events.MomentRated(offer=offered.id, good=False), offered.at + 9)
    asked, answered = (json.loads(line) for line in run("journal").out.splitlines()[-2:])
    assert (asked["kind"], asked["offer"]) == ("asked", "offer1")
    assert (answered["kind"], answered["offer"], answered["good"]) == ("answered", "offer1", False)
    assert "you said it was a bad moment" in run("why", "offer1", "--json").json["reasons"]
    moments = run("stats", "--json").json["moments"]
    assert (moments["welcome"], moments["answered"]) == (0, 1)
    assert "good moments, when asked: 0 of 1" in run("stats").out
    run("forget", "--topic", offered.topic.id, "--yes")
    assert run("journal").out == ""


def test_forgetting_a_topic(run: Run, offered: Offer) -> None:
    assert offered.topic.id not in [each["topic"]["id"] for each in run("suggest", "--json", "-n", "50").json]
    assert run("forget", "--topic", offered.topic.id, "--yes", "--json").json["offers"] == 1
    assert run("journal").out == ""
    assert offered.topic.id in [each["topic"]["id"] for each in run("suggest", "--json", "-n", "50").json]


def test_forgetting_a_path_and_everything(run: Run, offered: Offer) -> None:
    told = run("forget", "--path", offered.topic.evidence[0].path, "--yes").out
    assert "will be read again" in told
    assert run("journal").out == ""
    assert "0 events" in run("forget", "--all", "--yes").out


@pytest.mark.parametrize("option", ["--path", "--topic"])
def test_what_is_not_known_is_not_forgotten(run: Run, offered: Offer, option: str) -> None:
    done = run("forget", option, "nope", "--yes")
    assert done.status == 1
    assert "Nothing is known of nope" in done.err
    assert run("journal").out, f"{offered.id} is still there"


def test_a_note_that_was_only_read_is_forgotten(run: Run) -> None:
    run("index")
    done = run("forget", "--path", next(iter(NOTES)), "--yes")
    assert (done.status, done.err) == (0, "")
    assert "0 events forgotten" in done.out


def test_forgetting_asks_first(run: Run, offered: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert run("forget", "--all").status == 1
    assert len(run("journal").out.splitlines()) == 3
    assert run("forget").status == 2
    assert run("forget", "--all", "--path", "x").status == 2


def test_another_instance_is_status_3(run: Run, tmp_path: Path) -> None:
    run("index")
    with lock_data_folder(open_data_folder(tmp_path / "data")):
        done = run("search", "raft")
        assert done.status == 3
        assert done.err.startswith("error: Another instance holds the data folder: ")
        assert run("journal").status == 0
        assert run("status").status == 1, "the instance has not written its status"


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["nonsense"], 2, "No such command"),
        (["search"], 2, "Missing argument"),
        (["search", "x", "-k", "0"], 2, "-k"),
        (["suggest", "--at", "soon"], 2, "--at"),
        (["--data-dir", "elsewhere", "status"], 2, "write it after 'status'"),
    ],
)
def test_wrong_arguments_are_status_2(run: Run, words: list[str], status: int, says: str) -> None:
    done = run(*words, given=[])
    assert done.status == status
    assert says in done.err


def test_errors_are_one_line_with_what_to_do(run: Run, tmp_path: Path) -> None:
    done = run("status", given=["--notes", tmp_path / "none", "--data-dir", tmp_path / "data"])
    assert done.status == 1
    assert done.err.strip().count("\n") == 0
    assert done.err.startswith("error: The notes folder cannot be found: ")
    (tmp_path / "bad.toml").write_text("[offers]\nperday = 1\n")
    done = run("status", given=["--config", tmp_path / "bad.toml", "--data-dir", tmp_path / "data"])
    assert "offers.per_day" in done.err


def test_version_and_help(run: Run) -> None:
    assert run("--version", given=[]).out.strip() == __version__
    assert "suggest" in run("--help", given=[]).out


def test_run_needs_a_terminal(run: Run) -> None:
    assert "needs a terminal" in run("run").err
    assert "needs a terminal" in run().err


def test_a_driver_of_a_browser_stands_for_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_terminal()
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert has_terminal()


def test_data_says_what_is_kept_what_for_and_what_leaves(run: Run) -> None:
    found = run("data", "--json").json
    assert {each["name"] for each in found["stores"]} >= {"journal", "words", "vectors"}
    assert {each["name"] for each in found["signals"]} >= {"keys", "edits", "reactions", "conversations"}
    assert all(each["what"] for each in found["signals"])
    sources = {"git", "forge", "calendar", "activity", "news"}
    assert {each["name"] for each in found["signals"] if not each["on"]} == sources, (
        "a source is off until it is asked for"
    )
    assert found["keep_deleted_days"] == 7
    run("index")
    assert {each["name"]: each["bytes"] for each in run("data", "--json").json["stores"]}["words"] > 0
    shown = run("data").out
    assert "Leaves this program" in shown
    assert "kept until you forget it" in shown


def test_everything_forgotten_leaves_an_empty_folder(run: Run, tmp_path: Path) -> None:
    run("index")
    assert (tmp_path / "data" / "index.db").exists()
    assert run("forget", "--all", "--yes").status == 0
    assert list((tmp_path / "data").iterdir()) == []


def test_what_was_excluded_meanwhile_is_forgotten_by_the_next_command(run: Run, tmp_path: Path) -> None:
    run("index")
    with wiring.open_services(
        Config(), open_data_folder(tmp_path / "data"), tmp_path / "notes", WordVectors()
    ).journal as journal:
        journal.append(events.NotesEdited(paths=("2026-11-20-raft.md", "2026-11-19-bread.md")), time.time())
    (tmp_path / "config.toml").write_text('[notes]\nexclude = ["*raft*"]\n')
    said = run("index").err
    assert "What was kept of excluded notes is forgotten" in said
    lines = [json.loads(line) for line in run("journal").out.splitlines()]
    assert [line["paths"] for line in lines if line["kind"] == "touched"] == [["2026-11-19-bread.md"]]
