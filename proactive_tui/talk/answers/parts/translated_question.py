"""A question in one language over notes in another: words that no note found has are looked for in the others. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from proactive_tui.index.query.match_spans import find_matches
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import SearchHit
from proactive_tui.talk.answers.asked_question import AskedQuestion
from proactive_tui.text.language import detect_language
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.lexicon.base import Lexicon
from proactive_tui.text.lexicon.translated_words import translate_stem


def translate_missing(question: AskedQuestion, hits: Sequence[SearchHit]) -> AskedQuestion:
    """The question with what its terms are in the other languages of the passages that were found, where none of these
    has them; the same one where there is nothing to translate.
    """
    spoken = {detect_language(hit.passage.text) for hit in hits}
    languages = {language for language in spoken if language not in (None, question.language)}
    if question.follows or not languages:  # a follow-up goes on in the notes of the talk
        return question
    lexicon = LEXICONS[question.language]
    known = {found.term for hit in hits for found in find_matches(question.terms, _words_of(hit))}
    others = {
        term.match: found
        for term in question.terms
        if term.kind == "word" and term.written not in known
        if (found := translate_stem(lexicon.stem(term.written.lower()), question.language, languages))
    }
    if not others:
        return question
    return replace(
        question,
        terms=_with_others(question.terms, others),
        parts=tuple(
            replace(
                part,
                terms=_with_others(part.terms, others),
                counted=tuple(_with_other_stems(counted, lexicon, languages) for counted in part.counted),
            )
            for part in question.parts
        ),
        translated=tuple(dict.fromkeys(word for found in others.values() for word in found)),
    )


def _words_of(hit: SearchHit) -> str:
    return "\n".join((hit.passage.text, *hit.passage.heading, hit.passage.path))


def _with_others(terms: Sequence[QueryTerm], others: dict[str, tuple[str, ...]]) -> tuple[QueryTerm, ...]:
    return tuple(term._replace(instead=(*term.instead, *others.get(term.match, ()))) for term in terms)


def _with_other_stems(counted: frozenset[str], lexicon: Lexicon, languages: Collection[str]) -> frozenset[str]:
    """What is counted, also as it is said in the other languages."""
    other = (lexicon.stem(word) for stem in counted for word in translate_stem(stem, lexicon.code, languages))
    return counted.union(other)
