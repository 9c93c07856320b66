"""What a remark in a review is about, in the languages of the templates."""

from __future__ import annotations

from typing import Final

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


def name_concern(concern: str | None, language: str) -> str:
    """What a remark is about, with its article; "" where that is not known."""
    return _CONCERNS[language].get(concern or "", "")
