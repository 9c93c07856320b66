"""Features of a line for the tenderness classifier: classes of words, and pairs of classes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple

from proactive_tui.topics.tenderness.gram_places import HAN_OR_KANA, SPOKEN_WORD, masked_line, split_spoken_words

MAX_FOLLOWING_WORDS = 6
PAIR_WORDS = 9
"""Words within which two classes count as said of one thing."""
HURT_CLASSES = frozenset(
    (
        "grave",
        "death",
        "illness",
        "care",
        "therapist",
        "feeling",
        "anguish",
        "doubt",
        "parting",
        "loss",
        "money",
        "harm",
        "belittle",
        "rough",
        "body",
        "carework",
        "rite",
        "hardship",
    )
)
"""The classes of words for what hurts."""
SIGN_CLASSES = HURT_CLASSES | {"living", "absence", "pet", "negation"}
"""The classes of words for what hurts or can; few lines without any are tender."""
PERSON_CLASSES = frozenset(("kin", "first", "third"))
OTHER_CLASSES = frozenset(("tech", "study", "errand", "nature", "mild", "story"))
"""The classes of words beside which words for what hurts mostly mean something else."""


class ClassedWords(NamedTuple):
    """The word list: classes by word, by beginning of a word, by phrase (under its first word), and by Han or kana."""

    words: dict[str, frozenset[str]]
    beginnings: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    characters: tuple[tuple[str, str], ...]


_NOT_KNOWING = re.compile(
    r"\b(?:(?:don.?t|do not) know (?:yet )?(?:which|whether|if|where|when|who|how|why|what)"
    r"|(?:wei(?:ß|ss)|wissen) [^.;?!]{0,30}nicht,? (?:in |an |auf )?(?:welche|ob|wo|wann|wer|wie|warum|was)"
    r"|we(?:et|ten) [^.;?!]{0,20}niet (?:in )?(?:of|welke|waar|wanneer|wie|hoe|waarom|wat)"
    r"|sa(?:is|it|vons) pas (?:encore )?(?:si|quel|où|quand|qui|comment|pourquoi|ce que)"
    r"|no s(?:é|abemos) (?:si|qué|cuál|dónde|cuándo|quién|cómo|por qué)"
    r"|não s(?:ei|abemos) (?:se|qual|que|onde|quando|quem|como|por)"
    r"|non s(?:o|appiamo) (?:ancora )?(?:se|quale|dove|quando|chi|come|perché|che)"
    r"|nie wie(?:m|my)\b[^.;?!]{0,15}(?:czy|któr|gdzie|kiedy|kto|jak|dlaczego|co))",
    re.IGNORECASE,
)
"""Somebody does not know something, which is a question more often than a hurt."""


def line_features(text: str, masked: str | None = None) -> dict[str, float]:
    """The features of `text` by name, each with the value 1; `masked` is its `masked_line`, where that is known."""
    masked = masked_line(text) if masked is None else masked
    classes = _class_places(list(split_spoken_words(masked)))
    if "·" in masked and "·" not in text:
        classes.setdefault("tech", []).append(0)
    signs = SIGN_CLASSES & classes.keys()
    if not signs:  # that somebody is spoken of says nothing by itself
        classes = {name: places for name, places in classes.items() if name not in PERSON_CLASSES}
    out = {f"class {name}": 1.0 for name in classes}
    out |= {f"twice {name}": 1.0 for name, places in classes.items() if len(places) > 1}
    out |= {
        f"both {one} {other}": 1.0
        for one, other in combinations(sorted(classes), 2)
        if _near(classes[one], classes[other])
    }
    out |= _gathered_features(classes) if signs else {"gathered no sign": 1.0}
    if "?" in text or "？" in text:
        out["asks"] = 1.0
    if _NOT_KNOWING.search(text):
        out["asks indirectly"] = 1.0
    return out


def _gathered_features(classes: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """Whether something that hurts stands near somebody, and whether nothing there says that it is no person's hurt."""
    hurts = sorted(place for name in HURT_CLASSES & classes.keys() for place in classes[name])
    people = sorted(place for name in PERSON_CLASSES & classes.keys() for place in classes[name])
    out: dict[str, float] = {}
    if len(set(hurts)) > 1:
        out["gathered hurts"] = 1.0
    if not classes.keys() & OTHER_CLASSES:
        out["gathered nothing else"] = 1.0
        if hurts:
            out["gathered hurt alone"] = 1.0
    if _near(hurts, people):
        out["gathered hurt person"] = 1.0
        if not classes.keys() & OTHER_CLASSES:
            out["gathered hurt person alone"] = 1.0
        if classes.keys() & {"kin", "first"}:
            out["gathered hurt of one's own"] = 1.0
    return out


def goes_on_about_somebody(text: str) -> bool:
    """Whether a line can only be understood by those before it: about a "she", or a few words about oneself."""
    masked = masked_line(text)
    classes = _class_places(list(split_spoken_words(masked))).keys()
    if classes & OTHER_CLASSES or ("·" in masked and "·" not in text):
        return False
    few = len(SPOKEN_WORD.findall(text)) <= MAX_FOLLOWING_WORDS
    return "third" in classes or (few and "first" in classes)


def _near(one: Sequence[int], other: Sequence[int]) -> bool:
    return any(abs(place - beside) <= PAIR_WORDS for place in one for beside in other)


def _class_places(words: Sequence[str]) -> dict[str, list[int]]:
    """Where words, phrases or characters of each class stand in `words`, by index."""
    known = read_classed_words()
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for name in _classes_of_word(word):
            found.setdefault(name, []).append(place)
        for phrase, name in known.phrases.get(word, ()):
            if _phrase_matches(phrase, words[place : place + len(phrase)]):
                found.setdefault(name, []).append(place)
    return found


def _phrase_matches(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for wanted, word in zip(phrase, words, strict=True)
    )


@lru_cache(maxsize=16384)
def _classes_of_word(word: str) -> frozenset[str]:
    known = read_classed_words()
    if HAN_OR_KANA.search(word):
        return frozenset(name for characters, name in known.characters if characters in word)
    found: set[str] = set()
    for part in {word, *word.split("-")}:
        found |= known.words.get(part, frozenset())
        for length in range(2, len(part) + 1):
            found |= known.beginnings.get(part[:length], frozenset())
    return frozenset(found)


@lru_cache(maxsize=1)
def read_classed_words() -> ClassedWords:
    """The word list of the package, `words.txt`."""
    words: dict[str, set[str]] = {}
    beginnings: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    characters: list[tuple[str, str]] = []
    name = ""
    for line in files(__package__).joinpath("words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        for entry in () if line.startswith(("#", "[")) else dict.fromkeys(line.split()):
            phrase = tuple(entry.split("_"))
            if HAN_OR_KANA.search(entry):
                characters.append((entry, name))
            elif len(phrase) > 1:
                phrases.setdefault(phrase[0], []).append((phrase, name))
            elif entry.endswith("*"):
                beginnings.setdefault(entry[:-1], set()).add(name)
            else:
                words.setdefault(entry, set()).add(name)
    return ClassedWords(
        {word: frozenset(names) for word, names in words.items()},
        {word: frozenset(names) for word, names in beginnings.items()},
        {word: tuple(dict.fromkeys(found)) for word, found in phrases.items()},
        tuple(characters),
    )
