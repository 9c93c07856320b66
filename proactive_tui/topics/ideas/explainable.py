"""Finds the idea that a note explains; lists, indexes, logs, recipes, appointments and people explain none."""

from __future__ import annotations

import re
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.blocks import Sentence, TextBlock, classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.labels import strip_file_words
from proactive_tui.text.language import detect_language
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.words import WORD_PATTERN, strip_markdown
from proactive_tui.topics.ideas.whole_statements import untied, weigh_statement
from proactive_tui.topics.open_ends.words.done_forms import tells_deed
from proactive_tui.topics.quoting import GENERIC_HEADING, ISO_DATE, WEEKDAY_START

MIN_STATEMENTS = 3
MIN_STATED_WORDS = 40
"""Statements, and words in them, without which a note explains nothing."""
MIN_STATED_SHARE = 0.45
"""Share of a note's words, outside code, that must stand in statements."""
MAX_STATED_WORDS = 5000
"""A longer text is a collection or a book: no single idea."""
MIN_STATEMENT_WORDS = 6
MAX_STATEMENT_WORDS = 60
MIN_FUNCTION_WORDS = 2
"""Words like *the* and *that*, beyond which a line without a full stop is a statement and no entry of a list."""
MIN_LIST_ROWS = 3
"""Rows (entries with a date, quantities) from which a note may be a log or a recipe."""
MAX_ROW_SHARE = 0.3
MIN_SHORT_WORDS = 16
"""Words in statements of a shorter note, which explains something only where one statement says it well."""
MIN_WORTH, MIN_SHORT_WORTH = 0.5, 0.64
"""How well (0..1) one statement must say the idea, in a note of `MIN_STATEMENTS` and in a shorter one."""
PLACE_COST, ITEM_COST = 0.02, 0.05
MAX_GIST_STATEMENTS = 20  # a note says near its beginning what it is about
MAX_GIST_LINES = 8

_FUNCTION_WORDS = frozenset(word for lexicon in LEXICONS.values() for word in lexicon.function if len(word) > 1)
_CJK_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
MIN_CJK_STATEMENT = 14
CJK_LETTERS_PER_WORD = 2

_LINK_OR_ADDRESS = re.compile(r"!?\[\[[^\]]*\]\]|!?\[[^\[\]·]*·+|!?\[[^\]]*\]\([^)]*\)|<?https?://[^\s>)]+>?|·+")
"""A link; its address may be masked already (`text.blocks.mask_text`)."""
_CHECKBOX = re.compile(
    r"^\s*(?:[-*+]|\d+[.)])\s+\[.\]|^\s*(?:[-*+]\s+)?(?:TODO|DOING|DONE|NOW|LATER|WAITING|CANCELL?ED)\b"
)
_BULLET = re.compile(r"^\s*(?:>\s*)*(?:[-*+•–]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)*[*_]*")
_MONTH_STEM = (
    r"(?:jan|feb|mar|mär|apr|ma[iyj]|jun|jul|aug|sep|o[kc]t|nov|de[cz]|ene|abr|ago|dic|gen|giu|lug|set|ott|fév|avr"
    r"|juin|juil|août|fev|out|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru)[^\W\d]*\.?"
)
_DATE = (
    r"(?:\d{4}[-./_]\d\d?(?:[-./_]\d\d?)?|\d\d?[-./]\d\d?(?:[-./]\d{2,4})?\.?(?=\W|$)"
    rf"|\d\d?\.?\s+(?:de\s+)?{_MONTH_STEM}(?:\s+(?:de\s+)?\d{{4}})?|{_MONTH_STEM}\s+\d\d?(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|\d{4}年|\d\d?月\d\d?日)"
)
_DATED_ROW = re.compile(rf"^\W*(?:\[\[)?(?:{_DATE}|\d\d?:\d\d\b|\d\d?[hH]\d\d\b)", re.IGNORECASE)
_TITLE_DATE = re.compile(rf"(?<![\w.]){_DATE}", re.IGNORECASE)
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d\W*$")
_UNIT = (
    r"(?:g|kg|mg|ml|cl|dl|l|oz|lbs?|cups?|tsps?|tbsps?|teaspoons?|tablespoons?|pinch(?:es)?|cloves?|slices?"
    r"|cans?|handful"
    r"|el|tl|msp|prisen?|stück|zehen?|dosen?|cuillères?|cuil|pincées?|gousses?|tranches?|tazas?|cucharadas?"
    r"|cucharaditas?"
    r"|dientes?|cucchia(?:i|ini|io|ino)|spicchi|łyżk[ai]|łyżeczk[ai]|szklank[ai]|szczypt[ay]|eetlepels?"
    r"|theelepels?|xícaras?"
    r"|colher(?:es)?|克|グラム|カップ)"
)
_QUANTITY_ROW = re.compile(
    rf"^\W*(?:(?:\d+(?:[.,/]\d+)?|[½¼¾⅓⅔]|(?:an?|eine?|une?|un[ao])\s)\s*[-–]?\s*)+{_UNIT}\b"
    r"|^\W*(?:大さじ|小さじ)"
    rf"|(?:\d+|[½¼¾])\s*(?:g|kg|ml|dl|l|克|グラム|カップ|個|本)\s*$",
    re.IGNORECASE,
)
_COUNTED_THING = re.compile(r"(?:\d+(?:[.,/]\d+)?|[½¼¾⅓⅔])\s+[^\W\d_]{3}")
MAX_INGREDIENT_WORDS = 12
_FIELD_ROW = re.compile(r"^\W*[^\W\d][\w -]{0,24}(?:\*\*|__)?\s*(?:::|:(?:\*\*|__)?\s)\W*")
_TAG_FIRST = re.compile(r"^#[^\W\d]")

_LIST_TITLE = re.compile(
    r"^\W*(?:(?:my |the |meine |mes |mis |i miei |moje )?(?:(?:reading|shopping|packing|watch|wish|bucket"
    r"|grocery|to-?do|play)[ -]?)?lists?"
    r"|index|toc|home(?:page)?|start(?: here)?|dashboard|moc|maps? of content|inbox|scratch(?:pad)?"
    r"|untitled.*|test\d*|temp|tmp|notepad|snippets?|thoughts?|brain ?dumps?|random(?: notes| thoughts)?|drafts?"
    r"|braindump|notizblock|gedanken|brouillon|borrador"
    r"|links?|bookmarks?|resources?|references?|bibliography|glossary|contacts?|people|faq"
    r"|einkaufsliste|packliste|leseliste|liste|lesezeichen|kontakte|quellen"
    r"|liste de courses|liens|signets|lista(?: de la compra| della spesa| zakupów)?|enlaces|contactos|links úteis"
    r"|boodschappenlijst|lijst|zakładki|kontakty|リンク(?:集)?|買い物リスト|目次|索引|链接|购物清单|目录)\W*$"
    r"|\b(?:MOC|index|table of contents|reading list|link collection|linksammlung)\W*$"
    r"|\b(?:lists? of|achievements?|accomplishments|wins|changelog|release notes|roadmap|backlog|resume|cv"
    r"|lebenslauf)\b",
    re.IGNORECASE,
)
_OCCASION_TITLE = re.compile(
    r"\b(?:meetings?|1[:-]1|one[- ]on[- ]one|stand-?ups?|retro(?:spective)?s?|appointments?|minutes of|agenda|kick-?off"
    r"|follow[ -]?ups?|catch[ -]?ups?"
    r"|interviews? (?:with|questions?|notes)|(?:phone|job) interviews?"
    r"|call with|sync with|lunch with|dinner with|visit to the (?:doctor|dentist)"
    r"|besprechung\w*|sitzung\w*|meeting\w*|termine?|arzttermin|telefonat|tagesordnung|elternabend"
    r"|réunion|compte[- ]rendu|rendez-vous|ordre du jour|entretien avec|reunión|reunion|acta|cita con|orden del día"
    r"|riunione|appuntamento|verbale|ordine del giorno|reunião|ata da|consulta com|vergadering|afspraak|notulen"
    r"|spotkanie|zebranie|wizyta u)\b|会議|打ち合わせ|議事録|会议|纪要|预约|面談",
    re.IGNORECASE,
)
_LOG_TITLE = re.compile(
    r"^\W*(?:(?:work|dev|training|food|run(?:ning)?|dream|change|daily|weekly|monthly|reading"
    r"|gratitude)?[ -]?(?:log|journal|diary|notes?|review)"
    r"|logs?|journal|diary|tagebuch|protokoll|logbuch|wochenrückblick|journal de bord|carnet|diario|bitácora"
    r"|registro|dagboek|logboek"
    r"|dziennik|pamiętnik|diário|日記|日志|日记|ログ)[\W\d]*(?:week|w|kw|day|woche|semaine|semana|settimana)?[\W\d]*$"
    r"|\b(?:week|kw|woche|semaine|semana|settimana|tydzień|sprint)\s*(?:of\b|\d)|\bw\d\d?\b|^\W*(?:19"
    r"|20)\d\d\W*$|第\d+週",
    re.IGNORECASE,
)
_FILE_TITLE = re.compile(r"^\s*file:|\.(?:md|txt|pdf|docx?|html?|csv|json|png|jpe?g)\W*$|^\s*https?:", re.IGNORECASE)
_DONE_STATES = frozenset(
    ("done", "completed", "complete", "finished", "closed", "archived", "cancelled", "canceled", "erledigt", "terminé")
)
_CONTACT_FIELDS = frozenset(
    ("email", "e-mail", "phone", "tel", "telefon", "mobile", "birthday", "geburtstag", "address")
)
_OCCASION_FIELDS = frozenset(
    ("attendees", "participants", "teilnehmer", "participantes", "location", "start", "starttime")
)
PERSON_TAGS = frozenset(("people", "person", "contact", "contacts", "kontakt"))
OCCASION_FOLDERS = frozenset(("meetings", "meeting", "besprechungen", "termine", "réunions", "reuniones", "calendar"))


class _Statement(NamedTuple):
    """A sentence that says something; `words` counts those outside links."""

    sentence: Sentence
    words: int
    block: TextBlock


class ExplainedIdea(NamedTuple):
    """The idea that a note explains: the lines that say most of it, the sentence in them without markup, and how well
    (0..1) that says it.
    """

    evidence: Evidence
    said: str
    worth: float


def find_explained_idea(note: Note) -> ExplainedIdea | None:
    """The idea that a note explains; None where it explains none.

    A note explains an idea where most of it is statements, one of them says it whole and by itself (`weigh_statement`),
    and neither its title nor its properties say that it is a list, a log, an appointment, a person or done.
    """
    if not may_explain(note):
        return None
    statements, all_words, rows, blocks = _read_statements(note)
    stated = sum(statement.words for statement in statements)
    if not statements or stated > MAX_STATED_WORDS or stated < MIN_SHORT_WORDS:
        return None
    if stated < MIN_STATED_SHARE * all_words or (rows >= MIN_LIST_ROWS and rows > MAX_ROW_SHARE * blocks):
        return None
    best = _choose_gist(note, statements)
    is_long = len(statements) >= MIN_STATEMENTS and stated >= MIN_STATED_WORDS
    if best is None or best.worth < (MIN_WORTH if is_long else MIN_SHORT_WORTH):
        return None
    return best


def states_something(text: str) -> bool:
    """Whether a line or a paragraph, quoted from a note, says something in a sentence."""
    lines = [line for line in text.splitlines() if not _CHECKBOX.match(line) and not _QUANTITY_ROW.match(line)]
    return _count_statement_words(strip_markdown(" ".join(lines)), "") > 0


def may_explain(note: Note) -> bool:
    """Whether title, properties, tags and folder leave it open that the note explains something."""
    title = strip_markdown(note.title).strip()
    if not re.search(r"[^\W\d_]{2}|" + _CJK_RUN.pattern, title):
        return False
    if GENERIC_HEADING.match(title) or any(
        pattern.search(title) for pattern in (_LIST_TITLE, _OCCASION_TITLE, _LOG_TITLE, _FILE_TITLE)
    ):
        return False
    if _OCCASION_TITLE.search(strip_file_words(note.path.rpartition("/")[2])):
        return False
    weekday = WEEKDAY_START.match(title) and re.search(r"\d", title)
    named_day = weekday or ISO_DATE.search(title) or _TITLE_DATE.search(note.title)
    others = len(re.findall(r"[^\W\d_]+", title))
    if (named_day and others <= 4) or (_YEAR_AT_END.search(title) and others <= 3):
        return False
    keys = {key.lower(): value.strip().lower() for key, value in note.properties.items()}
    folders = {folder.lower() for folder in note.path.split("/")[:-1]}
    return not (
        keys.get("status", "") in _DONE_STATES
        or keys.get("type", "") in {"person", "meeting", "contact", "recipe", "daily", "moc", "index", "log"}
        or len(_CONTACT_FIELDS & keys.keys()) >= 2
        or len(_OCCASION_FIELDS & keys.keys()) >= 2
        or PERSON_TAGS & {tag.lower() for tag in note.tags}
        or any(OCCASION_FOLDERS & {folder, *re.split(r"[\s_-]+", folder)} for folder in folders)
    )


def _read_statements(note: Note) -> tuple[list[_Statement], int, int, int]:
    """The statements of a note, its words outside code, its rows of a log or a recipe, and its blocks."""
    statements: list[_Statement] = []
    all_words = rows = blocks = 0
    for block in split_blocks(note):
        if block.role in ("code", "rule", "blank"):
            continue
        text = "\n".join(line.text for line in block.lines)
        if block.role == "heading":
            rows += bool(_DATED_ROW.match(_BULLET.sub("", text)))
            continue
        blocks += 1
        all_words += len(WORD_PATTERN.findall(text)) + len(_CJK_RUN.findall(text)) // CJK_LETTERS_PER_WORD
        if block.role in ("table", "quote") or _is_row(block):
            rows += block.role in ("item", "prose")
            continue
        if not _CHECKBOX.match(block.lines[0].text):
            statements += _block_statements(block)
    return statements, all_words, rows, blocks


def _is_row(block: TextBlock) -> bool:
    """Whether a block is an entry of a log (it begins with a day or a time) or of a recipe (with a quantity)."""
    entry = _BULLET.sub("", block.lines[0].text)
    is_short = len(WORD_PATTERN.findall(entry)) <= MAX_INGREDIENT_WORDS and not entry.rstrip().endswith(
        (".", "!", "。")
    )
    return bool(
        _DATED_ROW.match(entry)
        or _QUANTITY_ROW.search(entry)
        or (block.role == "item" and is_short and _COUNTED_THING.match(entry))
    )


def _block_statements(block: TextBlock) -> list[_Statement]:
    found = []
    for sentence in split_sentences(block):
        words = _count_statement_words(_BULLET.sub("", sentence.masked), sentence.text)
        stops = max(1, sentence.text.count("。"))  # no blank follows these, so they cut no sentence
        if words and not tells_deed(strip_markdown(sentence.text)):
            found += [_Statement(sentence, words // stops, block)] * stops
    return found


def _count_statement_words(masked: str, text: str) -> int:
    """The words outside links of a sentence that says something; 0 for a question, a name, a field, a list of links."""
    own = _LINK_OR_ADDRESS.sub(" ", masked).strip()
    end = own.rstrip("*_`\"'”»)] ")
    letters = len(_CJK_RUN.findall(own))
    if not own or end.endswith(("?", "？", "؟", ":", "：")) or _TAG_FIRST.match(own) or "::" in own:
        return 0
    if letters >= MIN_CJK_STATEMENT:
        return letters // CJK_LETTERS_PER_WORD
    words = WORD_PATTERN.findall(own)
    linked = len(WORD_PATTERN.findall(text)) - len(words) if text else 0
    if not MIN_STATEMENT_WORDS <= len(words) <= 2 * MAX_STATEMENT_WORDS or linked > 1.5 * len(words):
        return 0
    if _FIELD_ROW.match(own) and len(words) < 2 * MIN_STATEMENT_WORDS:
        return 0
    content = [word for word in words[1:] if word.lower() not in _FUNCTION_WORDS]
    if not any(word[0].islower() for word in content):
        return 0  # the name of a book or a film
    stops = end.endswith((".", "!", "…", ";"))
    return len(words) if stops or len(words) - len(content) > MIN_FUNCTION_WORDS else 0


def _choose_gist(note: Note, statements: list[_Statement]) -> ExplainedIdea | None:
    """The statement that says most by itself; of those that say as much, the one that stands nearer the beginning."""
    title = frozenset(word for word in WORD_PATTERN.findall(note.title.lower()) if len(word) > 3)
    language = next(filter(None, (detect_language(passage.prose) for passage in note.passages[:2])), "")
    best: tuple[float, float, str, _Statement] | None = None
    for place, statement in enumerate(statements[:MAX_GIST_STATEMENTS]):
        words = untied(strip_markdown(statement.sentence.text))
        worth = 0.0 if _is_field(statement) else weigh_statement(words, title, language)
        order = worth - PLACE_COST * place - ITEM_COST * (statement.block.role == "item")
        if worth and (best is None or order > best[0]):
            best = order, worth, words, statement
    return ExplainedIdea(_quote_whole(note, best[3]), best[2], best[1]) if best else None


def _is_field(statement: _Statement) -> bool:
    text = _BULLET.sub("", statement.sentence.masked)
    return len(WORD_PATTERN.findall(text)) > MAX_STATEMENT_WORDS or bool(_FIELD_ROW.match(text))


def _quote_whole(note: Note, statement: _Statement) -> Evidence:
    """The lines of a statement, with those before and after it that hold the rest of a sentence on its lines."""
    first, last = statement.sentence.line_start, statement.sentence.line_end
    every = split_sentences(statement.block)
    for sentence in reversed(every):
        if sentence.line_end == first and sentence.line_start < first and last - sentence.line_start < MAX_GIST_LINES:
            first = sentence.line_start
    for sentence in every:
        if sentence.line_start == last and sentence.line_end > last and sentence.line_end - first < MAX_GIST_LINES:
            last = sentence.line_end
    return quote_lines(classify_lines(note), first, last, note.path, statement.sentence.text)
