"""Compares what the owner says from memory with what the note says, point by point. Pure; no model judges it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER
from proactive_tui.text.plain import escape_markdown, is_question, plain_sentences
from proactive_tui.text.terminal_safe import one_line

MAX_RECALL_POINTS = 6
"""Maximum points of the notes that an answer is compared with: more than that nobody recites."""
MIN_POINT_STEMS = 2
REMEMBERED_SHARE = 0.4
"""The share of a point's telling words, the rarer ones counting more, from which it was remembered."""
MAX_POINT_CHARACTERS = 280


class RecallPoint(FrozenValue, frozen=True, kw_only=True):
    """A statement of the notes: its source (counting from 1), how much of it was said (0..1), and whether a number in
    it was said otherwise.
    """

    text: str
    source: int
    share: float
    differs: bool = False

    @property
    def is_remembered(self) -> bool:
        """Whether enough of the point was said, and no number wrongly."""
        return self.share >= REMEMBERED_SHARE and not self.differs


_RECALL_PHRASES = {
    "en": (
        "That is what your note says:", "You had this:", "Your note says it otherwise:", "And this was missing:",
        "This is what your note says:",
    ),
    "de": (
        "Genau das steht in deiner Notiz:", "Das wusstest du:", "In deiner Notiz steht es anders:", "Und das fehlte:",
        "Das steht in deiner Notiz:",
    ),
    "fr": (
        "C'est bien ce que dit ta note :", "Tu avais ceci :", "Ta note le dit autrement :", "Et il manquait :",
        "Voici ce que dit ta note :",
    ),
    "es": (
        "Eso es lo que dice tu nota:", "Esto lo sabías:", "Tu nota lo dice de otra manera:", "Y faltaba esto:",
        "Esto es lo que dice tu nota:",
    ),
}  # fmt: skip
"""All of it; what was said; what was said wrongly; what was not said; nothing of it."""


def can_be_recalled(evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence states something that an answer can be compared with."""
    language = language_or_default("\n".join(passage.text for passage in evidence))
    return bool(_list_points(evidence, LEXICONS[language]))


def compare_recall(answer: str, evidence: Sequence[Evidence], given: str = "") -> list[RecallPoint]:
    """The points of the evidence, each with how much of it the answer says. What was `given` away by the question does
    not count.
    """
    language = language_or_default(" ".join(passage.text for passage in evidence), answer)
    lexicon = LEXICONS[language]
    points = _list_points(evidence, lexicon)
    known = set(lexicon.content_stems(given))
    stems = [set(lexicon.content_stems(text)) - known or set(lexicon.content_stems(text)) for text, _ in points]
    spread = Counter(stem for point in stems for stem in point)
    said = set(lexicon.content_stems(answer))
    numbers = {word for word in WORD_OR_NUMBER.findall(answer) if word[0].isdigit()}
    every_number = {word for passage in evidence for word in WORD_OR_NUMBER.findall(passage.text) if word[0].isdigit()}
    found = []
    for (text, source), point in zip(points, stems, strict=True):
        telling = {stem for stem in point if not stem[0].isdigit()} or point
        weight = sum(1 / spread[stem] for stem in telling)
        share = sum(1 / spread[stem] for stem in telling & said) / weight if weight else 0.0
        own_numbers = {word for word in WORD_OR_NUMBER.findall(text) if word[0].isdigit()}
        differs = bool(
            share >= REMEMBERED_SHARE and own_numbers and numbers - every_number and not own_numbers & numbers
        )
        found.append(RecallPoint(text=text, source=source, share=round(share, 3), differs=differs))
    return found


def recall_share(points: Sequence[RecallPoint]) -> float:
    """The share of the points that were remembered (0..1)."""
    return sum(point.is_remembered for point in points) / len(points) if points else 0.0


def word_recall(points: Sequence[RecallPoint], language: str) -> str:
    """Markdown that quotes what was remembered, what was said otherwise and what was missing, with their sources."""
    all_of_it, had, otherwise, missing, nothing = _RECALL_PHRASES.get(language, _RECALL_PHRASES["en"])
    remembered = [point for point in points if point.is_remembered]
    wrong = [point for point in points if point.differs]
    left = [point for point in points if not (point.is_remembered or point.differs)]
    if not left and not wrong:
        return _quote_points(all_of_it, remembered)
    if not remembered and not wrong:
        return _quote_points(nothing, left)
    parts = ((had, remembered), (otherwise, wrong), (missing, left))
    return "\n\n".join(_quote_points(heading, some) for heading, some in parts if some)


def _quote_points(heading: str, points: Sequence[RecallPoint]) -> str:
    return f"{heading}\n\n" + "\n>\n".join(f"> {escape_markdown(point.text)} [{point.source}]" for point in points)


def _list_points(evidence: Sequence[Evidence], lexicon: Lexicon) -> list[tuple[str, int]]:
    """What the evidence states, in its order, each with its source: no questions, no headings, nothing twice."""
    points: dict[str, int] = {}
    for source, passage in enumerate(evidence, 1):
        headings = {heading.casefold().strip() for heading in passage.heading}
        for sentence in plain_sentences(passage.text):
            text = one_line(sentence)[:MAX_POINT_CHARACTERS].strip()
            telling = set(lexicon.content_stems(text))
            if len(telling) >= MIN_POINT_STEMS and not is_question(text) and text.casefold() not in headings:
                points.setdefault(text, source)
    return list(points.items())[:MAX_RECALL_POINTS]
