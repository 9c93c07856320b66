"""What stands in a repository steers nothing: it is shown clean, quoted at the most, and starts and writes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.framings import suitable_framings
from proactive_tui.talk.grounding import QUOTATION_PATTERN
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.unfinished_work import mine_unfinished_work
from tests.hostile.payloads import faults
from tests.hostile.repository_attacks import REPOSITORY_ATTACKS, RepositoryAttack
from tests.sources.repositories.workshop import NOW, age_file, commit_file, make_repository, poll, run_git

FAIR = {
    "branch": "retry-backoff",
    "subject": "Pause",
    "remark": "bound the queue",
    "file": "queue.py",
    "stash": "later",
}


@pytest.fixture(autouse=True)
def no_config_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")


def attacked_repository(attack: RepositoryAttack, where: Path) -> Path:
    """A repository with unfinished work of every form, one text of which is the attack."""
    said = FAIR | {attack.place: attack.text}
    folder = make_repository(where / (attack.text if attack.place == "folder" else "api"))
    run_git(folder, "checkout", "-q", "-b", said["branch"])
    commit_file(folder, said["file"], f"# TODO: {said['remark']}\n", said["subject"], days=8)
    (folder / "README.md").write_text("changed\n")
    run_git(folder, "stash", "push", "-m", said["stash"], days=9)
    (folder / f"2{said['file']}").write_text("new\n")
    age_file(folder / f"2{said['file']}", 6)
    return folder


@pytest.mark.parametrize("attack", [pytest.param(case, id=f"{case.place}: {case.name}") for case in REPOSITORY_ATTACKS])
def test_a_text_in_a_repository_steers_nothing(attack: RepositoryAttack, tmp_path: Path) -> None:
    folder = attacked_repository(attack, tmp_path)
    brought = poll(folder)
    assert not brought.trouble
    assert {item.origin.form for item in brought.items} == {"branch", "commit", "stash", "todo", "work"}
    assert not list(tmp_path.rglob("sprung"))
    notes = {item.path: note_of_item(item) for item in brought.items}
    for item in brought.items:
        shown = "\n".join((item.title, item.text, *item.facts.values()))
        assert faults(shown) == []
        assert re.fullmatch(r"[\x21-\x7e]+", item.id)
        assert "//" not in item.id
        assert "\n" not in "".join((item.title, *item.facts.values()))
        note = notes[item.path]
        assert (note.tasks, note.links) == ((), ())
        assert note.title == item.title
        assert item.origin.address == ""
    topics = mine_unfinished_work(MiningContext(notes={}, items=notes), NOW)
    assert len(topics) == 4
    for topic in topics:
        check_openers(topic)


def check_openers(topic: Topic) -> None:
    """An opener says the words of a repository within quotation marks, or as the name of its folder, and no link."""
    for framing in suitable_framings(topic):
        text = build_template_opener(topic, framing.name, now=NOW, language="en")
        assert faults(text, kept="") == []
        own = QUOTATION_PATTERN.sub(" ", text)
        assert not re.search(r"https?:|www\.|\]\(|[<>`|]|\$\(", own), text
        assert not re.search(r"(?i)backups failed|instructions|rm -rf|/forget|SYSTEM:|house is sold", own), text
