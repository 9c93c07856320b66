"""Names a theme by words that a person would use: what headings, tags, folders and names of things call it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from proactive_tui.model import Passage
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import DULL_WORDS, WORD_PATTERN, stem_word, stop_words_of, strip_markdown
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.quoting import GENERIC_HEADING

MAX_THEME_WORDS = 6
MIN_COMMON_SHARE = 0.6
"""Share of the notes of a theme that contain a word which nothing names, so that it may name the theme."""
MAX_FOLDER_SHARE = 0.6  # of all notes below a folder, at the most, for its name to tell one theme from others
PROPER_NAME_BONUS = 1.3  # on the score of a word that is written with a capital
_AND_WORDS = {"de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en", "pl": "i"}
_GENERIC_FOLDERS = re.compile(
    r"^\W*(?:notes?|notizen|notas|daily|dailies|journals?|pages?|inbox|archive|docs?|til|zettel\w*|work|home|people|private"
    r"|projects?|areas?|resources?|misc|\d[\d\W]*.*)$",
    re.IGNORECASE,
)
_NO_NAMES = re.compile(r"^(?:\d|https?|www|www\.)|.*\.(?:md|png|jpe?g|pdf|svg|gif)$", re.IGNORECASE)


def find_theme_words(members: Sequence[Passage], everywhere: Counter[str], context: MiningContext) -> list[str]:
    """The words that characterise a theme, best first, as its notes write them; `everywhere` counts the notes of each.

    Class-based TF-IDF (Grootendorst, 2022, BERTopic): the number of notes of the theme that contain a word, and three
    times that for those that name it (in a title, heading, tag or folder, or as a name within a sentence), against the
    number of all notes that do. A word must stand in at least two notes of the theme, and be named or stand in most of
    them. Words of one stem count together, in their most frequent form.
    """
    forms: dict[str, Counter[str]] = {}
    within: dict[str, set[str]] = {}
    named: dict[str, set[str]] = {}
    people = {name.lower() for person in context.people_names for name in person.split()}
    for passage in members:
        stop_words = stop_words_of(passage.prose)
        lexicon = LEXICONS[language_or_default(passage.prose)]
        talk = lexicon.conversation_stems | lexicon.question_stems
        headings = [heading for heading in passage.heading if not GENERIC_HEADING.match(heading)]
        for word in WORD_PATTERN.findall(strip_markdown(f"{' '.join(headings)} {passage.prose}")):
            low = word.lower()
            if low in stop_words or low in DULL_WORDS or low in lexicon.numbers or low in people or len(low) < 3:
                continue
            if _NO_NAMES.match(low):
                continue
            if word == low and lexicon.stem(low) in talk:
                continue
            key = stem_word(low)
            forms.setdefault(key, Counter())[word] += 1
            within.setdefault(key, set()).add(passage.path)
        for key in _naming_stems(passage, headings, context):
            named.setdefault(key, set()).add(passage.path)
    notes = len({passage.path for passage in members})
    scores = {}
    for key, counts in forms.items():
        naming = len(named.get(key, ()))
        if len(within[key]) < 2 or (not naming and len(within[key]) < MIN_COMMON_SHARE * notes):
            continue
        spread = max(everywhere[form.lower()] for form in counts)
        rarity = math.log(1 + len(context.own_notes) / max(1, spread))
        name = PROPER_NAME_BONUS if not _usual_form(counts).islower() else 1.0
        scores[key] = (len(within[key]) + 3 * naming) * rarity * name
    best = sorted(scores, key=lambda key: (-scores[key], key))[:MAX_THEME_WORDS]
    return [_usual_form(forms[key]) for key in best]


def _usual_form(counts: Counter[str]) -> str:
    """The most frequent form of a word; a capital counts only where it is written more often than not."""
    return min(counts, key=lambda form: (-counts[form], form.isupper() and len(form) > 4, form))


def _naming_stems(passage: Passage, headings: Collection[str], context: MiningContext) -> Iterator[str]:
    """The stems of words that name what a passage is about."""
    note = context.notes[passage.path]
    for heading in (*headings, note.title):
        yield from map(stem_word, _heading_names(heading))
    for tag in note.tags:
        yield from map(stem_word, WORD_PATTERN.findall(tag.lower()))
    folder = note.path.rpartition("/")[0]
    name = folder.rpartition("/")[2]
    if name and not _GENERIC_FOLDERS.match(name):
        below = sum(path.startswith(f"{folder}/") for path in context.own_notes)
        if below <= MAX_FOLDER_SHARE * len(context.own_notes):
            yield from map(stem_word, WORD_PATTERN.findall(name.lower()))
    for match in re.finditer(r"(?<=[\w,] )[A-Z][\w.+#-]{2,}", strip_markdown(passage.prose)):
        yield stem_word(match[0].lower())  # a capital within a sentence


def _heading_names(heading: str) -> list[str]:
    """The words of a heading that may name a thing: of several, not the first, which says what was done ("Create a
    schema", "Configuring the proxy"); where it is a name, it is one within sentences, too.
    """
    words = WORD_PATTERN.findall(strip_markdown(heading))
    return [word.lower() for word in words[len(words) > 2 :] if not word.lower().endswith("ing")]


def join_names(names: Sequence[str], language: str) -> str:
    """Names in one line: "Kafka, lag and offsets"."""
    link = _AND_WORDS.get(language, "and")
    return f"{', '.join(names[:-1])} {link} {names[-1]}" if len(names) > 1 else "".join(names)
