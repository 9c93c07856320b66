"""Finds phrases among tokens, by a table that is looked up by first words.

The notation of phrases: `a|b` are two phrases, `(a|b) c` is `a c` and `b c`, `(a )?b` and `as?` have something that may
be absent, `wait*` is any word with that beginning, `_` is any word, and `0` any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from proactive_tui.topics.open_ends.words.tokens import TOKEN

ANY_WORD = "_"
MAX_KNOWN_TOKENS = 20_000
"""Tokens for which it is remembered where their phrases begin."""


def expand_phrases(notation: str) -> list[str]:
    """Every phrase that a notation stands for."""
    phrases, rest = _alternatives(notation)
    if rest:
        raise ValueError(f"unbalanced: {rest!r}")
    return phrases


def _alternatives(text: str) -> tuple[list[str], str]:
    out: list[str] = []
    while True:
        run, text = _run(text)
        out += run
        if not text.startswith("|"):
            return out, text
        text = text[1:]


def _run(text: str) -> tuple[list[str], str]:
    done = [""]
    while text and text[0] not in "|)":
        if text[0] == "(":
            part, rest = _alternatives(text[1:])
            text = rest[1:]
        else:
            part, text = [text[0]], text[1:]
        if text.startswith("?"):
            part, text = [*part, ""], text[1:]
        done = [before + after for before in done for after in part]
    return done, text


@dataclass(slots=True)
class _Branch:
    """What may follow a beginning of phrases: words, any word, beginnings of words by their first letter; and the
    names of what ends here.
    """

    words: dict[str, _Branch] = field(default_factory=dict)
    begun: dict[str, dict[str, _Branch]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def add(self, words: Sequence[str], name: str) -> None:
        """Add a phrase."""
        if not words:
            self.names |= {name}
            return
        first, rest = words[0], words[1:]
        if first.endswith("*"):
            begin = first[:-1]
            self.begun.setdefault(begin[0], {}).setdefault(begin, _Branch()).add(rest, name)
        else:
            self.words.setdefault(first, _Branch()).add(rest, name)

    def followers(self, token: str) -> list[_Branch]:
        """The branches that a token leads to."""
        found = [branch for word in (token, ANY_WORD) if (branch := self.words.get(word)) is not None]
        return [*found, *self.begun_by(token)] if self.begun else found

    def begun_by(self, token: str) -> list[_Branch]:
        """The branches that the beginning of a token leads to."""
        alike = self.begun.get(token[0], {})
        return [branch for begin, branch in alike.items() if token.startswith(begin)]


class PhraseTable:
    """Phrases in a tree of their words. `phrases` are pairs of a name and a notation."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._root = _Branch()
        self._first: dict[str, tuple[_Branch, ...]] = {}
        for name, notation in phrases:
            for phrase in expand_phrases(notation.lower()):
                if words := list(_phrase_tokens(phrase)):
                    self._root.add(words, name)

    def find(self, tokens: Sequence[str]) -> set[str]:
        """The names of the phrases that stand anywhere in `tokens`."""
        found: set[str] = set()
        count = len(tokens)
        for place, known in enumerate(map(self._first.get, tokens), 1):
            for branch in self._find_roots(tokens[place - 1]) if known is None else known:
                words = branch.words
                if branch.names or branch.begun or (place < count and (tokens[place] in words or ANY_WORD in words)):
                    _collect(branch, tokens, place, found)
        after = self._root.words.get(ANY_WORD)  # of a phrase that begins with any word, the second is looked for
        if after is not None and (after.names or after.begun or not after.words.keys().isdisjoint(tokens)):
            for place in range(1, count + 1):
                _collect(after, tokens, place, found)
        return found

    def find_first(self, tokens: Sequence[str]) -> set[str]:
        """The names of the phrases with which `tokens` begin."""
        found: set[str] = set()
        any_word = self._root.words.get(ANY_WORD)
        for branch in (*self._roots(tokens[0]), *([any_word] if any_word else [])) if tokens else ():
            _collect(branch, tokens, 1, found)
        return found

    def names_of(self, tokens: Sequence[str]) -> set[str]:
        """The names of the phrases that all of `tokens` are."""
        branches = [self._root] if tokens else []
        for token in tokens:
            branches = [after for branch in branches for after in branch.followers(token)]
            if not branches:
                break
        return {name for branch in branches for name in branch.names}

    def _roots(self, token: str) -> tuple[_Branch, ...]:
        known = self._first.get(token)
        return self._find_roots(token) if known is None else known

    def _find_roots(self, token: str) -> tuple[_Branch, ...]:
        """Where phrases go on that begin with a token, but for those that begin with any word."""
        any_word = self._root.words.get(ANY_WORD)
        found = tuple(branch for branch in self._root.followers(token) if branch is not any_word)
        if len(self._first) < MAX_KNOWN_TOKENS:
            self._first[token] = found
        return found


def _collect(branch: _Branch, tokens: Sequence[str], place: int, found: set[str]) -> None:
    if branch.names:
        found |= branch.names
    if place == len(tokens):
        return
    token = tokens[place]
    if words := branch.words:
        after = words.get(token)
        if after is not None:
            _collect(after, tokens, place + 1, found)
        after = words.get(ANY_WORD)
        if after is not None:
            _collect(after, tokens, place + 1, found)
    for after in branch.begun_by(token) if branch.begun else ():
        _collect(after, tokens, place + 1, found)


def _phrase_tokens(phrase: str) -> Iterator[str]:
    for word in phrase.split():
        if word == ANY_WORD or word.endswith("*"):
            yield word
        else:
            yield from TOKEN.findall(word)
