"""Replies without a language model: quotes the sentences of the notes that answer best."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from proactive_tui.model import Evidence, FrozenValue, SearchHit
from proactive_tui.text.language import language_or_default
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.plain import escape_markdown, note_location, plain_sentences, quotable_fragment
from proactive_tui.text.terminal_safe import one_line

MAX_QUOTED_SENTENCES = 3
"""Maximum sentences of a reply; more would be a search result."""
MIN_MEANING_SIMILARITY = 0.45
"""Similarity of meaning (0..1) from which a passage answers a question without sharing a word with it."""
MAX_QUOTATION_CHARACTERS = 280


class Quotation(FrozenValue, frozen=True, kw_only=True):
    """A sentence of the notes, the source it is from (counting from 1) and how well it answers."""

    text: str
    source: int
    score: float


_REPLY_PHRASES = {
    "en": ("Your notes say:", "I found nothing in your notes about that.", "This is what I found:"),
    "de": ("In deinen Notizen steht:", "Dazu steht nichts in deinen Notizen.", "Das habe ich gefunden:"),
    "fr": ("Tes notes disent :", "Je ne trouve rien là-dessus dans tes notes.", "Voici ce que je trouve :"),
    "es": ("Tus notas dicen:", "No encuentro nada sobre eso en tus notas.", "Esto es lo que encuentro:"),
}


def build_quoted_reply(
    question: str, hits: Sequence[SearchHit], about: Sequence[Evidence] = ()
) -> tuple[str, tuple[Evidence, ...]]:
    """Markdown that quotes the passages that answer `question`, and those passages: `[1]` cites the first.

    `about` is the subject of the conversation. It is quoted where the question has no content words ("go on"), or where
    it alone answers. Without an answer the reply says so.
    """
    language = language_or_default(question, " ".join(passage.text for passage in about))
    say, nothing, say_found = _REPLY_PHRASES.get(language, _REPLY_PHRASES["en"])
    sources = merge_sources(about, hits)
    found = best_quotations(question, sources, {hit.passage.id: hit for hit in hits}, LEXICONS[language])
    if not found:
        return nothing, ()
    used = list(dict.fromkeys(quotation.source for quotation in found))
    lines = [f"> {quotation.text} [{used.index(quotation.source) + 1}]" for quotation in found]
    kept = tuple(sources[position - 1] for position in used)
    where = ", ".join(f"{_name_source(passage)} [{number}]" for number, passage in enumerate(kept, 1))
    said = say_found if any(passage.origin is not None for passage in kept) else say
    return f"{said}\n\n" + "\n>\n".join(lines) + f"\n\n{where}", kept


def _name_source(passage: Evidence) -> str:
    """The note and line, or who wrote it and where, in a line of Markdown."""
    if passage.origin is None:
        return note_location(passage)
    parts = (one_line(passage.origin.author), note_location(passage))
    return escape_markdown(", ".join(part for part in parts if part))


def merge_sources(about: Sequence[Evidence], hits: Sequence[SearchHit]) -> tuple[Evidence, ...]:
    """The subject of the conversation, then the search hits, each place once."""
    found = [evidence_from_hit(hit) for hit in hits]
    places = {(passage.path, passage.line_start): passage for passage in (*found[::-1], *reversed(about))}
    ordered = [places.pop((passage.path, passage.line_start), None) for passage in (*about, *found)]
    return tuple(passage for passage in ordered if passage is not None)


def evidence_from_hit(hit: SearchHit) -> Evidence:
    """A search hit as a source."""
    found = hit.passage
    return Evidence(
        path=found.path,
        line_start=found.line_start,
        line_end=found.line_end,
        text=found.text,
        heading=found.heading,
        passage=found.id,
        origin=hit.origin,
    )


def best_quotations(
    question: str, sources: Sequence[Evidence], hits: dict[str, SearchHit], lexicon: Lexicon
) -> list[Quotation]:
    """The sentences that answer best, in the order of their sources.

    The score of a sentence is the rarity (idf over the given sentences) of the words that it shares with the question,
    plus a little for those of its heading, times up to 1.5 by the search rank of its passage. A question without
    content words is answered with the beginning of the first source.
    """
    wanted = set(lexicon.content_stems(question)) - lexicon.question_stems - lexicon.conversation_stems
    said = [(text, at) for at, source in enumerate(sources, 1) for text in plain_sentences(source.text)]
    stems = [set(lexicon.content_stems(text)) for text, _ in said]
    seen = Counter(stem for sentence_stems in stems for stem in sentence_stems)
    rarity = {word: math.log(1 + len(said) / (1 + seen[word])) for word in wanted}
    top = max((hit.score for hit in hits.values()), default=0.0) or 1.0
    found = []
    for (text, at), words in zip(said, stems, strict=True):
        source, hit = sources[at - 1], hits.get(sources[at - 1].passage)
        around = set(lexicon.content_stems(" ".join(source.heading))) - words
        overlap = sum(rarity[word] for word in words & wanted) + 0.3 * sum(rarity[word] for word in around & wanted)
        alike = hit.channels.get("meaning", 0.0) if hit else 0.0
        relevant = (
            bool((words | around) & wanted)
            or (bool(wanted) and alike >= MIN_MEANING_SIMILARITY)
            or (not wanted and at == 1)
        )
        if relevant:
            rated = max(hit.score, 0.0) / top if hit else 1.0
            found.append(
                Quotation(
                    text=quotable_fragment(text, MAX_QUOTATION_CHARACTERS),
                    source=at,
                    score=(overlap + alike) * (1 + rated / 2),
                )
            )
    found = [quotation for quotation in found if quotation.text]
    chosen = sorted(found, key=lambda quotation: -quotation.score)[:MAX_QUOTED_SENTENCES]
    return [quotation for quotation in found if quotation in chosen][:MAX_QUOTED_SENTENCES]
