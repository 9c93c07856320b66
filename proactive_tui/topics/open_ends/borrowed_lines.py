"""Finds lines in a note that are not its owner's: quotations, steps of a how-to, cards with answers, blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from proactive_tui.text.blocks import SourceLine
from proactive_tui.text.outline.placeholders import has_placeholder, may_hold_placeholders, strip_code
from proactive_tui.topics.open_ends.pasted_lines import find_pasted_lines
from proactive_tui.topics.open_ends.voices import VoicedLines
from proactive_tui.topics.open_ends.words.tokens import DIGIT

OWN_MARKER = re.compile(
    r"^\s*(?:[-*+]|\d{1,3}[.)])?\s*(?:#+\s+)?(?:\[[ /]\]\s+(?=\S)|[*_#]*(?:TODO|DOING|NOW|LATER|WAITING"
    r"|FIXME)\b[*_]*:?\s+(?=\S))"
)
MARKER_HINTS = ("[ ]", "[/]", "TODO", "DOING", "NOW", "LATER", "WAITING", "FIXME")
ITEM_START = re.compile(r"^\s*(?:>\s*)*(?:[-*+•]|\d{1,3}[.)])\s+")
QUOTED_LINE = re.compile(
    r"^\s*(?:[-*+—–]\s+)?(?:(?:p|pp|pg|s|ch|loc|kap)\.? ?\d+\W{0,3}\s*)?(?:[\"“„«»].{8,}[\"”“«»]|\*[^*]{12,}\*"
    r"|[—–].{12,}?|_[^_]{12,}_)"
    r"\W*(?:[(\[]?(?:p|pp|pg|page|s|seite|ch|chapter|kap|loc|location)\.? ?\d+[^)\]]{0,12}[)\]]?"
    r"|[—–-]\s*[A-ZÀ-Þ][\w .'-]{2,40})?\W*$",
    re.IGNORECASE,
)
PAGE_MARK = re.compile(r"(?:^|[\s(\[])(?:p|pp|pg|page|s|seite|ch|kap|loc)\.? ?\d+", re.IGNORECASE)
OWN_CALLOUT = re.compile(
    r"^\s*(?:>\s*)+\[!(?!quote|cite|example|info|abstract|summary|tip|hint|faq|help)[\w-]+\]", re.IGNORECASE
)
QUOTED_CALLOUT = re.compile(r"^\s*(?:>\s*)+\[![\w /-]{1,30}\]")
OPEN_BOX_IN_QUOTE = re.compile(r"^\s*(?:>\s*)+(?:[-*+]|\d{1,3}[.)])\s+\[[ /!]\]\s+\S")
"""An open box in a plain block quote: the owner indents by one, for nobody quotes boxes to tick."""
USER_STORY = re.compile(
    r"^\W*(?:\w+:\s*)?(?:as an? (?!reminder|result|side|first|next|starting|test|whole|bonus"
    r"|rule)[\w -]{2,30}?,? i (?:want|need|can|should|would|am)"
    r"|als [\w -]{2,30} (?:möchte|will|wil) ik?(?:ch)? |en tant que? [\w' -]{2,30}, je |como [\w -]{2,30},? (?:quiero"
    r"|quero|necesito) )",
    re.IGNORECASE,
)
EMPTY_ITEM = re.compile(
    r"^\s*(?:>\s*)?(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX/-]?\]|TODO|LATER|NOW|DOING|WAITING)\s*$"
    r"|^(?!\W*\[!)\W*(?:sub)?(?:task|item"
    r"|question|topic|goal|todo|タスク|aufgabe"
    r"|tarea|tâche|frage|first task|second task|third task)\W{0,3}(?:\d{1,2}|one|two|three)?\W{0,3}(?:…|\.\.\.)?$",
    re.IGNORECASE,
)
HOWTO_HEADING = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:how to\b|how do (?:i|you)\b|install(?:ation|ing)?\b|set ?up\b|usage\b|quick ?start"
    r"|getting started|troubleshooting"
    r"|roll ?back\b|reproduc|steps to reproduce|prerequisites?\b|requirements?\b|instructions?\b|ingredients?\b"
    r"|directions\b|method$|recipe"
    r"|exercises?\b|practice (?:questions|problems)|quiz\b|review questions|tutorial|assignment|homework|lecture"
    r"|workflow$|testing instructions"
    r"|zubereitung|zutaten|anleitung|einrichtung|übung|aufgabe \d|preparación|ingredientes|instalación|ejercicios"
    r"|praticando|exercícios"
    r"|préparation|ingrédients|exercices|preparazione|ingredienti|esercizi|bereiding|advices?\W*$|guidelines\b|faqs?\b"
    r"|frequently asked)",
    re.IGNORECASE,
)
PLAN_HEADING = re.compile(
    r"\b(?:next|todo|to do|to-do|tasks?|plan(?:s|ned)?|remaining|open|future|backlog|later|ideas?|goals?|follow"
    r"|pending|roadmap|questions?)\b",
    re.IGNORECASE,
)
READER_HINTS = ("you", "make sure", "be sure", "deberás", "devez", " sie ")
INSTRUCTION = re.compile(
    r"\byou(?:'ll| will|'d)? (?:(?:just|first|also|only|probably|may|might|can) )*(?:need|have|should|must|can"
    r"|want)\b(?: to)?|\bmake sure (?:to|you|that)\b"
    r"|\bbe sure to\b|\bdon't forget to\b.{0,60}\byour\b|\bin order to\b.{5,80}\byou\b|\bdeberás\b|\bvous devez\b"
    r"|\bmüssen Sie\b|\b(?:bitte|Sie) .{3,60}\bSie\b",
    re.IGNORECASE,
)
CARD_LINE = re.compile(
    r"^\s*(?:[-*+]\s+)?\S.{2,}?(?:\S\s?:{2,3}\s|\?:{2,3}|\s\?\?\s)(?=\S)|#(?:flash)?cards?\b|\{\{c\d+::|\(:cloze"
    r"|\{\{cloze",
    re.IGNORECASE,
)
CARD_SIGNS = ("::", "??", "card")
"""What a line has somewhere that is a card with its answer."""
PROPERTY_LINE = re.compile(r"^\s*(?:\||(?:[-*+]\s+)?(?:\[.\]|TODO|[a-z][\w.-]*(?: [\w.-]+){0,2}\s?::|[\w.-]+::))")
MAX_READ_CHARACTERS = 400  # of a line: no pattern may run for long
TEMPLATE_PROPERTY = re.compile(r"^\s*(?:[-*+]\s+)?template:: ?\S")


def find_borrowed_lines(lines: Sequence[SourceLine]) -> tuple[tuple[VoicedLines, ...], frozenset[int]]:
    """The lines that are not the owner's, and the numbers of lines with a task marker of the owner's."""
    text = [
        line if len(line.text) <= MAX_READ_CHARACTERS else line._replace(text=line.text[:MAX_READ_CHARACTERS])
        for line in lines
        if line.role not in ("code", "rule") and line.text.strip()
    ]
    whole = "\n".join(line.text for line in text)
    found = [
        *find_pasted_lines(text, whole),
        *_find_quotes(text),
        *_find_single_lines(text, whole.lower()),
        *_find_howto_sections(lines),
        *(_find_template_blocks(text) if "template::" in whole else ()),
    ]
    marked = (
        frozenset(line.number for line in text if OWN_MARKER.match(line.text))
        if any(hint in whole for hint in MARKER_HINTS)
        else frozenset()
    )
    return tuple(found), marked


def _find_quotes(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    """Block quotes, but for callouts and open boxes of the owner's, and lines that are nothing but a quotation."""
    own_callout = callout = False
    previous = -2
    for line in lines:
        if line.role == "quote":
            follows = line.number == previous + 1
            own_callout = (own_callout and follows) or bool(OWN_CALLOUT.match(line.text))
            callout = (callout and follows) or bool(QUOTED_CALLOUT.match(line.text))
            previous = line.number
            if not own_callout and (callout or not OPEN_BOX_IN_QUOTE.match(line.text)):
                yield VoicedLines(line.number, line.number, "clipped", 0.35, "a block quote")
        elif _may_quote(line.text) and QUOTED_LINE.match(line.text):
            yield VoicedLines(line.number, line.number, "clipped", 0.15, "a quotation")


def _may_quote(text: str) -> bool:
    """Whether a line may be nothing but a quotation: it begins with a mark of one, or names a page."""
    bare = text.lstrip(" \t-*+—–")
    return bare[:1] in '"“„«' or bool(DIGIT.search(bare) and PAGE_MARK.search(text))


def _find_single_lines(lines: Sequence[SourceLine], low: str) -> Iterator[VoicedLines]:
    """Blanks to fill in, user stories, cards with their answers, placeholders, instructions to a reader.

    `low` is the text of all lines in lower case.
    """
    stories = any(word in low for word in ("as a", "als ", "en tant que", "como "))
    reader = any(hint in low for hint in READER_HINTS)
    placeholders = may_hold_placeholders(low)
    cards = any(sign in low for sign in CARD_SIGNS)
    for line in lines:
        text = line.text
        if len(text) < 48 and EMPTY_ITEM.match(text):
            yield VoicedLines(line.number, line.number, "template", 0.05, "a blank to fill in")
        elif stories and USER_STORY.match(ITEM_START.sub("", text)):
            yield VoicedLines(line.number, line.number, "reference", 0.3, "a user story")
        elif (
            cards
            and any(sign in text for sign in CARD_SIGNS)
            and not PROPERTY_LINE.match(text)
            and CARD_LINE.search(text)
        ):
            yield VoicedLines(line.number, line.number, "reference", 0.15, "a card with its answer")
        elif reader and INSTRUCTION.search(text) and not OWN_MARKER.match(text):
            yield VoicedLines(line.number, line.number, "reference", 0.4, "an instruction to a reader")
        if placeholders and may_hold_placeholders(text) and has_placeholder(strip_code(text), named=True):
            yield VoicedLines(line.number, line.number, "template", 0.1, "a placeholder")


def _find_howto_sections(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    """Sections of steps, ingredients, exercises or documentation, by their headings."""
    first, title = 0, ""
    for place in range(len(lines) + 1):
        ended = place == len(lines)
        if ended or lines[place].role == "heading" or (place and lines[place].heading != lines[place - 1].heading):
            if place > first and HOWTO_HEADING.match(title) and not PLAN_HEADING.search(title):
                shown_by = f"it is under “{title}”"
                yield VoicedLines(lines[first].number, lines[place - 1].number, "reference", 0.3, shown_by)
            if not ended:
                line = lines[place]
                first = place
                title = line.text.strip("# *") if line.role == "heading" else line.heading[-1] if line.heading else ""


def _find_template_blocks(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    """Blocks of Logseq that are templates: the item with the property, and all below it."""
    for place, line in enumerate(lines):
        if not TEMPLATE_PROPERTY.match(line.text):
            continue
        indent = len(line.text) - len(line.text.lstrip())
        first = place
        while first and not ITEM_START.match(lines[first].text):
            first -= 1
        base = min(indent, len(lines[first].text) - len(lines[first].text.lstrip()))
        end = place
        while end + 1 < len(lines) and len(lines[end + 1].text) - len(lines[end + 1].text.lstrip()) > base:
            end += 1
        yield VoicedLines(lines[first].number, lines[end].number, "template", 0.05, "a template of Logseq")
