"""Weighs how well a sentence says an idea by itself: a definition, a claim with its reason, a decision and why."""

from __future__ import annotations

import re
from itertools import pairwise

from proactive_tui.text.words import WORD_PATTERN, capitalize_first, word_set
from proactive_tui.topics.open_ends.words.done_forms import tells_deed
from proactive_tui.topics.open_ends.words.verbs import ENGLISH_IRREGULAR_PAST, ENGLISH_VERBS, NOUN_LIKE_VERBS
from proactive_tui.topics.relations.quoted_sentences import leans_on_context

REASON = re.compile(
    r"\b(?:because|so that|therefore|thus|hence|which is why|that['’]s why|the reason|as a result|otherwise|due to"
    r"|leads? to|results? in|depends? on|comes? from|in order to|so \w+ (?:that|as)"
    r"|weil|denn|damit|deshalb|daher|sodass|so dass|nämlich|dadurch|sonst|führt zu|hängt (?:davon |von \w+ )?ab"
    r"|um \w+ zu"
    r"|parce qu\w*|car|puisqu\w*|donc|afin d\w*|c['’]est pourquoi|dépend d\w*|sinon|ainsi"
    r"|porque|ya que|por eso|para que|así que|depende de|por lo tanto|puesto que"
    r"|perché|poiché|quindi|affinché|dipende da|perciò|così|pois|portanto|por isso|já que"
    r"|omdat|want|dus|zodat|daardoor|daarom|hangt af van|ponieważ|bo|dlatego|żeby|więc|dzięki|zależy od)\b"
    r"|[,;] so (?!far\b|much\b)\w|ため|ので|からで|因为|所以|因此",
    re.IGNORECASE,
)
DEFINITION = re.compile(
    r"\b(?:is|are)\s+(?:an?|the|one of|when|where|what|how|any|every|not an?|just an?|about)\b"
    r"|\bmeans?\s+(?:that\b|\w+ing\b|an?\b|the\b|to\b|not\b)"
    r"|\brefers? to\b|\bdescribes?\b|\bstands for\b|\bconsists? of\b|\b(?:is|are) (?:called|defined as|known as"
    r"|made of)\b"
    r"|\b(?:ist|sind)\s+(?:ein\w*|kein\w*|de[rsnm]|die|das|wenn)\b|\b(?:bedeutet|bezeichnet|heißt|besteht (?:aus"
    r"|darin)|versteht man)\b"
    r"|\b(?:est|sont)\s+(?:une?|des|le|la|les)\b|\b(?:signifie|désigne|consiste (?:à|en)|s['’]appelle)\b"
    r"|\b(?:es|son)\s+(?:una?|los|las|el|la)\b|\b(?:significa|consiste en|se llama|se trata de)\b"
    r"|\b(?:è|sono)\s+(?:un\w*|il|la|gli|le|i)\b|\b(?:consiste n\w+|si chiama|é uma?|são (?:os|as))\b"
    r"|\bis (?:een|het|de)\b|\b(?:betekent|bestaat uit|noemt men)\b|\b(?:oznacza|polega na|powstaje|nazywa się)\b"
    r"|とは|である|是指|是一|意味",
    re.IGNORECASE,
)
DECISION = re.compile(
    r"\b(?:we|i) (?:decided|chose|settled on|went with|opted|keep|use|will not|won['’]t|do not|don['’]t|stay with)\b"
    r"|\bdeci(?:ded|sion)\b|\bnot worth\b|\brather than\b|\binstead of\b|\b(?:entschieden|entscheidung|lohnt sich"
    r"|statt)\b"
    r"|\bwir (?:nehmen|bleiben|nutzen|verzichten|behalten)\b|\b(?:décidé|décision|plutôt que|au lieu d\w*)\b"
    r"|\b(?:decidido|decidimos|decisión|en lugar de|en vez de|deciso|decisione|invece di|decidiu|em vez de)\b"
    r"|\b(?:besloten|besluit|gekozen|in plaats van|zamiast)\b|\bzdecydowa\w+",
    re.IGNORECASE,
)
CLAIM = re.compile(
    r"\b(?:must|cannot|can['’]t|always|never|only|every|more|less|fewer|better|worse|best|worst|should|tends?|usually"
    r"|unless|until|whenever|if|when|while|as long as|even|without|needs?|requires?|allows?|lets|makes?|helps?"
    r"|prevents?"
    r"|avoids?|costs?|trades?|gives?|keeps?|causes?|than|could be|can be|matters?|enough|too"
    r"|muss|müssen|immer|nie|nur|jede[rsnm]?|mehr|weniger|besser|schlechter|statt|lieber|je|desto|solange|wenn|ohne"
    r"|braucht|kostet|verhindert|erlaubt|macht|hilft|als|soll\w*|kann|können"
    r"|doit|doivent|il faut|toujours|jamais|plus|moins|mieux|chaque|sans|permet|quand|lorsqu\w*|si"
    r"|debe\w*|hay que|siempre|nunca|más|menos|mejor|peor|cada|sin|permite|cuando"
    r"|deve|devono|bisogna|sempre|mai|più|meno|meglio|ogni|senza|permette|quando|devem|mais|melhor|sem"
    r"|moet\w*|altijd|nooit|meer|minder|beter|elke|zonder|als|wanneer"
    r"|trzeba|musi|zawsze|nigdy|bardziej|mniej|lepiej|każd\w+|bez|gdy|jeśli)\b|べき|必ず|ほど|必须|总是",
    re.IGNORECASE,
)
TIME_BOUND = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|th(?:is|at) (?:morning|week|weekend|month|year|afternoon|evening|time)"
    r"|(?:last|next) (?:night|week|weekend|month|year|time|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|recently|lately"
    r"|just now|right now|currently|at the moment|so far|(?:came|is|are) out (?:now|today)|for (?:two|three|\d+) days"
    r"|heute|gestern|diese (?:woche|n monat)|letzte[nrs]? (?:woche|monat|jahr)|neulich|derzeit|momentan|zurzeit|bisher"
    r"|aujourd['’]hui|hier soir|cette semaine|récemment|hoy|ayer|esta semana|últimamente|oggi|ieri|questa settimana"
    r"|hoje|ontem|esta semana|vandaag|gisteren|deze week|onlangs|dzisiaj|dziś|wczoraj)\b|今日|昨日|今天|昨天"
    r"|\b\d{4}-\d\d-\d\d\b",
    re.IGNORECASE,
)
"""Words of a day that has passed: what is said of it is no idea."""
TIED_START = re.compile(
    r"\W*(?:(?:and|but|so|then|thus|also|however|hence|therefore|otherwise|anyway|finally|besides|or|nor|yet"
    r"|still|again"
    r"|plus|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|last(?:ly)?|later|afterwards?|eventually|meanwhile|instead"
    r"|similarly|likewise|unfortunately|luckily|fortunately|actually|apparently|additionally|furthermore|moreover"
    r"|perhaps|now|notice|let['’]s (?:say|suppose|assume)|suppose|say"
    r"|another way|one of the (?:\w+ )?things"
    r"|maybe|probably|surely|ok(?:ay)?|well|yes|no|thanks|for (?:example|instance)|e\.g\.|i\.e\.|eg|ie|that said"
    r"|as such"
    r"|in (?:addition|contrast|other words|short|fact|my case)|on the other hand|until then|by the way|one would think"
    r"|not sure|why(?: not)?|i guess|either way|like|such as|which|who|where(?:as)?|of which|et?c|oops|wow|hm+|ah"
    r"|(?:it )?(?:seems?|looks|sounds)|guess"
    r"|note that|n\.?b\.?|remember|similar|(?:many|some|most|all|both|none|each|several|few|one) of (?:them|it|us"
    r"|which)|the same"
    r"|the (?:latter|former|others?|rest)|ebenso|ähnlich|dasselbe|wohl|la misma|le même|lo stesso"
    r"|und|aber|also|dann|sonst|deshalb|daher|trotzdem|außerdem|vielleicht|danach|zuerst|zuletzt|leider"
    r"|zum beispiel|z\. ?b\."
    r"|(?:can|could|should|do|does|is|are|will) (?:we|i|you|it|they|this)|(?:need|have|want|try|able) to|quote"
    r"|has|had|is|are|was|were|does|did|will|would"
    r"|oder|doch|jedoch|dabei|dazu|damit|dafür|stattdessen|nein|ja|evtl|ggf|bzw"
    r"|et|mais|donc|alors|puis|ensuite|enfin|aussi|par exemple|peut-être|y|pero|entonces|luego|además|también"
    r"|por ejemplo"
    r"|quizás?|por eso|e|ma|quindi|poi|inoltre|anche|ad esempio|forse|mas|então|também|talvez|en|maar|dus|daarom"
    r"|ook|misschien"
    r"|bijvoorbeeld|ale|więc|potem|też|może|na przykład)\b[,:]?\s"
    r"|(?:e\.g|i\.e|z\. ?b|p\. ?ex)\."
    r"|(?:\w+ (?:of )?)(?:this|that case|these|those|diese[rmns]?)\b"
    r"|(?:it|he|she|we|i|they)['’](?:s|d|ll|ve|re)\b)",
    re.IGNORECASE,
)
"""What ties a sentence to the one before it, or only guesses."""
MACHINE_STEP = re.compile(
    r"^\W*if (?:you|we|i|there|your|my)\b.*"
    r"\b(?:you|we|i)(?:['’]ll)? (?:can|could|have to|need to|should|want|will|may)\b"
    r"|^\W*(?:i|we) (?:\w+ly )?(?:look|try|run|open|use|encounter|type|see|get|want|don['’]t want)\b"
    r"|^\W*there (?:are|is) (?:a (?:few|lot|ton|couple|bunch)|lots|tons|many|several|some) ",
    re.IGNORECASE,
)
"""What somebody does or could do at a machine, step by step: no idea that one could explain."""
LIGHT_TIE = re.compile(
    r"\W*(?:so|thus|hence|therefore|and|but|however|also|in short|in other words|that said|also|deshalb|daher"
    r"|aber|und|donc|mais|et"
    r"|por eso|pero|y|quindi|ma|e|dus|maar|en|więc|dlatego|ale|portanto|mas)[,:]?\s+(?=\S)",
    re.IGNORECASE,
)
"""What ties a sentence to the one before it, and may be left out."""
EXPLETIVE = re.compile(
    r"\W*(?:it(?:['’]s| is| was) (?:(?:\w+ly |not |the |an? |\w+ ){1,5}(?:that|who)\b|(?:\w+ly |not |much |often "
    r"|also )*(?:better|worth|best"
    r"|important|possible|impossible|enough|easier|easy|hard|harder|cheaper|faster|safer|wrong|right|useful"
    r"|necessary|tempting"
    r"|common|rare|good|bad|\w+er)\b.{0,40}\b(?:to|that|if|when)\b)|it (?:takes|pays|helps|makes sense) .{0,40}\bto\b"
    r"|there (?:is|are|can be|must be) (?:an?|no|two|three|four|always|never|only|several|many|more|different)\b"
    r"|es (?:gibt|lohnt sich|braucht|reicht|kommt darauf|ist (?:besser|wichtig|leichter|möglich|sinnvoll))\b"
    r"|il (?:faut|existe|vaut mieux|y a)\b|er (?:is|zijn) (?:een|geen|twee|drie)\b)",
    re.IGNORECASE,
)
"""The beginning of a sentence whose *it* or *there* stands for nothing."""
CONTEXT_WORD = re.compile(
    r"\b(?:this|these|those|here|above|below|following|aforementioned|the same (?:could|can|would|applies|is|goes"
    r"|holds|way|thing)"
    r"|^the (?:problem|solution|result|idea|reason|trick|point|first|second|third|next|last|other)|of them"
    r"|to them|their|her|his"
    r"|there(?! (?:is|are|was|were|may|might|can|could|will|would|should|must|has|have|seems?|exists?)\b)|dies\w*"
    r"|hier|oben|unten|folgend\w*|cette?|ces|ci-dessus"
    r"|ci-dessous|aquí|quest[aeio]|sopra|sotto|aqui|deze|hierboven)\b",
    re.IGNORECASE,
)
OWN_VOICE = re.compile(
    r"\bI\b|^\W*(?:i|we|my|our|ich|wir|mein\w*|unser\w*|je|j['’]\w*|nous|mon|ma|mes|yo|nosotros|mi|io|noi|eu|nós"
    r"|meu|minha|ik|wij"
    r"|mijn|ja|mój|moja)\b",
    re.IGNORECASE,
)
TOLD_PAST = re.compile(
    r"(?:^\W*|[,;–-]\s+|\b(?:and|so|but)\s+)(?:i|we|he|she|they)(?:['’](?:d|ve|m|re))?\s+(?:(?:just|then|finally"
    r"|also|really|recently)\s+)?"
    r"(?:was|were|had|have been|got|been|am|are|\w+ed|" + "|".join(sorted(ENGLISH_IRREGULAR_PAST)) + r")\b"
    r"|(?:^\W*|[,;–-]\s+|\band\s+)(?:i|we)(?:['’](?:d|ll))?\s+(?:(?:just|also|really|still)\s+)?(?:want|need|plan"
    r"|hope|would like|like to|will)\b"
    r"|^\W*(?:ich|wir)\s+(?:will|wollen|möchte[n]?|habe[n]?|hatten?|war(?:en)?|bin|sind|wollten?|musste[n]?)\b"
    r"|^\W*(?-i:[A-Z])\w+ (?:says?|said|wants?|want['’]s|asked|asks|thinks|told|mentioned|suggested|suggests"
    r"|meint|sagt|sagte|möchte|dit|dice)\b"
    r"|^\W*(?:j['’](?:ai|avais|étais)|nous avons|je (?:suis|voulais))\b|^\W*ik (?:heb|had|was|wilde)\b",
    re.IGNORECASE,
)
SECOND_PERSON = re.compile(r"\b(?:you|your|du|dein\w*|vous|votre|vos|usted|ustedes|je kunt|jij)\b", re.IGNORECASE)
BEGINNING = re.compile(r"[^\W_]|[¿¡(]?[^\W\d_]")
"""A letter or a number: what begins with a mark is a quotation, a comment or the rest of something."""
CUT_END = re.compile(
    r"(?:\b(?:of|that|which|the|an?|and|or|to|with|for|by|from|as|than|is|are|because|like|in|on|at|und|oder"
    r"|de[rsnm]|die|das|ein"
    r"|eine|mit|von|zu|als|weil|dass|aus|et|que|y|o|con|para|di|che|da|em|van|een|met|de|la|le|les|un|une|una|les)"
    r"|[,;:–—(…-]|\.\.\.)\W*$",
    re.IGNORECASE,
)
OPEN_END = re.compile(r"(?:[:?…：？]|\.\.\.)[*_ \"'”»)]*$")
"""The end of a question, of an introduction, of what breaks off."""
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|cannot)\b"
    r"|n['’]t\b"
    r"|\w['’](?:s|re|ve|ll)\b",
    re.IGNORECASE,
)
SIDE_CLAUSE = re.compile(
    r"\b(?:so that|because|if|when|while|since|although|unless|as long as|that|which|who|whose|where)\b[^,;:]*",
    re.IGNORECASE,
)
PAST = ENGLISH_IRREGULAR_PAST | {"was", "were", "did"}
PRESENT = word_set(
    "is are am has have do does can could will would shall should may might must cannot be don't doesn't isn't aren't"
)
FULL_STOP = re.compile(r"[.!。！][\s*_)\"'”’»\]]*$")
CJK_TEXT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

WHOLE_WEIGHT = 0.3
"""What a sentence weighs that is whole and stands alone."""
REASON_WEIGHT, DEFINITION_WEIGHT, DECISION_WEIGHT, CLAIM_WEIGHT = 0.4, 0.35, 0.25, 0.15
SECOND_CLAIM_WEIGHT = 0.1
"""What is added for a further word of a claim: \"must … if\"."""
TITLE_WEIGHT = 0.3
"""What is added for saying all that the title says."""
CONTEXT_COST, PAST_COST, SECOND_PERSON_COST, FIRST_PERSON_COST, LOWER_START_COST, LONG_COST = (
    0.3,
    0.3,
    0.15,
    0.2,
    0.3,
    0.15,
)
FRAGMENT_SHARE = 0.4
"""The share of its weight that an English sentence without a verb keeps."""
MAX_SAID_WORDS = 45


def weigh_statement(words: str, title: frozenset[str], language: str) -> float:
    """How well (0..1) a sentence without markup says an idea by itself; 0 where it is not whole or leans on others.

    `language` is empty where it is unknown. `title` has the words of four letters and more of the note's title, in
    lower case.
    """
    if not _stands_alone(words, language):
        return 0.0
    tokens = WORD_PATTERN.findall(words)
    lower = {token.lower() for token in tokens}
    told = bool(TOLD_PAST.search(words))
    has_reason, decides = bool(REASON.search(words)), bool(DECISION.search(words))
    if told and not (decides and has_reason):
        return 0.0  # what somebody did
    if (_begins_with_order(tokens, language) or MACHINE_STEP.search(words)) and not has_reason:
        return 0.0  # a step
    weight = WHOLE_WEIGHT + REASON_WEIGHT * has_reason + DECISION_WEIGHT * decides
    claims = len({found.lower() for found in CLAIM.findall(words)})
    weight += DEFINITION_WEIGHT * bool(DEFINITION.search(words))
    weight += CLAIM_WEIGHT * (claims > 0) + SECOND_CLAIM_WEIGHT * (claims > 1)
    if language == "en" and not _has_verb(words):
        weight *= FRAGMENT_SHARE
    weight += TITLE_WEIGHT * len(title & lower) / (len(title) or 1)
    weight -= CONTEXT_COST * bool(CONTEXT_WORD.search(words)) + SECOND_PERSON_COST * bool(SECOND_PERSON.search(words))
    weight -= PAST_COST * (language == "en" and _tells_past(tokens))
    weight -= FIRST_PERSON_COST * bool(OWN_VOICE.search(words)) + LONG_COST * (len(tokens) > MAX_SAID_WORDS)
    weight -= LOWER_START_COST * (words[:1].islower() and tokens[0].lower() not in title)
    return max(0.0, min(1.0, weight))


def untied(words: str) -> str:
    """A sentence without the word that ties it to the one before ("So the holder waits")."""
    tie = LIGHT_TIE.match(words)
    return capitalize_first(words[tie.end() :]) if tie else words


def _stands_alone(words: str, language: str) -> bool:
    """Whether a sentence is whole and is understood without what stands around it."""
    if not words or TIME_BOUND.search(words):
        return False
    if not BEGINNING.match(words):
        return False
    if not EXPLETIVE.match(words) and (leans_on_context(words) or TIED_START.match(words)):
        return False
    if OPEN_END.search(words):
        return False
    if not FULL_STOP.search(words) and CUT_END.search(words):
        return False
    if any(words.count(opening) > words.count(closing) for opening, closing in ("()", "[]", "“”")):
        return False
    return not tells_deed(words, language)


def _begins_with_order(tokens: list[str], language: str) -> bool:
    """Whether an English sentence begins with an order."""
    first = tokens[0].lower() if tokens else ""
    return language == "en" and first in ENGLISH_VERBS and first not in NOUN_LIKE_VERBS


def _tells_past(tokens: list[str]) -> bool:
    """Whether an English sentence is in the past: it tells what happened once."""
    lower = [token.lower() for token in tokens]
    if PRESENT & set(lower) or any(word.endswith("s") and word[:-1] in ENGLISH_VERBS for word in lower[1:]):
        return False
    before = ("", *lower)
    return any(
        word in PAST or (word.endswith("ed") and before[place] not in ("to", "the", "a", "an", "by"))
        for place, word in enumerate(lower)
    )


def _has_verb(words: str) -> bool:
    """Whether an English sentence has a subject and a verb outside its side clauses."""
    main = SIDE_CLAUSE.sub(" ", words)
    first = words.split(maxsplit=1)[0].lower()
    if first.endswith("s") and first[:-1] in ENGLISH_VERBS - NOUN_LIKE_VERBS:
        return False
    if AUXILIARY.search(main) or CJK_TEXT.search(main):
        return True
    tokens = [token.lower() for token in WORD_PATTERN.findall(main)]
    for before, token in pairwise(tokens):
        if before in ("to", "the", "a", "an", "of", "by", "for", "with"):
            continue
        if token in ENGLISH_IRREGULAR_PAST or (token in ENGLISH_VERBS and token not in NOUN_LIKE_VERBS):
            return True
        if any(token.endswith(end) and token[: -len(end)] in ENGLISH_VERBS for end in ("s", "es", "d", "ed")):
            return True
        if token.endswith("ies") and token[:-3] + "y" in ENGLISH_VERBS:
            return True
    return False
