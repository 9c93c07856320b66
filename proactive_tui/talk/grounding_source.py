"""The evidence of an opener, prepared for the checker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.facts.true_phrases import true_date_phrases
from proactive_tui.talk.spoken_language import spoken_language
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER, expand_contractions
from proactive_tui.text.plain import comparable_text, note_name, plain_line, plain_sentences, quotable_fragment
from proactive_tui.text.stream_cleaner import sanitize_text

OTHERS_FACTS = ("check", "place", "blocked by", "asked by")
"""Facts of a topic whose words are somebody else's: they may be quoted only. Who they are is in its people."""

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]000|(?:[.,]\d{3}){2,}|,\d{3})")
_THIRD_PERSON_PRONOUNS = frozenset(
    {"he", "she", "they", "er", "sie", "il", "elle", "ils", "elles", "él", "ella", "ellos"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundingCorpus:
    """The evidence of a topic: its `text`, its `surfaces` (words as written) and `stems`, its `titles` (names of notes
    with several words), and for each of its `numbers` the stems beside it.
    """

    text: str
    lexicon: Lexicon
    quotable: str
    surfaces: frozenset[str]
    stems: frozenset[str]
    evidence_stems: frozenset[str]
    names: frozenset[str]
    titles: tuple[str, ...]
    note_names: tuple[str, ...]
    numbers: dict[str, frozenset[str]]
    sources: tuple[str, ...]
    negated: bool
    dates: frozenset[str]

    @classmethod
    def from_topic(
        cls,
        topic: Topic,
        evidence: Sequence[Evidence],
        *,
        language: str | None = None,
        now: float | None = None,
        utc_offset: int = 0,
    ) -> GroundingCorpus:
        """The corpus of an opener in `language` (by default that of the evidence) at `now`, which makes the days of the
        topic sayable.
        """
        language = language or spoken_language(topic, evidence)
        dates = true_date_phrases(topic, now=now, language=language, utc_offset=utc_offset)
        return cls.from_evidence(evidence, topic, LEXICONS[language], dates)

    @classmethod
    def from_evidence(
        cls, evidence: Sequence[Evidence], topic: Topic, lexicon: Lexicon, dates: str = ""
    ) -> GroundingCorpus:
        """The corpus of a topic and its evidence; `dates` are the phrases that may be said of its dates.

        What somebody else wrote may be quoted, and is no ground for words outside of a quotation: else their claims
        would be said as true.
        """
        own = [passage for passage in evidence if not passage.is_others]
        title = [] if evidence and evidence[0].is_others else [topic.title]
        facts = topic.detail.facts()
        quoted = [
            *(facts[key] for key in OTHERS_FACTS if key in facts),
            topic.title,
            *(text for passage in evidence for text in (passage.text, *passage.heading)),
        ]
        said = [*title, *(passage.text for passage in own)]
        around = [heading for passage in own for heading in passage.heading]
        around += [note_name(passage) for passage in own]
        around += [re.sub(r"[-_./]+", " ", str(PurePosixPath(passage.path).with_suffix(""))) for passage in own]
        around += [
            *topic.tags,
            *topic.people,
            *(f"{key} {value}" for key, value in facts.items() if key not in OTHERS_FACTS),
        ]
        text = "\n".join(map(sanitize_text, [*said, *around, dates]))
        words = lexicon.split_words(text)
        amounts: dict[str, frozenset[str]] = {}
        for sentence in (*plain_sentences("\n\n".join([*said, *around])), *dates.split(". ")):
            for number, near in numbers_with_neighbours(sentence, lexicon):
                amounts[number] = amounts.get(number, frozenset()) | near
        stems = frozenset(stem for part in (*said, *around) for stem in lexicon.content_stems(part))
        return cls(
            text=text,
            lexicon=lexicon,
            quotable=comparable_text("\n".join([*quoted, *said, *around])),
            surfaces=frozenset(words),
            stems=frozenset(map(lexicon.stem, words)),
            evidence_stems=stems,
            names=frozenset(
                word.lower()
                for part in said
                for word in WORD_OR_NUMBER.findall(part)[1:]
                if word[0].isupper() and word != "I"
            )
            | {word.lower() for person in topic.people for word in WORD_OR_NUMBER.findall(person)}
            | {word.lower() for word in WORD_OR_NUMBER.findall(topic.detail.promised_to or "")},
            titles=tuple(
                name
                for name in (
                    quotable_fragment(topic.detail.note or "", 60),
                    quotable_fragment(topic.title),
                    *map(note_name, evidence),
                )
                if len(name.split()) > 1
            )
            + tuple(name for passage in evidence if (name := _author_name(passage))),
            note_names=tuple(
                dict.fromkeys([quotable_fragment(topic.detail.note or "", 60) or "\0", *map(note_name, evidence)])
            ),
            numbers=amounts,
            sources=tuple(dict.fromkeys(sentence for text in said for sentence in plain_sentences(text))),
            dates=frozenset(lexicon.content_stems(dates)),
            negated=any(word in lexicon.negations for part in said for word in lexicon.split_words(plain_line(part))),
        )

    def contains_quotation(self, quotation: str) -> bool:
        """Whether a quotation stands in the evidence verbatim; it may end early with …."""
        wanted = comparable_text(quotation).strip(" .,;:!?…'")
        return bool(wanted) and wanted in self.quotable

    def shares_content(self, text: str) -> bool:
        """Whether the text has at least one content word, or name of a note, of the evidence."""
        return bool(set(self.lexicon.content_stems(text)) & self.evidence_stems) or any(
            self.contains_quotation(quotation) for quotation in re.findall(r"[“„«\"]\s*(.*?)\s*[”“»\"]", text)
        )

    def is_done_by_others(self, stem: str) -> bool:
        """Whether somebody else does this wherever the evidence mentions it."""
        before = [
            words[at - 1]
            for words in map(self._split_words, self.sources)
            for at, word in enumerate(words)
            if at and self.lexicon.stem(word) == stem
        ]
        found = sum(
            self.lexicon.stem(word) == stem for sentence in self.sources for word in self._split_words(sentence)
        )
        return (
            found > 0
            and len(before) == found
            and all(word in self.names or word in _THIRD_PERSON_PRONOUNS for word in before)
        )

    def is_in_order(self, first: str, stem: str) -> bool:
        """Whether `first` stands at most four words before a word of this stem somewhere."""
        for words in map(self._split_words, self.sources):
            for at, word in enumerate(words):
                if word == first and stem in map(self.lexicon.stem, words[at + 1 : at + 5]):
                    return True
        return False

    def _split_words(self, sentence: str) -> list[str]:
        return self.lexicon.split_words(sentence)


def numbers_with_neighbours(sentence: str, lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str]]]:
    """Each number of a sentence as digits, with the stems of the two words before and after it."""
    words = [word.lower() for word in WORD_OR_NUMBER.findall(expand_contractions(sentence))]
    for at, word in enumerate(words):
        if number := _to_digits(word, lexicon):
            yield number, frozenset(map(lexicon.stem, words[max(0, at - 2) : at] + words[at + 1 : at + 3]))


def numbers_with_nouns(sentence: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each number of a sentence as digits, with the stem of what it counts: the next content word, at most two words
    on.
    """
    words = [word.lower() for word in WORD_OR_NUMBER.findall(expand_contractions(sentence))]
    for at, word in enumerate(words):
        if number := _to_digits(word, lexicon):
            behind = [
                neighbour
                for neighbour in words[at + 1 : at + 3]
                if neighbour not in lexicon.function and not neighbour[0].isdigit()
            ]
            yield number, lexicon.stem(behind[0]) if behind else ""


def _to_digits(word: str, lexicon: Lexicon) -> str:
    if word in lexicon.numbers:
        return str(lexicon.numbers[word])
    if not word[0].isdigit():
        return ""
    return re.sub(r"[.,]", "", word) if _THOUSANDS.fullmatch(word) else word


def _author_name(passage: Evidence) -> str:
    """Who wrote a passage, where somebody else than the owner did: a name that may be said whole."""
    return quotable_fragment(passage.origin.author, 60) if passage.origin is not None and passage.is_others else ""
