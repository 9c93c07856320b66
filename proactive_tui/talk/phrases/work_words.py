"""Amounts and names of unfinished work in words: "3 commits", "one file", "a rebase"."""

from __future__ import annotations

from typing import Final, Literal

Amount = Literal["commits", "files"]

_ONE: Final = {
    ("en", "commits"): "one commit", ("en", "files"): "one file",
    ("de", "commits"): "ein Commit", ("de", "files"): "eine Datei",
    ("fr", "commits"): "un commit", ("fr", "files"): "un fichier",
    ("es", "commits"): "un commit", ("es", "files"): "un archivo",
}  # fmt: skip
_MANY: Final = {
    ("en", "commits"): "{} commits", ("en", "files"): "{} files",
    ("de", "commits"): "{} Commits", ("de", "files"): "{} Dateien",
    ("fr", "commits"): "{} commits", ("fr", "files"): "{} fichiers",
    ("es", "commits"): "{} commits", ("es", "files"): "{} archivos",
}  # fmt: skip
_OPERATION_NAMES: Final = {"am": "patch"}
"""Operations that are called otherwise than by the name of their command."""


def describe_amount(number: int, amount: Amount, language: str) -> str:
    """A number of commits or files in words; in English where the language is not known."""
    forms = _ONE if number == 1 else _MANY
    return forms.get((language, amount), forms["en", amount]).format(number)


def name_operation(code: str) -> str:
    """What people call an operation of git: a merge, a rebase; the same in every language."""
    return _OPERATION_NAMES.get(code, code)
