"""Makes items of what forges answer: each comment, review, check and request is one, below its pull request."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.sources.contract import SourceItem, item_path
from proactive_tui.sources.forge.blocking import BlockingReason, all_said, find_blocking, is_open_thread
from proactive_tui.sources.forge.conventional import read_stance
from proactive_tui.sources.forge.forge_port import (
    ForgeActor,
    ForgeCheck,
    ForgeComment,
    ForgeNoteworthy,
    ForgePull,
    ForgeReview,
    ForgeThread,
    ReviewState,
)

MAX_ITEM_CHARACTERS = 20_000
"""Characters of a text that are kept; the rest of a longer one can be read at its address."""
MAX_CHECKS = 20
_VERDICTS: dict[ReviewState, str] = {"changes requested": "Changes requested.", "approved": "Approved."}
"""What stands for a verdict without words."""


class PullFrame(NamedTuple):
    """What the items of one pull request have in common: the id that theirs begin with, what it is called
    ("acme/api#12"), its repository, the path of its own item, facts, and why something blocks, by its id.
    """

    base: str
    label: str
    repository: str
    thread: str
    facts: dict[str, str]
    reasons: dict[str, BlockingReason]


def items_of_pull(host: str, pull: ForgePull) -> Iterator[SourceItem]:
    """A pull request, what was said there, and the checks of its newest commit that failed."""
    base, label = f"{host}/{_id_segment(pull.id)}", f"{pull.repository}#{pull.number}"
    frame = PullFrame(
        base=base,
        label=label,
        repository=pull.repository,
        thread=item_path("forge", base),
        facts={"pull": base, "label": label, "title": _one_line(pull.title)},
        reasons={found.comment: found.reason for found in find_blocking(pull)},
    )
    yield _pull_item(frame, pull)
    for said in pull.comments:
        yield _said_item(frame, said, "comment")
    for review in pull.reviews:
        if review.said.text.strip() or review.state in _VERDICTS:
            yield _review_item(frame, review)
    for talk in pull.threads:
        for place, said in enumerate(talk.comments):
            yield _thread_item(frame, talk, said, place)
    for check in [check for check in pull.checks if check.state == "failed"][:MAX_CHECKS]:
        yield _check_item(frame, pull, check)


def item_of_noteworthy(host: str, found: ForgeNoteworthy) -> SourceItem:
    """A review asked of the owner, a mention, or an issue assigned."""
    label = f"{found.repository}#{found.number}"
    said = found.text if found.form == "mention" else f"# {_one_line(found.title)}\n\n{found.text}"
    return _make_item(
        f"{host}/{found.form.split()[0]}/{'/'.join(map(_id_segment, found.id.split('/')))}",
        found.form,
        found.title,
        said,
        found.at or found.updated_at,
        found.author,
        found.address,
        part=found.repository,
        facts={
            "form": found.form,
            "label": label,
            "title": found.title,
            "since": _format_time(found.at),
            "updated": _format_time(found.updated_at),
            "answered": _format_flag(found.answered),
        },
    )


def last_acted_at(pull: ForgePull) -> float:
    """When the owner last did something on a pull request: said something, or pushed."""
    return max([pull.created_at, pull.pushed_at, *(said.at for said in all_said(pull) if said.author.own)])


def _pull_item(frame: PullFrame, pull: ForgePull) -> SourceItem:
    return _make_item(
        frame.base,
        "pull request",
        pull.title,
        f"# {_one_line(pull.title)}\n\n{pull.text}",
        pull.updated_at or pull.created_at,
        pull.author,
        pull.address,
        part=frame.repository,
        facts={
            **frame.facts,
            "form": "pull request",
            "branch": pull.branch,
            "draft": _format_flag(pull.draft),
            "created": _format_time(pull.created_at),
            "acted": _format_time(last_acted_at(pull)),
            "failed": str(sum(check.state == "failed" for check in pull.checks)),
            "pending": str(sum(check.state == "pending" for check in pull.checks)),
        },
    )


def _said_item(
    frame: PullFrame, said: ForgeComment, form: str, facts: dict[str, str] | None = None, place: str = ""
) -> SourceItem:
    return _make_item(
        f"{frame.base}/{_id_segment(said.id)}",
        form,
        f"{said.author.name} on {place or frame.label}",
        said.text,
        said.at,
        said.author,
        said.address,
        part=frame.repository,
        thread=frame.thread,
        place=place,
        facts={
            **frame.facts,
            "form": form,
            "said": _format_time(said.at),
            "bot": _format_flag(said.author.is_bot),
            "hidden": _format_flag(said.hidden),
            "stance": read_stance(said.text),
            "blocking": frame.reasons.get(said.id, ""),
            **(facts or {}),
        },
    )


def _review_item(frame: PullFrame, review: ForgeReview) -> SourceItem:
    said = review.said
    if not said.text.strip():
        said = msgspec.structs.replace(said, text=_VERDICTS[review.state])
    return _said_item(frame, said, "review", {"state": review.state, "stance": read_stance(review.said.text)})


def _thread_item(frame: PullFrame, talk: ForgeThread, said: ForgeComment, place: int) -> SourceItem:
    facts = {
        "thread": _id_segment(talk.id),
        "file": talk.path,
        "line": str(talk.line) if talk.line else "",
        "position": str(place),
        "open": _format_flag(is_open_thread(talk)),
        "resolved": _format_flag(talk.resolved),
        "outdated": _format_flag(talk.outdated),
    }
    where = f"{_one_line(talk.path)}:{talk.line}" if talk.line else _one_line(talk.path)
    return _said_item(frame, said, "review comment", facts, where)


def _check_item(frame: PullFrame, pull: ForgePull, check: ForgeCheck) -> SourceItem:
    digest = hashlib.blake2b(check.name.encode(), digest_size=8).hexdigest()
    return _make_item(
        f"{frame.base}/check/{digest}",
        "check",
        f"{check.name}: failed",
        f"{_one_line(check.name)}: {check.summary.strip() or check.state}",
        check.at or pull.pushed_at or pull.updated_at,
        ForgeActor(name=check.name, is_bot=True),
        check.address or pull.address,
        part=frame.repository,
        thread=frame.thread,
        facts={**frame.facts, "form": "check", "state": check.state, "name": _one_line(check.name), "head": pull.head},
    )


def _make_item(
    item_id: str,
    form: str,
    title: str,
    text: str,
    at: float,
    author: ForgeActor,
    address: str,
    *,
    facts: dict[str, str],
    part: str,
    thread: str = "",
    place: str = "",
) -> SourceItem:
    kept = text if len(text) <= MAX_ITEM_CHARACTERS else f"{text[:MAX_ITEM_CHARACTERS].rstrip()} …"
    origin = ItemOrigin(
        source="forge",
        form=form,
        author=author.name,
        own=author.own,
        address=address if re.match(r"https?://", address) else "",
        thread=thread,
        place=place,
        part=part,
    )
    return SourceItem(
        id=item_id,
        title=_one_line(title)[:300] or "(no title)",
        text=kept,
        at=at,
        origin=origin,
        facts={name: value for name, value in facts.items() if value},
    )


def _id_segment(name: str) -> str:
    """A forge's id as a segment of an item's id."""
    return re.sub(r"[^\w=.@+-]", "_", name) or "_"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _format_flag(value: bool) -> str:
    return "yes" if value else ""


def _format_time(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat() if at else ""
