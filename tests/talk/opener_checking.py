"""Checks that a template's opener states only what its evidence says: the oracle of the tests of templates.

It compares words, not meanings, and would rather refuse a true sentence than pass an untrue one. It looks at order and
grammar where a bag of words fails most easily (who did it, was it done, negation). The package checks replies and
questions with the parts that it shares with this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.grounding import (
    NARRATION_PATTERN,
    QUOTATION_PATTERN,
    GroundingProblem,
    _check_deeds,
    _strip_quotation,
    _strip_titles,
    check_language,
    check_names,
    check_numbers,
    check_quotations,
)
from proactive_tui.talk.grounding_source import GroundingCorpus
from proactive_tui.text.lexicon import Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER
from proactive_tui.text.sentences import cut_sentences

MAX_OPENER_SENTENCES = 2
MAX_REVIEW_SENTENCES = 3
"""A review says how much there is, what blocks, and asks: three short sentences read better than two long ones."""
MAX_OPENER_CHARACTERS = 360
_MARKUP = re.compile(r"[`*#<>|{}\\~]|__|\]\(|\[\d|^\s*(?:[-•]|\d+[.)])\s|https?:|www\.|\n|!", re.MULTILINE)
_PLACE_WORDS = "in|from|on|about|notes?|and|between|dans|et|en|y|und|aus"
_ABOUT_OR_DUE_WORDS = "about|due|über|fällig|sur|prévu|sobre|vence"
_PROMISE_VERBS = ("promise", "promised", "versprochen", "promis", "prometiste")
_COMMAND_VERB = re.compile(
    r"\b(say|tell(?: \w+){1,2}|answer|reply|respond|write|claim|pretend|repeat|print|output"
    r"|sage?|schreibe?|antworte|behaupte|erzähle?|dis|écris|réponds|prétends|di|escribe|responde|finge)\b"
    r"\s*(?:\bthat\b|\bonly\b|\bwith\b|\bdass\b|\bque\b|:|,|\ba lie\b)",
    re.IGNORECASE,
)
_IRREALIS_STEMS = frozenset(
    {"could", "should", "might", "may", "would", "want", "hope", "mayb", "perhap", "plan", "tri"}
)
_REPORTING_STEMS = frozenset({"promis", "said", "wrote"})
_INQUIRY_WORDS = (
    "ask",
    "asked",
    "asking",
    "wonder",
    "wondered",
    "question",
    "questions",
    "open",
    "want",
    "wanted",
    "find",
    "fragen",
    "gefragt",
    "frage",
    "offen",
    "demandais",
    "ouverte",
    "preguntaste",
    "preguntabas",
    "pregunta",
    "abierta",
)


def check_opener(
    text: str,
    evidence: Sequence[Evidence],
    topic: Topic,
    *,
    language: str | None = None,
    now: float | None = None,
    utc_offset: int = 0,
    echoes: Sequence[str] = (),
) -> list[GroundingProblem]:
    """The problems of an opener; an empty list passes it.

    Its content words (as Snowball stems), names, numbers and dates must stand in the evidence, the title, the names of
    the notes or the details of the topic. It may add a few words of conversation (`Lexicon`), more of them in a
    question, which asserts less. Quotations must be verbatim. With `now` it may state the dates of the topic relative
    to it. It may not repeat `echoes`, the examples of the prompt. `language` defaults to that of the evidence.
    """
    corpus = GroundingCorpus.from_topic(topic, evidence, language=language, now=now, utc_offset=utc_offset)
    lexicon = corpus.lexicon
    spoken = lexicon.conversation_stems | lexicon.question_stems | lexicon.kind_stems(topic.kind)
    form = _check_form(text, corpus, echoes, spoken, topic.kind)
    if form and form[0].fault == "empty":
        return form
    problems = form + check_language(text, lexicon.code) + check_quotations(text, corpus)
    bare = QUOTATION_PATTERN.sub(lambda match: _strip_quotation(match, corpus), text)
    for sentence, asking in classify_sentences(_strip_titles(bare, corpus)):
        problems += check_names(sentence, corpus, lexicon) + check_numbers(sentence, corpus, lexicon)
        problems += _check_words(sentence, asking, corpus, lexicon, topic)
        if not asking:
            problems += _check_deeds(sentence, corpus, lexicon, topic)
    for sentence, asking in classify_sentences(_strip_note_references(bare, corpus)):
        if not asking:
            problems += _check_polarity(sentence, corpus, lexicon) + _check_modality(sentence, corpus, lexicon, topic)
            problems += _check_commands(sentence, corpus, lexicon)
            problems += _check_order(sentence, corpus, lexicon, topic)
    if not problems and not corpus.shares_content(text):
        problems.append(GroundingProblem(fault="off topic", detail="say what the note is about"))
    return list(dict.fromkeys(problems))


def max_opener_sentences(kind: Kind) -> int:
    """How many sentences an opener may have, by the kind of its topic."""
    return MAX_REVIEW_SENTENCES if kind == "review" else MAX_OPENER_SENTENCES


def check_invitation(text: str) -> list[GroundingProblem]:
    """Why a true text does not open a conversation: it must ask something, and close its quotations."""
    problems = []
    if not any(asking for _, asking in classify_sentences(text)):
        problems.append(GroundingProblem(fault="invitation", detail="ask them something"))
    if any(text.count(opening) != text.count(closing) for opening, closing in ("“”", "«»", "()")):
        problems.append(GroundingProblem(fault="invitation", detail="close every quotation"))
    return problems


def classify_sentences(text: str) -> list[tuple[str, bool]]:
    """The sentences of a text, each with whether it asks."""
    return [sentence for line in text.split("\n") for sentence in cut_sentences(line, closing="", abbreviations=False)]


def _strip_note_references(text: str, corpus: GroundingCorpus) -> str:
    """The text without the names of notes after a preposition or beside each other."""
    for name in corpus.note_names:
        there = re.escape(name)
        place = rf"\b(?:{_PLACE_WORDS})\s+{there}|{there}(?=\s+(?:and|und|et|y)\b)"
        text = re.sub(place, " ", text, flags=re.IGNORECASE)
    return text


def _check_order(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """Check the order of words, clause by clause. A sentence about a subject or a due date may use any order."""
    if re.search(rf"\b(?:{_ABOUT_OR_DUE_WORDS})\b", sentence, re.IGNORECASE):
        return []
    spoken = lexicon.conversation_stems | lexicon.kind_stems(topic.kind) | frozenset(map(lexicon.stem, _PROMISE_VERBS))
    if all(_keeps_order(corpus, clause, spoken) for clause in re.split(r"[,;:]", sentence)):
        return []
    return [GroundingProblem(fault="order", detail="keep to the order in which the note says it")]


def _check_modality(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """Check that nothing the note only wishes, plans or allows is stated as a fact (English)."""
    source = _closest_sentence(corpus, sentence) if lexicon.code == "en" else None
    if source is None:
        return []
    said, written = (
        set(map(lexicon.stem, lexicon.split_words(sentence))),
        set(map(lexicon.stem, lexicon.split_words(source))),
    )
    framed = (
        said & lexicon.kind_stems(topic.kind) if topic.kind in ("goal", "task", "idea", "rhythm") else frozenset[str]()
    )
    if written & _IRREALIS_STEMS and not framed and not said & written & _IRREALIS_STEMS:
        return [GroundingProblem(fault="deed", detail="the note says it with “" + min(written & _IRREALIS_STEMS) + "”")]
    if (
        topic.kind in ("task", "idea")
        and not written & said & _REPORTING_STEMS
        and not said & (lexicon.kind_stems(topic.kind) | _REPORTING_STEMS | _IRREALIS_STEMS)
    ):
        detail = "it is still to be done" if topic.kind == "task" else "it is only an idea"
        return [GroundingProblem(fault="deed", detail=detail)]
    return []


def _check_commands(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """Check that nothing the note tells somebody to say ("say that the server is down") is stated as a fact."""
    words = set(lexicon.content_stems(sentence))
    for source in corpus.sources:
        for match in _COMMAND_VERB.finditer(source):
            said = words & set(lexicon.content_stems(source[match.end() :]))
            verb = match.group(1).split()[0].lower()
            if said and 2 * len(said) >= len(words & corpus.evidence_stems) and lexicon.stem(verb) not in words:
                return [GroundingProblem(fault="deed", detail=f"the note says it with “{verb}”")]
    return []


def _check_form(
    text: str, corpus: GroundingCorpus, echoes: Sequence[str], spoken: frozenset[str], kind: Kind
) -> list[GroundingProblem]:
    if len(WORD_OR_NUMBER.findall(text)) < 4:
        return [GroundingProblem(fault="empty", detail="say it in a whole sentence")]
    bare = _strip_titles(QUOTATION_PATTERN.sub(" x ", text), corpus)
    found = []
    if len(classify_sentences(bare)) > max_opener_sentences(kind) or len(text) > MAX_OPENER_CHARACTERS:
        found.append(GroundingProblem(fault="length", detail="two short sentences at the most"))
    if not re.search(r"[.?…][”“»\"’')]*\s*$", text):
        found.append(GroundingProblem(fault="length", detail="end with a full stop or a question mark"))
    if markup := [match.group().strip() or "a line break" for match in _MARKUP.finditer(bare)]:
        found.append(GroundingProblem(fault="markup", detail=f"no {markup[0]}"))
    if narration := NARRATION_PATTERN.search(bare):
        found.append(GroundingProblem(fault="narration", detail=narration.group().strip()))
    if any(_echoes_example(text, example, corpus, spoken) for example in echoes):
        found.append(GroundingProblem(fault="echo", detail="that is the example, not this note"))
    return found


def _echoes_example(text: str, example: str, corpus: GroundingCorpus, allowed: frozenset[str]) -> bool:
    """Whether the text repeats four words in a row of the example that are not all conversation and not in the
    evidence.
    """
    words, own = _lowercase_words(text), f" {' '.join(_lowercase_words(corpus.text))} "
    spoken = f" {' '.join(words)} "
    given = _lowercase_words(example)
    for start in range(len(given) - 3):
        run = given[start : start + 4]
        phrase = f" {' '.join(run)} "
        telling = any(_lacks_word(corpus, word) and corpus.lexicon.stem(word) not in allowed for word in run)
        if phrase in spoken and phrase not in own and telling:
            return True
    return False


def _lowercase_words(text: str) -> list[str]:
    return [word.lower() for word in WORD_OR_NUMBER.findall(text)]


def _check_words(
    sentence: str, asking: bool, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic
) -> list[GroundingProblem]:
    for phrase in lexicon.phrases:
        sentence = re.sub(rf"\b{re.escape(phrase)}\b", " ", sentence, flags=re.IGNORECASE)
    allowed = (
        lexicon.conversation_stems
        | lexicon.kind_stems(topic.kind)
        | (lexicon.question_stems if asking else frozenset())
    )
    if topic.detail.promised_to is not None:
        allowed |= {lexicon.stem(verb) for verb in _PROMISE_VERBS}
    found = []
    for word in lexicon.split_words(sentence):
        if word[0].isdigit() or word in lexicon.numbers or word in lexicon.function or word in corpus.surfaces:
            continue
        if word in lexicon.negations:
            if not corpus.negated:
                found.append(GroundingProblem(fault="polarity", detail=word))
        elif word in lexicon.calendar_words or lexicon.stem(word) not in corpus.stems | allowed:
            found.append(GroundingProblem(fault="word", detail=word))
    return found


def _check_polarity(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """Check that nothing is stated that the note denies or asks, and nothing denied that it states."""
    source = _closest_sentence(corpus, sentence)
    if source is None:
        return []
    denied = any(word in lexicon.negations for word in lexicon.split_words(source))
    denies = any(word in lexicon.negations for word in lexicon.split_words(sentence))
    if denied != denies:
        return [
            GroundingProblem(
                fault="polarity", detail="the note says it with “not”" if denied else "the note does not deny it"
            )
        ]
    asks = "?" in source or re.search(r"\b(?:whether|if|ob|si|maybe|perhaps)\b", source, re.IGNORECASE)
    told = {lexicon.stem(word) for word in _INQUIRY_WORDS} & {
        lexicon.stem(word) for word in lexicon.split_words(sentence)
    }
    if asks and not told and not re.search(r"\b(?:whether|if|maybe|perhaps)\b", sentence, re.IGNORECASE):
        return [GroundingProblem(fault="polarity", detail="the note asks this, it does not state it")]
    return []


def _lacks_word(corpus: GroundingCorpus, word: str) -> bool:
    """Whether a word carries content and is not in the evidence."""
    return word not in corpus.lexicon.function and corpus.lexicon.stem(word) not in corpus.stems


def _closest_sentence(corpus: GroundingCorpus, sentence: str) -> str | None:
    """The sentence of the evidence that `sentence` restates: they share two content words, and half of those of the
    source.
    """
    words = set(corpus.lexicon.content_stems(sentence)) & corpus.evidence_stems
    best = max(corpus.sources, key=lambda source: len(words & set(corpus.lexicon.content_stems(source))), default="")
    shared = words & set(corpus.lexicon.content_stems(best))
    return best if len(shared) >= 2 and 2 * len(shared) >= len(set(corpus.lexicon.content_stems(best))) else None


def _keeps_order(corpus: GroundingCorpus, clause: str, spoken: frozenset[str]) -> bool:
    """Whether one sentence of the evidence has the words of a clause in the same order.

    A bag of words cannot tell "A trades B for C" from "C trades B for A". Clauses with fewer than three words of
    the evidence are not checked; words of conversation (`spoken`) and dates do not count.
    """
    skipped = spoken | corpus.dates
    taken = [
        stem for stem in corpus.lexicon.content_stems(clause) if stem in corpus.evidence_stems and stem not in skipped
    ]
    if len(taken) < 3:
        return True
    inside = list(map(corpus.lexicon.content_stems, corpus.sources))
    if set(taken).isdisjoint(chain.from_iterable(inside)):
        return True
    return any(_is_subsequence(taken, stems) for stems in inside)


def _is_subsequence(taken: Sequence[str], said: Sequence[str]) -> bool:
    rest = iter(said)
    return all(stem in rest for stem in taken)
