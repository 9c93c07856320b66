"""Finds the tasks that are no line of a list: a whole note by its properties, and the lines of todo.txt."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proactive_tui.model.note_values import TaskItem
from proactive_tui.model.shared_words import ItemState
from proactive_tui.text import inline
from proactive_tui.text.dates.text_days import find_days
from proactive_tui.text.item_marks import states
from proactive_tui.text.item_marks.reading import read_item_marks
from proactive_tui.text.properties import frontmatter

_STATUS_NAMES: dict[ItemState, str] = {
    "open": "open, todo, to do, none, not started, new, inbox, backlog, next, planned, offen, abierto, à faire",
    "doing": "active, doing, in progress, inprogress, started, wip, ongoing, current, in arbeit, en cours, en curso",
    "waiting": "waiting, blocked, on hold, hold, paused, wartet, en attente, esperando",
    "done": "done, complete, completed, closed, finished, resolved, erledigt, fertig, terminé, hecho, fatto, klaar",
    "cancelled": "cancelled, canceled, dropped, abandoned, rejected, wontfix, obsolete, abgebrochen, annulé, cancelado",
    "moved": "moved, delegated, deferred, migrated",
}
_STATUS_WORDS: dict[str, ItemState] = {
    name: state for state, names in _STATUS_NAMES.items() for name in names.split(", ")
}
_STATUS_KEYS = ("status", "state", "task-status", "task_status")
_DUE_KEYS = ("due", "deadline", "due_date", "due-date", "duedate", "todo_due")
_TICK_KEYS = ("completed?", "todo_completed", "completed", "done", "iscompleted", "is_completed")
_DONE_DAY_KEYS = ("completeddate", "completed_date", "completed-date", "datecompleted", "done_date")
_TASK_NAMES = frozenset(("task", "tasks", "todo", "to-do", "action"))


def find_note_task(properties: Mapping[str, Any], title: str, line: int, written: float) -> TaskItem | None:
    """The task that a note is as a whole, by its front matter; None where it is none.

    It is one where it is tagged or typed as a task and has a status, or has a due day beside a status, or a tick
    ("completed?: no" of Joplin). `line` is where its text begins, `title` what is to be done.
    """
    fields = {str(key).lower(): value for key, value in properties.items()}
    status = next((_word(fields[key]) for key in _STATUS_KEYS if key in fields), None)
    tick = next((_tick(fields[key]) for key in _TICK_KEYS if key in fields and _tick(fields[key]) is not None), None)
    due = next((fields[key] for key in _DUE_KEYS if fields.get(key)), None)
    named = _is_named_task(fields)
    if not (
        "completed?" in fields
        or "todo_completed" in fields
        or (named and (status is not None or tick is not None or due is not None))
        or (due is not None and (status is not None or tick is not None))
    ):
        return None
    state: ItemState = _STATUS_WORDS.get(status, "none") if status is not None else "open"
    if tick or any(fields.get(key) for key in _DONE_DAY_KEYS):
        state = "done" if state not in states.CLOSED_STATES else state
    words = inline.strip_inline(title)
    if state == "none" or not words:
        return None
    return TaskItem(
        text=words,
        done=state in states.CLOSED_STATES,
        line=line,
        due=find_days(f"📅 {_day_text(due)}", written).due if due is not None else None,
        state=state,
        whole_note=True,
    )


def find_todo_txt_tasks(lines: Sequence[str], written: float, *, all_done: bool) -> Iterator[TaskItem]:
    """The tasks of a list of todo.txt, one a line; `all_done` where it is the list of what was done."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("# "):
            continue
        marks = read_item_marks(line, is_item=True)
        if not marks.words or marks.fields.get("h") == "1":
            continue
        state: ItemState = "done" if all_done else "open" if marks.state == "none" else marks.state
        yield TaskItem(
            text=inline.strip_inline(marks.words),
            done=state in states.CLOSED_STATES,
            line=number,
            due=find_days(line[marks.start :], written).due,
            state=state,
        )


def _is_named_task(fields: Mapping[str, Any]) -> bool:
    names = (
        name.strip("#").lower()
        for key in ("tags", "tag", "type", "category", "kind")
        for name in frontmatter.items(fields.get(key))
    )
    return not _TASK_NAMES.isdisjoint(names)


def _word(value: Any) -> str:
    return re.sub(r"[\s_-]+", " ", frontmatter.format_value(value).strip(" []\"'🟢🔴🟡✅").lower())


def _tick(value: Any) -> bool | None:
    """Whether a property says that something is completed; None where it says nothing of the kind."""
    if isinstance(value, dt.date | int | float):  # a day, a time in milliseconds, or yes and no
        return bool(value)
    return {"no": False, "false": False, "0": False, "": False, "yes": True, "true": True, "x": True, "ja": True}.get(
        _word(value)
    )


def _day_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and value > 1e11:  # milliseconds
        return dt.datetime.fromtimestamp(value / 1000, dt.UTC).date().isoformat() if value < 7e12 else ""
    return frontmatter.format_value(value)[:40]
