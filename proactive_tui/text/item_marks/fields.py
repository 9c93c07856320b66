"""Finds the fields of a line: days, ids, priorities, recurrence, as task plugins, Dataview, todo.txt and Org do."""

from __future__ import annotations

import re
from re import Match
from typing import NamedTuple

_DAY_SIGNS = {
    "📅": "due",
    "🗓": "due",
    "📆": "due",
    "⏰": "due",
    "⏳": "scheduled",
    "⌛": "scheduled",
    "🛫": "start",
    "➕": "created",
    "✅": "done",
    "❌": "cancelled",
}
_VALUE_SIGNS = {"🆔": "id", "⛔": "depends", "🏁": "on completion"}
_PRIORITY_SIGNS = {"🔺": "highest", "⏫": "high", "🔼": "medium", "🔽": "low", "⏬": "lowest"}
_FIELD_NAMES = {
    "completion": "done",
    "completed": "done",
    "repeat": "recurrence",
    "recurrence": "recurrence",
    "recurring": "recurrence",
    "rec": "recurrence",
    "deadline": "due",
    "closed": "done",
    "canceled": "cancelled",
    "t": "start",
    "threshold": "start",
    "pri": "priority",
    "dependson": "depends",
    "oncompletion": "on completion",
}
_DAY = r"(?:\[\[)?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\]\])?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
_TEMPLATE = r"<%[^%\n]{0,200}%>|\{\{[^{}\n]{0,80}\}\}"
_SIGNS = "".join((*_DAY_SIGNS, *_VALUE_SIGNS, *_PRIORITY_SIGNS, "🔁"))
_BEFORE_DAY = r"(?:(?<!\w)(?:by|before|until|till|due|on|bis|am|vor|avant le|antes del)\s{1,3})?"

FIELD = re.compile(
    rf"{_BEFORE_DAY}[(\[]?(?P<day_sign>[{''.join(_DAY_SIGNS)}])\ufe0f?\s{{0,3}}(?P<day>{_DAY}|{_TEMPLATE})[)\]]?"
    rf"|(?P<value_sign>[{''.join(_VALUE_SIGNS)}])\ufe0f?\s{{0,3}}(?P<value>[\w-]+(?:,\s?[\w-]+)*)?"
    rf"|(?P<priority_sign>[{''.join(_PRIORITY_SIGNS)}])\ufe0f?"
    rf"|🔁\ufe0f?\s{{0,3}}(?P<recurrence>[^{_SIGNS}\[\](){{}}<>#\n^%]{{0,80}})"
    r"|(?P<bracket>[(\[])(?P<key>[\w][\w -]{0,30})::(?P<field>(?:\[\[[^\[\]\n]{0,80}\]\]|[^\[\]()\n]){0,200})[)\]]"
    r"|(?<!\w)@{1,2}\{(?P<kanban>[^{}\n]{1,40})\}"
    r"|(?<!\w)@{1,2}\[\[(?P<kanban_link>[^\[\]\n]{1,40})\]\]"
    r"|(?<!\w)@(?P<at_key>due|done|start|scheduled|started|created|cancelled)(?:\((?P<at_value>[^()\n]{0,40})\))"
    r"|(?<!\w)@(?P<at_day>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?<![\w:/])(?P<todo_key>due(?=:\S)|pri(?=:[A-Z]\b)|rec(?=:\+?\d)|h(?=:1\b)|id(?=:\w)"
    r"|(?:t|threshold|scheduled|start|created|done)(?=:\d{4}-)):(?P<todo_value>[^\s:()\[\]/]{1,40})(?=[\s,.;)]|$)"
    r"|(?P<org_key>SCHEDULED|DEADLINE|CLOSED):\s{0,3}(?P<org_day>[<\[][^<>\[\]\n]{4,60}[>\]])"
    r"|(?P<org_stamp><\d{4}-\d\d-\d\d[^<>\n]{0,40}>)"
)
"""One field; every part of it looks at a bounded number of characters."""
MAY_HAVE_FIELD = re.compile(rf"[{_SIGNS}@<]|::|\w:[^\s/]|SCHEDULED|DEADLINE|CLOSED")


class FoundField(NamedTuple):
    """A field with its canonical name and its value as written, without brackets."""

    name: str
    value: str


def read_field(found: Match[str]) -> FoundField | None:
    """The field that a match of `FIELD` stands for; None where it only looks like one."""
    group = found.groupdict()
    if sign := group["day_sign"]:
        return FoundField(_DAY_SIGNS[sign], _bare_day(group["day"]))
    if sign := group["value_sign"]:
        return FoundField(_VALUE_SIGNS[sign], group["value"] or "")
    if sign := group["priority_sign"]:
        return FoundField("priority", _PRIORITY_SIGNS[sign])
    if group["recurrence"] is not None:
        return FoundField("recurrence", group["recurrence"].strip(" ,;"))
    if key := group["key"]:
        return FoundField(canonical_field(key), _bare_day(group["field"]))
    if value := group["kanban"] or group["kanban_link"] or group["at_day"]:
        return FoundField("time" if re.fullmatch(r"\d{1,2}:\d\d", value) else "due", value)
    if key := group["at_key"]:
        return FoundField(canonical_field(key), group["at_value"] or "")
    if key := group["todo_key"]:
        return FoundField(canonical_field(key), group["todo_value"].rstrip(".,;"))
    if key := group["org_key"]:
        return FoundField({"SCHEDULED": "scheduled", "DEADLINE": "due", "CLOSED": "done"}[key], group["org_day"][1:-1])
    return FoundField("due", group["org_stamp"][1:-1]) if group["org_stamp"] else None


def canonical_field(key: str) -> str:
    """The name under which a field is known, whatever program wrote it."""
    low = " ".join(key.lower().replace("-", "").split())
    return _FIELD_NAMES.get(low, low)


def _bare_day(value: str) -> str:
    value = value.strip()
    return value.removeprefix("[[").removesuffix("]]").strip()
