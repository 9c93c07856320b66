"""The words of one language by which openers are checked and dated."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any

from proactive_tui.model.shared_words import Kind

WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+(?:[.,:/]\d+)*", re.UNICODE)
"""A word or a number, for the checker and the quoted replies."""


class Lexicon:
    """The closed-class words of a language and the few others an opener may use without the note saying them.

    `function` words carry no content. `talking` words belong to talking about notes and may stand anywhere; `asking`
    words only where nothing is asserted, in a question. `by_kind` are true of every topic of that kind (an open
    question *was asked*). `phrases` are allowed as they stand. `negations` and `numbers` are checked strictly.
    `function` and `negations` are the `grammar_words`, which nobody searches for; with `common` words, which say too
    little to compare titles by, they are the `stop_words`.
    """

    def __init__(
        self,
        code: str,
        algorithm: str,
        *,
        function: str,
        talking: str = "",
        asking: str = "",
        by_kind: dict[Kind, str] | None = None,
        phrases: str = "",
        negations: str = "",
        common: str = "",
        numbers: dict[str, int],
        days: tuple[str, ...],
        months: tuple[str, ...],
    ) -> None:
        self.code = code
        self.algorithm = algorithm
        self.function = frozenset(function.split())
        self._talking = talking
        self._asking = asking
        self._by_kind = by_kind or {}
        self.phrases = tuple(
            sorted(filter(None, (phrase.strip() for phrase in phrases.split("|"))), key=len, reverse=True)
        )
        self.negations = frozenset(negations.split())
        self.grammar_words = self.function | self.negations
        self.stop_words = self.grammar_words | frozenset(common.split())
        self.numbers = numbers
        self.days = days
        self.months = months

    @cached_property
    def conversation_stems(self) -> frozenset[str]:
        """Stems that may stand in any sentence."""
        return frozenset(map(self.stem, self._talking.split()))

    @cached_property
    def question_stems(self) -> frozenset[str]:
        """Stems that may stand in a question."""
        return frozenset(map(self.stem, self._asking.split()))

    def kind_stems(self, kind: Kind) -> frozenset[str]:
        """Stems that are true of every topic of `kind`."""
        return frozenset(map(self.stem, self._by_kind.get(kind, "").split()))

    @cached_property
    def calendar_words(self) -> frozenset[str]:
        """Names of days and months, in lower case."""
        return frozenset(name.lower() for name in (*self.days, *self.months))

    def stem(self, word: str) -> str:
        """The stem of one word (Snowball; Porter, 2001), the same for upper and lower case."""
        return _cached_stem(self.algorithm, word.lower())

    def split_words(self, text: str) -> list[str]:
        """The words and numbers of `text` in lower case, contractions expanded ("didn’t" is "did", "not")."""
        return [word.lower() for word in WORD_OR_NUMBER.findall(expand_contractions(text))]

    def content_stems(self, text: str) -> list[str]:
        """The stems of the words of `text` that carry content, in order."""
        return [self.stem(word) for word in self.split_words(text) if word not in self.function]


_CONTRACTIONS = (
    (re.compile(r"\bcan['’]?not\b|\bcan['’]t\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"\blet['’]s\b", re.IGNORECASE), "let us"),
    (re.compile(r"['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE), ""),
)


def expand_contractions(text: str) -> str:
    """`text` with English contractions expanded. Possessives and verbs behind an apostrophe are dropped."""
    for pattern, whole in _CONTRACTIONS:
        text = pattern.sub(whole, text)
    return text


@lru_cache(maxsize=20_000)
def _cached_stem(algorithm: str, word: str) -> str:
    if not word.isalpha():
        return word
    return str(_load_stemmer(algorithm).stemWord(word))


@lru_cache(maxsize=16)
def _load_stemmer(algorithm: str) -> Any:
    from snowballstemmer import stemmer  # noqa: PLC0415  loads every language; only where something is checked

    return stemmer(algorithm)
