"""Tells whose words a whole note is, from its path, its properties and its structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import SourceLine
from proactive_tui.text.outline.encoded_data import longest_word
from proactive_tui.text.outline.placeholders import has_placeholder, may_hold_placeholders, strip_code
from proactive_tui.topics.open_ends.voices import NoteVoice, Voice

FOLDER_WORDS: dict[str, tuple[Voice, float, int]] = {
    **dict.fromkeys(
        [
            "archive",
            "archives",
            "archived",
            "zarchive",
            "zarchived",
            "archiv",
            "archief",
            "archivo",
            "archivos",
            "archivio",
            "archivi",
            "arquivo",
            "arquivos",
            "archiwum",
            "archivado",
            "archivados",
            "archiviert",
            "archivé",
            "archivés",
            "archivados",
            "trash",
            "papierkorb",
            "poubelle",
            "corbeille",
            "papelera",
            "lixeira",
            "lixo",
            "cestino",
            "prullenbak",
            "kosz",
            "attic",
            "deleted",
            "gelöscht",
            "归档",
            "存档",
            "アーカイブ",
            "回收站",
            "ゴミ箱",
        ],
        ("archived", 0.05, 2),
    ),
    **dict.fromkeys(
        [
            "templates",
            "templater",
            "vorlagen",
            "modèles",
            "modeles",
            "plantillas",
            "modelli",
            "modelos",
            "sjablonen",
            "szablony",
            "mallar",
            "skabeloner",
            "templetes",
            "テンプレート",
            "模板",
            "模版",
            "шаблоны",
        ],
        ("template", 0.05, 3),
    ),
    **dict.fromkeys(
        ["template", "vorlage", "modèle", "plantilla", "sjabloon", "szablon", "шаблон", "snippets", "blueprints"],
        ("template", 0.1, 1),
    ),
    **dict.fromkeys(
        [
            "clippings",
            "clips",
            "clipping",
            "webclips",
            "webclipper",
            "readwise",
            "kindle",
            "instapaper",
            "omnivore",
            "raindrop",
            "snipd",
            "highlights",
            "lyrics",
            "songtexte",
            "paroles",
            "zitate",
            "citations",
            "quotes",
        ],
        ("clipped", 0.1, 2),
    ),
    **dict.fromkeys(
        ["backup", "backups", "sicherung", "sicherungen", "bak", "sauvegardes", "respaldos"], ("generated", 0.1, 2)
    ),
    **dict.fromkeys(["excalidraw"], ("generated", 0.05, 1)),
}
"""By a word of a folder's name: voice, grade, and how many words the name may have for the word to say what it is."""
NAME_ENDS_AS_TEMPLATE = re.compile(
    r"(?:^|[\s._-])(?:template|templete|vorlage|plantilla|modèle|modello|sjabloon|szablon|テンプレート)s?$"
    r"|^(?:template|vorlage|plantilla|tpl|tmpl|modèle)[\s._-]",
    re.IGNORECASE,
)
NAME_OF_DOCUMENT = re.compile(
    r"^(?:licen[cs]e|copying|code[-_ ]of[-_ ]conduct|contributing|change[-_ ]?log|release[-_ ]notes|claude|agents"
    r"|copilot-instructions)$",
    re.IGNORECASE,
)
NAME_OF_HIGHLIGHTS = re.compile(
    r"\((?:highlights|lyrics|annotations)\)$|\b(?:lyrics|transcript|songtext)$", re.IGNORECASE
)
NAME_OF_PUBLICATION = re.compile(
    r"\b(?:privacy policy|terms (?:of (?:service|use)|(?:and|&) conditions)|cookie policy|datenschutzerklärung"
    r"|impressum|nutzungsbedingungen|agb|politique de confidentialité|mentions légales|política de"
    r" priva(?:cidad|cidade)|aviso legal|informativa sulla privacy|api (?:docs?|documentation|reference))$",
    re.IGNORECASE,
)
"""The name of a text that is written for everybody: of the law, or for who calls a program."""
NAME_OF_MACHINE_ANSWER = re.compile(
    r"\b(?:chat ?gpt|gpt[- ]?\d\w*|gemini|copilot|claude|deepseek|perplexity|mistral|llm|ai|ki|ia)\b.{0,12}"
    r"\b(?:answers?|responses?|repl(?:y|ies)|analys[ei]s|output|summary|antwort(?:en)?|analyse|zusammenfassung"
    r"|réponses?|résumé|respuestas?|análisis|resumen|rispost[ae]|analisi|respostas?|análise|antwoord(?:en)?)\b"
    r"|\b(?:answers?|responses?|repl(?:y|ies)|analys[ei]s|output|summary|antwort(?:en)?|analyse|zusammenfassung"
    r"|réponses?|résumé|respuestas?|análisis|resumen|rispost[ae]|analisi|respostas?|análise|antwoord(?:en)?)\b.{0,8}"
    r"\b(?:chat ?gpt|gpt[- ]?\d\w*|gemini|copilot|claude|deepseek|perplexity)\b",
    re.IGNORECASE,
)
"""The name of what a language model answered."""
MAX_WORDS_OF_MACHINE_ANSWER = 6
READERS_BOX = re.compile(r"^(?:!!!|\?\?\?\+?) +\w+(?: +\"[^\"\n]*\")?\s*$", re.MULTILINE)
"""A box of the sites that are made of documentation: `!!! note "Before you begin"`."""
TRUE_VALUE = re.compile(r"^(?:true|yes|y|1|ja|oui|sí|si|on)$|^\d{4}-\d\d-\d\d", re.IGNORECASE)
ARCHIVED_KEYS = {"archived", "archive", "deleted", "trashed", "is_archived", "archiviert", "archivé", "in_trash"}
FINISHED_KEYS = {
    *("completed", "complete", "done", "finished", "resolved", "solved", "answered", "closed", "read"),
    *("erledigt", "abgeschlossen", "fertig", "gelöst", "terminé", "fini", "résolu", "hecho", "terminado", "completado"),
    *(
        "resuelto",
        "fatto",
        "completato",
        "finito",
        "feito",
        "concluído",
        "afgerond",
        "klaar",
        "zrobione",
        "完了",
        "完成",
    ),
}
"""Keys of a tick or a day that say that the whole note is over, with or without a question mark: `completed?: yes`."""
STATUS_KEYS = {"status", "state", "stage", "statut", "estado", "stato", "zustand"}
CLOSED_STATUS = re.compile(
    r"^\W*(?:completed?|done|finished|cancell?ed|archived?|abandoned|dropped|closed|obsolete|deprecated|superseded"
    r"|won'?t[ -]?do|abgeschlossen|erledigt|fertig|abgebrochen|archiviert|terminée?|finie?|annulée?|archivée?"
    r"|terminad[oa]|completad[oa]|cancelad[oa]|concluíd[oa]|archivad[oa]|finito|completat[oa]|annullat[oa]"
    r"|archiviat[oa]"
    r"|afgerond|klaar|geannuleerd|zrobione|zakończon[eay]|anulowan[eay]|完了|完成|已完成|中止)\W*$",
    re.IGNORECASE,
)
ARCHIVED_TAGS = {
    "archived",
    "archive",
    "archiv",
    "archivé",
    "archivado",
    "archiviert",
    "archiviato",
    "archief",
    "trash",
}
CLIPPED_TAGS = {
    "clippings",
    "clipping",
    "readwise",
    "kindle",
    "omnivore",
    "instapaper",
    "highlights",
    "lyrics",
    "webclip",
}
CLIPPED_KEYS = {
    *("clipped", "clipping", "date-clipped", "clipped_at", "date_saved", "datesaved", "readwise_url", "readwise_id"),
    *("kindle-sync", "omnivore", "id_omnivore", "site_name", "sitename", "full-title"),
}
ADDRESS_KEYS = {"source", "url", "link", "href", "origin", "src", "quelle", "fuente"}
AUTHOR_KEYS = {"author", "authors", "published", "publisher", "byline", "autor", "auteur", "site", "publish_date"}
LICENCE_PHRASE = re.compile(
    r"permission is hereby granted|without warranty of any kind|licensed under the apache|gnu general public license"
    r"|redistribution and use in source",
    re.IGNORECASE,
)
LICENCE_HINTS = ("hereby granted", "of any kind", "the apache", "gnu general", "and use in")
"""What a text in lower case has that holds such a phrase."""
BULLET_LINK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[\[|\[[^\[\]\n]{2,}\][(\[]|<?https?://)")
HIGHLIGHT_MARK = re.compile(
    r"\(\[?(?:View Highlight|Location \d+|Page \d+)|\bHighlight \((?:yellow|blue|pink|orange)\)|readwise\.io/|"
    r"\b(?:Loc|Location|Position)\.? \d+(?:-\d+)?\b|- Your Highlight on",
    re.IGNORECASE,
)
LYRICS_MARK = re.compile(
    r"^\W*(?:verse|chorus|bridge|pre-chorus|refrain|outro|intro|strophe|couplet|estribillo)\s*\d*\W*$", re.IGNORECASE
)
HIGHLIGHT_HINTS = ("Highlight", "Location ", "readwise.io", "Loc", "loc. ", "[Page ", "(Page ", "Position ")
LYRICS_HINTS = ("erse", "horus", "efrain", "trophe", "ouplet", "stribillo", "HORUS", "VERSE", "ridge")
MIN_LIST_LINKS = 12
LINK_SHARE = 0.8  # of the filled lines of a list of links
MAX_TEMPLATE_LINES = 40  # filled lines of a note that is a template for its title alone
WORD_OF_NAME = re.compile(r"[^\W\d_]+")
MIN_RUN_LETTERS = 80
LONG_RUN = re.compile(rf"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/=_-]{{{MIN_RUN_LETTERS},}}")


MIN_LINES_OF_JOINED, MIN_JOINED_FILES = 150, 3
"""Lines of a text from which it may be many files that a program joined, and the names of files that it has then."""
JOINED_FILE_ENDS = (".md", ".txt", ".org", ".py", ".js", ".ts", "=", "-", "#", ">")
JOINED_FILE = re.compile(
    r"^(?=[=#<-]{3,}|\W*(?:file(?:name)?|datei|fichier|archivo|path|source)\b)"
    r"\W*(?:(?:file(?:name)?|datei|fichier|archivo|path|source)\W+)?[\w ./()'-]+\.(?:md|txt|org|py|js|ts)\W*$",
    re.IGNORECASE,
)
"""The name of a file where its text begins: "FILE: garden.md", "==== garden.md ===="."""


def tell_note_voice(note: Note, lines: Sequence[SourceLine]) -> NoteVoice:
    """The voice of the whole note; of several that fit, the least own."""
    found = [*_by_path(note), *_by_properties(note), *_by_text(note, lines)]
    return min(found, key=lambda voice: voice.own, default=NoteVoice())


@lru_cache(maxsize=1024)
def folder_voice(folder: str) -> NoteVoice | None:
    """The voice of everything in a folder of this name (one part of a path); None where the name does not say."""
    words = [word.lower() for word in WORD_OF_NAME.findall(folder)]
    for word in words:
        if word in FOLDER_WORDS:
            voice, own, most = FOLDER_WORDS[word]
            if len(words) <= most:
                return NoteVoice(voice, own, f"its folder is called {folder}")
    return None


def _by_path(note: Note) -> Iterable[NoteVoice]:
    *folders, name = note.path.split("/")
    yield from filter(None, map(folder_voice, folders))
    stem = name.rsplit(".", 1)[0]
    if stem.lower().endswith(".excalidraw") or "excalidraw-plugin" in note.properties:
        yield NoteVoice("generated", 0.02, "a drawing")
    elif NAME_ENDS_AS_TEMPLATE.search(stem) and len(WORD_OF_NAME.findall(stem)) <= 4:
        yield NoteVoice("template", 0.15, "its name says that it is a template")
    if NAME_OF_HIGHLIGHTS.search(stem):
        yield NoteVoice("clipped", 0.1, "its name says that it is somebody else's")
    if NAME_OF_MACHINE_ANSWER.search(stem) and len(WORD_OF_NAME.findall(stem)) <= MAX_WORDS_OF_MACHINE_ANSWER:
        yield NoteVoice("pasted", 0.2, "its name says that a language model answered it")
    if NAME_OF_DOCUMENT.match(stem):
        yield NoteVoice("reference", 0.1, "a document that comes with software")
    if NAME_OF_PUBLICATION.search(note.title.strip()):
        yield NoteVoice("reference", 0.3, "a text for everybody, by its title")
    if "." in stem and (voice := folder_voice(stem.split(".", 1)[0])):  # Dendron: the dots are its folders
        yield voice


def _by_properties(note: Note) -> Iterable[NoteVoice]:
    values = {key.lower(): value.strip() for key, value in note.properties.items()}
    if any(TRUE_VALUE.match(values[key]) for key in ARCHIVED_KEYS & values.keys()):
        yield NoteVoice("archived", 0.05, "its properties say that it is archived")
    if any(key.rstrip(" ?") in FINISHED_KEYS and TRUE_VALUE.match(value) for key, value in values.items()):
        yield NoteVoice("archived", 0.1, "its properties say that it is finished")
    if any(CLOSED_STATUS.match(values[key]) for key in STATUS_KEYS & values.keys()):
        yield NoteVoice("archived", 0.1, "its status says that it is over")
    tags = {part for tag in note.tags for part in tag.lower().split("/")[:2]}
    if tags & ARCHIVED_TAGS:
        yield NoteVoice("archived", 0.1, "it is tagged as archived")
    addressed = any("://" in values[key] for key in ADDRESS_KEYS & values.keys())
    if values.keys() & CLIPPED_KEYS or (addressed and values.keys() & AUTHOR_KEYS):
        yield NoteVoice("clipped", 0.1, "its properties name the page that it was clipped from")
    elif tags & CLIPPED_TAGS:
        yield NoteVoice("clipped", 0.15, "it is tagged as a clipping")


def _by_text(note: Note, lines: Sequence[SourceLine]) -> Iterable[NoteVoice]:
    text = "\n".join(passage.text for passage in note.passages)
    filled = [line.text[:400] for line in lines if line.text.strip()]
    if not filled:
        return
    if template := _placeholder_voice(note, text, filled):
        yield template
    begin = text[:3000].lower()
    if any(hint in begin for hint in LICENCE_HINTS) and len(LICENCE_PHRASE.findall(text[:3000])) > 1:
        yield NoteVoice("reference", 0.05, "a licence")
    if READERS_BOX.search(text):
        yield NoteVoice("reference", 0.3, "a page of documentation, by its boxes")
    may_be_links = len(filled) >= MIN_LIST_LINKS and text.count("[") + text.count("http") > LINK_SHARE * len(filled)
    links = sum(1 for line in filled if BULLET_LINK.match(line)) if may_be_links else 0
    if links >= MIN_LIST_LINKS and note.date_from != "name" and links > LINK_SHARE * len(filled):
        yield NoteVoice("reference", 0.2, "a list of links")
    if any(hint in text for hint in HIGHLIGHT_HINTS) and len(HIGHLIGHT_MARK.findall(text[:20000])) >= 3:
        yield NoteVoice("clipped", 0.1, "highlights of somebody else's text")
    if any(hint in text for hint in LYRICS_HINTS) and sum(1 for line in filled if LYRICS_MARK.match(line)) >= 2:
        yield NoteVoice("clipped", 0.1, "lyrics")
    if len(filled) >= MIN_LINES_OF_JOINED and _joins_files(filled):
        yield NoteVoice("generated", 0.1, "files that a program joined into one")
    may_be_data = len(text) > 2000 and longest_word(text) >= MIN_RUN_LETTERS
    if may_be_data and sum(map(len, LONG_RUN.findall(text))) > 0.5 * len(text):
        yield NoteVoice("generated", 0.05, "encoded data")


def _joins_files(filled: Sequence[str]) -> bool:
    """Whether lines are those of many files, each below its name."""
    named = (line for line in filled if line.endswith(JOINED_FILE_ENDS) and JOINED_FILE.match(line))
    return sum(1 for _ in islice(named, MIN_JOINED_FILES)) >= MIN_JOINED_FILES


def _placeholder_voice(note: Note, text: str, filled: Sequence[str]) -> NoteVoice | None:
    """The voice of a template that is told by its placeholders; None without."""
    front = "\n".join(f"{value}" for value in note.properties.values())
    if not may_hold_placeholders(text) and not may_hold_placeholders(note.title) and not may_hold_placeholders(front):
        return None
    if has_placeholder(note.title, named=True) or has_placeholder(front, named=True):
        if note.date_from == "name" or len(filled) > MAX_TEMPLATE_LINES:
            return None  # a day or a long note that was made from a template, and where a placeholder was left over
        return NoteVoice("template", 0.1, "its title or properties are placeholders")
    bare = strip_code(text)
    if re.search(r"<%[-_*]?\*", bare[:400]):
        return NoteVoice("template", 0.1, "it begins with a script of a template")
    held = [line for line in bare.split("\n") if has_placeholder(line)]
    if not held:
        return None
    headed = sum(1 for line in held if re.match(r"\s*(?:#|[-*+] \[|[-*+]?\s*[\w *]+::?)", line))
    named = sum(1 for line in held if has_placeholder(line, named=True))
    share = len(held) / max(1, len(filled))
    if (named and (headed or has_placeholder("\n".join(filled[:2]), named=True)) and share > 0.1) or (
        named >= 3 and share > 0.2
    ):
        return NoteVoice("template", 0.15, "placeholders stand where words belong")
    if headed >= 3 and share > 0.3:
        return NoteVoice("template", 0.3, "placeholders stand where words belong")
    return None


def is_personal(note: Note) -> bool:
    """Whether a note looks like working notes: it has tasks, tags, wikilinks or a date. A write-up for readers has
    none.

    In working notes a bare question is open; in a write-up it leads to the next paragraph.
    """
    return bool(note.tasks or note.tags or note.date_from != "modified" or note.properties) or any(
        "[[" in passage.prose for passage in note.passages
    )
