"""Framings: what suits what, and how the choice among them is learned."""

from __future__ import annotations

import random

import msgspec
import pytest

from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.offer_values import Offer, Opener
from proactive_tui.model.shared_words import FRAMINGS, TOPIC_KINDS, Framing, Kind, Reaction
from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.talk.bandit import FramingBandit
from proactive_tui.talk.framings import FRAMING_SPECS, last_recalled, suitable_framings
from tests.talk.topics import ALL, DAY, HASHING, LEASES, NOW, NUMBERS, PREVOTE, QUEUES, RETRIES, RUNNING, evidence


def offer(topic: Topic, framing: Framing, propensity: float = 0.5) -> Offer:
    return Offer(
        id="o", at=NOW, topic=topic, opener=Opener(text="", framing=framing, spoken_by="template"), score=0.0,
            features={},
        contributions={}, channels={}, propensity={"framing": propensity}, when={}, receptivity=0.5,
    )  # fmt: skip


def shown(framing: Framing, at: float, topic: str = "other", reaction: Reaction | None = None) -> OfferOutcome:
    return OfferOutcome(
        offer="o", topic=topic, aliases=(), cause="", kind="task", framing=framing, at=at, reaction=reaction
    )


def test_every_framing_is_there_and_every_topic_has_some() -> None:
    assert tuple(FRAMING_SPECS) == FRAMINGS
    for topic in ALL:
        assert suitable_framings(topic)


@pytest.mark.parametrize(
    ("topic", "framing"),
    [(PREVOTE, "question"), (NUMBERS, "next step"), (RETRIES, "next step"), (LEASES, "quiz"), (HASHING, "quiz"),
        (QUEUES, "connect"), (RUNNING, "next step")],
    ids=lambda each: each.kind if isinstance(each, Topic) else each,
)  # fmt: skip
def test_the_prior_is_sensible(topic: Topic, framing: Framing) -> None:
    chances = FramingBandit().framing_probabilities(topic, [], NOW)
    assert max(chances, key=lambda each: chances[each]) == framing
    assert sum(chances.values()) == pytest.approx(1)
    assert min(chances.values()) > 0, "everything that suits is tried now and then"


def test_what_does_not_suit_sleeps() -> None:
    assert "quiz" not in FramingBandit().framing_probabilities(NUMBERS, [], NOW)
    assert "connect" not in FramingBandit().framing_probabilities(
        msgspec.structs.replace(LEASES, evidence=LEASES.evidence[:1]), [], NOW
    )


def test_a_framing_just_used_is_worth_less_and_recovers() -> None:
    fresh = FramingBandit().framing_probabilities(PREVOTE, [], NOW)["question"]
    used = [
        FramingBandit().framing_probabilities(PREVOTE, [shown("question", NOW - days * DAY)], NOW)["question"]
        for days in (0, 0.3, 3)
    ]
    assert used[0] < used[1] < used[2] == pytest.approx(fresh, abs=0.01)


def test_the_same_topic_is_not_put_the_same_way_again() -> None:
    history = [shown("question", NOW - 2 * DAY, topic=PREVOTE.id)]
    chances = FramingBandit().framing_probabilities(PREVOTE, history, NOW)
    assert max(chances, key=lambda each: chances[each]) != "question"


@pytest.mark.parametrize(
    ("recalled", "framing"), [(0.0, "recap"), (0.1, "recap"), (0.3, "quiz"), (0.5, "quiz"), (0.8, None), (1.0, None)]
)
def test_what_was_said_from_memory_decides_how_it_is_put_the_next_time(
    recalled: float, framing: Framing | None
) -> None:
    weeks_later = [shown("quiz", NOW - 21 * DAY, topic=HASHING.id)]
    worth = FramingBandit().expected_rewards(HASHING, weeks_later, NOW, recalled)
    best = max(worth, key=lambda each: worth[each])
    assert best == framing if framing else best not in ("quiz", "recap"), "what was known is used, not asked again"


def test_the_latest_recall_of_any_note_of_a_topic_counts() -> None:
    first, second = (passage.path for passage in QUEUES.evidence[:2])
    told = {
        first: (NoteRecall(NOW - 9 * DAY, 1.0), NoteRecall(NOW - 3 * DAY, 0.4)),
        "elsewhere.md": (NoteRecall(NOW, 0.0),),
    }
    assert last_recalled(QUEUES, told) == 0.4
    assert last_recalled(QUEUES, told | {second: (NoteRecall(NOW - DAY, 0.2),)}) == 0.2
    assert last_recalled(PREVOTE, told) is None
    assert FramingBandit().expected_rewards(PREVOTE, [], NOW, None) == FramingBandit().expected_rewards(
        PREVOTE, [], NOW
    )


def test_what_was_never_shown_or_lies_ahead_does_not_count() -> None:
    history = [shown("question", NOW, reaction="withdrawn"), shown("question", NOW + DAY)]
    assert FramingBandit().framing_probabilities(PREVOTE, history, NOW) == FramingBandit().framing_probabilities(
        PREVOTE, [], NOW
    )


def test_it_learns_which_framing_is_welcome() -> None:
    framings = FramingBandit()
    before = framings.framing_probabilities(PREVOTE, [], NOW)
    for _ in range(20):
        framings.learn(offer(PREVOTE, "next step"), "followed up", NOW)
        framings.learn(offer(PREVOTE, "question"), "ignored", NOW)
    after = framings.framing_probabilities(PREVOTE, [], NOW)
    assert after["next step"] > after["question"]
    assert before["next step"] < before["question"]


@pytest.mark.parametrize("reaction", ["not now", "snoozed", "withdrawn"])
def test_a_bad_moment_says_nothing_about_the_wording(reaction: Reaction) -> None:
    framings = FramingBandit()
    framings.learn(offer(PREVOTE, "recap"), "engaged", NOW)
    framings.learn(offer(PREVOTE, "question"), "ignored", NOW)
    before = framings.expected_rewards(PREVOTE, [], NOW)
    framings.learn(offer(PREVOTE, "question"), reaction, NOW)
    assert framings.expected_rewards(PREVOTE, [], NOW) == before


def test_nothing_is_learned_from_one_side_alone() -> None:
    framings = FramingBandit()
    framings.learn(offer(PREVOTE, "question"), "engaged", NOW)
    assert framings.learned_advantage("question") == 0.0


def test_replay_builds_the_same_and_the_draw_is_by_the_seed() -> None:
    def lived() -> FramingBandit:
        framings, rng = FramingBandit(), random.Random(5)
        for topic in ALL * 5:
            name, chance = framings.choose(topic, [], NOW, rng)
            framings.learn(
                offer(topic, name, chance), rng.choice(["engaged", "ignored", "not this", "followed up"]), NOW
            )
        return framings

    one, other = lived(), lived()
    assert [one.expected_rewards(each, [], NOW) for each in ALL] == [
        other.expected_rewards(each, [], NOW) for each in ALL
    ]
    assert one.choose(LEASES, [], NOW, random.Random(1)) == other.choose(LEASES, [], NOW, random.Random(1))


def test_the_propensity_is_how_often_it_is_drawn() -> None:
    framings, rng = FramingBandit(), random.Random(2)
    drawn = [framings.choose(LEASES, [], NOW, rng) for _ in range(4000)]
    chances = framings.framing_probabilities(LEASES, [], NOW)
    for name, chance in chances.items():
        assert sum(each == name for each, _ in drawn) / 4000 == pytest.approx(chance, abs=0.03)
    assert all(chances[name] == chance for name, chance in drawn)


def test_it_beats_chance_with_a_person_who_has_a_taste() -> None:
    """A simulated owner who follows up on recaps and ignores questions: offers in the second month go better."""
    framings, rng = FramingBandit(), random.Random(11)
    history: list[OfferOutcome] = []
    welcome: list[bool] = []
    for number in range(180):
        at = NOW + number * DAY / 3
        name, chance = framings.choose(LEASES, history, at, rng)
        liked = rng.random() < (0.8 if name == "recap" else 0.2)
        reaction: Reaction = "followed up" if liked else "ignored"
        framings.learn(offer(LEASES, name, chance), reaction, at)
        history.append(shown(name, at, topic=f"t{number}", reaction=reaction))
        welcome.append(liked)
    chances = framings.framing_probabilities(LEASES, history[:0], NOW)
    assert max(chances, key=lambda each: chances[each]) == "recap"
    assert sum(welcome[90:]) > 0.5 * 90


def test_what_holds_for_one_kind_does_not_hold_for_another() -> None:
    framings = FramingBandit()
    for _ in range(30):
        for topic, liked, other in ((PREVOTE, "question", "next step"), (NUMBERS, "next step", "question")):
            framings.learn(offer(topic, liked), "followed up", NOW)  # type: ignore[arg-type]
            framings.learn(offer(topic, other), "not this", NOW)  # type: ignore[arg-type]
    assert (
        framings.learned_advantage("question", PREVOTE.kind)
        > 0.3
        > -0.3
        > framings.learned_advantage("question", NUMBERS.kind)
    )
    assert abs(framings.learned_advantage("question")) < 0.1
    assert framings.learned_advantage("question", "goal") == pytest.approx(framings.learned_advantage("question")), (
        "of which nothing was seen"
    )
    effects = {(kind, framing): (times, lead) for kind, framing, times, lead in framings.kind_effects()}
    assert effects[PREVOTE.kind, "question"][0] == 30
    assert effects[PREVOTE.kind, "question"][1] > 0.5


def test_what_is_being_learned_is_asked_rather_than_told() -> None:
    plain = msgspec.structs.replace(
        LEASES, tags=(), evidence=tuple(msgspec.structs.replace(each, path="notes/a.md") for each in LEASES.evidence)
    )
    course = msgspec.structs.replace(plain, tags=("course",))
    framings = FramingBandit()
    before, after = (framings.framing_probabilities(each, (), NOW) for each in (plain, course))
    assert after["question"] + after.get("quiz", 0.0) > before["question"] + before.get("quiz", 0.0) + 0.1
    assert after["recap"] < before["recap"]


def test_somebody_annoyed_gets_the_plain_framing() -> None:
    assert FramingBandit().choose(RETRIES, (), NOW, random.Random(1), plain=True) == ("question", 1.0)


BOX = evidence("plan.md", "- [ ] order the flour")
SAYING = evidence("text.md", "A lease trades the availability of the writes for cheap reads.")
ASKING = evidence("text.md", "Does the lease hold when the clocks run apart?")


def about(kind: Kind, *quoted: Evidence, tags: tuple[str, ...] = (), **facts: str) -> Topic:
    return Topic(id="t", kind=kind, title="t", at=NOW, evidence=quoted, tags=tags, detail=TopicDetails(**facts))


@pytest.mark.parametrize(
    ("topic", "framing", "suits"),
    [
        (about("fading", SAYING), "quiz", True),
        (about("thread", BOX, tags=("course",), told="task"), "quiz", False),
        (about("thread", SAYING, tags=("course",), told="last line"), "quiz", True),
        (about("thread", SAYING, told="last line"), "quiz", False),
        (about("theme", BOX, tags=("course",)), "quiz", False),
        (about("theme", SAYING, tags=("course",)), "quiz", True),
        (about("thread", SAYING, told="last line"), "next step", False),
        (about("thread", BOX, told="task"), "next step", True),
        (about("thread", SAYING, told="unfinished"), "next step", True),
        (about("theme", SAYING, SAYING), "next step", False),
        (about("theme", SAYING, BOX), "next step", True),
        (about("theme", SAYING, ASKING), "next step", True),
        (about("task", BOX), "next step", True),
        (about("thread", BOX, told="task"), "recap", False),
        (about("thread", SAYING, told="last line"), "recap", True),
        (about("open question", ASKING), "recap", False),
        (about("open question", ASKING, BOX), "recap", True),
        (about("goal", SAYING), "recap", False),
        (about("goal", SAYING, last_entry="2026-11-20"), "recap", True),
        (about("theme", ASKING), "recap", False),
    ],
)
def test_a_framing_fits_what_the_text_says(topic: Topic, framing: Framing, suits: bool) -> None:
    assert (framing in {spec.name for spec in suitable_framings(topic)}) is suits


@pytest.mark.parametrize("kind", TOPIC_KINDS)
def test_every_kind_can_be_asked_about(kind: Kind) -> None:
    assert "question" in {spec.name for spec in suitable_framings(about(kind, BOX))}


def test_a_journal_teaches_of_a_framing_that_fits_no_longer() -> None:
    framings = FramingBandit()
    for _ in range(5):
        framings.learn(offer(PREVOTE, "recap"), "not this", NOW)
        framings.learn(offer(PREVOTE, "question"), "engaged", NOW)
    assert "recap" not in framings.framing_probabilities(PREVOTE, [], NOW)
    assert framings.learned_advantage("question", PREVOTE.kind) > 0
