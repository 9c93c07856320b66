"""Recognises notes without content of their own (templates, licences, change logs, lists of links), and clippings."""

from __future__ import annotations

import re

from proactive_tui.model import Note

BOILERPLATE_NAMES = re.compile(
    r"^(licen[cs]e|copying|contributors|code[-_ ]of[-_ ]conduct|change[-_ ]?log|release[-_ ]notes|table of contents"
    r"|toc)$",
    re.IGNORECASE,
)
TEMPLATE_FOLDERS = {"template", "templates", "_templates", "vorlagen", "modèles", "plantillas"}
TEMPLATE_PLACEHOLDER = re.compile(r"\{\{[^{}\n]*\}\}|<%[^%\n]*%>")
MARKDOWN_CODE = re.compile(r"(?ms)^ *(```|~~~).*?^ *\1|`[^`\n]*`")
BULLET_LINK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[\[|\[[^\[\]\n]{2,}\][(\[])", re.MULTILINE)
LICENCE_PHRASE = re.compile(
    r"permission is hereby granted|without warranty of any kind|apache license|gnu general public", re.IGNORECASE
)
MIN_LIST_LINKS = 12


def is_boilerplate(note: Note) -> bool:
    """Whether a note is a template, a licence, a change log or a list of links: nothing in it may become a topic."""
    *folders, name = note.path.split("/")
    stem = name.rsplit(".", 1)[0]
    if (
        BOILERPLATE_NAMES.match(stem)
        or stem.lower().endswith(" template")
        or TEMPLATE_FOLDERS & {folder.lower() for folder in folders}
    ):
        return True
    if any(not item.done for item in note.tasks):
        return _is_filled_by_placeholders(note)
    text = "\n".join(passage.text for passage in note.passages)
    if LICENCE_PHRASE.search(text[:3000]) and len(LICENCE_PHRASE.findall(text)) > 1:
        return True
    if _is_filled_by_placeholders(note):
        return True
    filled = sum(1 for line in text.splitlines() if line.strip())
    links = len(BULLET_LINK.findall(text))
    return links >= MIN_LIST_LINKS and links > 0.6 * filled


def _is_filled_by_placeholders(note: Note) -> bool:
    text = "\n".join((*note.properties.values(), *(passage.text for passage in note.passages)))
    if not ("{{" in text or "<%" in text or "{{" in note.title or "<%" in note.title):
        return False
    outside = f"{note.title}\n{MARKDOWN_CODE.sub('', text)}"
    return len(TEMPLATE_PLACEHOLDER.findall(outside)) >= 2 and bool(TEMPLATE_PLACEHOLDER.search(outside[:300]))


def is_clipping(note: Note) -> bool:
    """Whether a note is a clipping: somebody else's words, whose questions and plans are not the owner's."""
    keys = {key.lower() for key in note.properties}
    folders = {folder.lower() for folder in note.path.split("/")[:-1]}
    return bool(
        folders & {"clippings", "clips", "web clips", "readwise", "highlights"}
        or keys & {"clipped", "clipping"}
        or (
            keys & {"author", "authors", "published"}
            and any(
                "://" in note.properties.get(key, "") for key in note.properties if key.lower() in {"source", "url"}
            )
        )
    )


def unraised_reason(note: Note) -> str:
    """Why nothing is raised of a note, in words for the owner; empty where something is."""
    if is_boilerplate(note):
        return "a template, a licence, a list of links or the like"
    return "somebody else's words: a clipping" if is_clipping(note) else ""


def is_personal(note: Note) -> bool:
    """Whether a note looks like working notes: it has tasks, tags, wikilinks or a date. A write-up for readers has
    none.

    In working notes a bare question is open; in a write-up it leads to the next paragraph.
    """
    return bool(note.tasks or note.tags or note.date_from != "modified" or note.properties) or any(
        "[[" in passage.prose for passage in note.passages
    )
