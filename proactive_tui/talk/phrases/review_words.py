"""What is said of reviews, in the languages of the templates: counts, and what a remark is about."""

from __future__ import annotations

from typing import Final

_REMARKS: Final = {
    "en": ("1 new comment", "{} new comments"),
    "de": ("einen neuen Kommentar", "{} neue Kommentare"),
    "fr": ("1 nouveau commentaire", "{} nouveaux commentaires"),
    "es": ("1 comentario nuevo", "{} comentarios nuevos"),
}
_CHECKS: Final = {
    "en": ("1 failed check", "{} failed checks"),
    "de": ("einen fehlgeschlagenen Check", "{} fehlgeschlagene Checks"),
    "fr": ("1 contrôle en échec", "{} contrôles en échec"),
    "es": ("1 comprobación fallida", "{} comprobaciones fallidas"),
}
_CONCERNS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "error handling": "the error handling", "tests": "the tests", "security": "the security",
        "performance": "the performance", "concurrency": "the concurrency", "data loss": "a loss of data",
        "compatibility": "the compatibility", "naming": "the naming", "documentation": "the documentation",
        "the interface": "the interface",
    },
    "de": {
        "error handling": "die Fehlerbehandlung", "tests": "die Tests", "security": "die Sicherheit",
        "performance": "die Geschwindigkeit", "concurrency": "die Nebenläufigkeit",
        "data loss": "den Verlust von Daten", "compatibility": "die Kompatibilität", "naming": "die Namen",
        "documentation": "die Dokumentation", "the interface": "die Schnittstelle",
    },
    "fr": {
        "error handling": "la gestion des erreurs", "tests": "les tests", "security": "la sécurité",
        "performance": "les performances", "concurrency": "la concurrence", "data loss": "une perte de données",
        "compatibility": "la compatibilité", "naming": "les noms", "documentation": "la documentation",
        "the interface": "l’interface",
    },
    "es": {
        "error handling": "el manejo de errores", "tests": "las pruebas", "security": "la seguridad",
        "performance": "el rendimiento", "concurrency": "la concurrencia", "data loss": "una pérdida de datos",
        "compatibility": "la compatibilidad", "naming": "los nombres", "documentation": "la documentación",
        "the interface": "la interfaz",
    },
}  # fmt: skip


def count_remarks(number: int, language: str) -> str:
    """How many new comments, in words."""
    return _count(_REMARKS[language], number)


def count_checks(number: int, language: str) -> str:
    """How many failed checks, in words."""
    return _count(_CHECKS[language], number)


def name_concern(concern: str | None, language: str) -> str:
    """What a remark is about, with its article; "" where that is not known."""
    return _CONCERNS[language].get(concern or "", "")


def _count(forms: tuple[str, str], number: int) -> str:
    one, many = forms
    return one if number == 1 else many.format(number)
