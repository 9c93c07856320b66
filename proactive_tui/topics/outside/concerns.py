"""What a remark on code is about, in a word that people use for it; only where its own words say so clearly."""

from __future__ import annotations

from typing import Final, Literal

from proactive_tui.text.words import WORD_PATTERN, stem_word, word_set

Concern = Literal[
    "error handling", "tests", "security", "performance", "concurrency", "data loss", "compatibility", "naming",
    "documentation", "the interface",
]  # fmt: skip

CONCERN_STEMS: Final[dict[Concern, frozenset[str]]] = {
    "error handling": word_set(
        "except exception error errno rais raise swallow catch caught rescu panic unwrap retri traceback fail failur "
        "silent propag timeout fehler ausnahm verschluck abfang erreur échec error fallo excepción captur"
    ),
    "tests": word_set("test tests coverag assert fixtur mock regress untest flaki spec prueba essai"),
    "security": word_set(
        "secur inject escap sanit xss csrf secret credenti token password vulner exploit traversal untrust privileg "
        "sicherheit passwort sécurité seguridad contraseña"
    ),
    "performance": word_set(
        "slow perform latenc quadrat memori alloc cach throughput hot index langsam speicher lent mémoir memoria"
    ),
    "concurrency": word_set("race lock deadlock mutex atom thread thread-saf concurr await parallel synchron"),
    "data loss": word_set("lose lost loss delet drop overwrit truncat corrupt migrat rollback irrevers backup verlier"),
    "compatibility": word_set("break breaking compat deprec backward version semver upgrad client consum"),
    "naming": word_set("name rename naming call spell variabl misnom identifi benenn nombre nommer"),
    "documentation": word_set("document docstr readm comment changelog docs dokument documentación"),
    "the interface": word_set("interfac api signatur paramet argument public expos contract endpoint schnittstell"),
}
MIN_CONCERN_WORDS = 2
"""Different words that have to speak of a concern; twice the same says little."""


def find_concern(text: str) -> Concern | None:
    """What a remark is about; None where no concern is clearly ahead of the others."""
    stems = {stem_word(word) for word in WORD_PATTERN.findall(text.lower())}
    counted = sorted(((len(stems & words), concern) for concern, words in CONCERN_STEMS.items()), reverse=True)
    (most, concern), (second, _) = counted[:2]
    return concern if most >= MIN_CONCERN_WORDS and most > second else None
