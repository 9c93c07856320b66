"""Checks that a sentence states only what its evidence says: the parts that replies and questions of a model share.

Words are compared, not meanings, and a true sentence is rather refused than an untrue one passed: a quotation or a
template replaces what is refused.
"""

from __future__ import annotations

import re
from typing import Literal

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.grounding_source import GroundingCorpus, numbers_with_nouns
from proactive_tui.text.language import LANGUAGE_NAMES, detect_language
from proactive_tui.text.lexicon import Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER, expand_contractions
from proactive_tui.text.lexicon.like_words import is_likened

Fault = Literal[
    "empty", "length", "markup", "narration", "echo", "language", "quotation", "name", "number", "word", "order",
    "polarity", "deed", "off topic", "invitation", "generic", "person",
]  # fmt: skip

QUOTATION_PATTERN = re.compile(
    r"“([^“”]*)”|„([^„“”]*)[“”]|«\s*([^«»]*?)\s*»|\"([^\"]*)\"|(?<!\w)[‘']([^‘’']*)[’'](?!\w)"
)
NARRATION_PATTERN = re.compile(
    r"^\W*(?:sure|certainly|of course|okay|ok|here(?:'|’)?s|here (?:is|are)|opener|opening|output|response|answer|"
    r"rewritten|"
    r"revised|note|assistant|hi|hello|hey|dear|great|absolutely|natürlich|gerne|hier ist|bien sûr|voici|claro|aquí)"
    r"\b[\s,.:–—-]*"
    r"(?:here|is|are|an?|the|opener|opening|there|user|:|\W)|"
    r"\b(?:as an ai|language model|the (?:user|owner|author|reader|passage|excerpt|evidence|prompt|opener)\b|"
    r"this (?:opener|prompt|passage)|i (?:am|'m|’m) (?:an|a|here)|der nutzer|die nutzerin|l['’]utilisateur|el usuario)",
    re.IGNORECASE,
)
_PERSON_AND_VERB = re.compile(r"\b(you|we|i)(?:\s+(?:have|had|also|then|just|finally))*\s+([a-z]+)", re.IGNORECASE)
_MODAL_VERBS = frozenset({"should", "must", "need", "will", "shall"})
_ACTOR_AND_VERB = re.compile(r"\b([A-Z][\w’'-]+)\s+([a-z]+)")


class GroundingProblem(FrozenValue, frozen=True, kw_only=True):
    """Why a text is refused. `detail` is the word or phrase, or an instruction for the second try of the model."""

    fault: Fault
    detail: str = ""


def check_claim(sentence: str, corpus: GroundingCorpus, topic: Topic) -> list[GroundingProblem]:
    """The problems of one sentence of a reply: names, numbers, who did what, denials. Its order of words is free."""
    lexicon = corpus.lexicon
    bare = _strip_titles(QUOTATION_PATTERN.sub(lambda match: _strip_quotation(match, corpus), sentence), corpus)
    problems = check_names(bare, corpus, lexicon) + _check_nouns(bare, corpus, lexicon)
    problems += _check_counts(bare, corpus, lexicon)
    problems += _check_telling(bare, corpus, lexicon)
    return problems + _check_deeds(bare, corpus, lexicon, topic) + _check_denial(bare, corpus, lexicon)


_TELLING = {
    "en": (
        "say says said tell tells told reply replies replied answer answers answered write writes wrote mentioned",
        "promise promises promised", "recommend recommends recommended suggest suggests suggested advised",
        "agree agrees agreed decide decides decided choose chose chosen", "win wins won", "give gives gave given lent",
    ),
    "de": (
        "sagt sagte gesagt antwortet antwortete geantwortet schreibt schrieb geschrieben erzählt erzählte meint meinte",
        "verspricht versprach versprochen zugesagt", "empfiehlt empfahl empfohlen vorgeschlagen rät riet geraten",
        "entschied entschieden beschlossen vereinbart", "gewann gewonnen", "gibt gab gegeben geliehen schenkte",
    ),
    "fr": (
        "dit disait répond répondu répondit écrit raconté", "promet promis", "recommande recommandé conseillé proposé",
        "décidé choisi accepté", "gagne gagné", "donne donné prêté",
    ),
    "es": (
        "dice dijo dicho responde respondió respondido escribió contó", "promete prometió prometido",
        "recomienda recomendó recomendado aconsejó propuso", "decidió eligió aceptó", "ganó ganado",
        "da dio dado prestó",
    ),
}  # fmt: skip
"""Verbs of what one does to another, by what they mean: nothing but the notes can say that it was done."""


def _check_telling(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    said = set(lexicon.split_words(sentence))
    return [
        GroundingProblem(fault="deed", detail=min(said & verbs))
        for verbs in (set(words.split()) for words in _TELLING.get(lexicon.code, ()))
        if said & verbs and not verbs & corpus.surfaces
    ]


_CLAUSE_BREAK = re.compile(r"[,;:()–—]|\b(?:but|although|aber|sondern|mais|pero|sino)\b", re.IGNORECASE)


def _check_denial(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """Check that a part of a sentence of the evidence that denies is not stated, nor one that states denied, nor what
    it asks told.
    """
    said, words = set(lexicon.content_stems(sentence)) - _negation_stems(lexicon), lexicon.split_words(sentence)
    denies, denied, stated = not lexicon.negations.isdisjoint(words), False, False
    only_denied, told = set[str](), set[str]()
    for source in corpus.sources:
        for clause in _CLAUSE_BREAK.split(source):
            stems = set(lexicon.content_stems(clause)) - _negation_stems(lexicon)
            negated = not lexicon.negations.isdisjoint(lexicon.split_words(clause))
            told |= set() if negated else stems
            if len(stems & said) < max(1, (len(stems) + 1) // 2):
                continue
            if negated:
                denied = True
                only_denied |= stems if stems <= said else set()
            else:
                stated = True
        asked = set(lexicon.content_stems(source)) & said
        if source.rstrip().endswith("?") and 2 * len(asked) > len(said):
            return [GroundingProblem(fault="polarity", detail="the note asks this, it does not state it")]
    if denies and not denied:
        return [GroundingProblem(fault="polarity", detail="the note does not deny it")]
    if denied and not denies and (not stated or only_denied - told):
        return [GroundingProblem(fault="polarity", detail="the note says it with “not”")]
    return []


def _negation_stems(lexicon: Lexicon) -> set[str]:
    return set(map(lexicon.stem, lexicon.negations))


def _check_nouns(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """German writes every noun with a capital, so that a name is a noun whose stem is nowhere in the evidence."""
    if lexicon.code != "de":
        return []
    nouns = [word for word in WORD_OR_NUMBER.findall(sentence)[1:] if word[0].isupper()]
    known = lexicon.function | lexicon.calendar_words
    return [
        GroundingProblem(fault="name", detail=noun)
        for noun in nouns
        if noun.lower() not in known and not is_likened(lexicon.stem(noun), corpus.stems, lexicon)
    ]


def _check_counts(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """A number must stand in the evidence, and may not count what another number counts there."""
    counted = frozenset[str]().union(*corpus.numbers.values())
    return [
        GroundingProblem(fault="number", detail=number)
        for number, near in numbers_with_nouns(sentence, lexicon)
        if (known := corpus.numbers.get(number)) is None or (near in counted and near not in known)
    ]


def _quoted_text(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _strip_titles(text: str, corpus: GroundingCorpus) -> str:
    """The text without the names of notes, which have full stops and numbers of their own."""
    for name in corpus.titles:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _strip_quotation(match: re.Match[str], corpus: GroundingCorpus) -> str:
    """The text that replaces a quotation in the other checks: a blank for a verbatim one, or its question mark where
    that ends the surrounding sentence.
    """
    inside = _quoted_text(match)
    if not corpus.contains_quotation(inside):
        return f" {inside} "
    ends = re.match(r"\s+[A-ZÀ-Þ¿]", match.string[match.end() :])
    return "? " if ends and inside.rstrip().endswith("?") else " "


def check_language(text: str, language: str) -> list[GroundingProblem]:
    """Check that a text is in `language`, or in none that can be told."""
    if detect_language(QUOTATION_PATTERN.sub(" ", text)) not in {language, None}:
        return [GroundingProblem(fault="language", detail=f"write {LANGUAGE_NAMES[language]}")]
    return []


def check_quotations(text: str, corpus: GroundingCorpus) -> list[GroundingProblem]:
    """Check that quotations of more than one word are verbatim."""
    quotes = map(_quoted_text, QUOTATION_PATTERN.finditer(text))
    return [
        GroundingProblem(fault="quotation", detail=quote)
        for quote in quotes
        if len(quote.split()) > 1 and not corpus.contains_quotation(quote)
    ]


def check_names(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """A capital inside a sentence marks a name, except in German. Names are compared unstemmed."""
    if lexicon.code == "de":
        return []
    words = list(WORD_OR_NUMBER.finditer(sentence))[1:]
    capital = [match.group() for match in words if match.group()[0].isupper() and match.group() not in ("I", "A")]
    return [GroundingProblem(fault="name", detail=name) for name in capital if name.lower() not in corpus.surfaces]


def check_numbers(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """A number must stand in the evidence, beside the same word."""
    found = []
    for number, near in numbers_with_nouns(sentence, lexicon):
        known = corpus.numbers.get(number)
        if known is None or (near and near not in known):
            found.append(GroundingProblem(fault="number", detail=number))
    return found


def _check_deeds(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """Check who did what (English): "Mara promised" needs that order in the evidence; "you promised" may not be the
    deed of somebody else; and a plan such as "call Mara" may not be told as done.
    """
    if lexicon.code != "en":
        return []
    true = lexicon.kind_stems(topic.kind) | lexicon.conversation_stems
    found = []
    for _, verb in _PERSON_AND_VERB.findall(expand_contractions(sentence)):
        stem = lexicon.stem(verb)
        if verb in lexicon.function | _MODAL_VERBS or stem in true or stem not in corpus.stems:
            continue
        if verb.endswith("ed") and verb not in corpus.surfaces:
            found.append(GroundingProblem(fault="deed", detail=verb))
        elif corpus.is_done_by_others(stem):
            found.append(GroundingProblem(fault="deed", detail=f"who {verb}"))
    for name, verb in _ACTOR_AND_VERB.findall(sentence):
        known = name.lower() in corpus.names and lexicon.stem(verb) in corpus.stems
        planned = verb.endswith("ed") and verb not in corpus.surfaces
        if (
            known
            and verb not in lexicon.function
            and (planned or not corpus.is_in_order(name.lower(), lexicon.stem(verb)))
        ):
            found.append(GroundingProblem(fault="deed", detail=f"{name} {verb}"))
    return found
