"""Everything an opener may draw on, prepared for the checker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath

from proactive_tui.model import Evidence, Topic
from proactive_tui.text.lexicon import Lexicon
from proactive_tui.text.lexicon.base import WORD, apart
from proactive_tui.text.plain import comparable, fragment, note_name, sentences, unmarked
from proactive_tui.text.stream_cleaner import clean

_OTHERS = frozenset({"he", "she", "they", "er", "sie", "il", "elle", "ils", "elles", "él", "ella", "ellos"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The evidence as `text`, its `surfaces` (words as they stand) and `stems`, `titles` are
    names of notes of several words, and `numbers` has for each the stems that stand beside it."""

    text: str
    lexicon: Lexicon
    quotable: str
    surfaces: frozenset[str]
    stems: frozenset[str]
    own: frozenset[str]
    names: frozenset[str]
    titles: tuple[str, ...]
    called: tuple[str, ...]
    numbers: dict[str, frozenset[str]]
    sources: tuple[str, ...]
    negated: bool
    dates: frozenset[str]

    @classmethod
    def of(cls, evidence: Sequence[Evidence], topic: Topic, lexicon: Lexicon, dates: str = "") -> Corpus:
        """From a topic and its evidence; `dates` is what may be said of its dates."""
        said = [topic.title, *(each.text for each in evidence)]
        around = [heading for each in evidence for heading in each.heading]
        around += [note_name(each) for each in evidence]
        around += [re.sub(r"[-_./]+", " ", str(PurePosixPath(each.path).with_suffix(""))) for each in evidence]
        around += [*topic.tags, *topic.people, *(f"{key} {value}" for key, value in topic.detail.items())]
        text = "\n".join(map(clean, [*said, *around, dates]))
        words = lexicon.words(text)
        amounts: dict[str, frozenset[str]] = {}
        for each in (*sentences("\n\n".join([*said, *around])), *dates.split(". ")):
            for number, near in beside(each, lexicon):
                amounts[number] = amounts.get(number, frozenset()) | near
        own = frozenset(stem for each in (*said, *around) for stem in lexicon.content(each))
        return cls(
            text=text,
            lexicon=lexicon,
            quotable=comparable("\n".join([*said, *around])),
            surfaces=frozenset(words),
            stems=frozenset(map(lexicon.stem, words)),
            own=own,
            names=frozenset(
                word.lower() for each in said for word in WORD.findall(each)[1:] if word[0].isupper() and word != "I"
            )
            | {word.lower() for person in topic.people for word in WORD.findall(person)}
            | {word.lower() for word in WORD.findall(topic.detail.get("promised to", ""))},
            titles=tuple(
                name
                for name in (
                    fragment(topic.detail.get("note", ""), 60),
                    fragment(topic.title),
                    *map(note_name, evidence),
                )
                if len(name.split()) > 1
            ),
            called=tuple(
                dict.fromkeys([fragment(topic.detail.get("note", ""), 60) or "\0", *map(note_name, evidence)])
            ),
            numbers=amounts,
            sources=tuple(dict.fromkeys(each for text in said for each in sentences(text))),
            dates=frozenset(lexicon.content(dates)),
            negated=any(word in lexicon.negations for each in said for word in lexicon.words(unmarked(each))),
        )

    def quotes(self, quotation: str) -> bool:
        """Whether this stands in the evidence word for word; a quotation may end early with …"""
        wanted = comparable(quotation).strip(" .,;:!?…'")
        return bool(wanted) and wanted in self.quotable

    def lacks(self, word: str) -> bool:
        """Whether this is a content word that the evidence does not have."""
        return word not in self.lexicon.function and self.lexicon.stem(word) not in self.stems

    def touches(self, text: str) -> bool:
        """Whether the text has at least one content word, or name of a note, of the evidence."""
        return bool(set(self.lexicon.content(text)) & self.own) or any(
            self.quotes(each) for each in re.findall(r"[“„«\"]\s*(.*?)\s*[”“»\"]", text)
        )

    def closest(self, sentence: str) -> str | None:
        """The sentence of the evidence that this one restates: two content words in common, and half of its own."""
        words = set(self.lexicon.content(sentence)) & self.own
        best = max(self.sources, key=lambda each: len(words & set(self.lexicon.content(each))), default="")
        shared = words & set(self.lexicon.content(best))
        return best if len(shared) >= 2 and 2 * len(shared) >= len(set(self.lexicon.content(best))) else None

    def follows(self, clause: str, spoken: frozenset[str]) -> bool:
        """Whether what a clause takes from the evidence stands there in one sentence, in the same order.

        A bag of words cannot tell "A trades B for C" from "C trades B for A". Fewer than three such words are not
        looked at, nor are those of conversation (`spoken`) and dates.
        """
        skipped = spoken | self.dates
        taken = [each for each in self.lexicon.content(clause) if each in self.own and each not in skipped]
        if len(taken) < 3:
            return True
        inside = list(map(self.lexicon.content, self.sources))
        if set(taken).isdisjoint(chain.from_iterable(inside)):
            return True
        return any(_within(taken, each) for each in inside)

    def done_by_others(self, stem: str) -> bool:
        """Whether somebody else is the one who does this wherever the evidence says it."""
        before = [
            words[at - 1]
            for words in map(self._plain, self.sources)
            for at, word in enumerate(words)
            if at and self.lexicon.stem(word) == stem
        ]
        found = sum(self.lexicon.stem(word) == stem for each in self.sources for word in self._plain(each))
        return found > 0 and len(before) == found and all(word in self.names or word in _OTHERS for word in before)

    def in_order(self, first: str, stem: str) -> bool:
        """Whether `first` stands at most four words before a word of this stem somewhere."""
        for words in map(self._plain, self.sources):
            for at, word in enumerate(words):
                if word == first and stem in map(self.lexicon.stem, words[at + 1 : at + 5]):
                    return True
        return False

    def _plain(self, sentence: str) -> list[str]:
        return self.lexicon.words(sentence)


def _within(taken: Sequence[str], said: Sequence[str]) -> bool:
    rest = iter(said)
    return all(each in rest for each in taken)


def beside(sentence: str, lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str]]]:
    """Each number of a sentence as digits, with the stems of the two words before and behind it."""
    words = [word.lower() for word in WORD.findall(apart(sentence))]
    for at, word in enumerate(words):
        if number := _digits(word, lexicon):
            yield number, frozenset(map(lexicon.stem, words[max(0, at - 2) : at] + words[at + 1 : at + 3]))


def counted(sentence: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each number of a sentence as digits, with the stem of what it counts: the first content word close behind it."""
    words = [word.lower() for word in WORD.findall(apart(sentence))]
    for at, word in enumerate(words):
        if number := _digits(word, lexicon):
            behind = [each for each in words[at + 1 : at + 3] if each not in lexicon.function and not each[0].isdigit()]
            yield number, lexicon.stem(behind[0]) if behind else ""


def _digits(word: str, lexicon: Lexicon) -> str:
    return str(lexicon.numbers[word]) if word in lexicon.numbers else word if word[0].isdigit() else ""
