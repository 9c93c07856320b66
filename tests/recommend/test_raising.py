"""What may be raised at all, by what the owner said of lines and folders."""

from __future__ import annotations

import random

from msgspec import structs

from proactive_tui.config import Config
from proactive_tui.learning.reader_experience import DISOWNED_SHIFT, NO_SHIFTS, ReaderExperience, ReadingShifts
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.explain import strongest_reasons
from proactive_tui.recommend.raising import read_rows
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import NOW, offer, topic


def line(name: str, path: str, heading: str) -> Topic:
    quoted = Evidence(path=path, line_start=1, line_end=1, text=f"- [ ] {name}", heading=(heading,), passage=name)
    return topic(name, "task", evidence=(quoted,))


POOL = (
    *(line(f"backlog {number}", "work/minutes.md", "Backlog") for number in range(4)),
    line("mine", "work/minutes.md", "For me"),
    line("home", "home/plan.md", "Backlog"),
)
TABLE = TopicTable.from_topics(POOL, {})


def learned(*names: str) -> ReadingShifts:
    reading = ReaderExperience()
    for number, name in enumerate(names):
        about = next(each for each in POOL if each.id == name)
        reading.learn(offer({}, name, about=about), "not mine", NOW + number)
    return reading.shifts_at(NOW + 60)


def suggested(reading: ReadingShifts = NO_SHIFTS, *unraised: str) -> dict[str, dict[str, float]]:
    context = RetrievalContext(reading=reading, unraised=frozenset(unraised))
    made = Recommender(Config()).suggest(TABLE, Moment(at=NOW + 60), context, random.Random(1))
    return {each.topic.id: each.features for each in made}


def test_after_two_not_mine_the_rest_of_the_heading_is_not_offered_and_all_else_is() -> None:
    before, after = suggested(), suggested(learned("backlog 0", "backlog 1"))
    assert before.keys() == {each.id for each in POOL}
    assert after.keys() == {"mine", "home"}
    assert after == {name: before[name] for name in after}, "untouched"


def test_after_one_the_rest_is_worth_less_and_why_says_so() -> None:
    context = RetrievalContext(reading=learned("backlog 0"))
    made = Recommender(Config()).suggest(TABLE, Moment(at=NOW + 60), context, random.Random(1))
    scores = {each.topic.id: each.score for each in made}
    assert max(scores[f"backlog {number}"] for number in range(4)) < scores["mine"]
    told = next(each for each in made if each.topic.id == "backlog 2")
    reason = next(each for each in strongest_reasons(told) if each.feature == "yours before")
    assert (reason.words, reason.contribution < 0) == ("lines under “Backlog” were not yours before", True)
    assert "yours before" not in {each.feature for each in strongest_reasons(made[0])}


def test_nothing_that_rests_on_a_note_of_an_unraised_folder_is_offered() -> None:
    assert suggested(NO_SHIFTS, "work").keys() == {"home"}
    assert suggested(NO_SHIFTS, "home/plan.md", "wor").keys() == {each.id for each in POOL} - {"home"}
    both = structs.replace(POOL[-1], evidence=(*POOL[-1].evidence, *POOL[0].evidence))
    table = TopicTable.from_topics([both], {})
    assert read_rows(table, NO_SHIFTS, {"work"}).silent.tolist() == [0]


def test_the_shift_of_each_row_is_that_of_its_topic() -> None:
    read = read_rows(TABLE, learned("backlog 0", "backlog 1"), ())
    assert [TABLE.topics[row].id for row in read.silent] == [f"backlog {number}" for number in range(4)]
    assert (read.shifts <= DISOWNED_SHIFT).sum() == 4
