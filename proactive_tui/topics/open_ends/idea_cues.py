"""The words by which ideas are told, by language. Data and its compilation only."""

from __future__ import annotations

import re

_IDEA_WORDS = {
    "english": "idea|ideas",
    "german": "idee|ideen|einfall|einfälle",
    "french": "idée|idées",
    "spanish": "idea|ideas",
    "italian": "idea|idee",
    "portuguese": "ideia|ideias",
    "dutch": "idee|ideeën|ideeen",
    "polish": "pomysł|pomysły",
    "japanese": "アイデア|アイディア",
    "chinese": "想法|点子|點子",
}
_OWN_KINDS = {
    "english": (
        "my|our|some|more|other|another|new|random|crazy|wild|silly|stray|raw|rough|loose|quick|half-baked|weekend|future|open"
        "|side[- ]project|project|blog(?:[- ]post)?|post|talk|gift|story|app|game|feature|product|business|start-?up"
        "|design|experiment|research|article|essay|video|writing|recipe|garden|trip|travel|party|song|lesson"
    ),
    "german": "meine|unsere|neue|weitere|verrückte|spontane|lose",
    "french": "mes|nos|nouvelles?|autres",
    "spanish": "mis|nuestras|nuevas?|otras",
    "italian": "mie|nuova|nuove|altre",
    "portuguese": "minhas|novas?|outras",
    "dutch": "mijn|nieuwe?|losse|wilde|andere?",
    "polish": "moje|nowy|nowe|szalony|inne",
}
"""What stands before the word where the ideas are one's own; "key", "main" and "big" ideas are somebody's theses."""
_AFTER_WORDS = {
    "english": "backlog|list|inbox|box|for later",
    "german": "für später",
    "french": "créatives?|folles?|en vrac",
    "spanish": "locas?|nuevas?|sueltas?",
    "italian": "folli?|nuov[ae]|sparse",
    "portuguese": "malucas?|nov[ao]s?|soltas",
    "polish": "na później",
}
_SUBJECT_WORDS = {
    "english": "for|about|on|to",
    "german": "für|zu|zum|zur",
    "french": "pour|sur",
    "spanish": "para|sobre",
    "italian": "per|su",
    "portuguese": "para|sobre",
    "dutch": "voor|over",
    "polish": "na|do|dla",
}
_WHAT_IF_WE = {
    "english": (
        r"what if we(?! (?:are|were|get|got|lose|lost|fail|miss|hit|need|run out|don['’]?t|do not|can['’]?t|cannot|have"
        r"|had)\b)"
    ),
    "german": r"was wäre,? wenn wir|wie wäre es,? wenn wir|und wenn wir",
    "french": r"et si (?:on|nous)|si on essayait",
    "spanish": r"y si (?:nosotros )?(?:\w+[aei]mos|\w+[áé](?:ra|se)mos)",
    "italian": r"e se (?:noi )?\w+(?:ssimo|iamo)",
    "portuguese": r"e se (?:nós )?\w+mos|e se a gente",
    "dutch": r"wat als we|en als we|stel dat we",
    "polish": r"a gdyby(?:śmy)?|a co,? gdybyśmy",
}
"""Wondering what one could do together. "What if we run out of flour?" is a worry."""
_OUTCOMES = {
    "english": (
        "done|tried(?: it)?|rejected|dropped|discarded|dismissed|implemented|built|shipped|published|abandoned|nope"
    ),
    "german": "verworfen|erledigt|umgesetzt|gebaut|abgelehnt|ausprobiert",
    "french": "abandonnée?|rejetée?|faite?|essayée?",
    "spanish": "descartad[ao]|hech[ao]|rechazad[ao]|probad[ao]",
    "italian": "scartat[ao]|fatt[ao]|provat[ao]",
    "portuguese": "descartad[ao]|feit[ao]|rejeitad[ao]|testad[ao]",
    "dutch": "afgewezen|gedaan|verworpen|geprobeerd",
    "polish": "odrzucon[eya]|zrobione|sprawdzone",
    "japanese": "済み?|ボツ",
    "chinese": "已完成|已放弃|已放棄",
}
_EXPLANATIONS = {
    "english": "proofs?|prove|lemma|theorem|induction|solution|algorithm|intuition",
    "german": "beweis|lösung|satz",
    "french": "preuve|démonstration",
    "spanish": "demostración|solución",
    "italian": "dimostrazione|soluzione",
    "dutch": "bewijs|oplossing",
    "polish": "dowód|rozwiązanie",
}


def _any_of(table: dict[str, str]) -> str:
    return f"(?:{'|'.join(table.values())})"


_NOUN, _OWN, _AFTER, _WE = map(_any_of, (_IDEA_WORDS, _OWN_KINDS, _AFTER_WORDS, _WHAT_IF_WE))
_NAMED = rf"(?:{_OWN} ){{0,2}}{_NOUN}(?: {_AFTER})?(?: {_any_of(_SUBJECT_WORDS)} [^:：]{{2,60}})?"

IDEA_LABEL = re.compile(
    rf"^\s*[*_]{{0,3}}(?:💡\s*)?(?:(?:an?|eine|une|una|een|uma) )?{_NAMED}\s*[*_]{{0,3}}\s*[:：](?!:)[*_]{{0,3}}\s*",
    re.IGNORECASE,
)
"""A label that opens an idea: "Idea: …", "Crazy idea: …", "**Idee:** …"."""
IDEAS_HEADING = re.compile(
    rf"^[\W\d]*(?:{_NAMED}|(?:projekt|geschenk|blog|rezept|garten|spiel)-?ideen|(?:project|cadeau|blog)-?ideeën)\W*$",
    re.IGNORECASE,
)
"""A heading, or a line that introduces a list, under which the owner keeps ideas; not "Key ideas" of a book."""
BARE_IDEA = re.compile(rf"^\W*(?:{_NOUN}|foo|bar|baz|example|lorem)?\W*\d*\W*$", re.IGNORECASE)
"""Words that name no idea: "Idea 1", "Ideen"."""
IDEA_TAG = re.compile(
    r"(?:^|(?<=\s))#(?:ideas?|ideen?|idées?|ideias?|ideeën|pomysły?|アイデア|想法)(?=$|[\s.,;)])", re.IGNORECASE
)
"""A tag in a line that says that it is an idea."""
IDEA_BOX = "I"
"""The character of a box with which themes of Obsidian mark an idea ("i" is information)."""
IDEA_CALLOUTS = frozenset(("idea", "ideas", "idee", "idée", "ideia"))
"""Types of callouts that hold an idea."""
WHAT_IF_WE = re.compile(
    r"^[\s>*_“\"¿-]*(?:(?:and|but|so|or|also|hm+|oh|aber|mais|ou|pero|ma|mas|maar)[,… ]+)?"
    rf"¿?{_WE}\b.*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that wonders aloud what the owner and others could do: "What if we baked at night?"."""
MAY_HOLD_IDEAS = re.compile(rf"\b{_NOUN}(?![^\W_])|ideen\b|ideeën\b|アイデ|想法|点子|點子|\[I\]|{_WE}", re.IGNORECASE)
"""A text without any of these holds no idea. Checked before parsing, as most texts hold none."""
IDEA_OUTCOME = re.compile(
    rf"(?:^|[–—→:(\[>]\s*|\s-\s*)(?:already |schon |déjà |ya |già |já )?{_any_of(_OUTCOMES)}"
    r"(?![^\W_])[\s.!)\]]*(?:$|[,;:–—]|(?:in |on |am |im |le |en |el )?\d)|(?:^|\s)[✅✔☑❌]|~~",
    re.IGNORECASE,
)
"""What says that an idea was carried out or given up."""
EXPLANATION = re.compile(rf"\$|\b{_any_of(_EXPLANATIONS)}\b", re.IGNORECASE)
"""Where and how a proof or a solution is explained, "Idea: …" tells what it does."""
