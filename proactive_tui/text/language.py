"""The language of a text, by py3langid's naive Bayes classifier over byte n-grams (Lui and Baldwin, 2012)."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from proactive_tui.text.lexicon import LEXICONS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

log = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "en"
LANGUAGE_NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
}
MIN_LANGUAGE_CONFIDENCE = 0.5
"""Probability (0..1) below which the language is not known; see `docs/JUDGEMENT.md` for what others cost."""
MAX_LANGUAGE_CHARACTERS = 2000
"""Characters of a text that are read: more of them change no answer and cost time."""
OTHER_LANGUAGES = (
    "da", "no", "sv", "fi", "pl", "cs", "ro", "hu", "tr", "ru", "uk", "el", "ja", "zh", "ko", "ar", "hi",
)  # fmt: skip
"""Languages without a lexicon. Without them in the choice, Swedish would be taken for German."""

_CODE_AND_URLS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL)


def detect_language(text: str) -> str | None:
    """The code of the language of `text`, one of `LEXICONS`; None where it is another, mixed, or too short to tell."""
    code = detect_any_language(text)
    return code if code in LEXICONS else None


def detect_any_language(text: str) -> str | None:
    """The code of the language of `text`, one of `LEXICONS` or `OTHER_LANGUAGES`; None where it is mixed or too short.

    Code spans, code blocks and addresses do not count. The first call loads the model: about a
    second, and 12 MB that stay.
    """
    prose = _CODE_AND_URLS.sub(" ", text[:MAX_LANGUAGE_CHARACTERS])
    if not any(map(str.isalpha, prose)):
        return None
    identifier = _load_identifier()
    if identifier is None:
        return None
    code, confidence = identifier.classify(prose)
    return str(code) if confidence >= MIN_LANGUAGE_CONFIDENCE else None


def language_or_default(*texts: str) -> str:
    """The language of the first of `texts` whose language is known: a line, then its note; else English."""
    return next(filter(None, map(detect_language, texts)), DEFAULT_LANGUAGE)


@lru_cache(maxsize=1)
def _load_identifier() -> LanguageIdentifier | None:
    """The classifier for the languages of interest; None, for this run, where its model cannot be unpacked: py3langid
    does that in a temporary file, and the disk may be full.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  loads numpy; never in the face

    from proactive_tui.text.languages.compact_identifier import CompactIdentifier  # noqa: PLC0415

    try:
        full = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        log.warning("languages cannot be told apart, so all count as English: %s", error)
        return None
    full.set_languages([*LEXICONS, *OTHER_LANGUAGES])
    return CompactIdentifier(full)
