"""Finds questions that stand alone in a short note: whatever their language, their owner left them open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proactive_tui.text.asking import ends_asking
from proactive_tui.topics.cues import ANSWER_START
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.words.asked_of_others import is_rhetorical, speaks_to_somebody

MAX_ENTRIES, MAX_WORDS = 24, 250
"""Entries and words of a short note, headings included."""
MAX_QUESTIONS = 4
"""Questions of a note from which it is a questionnaire, and shows by itself whether they are open."""
MIN_WORDS, MIN_LETTERS_WITHOUT_BLANKS = 3, 5
"""Words of a question; letters of one in a script without blanks between words."""
ASKING_CALLOUTS = frozenset({"question", "help", "faq"})
"""Callouts whose first line is a question. Below one that is answered stands the answer."""
SPEAKER = re.compile(r"^[\W_]*\w[\w .,'’`()/&-]{0,40}?[*_]{0,3}\s?[:：]|^\W*[—–]")
"""Who says it ("Otto asked: …") or what it explains ("Find(a, b): …"), or the dash that begins direct speech."""
OWN_LABEL = re.compile(
    r"^\W*(?:(?:open |my )?questions?|offene? frage|frage|question ouverte|pregunta(?: abierta)?|pergunta|domanda|vraag"
    r"|pytanie|質問|疑問|问题|疑问)\W{0,3}[:：]",
    re.IGNORECASE,
)
QUOTATION = re.compile(r"^\W*[\"“„«»「『].*[\"”“»«」』]\W*$")
FOOTNOTE = re.compile(r"^\[\^[^\]]{1,40}\]:|^\W*#[\w/-]+\W*$")


def find_lone_questions(entries: Sequence[Entry]) -> Iterator[int]:
    """The places of the entries that are questions, each the whole of its block, with no answer below."""
    asks = [ends_asking(entry.masked) for entry in entries]
    if not any(asks):
        return
    short = (
        len(entries) <= MAX_ENTRIES
        and sum(asks) <= MAX_QUESTIONS
        and sum(len(entry.tokens) for entry in entries) <= MAX_WORDS
    )
    for place, entry in enumerate(entries):
        in_callout = entry.block.callout in ASKING_CALLOUTS
        if (
            asks[place]
            and (short or in_callout)
            and entry.alone
            and _can_be_asked(entry, in_callout=in_callout)
            and not _is_introduced(entries, place)
            and not _is_answered(entries, asks, place)
        ):
            yield place


def _can_be_asked(entry: Entry, *, in_callout: bool) -> bool:
    words = entry.marks.words
    said = OWN_LABEL.sub("", words)
    return (
        entry.role in ("prose", "item")
        and entry.marks.state in ("none", "question")
        and not entry.marks.marker[:1].isdigit()
        and (entry.block.callout in (None, "") or in_callout)
        and _is_long_enough(entry)
        and not SPEAKER.match(said)
        and not QUOTATION.match(words)
        and not is_rhetorical(words)
        and not speaks_to_somebody(words)
        and "~~" not in entry.text
    )


def _is_long_enough(entry: Entry) -> bool:
    letters = [character for token in entry.tokens for character in token if character.isalpha()]
    spaced = [token for token in entry.tokens if token[0].isalnum()]
    wide = sum(character > "\u0e00" for character in letters)
    return len(letters) >= MIN_LETTERS_WITHOUT_BLANKS if wide * 2 > len(letters) else len(spaced) >= MIN_WORDS


def _is_introduced(entries: Sequence[Entry], place: int) -> bool:
    """Whether what stands above hands the word to somebody: "The form asks:"."""
    before = entries[place - 1] if place else None
    return (
        entries[place].intro >= 0
        or entries[place].parent >= 0
        or (before is not None and before.role == "prose" and before.masked.rstrip("*_ ").endswith((":", "：")))
    )


def _is_answered(entries: Sequence[Entry], asks: Sequence[bool], place: int) -> bool:
    """Whether the next entry may be the answer: it stands below, is the next paragraph, or begins like one."""
    below = next((at for at in range(place + 1, len(entries)) if not FOOTNOTE.match(entries[at].text)), None)
    if below is None or asks[below]:
        return False
    entry, following = entries[place], entries[below]
    if following.parent == place or ANSWER_START.match(following.marks.words):
        return True
    if entry.block.callout and following.block.callout == entry.block.callout:
        return following.line_start == entry.line_end + 1
    if following.role == "heading" or following.headings != entry.headings:
        return False
    return entry.role != "item" or following.role != "item"
