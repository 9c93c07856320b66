"""Checks that an opener states only what its evidence says.

The checker compares words, not meanings, and would rather refuse a true sentence than pass an untrue one: a template
replaces what it refuses. It looks at order and grammar where a bag of words fails most easily (who did it, was it done,
negation).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from proactive_tui.model import Evidence, FrozenValue, Kind, Topic
from proactive_tui.talk.grounding_source import GroundingCorpus, numbers_with_nouns
from proactive_tui.talk.spoken_language import spoken_language
from proactive_tui.talk.template_slots import true_date_phrases
from proactive_tui.text.language import LANGUAGE_NAMES, detect_language
from proactive_tui.text.lexicon import LEXICONS, Lexicon
from proactive_tui.text.lexicon.base import WORD_OR_NUMBER, expand_contractions
from proactive_tui.text.sentences import cut_sentences

Fault = Literal[
    "empty", "length", "markup", "narration", "echo", "language", "quotation", "name", "number", "word", "order",
    "polarity", "deed", "off topic", "invitation", "generic", "person",
]  # fmt: skip
MAX_OPENER_SENTENCES = 2
MAX_REVIEW_SENTENCES = 3
"""A review says how much there is, what blocks, and asks: three short sentences read better than two long ones."""
MAX_OPENER_CHARACTERS = 360

QUOTATION_PATTERN = re.compile(
    r"“([^“”]*)”|„([^„“”]*)[“”]|«\s*([^«»]*?)\s*»|\"([^\"]*)\"|(?<!\w)[‘']([^‘’']*)[’'](?!\w)"
)
_MARKUP = re.compile(r"[`*#<>|{}\\~]|__|\]\(|\[\d|^\s*(?:[-•]|\d+[.)])\s|https?:|www\.|\n|!", re.MULTILINE)
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
    language = language or spoken_language(topic, evidence)
    lexicon = LEXICONS[language]
    dates = true_date_phrases(topic, now=now, language=language, utc_offset=utc_offset)
    corpus = GroundingCorpus.from_evidence(evidence, topic, lexicon, dates)
    spoken = lexicon.conversation_stems | lexicon.question_stems | lexicon.kind_stems(topic.kind)
    form = _check_form(text, corpus, echoes, spoken, topic.kind)
    if form and form[0].fault == "empty":
        return form
    problems = form + check_language(text, language) + check_quotations(text, corpus)
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


def check_claim(sentence: str, corpus: GroundingCorpus, topic: Topic) -> list[GroundingProblem]:
    """The problems of one sentence of a reply: names, numbers, who did what, denials. Its order of words is free."""
    lexicon = corpus.lexicon
    bare = _strip_titles(QUOTATION_PATTERN.sub(lambda match: _strip_quotation(match, corpus), sentence), corpus)
    problems = check_names(bare, corpus, lexicon) + _check_nouns(bare, corpus, lexicon)
    problems += _check_counts(bare, corpus, lexicon)
    return problems + _check_deeds(bare, corpus, lexicon, topic) + _check_denial(bare, corpus, lexicon)


_CLAUSE_BREAK = re.compile(r"[,;:()–—]|\b(?:but|although|aber|sondern|mais|pero|sino)\b", re.IGNORECASE)


def _check_denial(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """Check that a part of a sentence of the evidence that denies is not stated, nor one that states denied, nor what
    it asks told.
    """
    said, words = set(lexicon.content_stems(sentence)) - _negation_stems(lexicon), lexicon.split_words(sentence)
    denies, denied, stated = not lexicon.negations.isdisjoint(words), False, False
    for source in corpus.sources:
        for clause in _CLAUSE_BREAK.split(source):
            stems = set(lexicon.content_stems(clause)) - _negation_stems(lexicon)
            if len(stems & said) < max(1, (len(stems) + 1) // 2):
                continue
            if not lexicon.negations.isdisjoint(lexicon.split_words(clause)):
                denied = True
            else:
                stated = True
        asked = set(lexicon.content_stems(source)) & said
        if source.rstrip().endswith("?") and 2 * len(asked) > len(said):
            return [GroundingProblem(fault="polarity", detail="the note asks this, it does not state it")]
    if denies and not denied:
        return [GroundingProblem(fault="polarity", detail="the note does not deny it")]
    if denied and not denies and not stated:
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
        if noun.lower() not in known and lexicon.stem(noun) not in corpus.stems
    ]


def _check_counts(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon) -> list[GroundingProblem]:
    """A number must stand in the evidence, and may not count what another number counts there."""
    counted = frozenset[str]().union(*corpus.numbers.values())
    return [
        GroundingProblem(fault="number", detail=number)
        for number, near in numbers_with_nouns(sentence, lexicon)
        if (known := corpus.numbers.get(number)) is None or (near in counted and near not in known)
    ]


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


def _quoted_text(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


def _strip_titles(text: str, corpus: GroundingCorpus) -> str:
    """The text without the names of notes, which have full stops and numbers of their own."""
    for name in corpus.titles:
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text


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
    if all(corpus.keeps_order(clause, spoken) for clause in re.split(r"[,;:]", sentence)):
        return []
    return [GroundingProblem(fault="order", detail="keep to the order in which the note says it")]


_PLACE_WORDS = "in|from|on|about|notes?|and|between|dans|et|en|y|und|aus"
_ABOUT_OR_DUE_WORDS = "about|due|über|fällig|sur|prévu|sobre|vence"
_PROMISE_VERBS = ("promise", "promised", "versprochen", "promis", "prometiste")


def _check_modality(sentence: str, corpus: GroundingCorpus, lexicon: Lexicon, topic: Topic) -> list[GroundingProblem]:
    """Check that nothing the note only wishes, plans or allows is stated as a fact (English)."""
    source = corpus.closest_sentence(sentence) if lexicon.code == "en" else None
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


def _strip_quotation(match: re.Match[str], corpus: GroundingCorpus) -> str:
    """The text that replaces a quotation in the other checks: a blank for a verbatim one, or its question mark where
    that ends the surrounding sentence.
    """
    inside = _quoted_text(match)
    if not corpus.contains_quotation(inside):
        return f" {inside} "
    ends = re.match(r"\s+[A-ZÀ-Þ¿]", match.string[match.end() :])
    return "? " if ends and inside.rstrip().endswith("?") else " "


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
        telling = any(corpus.lacks_word(word) and corpus.lexicon.stem(word) not in allowed for word in run)
        if phrase in spoken and phrase not in own and telling:
            return True
    return False


def _lowercase_words(text: str) -> list[str]:
    return [word.lower() for word in WORD_OR_NUMBER.findall(text)]


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
    source = corpus.closest_sentence(sentence)
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
