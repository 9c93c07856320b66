"""The words and signs around a day that say what it is: due, scheduled, start, done, created, or a mention."""

from __future__ import annotations

import re
from typing import Literal

DayRole = Literal["due", "scheduled", "start", "done", "created", "mentioned"]

_TIE = r"\s*(?:::?|=|\()\s*"
_ON = r"(?:\s+(?:on|for|by|at|the|am|um|zum|den|dem|der|für|le|la|au|pour|el|para|d[ií]a|il|per|o|a|no|na|em|op|voor))*"


def _lead(*parts: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(parts)})\s*$", re.IGNORECASE)


_NAMED_FIELD = rf"(?:{_TIE})?"
ROLE_LEADS: tuple[tuple[DayRole, re.Pattern[str]], ...] = (
    (
        "start",
        _lead(
            "🛫\ufe0f?",
            rf"@start{_NAMED_FIELD}",
            r"(?<!\S)t:",
            rf"\b(?:start(?:s|ing)?|begins?|threshold|defer(?:red)?)(?:\s+(?:date|day|on))?{_TIE}",
            r"\b(?:starting|start(?:s)? on|deferred (?:to|until)|not (?:before|until))",
            r"\b(?:nicht vor(?: dem)?|frühestens(?: am)?|ab(?: dem)?|pas avant(?: le)?|[àa] partir d[ue](?: le)?)",
            r"\b(?:a partir del?|no antes del?|a partire dal?|non prima d[ie]l?|a partir d[eoa]|não antes d[eoa])",
            r"\b(?:vanaf|niet voor|nie przed|od)",
        ),
    ),
    (
        "done",
        _lead(
            "[✅❌☑✔]\ufe0f?",
            rf"@(?:done|completed?|cancell?ed){_NAMED_FIELD}",
            rf"\b(?:done|completed?|completion|cancell?ed|closed|finished|ended){_TIE}",
            r"\b(?:done|completed|cancell?ed|closed|finished)(?: on)?",
            r"\b(?:erledigt|abgeschlossen|abgesagt)(?: am)?|\b(?:terminé|fait|fini)e?s?(?: le)?",
            r"\b(?:hecho|terminado|cancelado)(?: el)?|\b(?:fatto|finito|concluso)(?: il)?",
            r"\b(?:feito|concluído)(?: em)?",
            r"\b(?:gedaan|afgerond|klaar)(?: op)?|\b(?:zrobione|zakończone)",
        ),
    ),
    (
        "created",
        _lead(
            "➕\ufe0f?",
            rf"@(?:created|added){_NAMED_FIELD}",
            rf"\b(?:created?|added|opened|captured|noted|logged){_TIE}",
            r"\b(?:created|added|opened|captured|noted|logged)(?: on)?",
            r"\b(?:erstellt|angelegt|hinzugefügt|notiert)(?: am)?|\b(?:créé|ajouté|noté)e?s?(?: le)?",
            r"\b(?:creado|añadido|anotado)(?: el)?|\b(?:creato|aggiunto|annotato)(?: il)?",
            r"\b(?:criado|adicionado|anotado)(?: em)?|\b(?:gemaakt|toegevoegd|genoteerd)(?: op)?",
            r"\b(?:utworzono|dodano)",
        ),
    ),
    (
        "scheduled",
        _lead(
            "⏳\ufe0f?|⌛\ufe0f?",
            rf"@(?:scheduled?|do|plan(?:ned)?){_NAMED_FIELD}",
            rf"\b(?:scheduled?|planned|plan|do date|do on|when){_TIE}",
            r"\b(?:scheduled|planned)(?: (?:for|on))(?: the)?",
            r"\b(?:geplant|eingeplant)(?: (?:für|am|auf))?(?: den)?|\b(?:prévue?|planifiée?)(?: (?:pour|le))*",
            r"\b(?:programad[oa]|previst[oa]|planead[oa])(?: (?:para|per|el|il))*|\bpianificat[oa](?: per| il)*",
            r"\b(?:agendad[oa]|planejad[oa])(?: para)?|\bgepland(?: (?:voor|op))?|\bzaplanowan[eyoa](?: na)?",
        ),
    ),
    (
        "due",
        _lead(
            "(?:[📅📆🗓⏰📌]\ufe0f?)",
            rf"@due{_NAMED_FIELD}|(?<![^\s(\[])[@!]",
            rf"\b(?:due|deadline|due[ -]?date|until|remind(?:er| me)?){_TIE}",
            rf"\b(?:due|deadline|remind me|no later than|not later than)(?:\s+date)?{_ON}",
            rf"\b(?:(?:and |or )?(?:by|before|until|till|EOD|COB|EOB)){_ON}",
            rf"\b(?:bis|spätestens|fällig|frist|termin)(?: bis)?(?: spätestens)?{_TIE}",
            rf"\b(?:bis(?: spätestens)?|spätestens|fällig|vor){_ON}",
            rf"\b(?:avant|d['’]ici(?: à| au)?|jusqu['’](?:au|à)|au plus tard|échéance|pour|à rendre)(?:\s*:)?{_ON}",
            rf"\b(?:antes del?|hasta|a más tardar|vence|para|fecha límite)(?:\s*:)?{_ON}",
            rf"\b(?:entro(?: e non oltre)?|prima d(?:i|el|ella)|fino a(?:l|lla)?|scadenza|scade|per)(?:\s*:)?{_ON}",
            rf"\b(?:até|antes d[eoa]|prazo|vence|o mais tardar)(?:\s*:)?{_ON}",
            rf"\b(?:v[oó]{{1,2}}r|tegen|uiterlijk|tot(?: en met)?|uiterste datum)(?:\s*:)?{_ON}",
            r"\b(?:do|przed|najpóźniej(?: do)?|termin:?)(?: końca)?(?:\s+dnia)?",
            r"(?:締切|締め切り|期限|截止|截至|마감)(?:日|日期)?\s*[:：]?",
        ),
    ),
)
"""What stands before a day, by what it makes of the day; the first that fits counts."""

DUE_TAIL = re.compile(r"\s*(?:までに|まで|迄|締切|締め切り|之前|以前|前|까지)")
"""What makes a day before it due in Japanese, Chinese and Korean."""
REPEATED_LEAD = _lead(
    r"\b(?:every|each|any|all|jede[nrsm]?|alle|chaque|tous les|toutes les|cada|todos los|todas? as?|todos os|ogni)",
    r"\b(?:tutti i|elke|iedere|co|każd[yaąe])",
    "[毎每]",
)
"""Before a weekday that comes again and again: no day."""

PLANNED_LEAD = _lead(
    r"\b(?:on|for|this|next|coming|at|am|an|für|diesen|nächsten|kommenden|le|ce|pour|el|este|para|il|questo|per|di"
    r"|no|na|em|neste|nesta|op|voor|deze|w|we)(?: (?:the|den|dem|le|el|il))?"
)
"""Before a day on which something is to be done."""

GERMAN_LEAD = _lead(r"\b(?:am|bis|bis zum|ab|diesen|nächsten|kommenden|spätestens|für|vor)")
"""Before the two letters of a German weekday: "bis Fr", "am Mo"."""

NUMBER_LEAD = _lead(
    r"\b(?:on|by|before|until|till|due|for)\s+the|\b(?:am|zum|den|le|au|el(?: d[ií]a)?|d[ií]a|il|op de)",
    r"\b(?:antes|entro|avant|bis|até|tot)(?:\s+(?:del?|il|le|zum|o|d[ií]a|de))+",
)
"""Before the bare number of a day of the month: "on the 5th", "am 5."."""

MENTION_LEAD = _lead(
    r"\b(?:of|from|in|since|dated?|after|between|during|as of|vs\.?|versus|per|version|v|about)(?: the)?",
    r"\b(?:ending|week of)",
    r"\b(?:sent|received|paid|called|met|written|wrote|published|released|recorded|held|issued|updated|seen)(?: on)?",
    r"\blast",
    r"\b(?:a|an|the|my|our|his|her|their|these)",
    r"\b(?:von|vom|aus|seit|nach|zwischen|datiert|stand|der|die|das|des|dem|mein\w*|gesendet|bezahlt|erhalten)",
    r"\b(?:de|du|des|depuis|après|entre|daté[es]*(?: du)?|la|les|mon|ma|(?:envoyé|reçu|payé)e?s?(?: le)?)",
    r"\b(?:del?|desde|tras|después del?|fechad[oa]|los|mi|(?:enviad|recibid|pagad)[oa]s?(?: el)?)",
    r"\b(?:dell?[ao]?|dal?|dopo|tra|datat[oa]|(?:inviat|ricevut|pagat)[oa](?: il)?)",
    r"\b(?:d[eoa]|após|depois d[eoa]|datad[oa]|(?:recebid|pag)[oa](?: em)?|van|uit|sinds|tussen|verzonden(?: op)?|het)",
    r"\b(?:z|ze|po|sprzed)",
)
"""Before a day that is only mentioned."""

RANGE_WORDS = r"(?:[-–—→~]|\.{2,3}|to|until|till|through|bis|au?|al?|até|t/m|tot(?: en met)?|do|から|至|到)"
RANGE_BETWEEN = re.compile(rf"[\]>)\s]*{RANGE_WORDS}[\[<(\s]*", re.IGNORECASE)
"""What stands between the two days of a range."""
NUMBER_RANGE_LEAD = re.compile(r"\d\.?\s*[-–]\s*$")
POSSESSIVE_TAIL = re.compile(r"['’]s\b|-\w")

NOTHING_LEFT = re.compile(
    r"[\s.!?,;:)\]>*_~\"”}|。、，]*(?:(?:[#^@+][\w/-]+|[\[(]\w+::[^\])]*[\])]|\w+:\S+|[^\w\s]{1,4})\s*)*"
)
"""What may still follow at the end of a line: tags, anchors, fields, signs."""
