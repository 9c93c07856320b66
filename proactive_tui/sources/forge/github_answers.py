"""Reads GitHub's answers: pure functions from decoded JSON to the port's values. What is missing or null is borne."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from proactive_tui.sources.forge.forge_port import (
    CheckState,
    ForgeActor,
    ForgeCheck,
    ForgeComment,
    ForgeNoteworthy,
    ForgePull,
    ForgeReview,
    ForgeThread,
    ReviewState,
)
from proactive_tui.sources.forge.json_pages import Json

_REVIEW_STATES: dict[str, ReviewState] = {
    "APPROVED": "approved",
    "CHANGES_REQUESTED": "changes requested",
    "COMMENTED": "commented",
    "DISMISSED": "dismissed",
}
_CHECK_STATES: dict[str, CheckState] = {
    "FAILURE": "failed", "TIMED_OUT": "failed", "STARTUP_FAILURE": "failed", "ACTION_REQUIRED": "failed",
    "ERROR": "failed", "SUCCESS": "passed", "NEUTRAL": "passed", "SKIPPED": "passed", "PENDING": "pending",
    "EXPECTED": "pending",
}  # fmt: skip


class PullPage(NamedTuple):
    """A page of the owner's pull requests.

    `more` names those whose threads go on, by id, with the cursor; `skipped` counts those that were left out.
    """

    login: str
    pulls: tuple[ForgePull, ...]
    after: str
    more: dict[str, str]
    skipped: int


def read_pull_page(data: Json) -> PullPage:
    """The pull requests of an answer to `OWN_PULLS`."""
    viewer = data.get("viewer") or {}
    login = text_of(viewer, "login")
    page = viewer.get("pullRequests") or {}
    nodes = page.get("nodes") or []
    there = [node for node in nodes if node]
    open_pulls = [node for node in there if node.get("state", "OPEN") == "OPEN" and not _is_archived(node)]
    more = {
        text_of(node, "id"): cursor for node in open_pulls if (cursor := _next_cursor(node.get("reviewThreads") or {}))
    }
    return PullPage(
        login=login,
        pulls=tuple(read_pull(node, login) for node in open_pulls),
        after=_next_cursor(page),
        more=more,
        skipped=len(nodes) - len(there) + (0 if viewer.get("pullRequests") else 1),
    )


def read_pull(node: Json, login: str) -> ForgePull:
    """A pull request of the owner `login`."""
    head = next(iter(_list_nodes(node, "commits")), {}).get("commit") or {}
    pushes = [
        read_time(head.get("committedDate")),
        *(read_time(event.get("createdAt")) for event in _timeline_nodes(node)),
    ]
    updated = read_time(node.get("updatedAt"))
    return ForgePull(
        id=text_of(node, "id"),
        repository=_repository_name(node),
        number=int(node.get("number") or 0),
        title=text_of(node, "title"),
        text=text_of(node, "body"),
        address=text_of(node, "url"),
        author=_read_actor(node.get("author"), login),
        created_at=read_time(node.get("createdAt")),
        updated_at=updated,
        draft=bool(node.get("isDraft")),
        branch=text_of(node, "headRefName"),
        head=text_of(node, "headRefOid"),
        pushed_at=min(max(pushes), updated or max(pushes)),  # the clock of who committed may be wrong
        comments=tuple(_read_comments(node.get("comments") or {}, login)),
        reviews=tuple(_read_reviews(node, login)),
        threads=read_threads(node.get("reviewThreads") or {}, login),
        checks=tuple(_read_checks(head)),
    )


def read_more_threads(data: Json, login: str) -> tuple[tuple[ForgeThread, ...], str]:
    """The threads of an answer to `MORE_THREADS`, and the cursor of the next ones ("" at the end)."""
    page = (data.get("node") or {}).get("reviewThreads") or {}
    return read_threads(page, login), _next_cursor(page)


def read_threads(page: Json, login: str) -> tuple[ForgeThread, ...]:
    """The review threads of a connection."""
    return tuple(
        ForgeThread(
            id=text_of(node, "id"),
            comments=comments,
            path=text_of(node, "path"),
            line=int(node.get("line") or node.get("originalLine") or 0),
            resolved=bool(node.get("isResolved")),
            outdated=bool(node.get("isOutdated")),
        )
        for node in page.get("nodes") or []
        if node and (comments := tuple(_read_comments(node.get("comments") or {}, login)))
    )


def read_waiting(data: Json) -> tuple[ForgeNoteworthy, ...]:
    """What waits elsewhere, of an answer to `WAITING`."""
    login = text_of(data.get("viewer") or {}, "login")
    asked = [
        _read_conversation("review request", node, login, since=_requested_at(node, login))
        for node in _list_nodes(data, "asked")
        if not node.get("isDraft")
    ]
    assigned = [
        _read_conversation("issue", node, login, since=_assigned_at(node, login))
        for node in _list_nodes(data, "assigned")
    ]
    mentions = [found for node in _list_nodes(data, "mentions") if (found := read_mention(node, login))]
    return tuple(found for found in (*asked, *assigned, *mentions) if found.repository and found.id)


def read_mention(node: Json, login: str) -> ForgeNoteworthy | None:
    """The last comment, or else the text, of an issue or pull request that names the owner; None where none does."""
    comments = tuple(_read_comments(node.get("comments") or {}, login))
    named = [said for said in comments if not said.author.own and not said.hidden and names_login(said.text, login)]
    whole = _read_conversation("mention", node, login, since=read_time(node.get("createdAt")))
    if not named:
        if whole.author.own or not names_login(whole.text, login):
            return None
        return _mark_answered(whole, comments)
    last = max(named, key=lambda said: said.at)
    mention = ForgeNoteworthy(
        id=last.id,
        form="mention",
        repository=whole.repository,
        number=whole.number,
        title=whole.title,
        text=last.text,
        address=last.address or whole.address,
        author=last.author,
        at=last.at,
        updated_at=whole.updated_at,
    )
    return _mark_answered(mention, comments)


def names_login(text: str, login: str) -> bool:
    """Whether a text mentions an account, outside of code."""
    plain = re.sub(r"```.*?(?:```|\Z)|`[^`\n]*`|^>.*$", " ", text, flags=re.DOTALL | re.MULTILINE)
    return bool(login) and bool(re.search(rf"(?<![\w@/.-])@{re.escape(login)}(?![\w/-])", plain, re.IGNORECASE))


def read_notifications(listed: list[Json], web: str) -> tuple[ForgeNoteworthy, ...]:
    """The unread mentions of an answer to GET /notifications; `web` is the address of the site."""
    return tuple(
        found
        for entry in listed
        if entry.get("unread", True) and entry.get("reason") in {"mention", "team_mention"}
        if (found := _read_notification(entry, web))
    )


def read_time(stamp: object) -> float:
    """An ISO time as unix seconds; 0 where there is none."""
    if not isinstance(stamp, str):
        return 0.0
    try:
        moment = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()


def text_of(node: Json, name: str) -> str:
    """A text of a node; "" where it is null."""
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _read_notification(entry: Json, web: str) -> ForgeNoteworthy | None:
    subject, repository = entry.get("subject") or {}, text_of(entry.get("repository") or {}, "full_name")
    match = re.search(r"/(issues|pulls)/(\d+)$", text_of(subject, "url"))
    if not match or not repository:
        return None
    place = "pull" if match[1] == "pulls" else "issues"
    title, at = text_of(subject, "title"), read_time(entry.get("updated_at"))
    return ForgeNoteworthy(
        id=f"notification/{entry.get('id')}",
        form="mention",
        repository=repository,
        number=int(match[2]),
        title=title,
        text=title,
        address=f"{web}/{repository}/{place}/{match[2]}",
        author=ForgeActor(name=""),
        at=at,
        updated_at=at,
    )


def _read_conversation(form: Any, node: Json, login: str, *, since: float) -> ForgeNoteworthy:
    whole = ForgeNoteworthy(
        id=text_of(node, "id"),
        form=form,
        repository=_repository_name(node),
        number=int(node.get("number") or 0),
        title=text_of(node, "title"),
        text=text_of(node, "body"),
        address=text_of(node, "url"),
        author=_read_actor(node.get("author"), login),
        at=since or read_time(node.get("createdAt")),
        updated_at=read_time(node.get("updatedAt")),
    )
    return _mark_answered(whole, _read_comments(node.get("comments") or {}, login))


def _mark_answered(found: ForgeNoteworthy, comments: Any) -> ForgeNoteworthy:
    """With `answered` where the owner said something since."""
    if not any(said.author.own and said.at >= found.at for said in comments):
        return found
    values = {name: getattr(found, name) for name in found.__struct_fields__}
    return ForgeNoteworthy(**{**values, "answered": True})


def _requested_at(node: Json, login: str) -> float:
    times = [
        read_time(event.get("createdAt"))
        for event in _timeline_nodes(node)
        if (reviewer := event.get("requestedReviewer"))
        and (reviewer.get("__typename") == "Team" or same_login(text_of(reviewer, "login"), login))
    ]
    return max(times, default=0.0)


def _assigned_at(node: Json, login: str) -> float:
    events = [
        event for event in _timeline_nodes(node) if same_login(text_of(event.get("assignee") or {}, "login"), login)
    ]
    return max((read_time(event.get("createdAt")) for event in events), default=0.0)


def _read_comments(page: Json, login: str) -> Iterator[ForgeComment]:
    for node in page.get("nodes") or []:
        if node:
            yield _read_comment(node, login, "createdAt")


def _read_comment(node: Json, login: str, stamp: str) -> ForgeComment:
    return ForgeComment(
        id=text_of(node, "id"),
        author=_read_actor(node.get("author"), login),
        text=text_of(node, "body"),
        at=read_time(node.get(stamp)),
        address=text_of(node, "url"),
        hidden=bool(node.get("isMinimized")),
    )


def _read_reviews(node: Json, login: str) -> Iterator[ForgeReview]:
    for review in _list_nodes(node, "reviews"):
        if state := _REVIEW_STATES.get(text_of(review, "state")):  # a pending one is the owner's own draft
            yield ForgeReview(said=_read_comment(review, login, "submittedAt"), state=state)


def _read_checks(commit: Json) -> Iterator[ForgeCheck]:
    rollup = commit.get("statusCheckRollup") or {}
    for node in _list_nodes(rollup, "contexts"):
        is_run = node.get("__typename") == "CheckRun"
        told = text_of(node, "conclusion") if is_run else text_of(node, "state")
        done = not is_run or text_of(node, "status") == "COMPLETED"
        yield ForgeCheck(
            name=text_of(node, "name" if is_run else "context"),
            state=_CHECK_STATES.get(told, "other") if done else "pending",
            summary=text_of(node, "title" if is_run else "description"),
            at=read_time(node.get("completedAt" if is_run else "createdAt")),
            address=text_of(node, "detailsUrl" if is_run else "targetUrl"),
        )


def _read_actor(actor: Json | None, login: str) -> ForgeActor:
    if not actor:
        return ForgeActor()
    name = text_of(actor, "login")
    is_bot = actor.get("__typename") == "Bot" or name.endswith("[bot]")
    return ForgeActor(name=name, is_bot=is_bot, own=not is_bot and same_login(name, login))


def same_login(one: str, other: str) -> bool:
    """Whether two names are one account's: case does not matter."""
    return bool(one) and one.lower() == other.lower()


def _repository_name(node: Json) -> str:
    return text_of(node.get("repository") or {}, "nameWithOwner")


def _is_archived(node: Json) -> bool:
    return bool((node.get("repository") or {}).get("isArchived"))


def _timeline_nodes(node: Json) -> list[Json]:
    return _list_nodes(node, "timelineItems")


def _list_nodes(node: Json, name: str) -> list[Json]:
    return [found for found in (node.get(name) or {}).get("nodes") or [] if found]


def _next_cursor(page: Json) -> str:
    info = page.get("pageInfo") or {}
    return text_of(info, "endCursor") if info.get("hasNextPage") else ""
