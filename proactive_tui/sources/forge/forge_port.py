"""What every forge is asked for, in one form: pull requests with what was said and checked there, and what waits."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, Protocol

from msgspec import field

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.sources.web_client import WebClient

ReviewState = Literal["approved", "changes requested", "commented", "dismissed"]
CheckState = Literal["failed", "passed", "pending", "other"]
NoteworthyForm = Literal["review request", "mention", "issue"]

NOBODY = "ghost"
"""Who wrote what a deleted account wrote, by the name that GitHub has for it."""


class ForgeActor(FrozenValue, frozen=True, kw_only=True):
    """Somebody, or a program, that has an account."""

    name: str = NOBODY
    is_bot: bool = False
    own: bool = False


class ForgeComment(FrozenValue, frozen=True, kw_only=True):
    """Something that was said, as Markdown; `at` is unix seconds. `hidden`: somebody minimised it."""

    id: str
    author: ForgeActor
    text: str
    at: float
    address: str = ""
    hidden: bool = False


class ForgeThread(FrozenValue, frozen=True, kw_only=True):
    """Comments on lines of a file, the first begins it. `line` is 0 where the forge names none."""

    id: str
    comments: tuple[ForgeComment, ...]
    path: str = ""
    line: int = 0
    resolved: bool = False
    outdated: bool = False


class ForgeReview(FrozenValue, frozen=True, kw_only=True):
    """A verdict on a pull request, with or without words."""

    said: ForgeComment
    state: ReviewState


class ForgeCheck(FrozenValue, frozen=True, kw_only=True):
    """What a program says about the newest commit."""

    name: str
    state: CheckState
    summary: str = ""
    at: float = 0.0
    address: str = ""


class ForgePull(FrozenValue, frozen=True, kw_only=True):
    """A pull request (a merge request) of the owner's that is open.

    `id` is the forge's own for it, and stays where its repository is renamed. `pushed_at` is when its newest commit was
    made, as far as that is known.
    """

    id: str
    repository: str
    number: int
    title: str
    text: str
    address: str
    author: ForgeActor
    created_at: float
    updated_at: float
    draft: bool = False
    branch: str = ""
    head: str = ""
    pushed_at: float = 0.0
    comments: tuple[ForgeComment, ...] = ()
    reviews: tuple[ForgeReview, ...] = ()
    threads: tuple[ForgeThread, ...] = ()
    checks: tuple[ForgeCheck, ...] = ()


class ForgeNoteworthy(FrozenValue, frozen=True, kw_only=True):
    """Something that waits for the owner elsewhere: a review asked, a mention, an issue assigned; `at` since when."""

    id: str
    form: NoteworthyForm
    repository: str
    number: int
    title: str
    text: str
    address: str
    author: ForgeActor
    at: float
    updated_at: float
    answered: bool = False


class ForgeReading(FrozenValue, frozen=True, kw_only=True):
    """What a forge answered. With `complete`, nothing that is open was left out.

    `trouble` says in a sentence what could not be read. `state` is what the adapter wants to be given next.
    """

    pulls: tuple[ForgePull, ...] = ()
    noteworthy: tuple[ForgeNoteworthy, ...] = ()
    complete: bool = True
    trouble: str = ""
    wait_seconds: float = 0.0
    state: dict[str, str] = field(default_factory=dict)


class ForgeAccess(NamedTuple):
    """How one host is asked: `token` is sent to `origin` and nowhere else."""

    host: str
    api: str
    token: str


ANSWERS: Final = "answers"
"""Where an adapter keeps the answers of a host between polls."""


class ForgePort(Protocol):
    """A forge of one make."""

    def read(self, client: WebClient, access: ForgeAccess, state: dict[str, str], now: float, /) -> ForgeReading:
        """What waits for the owner of the token. Blocks. Raises SourceError and SourcePausedError."""
        ...
