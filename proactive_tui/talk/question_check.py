"""Checks the question that a language model puts after a true statement: it may ask, and must not claim anything.

A question with a question word takes for granted what it names ("Why did the run fail?"): all its words must be of the
note or of conversation. One that is answered by yes or no takes little for granted: a few common words are free in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.grounding import (
    NARRATION_PATTERN,
    QUOTATION_PATTERN,
    GroundingProblem,
    check_language,
    check_names,
    check_numbers,
    check_quotations,
)
from proactive_tui.talk.grounding_source import GroundingCorpus
from proactive_tui.text.lexicon import Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER

MIN_QUESTION_WORDS, MAX_QUESTION_WORDS = 4, 24
MAX_QUESTION_CHARACTERS = 160
MAX_FREE_WORDS = 2
"""The most words of its own in a question that is answered by yes or no."""

_QUESTION_WORDS = {
    "en": "what which who whom whose when where why how",
    "de": "was welche welcher welches welchen welchem wer wen wem wessen wann wo wohin woher warum wieso weshalb wie"
    " wofür womit woran worauf worüber wovon wozu",
    "fr": "que qu quoi quel quelle quels quelles qui quand où pourquoi comment combien lequel",
    "es": "qué cuál cuáles quién quiénes cuándo dónde por cómo cuánto cuánta cuántos cuántas",
}
_SELF_WORDS = {
    "en": "i me my mine we us our ours",
    "de": "ich mich mir mein meine meinen wir uns unser unsere",
    "fr": "je me moi mon ma mes nous notre nos",
    "es": "yo me mí mi mis nosotros nos nuestro nuestra",
}
"""Words by which a model speaks of itself where it should say “you”."""
_THIRD_PERSON_WORDS = {
    "en": "he she they him her them his their",
    "de": "er ihn ihm",
    "fr": "il elle ils elles leur leurs",
    "es": "él ella ellos ellas",
}
_DAY_WORDS = (
    "today tomorrow yesterday tonight week weekend month heute morgen gestern woche wochenende monat aujourd'hui demain"
    " hier semaine mois hoy mañana ayer semana mes"
)
_WHEN_WORDS = "when due date day deadline wann fällig termin frist quand date échéance cuándo fecha plazo"
_ACTING_NAME = re.compile(r"\b(?i:will|would|did|does|has|is|was|can|could|should|may)\s+([A-Z][\w’'-]+)\s+([a-z]+)")
"""Somebody who does something, in an English question."""
_GENERIC = re.compile(
    r"\b(?:the|this|that|these|those|your|first|second|both|two|each)\s+(?:\w+\s+)?"
    r"(?:notes?|passages?|texts?|lines?|sentences?|excerpts?|titles?|documents?|topics?|lists?|tasks?|questions?|goals?)\b|"
    r"\b(?:next|first|small(?:est)?|following)\s+(?:\w+\s+)?(?:steps?|tasks?|things?)\b|\bmain\s+(?:ideas?|points?)\b|"
    r"\bpurpose\b|\btake-?aways?\b|\bin common\b|\bmore about\b|\b(?:user|author|owner|writer|speaker)\b|"
    r"\b(?:diese[rsnm]?|die|der|deine)\s+(?:notiz|notizen|text|zeile|aufgabe|frage)\b|\bnächste\w*\s+(?:schritt|aufgabe)|"
    r"\b(?:la|cette|ta|les|tes)\s+(?:notes?|ligne|tâche|question)\b|\bprochaine?\s+(?:étape|tâche)|"
    r"\b(?:la|esta|tu|las|tus)\s+(?:notas?|línea|tarea|pregunta)\b|\b(?:próximo|siguiente)\s+(?:paso|tarea)",
    re.IGNORECASE,
)
"""What could be asked of any note, or is about the note as a text: a template's question is as good."""
_SHALL_WE = re.compile(r"\b(?:shall|can|could|should) we\b", re.IGNORECASE)
_INLINE_MARKS = re.compile(r"[`*_#]+")
_LABEL = re.compile(r"^\s*(?:question|frage|pregunta|assistant|you|opener)\s*:\s*", re.IGNORECASE)


def tidy_question(text: str) -> str:
    """The first question of a model's text, without the label, markup and quotation marks that many models put on."""
    line = next((line for line in text.strip().split("\n") if line.strip()), "")
    line = _INLINE_MARKS.sub("", _LABEL.sub("", line)).strip()
    for opening, closing in ('""', "“”", "„“", "«»", "''"):
        inside = line[1:-1]
        if line.startswith(opening) and line.endswith(closing) and opening not in inside and closing not in inside:
            line = inside.strip()
    asked = re.match(r".*?[?？](?=\s|$)", line)
    line = asked.group() if asked else line
    return line[:1].upper() + line[1:]


def check_question(
    question: str,
    evidence: Sequence[Evidence],
    topic: Topic,
    *,
    language: str | None = None,
    now: float | None = None,
    utc_offset: int = 0,
    echoes: Sequence[str] = (),
) -> list[GroundingProblem]:
    """Why a question may not be put after the statement of a topic; an empty list passes it.

    Names, numbers, days and quotations must be those of the evidence. It is one short question, to the owner, about
    something that the evidence names, and none of `echoes`, the examples of the prompt.
    """
    corpus = GroundingCorpus.from_topic(topic, evidence, language=language, now=now, utc_offset=utc_offset)
    lexicon = corpus.lexicon
    form = _check_form(question, echoes)
    if form:
        return form
    bare = QUOTATION_PATTERN.sub(" ", question)
    problems = check_language(question, lexicon.code) + check_quotations(question, corpus)
    problems += check_names(bare, corpus, lexicon) + check_numbers(bare, corpus, lexicon)
    problems += _check_persons(bare, corpus, lexicon, topic) + _check_days(bare, corpus, lexicon, topic)
    problems += _check_words(bare, corpus, lexicon, topic)
    if not problems and not corpus.shares_content(question):
        problems.append(GroundingProblem(fault="off topic", detail="name what the note is about"))
    return list(dict.fromkeys(problems))


def _check_form(question: str, echoes: Sequence[str]) -> list[GroundingProblem]:
    words = [word.lower() for word in WORD_OR_NUMBER.findall(question)]
    if len(words) < MIN_QUESTION_WORDS or not question.rstrip("”“»\"’') ").endswith(("?", "？")):
        return [GroundingProblem(fault="empty", detail="ask one whole question")]
    if len(words) > MAX_QUESTION_WORDS or len(question) > MAX_QUESTION_CHARACTERS or question.count("?") > 1:
        return [GroundingProblem(fault="length", detail="one short question")]
    if NARRATION_PATTERN.search(question) or re.search(r"[<>|{}\[\]\\~]|https?:|www\.|\n|!|[.?]\s+\w", question):
        return [GroundingProblem(fault="markup", detail="the question and nothing else")]
    if _GENERIC.search(question):
        return [GroundingProblem(fault="generic", detail="ask about what it says, not about the note")]
    if any(words == [word.lower() for word in WORD_OR_NUMBER.findall(example)] for example in echoes):
        return [GroundingProblem(fault="echo", detail="that is the example, not this note")]
    return []


def _check_persons(question: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """The owner is “you”, not “I” or “we”; he, she and they are said only where the note says so or names people, and
    of somebody only what the note tells of them (English).
    """
    words = set(lexicon.split_words(_SHALL_WE.sub(" ", question)))
    wrong = words & set(_SELF_WORDS.get(lexicon.code, "").split())
    if not topic.people:
        wrong |= words & set(_THIRD_PERSON_WORDS.get(lexicon.code, "").split()) - corpus.surfaces
    acts = _ACTING_NAME.findall(question) if lexicon.code == "en" else []
    wrong |= {
        f"{name} {verb}"
        for name, verb in acts
        if name.lower() in corpus.names
        and verb not in lexicon.grammar_words
        and not corpus.is_in_order(name.lower(), lexicon.stem(verb))
    }
    return [GroundingProblem(fault="person", detail=word) for word in sorted(wrong)]


def _check_days(question: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """A day that a note names may long be over: only the days of the topic, counted from now, may be said. When
    something is due was just said, and is not asked.
    """
    words = lexicon.split_words(question)
    day_words = lexicon.calendar_words | set(_DAY_WORDS.split())
    named = [word for word in words if word in day_words and lexicon.stem(word) not in corpus.dates]
    has_day = topic.due is not None or topic.detail.planned is not None
    asked = [word for word in words if word in _WHEN_WORDS.split()] if has_day else []
    return [GroundingProblem(fault="word", detail=word) for word in named] + [
        GroundingProblem(fault="generic", detail="the day was just said") for _ in asked[:1]
    ]


def _check_words(question: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    words = lexicon.split_words(question)
    spoken = lexicon.conversation_stems | lexicon.question_stems | lexicon.kind_stems(topic.kind)
    denied = [word for word in words if word in lexicon.negations and not corpus.negated]
    free = [
        word
        for word in words
        if not word[0].isdigit()
        and word not in lexicon.numbers
        and word not in lexicon.grammar_words
        and word not in corpus.surfaces
        and lexicon.stem(word) not in corpus.stems | spoken
    ]
    takes_for_granted = not set(words).isdisjoint(_QUESTION_WORDS.get(lexicon.code, "").split())
    if len(denied) + len(free) <= (0 if takes_for_granted else MAX_FREE_WORDS):
        return []
    return [GroundingProblem(fault="polarity", detail=word) for word in denied] + [
        GroundingProblem(fault="word", detail=word) for word in free
    ]
