"""Recognises the placeholders of templates (Templater, Obsidian, QuickAdd, Logseq, Jinja), told apart from cloze cards,
embeds, queries and variables that prose only mentions.
"""

from __future__ import annotations

import re

CODE_IN_TEXT = re.compile(r"(?ms)^[ \t>]*(```|~~~).*?^[ \t>]*\1|`[^`\n]*`")
"""Fenced code, and code in a line."""
TEMPLATER_COMMAND = re.compile(r"<%[^%]{0,400}%>", re.DOTALL)
DOUBLE_BRACES = re.compile(r"\{\{\s*([^{}\n]{1,120}?)\s*\}\}|\{%[^%\n]{1,120}%\}")
NO_PLACEHOLDER = re.compile(
    r"c\d+::|(?:embed|query|video|youtube|tweet|renderer|cloze|iframe|pdf|table|\[\[|<|\[)(?:\b|\s|:)|#|/|!|>|\[\["
    r"|cards?\b",
    re.IGNORECASE,
)
"""What braces hold that are a cloze card, an embed, a query, a macro or a short code, and no placeholder."""
NAMED_PLACEHOLDER = re.compile(
    r"(?:date|time|title|today|tomorrow|yesterday|now|cursor|value|field|name|vdate|monday|sunday|week|weekday|author"
    r"|authors|url|content|highlights?|tags?|publish(?:ed|date)|isbn|noteid|datum|zeit|titel|heute|fecha|hora|titre"
    r"|heure|auteur|data|ora|titolo|autore|título|autor|naam|日付|タイトル)\b",
    re.IGNORECASE,
)
"""The names that the programs of the field fill in by themselves."""
BLANK_FIELD = re.compile(r"(?:_{4,}|\.{6,}|…{3,})\s*$|(?:<|&lt;)[a-zà-ÿ][\w à-ÿ-]{2,40}(?:>|&gt;)\s*$", re.MULTILINE)


def may_hold_placeholders(text: str) -> bool:
    """Whether a text may hold placeholders: a cheap test."""
    return "{{" in text or "<%" in text or "{%" in text


def strip_code(text: str) -> str:
    """The text without code, which only talks about placeholders; its lines stay."""
    return CODE_IN_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)


def has_placeholder(text: str, *, named: bool = False) -> bool:
    """Whether a text without code holds a placeholder; with `named`, one that a program fills in by itself."""
    if "<%" in text and TEMPLATER_COMMAND.search(text):
        return True
    if "{%" not in text and "{{" not in text:
        return False
    for found in DOUBLE_BRACES.finditer(text):
        inside = found[1] or ""
        if NO_PLACEHOLDER.match(inside):
            continue
        if NAMED_PLACEHOLDER.match(inside) or not named:
            return True
    return False
