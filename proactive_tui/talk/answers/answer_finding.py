"""Finds the answer to a question: what is known exactly, else the statements that answer, else nothing. Blocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec import structs

from proactive_tui.model.note_values import SearchHit
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.talk_values import Conversation
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.answer_model import answer_summary, load_model
from proactive_tui.talk.answers.answer_signs import STATEMENT_SIGNS, exact_kind_lacks
from proactive_tui.talk.answers.asked_question import AskedQuestion, read_question
from proactive_tui.talk.answers.candidate_search import AnswerCandidates, SearchedNotes, find_candidates
from proactive_tui.talk.answers.known.known_facts import find_known
from proactive_tui.talk.answers.known.known_list import KnownList
from proactive_tui.talk.answers.parts.question_parts import QuestionPart
from proactive_tui.talk.answers.parts.told_parts import find_untold, misses_occasion, read_near
from proactive_tui.talk.answers.question_words import Wanted
from proactive_tui.talk.answers.source_lines import cut_source
from proactive_tui.talk.answers.statements import Statement

MAX_STATEMENTS = 8
MAX_TOLD_CHARACTERS = 1200
MAX_BEGINNING = 3
"""Statements of what the talk is about that a word like "go on" is answered with."""
MIN_SHARE_OF_BEST = 0.3
"""A statement is quoted from this share of the likelihood of the best one."""
MIN_CONFIDENCE_TO_ASK = 0.25
"""A small model is asked about the statements from here on: of our own questions below it one of eleven is
answered by them, and the model answers others as well.
"""
MAX_NEAREST = 2
"""Statements that are shown as the nearest where nothing answers."""
CHANCE_MEANING = 0.36
"""The cosine of a question and a statement that says nothing by itself."""
MAX_LED_CHARACTERS = 500
"""How much of a list is quoted below the statement that leads it in."""


class FoundAnswer(FrozenValue, frozen=True, kw_only=True):
    """What the notes have for a question. `quoted` are the statements that answer, most likely first; where there is
    no answer (`answers` is false), those that come nearest. `likely` are all that might answer, for a small model to
    read, and `hits` the passages for a larger one, best first. `untold` are the parts of the question that the quoted
    statements do not tell, where they tell another.
    """

    question: AskedQuestion
    answers: bool
    quoted: tuple[Statement, ...] = ()
    likely: tuple[Statement, ...] = ()
    untold: tuple[QuestionPart, ...] = ()
    known: KnownList | None = None
    hits: tuple[SearchHit, ...] = ()
    confidence: float = 0.0

    def as_silent(self) -> FoundAnswer:
        """The same where it does not answer after all: what was to be quoted is the nearest."""
        return structs.replace(self, answers=False, known=None, quoted=self.quoted[:MAX_NEAREST], untold=())


def find_answer(text: str, talk: Conversation, notes: SearchedNotes, topics: Sequence[Topic], at: float) -> FoundAnswer:
    """What the notes have for `text`, said in this conversation at the time `at` (unix seconds)."""
    began_by_owner = not talk.turns or talk.turns[0].role == "user"
    question = read_question(text, talk.turns, at, "" if began_by_owner else talk.title)
    candidates = find_candidates(question, notes)
    if question.is_bare and question.about:
        return FoundAnswer(
            question=question,
            answers=True,
            quoted=(beginning := _first_statements(question.about[0])),
            likely=beginning,
            hits=candidates.hits,
            confidence=1.0,
        )
    known = find_known(question, notes.documents, topics, at)
    question, model = candidates.question, load_model()
    likely = model.statements.likelihood(candidates.signs) if candidates.statements else np.zeros(0)
    chosen = choose_statements(candidates.statements, likely)
    hits = _hits_of_best(candidates, likely)
    if known is not None:
        return FoundAnswer(question=question, answers=True, known=known, hits=hits, confidence=1.0)
    if not chosen:
        return FoundAnswer(question=question, answers=False, hits=hits)
    told = tuple(candidates.statements[at] for at in chosen)
    near = read_near(told, notes.documents, question.language)
    untold = find_untold(question, near)
    if misses_occasion(question, near) or (untold and len(untold) == len(question.parts)):
        return FoundAnswer(question=question, answers=False, quoted=told[:MAX_NEAREST], hits=hits)
    summary = answer_summary(_told_question(question, untold), candidates.statements, candidates.signs, likely, chosen)
    confidence = float(model.answers.likelihood(summary[None, :])[0])
    answers = confidence >= model.threshold and not (
        _leaves_the_talk(question, candidates.statements[chosen[0]]) or _is_foreign(candidates.signs[chosen])
    )
    return FoundAnswer(
        question=question,
        answers=answers,
        quoted=told if answers else told[:MAX_NEAREST],
        likely=told if confidence >= MIN_CONFIDENCE_TO_ASK else (),
        untold=untold,
        hits=hits,
        confidence=confidence,
    )


def _told_question(question: AskedQuestion, untold: Sequence[QuestionPart]) -> AskedQuestion:
    """A question as if it asked only for what is told: of the rest it is said that the notes do not tell it."""
    if not untold:
        return question
    told = [part for part in question.parts if part not in untold]
    wanted = frozenset[Wanted]().union(*(part.wanted for part in told))
    counted = next((counted for part in told for counted in part.counted), frozenset[str]())
    told_deed = any(question.deed in {term.written for term in part.terms} for part in told)
    return structs.replace(question, wanted=wanted, counted=counted, deed=question.deed if told_deed else "")


def _is_foreign(signs: npt.NDArray[np.float64]) -> bool:
    """Whether the notes of what was chosen have no word of the question, and mean no more of it than by chance."""
    words = signs[:, STATEMENT_SIGNS.index("words of note")].max()
    return bool(words == 0 and signs[:, STATEMENT_SIGNS.index("meaning")].max() <= CHANCE_MEANING)


def _leaves_the_talk(question: AskedQuestion, best: Statement) -> bool:
    """Whether a question without words of its own ("and at what time?") found its answer in a note of something else
    than the talk, or in a line without what it asks for.
    """
    if not question.leans or not question.about:
        return False
    elsewhere = best.path not in {source.path for source in question.about}
    return elsewhere or bool(exact_kind_lacks(best.plain, question))


def _first_statements(source: Evidence) -> tuple[Statement, ...]:
    """The first statements of what the talk is about."""
    return tuple(cut_source(source)[:MAX_BEGINNING])


def choose_statements(statements: Sequence[Statement], likely: Sequence[float] | np.ndarray) -> list[int]:
    """The places of the statements to quote, most likely first, each text once."""
    order = sorted(range(len(statements)), key=lambda at: -likely[at])
    chosen: list[int] = []
    said: set[str] = set()
    room = MAX_TOLD_CHARACTERS
    for place in order:
        words = statements[place].plain
        if len(chosen) >= MAX_STATEMENTS or likely[place] < MIN_SHARE_OF_BEST * likely[order[0]]:
            break
        if words in said or (chosen and len(words) > room):
            continue
        chosen.append(place)
        said.add(words)
        room -= len(words)
        if statements[place].leads_in:
            below = _list_below(place, statements)
            chosen += [at for at in below if at not in chosen]
            said.update(statements[at].plain for at in below)
    return chosen


def _list_below(place: int, statements: Sequence[Statement]) -> list[int]:
    """The places of the list that a statement leads in, as far as there is room for it."""
    lead = statements[place]
    found: list[int] = []
    room = MAX_LED_CHARACTERS
    for at in range(place + 1, len(statements)):
        statement = statements[at]
        room -= len(statement.plain)
        if statement.passage != lead.passage or lead.plain not in statement.parents or room < 0:
            break
        found.append(at)
    return found


def _hits_of_best(candidates: AnswerCandidates, likely: np.ndarray) -> tuple[SearchHit, ...]:
    """The passages by their best statement; one of each note before a second of the same."""
    best: dict[tuple[str, int], float] = {}
    by_id = {hit.passage.id: hit for hit in candidates.hits}
    for statement, value in zip(candidates.statements, likely, strict=True):
        hit = by_id[statement.passage]
        key = (hit.passage.path, hit.passage.line_start)
        best[key] = max(best.get(key, 0.0), float(value))
    ranked = sorted(candidates.hits, key=lambda hit: -best.get((hit.passage.path, hit.passage.line_start), 0.0))
    first: dict[str, SearchHit] = {}
    for hit in ranked:
        first.setdefault(hit.passage.path, hit)
    rest = [hit for hit in ranked if first[hit.passage.path] is not hit]
    return (*first.values(), *rest)
