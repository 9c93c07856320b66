"""Tells texts that say how something is done (steps, set-up, documentation) from those that explain an idea."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proactive_tui.model.note_values import Note
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.blocks import TextBlock, split_blocks, split_sentences
from proactive_tui.text.labels import strip_file_words
from proactive_tui.text.words import WORD_PATTERN, strip_markdown, word_set
from proactive_tui.topics.ideas.whole_statements import AUXILIARY, REASON, SECOND_PERSON
from proactive_tui.topics.open_ends.guides import SETUP_NAME
from proactive_tui.topics.open_ends.words.verbs import ENGLISH_VERBS, INFINITIVES, NOUN_LIKE_VERBS

GUIDE_FOLDERS = word_set("""
how-to how-tos howto howtos guides tutorials manual manuals help runbooks playbooks recipes cookbook anleitungen
rezepte recettes recetas ricette instructions onboarding kochen cooking backen cocina cucina cheatsheets cheat-sheets
snippets templates
""")
DOCUMENTATION_FOLDERS = word_set("docs doc documentation wiki dokumentation")
THINKING_GERUNDS = word_set("""
understanding comparing thinking learning choosing being having becoming knowing feeling living modelling modeling
reasoning scheduling testing programming engineering caching banking pricing hashing sampling clustering
""")
"""Words of this form that begin what is explained as often as what is done."""
CLICKED = re.compile(
    r"^\W*(?:click|press|tap|type|go to|navigate|open|run|select|enter|paste|klick\w*|drück\w*|cliquez|haz clic)\b",
    re.IGNORECASE,
)
MIN_STEPS, MAX_STEP_SHARE = 3, 0.3
"""Orders from which a text is a guide, as a number and as a share (0..1) of all that it says."""
MAX_CODE_LINES_PER_STATEMENT = 2.0
MIN_CODE_LINES = 4
MAX_READER_SHARE = 0.4
"""The share (0..1) of sentences to a reader ("you can …") from which a text was written for others."""
MAX_READER_SHARE_OF_DOCS = 0.15


def is_guide_text(note: Note) -> bool:
    """Whether a note says how something is done, or was written to teach its readers a thing."""
    folders = {part.lower() for part in note.path.split("/")[:-1]}
    names = (strip_markdown(note.title), strip_file_words(note.path.rpartition("/")[2]))
    if folders & GUIDE_FOLDERS or any(map(SETUP_NAME.search, names)):
        return True
    told = steps = reader = code_lines = numbered = 0
    for block in split_blocks(note):
        if block.role == "code":
            code_lines += len(block.lines)
        if block.role not in ("prose", "item"):
            continue
        numbered += bool(re.match(r"\s*\d{1,2}[.)]\s", block.lines[0].text))
        for sentence, first in _read_sentences(block):
            told += 1
            steps += _is_step(sentence, first)
            reader += bool(SECOND_PERSON.search(sentence))
    if not told:
        return True
    if steps >= MIN_STEPS and steps > MAX_STEP_SHARE * told:
        return True
    if code_lines >= MIN_CODE_LINES and code_lines > MAX_CODE_LINES_PER_STATEMENT * told:
        return True
    if (
        told >= MIN_STEPS
        and reader > (MAX_READER_SHARE_OF_DOCS if folders & DOCUMENTATION_FOLDERS else MAX_READER_SHARE) * told
    ):
        return True
    return _names_procedure(names[0]) and bool(code_lines or steps >= 2 or numbered >= 2)


def _read_sentences(block: TextBlock) -> Iterator[tuple[str, str]]:
    """The sentences of several words of a block, each with its first word in lower case."""
    for found in split_sentences(block):
        sentence = strip_markdown(found.text)
        first = WORD_PATTERN.search(sentence)
        if first is not None and WORD_PATTERN.search(sentence, first.end()):
            yield sentence, first[0].lower()


def _is_step(sentence: str, first: str) -> bool:
    """Whether a sentence, of which `first` is the first word, orders something without saying why."""
    if CLICKED.match(sentence):
        return True
    return first in ENGLISH_VERBS and first not in NOUN_LIKE_VERBS and not REASON.search(sentence)


def _names_procedure(title: str) -> bool:
    """Whether a title names something that is done: "Adding a policy", "Docker einrichten", "Installer un serveur"."""
    words = [word.lower() for word in WORD_PATTERN.findall(title)]
    if not words or AUXILIARY.search(title) or ends_asking(title):
        return False
    first = words[0]
    if first.endswith("ing") and first not in THINKING_GERUNDS:
        stem = first[:-3]
        if {stem, stem + "e", stem[:-1]} & ENGLISH_VERBS:
            return True
    romance = (INFINITIVES[language] for language in ("fr", "es", "pt", "it"))
    return (
        words[-1] in INFINITIVES["de"]
        or any(first in verbs for verbs in romance)
        or first in ENGLISH_VERBS - NOUN_LIKE_VERBS
    )
