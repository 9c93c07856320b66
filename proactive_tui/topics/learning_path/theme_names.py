"""Names a theme by the terms of its notes: phrases and words that titles, headings, tags, links or folders have."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from proactive_tui.model import Passage
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import (
    DULL_WORDS,
    WORD_PATTERN,
    stem_word,
    stop_words_of,
    strip_markdown,
)
from proactive_tui.topics.memory.mining_memory import PEOPLE_FOLDERS
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.quoting import GENERIC_HEADING

MAX_THEME_WORDS = 6
MAX_FOLDER_SHARE = 0.6  # of all notes below a folder, at the most, for its name to tell one theme from others
PROPER_NAME_BONUS = 1.3  # on the score of a word that is written with a capital
PHRASE_BONUS = 1.6  # on the score of a term of several words, which says more than one
MAX_PHRASE_WORDS = 3
MAX_ACRONYM_LETTERS = 5
MIN_TERM_NOTES = 2  # notes of a theme in which a term stands
MIN_UNNAMED_NOTES = 3  # notes in which a term stands that fewer than two of them name
MIN_PROSE_WORDS = 5  # of a line; a shorter one is a label, as forms have them
MIN_FORM_NOTES = 5  # notes with a heading that is part of a form
MIN_SOLE_NOTES = 3  # notes that call a theme by one word, where it has no other name
MIN_SCORE_SHARE = 0.35  # of the best term's score
_AND_WORDS = {
    "de": "und",
    "fr": "et",
    "es": "y",
    "it": "e",
    "pt": "e",
    "nl": "en",
    "pl": "i",
}
_GENERIC_FOLDERS = re.compile(
    r"^\W*(?:notes?|notizen|notas|daily|dailies|journals?|pages?|inbox|archive|docs?|til|zettel\w*|work|home|people|private"
    r"|projects?|areas?|resources?|misc|course|\d[\d\W]*.*)$",
    re.IGNORECASE,
)
_FORM_WORDS = frozenset(
    (
        "goal",
        "goals",
        "agenda",
        "habit",
        "habits",
        "user",
        "users",
        "language",
        "meeting",
        "meetings",
        "task",
        "tasks",
    )
)
"""Words of forms and of everything, which tell no theme from another."""
_NO_NAMES = re.compile(r"^(?:\d|https?|www|www\.)|.*\.(?:md|png|jpe?g|pdf|svg|gif)$", re.IGNORECASE)
_BREAK = re.compile(r"[.!?…]+(?:\s|$)|[,;:()\[\]{}|/\\\"“”„«»<>=→←•·#]+|\s[-–—]+\s|\n")
_LINKED_NAME = re.compile(r"\[\[([^\]|#]{2,60})")


class _Term(NamedTuple):
    """The stems of a term, and how it is written."""

    key: tuple[str, ...]
    form: str


def find_theme_words(members: Sequence[Passage], everywhere: Counter[str], context: MiningContext) -> list[str]:
    """The terms that characterise a theme, best first, as its notes write them; `everywhere` counts the notes of words.

    Class-based TF-IDF (Grootendorst, 2022, BERTopic) over terms of one to three words: the number of notes of the theme
    that contain a term, and three times that for those that name it (in a title, heading, tag, link or folder), against
    the number of all notes with its rarest word. A term stands in two notes of the theme at least and one of them names
    it; a phrase that nothing names stands in three. People name no theme. Of terms that share a word the best stays.
    Empty where nothing names the theme well: one word alone must be what three notes call it.
    """
    people = {name.lower() for person in context.people_names for name in person.split()}
    within: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    named: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    forms: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    repeated = _repeated_headings(context)
    for passage in members:
        for text, place in _readable_texts(passage, repeated, context):
            for term in _terms(text, passage, people):
                within[term.key].add(passage.path)
                forms[term.key][term.form] += place != "label"
                if place == "label" or (place == "heading" and not _tells_an_action(term, text)):
                    named[term.key].add(passage.path)
    scores = {}
    for key, paths in within.items():
        naming = len(named.get(key, ()))
        if len(paths) < MIN_TERM_NOTES or (not naming and len(key) == 1):
            continue
        if naming < MIN_TERM_NOTES and len(paths) < MIN_UNNAMED_NOTES:
            continue
        form = _usual_form(forms[key])
        spread = min(max(1, everywhere[word.lower()]) for word in WORD_PATTERN.findall(form))
        rarity = math.log(1 + len(context.own_notes) / spread)
        weight = PROPER_NAME_BONUS if not form.islower() else 1.0
        scores[key] = (len(paths) + 3 * naming) * rarity * weight * (PHRASE_BONUS if len(key) > 1 else 1.0)
    chosen: list[tuple[str, ...]] = []
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if not any(_stem_parts(key) & _stem_parts(other) for other in chosen):
            chosen.append(key)
    best = max(scores.values(), default=0.0)
    return [_usual_form(forms[key]) for key in chosen[:MAX_THEME_WORDS] if scores[key] >= MIN_SCORE_SHARE * best]


def _stem_parts(key: tuple[str, ...]) -> set[str]:
    return {stem_word(part) for stem in key for part in stem.split("-")}


def _repeated_headings(context: MiningContext) -> frozenset[str]:
    """The headings that many notes have, in lower case: parts of a form, which name no subject."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for note in context.own_notes.values():
        for passage in note.passages:
            for heading in passage.heading:
                found[heading.lower()].add(note.path)
    return frozenset(heading for heading, paths in found.items() if len(paths) >= MIN_FORM_NOTES)


def _readable_texts(
    passage: Passage, repeated: frozenset[str], context: MiningContext
) -> Iterator[tuple[str, Literal["heading", "label", "prose"]]]:
    """The texts of a passage: headings, labels (tags, links, the folder) and lines of prose."""
    note = context.notes[passage.path]
    folders = note.path.split("/")[:-1]
    of_person = bool({folder.lower() for folder in folders} & PEOPLE_FOLDERS)
    for heading in dict.fromkeys((note.title, *passage.heading)):
        if not GENERIC_HEADING.match(heading) and heading.lower() not in repeated and not of_person:
            yield strip_markdown(heading), "heading"
    for tag in note.tags:
        yield re.sub(r"[-_/]", " ", tag), "label"
    for link in _LINKED_NAME.findall(passage.prose):
        yield link.rpartition("/")[2], "label"
    if folders and not of_person and not _GENERIC_FOLDERS.match(folders[-1]):
        below = sum(path.startswith(f"{'/'.join(folders)}/") for path in context.own_notes)
        if below <= MAX_FOLDER_SHARE * len(context.own_notes):
            yield re.sub(r"[-_]", " ", folders[-1]), "label"
    for line in map(strip_markdown, passage.prose.split("\n")):
        if len(line.split()) >= MIN_PROSE_WORDS:
            yield line, "prose"


def _terms(text: str, passage: Passage, people: set[str]) -> Iterator[_Term]:
    """The terms of a text: words that name something, and runs of two or three of them."""
    stop_words = stop_words_of(passage.prose)
    lexicon = LEXICONS[language_or_default(passage.prose)]
    talk = lexicon.conversation_stems | lexicon.question_stems
    for part in _BREAK.split(text):
        run: list[tuple[str, str]] = []
        for word in (*part.split(), ""):
            bare = WORD_PATTERN.search(word)
            low = bare[0].lower() if bare else ""
            told = (
                len(low) > 2
                and low not in stop_words
                and low not in DULL_WORDS
                and low not in lexicon.numbers
                and low not in people
                and low not in PEOPLE_FOLDERS
                and low not in _FORM_WORDS
                and not _NO_NAMES.match(low)
                and not (low == (bare[0] if bare else "") and lexicon.stem(low) in talk)
            )
            if told and bare:
                run.append((stem_word(low), bare[0]))
            if not told or not word:
                yield from _runs(run)
                run = []


def _runs(run: Sequence[tuple[str, str]]) -> Iterator[_Term]:
    for first in range(len(run)):
        for last in range(first + 1, min(len(run), first + MAX_PHRASE_WORDS) + 1):
            yield _Term(
                tuple(stem for stem, _ in run[first:last]),
                " ".join(form for _, form in run[first:last]),
            )


def _tells_an_action(term: _Term, heading: str) -> bool:
    """Whether a word of a heading says what was done rather than with what: the first of several ("Create a schema"),
    or a form of a verb.
    """
    words = WORD_PATTERN.findall(heading)
    return len(term.key) == 1 and (
        term.form.lower().endswith(("ing", "ed", "ly")) or (len(words) > 2 and term.form == words[0])
    )


def _usual_form(counts: Counter[str]) -> str:
    """The most frequent form of a term; a capital counts only where it is written more often than not."""
    form = min(counts, key=lambda form: (-counts[form], form.isupper() and len(form) > 4, form))
    return form.capitalize() if form.isupper() and len(form) > MAX_ACRONYM_LETTERS else form


def join_names(names: Sequence[str], language: str) -> str:
    """Names in one line: "Kafka, lag and offsets"."""
    link = _AND_WORDS.get(language, "and")
    return f"{', '.join(names[:-1])} {link} {names[-1]}" if len(names) > 1 else "".join(names)
