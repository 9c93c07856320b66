"""Asks Forgejo and Gitea: the owner's open pull requests with reviews and statuses, and what waits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from proactive_tui.sources.forge.answer_memory import AnswerMemory
from proactive_tui.sources.forge.forge_port import (
    ANSWERS,
    CheckState,
    ForgeAccess,
    ForgeActor,
    ForgeCheck,
    ForgeComment,
    ForgeNoteworthy,
    ForgePull,
    ForgeReading,
    ForgeReview,
    ForgeThread,
    NoteworthyForm,
    ReviewState,
)
from proactive_tui.sources.forge.github_answers import names_login, read_time, same_login, text_of
from proactive_tui.sources.forge.json_pages import Json
from proactive_tui.sources.forge.rest_pages import RestReader, number_of, read_each
from proactive_tui.sources.web_client import WebClient

MAX_PULL_REQUESTS: Final = 15
"""Pull requests that are read in full; each takes a few requests."""
MAX_REVIEWS: Final = 15
"""Reviews of a pull request whose comments are read, the newest."""
_FORGEJO_REVIEWS: Final[dict[str, ReviewState]] = {
    "APPROVED": "approved",
    "REQUEST_CHANGES": "changes requested",
    "COMMENT": "commented",
}
_FORGEJO_STATUSES: Final[dict[str, CheckState]] = {
    "failure": "failed",
    "error": "failed",
    "success": "passed",
    "pending": "pending",
    "warning": "passed",
}


class ForgejoForge:
    """Forgejo and Gitea."""

    def read(self, client: WebClient, access: ForgeAccess, state: dict[str, str], _now: float) -> ForgeReading:
        """See `ForgePort.read`. The lists tell what is open now; only answers are kept, to ask for changes."""
        memory = AnswerMemory(state.get(ANSWERS, ""))
        headers = {"Authorization": f"token {access.token}", "Accept": "application/json"}
        rest = RestReader(client, access.api, headers, memory)
        login = text_of(rest.read_object("/user"), "login")
        listed, whole = rest.read_list("/repos/issues/search?type=pulls&state=open&created=true&limit=50")
        pulls, trouble = read_each(listed[:MAX_PULL_REQUESTS], lambda issue: _read_pull(rest, issue, login))
        return ForgeReading(
            pulls=pulls,
            noteworthy=tuple(_read_waiting(rest, login)),
            complete=whole and not trouble and len(listed) <= MAX_PULL_REQUESTS,
            trouble=trouble,
            state={ANSWERS: kept} if (kept := memory.to_state()) else {},
        )


def _read_pull(rest: RestReader, issue: Json, login: str) -> ForgePull:
    repository, number = text_of(issue.get("repository") or {}, "full_name"), number_of(issue, "number")
    base = f"/repos/{quote(repository)}"
    pull = rest.read_object(f"{base}/pulls/{number}")
    comments, _ = rest.read_list(f"{base}/issues/{number}/comments")
    reviews, _ = rest.read_list(f"{base}/pulls/{number}/reviews?limit=50")
    head = text_of(pull.get("head") or {}, "sha")
    status = rest.read_object(f"{base}/commits/{quote(head)}/status") if head else {}
    spoken = [review for review in reviews if number_of(review, "comments_count")][-MAX_REVIEWS:]
    lines = [
        line
        for review in spoken
        for line in rest.read_list(f"{base}/pulls/{number}/reviews/{number_of(review, 'id')}/comments", pages=1)[0]
    ]
    return ForgePull(
        id=f"PULL_{number_of(pull, 'id')}",
        repository=text_of((pull.get("base") or {}).get("repo") or {}, "full_name") or repository,
        number=number,
        title=text_of(pull, "title"),
        text=text_of(pull, "body"),
        address=text_of(pull, "html_url"),
        author=read_forgejo_actor(pull.get("user"), login),
        created_at=read_time(pull.get("created_at")),
        updated_at=read_time(pull.get("updated_at")),
        draft=bool(pull.get("draft")),
        branch=text_of(pull.get("head") or {}, "ref"),
        head=head,
        comments=tuple(_read_comment(said, "comment", login) for said in comments),
        reviews=tuple(_read_reviews(reviews, login)),
        threads=group_threads(lines, login),
        checks=tuple(_read_statuses(status)),
    )


def group_threads(lines: Sequence[Json], login: str) -> tuple[ForgeThread, ...]:
    """The review comments of one place of a file as one thread, as the site shows them."""
    places: dict[tuple[str, int], list[Json]] = {}
    for line in lines:
        place = number_of(line, "position") or number_of(line, "original_position")
        places.setdefault((text_of(line, "path"), place), []).append(line)
    threads: list[ForgeThread] = []
    for (path, place), found in places.items():
        ordered = sorted(found, key=lambda line: (read_time(line.get("created_at")), number_of(line, "id")))
        threads.append(
            ForgeThread(
                id=f"thread_{number_of(ordered[0], 'id')}",
                comments=tuple(_read_comment(line, "line", login) for line in ordered),
                path=path,
                line=place,
                resolved=any(line.get("resolver") for line in ordered),
                outdated=all(not number_of(line, "position") for line in ordered),
            )
        )
    return tuple(threads)


def _read_reviews(reviews: list[Json], login: str) -> Iterator[ForgeReview]:
    for review in reviews:
        state = _FORGEJO_REVIEWS.get(text_of(review, "state"))
        if state is not None:
            said = _read_comment(review, "review", login, "submitted_at")
            yield ForgeReview(said=said, state="dismissed" if review.get("dismissed") else state)


def _read_statuses(status: Json) -> Iterator[ForgeCheck]:
    for entry in status.get("statuses") or []:
        yield ForgeCheck(
            name=text_of(entry, "context"),
            state=_FORGEJO_STATUSES.get(text_of(entry, "status"), "other"),
            summary=text_of(entry, "description"),
            at=read_time(entry.get("updated_at")) or read_time(entry.get("created_at")),
            address=text_of(entry, "target_url"),
        )


def _read_waiting(rest: RestReader, login: str) -> Iterator[ForgeNoteworthy]:
    wanted: tuple[tuple[NoteworthyForm, str], ...] = (
        ("review request", "type=pulls&review_requested=true"),
        ("issue", "type=issues&assigned=true"),
        ("mention", "mentioned=true"),
    )
    for form, query in wanted:
        listed, _ = rest.read_list(f"/repos/issues/search?state=open&{query}&limit=20", pages=1)
        for issue in listed:
            author = read_forgejo_actor(issue.get("user"), login)
            text = text_of(issue, "body")
            if form == "mention" and (author.own or not names_login(text, login)):
                continue
            yield ForgeNoteworthy(
                id=f"{number_of(issue, 'id')}",
                form=form,
                repository=text_of(issue.get("repository") or {}, "full_name"),
                number=number_of(issue, "number"),
                title=text_of(issue, "title"),
                text=text,
                address=text_of(issue, "html_url"),
                author=author,
                at=read_time(issue.get("created_at")),
                updated_at=read_time(issue.get("updated_at")),
            )


def _read_comment(node: Json, kind: str, login: str, stamp: str = "created_at") -> ForgeComment:
    return ForgeComment(
        id=f"{kind}_{number_of(node, 'id')}",
        author=read_forgejo_actor(node.get("user"), login),
        text=text_of(node, "body"),
        at=read_time(node.get(stamp)),
        address=text_of(node, "html_url"),
    )


def read_forgejo_actor(user: Json | None, login: str) -> ForgeActor:
    """An account of Forgejo's; deleted ones are called Ghost there."""
    if not user:
        return ForgeActor()
    name = text_of(user, "login")
    is_bot = name.endswith(("[bot]", "-bot", "-actions")) or name in {"forgejo-actions", "gitea-actions", "renovate"}
    return ForgeActor(name=name, is_bot=is_bot, own=not is_bot and same_login(name, login))
