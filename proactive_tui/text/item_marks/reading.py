"""Reads the marks of a line: what it is marked as, for whom, with which fields, and its words without all that."""

from __future__ import annotations

import re
from re import Match
from typing import Literal, NamedTuple

from proactive_tui.model.shared_words import ItemState
from proactive_tui.text.item_marks import fields, states
from proactive_tui.text.outline.hidden_lines import DRAWER_OR_PROPERTY, is_property_line

MarkForm = Literal["", "box", "ballot", "word", "label", "tag", "field", "struck"]
"""How the state of a line is written; empty where it has none."""


MAX_MARKED_CHARACTERS = 8192
"""Characters of a text that are read; what follows has neither marks nor words."""


class ItemMarks(NamedTuple):
    """What the marks of a line say.

    `marker` is its list marker, `box` the character in its box (None without one), `form` how its state is written.
    `priority` is "highest", "high", "medium", "low", "lowest" or empty. `person` is who is addressed ("@Tom please …",
    "TODO(anna)"). `fields` has the values as written, by canonical name: due, scheduled, start, created, done,
    cancelled, recurrence, id and whatever else; `hidden` are whole lines of properties and drawers. The words begin at
    `start` and end before `end` (offsets in the text that was read); `words` is that span on one line, without state
    words, ids, fields and other marks, but with its inline Markdown.
    """

    marker: str
    state: ItemState
    form: MarkForm
    box: str | None
    priority: str
    person: str
    fields: dict[str, str]
    recurrence: str
    start: int
    end: int
    words: str


_LEAD = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?:\[![\w /-]{1,30}\](?:\|[^\]\n]{0,30}\])?[+-]?[ \t]*)?(?:\[\^[^\]\s]{1,40}\]:[ \t]*)?"
)
_MARKER = re.compile(
    r"(?P<marker>[-*+•‣◦–—]|\d{1,4}[.)]|[a-zA-Z][.)](?=[ \t]+\[)|\*{2,8})"
    r"(?:[ \t]+|(?=\[[ xX]?\][ \t]*\S)|$)"
)
_HEADING = re.compile(r"#{1,6}[ \t]+")
_BLANKS = re.compile(r"[ \t]*")
_DONE_TODO_TXT = re.compile(r"[xX] (?=\d{4}-\d\d-\d\d )(?P<done>\d{4}-\d\d-\d\d) (?:(?P<created>\d{4}-\d\d-\d\d) )?")
_CREATED_DAY = re.compile(r"(?P<created>\d{4}-\d\d-\d\d) (?=\S)")
_PRIORITY = re.compile(
    r"\[#(?P<org>[A-E])\][ \t]*|\((?P<todo_txt>[A-Z])\)[ \t]+(?=\S)|(?P<bangs>!{1,3})[ \t]+(?=\w)"
    r"|!?[pP](?P<number>[1-4])[ \t]+(?=\w)"
)
_LETTER_PRIORITIES = {"A": "high", "B": "medium", "C": "low", "1": "high", "2": "medium", "3": "low", "4": "lowest"}
_TIME_RANGE = re.compile(
    r"\d{1,2}:\d\d(?:[ \t]?(?:am|pm))?(?:[ \t]?[-–—][ \t]?\d{1,2}:\d\d(?:[ \t]?(?:am|pm))?)?[ \t]+(?=\S)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"(?:\[\[)?@(?P<person>[^\W\d_][\w.-]{0,30})(?:\]\])?(?=[:,]?\s+(?:please|pls|plz|bitte|can you|could you|kannst du"
    r"|könntest du|s'il te plaît|stp|por favor|per favore|proszę)\b|:\s|\s+to\s)",
    re.IGNORECASE,
)
_ASSIGNED = re.compile(
    r"(?P<person>[^\W\d_a-z][\w'’-]{1,20}(?: [^\W\d_a-z][\w'’-]{1,20})?)"
    r"(?=\s+(?:to|will|should|must|soll|muss|doit|debe|deve)\s+[a-zà-ÿ])"
)
_QUESTION_SIGN = re.compile(r"[❓❔⁉]\ufe0f?[ \t]*")
_IDS = re.compile(
    r"[ \t]\^[\w-]{1,60}(?=[ \t]*(?:\n|$))"  # Obsidian's id of a block
    r"|\(\([0-9a-f]{8}-[0-9a-f-]{20,40}\)\)|\(\([\w-]{9}\)\)"  # references to blocks in Logseq and Roam
    r"|\[\^[^\]\s]{1,60}\]"
    r"|`?BUTTON\[[^\]\n]{0,80}\]`?"
    r"|%%(?:[^%]|%(?!%)){0,400}%%|<!--(?:[^-]|-(?!->)){0,400}-->"
    r"|\{\{(?:\[\[)?(?:embed|query|renderer|video|youtube|tweet|twitter|button|table|kanban|slider|mentions|calc)\b"
    r"[^{}\n]{0,300}\}\}"
    r"|<%[^%\n]{0,300}%>"
)
_ID_SIGNS = ("^", "((", "BUTTON[", "%%", "<!--", "{{", "<%")
"""What a text has that holds one of these."""
_EMPTY_SIGNS = ("[]", "[ ", "[\t", "()", "( ", "(\t")
_CLOZE = re.compile(r"\{\{(?:c\d{1,2}::|cloze[ :]{1,2})(?P<words>[^{}\n]{0,300}?)(?:::[^{}\n]{0,100})?\}\}")
_EMPTY_BRACKETS = re.compile(r"(?<![\]\w])\[[ \t]{0,3}\](?![(\[:])|(?<![\]\w])\([ \t]{0,3}\)|\[\[[ \t]{0,3}\]\]")
_STRUCK = re.compile(r"~~(?=\S)(?P<words>(?:[^~\n]|~(?!~)){1,400}?)(?<=\S)~~")
_TODO_TXT_END = re.compile(r"(?:(?:^|[ \t]+)[+@][^\s@+]{1,60})+[ \t]*$")
_TAGS_AT_END = re.compile(r"(?:(?:^|[ \t]+)#[^\W\d][\w/-]{0,100})+[ \t]*$")
_SIGN_AT_END = re.compile(r"[ \t](?P<sign>[✅☑✔])\ufe0f?[ \t]*$")
_SPACE_BEFORE_MARK = re.compile(r"[ \t]+(?=[.,](?:\s|$))")
_TO_CUT = re.compile(r"[#^\[({%<`~✅☑✔+@]|🆔")
_CLOSING_MARKS = {"[": "]", "[[": "]]", "{{": "}}", "{{[[": "]]}}"}


_PLAIN_WORD_START = re.compile(r"(?![A-Z]{2}|[xX] )[A-Za-z]")
"""The beginning of a text in which no mark stands before the words, but for a label with a colon."""
_LABEL_ENDS_WITHIN = 120
"""Characters in which a label ends with its colon, even with the name of a person."""
_PLAIN_TEXT = re.compile(
    r"[ \t]*(?:(?P<marker>[-*+])[ \t]+)?"
    r"(?P<words>(?![A-Z]{2}|[xX] )[A-Za-z][^#^\[({%<`~+@:\n\x00-\x08\x0b-\x1f\x7f-\U0010ffff]*)"
)
"""A text in ASCII that begins with a word and has no sign of a mark but a list marker: most sentences."""


def read_item_marks(text: str, *, is_item: bool = False) -> ItemMarks:
    """The marks of a line, a list item or a paragraph, of any length.

    `is_item` says that the text is an item although it has no marker: a line of todo.txt, or what follows the
    properties of a block in Logseq. Never fails; a text without marks has the state `none`.
    """
    plain = _PLAIN_TEXT.fullmatch(text) if len(text) <= MAX_MARKED_CHARACTERS else None
    if plain is not None:
        return _read_plain_text(plain)
    return _MarkReader(text[:MAX_MARKED_CHARACTERS], is_item).read()


def _read_plain_text(plain: Match[str]) -> ItemMarks:
    """The marks of a text that has none but a list marker, perhaps."""
    start, words = plain.start("words"), _trim_words(plain["words"])
    end = _words_end(words, plain.string, start)
    return ItemMarks(plain["marker"] or "", "none", "", None, "", "", {}, "", start, end, words)


def _words_end(words: str, text: str, start: int) -> int:
    """Where the last of the words ends in the text from `start` on; `start` where it does not stand there."""
    last = words.rsplit(" ", 1)[-1] if words else ""
    found = text.rfind(last, start, len(text.rstrip())) if last else -1
    return found + len(last) if found >= 0 else start


def _trim_words(text: str) -> str:
    """A text on one line, without marks at its ends that belong to no word."""
    text = " ".join(text.split())
    if " ." in text or " ," in text:
        text = _SPACE_BEFORE_MARK.sub("", text)
    return text.strip(" ;–—").rstrip(" ,-")


def _has_sign_of_field(text: str) -> bool:
    return ":" in text or "@" in text or "<" in text or not text.isascii()


class _MarkReader:
    """The reading of one text: `at` is where it has come to, the rest is what it found."""

    def __init__(self, text: str, is_item: bool) -> None:
        self.text = text
        self.at = 0
        self.is_item = is_item
        self.marker = ""
        self.state: ItemState = "none"
        self.form: MarkForm = ""
        self.box: str | None = None
        self.priority = ""
        self.person = ""
        self.fields: dict[str, str] = {}
        self.emphasis = ""

    def read(self) -> ItemMarks:
        self._read_marker()
        if not self._begins_with_words():
            self._read_box()
            self._read_leading_marks()
        start = self.at
        words = self._clean_words(self.text[start:])
        self._close_by_fields()
        return ItemMarks(
            marker=self.marker,
            state=self.state,
            form=self.form,
            box=self.box,
            priority=self.priority,
            person=self.person,
            fields=self.fields,
            recurrence=self.fields.get("recurrence", ""),
            start=start,
            end=max(start, _words_end(words, self.text, self.at)),
            words=words,
        )

    def _begins_with_words(self) -> bool:
        """Whether what follows the list marker begins with a word that is no mark: that of most texts is none."""
        begin = self.text[self.at : self.at + _LABEL_ENDS_WITHIN]
        return _PLAIN_WORD_START.match(begin) is not None and ":" not in begin and "：" not in begin

    def _take(self, pattern: re.Pattern[str]) -> Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def _mark(self, state: ItemState, form: MarkForm) -> None:
        """Set the state; a box says more than a word, but what closes a task counts wherever it stands."""
        if self.state == "none" or (state in states.CLOSED_STATES and self.state not in states.CLOSED_STATES):
            self.state, self.form = state, form
        elif self.form == "box" and self.box in (" ", "") and state in ("doing", "waiting", "question"):
            self.state = state

    def _read_marker(self) -> None:
        self._take(_LEAD)
        while found := self._take(_MARKER):
            self.marker = found["marker"]
            self.is_item = True
        if self._take(_HEADING):
            self.is_item = True
            self.marker = self.marker or "#"

    def _read_box(self) -> None:
        if found := states.BOX.match(self.text, self.at):
            box = found["padded"] or ((found["box"] or "") if found["box"] is not None else " ")
            state = states.BOX_STATES.get(box)
            known = state is not None or (self.is_item and box in states.DECORATION_BOXES)
            glued = found.end() < len(self.text) and not self.text[found.end()].isspace()
            if known and not (glued and (box not in ("", " ", "x", "X") or not self.is_item)):
                if box == "" and not self.is_item:
                    return
                self.at, self.box = found.end(), box
                if state is not None:
                    self._mark(state, "box")
                    self.priority = {"!": "high", "*": "high"}.get(box, "")
        elif self.is_item and (found := states.ROUND_BOX.match(self.text, self.at)):
            self.at, self.box = found.end(), found["box"]
            self._mark(states.BOX_STATES[self.box], "box")
        elif found := states.BALLOT.match(self.text, self.at):
            self.at = found.end()
            self._mark(states.BALLOT_STATES[found[1]], "ballot")
        self._take(_BLANKS)

    def _read_leading_marks(self) -> None:
        """State words, labels, tags, priorities, times and persons at the beginning, in any order."""
        if self.is_item and (found := self._take(_DONE_TODO_TXT)):
            self._mark("done", "word")
            self.fields |= {name: day for name, day in found.groupdict().items() if day}
        for _ in range(8):
            before = self.at
            self._take(_BLANKS)
            self._take_state_word()
            self._take_label()
            if found := self._take(states.STATE_TAG):
                self._mark(states.TAG_STATES[found["tag"].lower()], "tag")
            if self._take(_QUESTION_SIGN):
                self._mark("question", "label")
            if self.is_item:
                self._take_priority()
            if self.at == before or self.at >= len(self.text):
                break
        self._take(_BLANKS)
        if self.box is not None and self.box in states.BOX_STATES:
            self._take_time()
        if (found := _ADDRESSED.match(self.text, self.at)) or (
            self.state != "none" and self.form != "box" and (found := _ASSIGNED.match(self.text, self.at))
        ):
            self.person = found["person"]

    def _take_state_word(self) -> None:
        if self.form == "word":
            return
        found = states.STATE_WORD.match(self.text, self.at)
        if found is None:
            return
        word = found["word"]
        opening = found["open"] or ""
        closing = found["close"] or ""
        if opening[:1] in ("[", "{") and (not closing or _CLOSING_MARKS[opening] != closing):
            return  # "[[WAITING room]]"
        marked = bool(opening) or bool(found["colon"])
        if not (self.is_item or word in states.ANYWHERE_WORDS or (marked and opening != "#")):
            return
        rest = self.text[found.end() : found.end() + 60].partition("\n")[0]
        if not marked and (
            (not self.is_item and not rest.strip()) or (rest.isupper() and word not in ("TODO", "DONE"))
        ):
            return  # the line is in capitals
        self.at = found.end()
        if opening in ("**", "__", "==") and not closing and not found["end"]:
            self.emphasis = opening
        self._mark(states.STATE_WORDS[word], "word")
        self.person = self.person or (found["name"] or "").strip("() @")

    def _take_label(self) -> None:
        found = states.STATE_LABEL.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
            self._mark(states.LABEL_STATES[found["label"].lower()], "label")
            self.person = self.person or (found["name"] or "").strip("() @")

    def _take_priority(self) -> None:
        found = _PRIORITY.match(self.text, self.at)
        if found is None or (found["todo_txt"] and self.state == "none" and self.marker):
            return  # "(A)" in a list without boxes numbers an answer
        if (found["bangs"] or found["number"]) and self.state == "none":
            return
        self.at = found.end()
        letter = found["org"] or found["todo_txt"] or found["number"]
        self.priority = self.priority or (_LETTER_PRIORITIES.get(letter, "lowest") if letter else "high")
        if found["todo_txt"] and (created := self._take(_CREATED_DAY)):
            self.fields["created"] = created["created"]

    def _take_time(self) -> None:
        if found := self._take(_TIME_RANGE):
            self.fields["time"] = found[0].strip()

    def _clean_words(self, rest: str) -> str:
        """The words of what follows the marks at the beginning, on one line."""
        if self.emphasis:  # "**TODO call Bo** soon": its beginning was cut
            rest = rest.replace(self.emphasis, "", 1)
        if "\n" in rest:
            rest = self._without_hidden_lines(rest)
        if _has_sign_of_field(rest) and fields.MAY_HAVE_FIELD.search(rest):
            rest = fields.FIELD.sub(self._keep_field, rest)
        if _TO_CUT.search(rest):
            rest = self._without_marks(rest)
        return _trim_words(rest)

    def _without_hidden_lines(self, rest: str) -> str:
        first, *following = rest.split("\n")
        kept = [first]
        for line in following:
            bare = line.lstrip(" \t>").rstrip()
            if DRAWER_OR_PROPERTY.match(bare) and is_property_line(bare):
                key, _, value = bare.partition("::")
                if value:
                    self.fields.setdefault(fields.canonical_field(key.strip("*_ ")), value.strip())
            elif DRAWER_OR_PROPERTY.match(bare):
                fields.FIELD.sub(self._keep_field, bare)
            else:
                kept.append(line)
        return "\n".join(kept)

    def _keep_field(self, found: Match[str]) -> str:
        field = fields.read_field(found)
        if field is None:
            return found[0]
        if field.name == "priority":
            self.priority = self.priority or _LETTER_PRIORITIES.get(field.value, field.value)
        elif field.value:
            self.fields.setdefault(field.name, field.value)
        return " "

    def _without_marks(self, rest: str) -> str:
        if any(sign in rest for sign in _ID_SIGNS):
            rest = _IDS.sub(" ", rest)
        if "{{" in rest:
            rest = _CLOZE.sub(lambda found: found["words"], rest)
        if "#" in rest:
            rest = states.STATE_TAG.sub(self._keep_tag, rest)
        if "~~" in rest and (struck := _STRUCK.search(rest)):
            if not _STRUCK.sub("", rest).strip(" .,;:!*_#"):
                self._mark("cancelled", "struck")
                rest = struck["words"]
            else:
                rest = _STRUCK.sub(" ", rest)
        if found := _SIGN_AT_END.search(rest):
            self._mark("done", "ballot")
            rest = rest[: found.start()]
        if any(sign in rest for sign in _EMPTY_SIGNS):
            rest = _EMPTY_BRACKETS.sub(" ", rest)
        shorter = _TAGS_AT_END.sub("", rest) if "#" in rest else rest
        if self.priority or self.fields:
            shorter = _TAGS_AT_END.sub("", _TODO_TXT_END.sub("", shorter))
        return shorter if shorter.strip() else rest

    def _keep_tag(self, found: Match[str]) -> str:
        self._mark(states.TAG_STATES[found["tag"].lower()], "tag")
        return " "

    def _close_by_fields(self) -> None:
        for name in ("done", "cancelled"):
            value = self.fields.get(name, "")
            if any(map(str.isdigit, value)):
                self._mark("done" if name == "done" else "cancelled", "field")
