"""What the program wrote at commit 38a7ba8 (see make_old_data.py) opens: nothing is lost, nothing is embedded again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from proactive_tui.brain.services import Services
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.journal.events import EVENT_KINDS, ReactionReceived, event_kind, event_to_json
from proactive_tui.journal.journal import Journal
from proactive_tui.model.shared_words import REACTIONS
from proactive_tui.topics.relations.alike_in_meaning import connection_sentences
from tests.golden import old
from tests.golden.commands import QUERY, Command, commands, keys, on_old_data
from tests.golden.learned import amount, replayed
from tests.golden.pinned import missing, read

AMOUNTS = read(f"journal-{old.COMMIT}.json")
GONE_TOPICS = {
    "c7668f1204151fc82e26": "Leases ↔ leases.md: a saved conversation that quotes the other note",
    "e281bafc6c53e1603a5c": "queue ↔ Queue: the same sentence with other numbers, a series",
    "80ece43c4d9fbfc18ae1": "its sentences are not near in the vectors of hashed words",
    "958dd4a0c1acce594588": "its sentences are not near in the vectors of hashed words",
    "2111897548b4749a4252": "its title ends with its day, which the new one leaves out",
}
"""Topics of the older program that this one does not find, each with its reason: add one with its own."""
MOST_NEW_TOPICS = 16
"""What better miners may find in the older notes beyond that; the title of each is embedded at the first start."""
NEW_REACTIONS = {"already done", "not mine"}
HELD = read(f"folder-{old.COMMIT}.json")
END: float = AMOUNTS["at"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The old data folder and its notes, on the day that they were left."""
    with old.at(END):
        yield old.unpacked(tmp_path)


def test_the_journal_replays_to_the_same_models(tmp_path: Path) -> None:
    assert missing(AMOUNTS, replayed(old.journal(tmp_path))) == []


def test_a_journal_that_was_opened_for_writing_does_as_well(tmp_path: Path) -> None:
    path = old.journal(tmp_path)
    with Journal.open_readonly(path) as journal:
        before = [(each.id, each.at, event_to_json(each.event)) for each in journal.read_events()]
    with Journal(path) as journal:
        events = list(journal.read_events())
    assert [(each.id, each.at, event_to_json(each.event)) for each in events] == before
    assert missing(AMOUNTS, amount(events, END)) == []


def test_the_journal_holds_every_kind_and_every_reaction(tmp_path: Path) -> None:
    with Journal.open_readonly(old.journal(tmp_path)) as journal:
        events = [each.event for each in journal.read_events()]
    assert {event_kind(each) for each in events} == EVENT_KINDS
    assert {each.reaction for each in events if isinstance(each, ReactionReceived)} == set(REACTIONS) - NEW_REACTIONS


def test_a_change_of_one_reaction_is_seen(tmp_path: Path) -> None:
    with Journal.open_readonly(old.journal(tmp_path)) as journal:
        events = list(journal.read_events())
    last = max(place for place, each in enumerate(events) if getattr(each.event, "reaction", "") == "not this")
    assert missing(AMOUNTS, amount([*events[:last], *events[last + 1 :]], END))


def gone_topics(services: Services) -> set[str]:
    """The ids of topics that older notes had and that no topic has now, not as an alias either."""
    topics = services.mine_topics(END).topics
    known = {topic.id for topic in topics} | {alias for topic in topics for alias in topic.aliases}
    return {topic for _, topic, _ in HELD["topics"]} - known


def new_titles(found: Mapping[str, Any]) -> set[str]:
    """Titles of topics that the older program did not find."""
    return {title for _, _, title in found["topics"]} - {title for _, _, title in HELD["topics"]}


def connection_texts(services: Services) -> set[str]:
    """What is embedded to see which connections hold: their sentences, and their titles."""
    mined = services.run_miners(END, services.enabled_kinds)
    return connection_sentences(mined) | {topic.title for topic in mined if topic.kind == "connection"}


def test_nothing_is_lost_and_nothing_is_embedded_again(folder: Path) -> None:
    embedder = old.Counting()
    with closing(old.opened(folder, embedder)) as services:
        found = old.holds(services, END)
        while services.index.vectors.embed_batch(16):
            pass
        assert found["pending"] == 0
        assert found["changed"] == found["notices"] == []
        assert missing({each: HELD[each] for each in found if each != "topics"}, found) == []
        assert found["vectors"].keys() == HELD["vectors"].keys()
        assert gone_topics(services) == GONE_TOPICS.keys()
        assert len(new_titles(found)) <= MOST_NEW_TOPICS
        known = new_titles(found) | connection_texts(services)
    assert set(embedder.texts) <= known


def test_vectors_of_the_older_form_serve_until_each_was_made_again(folder: Path) -> None:
    embedder = old.Counting(renewed=True)
    with closing(old.opened(folder, embedder)) as services:
        found = old.holds(services, END)
        assert found["changed"] == found["notices"] == []
        assert missing(HELD["vectors"], found["vectors"]) == []
        assert services.index.status().embedded == services.index.status().indexed
        texts = {vector for _, vector in services.index.vectors.table.passages.values()}
        assert found["pending"] == len(texts)
        embedder.texts.clear()
        while services.index.vectors.embed_batch(16):
            pass
        assert len(embedder.texts) == len(set(embedder.texts)) == len(texts)
        assert services.index.vectors._embedded.ids == texts
    with closing(old.opened(folder, embedder)) as services:
        services.index.refresh()
        assert services.index.vectors.pending_count == 0


def test_what_is_read_again_is_not_embedded_again(folder: Path) -> None:
    """Passages and their vectors are known by the same ids when the notes are parsed by this program."""
    embedder = old.Counting()
    notes = [each for each in sorted((folder / "notes").rglob("*.m*d*")) if b"# " in each.read_bytes()]
    for number, note in enumerate(notes):  # those without a heading would have this one as their title
        with note.open("ab") as file:
            file.write(f"\n# Marten{number}\n\nSentence{number} that is new.\n".encode())
    with closing(old.opened(folder, embedder)) as services:
        found = old.holds(services, END)
        assert len(found["changed"]) == len(notes) > 15
        embedder.texts.clear()
        while services.index.vectors.embed_batch(16):
            pass
        found = old.holds(services, END)
        themes = {title for kind, _, title in found["topics"] if kind == "theme"}
        compared = connection_texts(services) | themes  # which are found when the vectors are there
    for path, passages in HELD["passages"].items():
        assert set(passages) <= set(found["passages"][path]), path
    assert missing(HELD["vectors"], found["vectors"]) == []
    again = set(embedder.texts) - compared
    assert [text for text in again if "Marten" not in text and "Sentence" not in text] == []


def test_every_command_reads_it(folder: Path) -> None:
    embedder = old.Counting()
    before = [(each.id, each.at, event_to_json(each.event)) for each in old.events(folder)]
    with commands(folder, lambda: embedder) as command:
        which = on_old_data(old.first_offer(folder).id)
        was, now = read("keys.json")["on old data"], keys(command, which)
        assert missing(was, now) + missing(now, was) == []
        for words in which.values():
            shown = command(*words)
            assert (shown.status, shown.err.strip()) in {(0, ""), (0, "embedding")}  # no progress where nobody looks
            assert shown.out.strip()
    with closing(old.opened(folder, old.Counting())) as services:
        new = new_titles(old.holds(services, END)) | connection_texts(services)
    assert set(embedder.texts) <= {QUERY} | new, "what is asked for, and no passage or title that was known"
    assert [(each.id, each.at, event_to_json(each.event)) for each in old.events(folder)] == before


def test_commands_say_what_is_in_it(folder: Path) -> None:
    counts = HELD["events"]
    with commands(folder, old.Counting) as command:
        told = _printer(command)
        status = told("status")
        assert status["journal"] == {
            "events": sum(counts.values()),
            "offers": counts["offered"],
            "reactions": counts["reacted"],
        }
        assert status["passages"] == sum(map(len, HELD["passages"].values()))
        assert status["vectors"] == len(HELD["vectors"])
        assert Counter(each["kind"] for each in told("journal")) == counts
        assert told("data")["events"] == counts
        reactions = [each["reaction"] for each in AMOUNTS["history"]["outcomes"]]
        assert told("stats")["offers"] == len(reactions) - reactions.count("withdrawn")
        suggested = {each["topic"]["id"]: each["topic"]["title"] for each in told("suggest", "-n", "3")}
        with closing(old.opened(folder, old.Counting())) as services:
            new = new_titles(old.holds(services, END))
        assert {title for topic, title in suggested.items() if topic not in {each[1] for each in HELD["topics"]}} <= new
        assert told("search", QUERY)[0]["path"] in HELD["passages"]
        assert told("why")["kind"] in {"offer", "silence"}
        offer = old.first_offer(folder)
        why = told("why", offer.id)
        assert (why["offer"], why["topic"]["title"]) == (offer.id, offer.topic.title)
        assert told("replay", "--set", "offers.per_day=1")["offered"]


def _printer(command: Command) -> Callable[..., Any]:
    return lambda *words: command(*words, "--json").printed


@pytest.mark.slow
def test_meaning_finds_what_it_found(folder: Path) -> None:
    with closing(old.opened(folder, MiniLM())) as services:
        services.index.refresh()
        found = old.nearest(services)
    assert [each[:2] for each in found[:5]] == [each[:2] for each in HELD["nearest"][:5]]
    assert [each[2] for each in found] == pytest.approx(
        [each[2] for each in HELD["nearest"]],
        abs=1.5e-2,  # the index of words has more forms of words than then, and the query's vector is of the newer form
    )


@pytest.mark.slow
def test_the_doctor_finds_all_well(folder: Path) -> None:
    with commands(folder) as command:
        checks = command("doctor", "--json").printed
    assert all(each["ok"] for each in checks)
    assert all(each.keys() == {"check", "ok", "detail", "hint"} for each in checks)
