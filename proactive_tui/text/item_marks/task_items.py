"""Makes the tasks of a note out of its items: which of them their owner marked as tasks, and how far those are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from msgspec.structs import replace

from proactive_tui.model.note_values import TaskItem
from proactive_tui.text import inline
from proactive_tui.text.dates.text_days import find_days
from proactive_tui.text.item_marks import states
from proactive_tui.text.item_marks.reading import ItemMarks, read_item_marks
from proactive_tui.text.outline.line_roles import QUOTING_CALLOUTS, callout_type

_MAX_TASK_CHARACTERS = 4096
_TASK_BALLOTS = frozenset("☐☑☒⬜🔲🔳")
"""Signs that make a task; ✅ and ❌ before a line may also praise and blame."""
_TASK_START = re.compile(
    r"[ \t>]*(?:\[\^[^\]\s]{1,40}\]:[ \t]*)?(?:[-*+][ \t]*|\d+[.)][ \t]+|\*{2,8}[ \t]+|#{1,6}[ \t]+)?"
    r"(?:\[[^\[\]\n]?\]|\[ *[xX]? *\]|\([ xX]\)[ \t]"
    rf"|[{''.join(_TASK_BALLOTS)}]|[^\w\s]{{0,6}}(?:{'|'.join(states.STATE_WORDS)})(?!\w))"
)
_TASK_START_IN_LINE = re.compile(f"^(?:{_TASK_START.pattern})", re.MULTILINE)
_FOLLOWING_TASK = re.compile(r"\n(?=[ \t>]*(?:-?\[[ xX]?\]|\*{2,8}[ \t]+[A-Z]|[☐☑☒]|[-*+][ \t]))")


class TaskFinder:
    """Finds the tasks of a note in one pass over its Markdown tokens.

    `written` is the time (unix seconds) from which days in words count. It knows how the tokens are nested: what stands
    in a quotation is not the owner's to do, and what stands below a cancelled task is cancelled with it.
    """

    def __init__(self, written: float) -> None:
        self._written = written
        self._quotes: list[str] = []
        self._cancelled_level: int | None = None

    @property
    def in_quotation(self) -> bool:
        """Whether the token stands in a callout for quotations."""
        return any(callout in QUOTING_CALLOUTS for callout in self._quotes)

    def follow_nesting(self, tokens: Sequence[Token], index: int) -> None:
        """Take in the token at `index`, before its tasks are asked for."""
        token = tokens[index]
        if token.type == "blockquote_open":
            self._quotes.append(callout_type(tokens, index) or "")
        elif token.type == "blockquote_close":
            self._quotes.pop()
        elif (
            token.type == "list_item_open"
            and self._cancelled_level is not None
            and token.level <= self._cancelled_level
        ) or (token.level == 0 and token.nesting > 0 and not token.type.endswith("list_open")):
            self._cancelled_level = None

    def find_tasks(
        self, tokens: Sequence[Token], index: int, roles: str, heading: tuple[str, ...]
    ) -> Iterator[TaskItem]:
        """The tasks of the paragraph, heading or list item whose text is the token at `index`."""
        token = tokens[index]
        if token.map is None or not _may_hold_task(token.content):
            return
        listed = index > 1 and tokens[index - 2].type == "list_item_open"
        number = token.map[0]
        for part in _FOLLOWING_TASK.split(token.content):
            text, begin = part, number
            number += part.count("\n") + 1
            while text and roles[begin : begin + 1] == "x":
                text = text.partition("\n")[2]
                begin += 1
            is_item = listed or roles[begin : begin + 1] in ("i", "h")
            task = self._build_task(text[:_MAX_TASK_CHARACTERS], begin, heading, is_item=is_item)
            if task is None:
                continue
            if self._cancelled_level is not None and not task.done:
                task = replace(task, state="cancelled", done=True)
            elif listed and task.state == "cancelled" and self._cancelled_level is None:
                self._cancelled_level = tokens[index - 2].level
            yield task

    def _build_task(self, text: str, line: int, heading: tuple[str, ...], *, is_item: bool) -> TaskItem | None:
        if not _TASK_START.match(text):
            return None
        marks = read_item_marks(text, is_item=is_item)
        if not _is_task(marks) or (marks.form == "word" and "" in self._quotes):
            return None  # "> TODO …" is a task of who said it
        return TaskItem(
            text=inline.strip_inline(marks.words),
            done=marks.state in states.CLOSED_STATES,
            line=line + 1,
            heading=heading,
            due=find_days(text[marks.start :], self._written).due,
            state=marks.state,
        )


def _may_hold_task(content: str) -> bool:
    return _TASK_START_IN_LINE.search(content) is not None


def _is_task(marks: ItemMarks) -> bool:
    return marks.state != "none" and (marks.box is not None or marks.form in ("ballot", "word")) and bool(marks.words)
