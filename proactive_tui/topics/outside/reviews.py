"""Topics of reviews: one for each pull request on which others wait for the owner, and what else waits at a forge."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import shorten_text
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.concerns import find_concern
from proactive_tui.topics.outside.note_ties import find_note_ties, quote_tie
from proactive_tui.topics.outside.pull_talk import PullTalk, gather_talk, read_iso
from proactive_tui.topics.quoting import hash_parts, topic_id
from proactive_tui.topics.tenderness.gate import is_about_code
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

_ACCOUNT_NAME = re.compile(r"\w[\w.-]{0,59}")
"""What the names of accounts are made of; anything else is no name that could be said."""
MAX_WALKED: Final = 8
"""Comments and checks of one pull request that are quoted; the rest is at its address."""
MAX_TIES: Final = 2
"""Passages of the notes beside one pull request."""
MIN_TIE_STRENGTH: Final = 0.3
REASON_SALIENCE: Final = {"said to block": 0.92, "changes requested": 0.9, "issue": 0.86, "open thread": 0.72}
REMARK_SALIENCE, CHECK_SALIENCE, ASKED_SALIENCE, MENTION_SALIENCE, ISSUE_SALIENCE = 0.6, 0.7, 0.62, 0.66, 0.4
DRAFT_SHARE: Final = 0.75
"""The share of its worth that a draft keeps: it is not asked to be merged."""
TIE_BONUS: Final = 0.05
"""What it adds that a note of the owner's bears on it."""
FADING_DAYS: Final = 21.0
"""Days after which what nobody has touched is worth half."""
SETTLING_SECONDS: Final = 2 * SECONDS_PER_HOUR
"""A review just asked is left alone for so long: who asks for it does not wait for minutes."""
RESTING_ISSUE_DAYS: Final = 5.0
"""An issue rests when nobody touched it for so long."""


def mine_reviews(context: MiningContext, at: float) -> list[Topic]:
    """The topics of kind "review", from the items of the forge source and the notes that bear on them."""
    items = context.items_of("forge").items
    found: list[Topic] = []
    for talk in gather_talk(items):
        topic = context.failures.attempt("review", talk.pull.path, None, _pull_topic, talk, context, at)
        found += [topic] if topic is not None else []
    told = {topic.detail.pull for topic in found}
    for path, item in sorted(items.items()):
        if item.properties.get("form") in WAITING_FORMS and item.properties.get("label") not in told:
            topic = context.failures.attempt("review", path, None, _waiting_topic, item, context, at)
            if topic is not None:
                found.append(topic)
                told.add(topic.detail.pull)
    return found


WAITING_FORMS: Final = {"review request": "asked", "mention": "mention", "issue": "assigned"}
"""What waits elsewhere, with the code by which a topic says so."""


def _pull_topic(talk: PullTalk, context: MiningContext, at: float) -> Topic | None:
    facts = talk.pull.properties
    may_be_quoted = (item for item in talk.walked if item.passages and not _is_tender(item, context))
    walked = list(islice(may_be_quoted, MAX_WALKED))
    if not walked:
        return None
    evidence, strength = _walk_evidence(walked, context)
    blocking = walked[0] if walked[0] in talk.blocking else None
    news = sorted(item.path for item in (*talk.remarks, *talk.blocking))
    checks = sorted(item.properties.get("name", "") for item in talk.failed)
    return Topic(
        id=topic_id("review", talk.pull.path),
        kind="review",
        title=shorten_text(talk.pull.title),
        evidence=evidence,
        at=min(talk.newest_at, at),
        cause=hash_parts(*news, *checks),
        salience=_fade_worth(_pull_salience(talk) + (TIE_BONUS if strength else 0.0), talk.newest_at, at),
        people=tuple(dict.fromkeys(item.origin.author for item in walked if item.origin and _is_person(item))),
        detail=TopicDetails(
            review="comments" if talk.remarks or talk.blocking else "checks",
            pull=facts.get("label"),
            opened=_iso_day(read_iso(facts.get("created", "")), context),
            new_comments=str(len(talk.remarks)) if talk.remarks else None,
            blocking=blocking.properties["blocking"] if blocking else None,
            blocked_by=blocking.origin.author if blocking and blocking.origin and _is_person(blocking) else None,
            concern=find_concern(_text_of(blocking)) if blocking else None,
            place=blocking.origin.place or None if blocking and blocking.origin else None,
            failed_checks=str(len(checks)) if checks else None,
            check=checks[0] if checks else None,
            tie_strength=f"{strength:.2f}" if strength else None,
            known_author=_known_author(walked, context),
        ),
    )


def _is_tender(item: Note, context: MiningContext) -> bool:
    """Whether a remark is about what hurts a person: it is left out, and the others are told."""
    return not is_about_code(item.origin) and any(map(context.is_tender_passage, item.passages))


def _waiting_topic(item: Note, context: MiningContext, at: float) -> Topic | None:
    facts = item.properties
    form = facts["form"]
    since, updated = read_iso(facts.get("since", "")) or item.date, read_iso(facts.get("updated", "")) or item.date
    if facts.get("answered"):
        return None
    match form:
        case "review request":
            worth, rests = ASKED_SALIENCE + min(0.2, 0.05 * max(0.0, at - since) / SECONDS_PER_DAY), False
            if at - since < SETTLING_SECONDS:
                return None
        case "mention":
            worth, rests = MENTION_SALIENCE, False
        case _:
            rests = at - updated >= RESTING_ISSUE_DAYS * SECONDS_PER_DAY
            worth = ISSUE_SALIENCE
            if not rests:
                return None
    evidence, strength = _walk_evidence((item,), context)
    if not evidence:
        return None
    author = item.origin.author if item.origin else ""
    return Topic(
        id=topic_id("review", item.path),
        kind="review",
        title=shorten_text(facts.get("title") or item.title),
        evidence=evidence,
        at=min(since, at),
        cause=hash_parts(form, facts.get("since", "")),
        salience=_fade_worth(worth + (TIE_BONUS if strength else 0.0), since, at),
        people=(author,) if _is_person(item) else (),
        detail=TopicDetails(
            review=WAITING_FORMS[form],
            pull=facts.get("label"),
            opened=_iso_day(since, context),
            asked_by=author if _is_person(item) else None,
            last_written=_iso_day(updated, context) if rests else None,
            tie_strength=f"{strength:.2f}" if strength else None,
            known_author=_known_author((item,), context),
        ),
    )


def _pull_salience(talk: PullTalk) -> float:
    known = [REASON_SALIENCE.get(item.properties["blocking"], REMARK_SALIENCE) for item in talk.blocking]
    known += [REMARK_SALIENCE + min(0.06, 0.02 * len(talk.remarks))] if talk.remarks else []
    known += [CHECK_SALIENCE] if talk.failed else []
    return max(known) * (DRAFT_SHARE if talk.pull.properties.get("draft") else 1.0)


def _fade_worth(worth: float, touched: float, at: float) -> float:
    days = max(0.0, at - touched) / SECONDS_PER_DAY
    return round(min(1.0, worth) * math.exp2(-days / FADING_DAYS), 4)


def _walk_evidence(walked: Sequence[Note], context: MiningContext) -> tuple[tuple[Evidence, ...], float]:
    """Each item, followed by the passage of the notes that bears on it: a conversation goes through them so. With it
    how strong (0..1) the strongest of these ties is, 0 where there is none.
    """
    found: list[Evidence] = []
    strengths: dict[str, float] = {}
    for item in walked:
        evidence = quote_item(item)
        if evidence is None:
            continue
        found.append(evidence)
        if len(strengths) < MAX_TIES:
            for tie in find_note_ties(item, context, 1):
                if tie.strength >= MIN_TIE_STRENGTH and tie.passage.id not in strengths:
                    strengths[tie.passage.id] = tie.strength
                    found.append(quote_tie(tie, context))
    return tuple(found), max(strengths.values(), default=0.0)


def _known_author(walked: Sequence[Note], context: MiningContext) -> str | None:
    """The first of those who wrote, of whom the notes have a note: "mara" is "Mara", "mara-kim" is "Mara Kim"."""
    names = {_bare_name(name) for name in context.people_names}
    authors = (item.origin.author for item in walked if item.origin and _is_person(item) and not item.origin.own)
    return next((author for author in authors if _bare_name(author) in names), None)


def _bare_name(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def quote_item(item: Note) -> Evidence | None:
    """The first passage of an item as evidence; None where it says nothing."""
    return Evidence.of_passage(item.passages[0], item.origin) if item.passages else None


def _text_of(item: Note) -> str:
    return "\n".join(passage.prose for passage in item.passages)


def _is_person(item: Note) -> bool:
    """Whether somebody with a name wrote it, and no program and no account that is gone."""
    if item.origin is None or item.properties.get("bot") or item.properties.get("form") == "check":
        return False
    return item.origin.author != "ghost" and bool(_ACCOUNT_NAME.fullmatch(item.origin.author))


def _iso_day(at: float, context: MiningContext) -> str | None:
    return local_day(at, context.utc_offset).isoformat() if at else None
