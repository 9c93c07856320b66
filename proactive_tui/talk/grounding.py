"""The checker: an opener may state only what its evidence says.

It compares words, not meanings, and would rather refuse a true sentence than let an untrue one pass: what it refuses is
put by a template. Order and grammar are looked at where a bag of words is fooled most easily (who did it, was it done,
not).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from proactive_tui.model import Evidence, Topic, Value
from proactive_tui.talk.grounding_source import Corpus, counted
from proactive_tui.talk.template_slots import dated
from proactive_tui.text.language import NAMES, detect, shares
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.lexicon.base import WORD, apart

Fault = Literal[
    "empty", "length", "markup", "narration", "echo", "language", "quotation", "name", "number", "word", "order",
    "polarity", "deed", "off topic", "invitation",
]  # fmt: skip
MAX_SENTENCES = 2
MAX_CHARACTERS = 360

QUOTED = re.compile(r"“([^“”]*)”|„([^„“”]*)[“”]|«\s*([^«»]*?)\s*»|\"([^\"]*)\"|(?<!\w)[‘']([^‘’']*)[’'](?!\w)")
_SENTENCE_END = re.compile(r"[.?!…]+(?=\s|$)|\n+")
_MARKUP = re.compile(r"[`*#<>|{}\\~]|__|\]\(|\[\d|^\s*(?:[-•]|\d+[.)])\s|https?:|www\.|\n|!", re.MULTILINE)
_NARRATION = re.compile(
    r"^\W*(?:sure|certainly|of course|okay|ok|here(?:'|’)?s|here (?:is|are)|opener|opening|output|response|answer|"
    r"rewritten|"
    r"revised|note|assistant|hi|hello|hey|dear|great|absolutely|natürlich|gerne|hier ist|bien sûr|voici|claro|aquí)"
    r"\b[\s,.:–—-]*"
    r"(?:here|is|are|an?|the|opener|opening|there|user|:|\W)|"
    r"\b(?:as an ai|language model|the (?:user|owner|author|reader|passage|excerpt|evidence|prompt|opener)\b|"
    r"this (?:opener|prompt|passage)|i (?:am|'m|’m) (?:an|a|here)|der nutzer|die nutzerin|l['’]utilisateur|el usuario)",
    re.IGNORECASE,
)
_DEED = re.compile(r"\b(you|we|i)(?:\s+(?:have|had|also|then|just|finally))*\s+([a-z]+)", re.IGNORECASE)
_MODAL = frozenset({"should", "must", "need", "will", "shall"})
_ACTOR = re.compile(r"\b([A-Z][\w’'-]+)\s+([a-z]+)")


class Problem(Value, frozen=True, kw_only=True):
    """Why a text is refused; `detail` is the word or phrase, or says what to do, for the model's second try."""

    fault: Fault
    detail: str = ""


def check(
    text: str,
    evidence: Sequence[Evidence],
    topic: Topic,
    *,
    language: str | None = None,
    now: float | None = None,
    utc_offset: int = 0,
    echoes: Sequence[str] = (),
) -> list[Problem]:
    """What is wrong with an opener, in no more words than needed; an empty list lets it pass.

    Its content words (as Snowball stems), names, numbers and dates have to be in the evidence, the title, the names of
    the notes or the topic's details; a small number of words of conversation may be added (`lexicon`), more of them in
    a question, which asserts less. Quotations have to be verbatim. `now` lets it say the topic's dates relative to it.
    `echoes` are texts it may not repeat: the examples of the prompt. `language` defaults to that of the evidence.
    """
    language = language or detect("\n".join([topic.title, *(each.text for each in evidence)]))
    lexicon = LEXICONS[language]
    dates = dated(topic, now=now, language=language, utc_offset=utc_offset)
    corpus = Corpus.of(evidence, topic, lexicon, dates)
    spoken = lexicon.talking | lexicon.asking | lexicon.true_of(topic.kind)
    form = _form(text, corpus, echoes, spoken)
    if form and form[0].fault == "empty":
        return form
    problems = form + _language(text, language) + _quotations(text, corpus)
    bare = QUOTED.sub(lambda match: _unquoted(match, corpus), text)
    for sentence, asking in split(_nameless(bare, corpus)):
        problems += _names(sentence, corpus, lexicon) + _numbers(sentence, corpus, lexicon)
        problems += _words(sentence, asking, corpus, lexicon, topic)
        if not asking:
            problems += _deeds(sentence, corpus, lexicon, topic)
    for sentence, asking in split(_unnamed(bare, corpus)):
        if not asking:
            problems += _polarity(sentence, corpus, lexicon) + _frame(sentence, corpus, lexicon, topic)
            problems += _bidden(sentence, corpus, lexicon)
            problems += _order(sentence, corpus, lexicon, topic)
    if not problems and not corpus.touches(text):
        problems.append(Problem(fault="off topic", detail="say what the note is about"))
    return list(dict.fromkeys(problems))


def inviting(text: str) -> list[Problem]:
    """What keeps a true text from opening a conversation: it has to ask, and to close the quotations it opens."""
    problems = []
    if not any(asking for _, asking in split(text)):
        problems.append(Problem(fault="invitation", detail="ask them something"))
    if any(text.count(opening) != text.count(closing) for opening, closing in ("“”", "«»", "()")):
        problems.append(Problem(fault="invitation", detail="close every quotation"))
    return problems


def split(text: str) -> list[tuple[str, bool]]:
    """The sentences of a text, each with whether it asks."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        found.append((text[start : match.end()].strip(), "?" in match.group()))
        start = match.end()
    found.append((text[start:].strip(), False))
    return [(sentence, asking) for sentence, asking in found if any(map(str.isalnum, sentence))]


def _inside(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _nameless(text: str, corpus: Corpus) -> str:
    """Without the names of notes, whose full stops and numbers are their own."""
    for name in corpus.titles:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


def _unnamed(text: str, corpus: Corpus) -> str:
    """Without the names of notes where they say in which note something stands, or stand side by side."""
    for name in corpus.called:
        there = re.escape(name)
        place = rf"\b(?:{_PLACES})\s+{there}|{there}(?=\s+(?:and|und|et|y)\b)"
        text = re.sub(place, " ", text, flags=re.IGNORECASE)
    return text


def _order(sentence: str, corpus: Corpus, lexicon: Lexicon, topic: Topic) -> list[Problem]:
    """Clause by clause; a sentence that only says what something is about, or when it is due, may use any order."""
    if re.search(rf"\b(?:{_NAMING})\b", sentence, re.IGNORECASE):
        return []
    spoken = lexicon.talking | lexicon.true_of(topic.kind) | frozenset(map(lexicon.stem, _PROMISED))
    if all(corpus.follows(clause, spoken) for clause in re.split(r"[,;:]", sentence)):
        return []
    return [Problem(fault="order", detail="keep to the order in which the note says it")]


_PLACES = "in|from|on|about|notes?|and|between|dans|et|en|y|und|aus"
_NAMING = "about|due|über|fällig|sur|prévu|sobre|vence"
_PROMISED = ("promise", "promised", "versprochen", "promis", "prometiste")


def _frame(sentence: str, corpus: Corpus, lexicon: Lexicon, topic: Topic) -> list[Problem]:
    """What the note only wishes, plans or allows (English): it may be told as that, not as a fact."""
    source = corpus.closest(sentence) if lexicon.code == "en" else None
    if source is None:
        return []
    said, written = set(map(lexicon.stem, lexicon.words(sentence))), set(map(lexicon.stem, lexicon.words(source)))
    framed = said & lexicon.true_of(topic.kind) if topic.kind in ("goal", "task") else frozenset[str]()
    if written & _IRREAL and not framed and not said & written & _IRREAL:
        return [Problem(fault="deed", detail="the note says it with “" + min(written & _IRREAL) + "”")]
    if topic.kind == "task" and not written & said & _TOLD and not said & (lexicon.true_of("task") | _TOLD | _IRREAL):
        return [Problem(fault="deed", detail="it is still to be done")]
    return []


def _bidden(sentence: str, corpus: Corpus, lexicon: Lexicon) -> list[Problem]:
    """What the note bids somebody to say ("say that the server is down") may be told as that, not as a fact."""
    words = set(lexicon.content(sentence))
    for source in corpus.sources:
        for match in _BIDDING.finditer(source):
            said = words & set(lexicon.content(source[match.end() :]))
            verb = match.group(1).split()[0].lower()
            if said and 2 * len(said) >= len(words & corpus.own) and lexicon.stem(verb) not in words:
                return [Problem(fault="deed", detail=f"the note says it with “{verb}”")]
    return []


_BIDDING = re.compile(
    r"\b(say|tell(?: \w+){1,2}|answer|reply|respond|write|claim|pretend|repeat|print|output"
    r"|sage?|schreibe?|antworte|behaupte|erzähle?|dis|écris|réponds|prétends|di|escribe|responde|finge)\b"
    r"\s*(?:\bthat\b|\bonly\b|\bwith\b|\bdass\b|\bque\b|:|,|\ba lie\b)",
    re.IGNORECASE,
)

_IRREAL = frozenset({"could", "should", "might", "may", "would", "want", "hope", "mayb", "perhap", "plan", "tri"})
_TOLD = frozenset({"promis", "said", "wrote"})


def _unquoted(match: re.Match[str], corpus: Corpus) -> str:
    """What is left of a quotation for the other checks: nothing of a true one but its question mark, where
    that ends the sentence around it."""
    inside = _inside(match)
    if not corpus.quotes(inside):
        return f" {inside} "
    ends = re.match(r"\s+[A-ZÀ-Þ¿]", match.string[match.end() :])
    return "? " if ends and inside.rstrip().endswith("?") else " "


def _form(text: str, corpus: Corpus, echoes: Sequence[str], spoken: frozenset[str]) -> list[Problem]:
    if len(WORD.findall(text)) < 4:
        return [Problem(fault="empty", detail="say it in a whole sentence")]
    bare = _nameless(QUOTED.sub(" x ", text), corpus)
    found = []
    if len(split(bare)) > MAX_SENTENCES or len(text) > MAX_CHARACTERS:
        found.append(Problem(fault="length", detail="two short sentences at the most"))
    if not re.search(r"[.?…][”“»\"’')]*\s*$", text):
        found.append(Problem(fault="length", detail="end with a full stop or a question mark"))
    if markup := [each.group().strip() or "a line break" for each in _MARKUP.finditer(bare)]:
        found.append(Problem(fault="markup", detail=f"no {markup[0]}"))
    if narration := _NARRATION.search(bare):
        found.append(Problem(fault="narration", detail=narration.group().strip()))
    if any(_echo(text, each, corpus, spoken) for each in echoes):
        found.append(Problem(fault="echo", detail="that is the example, not this note"))
    return found


def _echo(text: str, example: str, corpus: Corpus, allowed: frozenset[str]) -> bool:
    """Whether four words in a row of the example, not all of them talk, are in the text and not in the evidence."""
    words, own = _lower(text), f" {' '.join(_lower(corpus.text))} "
    spoken = f" {' '.join(words)} "
    given = _lower(example)
    for start in range(len(given) - 3):
        run = given[start : start + 4]
        phrase = f" {' '.join(run)} "
        telling = any(corpus.lacks(word) and corpus.lexicon.stem(word) not in allowed for word in run)
        if phrase in spoken and phrase not in own and telling:
            return True
    return False


def _lower(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _language(text: str, language: str) -> list[Problem]:
    found = shares(QUOTED.sub(" ", text))
    other = max(found, key=lambda code: found[code])
    if other != language and found[other] >= 2 and found[other] > 1.3 * found[language]:
        return [Problem(fault="language", detail=f"write {NAMES[language]}")]
    return []


def _quotations(text: str, corpus: Corpus) -> list[Problem]:
    quotes = map(_inside, QUOTED.finditer(text))
    return [
        Problem(fault="quotation", detail=each) for each in quotes if len(each.split()) > 1 and not corpus.quotes(each)
    ]


def _names(sentence: str, corpus: Corpus, lexicon: Lexicon) -> list[Problem]:
    """Capitals inside a sentence are names, but in German, where every noun has one; they are not stemmed."""
    if lexicon.code == "de":
        return []
    words = list(WORD.finditer(sentence))[1:]
    capital = [each.group() for each in words if each.group()[0].isupper() and each.group() not in ("I", "A")]
    return [Problem(fault="name", detail=each) for each in capital if each.lower() not in corpus.surfaces]


def _numbers(sentence: str, corpus: Corpus, lexicon: Lexicon) -> list[Problem]:
    """A number has to be there, and beside it a word that it has beside it in the evidence."""
    found = []
    for number, near in counted(sentence, lexicon):
        known = corpus.numbers.get(number)
        if known is None or (near and near not in known):
            found.append(Problem(fault="number", detail=number))
    return found


def _words(sentence: str, asking: bool, corpus: Corpus, lexicon: Lexicon, topic: Topic) -> list[Problem]:
    for phrase in lexicon.phrases:
        sentence = re.sub(rf"\b{re.escape(phrase)}\b", " ", sentence, flags=re.IGNORECASE)
    allowed = lexicon.talking | lexicon.true_of(topic.kind) | (lexicon.asking if asking else frozenset())
    if "promised to" in topic.detail:
        allowed |= {lexicon.stem(each) for each in _PROMISED}
    found = []
    for word in lexicon.words(sentence):
        if word[0].isdigit() or word in lexicon.numbers or word in lexicon.function or word in corpus.surfaces:
            continue
        if word in lexicon.negations:
            if not corpus.negated:
                found.append(Problem(fault="polarity", detail=word))
        elif word in lexicon.calendar or lexicon.stem(word) not in corpus.stems | allowed:
            found.append(Problem(fault="word", detail=word))
    return found


def _polarity(sentence: str, corpus: Corpus, lexicon: Lexicon) -> list[Problem]:
    """What the note denies or asks may not be stated, nor the other way round."""
    source = corpus.closest(sentence)
    if source is None:
        return []
    denied = any(word in lexicon.negations for word in lexicon.words(source))
    denies = any(word in lexicon.negations for word in lexicon.words(sentence))
    if denied != denies:
        return [
            Problem(fault="polarity", detail="the note says it with “not”" if denied else "the note does not deny it")
        ]
    asks = "?" in source or re.search(r"\b(?:whether|if|ob|si|maybe|perhaps)\b", source, re.IGNORECASE)
    told = {lexicon.stem(word) for word in _ASKING_WORDS} & {lexicon.stem(word) for word in lexicon.words(sentence)}
    if asks and not told and not re.search(r"\b(?:whether|if|maybe|perhaps)\b", sentence, re.IGNORECASE):
        return [Problem(fault="polarity", detail="the note asks this, it does not state it")]
    return []


_ASKING_WORDS = (
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


def _deeds(sentence: str, corpus: Corpus, lexicon: Lexicon, topic: Topic) -> list[Problem]:
    """Who did what (English): "Mara promised" needs that order; "you promised" may not be what somebody else did; and
    what is only planned, in the form "call Mara", may not be told as done.
    """
    if lexicon.code != "en":
        return []
    true = lexicon.true_of(topic.kind) | lexicon.talking
    found = []
    for _, verb in _DEED.findall(apart(sentence)):
        stem = lexicon.stem(verb)
        if verb in lexicon.function | _MODAL or stem in true or stem not in corpus.stems:
            continue
        if verb.endswith("ed") and verb not in corpus.surfaces:
            found.append(Problem(fault="deed", detail=verb))
        elif corpus.done_by_others(stem):
            found.append(Problem(fault="deed", detail=f"who {verb}"))
    for name, verb in _ACTOR.findall(sentence):
        known = name.lower() in corpus.names and lexicon.stem(verb) in corpus.stems
        planned = verb.endswith("ed") and verb not in corpus.surfaces
        if (
            known
            and verb not in lexicon.function
            and (planned or not corpus.in_order(name.lower(), lexicon.stem(verb)))
        ):
            found.append(Problem(fault="deed", detail=f"{name} {verb}"))
    return found
