"""Notes that a search has found, for replies in tests: no index and no embedding model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, SearchHit
from proactive_tui.model.talk_values import Conversation
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.answers.answer_finding import FoundAnswer, find_answer
from proactive_tui.talk.conversation import FindAnswer
from tests.talk.topics import NOW


class SearchedHits:
    """Finds the same passages for every query."""

    def __init__(self, hits: Sequence[SearchHit], notes: Mapping[str, Note] | None = None) -> None:
        self.hits, self.documents, self.queries = hits, notes or {}, list[str]()

    def search(self, query: str, k: int) -> Sequence[SearchHit]:
        self.queries.append(query)
        return self.hits[:k]

    def term_weights(self, terms: Iterable[QueryTerm]) -> dict[str, float]:
        return dict.fromkeys((term.written for term in terms), 1.0)

    def embed(self, texts: Sequence[str]) -> None:
        return None


def finding(hits: Sequence[SearchHit], topics: Sequence[Topic] = (), at: float = NOW) -> FindAnswer:
    """Answers from these passages and topics."""

    async def find(text: str, talk: Conversation) -> FoundAnswer:
        return find_answer(text, talk, SearchedHits(hits), topics, at)

    return find
