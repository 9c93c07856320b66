"""Tells whether a question is answered by the words after it, in the languages of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from proactive_tui.text.asking import ends_asking
from proactive_tui.topics.cues import ANSWER_START, UNCERTAINTY_CUE

MEASURE_QUESTION = re.compile(
    r"(?:^|[\s¿(])(?:how (?!come|do|does|did|can|could|should|would|is|are|was|were)\w+|when|what (?:time|size|year|day|date)"
    r"|wie (?!kann|soll|geht|ist|macht|kommt|funktioniert)\w+|wann|wieviel\w*"
    r"|combien|à quelle (?:heure|date|hauteur|température)|quand|quel(?:le)? (?:âge|taille|prix)"
    r"|cuánt[oa]s?|cuándo|a qué hora|quant[oaie]s?|quando|a che ora|a que horas"
    r"|hoe (?!kan|moet|gaat|werkt|is)\w+|hoeveel|wanneer|ile|kiedy|jak (?:długo|daleko|często|wysok\w+|duż\w+))\b",
    re.IGNORECASE,
)
"""A question that a number answers: how long, how many, when."""
FOUND_OUT = re.compile(
    r"\b(?:(?:i|we) (?:just |have |since )?(?:measured|checked|looked (?:it )?up|asked|tested|counted|weighed|found out)"
    r"|(?:nach)?gemessen|nachgesehen|nachgeschaut|nachgefragt|nachgezählt|herausgefunden"
    r"|j'ai (?:mesuré|vérifié|demandé|compté|trouvé)|lo (?:he )?(?:medí|medido|comprobé|comprobado|preguntado|pregunté)"
    r"|l'ho (?:misurat[oa]|controllat[oa]|chiesto)|ho (?:misurato|controllato|chiesto)|medi e|verifiquei|perguntei"
    r"|(?:op)?gemeten|nagekeken|nagevraagd|zmierzył[ae]m|sprawdził[ae]m)\b",
    re.IGNORECASE,
)
"""The writer went and found out."""
UNSURE = re.compile(
    r"\b(?:don'?t know|not (?:sure|decided|clear)|no idea|unclear|did(?: not|n't) (?:decide|find)|(?:weiß|wissen) (?:es |noch )*nicht"
    r"|keine ahnung|unklar|sais pas|aucune idée|no (?:lo )?sé|ni idea|non (?:lo )?so|não sei|weet (?:het )?niet|geen idee"
    r"|nie wiem)\b",
    re.IGNORECASE,
)


def is_answered_in_line(question: str, later: Sequence[str]) -> bool:
    """Whether one of the sentences after a question, in its paragraph, answers it.

    It does where its writer measured or asked, or where it states a number and the question is for one.
    """
    measured = MEASURE_QUESTION.search(question) is not None
    return any(
        ANSWER_START.match(sentence)
        or FOUND_OUT.search(sentence.replace("’", "'"))
        or (measured and any(map(str.isdigit, sentence)))
        for sentence in later
        if not ends_asking(sentence) and not UNCERTAINTY_CUE.search(sentence) and not UNSURE.search(sentence)
    )
