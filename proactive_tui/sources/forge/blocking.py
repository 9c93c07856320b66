"""Decides which comment keeps a pull request from being merged, and why; from codes and marks, never from tone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from proactive_tui.sources.forge.conventional import parse_conventional, read_stance
from proactive_tui.sources.forge.forge_port import ForgeComment, ForgePull, ForgeReview, ForgeThread

BlockingReason = Literal["said to block", "changes requested", "issue", "open thread"]
"""Why something blocks, the surest first: the comment says so; its review asks for changes; it is labelled as an issue,
to do or chore; its thread is open and its lines still stand."""

REASON_ORDER: Final[dict[BlockingReason, int]] = {
    "said to block": 0,
    "changes requested": 1,
    "issue": 2,
    "open thread": 3,
}


class BlockingComment(NamedTuple):
    """The comment that blocks, with its reason."""

    comment: str
    reason: BlockingReason


def find_blocking(pull: ForgePull) -> tuple[BlockingComment, ...]:
    """What blocks a pull request of the owner's, by ids of comments and reviews, the surest reason first.

    Only others block; no program does. A thread that is resolved, or whose lines are gone, does not, nor one in which
    the owner has the last word, unless its comment says that it blocks or its author still asks for changes.
    """
    demanding = {review.said.author.name for review in standing_reviews(pull) if review.state == "changes requested"}
    found = [*_blocking_threads(pull, demanding), *_blocking_reviews(pull, demanding), *_blocking_remarks(pull)]
    at = {said.id: said.at for said in all_said(pull)}
    return tuple(sorted(found, key=lambda one: (REASON_ORDER[one.reason], at[one.comment], one.comment)))


def standing_reviews(pull: ForgePull) -> tuple[ForgeReview, ...]:
    """The last verdict of each reviewer; a review that only comments takes none back, one that was dismissed does."""
    last: dict[str, ForgeReview] = {}
    for review in sorted(pull.reviews, key=lambda review: (review.said.at, review.said.id)):
        author = review.said.author
        if review.state != "commented" and not author.own and not author.is_bot:
            last[author.name] = review
    return tuple(last.values())


def is_open_thread(thread: ForgeThread) -> bool:
    """Whether a thread still asks something of the code as it is."""
    return bool(thread.comments) and not thread.resolved and not thread.outdated


def _blocking_threads(pull: ForgePull, demanding: set[str]) -> Iterator[BlockingComment]:
    for thread in pull.threads:
        if not is_open_thread(thread):
            continue
        first, last = thread.comments[0], thread.comments[-1]
        if not _may_block(first):
            continue
        stance = read_stance(first.text)
        if stance == "not blocking" or _taken_back(thread):
            continue
        if stance == "blocking":
            yield BlockingComment(first.id, "said to block" if _says_it(first.text) else "issue")
        elif first.author.name in demanding:
            yield BlockingComment(first.id, "changes requested")
        elif not last.author.own:
            yield BlockingComment(first.id, "open thread")


def _blocking_reviews(pull: ForgePull, demanding: set[str]) -> Iterator[BlockingComment]:
    """Reviews that ask for changes in words, or whose author has no open thread that would say what is asked."""
    speaking = {
        thread.comments[0].author.name
        for thread in pull.threads
        if is_open_thread(thread) and read_stance(thread.comments[0].text) != "not blocking"
    }
    for review in standing_reviews(pull):
        author = review.said.author.name
        if author in demanding and (review.said.text.strip() or author not in speaking):
            yield BlockingComment(review.said.id, "changes requested")


def _blocking_remarks(pull: ForgePull) -> Iterator[BlockingComment]:
    """Comments outside of threads, and reviews that only comment, which say of themselves that they block.

    Nothing marks them as settled, so that an answer or a push of the owner's after them does.
    """
    settled = max([pull.pushed_at, *(said.at for said in all_said(pull) if said.author.own)], default=0.0)
    remarks = [*pull.comments, *(review.said for review in pull.reviews if review.state == "commented")]
    for said in remarks:
        if _may_block(said) and said.at > settled and read_stance(said.text) == "blocking":
            yield BlockingComment(said.id, "said to block" if _says_it(said.text) else "issue")


def _taken_back(thread: ForgeThread) -> bool:
    """Whether the one who began a thread later said in it that it does not block."""
    first = thread.comments[0]
    return any(
        said.author.name == first.author.name and read_stance(said.text) == "not blocking"
        for said in thread.comments[1:]
    )


def _may_block(said: ForgeComment) -> bool:
    return not said.author.own and not said.author.is_bot and not said.hidden


def _says_it(text: str) -> bool:
    """Whether a comment that blocks says so by a decoration or mark, and not by its label alone."""
    comment = parse_conventional(text)
    return comment is None or bool(comment.decorations)


def all_said(pull: ForgePull) -> Iterator[ForgeComment]:
    """Everything that was said on a pull request."""
    yield from pull.comments
    yield from (review.said for review in pull.reviews)
    for thread in pull.threads:
        yield from thread.comments
