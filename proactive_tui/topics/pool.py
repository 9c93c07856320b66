"""Builds the pool of topics that the notes hold now. The registry has one line for each kind."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace as changed
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Note, SkippedFile
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind, SourceName
from proactive_tui.model.topic_values import UNKNOWN_DAY, Topic
from proactive_tui.topics import connection, fading, goal, idea, question, task, theme, thread
from proactive_tui.topics.dedupe import merge_duplicates
from proactive_tui.topics.habits.habit_topics import mine_habit_lists
from proactive_tui.topics.memory.known_duplicates import KnownDuplicates
from proactive_tui.topics.memory.pool_cache import MinedNote, MinedNotes, PoolCache
from proactive_tui.topics.memory.weighed_topics import RaisedTopic, WeighedNote, WeighedNotes, start_of_hour
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.open_ends.open_end_topics import open_end_topics
from proactive_tui.topics.open_ends.voices import OWN_FROM, NoteProvenance
from proactive_tui.topics.outside import meetings
from proactive_tui.topics.outside.news_stories import mine_news
from proactive_tui.topics.outside.reviews import mine_reviews
from proactive_tui.topics.outside.rhythms import mine_rhythms, next_rhythm_change
from proactive_tui.topics.outside.unfinished_work import mine_unfinished_work
from proactive_tui.topics.relations.alike_in_meaning import choose_connections, connection_sentences
from proactive_tui.topics.tenderness.gate import is_tender_topic
from proactive_tui.topics.weighing.certainty import weigh_certainty
from proactive_tui.topics.weighing.out_of_place import keep_open_ends
from proactive_tui.units import SECONDS_PER_HOUR

log = logging.getLogger(__name__)

MAX_TOPICS_PER_KIND = 1000
"""Maximum topics of one kind: the most salient, then the newest."""


class NoteMiner(NamedTuple):
    """A kind found in each note by itself: mined once while the note stays the same, weighed again every hour.

    `weigh` returns None for a topic whose time has not come; it is given the beginning of the hour. `from_vault` has
    the topics of the kind that several notes make together. `prepare` is told what will be weighed. What weighing rests
    on beside the note and its own times is told by `hears` for a topic, and by `logs` for all.
    """

    from_note: Callable[[Note, MiningContext], list[Topic]]
    weigh: Callable[[Topic, MiningContext, float], Topic | None]
    from_vault: Callable[[MiningContext, float], list[Topic]] | None = None
    prepare: Callable[[Sequence[Topic], MiningContext], None] | None = None
    hears: Callable[[Topic, MiningContext], Hashable] | None = None
    logs: Callable[[MiningContext], tuple[object, ...]] | None = None


class VaultMiner(NamedTuple):
    """A kind found in all notes together: mined again when any note changes, and every hour.

    One that `compares` rests on vectors: while many are being made, what was found before stays, and nothing is found
    for the first time, for it would soon have another name. With `patience` (seconds) it waits for so long since it was
    mined, where notes are many: it takes too long to follow each edit. What rests on a note that has changed since is
    left out until then.
    """

    mine: Callable[[MiningContext, float], list[Topic]]
    patience: float = 0.0
    compares: bool = False


class SourceMiner(NamedTuple):
    """A kind found in the items of a source and in how they meet the notes: mined again when one of these changes,
    and every `SOURCE_REMINE_SECONDS`. It is not asked where there are no items.

    `next_change` is when (unix seconds) what it finds changes by itself, where that is known: the pool is mined again
    then. With `patience` (seconds), only other items and other paths of notes have it mined again, and time: it takes
    too long to follow each edit. What rests on a note that has changed since is left out until then.
    """

    source: SourceName
    mine: Callable[[MiningContext, float], list[Topic]]
    next_change: Callable[[MiningContext, float], float | None] | None = None
    patience: float = 0.0


SOURCE_REMINE_SECONDS = 300.0
"""What items are worth depends on the time of the day: seconds after which they are mined again."""

MIN_PATIENT_PASSAGES = 5000
"""Passages with a vector from which themes and connections do not follow each edit."""
COMPARING_PATIENCE_SECONDS = 300.0

MINERS: dict[Kind, NoteMiner | VaultMiner | SourceMiner] = {
    "open question": NoteMiner(question.extract_questions, question.rescore_question),
    "task": NoteMiner(task.extract_tasks, task.rescore_task),
    "goal": NoteMiner(
        goal.extract_goals, goal.rescore_goal, mine_habit_lists, goal.prepare_goals, goal.last_heard_at, goal.kept_logs
    ),
    "idea": NoteMiner(idea.extract_ideas, idea.rescore_idea),
    "thread": VaultMiner(thread.mine_threads),
    "theme": VaultMiner(theme.mine_themes, COMPARING_PATIENCE_SECONDS, compares=True),
    "fading": VaultMiner(fading.mine_fading),
    "connection": VaultMiner(connection.mine_connections, COMPARING_PATIENCE_SECONDS, compares=True),
    "unfinished work": SourceMiner("git", mine_unfinished_work),
    "review": SourceMiner("forge", mine_reviews),
    "meeting": SourceMiner("calendar", meetings.mine_meetings, meetings.next_meeting_change),
    "rhythm": SourceMiner("activity", mine_rhythms, next_rhythm_change),
    "news": SourceMiner("news", mine_news, patience=SECONDS_PER_HOUR),
}


def run_miners(
    context: MiningContext, at: float, kinds: Collection[Kind] = TOPIC_KINDS, cache: PoolCache | None = None
) -> tuple[Topic, ...]:
    """Every topic of `kinds` that the notes hold at `at` (unix seconds) and that is not tender, before duplicates are
    merged.

    With a `cache` a change of one note mines that note and the kinds that need all notes, and nothing else. A note, a
    topic or a kind that fails is left out and kept in `cache.failures`.
    """
    return run_to_end(mine_in_steps(context, at, kinds, cache or PoolCache()))


def run_to_end(steps: Iterator[tuple[Topic, ...] | None]) -> tuple[Topic, ...]:
    """The topics that a round of mining finds at its end."""
    return next(mined for mined in steps if mined is not None)


def mine_in_steps(
    context: MiningContext, at: float, kinds: Collection[Kind], cache: PoolCache
) -> Iterator[tuple[Topic, ...] | None]:
    """Mine as `run_miners` does, one kind a step: None after each, the topics after the last.

    A round may be given up after any step: what it found out stays in the cache.
    """
    cache.failures.start_round()
    context = changed(context, memory=cache.memory, failures=cache.failures, mined=[])
    cache.stale_at = None
    cache.unraised = tuple(_list_unraised(context))
    cache.raised.start_round((context.raise_tender_in, context.import_days))
    yield None
    found: list[Topic] = []
    verdicts: dict[int, bool] = {}
    held = 0
    for kind in TOPIC_KINDS:
        if kind in kinds and kind in MINERS:
            nothing: list[Topic] = []
            mined = cache.failures.attempt(kind, "", nothing, _mine_kind, kind, MINERS[kind], context, at, cache)
            best = _most_salient(mined)
            raised = [pair for topic in best if (pair := _raise_topic(topic, context, cache, verdicts)) is not None]
            held += len(best) - len(raised)
            found += [told for _, told in raised]
            context.mined.extend(topic for topic, _ in raised)
            yield None
    if held != cache.held_back:
        log.info("%d topics are tender and held back", held)
    cache.held_back, cache.tender = held, verdicts
    cache.raised.end_round()
    cache.failures.end_round()
    yield tuple(found)


def _mark_undated(topic: Topic, context: MiningContext) -> Topic:
    """The topic with a sign that nobody knows when it was written, where that is so."""
    path = topic.evidence[0].path
    if not context.is_undated(path) or (topic.kind == "fading" and path in context.seen):
        return topic
    return replace(topic, detail=replace(topic.detail, day_written=UNKNOWN_DAY))


def merge_topics(
    mined: Collection[Topic],
    embed_titles: Callable[[Collection[str]], Mapping[str, Vector]] | None = None,
    cache: PoolCache | None = None,
) -> tuple[Topic, ...]:
    """The pool: the mined topics with duplicates merged, by falling salience.

    `embed_titles` returns the unit vectors of those titles and sentences that it has; near vectors say the same in
    other words. It is asked for the titles that are left when duplicates by words and by lines are merged, and for the
    sentences of connections, which show which of these hold; then all are merged again. With a `cache` only what it
    does not know is compared. Where merging fails by a bug, duplicates stay, and `cache.failures` keeps it.
    """
    cache = cache or PoolCache()
    by_words = choose_connections(mined)
    merged = cache.failures.attempt("pool", "", by_words, _merge, by_words, {}, cache.same_words)
    if embed_titles is not None:
        vectors = embed_titles({topic.title for topic in merged} | connection_sentences(mined))
        by_meaning = choose_connections(mined, vectors)
        title_vectors = {topic.id: vectors[topic.title] for topic in merged if topic.title in vectors}
        if title_vectors or by_meaning != by_words:
            merged = cache.failures.attempt(
                "pool", "", by_meaning, _merge, by_meaning, title_vectors, cache.same_meaning
            )
    return tuple(sorted(merged, key=_salience_order))


def _merge(topics: Sequence[Topic], titles: Mapping[str, Vector], known: KnownDuplicates) -> tuple[Topic, ...]:
    try:
        return merge_duplicates(topics, titles, known)
    except Exception:
        known.clear()  # it may be half in step
        raise


def _most_salient(topics: list[Topic]) -> list[Topic]:
    """The topics of a kind that the pool has room for, by falling salience."""
    if len(topics) > MAX_TOPICS_PER_KIND:  # most are told by their salience alone, which takes a tenth of the time
        least = sorted((topic.salience for topic in topics), reverse=True)[MAX_TOPICS_PER_KIND - 1]
        topics = [topic for topic in topics if topic.salience >= least]
    return sorted(topics, key=_salience_order)[:MAX_TOPICS_PER_KIND]


def _salience_order(topic: Topic) -> tuple[float, float, str, str, int]:
    """The most salient first, then the newest; the rest makes the order of any topics certain."""
    first = topic.evidence[0]
    return -topic.salience, -topic.at, topic.id, first.path, first.line_start


def _raise_topic(
    topic: Topic, context: MiningContext, cache: PoolCache, verdicts: dict[int, bool]
) -> tuple[Topic, Topic] | None:
    """A topic, and how it is raised; None where it is held back, for it is tender. The verdict is noted."""
    known = cache.raised.recall(topic)
    if known is None:
        verdict, tender = _judge_tender(topic, context, cache.tender)
        known = RaisedTopic(topic, None if tender else _mark_undated(topic, context), verdict)
        if _rests_on_one_note(topic):
            cache.raised.keep(known)
    verdicts[known.verdict] = known.raised is None
    return None if known.raised is None else (topic, known.raised)


def _rests_on_one_note(topic: Topic) -> bool:
    """Whether a topic is made anew when a note that it quotes changes, for it is found in that note."""
    return len(topic.evidence) == 1 and (topic.kind == "fading" or isinstance(MINERS[topic.kind], NoteMiner))


def _judge_tender(topic: Topic, context: MiningContext, known: Mapping[int, bool]) -> tuple[int, bool]:
    """The key of the verdict about a topic, and whether it is tender, as `known` from the last run or judged now."""
    quoted = tuple((lines.path, lines.line_start, lines.line_end, lines.passage) for lines in topic.evidence)
    documents = context.documents
    digests = tuple(documents[path].digest for path in topic.paths if path in documents)
    key = hash((topic.kind, topic.title, context.raise_tender_in, quoted, digests))
    if key in known:
        return key, known[key]
    # where judging fails, it is held back
    return key, context.failures.attempt(
        "topic", topic.paths[0], True, is_tender_topic, topic, documents, context.raise_tender_in
    )


def _mine_kind(
    kind: Kind, miner: NoteMiner | VaultMiner | SourceMiner, context: MiningContext, at: float, cache: PoolCache
) -> list[Topic]:
    match miner:
        case NoteMiner():
            notes = _mine_notes(kind, miner, context, cache)
            if miner.prepare:
                topics = [topic for known in notes.values() for topic in known.topics]
                cache.failures.attempt(kind, "", None, miner.prepare, topics, context)
            boxes = context.habits.lines
            weighed = [
                topic
                for topic in _weigh_notes(kind, miner, notes, context, at, cache)
                if topic.evidence[0].path not in boxes or not _is_habit_box(topic, context)
            ]
            together = miner.from_vault(context, at) if miner.from_vault else []
            return [*weighed, *together]
        case SourceMiner(source=source):
            digests = context.items_of(source).digests
            if not digests:
                return []
            if miner.patience:
                return _mine_patiently(kind, miner, digests, context, at, cache)
            changes_at = miner.next_change(context, at) if miner.next_change else None
            if changes_at is not None:
                cache.stale_at = min(changes_at, cache.stale_at or changes_at)
            before = hash(tuple((topic.id, topic.cause) for topic in context.mined))
            state = (*_vault_state(context, at), digests, at // SOURCE_REMINE_SECONDS, changes_at, before)
            known = cache.whole.get(kind)
            if known is None or known[0] != state:
                known = cache.whole[kind] = state, tuple(miner.mine(context, at))
            return list(known[1])
        case VaultMiner():
            state = _vault_state(context, at)
            known = cache.whole.get(kind)
            if miner.compares and context.awaits_vectors:
                return [] if known is None else cache.still_so(kind, known[1], context.notes)
            patience = miner.patience if len(context.vectors) >= MIN_PATIENT_PASSAGES else 0.0
            if known is None or (known[0] != state and not cache.may_wait(kind, state[0], patience, at)):
                known = cache.whole[kind] = (
                    state,
                    tuple(miner.mine(context, (at // SECONDS_PER_HOUR + 1) * SECONDS_PER_HOUR)),
                )
                cache.note_quoted(kind, known[1], context.notes, at)
            if kind in ("theme", "connection"):  # what others wrote may be what days were about
                return cache.still_so(kind, known[1], context.notes)
            return [
                topic
                for topic in known[1]
                if _is_owners(topic, context.provenances[topic.evidence[0].path]) and not _is_habit_box(topic, context)
            ]


def _weigh_notes(
    kind: Kind,
    miner: NoteMiner,
    notes: Mapping[str, MinedNote],
    context: MiningContext,
    at: float,
    cache: PoolCache,
) -> Iterator[Topic]:
    """The topics of a kind with what they are worth in this hour: weighed anew where what they rest on has changed."""
    hour = start_of_hour(at, context.utc_offset)
    logs = miner.logs(context) if miner.logs else ()
    around = (hour, context.utc_offset, context.aged_until(hour), context.import_days, *logs)
    known = cache.weighed.get(kind)
    if known is None or known.around != around:
        known = cache.weighed[kind] = WeighedNotes(around)
    for path in known.notes.keys() - notes.keys():
        del known.notes[path]
    for path, mined in notes.items():
        heard = tuple(miner.hears(topic, context) for topic in mined.topics) if miner.hears else ()
        kept = known.notes.get(path)
        if kept is not None and kept.is_of(mined, heard, context.notes):
            yield from kept.topics
            continue
        attempts = (
            cache.failures.attempt(kind, path, None, miner.weigh, topic, context, hour) for topic in mined.topics
        )
        weighed = tuple(topic for topic in attempts if topic is not None)
        if cache.failures.place(kind, path):
            known.notes.pop(path, None)  # it is tried again in each round
        else:
            quoted = {name: context.notes[name] for topic in weighed for name in topic.paths}
            known.notes[path] = WeighedNote(mined, heard, quoted, weighed)
        yield from weighed


def _mine_patiently(
    kind: Kind, miner: SourceMiner, digests: Mapping[str, str], context: MiningContext, at: float, cache: PoolCache
) -> list[Topic]:
    """The topics of a patient miner that rest on nothing that has changed since it mined."""
    state = (digests, hash(frozenset(context.notes)), at // miner.patience)
    known = cache.whole.get(kind)
    if known is None or known[0] != state:
        known = cache.whole[kind] = state, tuple(miner.mine(context, at))
        cache.note_quoted(kind, known[1], context.notes, at)
    return cache.still_so(kind, known[1], context.notes)


def _list_unraised(context: MiningContext) -> Iterator[SkippedFile]:
    """The notes of which nothing is raised, with the reasons."""
    provenances = context.provenances
    for path in sorted(provenances.keys() - context.own_notes.keys()):
        whole = provenances[path].whole
        yield SkippedFile(path=path, reason=f"{whole.voice}: {whole.shown_by}")


def _is_owners(topic: Topic, provenance: NoteProvenance) -> bool:
    """Whether the lines that a topic of one note rests on are the owner's own words."""
    lines = topic.evidence[0]
    return provenance.own_at(lines.line_start, lines.line_end) >= OWN_FROM


def _is_habit_box(topic: Topic, context: MiningContext) -> bool:
    """Whether a topic is the box of a habit, whose list is a topic of its own."""
    lines = topic.evidence[0]
    return lines.line_start in context.habits.lines.get(lines.path, ())


def _mine_notes(kind: Kind, miner: NoteMiner, context: MiningContext, cache: PoolCache) -> Mapping[str, MinedNote]:
    """The notes that hold topics of a kind: mined anew where a note moved, or what the topics of all depend on."""
    around = (context.people_names, context.utc_offset, context.day_order)
    known = cache.mined.get(kind)
    if known is None or known.around != around:
        known = cache.mined[kind] = MinedNotes(around=around)
    for path in known.notes.keys() - context.notes.keys():
        del known.notes[path]
    for path in context.memory.moved_since(known.version):
        found = _mine_note(kind, miner, context.notes[path], context)
        if found.topics or found.failed:
            known.notes[path] = found
        else:
            known.notes.pop(path, None)
    known.version = context.memory.version
    for path, mined in known.notes.items():
        for what, place in mined.failed:
            cache.failures.repeat(what, path, place)
    return known.notes


def _mine_note(kind: Kind, miner: NoteMiner, note: Note, context: MiningContext) -> MinedNote:
    """The topics of a kind that rest on the owner's own words in a note."""
    provenance = context.provenances[note.path]
    if not provenance.is_own and not provenance.marked:
        return MinedNote(())
    nothing: list[Topic] = []
    topics = context.failures.attempt(kind, note.path, nothing, _note_topics, kind, miner, note, context)
    places = ((what, context.failures.place(what, note.path)) for what in (kind, "topic"))
    return MinedNote(
        tuple(topic for topic in topics if _is_owners(topic, provenance)),
        tuple((what, place) for what, place in places if place),
    )


def _note_topics(kind: Kind, miner: NoteMiner, note: Note, context: MiningContext) -> list[Topic]:
    """The topics of a kind in a note: those that marks and phrases show, and those that the classifier finds."""
    reading = context.read_open_ends(note)
    shown = weigh_certainty(miner.from_note(note, context), reading)
    return keep_open_ends([*shown, *open_end_topics(kind, note, context, shown)], note, reading)


def _vault_state(context: MiningContext, at: float) -> tuple[object, ...]:
    """Everything a vault miner reads, as far as it changes, the settings first, with the time to the hour."""
    settings = (context.theme_days, context.utc_offset, context.raise_tender_in, context.rhythms_without_goal)
    return (
        settings,
        context.memory.version,
        len(context.vectors),
        at // SECONDS_PER_HOUR,
        context.seen,
        context.recalls,
        context.links,
    )
