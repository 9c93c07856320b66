"""The gate that holds back what hurts its owner: topics that quote, or stand beside, tender lines.

A held topic is counted and nothing more: no text of it is logged. Search and questions do not come by here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from proactive_tui.model.note_values import ItemOrigin, Note
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.blocks import SourceLine, classify_lines
from proactive_tui.topics.tenderness.classifier import read_weights, score_tenderness
from proactive_tui.topics.tenderness.line_features import goes_on_about_somebody

MAX_LINES_BESIDE = 6
"""Lines above and below that count as beside a line."""


_MINE = {
    "your": "my", "dein": "mein", "deine": "meine", "deiner": "meiner", "deinem": "meinem", "deinen": "meinen",
    "votre": "mon", "ton": "mon", "ta": "ma", "tes": "mes", "tu": "mi", "su": "mi", "tuo": "mio", "tua": "mia",
    "teu": "meu", "jouw": "mijn", "je": "mijn", "twój": "mój", "twoja": "moja",
}  # fmt: skip
"""What the owner's notes say where an opener says "your": the classifier knows the words of notes."""
_YOURS = re.compile(rf"\b(?:{'|'.join(_MINE)})\b", re.IGNORECASE)


def is_tender_text(text: str) -> bool:
    """Whether some sentence of `text` is about what hurts a person: illness, death, parting, doubt, debt, abuse."""
    return score_tenderness(text) >= read_weights().alone


def may_raise_tender(path: str, folders: Collection[str]) -> bool:
    """Whether `path` is in one of the folders whose tender lines the owner lets be raised; "." is all notes."""
    return any(
        folder in {"", "."} or path == folder or path.startswith(f"{folder}/")
        for folder in (name.strip().strip("/") for name in folders)
    )


def is_tender_opener(text: str, topic: Topic, folders: Collection[str]) -> bool:
    """Whether the words of an opener, which a notification may show, must not be said by itself."""
    if all(may_raise_tender(path, folders) for path in topic.paths):
        return False
    return is_tender_text(text) or is_tender_text(_YOURS.sub(lambda found: _MINE[found[0].lower()], text))


def is_about_code(origin: ItemOrigin | None) -> bool:
    """Whether an item of a forge stands at a line of code, or a program wrote it: processes die there."""
    return origin is not None and origin.source == "forge" and (bool(origin.place) or origin.form == "check")


def is_tender_topic(topic: Topic, notes: Mapping[str, Note], folders: Collection[str] = ()) -> bool:
    """Whether a topic quotes tender lines, stands beside them about the same, or is named by them."""
    judged = [
        evidence
        for evidence in topic.evidence
        if not may_raise_tender(evidence.path, folders) and not is_about_code(evidence.origin)
    ]
    if not judged:
        return False
    named = [topic.title, topic.detail.next or "", topic.detail.note or "", topic.detail.words or ""]
    return is_tender_text("\n".join(named)) or any(
        _is_tender_evidence(evidence, notes.get(evidence.path), topic.kind in {"fading", "connection"})
        for evidence in judged
    )


def _is_tender_evidence(evidence: Evidence, note: Note | None, whole_passage: bool) -> bool:
    classifier = read_weights()
    score = score_tenderness(evidence.text)
    title = note.title if note else ""
    if score >= classifier.alone or is_tender_text("\n".join((title, *evidence.heading))):
        return True
    if note is None:
        return False
    if whole_passage:
        return any(is_tender_text(passage.text) for passage in note.passages if passage.id == evidence.passage)
    near, follows = score >= classifier.beside, goes_on_about_somebody(evidence.text)
    if not near and not follows:
        return False
    lines = classify_lines(note)
    here = [place for place, line in enumerate(lines) if evidence.line_start <= line.number <= evidence.line_end]
    is_item = any(lines[place].role == "item" for place in here)
    if is_item and not near:
        return False
    blanks = 1 if near and not is_item else 0
    return any(is_tender_text(text) for text in _lines_beside(lines, here, blanks))


def _lines_beside(lines: Sequence[SourceLine], here: Sequence[int], blanks: int) -> Iterator[str]:
    """The lines around the places `here`, without these, under the same heading and over at most `blanks` blank lines:
    with none, those of the paragraph or list, with one those of the neighbouring paragraphs as well.
    """
    if not here:
        return
    yield from _walk_lines(lines[: here[0]][::-1], blanks)
    yield from _walk_lines(lines[here[-1] + 1 :], blanks)


def _walk_lines(lines: Sequence[SourceLine], blanks: int) -> Iterator[str]:
    """The next lines with words, until a heading or too many blank lines."""
    for line in lines[: MAX_LINES_BESIDE + blanks]:
        blanks -= line.role == "blank"
        if line.role == "heading" or blanks < 0:
            return
        if line.role != "blank":
            yield line.text
