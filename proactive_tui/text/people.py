"""Finds the people in a line: known names, mentions, and names after verbs that take a person."""

from __future__ import annotations

import re
from functools import lru_cache

from proactive_tui.text.words import word_set

PERSON_MENTION = re.compile(r"(?<![\w@./])@([^\W\d_][\w-]{1,30})(?!\w*[.(@/])")
_CAPITAL, _SMALL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁĹĻĽŃŇŅŌŐŒŘŚŠŞŤŪŮŰŹŻŽ", "a-zà-öø-ÿßāăąćčďđēęěğģīıķłĺļľńňņōőœřśšşťūůűźżž"
_ONE_NAME = (
    rf"(?:[{_CAPITAL}]['’][{_CAPITAL}][{_SMALL}]+|[{_CAPITAL}][{_SMALL}'’]+(?:[{_CAPITAL}][{_SMALL}]+)*"
    rf"(?:-[{_CAPITAL}]?[{_SMALL}'’]+)*|[{_CAPITAL}]\d[{_CAPITAL}][{_CAPITAL}\d]+)"
)
"""A name with its own capitals (McDonald, O'Neill, Jean-Luc, D'Angelo), or one of letters and digits (C3PO)."""
_PARTICLE = r"(?:van|von|vom|zu|zur|der|den|de|del|della|di|da|das|do|dos|du|la|le|ten|ter|bin|ibn|al|el|af|av)"
PERSON_NAME = rf"(?P<name>{_ONE_NAME}(?: (?:{_PARTICLE} ){{0,3}}{_ONE_NAME})?)"
TAKES_A_PERSON = re.compile(
    rf"\b(?:[Pp]romised|[Oo]we|[Tt]old|[Tt]ell|[Aa]sk(?:ed)?|[Ee]mail|[Pp]ing|[Rr]emind|[Tt]hank|[Mm]eet|[Cc]all"
    rf"|[Rr]eply to|[Ww]rite(?: back)? to|[Aa]nswer(?: to)?|[Tt]alk (?:to|with)|[Ss]peak (?:to|with)|1:1 with"
    rf"|[Cc]heck with"
    rf"|[Vv]ersprochen|[Ff]rag|[Dd]emander à|[Pp]romis à|[Pp]reguntar a|[Pp]rometí a) {PERSON_NAME}\b"
)
HANDED_TO_PERSON = re.compile(
    rf"\b(?:[Ss]end|[Gg]ive|[Bb]ring|[Ss]how|[Rr]eturn|[Ff]orward|[Ii]ntroduce|[Dd]eliver|[Pp]romised?|[Ss]chick\w*|[Ee]nvo\w+)\b[^.;?!]{{0,60}}?"
    rf"\b(?:to|an|à|a) {PERSON_NAME}\b"
)
GIVEN_TO_PERSON = re.compile(
    rf"\b(?:[Ss]end|[Gg]ive|[Ss]how|[Bb]ring) {PERSON_NAME} (?:the|a|an|my|our|his|her|some)\b"
)
NOT_PERSON_NAMES = word_set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
    "August September October November December Montag Dienstag Mittwoch Donnerstag Freitag Samstag "
    "Sonntag GitHub Google Git Python Kafka Redis Postgres Docker Slack Linear Jira Notion Amazon Apple "
    "Microsoft The This That Please Christmas Easter Claude Docs Production Staging Prod Legal Finance "
    "Support Sales Marketing DevOps Everyone Everybody Nobody Someone"
)


def find_people(text: str, people: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The people named in `text`, sorted by name; `people` are names known from other notes."""
    found = {mention[0].upper() + mention[1:] for mention in PERSON_MENTION.findall(text)}
    for pattern in (TAKES_A_PERSON, HANDED_TO_PERSON, GIVEN_TO_PERSON):
        found.update(match["name"] for match in pattern.finditer(text))
    if people:
        found.update(match[0] for match in _names_pattern(people).finditer(text))
    found = {name for name in found if name.split()[0] not in NOT_PERSON_NAMES and not name.startswith("Due")}
    return tuple(sorted(name for name in found if not any(name != other and name in other.split() for other in found)))


@lru_cache(maxsize=8)
def _names_pattern(people: frozenset[str]) -> re.Pattern[str]:
    names = sorted(people, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
