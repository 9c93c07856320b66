"""Signs in a heading, an introducing line or a status that what stands there is planned, closed, or merely supposed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from proactive_tui.text.words import word_set
from proactive_tui.topics.open_ends.words.headings import MAX_HEADING_CHARACTERS
from proactive_tui.topics.open_ends.words.tokens import tokens_of

_PLANNED = word_set("""
planned plan plans planning todo todos next pending remaining open deferred future upcoming proposed proposal proposals
roadmap backlog unresolved unfinished wip draft tbd later soon followup followups ongoing progress blocked waiting
continue resume unknown unclear missing improve improvements needed
geplant plan pläne offen offene offenes nächste nächster nächsten ausstehend künftig zukunft vorhaben später laufend entwurf
prévu prévus prochain prochaine prochaines prochains futur suite ouvert ouverte ouvertes reste brouillon
pendiente pendientes próximo próximos próxima futuro planes siguiente siguientes abierto abierta abiertas borrador falta
pendente pendentes próximas futura planos aberto aberta abertas rascunho faltam
prossimi prossimo prossima futuri piano piani aperto aperti aperte sospeso bozza
volgende gepland openstaand toekomst plannen concept
następne kolejne otwarte przyszłe plany zaplanowane szkic
""")
_CLOSED = word_set("""
done complete completed finished verified fixed resolved shipped merged implemented closed obsolete superseded archived
archive rejected cancelled canceled abandoned deprecated released working works passed success successful answered
erledigt fertig gelöst abgeschlossen behoben umgesetzt verworfen beendet
terminé terminée terminés fait faits résolu résolue clos corrigé
hecho hechos terminado resuelto cerrado completado listo
feito feitos concluído concluída resolvido fechado pronto
fatto fatti completato risolto chiuso finito
klaar gedaan opgelost afgerond gesloten
gotowe zrobione ukończone zamknięte rozwiązane
""")
_SUPPOSED = word_set("""
possible potential option options alternative alternatives idea ideas maybe fallback risk risks hypothesis hypotheses
investigate verify check consider considerations if when suggestion suggestions recommendations recommended might could
möglich mögliche mögliches option optionen alternativen idee ideen vielleicht risiken prüfen falls wenn vorschläge
possible possibles piste pistes idée idées risques vérifier si envisager
posible posibles opciones ideas riesgos verificar revisar quizás
possível possíveis opções ideias riscos talvez
possibile possibili opzioni idee rischi verificare forse
mogelijk mogelijke opties ideeën risico controleren misschien
możliwe opcje pomysły ryzyka sprawdzić może
""")
_CLOSED_MARK = re.compile(r"[✅✔☑]|\[[xX]\]|~~|完了|済|已")
_PLANNED_MARK = re.compile(r"[🚧⏳🔜📋]|\[ \]|今後|予定|計画|未|やること|すること|課題|タスク|下一步|计划|待|要做")
_SUPPOSED_MARK = re.compile(r"アイデア|案|検討|候補|想法|可能|考虑")
_NEGATION = word_set("not isn't aren't nicht kein noch pas no não non niet nie never un-")
_STATUS = re.compile(
    r"(?:^|[^\w])(?:status|state|stand|statut|état|estado|stato|ステータス|状态)\W{0,4}[:：]+[\W_]*([^\n]{1,40})",
    re.IGNORECASE,
)
MAX_STATUS_ENTRIES = 8
"""The first entries of a note, among which its status stands."""
SIGN_NAMES = ("planned", "closed", "supposed")
NO_SIGNS: tuple[float, ...] = (0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def plan_signs(text: str) -> tuple[float, ...]:
    """Which of `SIGN_NAMES` the words of a short text show: 1 or 0 for each. What is "not done" is planned."""
    if not text or len(text) > MAX_HEADING_CHARACTERS:
        return NO_SIGNS
    words = set(tokens_of(text))
    planned = not words.isdisjoint(_PLANNED) or bool(_PLANNED_MARK.search(text))
    closed = not words.isdisjoint(_CLOSED) or bool(_CLOSED_MARK.search(text))
    if closed and not words.isdisjoint(_NEGATION):
        planned, closed = True, False
    supposed = not words.isdisjoint(_SUPPOSED) or bool(_SUPPOSED_MARK.search(text))
    return float(planned), float(closed), float(supposed)


def status_signs(property_value: str, first_texts: Iterable[str]) -> tuple[float, ...]:
    """The `plan_signs` of the status of a note: of its property, or of a line "Status: …" among its first texts."""
    if property_value:
        return plan_signs(property_value)
    for text in first_texts:
        if (":" in text or "：" in text) and (found := _STATUS.search(text)):
            return plan_signs(found[1])
    return NO_SIGNS
