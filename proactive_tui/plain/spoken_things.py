"""Words offers, sources, decisions and the status for the ear. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from proactive_tui.ipc.events import DecisionExplanation, NoteLines
from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.offer_values import DigestLine, Offer
from proactive_tui.model.status_values import BrainStatus
from proactive_tui.model.talk_values import ConversationSummary, Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.plain.line_output import SpokenBlock
from proactive_tui.plain.role_lines import SpeakerRole, spoken_markdown, spoken_words
from proactive_tui.plain.sentence_stream import spoken_sentences
from proactive_tui.plain.typed_commands import ANSWER_NAMES
from proactive_tui.text.places.raised_places import word_place
from proactive_tui.text.quantities import format_count
from proactive_tui.text.spans import excerpt_line
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.times import format_clock_time, format_coarse_time, mentions_time

MAX_SPOKEN_SOURCES = 3
"""Sources of an offer that are said; `read` knows all."""
MAX_SPOKEN_EXCERPT = 200
"""Characters of a search result that are said."""
MAX_SPOKEN_REASONS = 6
MIN_SPOKEN_CONTRIBUTION = 0.005
"""The smallest contribution that is said; a smaller one would read as 0.00 on screen."""
LINES_AROUND = 2
"""Lines that are read before and after those that were asked for."""


def offer_block(offer: Offer) -> SpokenBlock:
    """An offer with its reason, sources and answers."""
    shown = offer.topic.evidence[:MAX_SPOKEN_SOURCES]
    return [
        ("Assistant", tuple(spoken_sentences(offer.opener.text))),
        ("Why", spoken_sentence(offer.reason)),
        *source_lines(shown, more=len(offer.topic.evidence) - len(shown)),
        ("Answers", (f"{', '.join(answer_names(offer))}.",)),
    ]


def answer_names(offer: Offer) -> Iterator[str]:
    """The answers to an offer, as they are typed and as they are meant for this kind of topic."""
    for name in ANSWER_NAMES:
        if name == "done" and offer.topic.kind == "open question":
            yield "answered"
        elif name == "never there":
            yield f"or never there, which means this {word_place(offer.topic.kind)}"
        else:
            yield "snooze and a time" if name == "snooze" else name


def source_lines(sources: Sequence[Evidence], *, more: int = 0) -> Iterator[tuple[SpeakerRole, Sequence[str]]]:
    """A line for each source, with the number by which it is read; `more` says how many are not said."""
    for number, source in enumerate(sources, 1):
        yield "Source", (f"{number}, {spoken_place(source)}.",)
    if more > 0:
        yield "Source", (f"and {more} more.",)


def spoken_place(evidence: Evidence) -> str:
    """Where lines stand: note, line and heading; of an item, what it is and who wrote it."""
    if evidence.origin is not None:
        author = f"by {evidence.origin.author}" if evidence.origin.author else ""
        return spoken_words(", ".join(part for part in (evidence.origin.name, author) if part))
    line = f"line {evidence.line_start}"
    if evidence.line_end > evidence.line_start:
        line = f"lines {evidence.line_start} to {evidence.line_end}"
    heading = f"under {evidence.heading[-1]}" if evidence.heading else ""
    return spoken_words(", ".join(part for part in (evidence.path, line, heading) if part))


def found_lines(hit: SearchHit) -> Evidence:
    """The lines of a search result from the one that matches on, wherever they stand now."""
    last = max(hit.passage.line_end, hit.best_line)
    return replace(
        Evidence.of_passage(hit.passage, hit.origin), line_start=hit.best_line, line_end=last, text="", passage=""
    )


def spoken_hit(number: int, hit: SearchHit) -> Sequence[str]:
    """A search result: where it stands, then the words that match."""
    text, _ = excerpt_line(hit.passage.text, hit.matches, hit.best_line - hit.passage.line_start, MAX_SPOKEN_EXCERPT)
    place = spoken_place(
        replace(Evidence.of_passage(hit.passage, hit.origin), line_start=hit.best_line, line_end=hit.best_line)
    )
    return f"{number}, {place}.", spoken_markdown(text)


def spoken_note_lines(shown: NoteLines) -> Sequence[str]:
    """Lines of a note, with those around them."""
    first, last = max(shown.first, shown.start - LINES_AROUND), shown.end + LINES_AROUND
    numbered = enumerate(shown.lines, shown.first)
    said = [words for number, line in numbered if first <= number <= last and (words := spoken_markdown(line))]
    changed = () if shown.found else ("It says something else now than when it was quoted.",)
    return f"{spoken_words(shown.path)}, from line {first}.", *changed, *said


def spoken_digest_line(number: int, line: DigestLine) -> str:
    """A line of the digest, with what speaks for it."""
    said = (*spoken_sentence(line.topic.title), *spoken_sentence(line.reason))
    return " ".join((f"{number}, {line.topic.kind}:", *said))


def spoken_conversation(number: int, kept: ConversationSummary, now: float) -> str:
    """A kept conversation."""
    when = format_coarse_time(kept.at, now)
    return f"{number}, {spoken_words(kept.title) or 'no title'}, {when}, {format_count(kept.turns, 'turn')}."


def last_exchange(turns: Sequence[Turn]) -> SpokenBlock:
    """What was said last in a conversation: the owner's last message, and what followed."""
    begin = max((number for number, turn in enumerate(turns) if turn.role == "user"), default=0)
    for turn in turns[begin:]:
        yield "You" if turn.role == "user" else "Assistant", tuple(spoken_sentences(turn.text))
        yield from source_lines(turn.sources)


def spoken_decision(explanation: DecisionExplanation, now: float) -> Iterator[str]:
    """Why it spoke, or why it is silent: in words first, then what counted, then the conditions that were not met."""
    offer, silence = explanation.offer, explanation.silence
    if offer is not None:
        yield f"It brought this up at {format_clock_time(offer.at, now)}: {spoken_words(offer.topic.title)}."
    elif silence is not None:
        yield f"It said nothing: {spoken_words(silence.detail or silence.reason)}."
        if silence.title:
            yield f"It would have brought up: {spoken_words(silence.title)}."
    else:
        yield "Nothing was decided yet."
    yield from (sentence for remark in explanation.remarks for sentence in spoken_sentence(remark))
    weighty = [reason for reason in explanation.reasons if abs(reason.contribution) >= MIN_SPOKEN_CONTRIBUTION]
    for reason in weighty[:MAX_SPOKEN_REASONS]:
        yield f"{'For' if reason.contribution > 0 else 'Against'} it: {spoken_words(reason.words)}."
    yield from (sentence for change in explanation.otherwise for sentence in spoken_sentence(change))
    for gate in explanation.gates or (offer.gates if offer else silence.gates if silence else ()):
        if not gate.passed:
            is_told = gate.until is None or mentions_time(gate.detail, gate.until)
            until = "" if is_told or gate.until is None else f", until {format_clock_time(gate.until, now)}"
            yield f"Not met: {spoken_words(gate.name)}, {spoken_words(gate.detail)}{until}."


def spoken_status(status: BrainStatus, now: float, *, wanted: bool, waits: bool) -> Iterator[str]:
    """How things stand. `wanted` says that a language model is, `waits` that an offer waits for an answer."""
    notes = status.notes
    yield f"{spoken_words(notes.folder)}: {spoken_words(status_text.format_notes_status(notes))}."
    yield spoken_index(status)
    yield f"{_capital(spoken_words(status_text.format_llm_status(status.llm)))}."
    yield from spoken_sentence(status_text.llm_advice(status.llm, wanted=wanted))
    yield f"Today: {spoken_words(status_text.format_budget(status.rhythm))}."
    if waits:
        yield "Something waits for your answer: again says it once more."
    else:
        yield from spoken_sentence(status_text.format_silence(status.rhythm, now))


def spoken_index(status: BrainStatus) -> str:
    """How far the index is."""
    progress = status_text.format_index_progress(status.notes)
    words = spoken_words(progress.text if progress else status_text.format_index_state(status.notes))
    return f"{_capital(words)}."


def spoken_error(parts: Iterable[str]) -> Iterator[str]:
    """What failed, why, and what to do, each as a sentence."""
    for part in parts:
        yield from spoken_sentence(part)


def spoken_sentence(text: str) -> tuple[str, ...]:
    """A text as one sentence that ends; nothing for nothing."""
    said = _capital(spoken_words(text))
    return (said if said.endswith((".", "!", "?", "…", "”")) else f"{said}.",) if said else ()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
