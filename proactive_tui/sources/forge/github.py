"""Asks GitHub: one GraphQL query over the owner's open pull requests, one for what waits, and notifications where the
token may read them.

Notifications serve as an addition only. They accept classic tokens alone; a 304 says that none came, not that none
was read meanwhile; and `since` leaves out threads that were resolved. GraphQL knows all of that, and it alone has
review threads.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from proactive_tui.errors import AnswerTooLongError, SourceError, SourcePausedError
from proactive_tui.sources.forge import github_queries as queries
from proactive_tui.sources.forge.forge_port import ForgeAccess, ForgeNoteworthy, ForgePull, ForgeReading
from proactive_tui.sources.forge.github_answers import (
    read_more_threads,
    read_notifications,
    read_pull_page,
    read_waiting,
)
from proactive_tui.sources.forge.json_pages import Json, decode_list, decode_object
from proactive_tui.sources.web_client import MAX_PAUSE_SECONDS, Validators, WebClient, WebPage, retry_at

SECONDARY_LIMIT_SECONDS: Final = 60.0
"""How long to wait, at the least, after a limit that names no time (GitHub's rule for its secondary limits)."""
REFUSED_SECONDS: Final = 7 * 86_400.0
"""A token that may not read notifications is not tried again for so long."""
UNCONDITIONAL_SECONDS: Final = 3_600.0
"""Seconds after which notifications are asked for anew although none came: what was read elsewhere shows only so."""
_CLASSIC_TOKEN = re.compile(r"gh[po]_\w+|[0-9a-f]{40}")
_LIMIT_WORDING = re.compile(r"rate limit|abuse detection")
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_notified_decoder = msgspec.json.Decoder(tuple[ForgeNoteworthy, ...])


def graphql_address(api: str) -> str:
    """Where GraphQL is asked, by the address of the REST API."""
    return f"{api.removesuffix('/v3')}/graphql"


class GitHubForge:
    """GitHub, and GitHub Enterprise Server."""

    def read(self, client: WebClient, access: ForgeAccess, state: dict[str, str], now: float) -> ForgeReading:
        """See `ForgePort.read`."""
        pulls, complete, trouble = _read_pulls(client, access, now)
        answer, problem = _ask_graphql(client, access, queries.WAITING, _build_searches(), now)
        waiting = read_waiting(answer)
        notified, kept, wait = _read_notified(client, access, state, now)
        known = {(found.repository, found.number) for found in waiting}
        return ForgeReading(
            pulls=pulls,
            noteworthy=(*waiting, *(found for found in notified if (found.repository, found.number) not in known)),
            complete=complete and not problem,
            trouble=trouble or problem,
            wait_seconds=wait,
            state=kept,
        )


def _build_searches() -> dict[str, str]:
    return {
        "asked": queries.ASKED_SEARCH,
        "assigned": queries.ASSIGNED_SEARCH,
        "mentions": queries.MENTIONS_SEARCH,
    }


def _read_pulls(client: WebClient, access: ForgeAccess, now: float) -> tuple[tuple[ForgePull, ...], bool, str]:
    """The owner's open pull requests, whether that is all of them, and what was wrong."""
    pulls: list[ForgePull] = []
    after, trouble, skipped, is_whole, count = "", "", 0, False, queries.PULLS_A_PAGE
    for _ in range(queries.MAX_PULL_PAGES):
        try:
            data, problem = _ask_graphql(
                client, access, queries.OWN_PULLS, {"after": after or None, "count": count}, now
            )
        except AnswerTooLongError:
            if count == 1:
                raise
            count = max(1, count // 4)
            continue
        page = read_pull_page(data)
        trouble, skipped = trouble or problem, skipped + page.skipped
        pulls += [
            _complete_threads(client, access, pull, page.more.get(pull.id, ""), page.login, now) for pull in page.pulls
        ]
        after = page.after
        if not after:
            is_whole = True
            break
    return tuple(pulls), is_whole and not skipped and not trouble, trouble


def _complete_threads(
    client: WebClient, access: ForgeAccess, pull: ForgePull, after: str, login: str, now: float
) -> ForgePull:
    for _ in range(queries.MAX_THREAD_PAGES):
        if not after:
            break
        data, _problem = _ask_graphql(client, access, queries.MORE_THREADS, {"pull": pull.id, "after": after}, now)
        more, after = read_more_threads(data, login)
        pull = msgspec.structs.replace(pull, threads=(*pull.threads, *more))
    return pull


def _ask_graphql(
    client: WebClient, access: ForgeAccess, query: str, variables: dict[str, Any], now: float
) -> tuple[Json, str]:
    """The data of a GraphQL answer, and in a sentence what it lacks. Raises SourceError and SourcePausedError."""
    page = client.post_json(
        graphql_address(access.api),
        {"query": query, "variables": variables},
        {**_HEADERS, "Authorization": f"Bearer {access.token}"},
    )
    answer = decode_object(page)
    errors = [error for error in answer.get("errors") or [] if isinstance(error, dict)]
    if limited := next((error for error in errors if _is_limit(error)), None):
        raise SourcePausedError(
            f"{access.host} wants to be left alone",
            str(limited.get("type") or "rate limit"),
            until=max(retry_at(page.headers, now), _reset_at(page, now), now + SECONDARY_LIMIT_SECONDS),
        )
    data = answer.get("data")
    if not isinstance(data, dict) or not any(value is not None for value in data.values()):
        raise SourceError(f"{access.host} answered nothing", describe_errors(errors), "See what the token may read.")
    return data, describe_errors(errors)


def _read_notified(
    client: WebClient, access: ForgeAccess, state: dict[str, str], now: float
) -> tuple[tuple[ForgeNoteworthy, ...], dict[str, str], float]:
    """Unread mentions by notifications, what to remember of them, and how long they want not to be asked for."""
    refused_at = float(state.get("refused_at", "0"))
    if not _CLASSIC_TOKEN.fullmatch(access.token):
        return (), {}, 0.0
    if refused_at and refused_at <= now < refused_at + REFUSED_SECONDS:
        return (), {"refused_at": state["refused_at"]}, 0.0
    asked_at = float(state.get("asked_at", "0"))
    is_fresh = asked_at <= now < asked_at + UNCONDITIONAL_SECONDS
    validators = Validators(etag=state.get("etag", ""), last_modified=state.get("last_modified", ""))
    try:
        page = client.get(
            f"{access.api}/notifications?participating=true&per_page=50",
            {**_HEADERS, "Authorization": f"Bearer {access.token}"},
            validators if is_fresh else None,
        )
    except SourcePausedError:
        return _known_notified(state), state, 0.0
    except SourceError:
        return (), {"refused_at": str(now)}, 0.0
    wait = max(0.0, retry_at({"x-poll-interval": page.headers.get("x-poll-interval", "")}, now) - now)
    if page.is_unchanged:
        return _known_notified(state), state, wait
    web = f"https://{access.host}"
    found = read_notifications([entry for entry in decode_list(page) if isinstance(entry, dict)], web)
    kept = {
        "asked_at": str(now),
        "etag": page.validators.etag,
        "last_modified": page.validators.last_modified,
        "notified": msgspec.json.encode(found).decode(),
    }
    return found, kept, wait


def _known_notified(state: dict[str, str]) -> tuple[ForgeNoteworthy, ...]:
    try:
        return _notified_decoder.decode(state.get("notified", "[]"))
    except msgspec.MsgspecError:
        return ()


def describe_errors(errors: list[dict[str, Any]]) -> str:
    """What an answer says was wrong, shortened; "" without errors."""
    said = dict.fromkeys(str(error.get("message") or error.get("type") or "")[:120] for error in errors)
    return "; ".join(" ".join(text.split()) for text in list(said)[:3] if text)


def _is_limit(error: Json) -> bool:
    wording = str(error.get("message", "")).lower()  # secondary limits have no code of their own
    return error.get("type") == "RATE_LIMITED" or bool(_LIMIT_WORDING.search(wording))


def _reset_at(page: WebPage, now: float) -> float:
    """When the budget is filled again, by the header of an answer that was limited although its status is 200."""
    reset = page.headers.get("x-ratelimit-reset", "")
    return min(float(reset), now + MAX_PAUSE_SECONDS) if reset.isdecimal() else 0.0
