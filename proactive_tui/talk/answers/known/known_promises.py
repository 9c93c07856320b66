"""What the owner promised or owes somebody: told with the word, or without it ("told her she gets a number"). Pure.

Beside the promises that the miners know there are sentences of commitment to a person, and open boxes that hand
somebody something. In a note about a person, that is whom "her" means, and to whom a promise to nobody else was made.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.known.known_list import KnownEntry
from proactive_tui.talk.answers.known.known_tasks import dated_tasks, entry_of_topic, find_boxes
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.named_days import find_named_days
from proactive_tui.text.people import NOT_PERSON_NAMES, PERSON_NAME, find_people
from proactive_tui.text.plain import is_question, plain_line
from proactive_tui.text.sentences import find_sentence_ends
from proactive_tui.topics.cues import PROMISE_CUE
from proactive_tui.topics.memory.mining_memory import names_in_note

OPEN_PROMISE_DAYS = 45
"""A sentence of commitment that names no day is still meant this long after it was written."""
_COMMITS = re.compile(
    r"\b(?:told|assured|said to|agreed with|wrote) (?:him|her|them|(?-i:[A-Z])[\w'’-]+)\b[^.;?!]{0,60}?"
    r"\b(?:I(?:['’](?:d|ll)| would| will)|(?:she|he|they)(?:['’]ll| will| gets?| can have))\b"
    r"|\bI(?: have)? (?:said|told \w+) (?:yes\b|(?:that )?I(?:['’]d|['’]ll| would| will)\b)"
    r"|\bI(?:['’]ve| have)? (?:agreed|committed|offered|volunteered) to\b|\bgave (?:him|her|them|\w+) my word\b"
    r"|\bI(?: still)? owe\b|\bI(?:['’]ll| will)? (?:take|cover) (?:his|her|their|[A-Z][\w-]+['’]s)\b"
    r"|\b(?:waits?|waiting) for (?:it )?from me\b|\b(?:she|he|they|[A-Z][\w-]+) gets? \w+[^.;?!]{0,40} from me\b"
    r"|\bzugesagt\b|\bgesagt,? dass ich\b|\bich schulde\b|\bmein Wort gegeben\b"
    r"|\b(?:bekommt|kriegt)\b[^.;?!]{0,60}\bvon mir\b"
    r"|\bich (?:schicke|bringe|gebe|zeige|schreibe|rufe|helfe|leihe|besorge)\w* (?:ihm|ihr|ihnen|[A-ZÄÖÜ]\w+)\b"
    r"|\bj['’]ai dit (?:à \w+ )?que je\b|\bje (?:lui|leur) (?:envoie|donne|montre|rends|prête|dois|rapporte|écris)\w*"
    r"|\b(?:le|les) (?:dije|he dicho) (?:a \w+ )?que (?:le|les|lo|la|yo|iba)\b"
    r"|\b(?:le|les) (?:debo|mando|envío|doy|llevo|devuelvo|presto)\b|\bquedé en\b",
    re.IGNORECASE,
)
_HANDS_OVER = re.compile(
    rf"^\W*(?:(?:[Ss]end|[Gg]ive|[Ss]how|[Bb]ring|[Ll]end|[Pp]ay|[Ww]rite|[Tt]ell|[Aa]nswer|[Rr]eply to|[Cc]all|[Hh]elp"
    rf"|[Gg]et back to|[Ee]nvoyer à|[Dd]onner à|[Rr]endre à|[Rr]épondre à|[Rr]esponder a|[Ll]lamar a|[Mm]andar a"
    rf"|[Dd]ar a|[Ee]nviar a) {PERSON_NAME}\b"
    r"|[^.;?!]{0,60}?\b(?:to|an|à|a) (?P<to>[A-ZÄÖÜ][\w'’-]+)\b"
    r"|(?P<whom>[A-ZÄÖÜ][\w'’-]+) (?:\S+ ){0,6}"
    r"(?:schicken|geben|zeigen|bringen|antworten|zurückgeben|schreiben|anrufen|helfen)\b)"
)
_OWN_PROMISE = re.compile(
    r"^\W*(?:promised\b|promis\b|prometí|le prometí|versprochen)|\bI promised\b|\bpromised\.|\bversprochen\.",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:done|sent|delivered|kept|paid|update|gave it|erledigt|geschickt|gehalten|fait|envoyé|hecho|enviado)\b"
    r"|~~|✅|\[x\]",
    re.IGNORECASE,
)

_BLOCKS = re.compile(r"^.*\n?(?:(?!\s*(?:[-*+•]|\d+[.)])\s|\s*$|#).*\n?)*", re.MULTILINE)
"""An item or paragraph with the lines that go on with it."""
_BY = re.compile(r"\b(?:by|until|till|before|bis(?: zum)?|vor|avant(?: le)?|d['’]ici|hasta(?: el)?)\s*$", re.IGNORECASE)
"""Before a day: it is done until then. Other days of a sentence tell of something else."""


def find_promises(notes: Mapping[str, Note], topics: Sequence[Topic], at: float) -> list[KnownEntry]:
    """The open promises at `at` (unix seconds), each with its person and, where it has one, its day."""
    own = [note for note in notes.values() if note.origin is None]
    people = frozenset(name for topic in topics for name in topic.people)
    people |= frozenset().union(*map(names_in_note, own)) if own else frozenset()
    people |= {name.split()[0] for name in people if name}
    found = [
        entry_of_topic(topic)
        for topic in topics
        if topic.kind == "task" and topic.detail.promised_to and topic.evidence and not topic.evidence[0].is_others
    ]
    found += _owed_boxes(notes, topics, people)
    for note in own:
        found += _commitments(note, people, local_day(at))
    return _without_repeats(found)


def _owed_boxes(notes: Mapping[str, Note], topics: Sequence[Topic], people: frozenset[str]) -> Iterator[KnownEntry]:
    """The open boxes that hand something to a person."""
    by_day = {(entry.source.path, entry.source.line_start): entry for entry in dated_tasks(notes, topics)}
    for box in find_boxes(notes, is_done=False):
        words = plain_line(box.words)
        match = _HANDS_OVER.match(words)
        person = next(filter(None, match.group("name", "to", "whom")), "") if match else ""
        if person.split()[:1] and person.split()[0] in people - NOT_PERSON_NAMES:
            known = by_day.get((box.source.path, box.source.line_start), box)
            yield replace(known, person=person)


def _commitments(note: Note, people: frozenset[str], today: dt.date) -> Iterator[KnownEntry]:
    """The sentences of a note in which its owner commits to something, for a person, that may still be open."""
    about = _person_of(note)
    boxes = {task.line for task in note.tasks}
    for passage in note.passages:
        if not (_COMMITS.search(passage.text) or PROMISE_CUE.search(passage.text)):
            continue
        for line, last, sentence, following in _split_passage(passage):
            if line in boxes or is_question(sentence) or not _is_commitment(sentence):
                continue
            whom = find_people(sentence, people)
            person = whom[0] if whom else about
            days = list(find_named_days(sentence, local_day(note.date), "day first"))
            due = next((named.day.isoformat() for named in days if _BY.search(sentence[: named.start])), None)
            is_open = (
                any(named.day >= today for named in days) or (today - local_day(note.date)).days <= OPEN_PROMISE_DAYS
            )
            if person and is_open and not _SETTLED.search(f"{sentence} {following}"):
                source = Evidence(
                    path=note.path, line_start=line, line_end=last, text=sentence, heading=passage.heading
                )
                yield KnownEntry(words=sentence, due=due, person=person, source=source)


def _person_of(note: Note) -> str:
    """The person whom a note is about: its title, or the name of its file where the title says more ("Tandem with
    Pilar"); "" for other notes.
    """
    if note.title.strip() not in names_in_note(note):
        return ""
    name = note.title.split("(")[0].strip()
    is_name = all(word[0].isupper() for word in name.split())
    return name if is_name else PurePosixPath(note.path).stem.replace("-", " ").title()


def _is_commitment(sentence: str) -> bool:
    return bool(_COMMITS.search(sentence) or _OWN_PROMISE.search(sentence))


def _split_passage(passage: Passage) -> Iterator[tuple[int, int, str, str]]:
    """The first and last line, the words and what follows in the same paragraph, of each sentence of a passage."""
    first = passage.line_start
    for block in _BLOCKS.finditer(passage.text):
        yield from _split_block(block.group(), first + passage.text.count("\n", 0, block.start()))


def _split_block(block: str, line: int) -> Iterator[tuple[int, int, str, str]]:
    begin = 0
    for end in (*(found.following for found in find_sentence_ends(block)), len(block)):
        words = plain_line(block[begin:end])
        if words:
            first = line + block.count("\n", 0, end - len(block[begin:end].lstrip()))
            last = line + block.count("\n", 0, begin + len(block[begin:end].rstrip()))
            yield first, last, words, plain_line(block[end:])
        begin = end


def _without_repeats(entries: Sequence[KnownEntry]) -> list[KnownEntry]:
    """The entries, each place once, and each promise to a person for a day once: the first says most."""
    kept: dict[tuple[str, str], KnownEntry] = {}
    places: set[tuple[str, int]] = set()
    for at, entry in enumerate(entries):
        lines = {(entry.source.path, line) for line in range(entry.source.line_start, entry.source.line_end + 1)}
        key = (entry.person, entry.due) if entry.due else (entry.person, str(at))
        if key not in kept and not lines & places:
            kept[key] = entry
        places |= lines
    return list(kept.values())
