"""A pool of notes and of what every source brings, as their miners make it."""

from __future__ import annotations

from typing import Any

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import Kind, SourceName
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from tests.recommend.build import DAY, HOUR, NOW, evidence, topic

TIED = Evidence(path="work/tied.md", line_start=3, line_end=3, text="The line that it meets.", passage="p-tied")


def item_topic(
    name: str,
    kind: Kind,
    source: SourceName,
    author: str = "",
    *,
    tied: bool = False,
    at: float = NOW - HOUR,
    detail: TopicDetails | None = None,
    **more: Any,
) -> Topic:
    """A topic that rests on an item of others', or of the owner's where it has no author."""
    origin = ItemOrigin(source=source, form="item", author=author, own=not author)
    lines = Evidence(path=f"{source}://{name}", line_start=1, line_end=1, text="Words.", passage=name, origin=origin)
    held = (lines, TIED) if tied else (lines,)
    return Topic(id=name, kind=kind, title=name, evidence=held, at=at, detail=detail or TopicDetails(), **more)


def blocking_review(name: str = "blocking", author: str = "mara", **more: Any) -> Topic:
    detail = TopicDetails(review="comments", blocking="said to block", blocked_by=author, new_comments="3")
    return item_topic(name, "review", "forge", author, salience=0.92, detail=detail, **more)


def asked_review(name: str, author: str = "kofi", days: float = 1.0) -> Topic:
    detail = TopicDetails(review="asked", asked_by=author)
    return item_topic(name, "review", "forge", author, salience=0.62, detail=detail, at=NOW - days * DAY)


def failed_checks(name: str = "checks") -> Topic:
    detail = TopicDetails(review="checks", failed_checks="2")
    return item_topic(name, "review", "forge", "ci", salience=0.7, detail=detail)


def meeting_soon(name: str = "planning", minutes: float = 40.0, *, promise: bool = False) -> Topic:
    detail = TopicDetails(starts="2026-06-01T10:30+00:00", tie_strength="1.00" if promise else "0.50")
    due = NOW + 60 * minutes
    return item_topic(
        name,
        "meeting",
        "calendar",
        "Kwame",
        salience=0.85 if promise else 0.6,
        detail=detail,
        due=due,
        tied=True,
        at=NOW,
    )


def stale_branch(name: str = "branch", strength: str | None = None) -> Topic:
    detail = TopicDetails(told="to merge", amount="4", tie_strength=strength)
    tied = strength is not None
    return item_topic(name, "unfinished work", "git", salience=0.55, detail=detail, at=NOW - 9 * DAY, tied=tied)


def story(
    name: str, feed: str = "A Blog", strength: float = 0.9, days: float = 0.3, *, old_line: bool = False
) -> Topic:
    worth = strength * (0.5 + 0.5 * 0.5 ** (days / 3.0)) * (0.75 if old_line else 1.0)
    detail = TopicDetails(meets="note" if old_line else "theme", tie_strength=f"{strength:.2f}")
    return item_topic(name, "news", "news", feed, salience=worth, detail=detail, at=NOW - days * DAY, tied=True)


def late_evenings(name: str = "evenings") -> Topic:
    detail = TopicDetails(told="bedtime", course="missed", tie_strength="0.80")
    return item_topic(name, "rhythm", "activity", salience=0.5, detail=detail, at=NOW - DAY, tied=True)


def note_topics() -> list[Topic]:
    """What the notes bring: something promised and overdue, an open question, an old idea."""
    return [
        topic("promised", "task", due=NOW - DAY, salience=0.9, detail=TopicDetails(promised_to="Mara")),
        topic("asked once", "open question", path="work/queue.md", at=NOW - 10 * DAY, salience=0.6),
        topic("old idea", "idea", path="old/idea.md", evidence=(evidence("old/idea.md"),), at=NOW - 300 * DAY),
    ]


def mixed_pool() -> list[Topic]:
    """Notes, and one or more topics of every source."""
    return [
        *note_topics(),
        blocking_review(),
        asked_review("asked", days=3.0),
        failed_checks(),
        meeting_soon(),
        stale_branch(),
        late_evenings(),
        story("strong story"),
        story("weak story", strength=0.5, days=5.0, old_line=True),
    ]
