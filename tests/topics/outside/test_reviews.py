"""Topics of reviews: what waits for the owner on pull requests and elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.contract import SourceItem
from proactive_tui.sources.forge.forge_items import item_of_noteworthy, items_of_pull
from proactive_tui.sources.forge.forge_port import ForgeActor, ForgeNoteworthy, ForgePull, NoteworthyForm
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.reviews import mine_reviews
from proactive_tui.topics.tenderness.gate import is_tender_topic
from tests.sources.forge.pulls import ADA, HOUR, KOFI, MARA, ROBOT, START, failed, pull, said, talk, verdict
from tests.topics.builders import library, note

NOW = START + 8 * HOUR
SERVING = note("# Serving\n\nThe courier must never swallow an exception in its retry loop.\n", "serving.md")
BREAD = note("# Bread\n\nThe rye starter wants feeding each morning.\n", "bread.md")
SWALLOWS = "issue (blocking): this swallows the exception, so that the courier never sees an error."


def mine(items: Iterable[SourceItem], *notes: Note, at: float = NOW) -> list[Topic]:
    return mine_reviews(with_items(items, *notes), at)


def with_items(items: Iterable[SourceItem], *notes: Note) -> MiningContext:
    parsed = [note_of_item(item) for item in items]
    return dataclasses.replace(library(*notes), items={item.path: item for item in parsed})


def waiting(form: NoteworthyForm, *, hours: float = 1.0, **facts: object) -> SourceItem:
    known = {
        "id": "I_7", "form": form, "repository": "acme/web", "number": 7, "title": "Sort the list",
        "text": "The list is unsorted.", "address": "https://github.com/acme/web/issues/7", "author": MARA,
        "at": START + hours * HOUR, "updated_at": START + hours * HOUR,
    }  # fmt: skip
    return item_of_noteworthy("github.com", ForgeNoteworthy(**{**known, **facts}))  # type: ignore[arg-type]


def of_pull(found: ForgePull) -> list[SourceItem]:
    return list(items_of_pull("github.com", found))


def three_comments() -> ForgePull:
    return pull(
        comments=(said("c", "Nice! Did you measure it?", by=KOFI, hours=2),),
        threads=(
            talk("t", said("a", "nit: a blank too many", hours=3), line=7),
            talk("u", said("b", SWALLOWS, hours=4)),
        ),
    )


def test_one_topic_for_a_pull_request_with_what_blocks_first() -> None:
    (topic,) = mine(of_pull(three_comments()), SERVING, BREAD)
    assert (topic.kind, topic.title) == ("review", "Retry uploads with backoff")
    assert topic.detail.facts() == {
        "review": "comments", "PR": "acme/api#12", "opened": "2025-11-22", "new comments": "3",
        "blocking": "said to block", "blocked by": "mara", "concern": "error handling", "place": "src/retry.py:41",
        "tie strength": "0.59",
    }  # fmt: skip
    first = topic.evidence[0]
    assert first.text == SWALLOWS
    assert first.origin is not None
    assert (first.origin.author, first.origin.place, first.is_others) == ("mara", "src/retry.py:41", True)
    assert topic.people == ("mara", "kofi")


def test_the_note_that_bears_on_a_comment_stands_behind_it() -> None:
    (topic,) = mine(of_pull(three_comments()), SERVING, BREAD)
    assert [line.path.partition("://")[0] for line in topic.evidence] == ["forge", "serving.md", "forge", "forge"]
    assert not topic.evidence[1].is_others
    (alone,) = mine(of_pull(three_comments()), BREAD)
    assert all(line.is_others for line in alone.evidence)
    assert topic.salience > alone.salience


def test_what_came_before_the_owner_acted_is_no_news() -> None:
    assert mine(of_pull(pull(comments=(said("c", by=KOFI), said("d", "Thanks", by=ADA, hours=2))))) == []
    assert mine(of_pull(pull(comments=(said("c", by=KOFI),), pushed_at=START + 2 * HOUR))) == []
    after = pull(comments=(said("d", "Thanks", by=ADA, hours=2), said("e", "And now?", by=KOFI, hours=3)))
    assert mine(of_pull(after))[0].detail.new_comments == "1"


def test_what_still_blocks_is_told_although_it_is_no_news() -> None:
    found = pull(threads=(talk("t", said("a", SWALLOWS)),), pushed_at=START + 3 * HOUR)
    (topic,) = mine(of_pull(found))
    assert topic.detail.new_comments is None
    assert topic.detail.blocking == "said to block"


@pytest.mark.parametrize(
    "quiet",
    [
        pull(comments=(said("c", "Coverage is 80 per cent", by=ROBOT),)),
        pull(threads=(talk("t", said("a", SWALLOWS), resolved=True),)),
        pull(threads=(talk("t", said("a"), outdated=True),)),
        pull(reviews=(verdict("r", "approved", "Ship it"),)),
        pull(),
    ],
    ids=["program", "resolved", "outdated", "approved", "nothing"],
)
def test_what_asks_nothing_of_the_owner_is_no_topic(quiet: ForgePull) -> None:
    assert mine(of_pull(quiet)) == []


def test_failed_checks_are_told() -> None:
    (topic,) = mine(of_pull(pull(checks=(failed(), failed("lint"), failed("slow", state="passed")))))
    assert (topic.detail.review, topic.detail.failed_checks, topic.detail.check) == ("checks", "2", "lint")
    assert topic.people == ()


def test_the_cause_changes_with_news_and_the_id_does_not() -> None:
    (before,) = mine(of_pull(three_comments()))
    (same,) = mine(of_pull(three_comments()), at=NOW + HOUR)
    found = three_comments()
    (after,) = mine(of_pull(pull(threads=found.threads, comments=(*found.comments, said("z", "Ping", hours=6)))))
    assert before.id == same.id == after.id
    assert before.cause == same.cause != after.cause


def test_a_draft_counts_less_and_old_things_fade() -> None:
    (topic,) = mine(of_pull(three_comments()))
    draft = pull(draft=True, threads=three_comments().threads)
    assert mine(of_pull(draft))[0].salience < topic.salience
    assert mine(of_pull(three_comments()), at=NOW + 30 * 24 * HOUR)[0].salience < topic.salience / 2


def test_the_surer_the_reason_the_more_it_counts() -> None:
    texts = ["suggestion (non-blocking): x", "Could be clearer", "issue: wrong sum", SWALLOWS]
    worths = [mine(of_pull(pull(threads=(talk("t", said("a", text)),))))[0].salience for text in texts]
    assert worths == sorted(worths)


def test_reviews_asked_mentions_and_resting_issues() -> None:
    late = START + 60 * HOUR
    (asked,) = mine([waiting("review request")], at=late)
    assert (asked.detail.review, asked.detail.asked_by, asked.detail.opened) == ("asked", "mara", "2025-11-22")
    (mention,) = mine([waiting("mention", text="@ada what do you think?")], at=late)
    assert mention.detail.review == "mention"
    (issue,) = mine([waiting("issue")], at=START + 8 * 24 * HOUR)
    assert (issue.detail.review, issue.detail.last_written) == ("assigned", "2025-11-22")
    assert asked.salience > issue.salience


def test_what_is_answered_fresh_or_moving_is_left_alone() -> None:
    assert mine([waiting("mention", answered=True)]) == []
    assert mine([waiting("review request")], at=START + 1.5 * HOUR) == []
    assert mine([waiting("issue")], at=START + 24 * HOUR) == []


def test_a_review_asked_grows_for_some_days() -> None:
    first, later = (mine([waiting("review request")], at=START + hours * HOUR)[0].salience for hours in (4, 72))
    assert later > first


def test_one_topic_where_a_thing_waits_for_two_reasons() -> None:
    late = START + 60 * HOUR
    assert len(mine([waiting("review request"), waiting("mention", id="c")], at=late)) == 1


def test_a_deleted_account_is_not_named() -> None:
    (topic,) = mine(of_pull(pull(threads=(talk("t", said("a", SWALLOWS, by=ForgeActor())),))))
    assert topic.people == ()


def test_hurt_is_left_out_and_code_is_not_taken_for_it() -> None:
    hurt = said("c", "Sorry, my mother died on Tuesday and I cannot stop crying.", by=KOFI, hours=2)
    about_code = talk("t", said("a", "If the parent dies, the orphaned children are never reaped.", hours=3))
    (topic,) = mine(of_pull(pull(comments=(hurt,), threads=(about_code,))))
    assert [line.text[:13] for line in topic.evidence] == ["If the parent"]
    assert not is_tender_topic(topic, {})
    assert mine(of_pull(pull(comments=(hurt,)))) == []
