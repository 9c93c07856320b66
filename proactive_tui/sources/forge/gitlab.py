"""Asks GitLab: the owner's open merge requests with discussions, reviewers and failed jobs, and the to-do list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from proactive_tui.sources.forge.answer_memory import AnswerMemory
from proactive_tui.sources.forge.forge_port import (
    ANSWERS,
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
from proactive_tui.sources.forge.github_answers import read_time, same_login, text_of
from proactive_tui.sources.forge.json_pages import Json
from proactive_tui.sources.forge.rest_pages import RestReader, number_of, read_each
from proactive_tui.sources.web_client import WebClient

MAX_MERGE_REQUESTS: Final = 15
"""Merge requests that are read in full, the last touched first; each takes a few requests."""
_REVIEWER_STATES: Final[dict[str, ReviewState]] = {"requested_changes": "changes requested", "approved": "approved"}
_TODO_FORMS: Final[dict[str, NoteworthyForm]] = {
    "mentioned": "mention",
    "directly_addressed": "mention",
    "review_requested": "review request",
    "approval_required": "review request",
    "assigned": "issue",
}


class GitLabForge:
    """GitLab, hosted or one's own."""

    def read(self, client: WebClient, access: ForgeAccess, state: dict[str, str], _now: float) -> ForgeReading:
        """See `ForgePort.read`. GitLab's lists tell what is open now; only answers are kept, to ask for changes."""
        memory = AnswerMemory(state.get(ANSWERS, ""))
        headers = {"Authorization": f"Bearer {access.token}", "Accept": "application/json"}
        rest = RestReader(client, access.api, headers, memory)
        login = text_of(rest.read_object("/user"), "username")
        listed, whole = rest.read_list(
            "/merge_requests?scope=created_by_me&state=opened&order_by=updated_at&per_page=20"
        )
        pulls, trouble = read_each(
            listed[:MAX_MERGE_REQUESTS], lambda request: _read_merge_request(rest, request, login)
        )
        todos, all_todos = rest.read_list("/todos?state=pending&per_page=50")
        return ForgeReading(
            pulls=pulls,
            noteworthy=tuple(_read_todos(todos, login)),
            complete=whole and all_todos and not trouble and len(listed) <= MAX_MERGE_REQUESTS,
            trouble=trouble,
            state={ANSWERS: kept} if (kept := memory.to_state()) else {},
        )


def _read_merge_request(rest: RestReader, listed: Json, login: str) -> ForgePull:
    project, number = number_of(listed, "project_id"), number_of(listed, "iid")
    base = f"/projects/{project}/merge_requests/{number}"
    request = rest.read_object(base)
    discussions, _ = rest.read_list(f"{base}/discussions?per_page=100")
    reviewers, _ = rest.read_list(f"{base}/reviewers?per_page=50", pages=1)
    web = text_of(request, "web_url")
    talks = [talk for entry in discussions if (talk := _read_discussion(entry, login, web)) is not None]
    pipeline = request.get("head_pipeline") or {}
    updated = read_time(request.get("updated_at"))
    return ForgePull(
        id=f"MR_{number_of(request, 'id')}",
        repository=text_of(request.get("references") or {}, "full").rpartition("!")[0],
        number=number,
        title=text_of(request, "title"),
        text=text_of(request, "description"),
        address=web,
        author=read_gitlab_actor(request.get("author"), login),
        created_at=read_time(request.get("created_at")),
        updated_at=updated,
        draft=bool(request.get("draft") or request.get("work_in_progress")),
        branch=text_of(request, "source_branch"),
        head=text_of(request, "sha"),
        pushed_at=min(read_time(pipeline.get("created_at")), updated) if pipeline else 0.0,
        comments=tuple(said for talk in talks if not talk.path and not talk.id for said in talk.comments),
        threads=tuple(talk for talk in talks if talk.id),
        reviews=tuple(_read_reviewers(reviewers, login, web)),
        checks=tuple(_read_jobs(rest, project, pipeline)),
    )


def _read_discussion(entry: Json, login: str, web: str) -> ForgeThread | None:
    """A discussion; it has no `id` where it cannot be resolved, and is then a plain comment."""
    notes = [note for note in entry.get("notes") or [] if note and not note.get("system")]
    if not notes:
        return None
    first = notes[0]
    resolvable = [note for note in notes if note.get("resolvable")]
    position = first.get("position") or {}
    return ForgeThread(
        id=text_of(entry, "id") if resolvable else "",
        comments=tuple(
            ForgeComment(
                id=f"note_{number_of(note, 'id')}",
                author=read_gitlab_actor(note.get("author"), login),
                text=text_of(note, "body"),
                at=read_time(note.get("created_at")),
                address=f"{web}#note_{number_of(note, 'id')}",
            )
            for note in notes
        ),
        path=text_of(position, "new_path") or text_of(position, "old_path"),
        line=number_of(position, "new_line") or number_of(position, "old_line"),
        resolved=bool(resolvable) and all(note.get("resolved") for note in resolvable),
    )


def _read_reviewers(reviewers: list[Json], login: str, web: str) -> Iterator[ForgeReview]:
    for entry in reviewers:
        if state := _REVIEWER_STATES.get(text_of(entry, "state")):
            author = read_gitlab_actor(entry.get("user"), login)
            at = read_time(entry.get("updated_at")) or read_time(entry.get("created_at"))
            said = ForgeComment(id=f"reviewer_{author.name}", author=author, text="", at=at, address=web)
            yield ForgeReview(said=said, state=state)


def _read_jobs(rest: RestReader, project: int, pipeline: Json) -> Iterator[ForgeCheck]:
    number = number_of(pipeline, "id")
    if not number or text_of(pipeline, "status") != "failed":
        return
    jobs, _ = rest.read_list(f"/projects/{project}/pipelines/{number}/jobs?scope[]=failed&per_page=50", pages=1)
    for job in jobs:
        if not job.get("allow_failure"):
            yield ForgeCheck(
                name=text_of(job, "name"),
                state="failed",
                summary=text_of(job, "failure_reason").replace("_", " "),
                at=read_time(job.get("finished_at")),
                address=text_of(job, "web_url"),
            )


def _read_todos(todos: list[Json], login: str) -> Iterator[ForgeNoteworthy]:
    for todo in todos:
        form = _TODO_FORMS.get(text_of(todo, "action_name"))
        target = todo.get("target") or {}
        is_issue = text_of(todo, "target_type") == "Issue"
        if form is None or ((form == "issue") != is_issue and form != "mention"):
            continue
        title = text_of(target, "title")
        at = read_time(todo.get("created_at"))
        yield ForgeNoteworthy(
            id=f"todo_{number_of(todo, 'id')}",
            form=form,
            repository=text_of(todo.get("project") or {}, "path_with_namespace"),
            number=number_of(target, "iid"),
            title=title,
            text=(text_of(todo, "body") if form == "mention" else text_of(target, "description")) or title,
            address=text_of(todo, "target_url") or text_of(target, "web_url"),
            author=read_gitlab_actor(todo.get("author"), login),
            at=at,
            updated_at=read_time(target.get("updated_at")) or at,
        )


def read_gitlab_actor(user: Json | None, login: str) -> ForgeActor:
    """An account of GitLab's; "ghost" is the one that has what deleted accounts wrote."""
    if not user:
        return ForgeActor()
    name = text_of(user, "username")
    is_bot = bool(user.get("bot")) or (name.startswith(("project_", "group_")) and "_bot" in name)
    return ForgeActor(name=name, is_bot=is_bot, own=not is_bot and same_login(name, login))
