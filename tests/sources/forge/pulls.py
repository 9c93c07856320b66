"""Pull requests for tests, in the port's form. The owner is Ada."""

from __future__ import annotations

from typing import Any

from proactive_tui.sources.forge.forge_port import (
    ForgeActor,
    ForgeCheck,
    ForgeComment,
    ForgePull,
    ForgeReview,
    ForgeThread,
    ReviewState,
)

START = 1_763_800_000.0
HOUR = 3600.0
ADA = ForgeActor(name="ada", own=True)
MARA = ForgeActor(name="mara")
KOFI = ForgeActor(name="kofi")
ROBOT = ForgeActor(name="coverage[bot]", is_bot=True)


def said(name: str, text: str = "Please look at this.", *, by: ForgeActor = MARA, hours: float = 1.0) -> ForgeComment:
    return ForgeComment(
        id=name, author=by, text=text, at=START + hours * HOUR, address=f"https://github.com/acme/api/pull/12#{name}"
    )


def talk(name: str, *comments: ForgeComment, **facts: Any) -> ForgeThread:
    return ForgeThread(id=name, comments=comments, **{"path": "src/retry.py", "line": 41, **facts})


def verdict(name: str, state: ReviewState, text: str = "", **facts: Any) -> ForgeReview:
    return ForgeReview(said=said(name, text, **facts), state=state)


def pull(**facts: Any) -> ForgePull:
    known: dict[str, Any] = {
        "id": "PR_12",
        "repository": "acme/api",
        "number": 12,
        "title": "Retry uploads with backoff",
        "text": "Uploads are tried again, three times.",
        "address": "https://github.com/acme/api/pull/12",
        "author": ADA,
        "created_at": START,
        "updated_at": START + 5 * HOUR,
        "pushed_at": START,
        "branch": "retry-uploads",
        "head": "abc123",
    }
    return ForgePull(**{**known, **facts})


def failed(name: str = "unit tests", **facts: Any) -> ForgeCheck:
    return ForgeCheck(**{"name": name, "state": "failed", "summary": "2 of 410 failed", "at": START + HOUR, **facts})
