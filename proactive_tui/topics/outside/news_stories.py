"""Finds the stories that meet the owner: those that bear on lines of the notes. All others stay out of sight.

A story that is missed costs nothing, since its feed is read elsewhere too; one that has nothing to do with the notes it
names makes every later one less welcome.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from msgspec import structs

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.sources.feeds.story_identity import same_share, sketch_words
from proactive_tui.sources.feeds.story_links import comparable_address
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.words import WORD_PATTERN, normalize_text, shorten_text, strip_markdown, word_set
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.note_ties import find_note_ties, quote_tie
from proactive_tui.topics.outside.tie_index import NoteTie
from proactive_tui.topics.outside.tie_terms import text_terms
from proactive_tui.topics.quoting import hash_parts, name_note, topic_id
from proactive_tui.topics.relations.quoted_sentences import read_sentences
from proactive_tui.units import SECONDS_PER_DAY

StoryMeeting = Literal["person", "theme", "learning", "note"]
"""What of the owner's a story meets: somebody with a note, lines of these weeks, a subject being learned, or a line."""

STORY_DAYS = 7.0
"""Days after which a story is no news."""
STORY_HALF_LIFE_DAYS = 3.0
MIN_STORY_STRENGTH = 0.5
"""Strength of a tie (see `NoteTie`) from which a story is worth a word."""
MIN_STORY_WORDS = 12
"""Words of a story below which nobody can tell what it is about."""
MAX_STORY_TOPICS = 12
MAX_STORIES_PER_NOTE = 2
MAX_TIED_NOTES = 2
MAX_COMPARED_TIES = 8
MAX_STORIES = 150
"""Stories that are compared with the notes, the newest."""
MAX_STORY_PASSAGES = 3
"""Passages of a story that are compared, its first: what it is about stands there."""
MIN_COPY_SHARE = 0.25
"""Share of the runs of words of their beginnings that a story and a note have in common where one is the other."""
STORY_FOCUS_CHARACTERS = 500
"""Characters of the beginning of a story in which it says what it is about."""
MIN_QUOTED_WORDS, MAX_QUOTED_WORDS = 5, 60
"""Words of the lines of a note that are quoted: fewer say nothing, and more are not read."""
OLD_LINE_SHARE = 0.75
"""Share of its worth that a story keeps which meets lines older than these weeks."""
LEARNING_FOLDERS = word_set(
    "til learn learning learned course courses lecture lectures lesson lessons study studies book books reading paper"
    " papers kurs kurse lernen vorlesung cours lectures curso cursos libros livres bücher"
)
_CODE_SIGN = re.compile(r"\w[_./:]\w{2,}|[a-z][A-Z]")
_UNREADABLE = re.compile(r"^\s*(?:```|~~~|\||    \S|\t)|!\[|[{}\\$]", re.MULTILINE)
"""Code, tables and pictures, which say nothing when they are read aloud."""
_WRITTEN_ADDRESS = re.compile(r"https?://[^\s<>)\]\"']{4,500}")


class StoryMatch(NamedTuple):
    """A passage of the notes that a story bears on, what both are about, and the lines to quote of each."""

    tie: NoteTie
    concepts: tuple[str, ...]
    told: Evidence
    noted: Evidence


class MetStory(NamedTuple):
    """A story with what it bears on, strongest first."""

    item: Note
    matches: list[StoryMatch]


def mine_news(context: MiningContext, at: float) -> list[Topic]:
    """The stories of the last days that bear on the notes, at most `MAX_STORY_TOPICS`, the strongest first."""
    known = _written_addresses(context.notes.values())
    met = [
        MetStory(item, matches)
        for item in _newest_stories(context, at)
        if item.origin is not None and comparable_address(item.origin.address) not in known
        if (matches := match_story(item, context, at))
    ]
    topics = (
        context.failures.attempt("news", story.item.path, None, _story_topic, story, context, at) for story in met
    )
    ordered = sorted((topic for topic in topics if topic is not None), key=lambda topic: (-topic.salience, topic.id))
    return _spread_over_notes(ordered)[:MAX_STORY_TOPICS]


def _newest_stories(context: MiningContext, at: float) -> list[Note]:
    stories = context.items_of("news").items.values()
    return sorted((item for item in stories if is_fresh_story(item, at)), key=lambda item: (-item.date, item.path))[
        :MAX_STORIES
    ]


def is_fresh_story(item: Note, at: float) -> bool:
    """Whether a story is of the last days and says enough to be understood."""
    words = item.properties.get("words", "")
    long_enough = not words.isdecimal() or int(words) + len(item.title.split()) >= MIN_STORY_WORDS
    return at - item.date <= STORY_DAYS * SECONDS_PER_DAY and long_enough


def _written_addresses(notes: Iterable[Note]) -> frozenset[str]:
    """The pages that the notes name already: the owner knows them."""
    found = (
        match[0] for note in notes for passage in note.passages for match in _WRITTEN_ADDRESS.finditer(passage.text)
    )
    return frozenset(map(comparable_address, found)) - {""}


def match_story(item: Note, context: MiningContext, at: float) -> list[StoryMatch]:
    """What of the notes a story bears on: what it is about itself, and not what it mentions by the way."""
    start = structs.replace(item, passages=item.passages[:MAX_STORY_PASSAGES])
    ties = [tie for tie in find_note_ties(start, context, MAX_COMPARED_TIES) if tie.strength >= MIN_STORY_STRENGTH]
    ties = [tie for tie in ties if not _is_copy(item, context.notes[tie.passage.path])]
    if not ties:
        return []
    of_feed = _feed_terms(item)
    beginning = _story_beginning(item)
    found = (_match_tie(item, tie, beginning, of_feed, context, at) for tie in ties)
    unique = {match.tie.passage.path: match for match in reversed([match for match in found if match is not None])}
    return list(unique.values())[::-1][:MAX_TIED_NOTES]


def _is_copy(item: Note, note: Note) -> bool:
    """Whether a story is the owner's own note, published, or the note a copy of the story."""
    return normalize_text(item.title) == normalize_text(note.title) or (
        same_share(_sketch_note(item), _sketch_note(note)) >= MIN_COPY_SHARE
    )


def _sketch_note(note: Note) -> list[int]:
    return sketch_words([word.lower() for passage in note.passages[:3] for word in WORD_PATTERN.findall(passage.prose)])


def _match_tie(
    item: Note, tie: NoteTie, beginning: str, of_feed: frozenset[str], context: MiningContext, at: float
) -> StoryMatch | None:
    note = context.notes[tie.passage.path]
    concepts = merge_adjacent(distinct_concepts(tie.shared, of_feed), tie.passage.text, f"{item.title} {beginning}")
    named = " ".join((note.title, *tie.passage.heading))
    recent = at - context.passage_written_at(tie.passage) <= context.theme_days * SECONDS_PER_DAY
    about = [
        concept
        for concept in concepts
        if is_subject(concept, item.title, beginning)
        and (
            is_subject(concept, named, tie.passage.text)
            or (_holds_concept(item.title, concept) and (recent or is_code_name(concept)))
        )
        and (is_name(concept, tie.passage.text) or _holds_concept(named, concept))
        and not is_plain_word(concept, f"{tie.passage.text}\n{beginning}")
    ]
    titled = any(_holds_concept(item.title, concept) for concept in about)
    if not about or len(about) + titled < 2 or (len(concepts) < 2 and not _holds_concept(named, about[0])):
        return None
    told, noted = _quote_story(item, about, concepts), _quote_passage(tie, about, concepts, context)
    if noted is None or not (_count_concepts(told.text, about) and _count_concepts(noted.text, about)):
        return None
    return StoryMatch(tie, concepts, told, noted)


def distinct_concepts(shared: Iterable[str], of_feed: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of `shared` that are no part of another one of them, and that are none of the feed's own name, which
    all its stories have: "WebSocket" and "socket" are one concept.
    """
    kept: list[str] = []
    for word in sorted(shared, key=len, reverse=True):
        small = word.lower()
        if not any(small in other.lower() for other in kept) and not (text_terms(word).keys() & of_feed):
            kept.append(word)
    return tuple(word for word in shared if word in kept)


def merge_adjacent(concepts: tuple[str, ...], *texts: str) -> tuple[str, ...]:
    """The concepts without those that stand beside another one in each of the texts: "North" and "America" are one."""

    def beside(one: str, other: str) -> bool:
        pair = rf"(?i)\b(?:{re.escape(one)}\s+{re.escape(other)}|{re.escape(other)}\s+{re.escape(one)})\b"
        return all(re.search(pair, text) for text in texts)

    kept: list[str] = []
    for concept in concepts:
        if not any(beside(concept, other) for other in kept):
            kept.append(concept)
    return tuple(kept)


def is_plain_word(word: str, text: str) -> bool:
    """Whether a word that begins with a capital stands small within a sentence elsewhere: it is no name, but begins
    sentences and stands in titles.
    """
    small = rf"(?<=[a-z,] ){re.escape(word.lower())}(?=[ ,;:!?)]|\.(?:\s|$)|$)"
    return word[:1].isupper() and word[1:].islower() and re.search(small, text, re.MULTILINE) is not None


def is_subject(concept: str, title: str, text: str) -> bool:
    """Whether a text is about something, which its title names or it says twice, and does not only mention it."""
    return _holds_concept(title, concept) or text.lower().count(concept.lower()) > 1


def is_name(word: str, text: str) -> bool:
    """Whether a word is written as a name in a text: capitals or digits within, or a capital within a sentence."""
    for match in re.finditer(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE):  # no part of another name
        written = match[0]
        if any(sign.isupper() or sign.isdecimal() or sign in "_./" for sign in written[1:]):
            return True
        before = text[: match.start()].rstrip(" ")
        if written[0].isupper() and before[-1:].isalnum() | (before[-1:] in {",", "(", "'", "’", "-", "/"}):
            return True
    return False


def is_code_name(word: str) -> bool:
    """Whether a word is a name of code, a setting or a file: one mention of it says what a line is about."""
    return _CODE_SIGN.search(word) is not None


def _holds_concept(text: str, concept: str) -> bool:
    return concept.lower() in text.lower()


def _story_beginning(item: Note) -> str:
    return " ".join(passage.prose for passage in item.passages[:2])[:STORY_FOCUS_CHARACTERS]


def _feed_terms(item: Note) -> frozenset[str]:
    """The terms of the name and the address of the feed that brings a story."""
    if item.origin is None:
        return frozenset()
    host = urlsplit(item.origin.address).hostname or ""
    return frozenset(text_terms(f"{item.origin.author} {' '.join(re.split(r'[.-]', host))} {host}"))


def _spread_over_notes(topics: Iterable[Topic]) -> list[Topic]:
    """The topics without those that would be the third of one note."""
    used: Counter[str] = Counter()
    kept: list[Topic] = []
    for topic in topics:
        path = topic.evidence[1].path
        used[path] += 1
        if used[path] <= MAX_STORIES_PER_NOTE:
            kept.append(topic)
    return kept


def _story_topic(story: MetStory, context: MiningContext, at: float) -> Topic:
    item, best = story.item, story.matches[0]
    meeting = _meeting_of(best.tie, context, at)
    fresh = 0.5 ** (max(0.0, at - item.date) / SECONDS_PER_DAY / STORY_HALF_LIFE_DAYS)
    worth = best.tie.strength * (0.5 + 0.5 * fresh) * (OLD_LINE_SHARE if meeting == "note" else 1.0)
    tied = context.notes[best.tie.passage.path]
    return Topic(
        id=topic_id("news", item.path),
        kind="news",
        title=shorten_text(item.title),
        evidence=(best.told, *(match.noted for match in story.matches)),
        at=item.date,
        cause=hash_parts("news", item.path),
        salience=round(min(1.0, worth), 4),
        tags=tied.tags,
        people=tuple(name for name in sorted(context.people_names) if name in best.tie.shared),
        detail=TopicDetails(
            note=name_note(tied),
            in_common=", ".join(best.concepts[:3]),
            meets=meeting,
            line=str(best.noted.line_start),
            tie_strength=f"{best.tie.strength:.2f}",
        ),
    )


def _quote_story(item: Note, about: Collection[str], concepts: Collection[str]) -> Evidence:
    """The sentence of a story that has most of what both are about, and of what they share, as its author's words."""
    said = [sentence for sentences in read_sentences(item).values() for sentence in sentences]
    if said:
        best = max(
            said,
            key=lambda sentence: (_count_concepts(sentence.text, about), _count_concepts(sentence.text, concepts)),
        )
        found = quote_lines(classify_lines(item), best.line_start, best.line_end, item.path, best.text)
    elif item.passages:
        first = item.passages[0]
        found = quote_lines(classify_lines(item), first.line_start, first.line_start, item.path, first.text)
    else:
        found = Evidence(path=item.path, line_start=1, line_end=1, text=item.title)
    return structs.replace(found, origin=item.origin)


def _quote_passage(
    tie: NoteTie, about: Collection[str], concepts: Collection[str], context: MiningContext
) -> Evidence | None:
    """The sentence of a passage that has most of what both are about, and of what it shares with a story; None where no
    readable line has any.
    """
    note = context.notes[tie.passage.path]
    said = read_sentences(note).get(tie.passage.id, ())
    best = max(
        said,
        key=lambda sentence: (_count_concepts(sentence.text, about), _count_concepts(sentence.text, concepts)),
        default=None,
    )
    if best is not None and _count_concepts(best.text, concepts):
        return quote_lines(classify_lines(note), best.line_start, best.line_end, note.path, best.text)
    lines = quote_tie(tie, context)
    readable = _count_concepts(lines.text, concepts) and not _UNREADABLE.search(lines.text)
    words = len(WORD_PATTERN.findall(strip_markdown(lines.text)))
    return lines if readable and MIN_QUOTED_WORDS <= words <= MAX_QUOTED_WORDS else None


def _count_concepts(text: str, concepts: Iterable[str]) -> int:
    small = text.lower()
    return sum(concept.lower() in small for concept in concepts)


def _meeting_of(tie: NoteTie, context: MiningContext, at: float) -> StoryMeeting:
    if any(name in context.people_names for name in tie.shared):
        return "person"
    if at - context.passage_written_at(tie.passage) <= context.theme_days * SECONDS_PER_DAY:
        return "theme"
    folders = {part.lower() for part in tie.passage.path.split("/")[:-1]}
    tags = {tag.lower() for tag in context.notes[tie.passage.path].tags}
    return "learning" if (folders | tags) & LEARNING_FOLDERS else "note"
