"""Finds unfinished work in the owner's repositories that has rested for a while: what is going on now is no topic.

One topic a piece of work. Each is weighed by its age: it counts once it rests, and fades when it has rested for long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.quantities import format_count
from proactive_tui.text.words import shorten_text
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.note_ties import find_note_ties, quote_tie
from proactive_tui.topics.quoting import hash_parts, topic_id
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

BEGUN_SECONDS: Final = 2 * SECONDS_PER_HOUR
"""How long a merge or rebase may be in the middle before it is left there."""
MIN_SALIENCE: Final = 0.15
"""Below it, work has been dead for so long that nobody means to take it up."""
MAX_QUOTED_LINES: Final = 6
TIE_WORTH: Final = 0.12
"""What a sure tie with the owner's notes adds to the salience."""
_TIED_FORMS: Final = frozenset({"to merge", "stash", "draft", "remark"})
"""Forms whose words are the owner's, and say what the work is about."""
_MOST_OF: Final[dict[str, int]] = {"branch": 3, "draft": 2, "work": 1, "operation": 1, "stash": 1, "todo": 3}
"""Topics of one form in one repository at the most."""


class Fading(NamedTuple):
    """How the worth of a form changes: from `full_days` of rest on it halves every `half_days`."""

    full_days: float
    half_days: float


_FADING: Final[dict[str, Fading]] = {
    "branch": Fading(14.0, 21.0),
    "draft": Fading(7.0, 14.0),
    "work": Fading(10.0, 14.0),
    "operation": Fading(7.0, 30.0),
    "stash": Fading(21.0, 30.0),
    "todo": Fading(10.0, 10.0),
}


class PieceOfWork(NamedTuple):
    """A piece of work: the item it is made of, its form, its title, what is known of it, and what would be news."""

    item: Note
    form: str
    title: str
    detail: TopicDetails
    news: str
    worth: float


def mine_unfinished_work(context: MiningContext, at: float) -> list[Topic]:
    """What the owner left unfinished in repositories, at most a few pieces of each form from each of them."""
    pieces: defaultdict[tuple[str, str], list[Topic]] = defaultdict(list)
    items = [item for item in context.items_of("git").items.values() if _is_own_work(item)]
    broken_off = {item.properties.get("folder", "") for item in items if _form_of(item) == "operation"}
    for item in items:
        folder = item.properties.get("folder", "")
        if _form_of(item) == "work" and folder in broken_off:
            continue  # it is what the operation has changed
        piece = context.failures.attempt("unfinished work", item.path, None, _find_piece, item, at)
        if piece is None:
            continue
        topic = _make_topic(piece, at)
        if topic.salience >= MIN_SALIENCE:
            pieces[folder, piece.form].append(topic)
    best = [
        topic
        for (_, form), found in sorted(pieces.items())
        for topic in sorted(found, key=lambda topic: (-topic.salience, -topic.at, topic.id))[: _MOST_OF[form]]
    ]
    return [context.failures.attempt("unfinished work", topic.id, topic, _tie_topic, topic, context) for topic in best]


def _tie_topic(topic: Topic, context: MiningContext) -> Topic:
    """The topic with the lines of the owner's notes that it meets: what is written about counts for more."""
    if topic.detail.told not in _TIED_FORMS:
        return topic
    ties = find_note_ties(context.items[topic.evidence[0].path], context, limit=1)
    if not ties:
        return topic
    worth = round(min(1.0, topic.salience + TIE_WORTH * ties[0].strength), 4)
    detail = replace(topic.detail, tie_strength=f"{ties[0].strength:.2f}")
    return replace(topic, evidence=(*topic.evidence, quote_tie(ties[0], context)), salience=worth, detail=detail)


def _find_piece(item: Note, at: float) -> PieceOfWork | None:
    make = _MAKERS.get(_form_of(item))
    return make(item, at) if make else None


def _branch_piece(item: Note, at: float) -> PieceOfWork | None:
    facts = item.properties
    branch, place = facts.get("branch", ""), facts.get("repository", "")
    commits, aim = _read_number(facts, "commits"), facts.get("aim", "merge")
    detail = TopicDetails(
        told=f"to {aim}", repository=place, branch=branch, amount=str(commits), waits_for=facts.get("into")
    )
    if _is_resting(item, at):
        title = f"{branch} in {place}: {format_count(commits, 'commit')} to {aim}"
        alone = 0.06 if facts.get("unpushed") == facts.get("commits") else 0.0
        worth = 0.5 + 0.03 * min(commits, 6) + alone
        return PieceOfWork(item, "branch", title, detail, f"{facts.get('tip')} {aim}", worth)
    draft = facts.get("draft", "")
    if _read_number(facts, "pushed drafts") and draft and at - item.date >= SECONDS_PER_DAY:
        known = TopicDetails(told="draft", repository=place, branch=branch, next=draft)
        return PieceOfWork(item, "draft", f"{branch} in {place}: {draft}, pushed", known, facts.get("tip", ""), 0.45)
    return None


def _uncommitted_piece(item: Note, at: float) -> PieceOfWork | None:
    if not _is_resting(item, at):
        return None
    facts = item.properties
    files, place = _read_number(facts, "files"), facts.get("repository", "")
    near = 0.1 if _read_number(facts, "staged") or _read_number(facts, "conflict") else 0.0
    new_only = _read_number(facts, "untracked") == files
    worth = 0.42 + 0.015 * min(files, 8) + near - (0.12 if new_only else 0.0)
    detail = TopicDetails(told="uncommitted", repository=place, amount=str(files), place=facts.get("file"))
    title = f"{place}: {format_count(files, 'file')} to commit"
    return PieceOfWork(item, "work", title, detail, facts.get("state", ""), worth)


def _stash_piece(item: Note, at: float) -> PieceOfWork | None:
    if not _is_resting(item, at):
        return None
    facts = item.properties
    message, place = facts.get("message", ""), facts.get("repository", "")
    detail = TopicDetails(told="stash", repository=place, branch=facts.get("branch"), next=message)
    return PieceOfWork(item, "stash", f"Stash in {place}: {message}", detail, "", 0.42)


def _operation_piece(item: Note, at: float) -> PieceOfWork | None:
    if at - item.date < BEGUN_SECONDS:
        return None
    facts = item.properties
    operation, place = facts.get("operation", ""), facts.get("repository", "")
    detail = TopicDetails(told="operation", repository=place, branch=facts.get("branch"), operation=operation)
    news = f"{item.date} {facts.get('step', '')}"
    return PieceOfWork(item, "operation", f"{operation.capitalize()} in {place} in the middle", detail, news, 0.85)


def _remark_piece(item: Note, at: float) -> PieceOfWork | None:
    if not _is_resting(item, at):
        return None
    facts = item.properties
    words, place = facts.get("words", ""), facts.get("repository", "")
    detail = TopicDetails(told="remark", repository=place, place=facts.get("file"))
    worth = 0.5 if facts.get("mark") == "FIXME" else 0.42
    return PieceOfWork(item, "todo", words, detail, "", worth)


_MAKERS: Final[Mapping[str, Callable[[Note, float], PieceOfWork | None]]] = {
    "branch": _branch_piece,
    "work": _uncommitted_piece,
    "stash": _stash_piece,
    "operation": _operation_piece,
    "todo": _remark_piece,
}


def _make_topic(piece: PieceOfWork, at: float) -> Topic:
    fading = _FADING[piece.form]
    rested = max(0.0, at - piece.item.date) / SECONDS_PER_DAY
    share = 0.5 ** (max(0.0, rested - fading.full_days) / fading.half_days)
    return Topic(
        id=topic_id("unfinished work", f"{piece.form} {piece.item.path}"),
        kind="unfinished work",
        title=shorten_text(piece.title),
        evidence=(_quote_item(piece.item),),
        at=piece.item.date,
        cause=hash_parts(piece.form, piece.news),
        salience=round(min(1.0, piece.worth) * share, 4),
        detail=piece.detail,
    )


def _quote_item(item: Note) -> Evidence:
    """The first lines of an item, as evidence."""
    if not item.passages:
        return Evidence(path=item.path, line_start=1, line_end=1, text=item.title, origin=item.origin)
    passage = item.passages[0]
    lines = passage.text.split("\n")[:MAX_QUOTED_LINES]
    return Evidence(
        path=item.path,
        line_start=passage.line_start,
        line_end=min(passage.line_end, passage.line_start + len(lines) - 1),
        text="\n".join(lines).rstrip(),
        heading=passage.heading,
        passage=passage.id,
        origin=item.origin,
    )


def _is_own_work(item: Note) -> bool:
    return item.origin is not None and item.origin.own


def _form_of(item: Note) -> str:
    return item.origin.form if item.origin else ""


def _is_resting(item: Note, at: float) -> bool:
    rests_from = item.properties.get("rests from", "")
    return rests_from.isdecimal() and at >= int(rests_from)


def _read_number(facts: Mapping[str, str], name: str) -> int:
    said = facts.get(name, "")
    return int(said) if said.isdecimal() else 0
