"""Which comment blocks, and why."""

from __future__ import annotations

from proactive_tui.sources.forge.blocking import find_blocking
from proactive_tui.sources.forge.forge_port import ForgePull
from tests.sources.forge.pulls import ADA, KOFI, ROBOT, pull, said, talk, verdict


def blocking(found: ForgePull) -> list[tuple[str, str]]:
    return [(one.comment, one.reason) for one in find_blocking(found)]


def test_an_open_thread_blocks() -> None:
    assert blocking(pull(threads=(talk("t", said("a")),))) == [("a", "open thread")]


def test_threads_that_are_settled_do_not() -> None:
    assert blocking(pull(threads=(talk("t", said("a"), resolved=True), talk("u", said("b"), outdated=True)))) == []


def test_nits_praise_and_what_is_said_not_to_block_never_do() -> None:
    texts = (
        "nit: blank",
        "praise: good",
        "suggestion (non-blocking): x",
        "question (non-blocking): why?",
        "thought: y",
    )
    threads = tuple(talk(f"t{place}", said(f"a{place}", text)) for place, text in enumerate(texts))
    assert blocking(pull(threads=threads)) == []
    demanding = verdict("r", "changes requested", "See below.", hours=2)
    assert blocking(pull(threads=threads, reviews=(demanding,))) == [("r", "changes requested")]


def test_the_surest_reason_comes_first() -> None:
    found = pull(
        threads=(
            talk("t", said("open", hours=1)),
            talk("u", said("issue", "issue: wrong sum", hours=2)),
            talk("v", said("blocks", "issue (blocking): it swallows errors", hours=3)),
        ),
        reviews=(verdict("r", "changes requested", "Not yet.", by=KOFI, hours=4),),
    )
    assert blocking(found) == [
        ("blocks", "said to block"),
        ("r", "changes requested"),
        ("issue", "issue"),
        ("open", "open thread"),
    ]


def test_changes_are_asked_by_the_last_verdict_of_each_reviewer() -> None:
    asked = verdict("r1", "changes requested", "Not yet.", hours=1)
    assert blocking(pull(reviews=(asked, verdict("r2", "commented", "Hm.", hours=2)))) == [("r1", "changes requested")]
    assert blocking(pull(reviews=(asked, verdict("r2", "approved", hours=2)))) == []
    assert blocking(pull(reviews=(asked, verdict("r2", "dismissed", hours=2)))) == []
    assert blocking(pull(reviews=(asked, verdict("r2", "approved", by=KOFI, hours=2)))) == [("r1", "changes requested")]


def test_a_silent_verdict_is_told_by_its_threads() -> None:
    asked = verdict("r", "changes requested", hours=1)
    assert blocking(pull(reviews=(asked,))) == [("r", "changes requested")]
    assert blocking(pull(reviews=(asked,), threads=(talk("t", said("a")),))) == [("a", "changes requested")]
    assert blocking(pull(reviews=(asked,), threads=(talk("t", said("a", "nit: x")),))) == [("r", "changes requested")]


def test_where_the_owner_has_the_last_word_an_open_thread_waits_for_others() -> None:
    answered = talk("t", said("a"), said("b", "Done.", by=ADA, hours=2))
    assert blocking(pull(threads=(answered,))) == []
    again = talk("t", said("a"), said("b", "Done.", by=ADA, hours=2), said("c", "Not quite.", hours=3))
    assert blocking(pull(threads=(again,))) == [("a", "open thread")]
    issue = talk("t", said("a", "issue: wrong"), said("b", "Done.", by=ADA, hours=2))
    assert blocking(pull(threads=(issue,))) == [("a", "issue")]


def test_who_began_a_thread_may_take_it_back() -> None:
    taken = talk("t", said("a", "issue: wrong"), said("b", "(non-blocking) on second thought", hours=2))
    assert blocking(pull(threads=(taken,))) == []
    by_another = talk("t", said("a", "issue: wrong"), said("b", "nit: hardly", by=KOFI, hours=2))
    assert blocking(pull(threads=(by_another,))) == [("a", "issue")]


def test_programs_and_the_owner_block_nothing() -> None:
    found = pull(
        threads=(talk("t", said("a", "issue (blocking): coverage fell", by=ROBOT)), talk("u", said("b", by=ADA))),
        reviews=(verdict("r", "changes requested", "No.", by=ROBOT),),
        comments=(said("c", "blocker: no tests", by=ROBOT),),
    )
    assert blocking(found) == []


def test_a_remark_blocks_until_the_owner_answers_or_pushes() -> None:
    remark = said("c", "blocker: no tests", hours=2)
    assert blocking(pull(comments=(remark,))) == [("c", "said to block")]
    assert blocking(pull(comments=(remark, said("d", "On it.", by=ADA, hours=3)))) == []
    assert blocking(pull(comments=(remark,), pushed_at=remark.at + 1)) == []
    assert blocking(pull(comments=(said("c", "This is bad and must not be merged!"),))) == []


def test_hidden_comments_and_deleted_accounts() -> None:
    from msgspec.structs import replace

    from proactive_tui.sources.forge.forge_port import ForgeActor

    hidden = replace(said("a", "issue: x"), hidden=True)
    assert blocking(pull(threads=(talk("t", hidden),))) == []
    assert blocking(pull(threads=(talk("t", said("a", "issue: x", by=ForgeActor())),))) == [("a", "issue")]
    assert blocking(pull(threads=(talk("t"),))) == []
