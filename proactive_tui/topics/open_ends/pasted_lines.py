"""Finds what was pasted into a note: mail, chats, transcripts, answers of a language model, the output of programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from proactive_tui.text.blocks import SourceLine
from proactive_tui.topics.open_ends.voices import Voice, VoicedLines

MAIL_HEADER = re.compile(
    r"^\W*(from|to|cc|sent|date|subject|von|an|gesendet|datum|betreff|de|à|objet|envoyé|para|asunto|enviado|da|oggetto"
    r"|inviato|van|aan|onderwerp|verzonden|od|do|temat|assunto|件名|差出人|宛先)\W{0,3}:\W{0,3}\s*\S",
    re.IGNORECASE,
)
MAIL_SUBJECT = {"subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "temat", "assunto", "件名"}
MAIL_SENDER = {"from", "von", "de", "da", "van", "od", "差出人"}
FORWARD_LINE = re.compile(
    r"^\W*(?:-+ ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)"
    r"|on .{6,80} wrote:|am .{6,80} schrieb .{2,60}:|le .{6,80} a écrit ?:|el .{6,80} escribió:)\W*",
    re.IGNORECASE,
)
SALUTATION = re.compile(
    r"^(?:dear|hi|hello|hey|sehr geehrte[r]?|liebe[r]?|hallo|bonjour|cher|chère|hola|estimad[oa]|ciao|gentile|beste"
    r"|olá"
    r"|prezado)\b[^.!?:]{0,40}[,!]\s*$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^(?:best|kind|warm)? ?(?:regards|wishes)|^(?:best|thanks|cheers|sincerely|mit freundlichen grüßen|viele grüße"
    r"|liebe grüße"
    r"|cordialement|bien à vous|saludos|cordiali saluti|met vriendelijke groet|atenciosamente)\b[^.?]{0,20},?\s*$",
    re.IGNORECASE,
)
CHAT_LINE = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:\[?\(?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?\)?\]?\s*(?:[-–]\s*)?"
    r"[*_<]{0,3}[^\W\d_][\w .'-]{0,30}[>*_]{0,3}:\s+\S"
    r"|[*_]{0,3}[^\W\d_][\w .'-]{0,30}[*_]{0,3}\s+[\[(]?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?[\])]?[:*_]{0,4}(?:\s"
    r"|$)|<[\w.-]{2,20}>\s+\S)"
)
TRANSCRIPT_LINE = re.compile(
    r"^\s*(?:[-*+]\s+)?[\[(]?(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d+)?[\])]?(?:\s*-->.*|\s*[-–]?\s+\D.{30,}|\s*)$"
)
SPEAKER_LINE = re.compile(
    r"^\s*(?:[-*+>]\s+)?(?:\*\*|__)?([A-ZÀ-ÖØ-Þ][\w.'-]*(?: [A-ZÀ-ÖØ-Þ][\w.'-]*){0,2})(?:\*\*|__)?:(?:\*\*"
    r"|__)?\s+(\S.*)$"
)
FIELD_WORDS = frozenset(
    [
        "date",
        "time",
        "context",
        "note",
        "notes",
        "related",
        "status",
        "title",
        "author",
        "source",
        "tags",
        "topic",
        "goal",
        "result",
        "results",
        "outcome",
        "problem",
        "fix",
        "cause",
        "root",
        "expected",
        "actual",
        "example",
        "examples",
        "summary",
        "pros",
        "cons",
        "todo",
        "next",
        "step",
        "steps",
        "why",
        "how",
        "what",
        "when",
        "where",
        "who",
        "files",
        "branch",
        "commit",
        "version",
        "location",
        "attendees",
        "present",
        "absent",
        "agenda",
        "action",
        "actions",
        "decision",
        "decisions",
        "question",
        "answer",
        "q",
        "a",
        "user",
        "path",
        "url",
        "link",
        "email",
        "phone",
        "address",
        "price",
        "total",
        "update",
        "edit",
        "ps",
        "nb",
        "warning",
        "tip",
        "important",
        "motivation",
        "background",
        "idea",
        "plan",
        "impact",
        "risk",
        "option",
        "deadline",
        "due",
        "owner",
        "priority",
        "type",
        "name",
        "description",
        "input",
        "output",
        "usage",
        "requirements",
        "task",
        "day",
        "datum",
        "zeit",
        "ort",
        "ziel",
        "problem",
        "lösung",
        "frage",
        "antwort",
        "thema",
    ]
)
AI_SPEAKER = re.compile(
    r"^\W*(?:(?:you|chatgpt|claude|gemini|copilot|gpt-?4\w*|assistant|deepseek) said\b|(?:chatgpt|claude|gemini"
    r"|copilot|assistant"
    r"|gpt|ai|bot|deepseek|llama|bard)\W{0,4}:|#+\s*(?:prompt|response|answer from chatgpt|chatgpt|claude|gemini)\W*$)",
    re.IGNORECASE,
)
AI_OPENING = re.compile(
    r"^\W*(?:sure|certainly|of course|absolutely|great question|good question)[!,.—-].{0,40}\b(?:here|let|i|this|below"
    r"|that|you)\b"
    r"|^\W*(?:sure|certainly|absolutely|great question)!|^\W*as an ai\b|^\W*natürlich! hier|^\W*bien sûr ! voici"
    r"|^\W*¡(?:claro|por supuesto)!"
    r"|^\W*here(?:'s| is) (?:a|an|the|your) (?:\w+[ -]){0,6}(?:list|guide|breakdown|summary|overview|plan|version"
    r"|outline|script|table)\b.{0,80}:\W*$",
    re.IGNORECASE,
)
AI_CLOSING = re.compile(
    r"\b(?:let me know if you(?:'d like| would like| want| need| have)|would you like (?:me )?to|do you want me to"
    r"|i hope this helps"
    r"|feel free to ask|happy to help|shall i (?:proceed|continue)|sag mir bescheid, wenn|möchtest du, dass ich"
    r"|souhaitez-vous que je|¿quieres que|if you want, i can)\b",
    re.IGNORECASE,
)
LOG_LINE = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec) +\d+ \d\d:\d\d|(?:INFO|WARN(?:ING)?|ERROR|DEBUG)\b[ :\[]|Traceback \(most|  File \"|\s+at [\w.$]+\()"
)
MAIL_HINTS = (
    *("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "temat", "assunto", "件名", "wrote:", "schrieb"),
    *(
        "a écrit",
        "escribió",
        " message",
        "nachricht",
        "mensaje",
        "regards",
        "wishes",
        "grüße",
        "cordialement",
        "saludos",
    ),
    *("saluti", "groet", "atenciosamente", "sincerely", "cheers", "thanks", "best", "sent:", "from:"),
)
MODEL_CLOSING_HINTS = (
    *("let me know", "would you like", "do you want me", "hope this", "feel free", "happy to help", "shall i"),
    *("bescheid, wenn", "möchtest du", "souhaitez", "¿quieres", "if you want"),
)
MODEL_HINTS = (
    *(
        "gpt",
        "claude",
        "gemini",
        "copilot",
        "assistant",
        "deepseek",
        "llama:",
        "bard:",
        "ai:",
        "bot:",
        "you said",
        "sure",
    ),
    *(
        "certainly",
        "of course",
        "absolutely",
        "question",
        "natürlich!",
        "bien sûr",
        "¡claro",
        "¡por supuesto",
        "here's",
    ),
    *("here is", "as an ai", "# prompt", "# response"),
    *MODEL_CLOSING_HINTS,
)
"""What a note in lower case holds where one of its lines may be a mail, or a language model's: a cheap test of all."""
LOG_HINT = re.compile(r"\d\d:\d\d:\d\d|\d[T ]\d\d:\d\d|INFO|WARN|ERROR|DEBUG|Traceback|\bat [\w.$]+\(")
LOG_WORDS = ("INFO", "WARN", "ERROR", "DEBUG", "Traceback")
CALLED_AT = re.compile(r"at [\w.$]+\(")
CLOCK_TIME = re.compile(r"\d:\d\d")


def find_pasted_lines(lines: Sequence[SourceLine], whole: str) -> Iterator[VoicedLines]:
    """The pasted lines among these, whose text is `whole`."""
    low = whole.lower()
    if any(hint in low for hint in MAIL_HINTS):
        yield from _find_mail(lines)
    if low.count(": ") + low.count(":**") + len(CLOCK_TIME.findall(low)) >= 2:
        yield from _find_dialogues(lines)
    if any(hint in low for hint in MODEL_HINTS):
        yield from _find_model_answers(lines, may_close=any(hint in low for hint in MODEL_CLOSING_HINTS))
    if _may_be_log(whole):
        yield from _find_log_dumps(lines)


def _may_be_log(whole: str) -> bool:
    """Whether a text may hold the output of a program: cheaper tests first."""
    may_be = CLOCK_TIME.search(whole) or any(word in whole for word in LOG_WORDS) or CALLED_AT.search(whole)
    return bool(may_be and LOG_HINT.search(whole))


def _find_mail(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    """Mail: a block of headers with sender and subject, or a line that says who wrote; down to the next heading."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if FORWARD_LINE.match(line.text):
            end = _section_end(lines, place)
            yield VoicedLines(line.number, lines[end].number, "pasted", 0.15, "a mail that was answered or forwarded")
            place = end + 1
            continue
        keys: set[str] = set()
        last = place
        while last < len(lines) and last < place + 7 and (header := MAIL_HEADER.match(lines[last].text)):
            keys.add(header[1].lower())
            last += 1
        if len(keys) >= 2 and keys & MAIL_SENDER and (keys & MAIL_SUBJECT or len(keys) >= 3):
            end = _section_end(lines, last - 1)
            yield VoicedLines(line.number, lines[end].number, "pasted", 0.15, "a mail")
            place = end + 1
            continue
        if SALUTATION.match(line.text.strip()) and line.role == "prose":
            closing = next(
                (at for at in range(place + 1, min(place + 40, len(lines))) if CLOSING.match(lines[at].text.strip())),
                None,
            )
            if closing is not None:
                yield VoicedLines(line.number, lines[closing].number, "pasted", 0.3, "a letter")
                place = closing + 1
                continue
        place += 1


def _section_end(lines: Sequence[SourceLine], place: int) -> int:
    """The place of the last line of the section that a line stands in."""
    heading = lines[place].heading
    end = place
    while end + 1 < len(lines) and lines[end + 1].heading == heading and lines[end + 1].role != "heading":
        end += 1
    return end


def _find_dialogues(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    """Chats and transcripts: lines with times or speakers, and what stands between them."""
    chat = [place for place, line in enumerate(lines) if _may_be_said(line) and CHAT_LINE.match(line.text)]
    yield from _runs(lines, chat, 3, "pasted", 0.15, "a chat")
    transcript = [place for place, line in enumerate(lines) if ":" in line.text and TRANSCRIPT_LINE.match(line.text)]
    yield from _runs(lines, transcript, 3, "clipped", 0.15, "a transcript")
    speakers = [
        (place, found[1], found[2])
        for place, line in enumerate(lines)
        if ":" in line.text and (found := SPEAKER_LINE.match(line.text))
    ]
    speakers = [row for row in speakers if row[1].lower().split()[0] not in FIELD_WORDS]
    counts = Counter(name for _, name, _ in speakers)
    talk = [
        place
        for number, (place, name, said) in enumerate(speakers)
        if counts[name] >= 2
        or (said.rstrip("*_ ").endswith("?") and number + 1 < len(speakers) and speakers[number + 1][0] == place + 1)
        or (number and speakers[number - 1][0] == place - 1 and speakers[number - 1][2].rstrip("*_ ").endswith("?"))
    ]
    names = {name for place, name, _ in speakers if place in set(talk)}
    if len(names) >= 2:
        yield from _runs(lines, talk, 2, "pasted", 0.25, "a conversation of several people", gap=2)


def _may_be_said(line: SourceLine) -> bool:
    """Whether a line may be one of a chat: it has a colon, or a name in angle brackets."""
    return ":" in line.text or "<" in line.text


def _runs(
    lines: Sequence[SourceLine],
    places: Sequence[int],
    least: int,
    voice: Voice,
    own: float,
    shown_by: str,
    gap: int = 4,
) -> Iterator[VoicedLines]:
    """Runs of at least `least` of these places with at most `gap` lines between two."""
    run: list[int] = []
    for place in [*places, len(lines) + gap + 2]:
        if run and place - run[-1] > gap:
            if len(run) >= least:
                yield VoicedLines(lines[run[0]].number, lines[run[-1]].number, voice, own, shown_by)
            run = []
        run.append(place)


def _find_model_answers(lines: Sequence[SourceLine], *, may_close: bool) -> Iterator[VoicedLines]:
    """Answers of a language model: from a line that says so to the end of the section, and its offers to go on, of
    which there are none unless `may_close`.
    """
    place = 0
    while place < len(lines):
        line = lines[place]
        if AI_SPEAKER.match(line.text):
            end = _chat_end(lines, place) if "said" in line.text.lower() else _section_end(lines, place)
            yield VoicedLines(line.number, lines[end].number, "pasted", 0.15, "an answer of a language model")
            place = end + 1
            continue
        if AI_OPENING.match(line.text) and line.role in ("prose", "item"):
            end = _section_end(lines, place)
            closed = next((at for at in range(place, len(lines)) if AI_CLOSING.search(lines[at].text)), end)
            yield VoicedLines(
                line.number, lines[max(end, closed)].number, "pasted", 0.2, "an answer of a language model"
            )
            place = max(end, closed) + 1
            continue
        if may_close and AI_CLOSING.search(line.text):
            yield VoicedLines(line.number, line.number, "pasted", 0.15, "an offer of a language model")
        place += 1


def _chat_end(lines: Sequence[SourceLine], place: int) -> int:
    """The place of the last line of a pasted chat with a model: answers have headings, too, but no boxes below them."""
    end = _section_end(lines, place)
    while end + 1 < len(lines):
        following = _section_end(lines, end + 1)
        if any("[ ]" in line.text or "TODO" in line.text for line in lines[end + 1 : following + 1]):
            break
        end = following
    return end


def _find_log_dumps(lines: Sequence[SourceLine]) -> Iterator[VoicedLines]:
    places = [place for place, line in enumerate(lines) if line.role == "prose" and LOG_LINE.match(line.text)]
    yield from _runs(lines, places, 4, "generated", 0.1, "the output of a program", gap=2)
