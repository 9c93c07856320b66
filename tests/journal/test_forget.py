from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import structs

from proactive_tui.config import Config
from proactive_tui.journal import journal as journal_module
from proactive_tui.journal.events import (
    Event,
    MomentAsked,
    MomentRated,
    NotesEdited,
    OfferIssued,
    ReactionReceived,
    SettingChanged,
    SilenceDecided,
    TurnAdded,
)
from proactive_tui.journal.forget import ForgottenCounts, forget_events, undo_reaction
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import EventSubscribers, replay_events
from proactive_tui.model.offer_values import Opener, Rival
from proactive_tui.model.shared_words import FRAMINGS
from proactive_tui.moment.receptivity import ReceptivityModel
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.talk.bandit import FramingBandit
from tests.journal.builders import T0, offer, silence, topic, turn
from tests.journal.test_projection import Notebook, events


def journal_of(folder: Path, happened: list[Event], name: str = "journal.db") -> Journal:
    folder.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    journal = Journal(folder / name)
    for n, event in enumerate(happened):
        journal.append(event, T0 + n)
    return journal


def left(journal: Journal) -> list[Event]:
    return [each.event for each in journal.read_events()]


A, B = topic("ta", "a.md", aliases=("ta2",)), topic("tb", "b.md")
KEPT: list[Event] = [
    OfferIssued(offer=offer("ob", B)),
    ReactionReceived(offer="ob", reaction="engaged"),
    SilenceDecided(silence=silence(about="tb", paths=("b.md",))),
    TurnAdded(conversation="cb", turn=turn("B?", T0, "user", "b.md"), offer="ob", topic="tb"),
]
GONE: list[Event] = [
    OfferIssued(offer=offer("oa", A)),
    ReactionReceived(offer="oa", reaction="engaged"),
    MomentAsked(offer="oa"),
    MomentRated(offer="oa", good=False),
    SilenceDecided(silence=silence(about="ta", paths=("a.md",))),
    TurnAdded(conversation="ca", turn=turn("A?"), offer="oa", topic="ta"),
    TurnAdded(conversation="ca", turn=turn("Go on.")),
]


@pytest.mark.parametrize("name", ["ta", "ta2", "topic TA"])
def test_a_topic_goes_with_all_that_was_about_it(tmp_path: Path, name: str) -> None:
    with journal_of(tmp_path, [*KEPT[:2], *GONE, *KEPT[2:]]) as journal:
        assert forget_events(journal, topic=name) == ForgottenCounts(events=7, offers=1, conversations=1)
        assert left(journal) == KEPT


def test_a_topic_that_was_merged_goes_under_all_its_names(tmp_path: Path) -> None:
    alone = OfferIssued(offer=offer("o0", topic("ta2", "z.md")))
    with journal_of(tmp_path, [alone, *GONE, *KEPT]) as journal:
        forget_events(journal, topic="ta")
        assert left(journal) == KEPT


def test_a_note_goes_with_all_that_cites_it(tmp_path: Path) -> None:
    cites = TurnAdded(conversation="cc", turn=turn("?", T0, "assistant", "a.md"))
    untold = SilenceDecided(silence=silence("away", about="tx"))
    with journal_of(tmp_path, [cites, *GONE, untold, NotesEdited(paths=("a.md", "b.md")), *KEPT]) as journal:
        forget_events(journal, paths=("a.md",))
        assert left(journal) == [NotesEdited(paths=("b.md",)), *KEPT]


def test_a_folder_goes_with_its_notes_and_nothing_beside_it(tmp_path: Path) -> None:
    with journal_of(tmp_path, [NotesEdited(paths=("sub/c.md", "sub.md")), NotesEdited(paths=("sub/d.md",))]) as journal:
        assert forget_events(journal, paths=("sub/",)).events == 2
        assert left(journal) == [NotesEdited(paths=("sub.md",))]


def test_a_time_takes_what_happened_since(tmp_path: Path) -> None:
    lasting = SilenceDecided(silence=silence(about="tb", last=T0 + 100))
    with journal_of(tmp_path, [KEPT[0], lasting, KEPT[1], SettingChanged(key="k", value=1.0)]) as journal:
        forget_events(journal, since=T0 + 3)
        assert left(journal) == [KEPT[0], KEPT[1]]


def test_everything_is_everything(tmp_path: Path) -> None:
    with journal_of(tmp_path, [*KEPT, *GONE, SettingChanged(key="k", value=1.0)]) as journal:
        assert forget_events(journal, everything=True) == ForgottenCounts(events=12, offers=2, conversations=2)
        assert left(journal) == []


def test_nothing_asked_is_nothing_forgotten(tmp_path: Path) -> None:
    with journal_of(tmp_path, KEPT) as journal:
        assert forget_events(journal) == ForgottenCounts()
        assert left(journal) == KEPT


PROBE = {"due soon": 0.5, "kind:task": 1.0, "tag:x": 1.0, "meaning:1": 0.6}


def models(journal: Journal) -> dict[str, object]:
    """The state of everything that learns, to the last bit."""
    recommender, receptivity, framings, notebook = (
        Recommender(Config()),
        ReceptivityModel(),
        FramingBandit(),
        Notebook(),
    )
    pupils = EventSubscribers(
        reaction_learners=(recommender, receptivity, framings, notebook), answer_learners=(receptivity,)
    )
    history = replay_events(journal.read_events(), pupils)
    history.last_id = 0  # numbers differ, and teach nothing
    return {
        "history": msgspec.to_builtins(history),
        "what": recommender.ranker.learned_weights(),
        "unsure": recommender.ranker.score(PROBE),
        "taste": recommender.taste.score(PROBE, T0 + 100),
        "when": receptivity.learned_weights(),
        "how": [framings.learned_advantage(each) for each in FRAMINGS],
        "heard": notebook.learned,
    }


def never_happened(happened: list[tuple[float, Event]], path: str) -> list[tuple[float, Event]]:
    """The events of a life in which the note `path` never was, said in another way than the code does."""
    offers: list[OfferIssued] = [e for _, e in happened if isinstance(e, OfferIssued)]
    about = [e.offer for e in offers if path in {each.path for each in e.offer.topic.evidence}]
    bad_offers = {each.id for each in about}
    bad_topics = {name for each in about for name in (each.topic.id, *each.topic.aliases)}
    said = [e for _, e in happened if isinstance(e, TurnAdded)]
    bad_talks = {
        e.conversation for e in said if e.offer in bad_offers or path in {each.path for each in e.turn.sources}
    }
    survived: list[tuple[float, Event]] = []
    for at, event in happened:
        match event:
            case OfferIssued(offer=o) if o.id in bad_offers:
                continue
            case ReactionReceived(offer=name) | MomentAsked(offer=name) | MomentRated(offer=name) if name in bad_offers:
                continue
            case SilenceDecided(silence=s) if s.topic in bad_topics or path in s.paths or not s.paths:
                continue
            case TurnAdded(conversation=name) if name in bad_talks:
                continue
            case NotesEdited(paths=paths) if path in paths:
                others = tuple(each for each in paths if each != path)
                if others:
                    survived.append((at, NotesEdited(paths=others)))
            case _:
                survived.append((at, event))
    return survived


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(events(), max_size=25))
def test_forgetting_is_as_if_it_had_never_been(tmp_path: Path, happened: list[Event]) -> None:
    lived = [(T0 + n, event) for n, event in enumerate(happened)]
    with journal_of(tmp_path, happened) as journal, journal_of(tmp_path, [], "other.db") as other:
        forget_events(journal, paths=("a.md",))
        for at, event in never_happened(lived, "a.md"):
            other.append(event, at)
        assert left(journal) == left(other)
        assert models(journal) == models(other)
        assert not any(b'"a.md"' in each.read_bytes() for each in tmp_path.glob("journal.db*"))


def never_answered(happened: list[Event], offer: str) -> list[Event]:
    """The events of a life in which this offer was never answered, said in another way than the code does."""
    left: list[Event] = []
    talks = {each.conversation for each in happened if isinstance(each, TurnAdded) and each.offer == offer}
    for each in happened:
        answered = (isinstance(each, ReactionReceived | SettingChanged) and each.offer == offer) or (
            isinstance(each, TurnAdded) and each.conversation in talks
        )
        left += [] if answered else [each]
    return left


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(events(), st.just(SettingChanged(key="kind:task", value=False, offer="o1"))), max_size=25))
def test_an_answer_taken_back_is_as_if_it_had_never_been_given(tmp_path: Path, happened: list[Event]) -> None:
    with journal_of(tmp_path, happened) as journal, journal_of(tmp_path, [], "other.db") as other:
        went = undo_reaction(journal, "o1")
        times = {id(event): T0 + n for n, event in enumerate(happened)}
        kept = never_answered(happened, "o1")
        for event in kept:
            other.append(event, times[id(event)])
        assert left(journal) == kept
        assert went == len(happened) - len(kept)
        assert models(journal) == models(other)


@pytest.mark.parametrize("times", [1, 20, 2000])
def test_nothing_of_an_answer_taken_back_stays_in_the_file_or_its_log(tmp_path: Path, times: int) -> None:
    """Neither of a row within a page nor of one that filled pages of its own."""
    planted = TurnAdded(conversation="c", turn=turn("xyzzy-planted " * times), offer="oa", topic="ta")
    with journal_of(tmp_path, [*KEPT, GONE[0], GONE[1], planted, *KEPT]) as journal:
        files = [tmp_path / "journal.db", tmp_path / "journal.db-wal"]
        assert any(b"xyzzy" in each.read_bytes() for each in files), "it was there"
        assert undo_reaction(journal, "oa") == 2
        assert not [each.name for each in files if each.exists() and b"xyzzy" in each.read_bytes()]
        assert left(journal) == [*KEPT, GONE[0], *KEPT]


def test_whoever_reads_for_long_does_not_hold_up_an_undo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the log is emptied when the journal is closed."""
    planted = TurnAdded(conversation="c", turn=turn("xyzzy-planted"), offer="oa", topic="ta")
    with journal_of(tmp_path, [GONE[0], planted]) as journal:
        reader = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        undone: list[int] = []
        monkeypatch.setattr(journal_module, "BUSY_TIMEOUT_SECONDS", 600)
        undoing = threading.Thread(target=lambda: undone.append(undo_reaction(journal, "oa")))
        undoing.start()
        undoing.join(60)
        done = undone[:]
        reader.close()
        undoing.join()
        assert done == [1], "it waited for the reader"
    assert [each.name for each in tmp_path.glob("journal.db*")] == ["journal.db"]
    assert b"xyzzy" not in (tmp_path / "journal.db").read_bytes()


def test_the_models_do_learn_from_these_events(tmp_path: Path) -> None:
    """Otherwise the test above would compare nothing with nothing."""
    recap = offer("oc", B, opener=Opener(text="So far …", framing="recap", spoken_by="template"))
    happened = [*KEPT, OfferIssued(offer=recap), ReactionReceived(offer="oc", reaction="ignored")]
    with journal_of(tmp_path, happened) as journal, journal_of(tmp_path, [], "other.db") as other:
        learned, fresh = models(journal), models(other)
        assert [name for name in learned if learned[name] == fresh[name]] == []


def test_a_forgotten_offer_takes_the_answer_about_its_moment_along(tmp_path: Path) -> None:
    with journal_of(tmp_path, [*KEPT, *GONE]) as journal, journal_of(tmp_path, KEPT, "other.db") as other:
        assert models(journal)["when"] != models(other)["when"]
        assert journal.moment_rating("oa") is False
        forget_events(journal, topic="ta")
        assert models(journal) == models(other)
        assert journal.moment_rating("oa") is None


def test_what_is_forgotten_is_not_kept_as_a_rival_of_something_else(tmp_path: Path) -> None:
    gone = Rival(topic="t9", kind="task", title="a secret", score=0.4, paths=("secret.md",))
    kept = Rival(topic="t8", kind="task", title="no secret", score=0.3, paths=("b.md",))
    with Journal(tmp_path / "journal.db") as journal:
        journal.append(OfferIssued(offer=structs.replace(offer("o1"), rivals=(gone, kept))), T0)
        quiet = silence(about="t7", at=T0 + 1, paths=("c.md",), rivals=(gone, kept))
        journal.append(SilenceDecided(silence=quiet), T0 + 1)
        for forgotten, rivals in (({"paths": ("secret.md",)}, (kept,)), ({"topic": "t8"}, ())):
            forget_events(journal, **forgotten)  # one of its names
            offered, silent = [each.event for each in journal.read_events()]
            assert isinstance(offered, OfferIssued)
            assert isinstance(silent, SilenceDecided)
            assert offered.offer.rivals == silent.silence.rivals == rivals
    assert b"secret" not in (tmp_path / "journal.db").read_bytes().replace(b"no secret", b"")


def test_what_came_of_offers_goes_and_the_offers_stay(tmp_path: Path) -> None:
    with journal_of(tmp_path, [*KEPT, *GONE]) as journal:
        came = [each for each in GONE if isinstance(each, ReactionReceived | MomentAsked | MomentRated)]
        assert forget_events(journal, reactions={"oa"}) == ForgottenCounts(events=len(came))
        assert left(journal) == [*KEPT, *(each for each in GONE if each not in came)]
        assert replay_events(journal.read_events()).outcomes["oa"].reaction is None


def test_when_notes_were_changed_goes_alone(tmp_path: Path) -> None:
    with journal_of(tmp_path, [*KEPT, NotesEdited(paths=("a.md", "b.md")), NotesEdited(paths=("b.md",))]) as journal:
        assert forget_events(journal, touches=True) == ForgottenCounts(events=2)
        assert left(journal) == KEPT


def test_a_dry_run_counts_the_same_and_deletes_nothing(tmp_path: Path) -> None:
    happened = [*KEPT, *GONE, NotesEdited(paths=("a.md", "b.md"))]
    with journal_of(tmp_path, happened) as journal:
        would = forget_events(journal, paths=("a.md",), dry=True)
        assert left(journal) == happened
        assert forget_events(journal, paths=("a.md",)) == would
        assert would.events == len(GONE) + 1
