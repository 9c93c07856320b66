"""How many there are, in words, in the languages of the templates: "1 new comment", "3 commits"."""

from __future__ import annotations

from typing import Final, Literal

Counted = Literal["new comments", "failed checks", "commits", "files"]

_COUNTED_FORMS: Final[dict[Counted, dict[str, tuple[str, str]]]] = {
    "new comments": {
        "en": ("1 new comment", "{} new comments"),
        "de": ("einen neuen Kommentar", "{} neue Kommentare"),
        "fr": ("1 nouveau commentaire", "{} nouveaux commentaires"),
        "es": ("1 comentario nuevo", "{} comentarios nuevos"),
    },
    "failed checks": {
        "en": ("1 failed check", "{} failed checks"),
        "de": ("einen fehlgeschlagenen Check", "{} fehlgeschlagene Checks"),
        "fr": ("1 contrôle en échec", "{} contrôles en échec"),
        "es": ("1 comprobación fallida", "{} comprobaciones fallidas"),
    },
    "commits": {
        "en": ("one commit", "{} commits"),
        "de": ("ein Commit", "{} Commits"),
        "fr": ("un commit", "{} commits"),
        "es": ("un commit", "{} commits"),
    },
    "files": {
        "en": ("one file", "{} files"),
        "de": ("eine Datei", "{} Dateien"),
        "fr": ("un fichier", "{} fichiers"),
        "es": ("un archivo", "{} archivos"),
    },
}


def count_in_words(number: int, counted: Counted, language: str) -> str:
    """How many of something, in words; in English where the language is not known."""
    forms = _COUNTED_FORMS[counted]
    one, many = forms.get(language, forms["en"])
    return one if number == 1 else many.format(number)
