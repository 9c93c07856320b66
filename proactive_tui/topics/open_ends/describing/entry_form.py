"""Describes an entry by itself: its marks, words and characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from proactive_tui.text.asking import QUESTION_MARKS, ends_asking
from proactive_tui.text.blocks import LineRole
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.words.open_cues import CUE_NAMES, CUES, CUES_AT_START, WIDE_CUES
from proactive_tui.topics.open_ends.words.tokens import DIGIT, WIDE
from proactive_tui.topics.open_ends.words.verbs import VERB_FORMS, verb_forms

STATES = ("open", "doing", "waiting", "question", "done", "cancelled", "moved")
OPEN_STATES = frozenset({"open", "doing", "waiting", "question"})
SIGNS = ("->", "→", "✅", "~~", "http", "[[", "`", "@", "📅", '"', "“", "=", "|", "%", "¿")
"""Characters whose presence in an entry is a feature."""
OPEN_WORD = re.compile(r"\b(?:TODO|FIXME|TBD|XXX|WIP|UNRESOLVED|BLOCKED)\b|#to-?do\b|#task\b", re.IGNORECASE)
OPEN_WORD_PARTS = ("todo", "fixme", "tbd", "xxx", "wip", "unresolved", "blocked", "#to-do", "#task")
"""What a text in ASCII has, in lower case, where it has an open word: looking for them is ten times faster."""
LEAD_LABEL = re.compile(r"^\W*\w[\w /-]{0,30}\W{0,3}[:：](?!\w)")
BOLD_START = re.compile(r"\*\*|__")
PLACEHOLDER = re.compile(
    r"^\W*(?:(?:sub|another |first |second |third |fourth |fifth |next |my |your |new |sample |example )?-?"
    r"(?:tasks?|items?|to-?dos?|goals?|ideas?|steps?|questions?|points?|aufgabe|punkt|tâche|tarea|tarefa|compito|attività"
    r"|taak|zadanie|título|title|name|タスク|やること|任务)"
    r"|[a-z]{1,4}-|\.{2,}|x{2,}|lorem ipsum.*)\W*\d{0,3}\W*$",
    re.IGNORECASE,
)
"""Words that stand where a task will be written."""
ONLY_LINK = re.compile(r"^\W*(?:\[\[[^\]]*\]\]|https?:\S+|\[[^\]]*\]\([^)]*\)|·+)\W*$")
PERSON_OR_TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{4}-\d\d-\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
DIGITS_JOINED = re.compile(r"\d[-:./]\d")
WORD_CHARACTER = re.compile(r"\w")
COLONS = (":", "：")
FULL_STOPS = (".", "!", "…", "。")
QUOTATION_STARTS = ('"', "“", "„", "«", "»", "「", "—")
TRAILING_MARKS = " *_~\"'”’»)]"
SELF_CUES = ("duty", "wish", "unsure", "maybe", "past")
NO_SELF_CUES = (False,) * len(SELF_CUES)
DESCRIBED_ROLES: tuple[LineRole, ...] = ("item", "prose", "heading", "table", "quote")
ROLE_ROWS = {role: tuple(role == name for name in DESCRIBED_ROLES) for role in DESCRIBED_ROLES}
STATE_ROWS = {state: tuple(state == name for name in STATES) for state in STATES}
NO_STATE = (False,) * len(STATES)
_PAST = VERB_FORMS.index("past")
MAX_WORDS_OF_PLACEHOLDER = 4
FILLER = "lorem"
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
MAX_WORD_CHARACTERS = 40
OPEN_CALLOUTS = frozenset({"todo", "question", "help"})


FORM_NAMES = (
    *(f"cue {name}" for name in CUE_NAMES),
    *(f"verb {name}" for name in VERB_FORMS),
    *(f"verb after label {name}" for name in VERB_FORMS[:3]),
    *(f"state {name}" for name in STATES),
    *(f"sign {sign}" for sign in SIGNS),
    "asks", "asks inside", "ends with colon", "ends with full stop", "open word", "label", "placeholder", "only link",
    "bold", "lower case", "upper case", "digits", "day or time", "person", "due", "priority",
    "callout open", "callout other",
    "words", "few words", "many words", "item", "prose", "heading", "table", "quote", "numbered", "depth", "alone",
    "own line",
    "longest word", "masked share", "letters share", "quotation", "commas", "capital words",
    *(f"self {name}" for name in SELF_CUES), "reader duty", "past duty", "mine asks",
)  # fmt: skip
"""The features of an entry by itself."""


class EntryForm(NamedTuple):
    """What an entry is by itself.

    `last` is its last character but for trailing marks, and `colon` whether that is a colon. `is_order` says that it
    begins like something to do, `is_report` that it tells of the past.
    """

    state: str
    cues: frozenset[str]
    verbs: tuple[float, ...]
    asks: bool
    last: str
    label_end: int
    words: int
    colon: bool
    is_order: bool
    is_report: bool

    @property
    def labelled(self) -> bool:
        """Whether it begins with a label."""
        return self.label_end > 0


def read_entry_form(entry: Entry) -> EntryForm:
    """What an entry is by itself."""
    tokens = entry.tokens
    cues = CUES.find(tokens) | CUES_AT_START.find_first(tokens)
    if not entry.masked.isascii() and WIDE.search(entry.masked):
        cues |= {name for name, pattern in WIDE_CUES.items() if pattern.search(entry.masked)}
    words = [token for token in tokens if token[0].isalnum()]
    label = LEAD_LABEL.match(entry.marks.words)
    verbs = verb_forms(words)
    last = entry.masked.rstrip(TRAILING_MARKS)[-1:]
    return EntryForm(
        entry.marks.state,
        frozenset(cues),
        verbs,
        ends_asking(entry.masked),
        last,
        label.end() if label else 0,
        len(words),
        last in COLONS,
        any(verbs[:4]),
        bool(verbs[_PAST] or "past" in cues),
    )


def describe_entry_form(entry: Entry, form: EntryForm, own: float) -> tuple[float, ...]:
    """The features `FORM_NAMES` of an entry. `own` (0..1) is how far its lines are the owner's."""
    marks, text, words, cues = entry.marks, entry.text, entry.marks.words, form.cues
    after = verb_forms(entry.tokens[words[: form.label_end].count(" ") + 1 :])[:3] if form.labelled else (0.0,) * 3
    first = words.lstrip("*_ ")[:1]
    flags = (
        form.asks,
        not form.asks and not QUESTION_MARKS.isdisjoint(words),
        form.colon,
        form.last in FULL_STOPS,
        has_open_word(text),
        form.labelled,
        _is_placeholder(entry, form.words),
        is_only_link(entry.masked),
        bool(BOLD_START.match(words)),
        first.islower(),
        first.isupper(),
        bool(DIGIT.search(words)) or (not words.isascii() and any(map(str.isdigit, words))),
        bool(DIGITS_JOINED.search(text) and PERSON_OR_TIME.search(text)),
        bool(marks.person),
        "due" in marks.fields or "scheduled" in marks.fields,
        bool(marks.priority),
        entry.block.callout in OPEN_CALLOUTS,
        bool(entry.block.callout) and entry.block.callout not in OPEN_CALLOUTS,
    )
    return (
        *_cue_row(cues),
        *form.verbs,
        *after,
        *STATE_ROWS.get(form.state, NO_STATE),
        *[sign in text for sign in SIGNS],
        *flags,
        float(min(form.words, 40)),
        float(form.words <= 1),
        float(form.words > 18),
        *ROLE_ROWS[entry.role],
        float(marks.marker[:1].isdigit()),
        float(min(entry.block.depth, 4)),
        float(entry.alone),
        own,
        *_describe_shape(entry),
        *([name in cues for name in SELF_CUES] if "self" in cues else NO_SELF_CUES),
        "reader" in cues and "duty" in cues,
        "past" in cues and "duty" in cues,
        form.asks and "mine" in cues,
    )


@lru_cache(maxsize=4096)
def _cue_row(cues: frozenset[str]) -> tuple[bool, ...]:
    return tuple(name in cues for name in CUE_NAMES)


def has_open_word(text: str) -> bool:
    """Whether a text has a word such as TODO."""
    if text.isascii():
        low = text.lower()
        for part in OPEN_WORD_PARTS:  # a loop: four times as fast as `any`, for every entry
            if part in low:
                break
        else:
            return False
    return bool(OPEN_WORD.search(text))


def is_only_link(masked: str) -> bool:
    """Whether a text with code and addresses blanked is nothing but a link, or nothing but what was blanked."""
    first = WORD_CHARACTER.search(masked)
    if first is None:
        return "·" in masked or bool(ONLY_LINK.match(masked))
    head = masked[: first.start()]
    may_be = masked.startswith("http", first.start()) or "[[" in head or ("[" in head and "](" in masked)
    return may_be and bool(ONLY_LINK.match(masked))


def _is_placeholder(entry: Entry, count: int) -> bool:
    """Whether the words of an entry, `count` of them, stand where a task will be written."""
    may_be = count <= MAX_WORDS_OF_PLACEHOLDER or FILLER in entry.tokens
    return may_be and bool(PLACEHOLDER.match(entry.marks.words))


def _count_letters(text: str) -> int:
    bare = text.replace("·", "")
    return len(bare.encode().translate(None, NO_LETTERS)) if bare.isascii() else sum(map(str.isalpha, bare))


def _describe_shape(entry: Entry) -> tuple[float, ...]:
    """How its characters look: long words, code, signs and names are rarely sentences of one's own."""
    masked = entry.masked
    words = masked.split()
    length = max(1, len(masked))
    return (
        float(min(MAX_WORD_CHARACTERS, max(map(len, words), default=0))),
        masked.count("·") / length,
        _count_letters(masked) / length,
        float(masked.lstrip(" *_->").startswith(QUOTATION_STARTS)),
        float(min(4, masked.count(","))),
        sum([word[0].isupper() for word in words]) / max(1, len(words)),
    )
