"""Names a theme by the terms of its notes: phrases and words that titles, headings, tags, links or folders have."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.words import (
    DULL_WORDS,
    WORD_PATTERN,
    language_stop_words,
    stem_word,
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
    r"|projects?|areas?|resources?|misc|course|(?:daily|weekly) notes?|diary|weekly|tagebuch|tagesnotizen"
    r"|note giornaliere|diario|notas diarias|notes quotidiennes|dagboek|dagelijkse notities|dziennik|日記|日记"
    r"|\d[\d\W]*.*)$",
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
        "todo",
        "todos",
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


_Run = tuple[tuple[str, str], ...]
"""Words that follow each other, each as its stem and its form."""
_Place = Literal["heading", "tag", "folder", "prose"]


class _PassageText(NamedTuple):
    """A text of a passage: where it stands (a link counts as a tag), the name of a heading (in lower case) or folder,
    the words of a heading, and the runs of words that name something.
    """

    place: _Place
    name: str
    words: tuple[str, ...]
    runs: tuple[_Run, ...]


def find_theme_words(members: Sequence[Passage], everywhere: Counter[str], context: MiningContext) -> list[str]:
    """The terms that characterise a theme, best first, as its notes write them; `everywhere` counts the notes of words.

    Class-based TF-IDF (Grootendorst, 2022, BERTopic) over terms of one to three words: the number of notes of the theme
    that contain a term, and three times that for those that name it (in a title, heading, tag, link or folder), against
    the number of all notes with its rarest word. A term stands in two notes of the theme at least and one of them names
    it; a phrase that nothing names stands in three. People name no theme. Of terms that share a word the best stays.
    Empty where nothing names the theme well: one word alone must be what three notes call it.
    """
    within: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    named: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    forms: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for passage in members:
        for text in context.recall_of_passage(_read_texts, passage):
            if not _is_of_vault(text, context):
                for term in chain.from_iterable(map(_terms, text.runs)):
                    within[term.key].add(passage.path)
                    forms[term.key][term.form] += text.place in ("heading", "prose")
                    if text.place in ("tag", "folder") or (
                        text.place == "heading" and not _tells_an_action(term, text.words)
                    ):
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


def _is_of_vault(text: _PassageText, context: MiningContext) -> bool:
    """Whether a heading or folder tells no theme from another: a heading of a form, or the folder of most notes."""
    if text.place == "heading":
        return context.heading_counts[text.name] >= MIN_FORM_NOTES
    return text.place == "folder" and context.folder_counts[text.name] > MAX_FOLDER_SHARE * len(context.own_notes)


def _read_texts(note: Note, passage: Passage, people: frozenset[str]) -> tuple[_PassageText, ...]:
    """The texts of a passage in which words stand that may name a theme."""
    language = language_or_default(passage.prose)
    skipped = {name.lower() for person in people for name in person.split()} | language_stop_words(language)
    texts = (
        _PassageText(place, name, tuple(WORD_PATTERN.findall(text)) if place == "heading" else (), runs)
        for place, name, text in _readable_texts(note, passage)
        if (runs := tuple(_told_runs(text, skipped, LEXICONS[language])))
    )
    return tuple(texts)


def _readable_texts(note: Note, passage: Passage) -> Iterator[tuple[_Place, str, str]]:
    """The texts of a passage with their places, and the names of headings and folders: headings, tags, links, the
    folder, and lines of prose.
    """
    folders = note.path.split("/")[:-1]
    of_person = bool({folder.lower() for folder in folders} & PEOPLE_FOLDERS)
    for heading in dict.fromkeys((note.title, *passage.heading)):
        if not GENERIC_HEADING.match(heading) and not of_person:
            yield "heading", heading.lower(), strip_markdown(heading)
    for tag in note.tags:
        yield "tag", "", re.sub(r"[-_/]", " ", tag)
    for link in _LINKED_NAME.findall(passage.prose):
        yield "tag", "", link.rpartition("/")[2]
    if folders and not of_person and not _GENERIC_FOLDERS.match(folders[-1]):
        yield "folder", "/".join(folders), re.sub(r"[-_]", " ", folders[-1])
    for line in map(strip_markdown, passage.prose.split("\n")):
        if len(line.split()) >= MIN_PROSE_WORDS:
            yield "prose", "", line


def _told_runs(text: str, skipped: Collection[str], lexicon: Lexicon) -> Iterator[_Run]:
    """The runs of words of a text that name something, as stem and form; `skipped` are stop words and people."""
    talk = lexicon.conversation_stems | lexicon.question_stems
    for part in _BREAK.split(text):
        run: list[tuple[str, str]] = []
        for word in (*part.split(), ""):
            bare = WORD_PATTERN.search(word)
            low = bare[0].lower() if bare else ""
            told = (
                len(low) > 2
                and low not in skipped
                and low not in DULL_WORDS
                and low not in lexicon.numbers
                and low not in PEOPLE_FOLDERS
                and low not in _FORM_WORDS
                and not _NO_NAMES.match(low)
                and not (low == (bare[0] if bare else "") and lexicon.stem(low) in talk)
            )
            if told and bare:
                run.append((stem_word(low), bare[0]))
            elif run:
                yield tuple(run)
                run = []


def _terms(run: _Run) -> Iterator[_Term]:
    """The terms of a run: its words, and two or three of them that follow each other."""
    for first in range(len(run)):
        for last in range(first + 1, min(len(run), first + MAX_PHRASE_WORDS) + 1):
            yield _Term(
                tuple(stem for stem, _ in run[first:last]),
                " ".join(form for _, form in run[first:last]),
            )


def _tells_an_action(term: _Term, words: Sequence[str]) -> bool:
    """Whether a word of a heading says what was done rather than with what: the first of several ("Create a schema"),
    or a form of a verb.
    """
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
