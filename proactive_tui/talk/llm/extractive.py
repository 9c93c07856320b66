"""Replies without a language model: the sentences of the notes that answer best, quoted."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from proactive_tui.model import Evidence, Hit, Value
from proactive_tui.text.language import detect
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.plain import fragment, named_note, sentences

QUOTED = 3
"""Sentences of a reply at the most; more would be a search result."""
ALIKE = 0.45
"""Similarity of meaning (0..1) from which a passage is about the question though it shares no word with it."""
LONGEST = 280


class Quotation(Value, frozen=True, kw_only=True):
    """A sentence of the notes, the source it is from (counting from 1) and how well it answers."""

    text: str
    source: int
    score: float


_SAID = {
    "en": ("Your notes say:", "I found nothing in your notes about that."),
    "de": ("In deinen Notizen steht:", "Dazu steht nichts in deinen Notizen."),
    "fr": ("Tes notes disent :", "Je ne trouve rien là-dessus dans tes notes."),
    "es": ("Tus notas dicen:", "No encuentro nada sobre eso en tus notas."),
}


def reply(question: str, hits: Sequence[Hit], about: Sequence[Evidence] = ()) -> tuple[str, tuple[Evidence, ...]]:
    """Markdown that quotes the passages that answer `question`, and those passages: `[1]` is the first of them.

    `about` is what the conversation is about; it is quoted where the question has no words of its own ("go on") or
    where nothing else answers and it does. Says so where nothing does.
    """
    language = detect(question, detect(" ".join(each.text for each in about)))
    say, nothing = _SAID.get(language, _SAID["en"])
    sources = merged(about, hits)
    found = best(question, sources, {hit.passage.id: hit for hit in hits}, LEXICONS[language])
    if not found:
        return nothing, ()
    used = list(dict.fromkeys(each.source for each in found))
    lines = [f"> {each.text} [{used.index(each.source) + 1}]" for each in found]
    kept = tuple(sources[each - 1] for each in used)
    where = ", ".join(f"{named_note(each)} [{number}]" for number, each in enumerate(kept, 1))
    return f"{say}\n\n" + "\n>\n".join(lines) + f"\n\n{where}", kept


def merged(about: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """What the conversation is about, then what was found, each place once."""
    found = [evidence(hit) for hit in hits]
    places = {(each.path, each.line_start): each for each in (*found[::-1], *reversed(about))}
    ordered = [places.pop((each.path, each.line_start), None) for each in (*about, *found)]
    return tuple(each for each in ordered if each is not None)


def evidence(hit: Hit) -> Evidence:
    """A passage that search found, as a source."""
    found = hit.passage
    return Evidence(
        path=found.path,
        line_start=found.line_start,
        line_end=found.line_end,
        text=found.text,
        heading=found.heading,
        passage=found.id,
    )


def best(question: str, sources: Sequence[Evidence], hits: dict[str, Hit], lexicon: Lexicon) -> list[Quotation]:
    """The sentences that answer best, in the order of their sources.

    A sentence is worth the rarity of the question's words that it has (idf over the sentences at hand), a little for
    those that its heading has, and up to half again for how well search rated its passage. A question without words of
    its own is answered with the beginning of the first source.
    """
    wanted = set(lexicon.content(question)) - lexicon.asking - lexicon.talking
    said = [(text, at) for at, source in enumerate(sources, 1) for text in sentences(source.text)]
    stems = [set(lexicon.content(text)) for text, _ in said]
    seen = Counter(stem for each in stems for stem in each)
    rarity = {word: math.log(1 + len(said) / (1 + seen[word])) for word in wanted}
    top = max((hit.score for hit in hits.values()), default=0.0) or 1.0
    found = []
    for (text, at), words in zip(said, stems, strict=True):
        source, hit = sources[at - 1], hits.get(sources[at - 1].passage)
        around = set(lexicon.content(" ".join(source.heading))) - words
        overlap = sum(rarity[word] for word in words & wanted) + 0.3 * sum(rarity[word] for word in around & wanted)
        alike = hit.channels.get("meaning", 0.0) if hit else 0.0
        relevant = bool((words | around) & wanted) or (bool(wanted) and alike >= ALIKE) or (not wanted and at == 1)
        if relevant:
            rated = max(hit.score, 0.0) / top if hit else 1.0
            found.append(Quotation(text=fragment(text, LONGEST), source=at, score=(overlap + alike) * (1 + rated / 2)))
    found = [each for each in found if each.text]
    chosen = sorted(found, key=lambda each: -each.score)[:QUOTED]
    return [each for each in found if each in chosen][:QUOTED]
