"""A fake brain that sends scripted events and records requests, and sample values for its events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from proactive_tui.ipc.client import BrainClient, BrainState
from proactive_tui.ipc.events import StatusUpdate, WireEvent
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import Passage, SearchHit
from proactive_tui.model.offer_values import Offer, Opener, ScoreReason
from proactive_tui.model.status_values import BrainStatus, NotesStatus, OfferRhythm, SourceStatus, SpeakerStatus
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence, Topic

AT = 1_772_532_000.0
"""2026-03-03 10:00 UTC, a Tuesday."""

A = TypeVar("A", bound=object)


class FakeBrain(BrainClient):
    """A brain on the same event loop. `answer` returns the events to send for a request."""

    def __init__(self, answer: Callable[[WireRequest], list[WireEvent]] | None = None, *, state: str = "ready") -> None:
        super().__init__()
        self.asks: list[WireRequest] = []
        self.closed = False
        self._answer = answer or (lambda _: [])
        self._state = state
        self._on_event: Callable[[WireEvent], None] | None = None
        self._on_state: Callable[[BrainState], None] | None = None
        self._end = asyncio.Event()

    async def run(self, on_event: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        self._on_event, self._on_state = on_event, on_state
        on_state(BrainState("starting"))
        if self._state != "starting":
            on_state(BrainState(self._state))  # type: ignore[arg-type]
        await self._end.wait()

    def send(self, request: WireRequest) -> None:
        self.asks.append(request)
        for event in self._answer(request):
            self.tell(event)

    async def close(self) -> None:
        self.closed = True
        self._end.set()

    def tell(self, *events: WireEvent) -> None:
        assert self._on_event is not None, "the app did not start the brain"
        for event in events:
            self.settle(event)
            self._on_event(event)

    def be(self, name: str, detail: str = "") -> None:
        assert self._on_state is not None, "the app did not start the brain"
        if name in {"restarting", "gone"}:
            self.fail_pending("The brain stopped", "Try once more when it is back.")
        self._on_state(BrainState(name, detail))  # type: ignore[arg-type]

    @property
    def started(self) -> bool:
        return self._on_event is not None

    def asked(self, kind: type[A]) -> list[A]:
        return [ask for ask in self.asks if isinstance(ask, kind)]

    def last(self, kind: type[A]) -> A:
        return self.asked(kind)[-1]


def evidence(path: str = "distributed/raft.md", line: int = 41, heading: str = "Leader lease") -> Evidence:
    return Evidence(
        path=path,
        line_start=line,
        line_end=line + 2,
        text="Does the leader lease survive a clock that jumps? To find out.",
        heading=("Raft", heading),
        passage="p1",
    )


def score_reasons(*weighed: tuple[str, float]) -> tuple[ScoreReason, ...]:
    """Build reasons from pairs of words and contribution."""
    return tuple(ScoreReason(feature=words, words=words, contribution=value) for words, value in weighed)


def offer(
    identifier: str = "o1", text: str = "", reason: str = "You edited this note and the question is open."
) -> Offer:
    return Offer(
        id=identifier,
        at=AT,
        topic=Topic(
            id="t1",
            kind="open question",
            title="Does the leader lease survive a clock jump?",
            evidence=(evidence(), evidence("journal/2026-02-24.md", 7, "Tuesday")),
            at=AT - 86_400,
        ),
        opener=Opener(
            text=text or "You asked whether the leader lease survives a clock that jumps. Did you find out?",
            framing="question",
            spoken_by="ollama:qwen3:4b",
        ),
        score=0.8,
        features={"open_question": 1.0},
        contributions={"just edited": 0.42, "open question": 0.31, "shown before": -0.18, "hour of day": 0.05},
        channels={"meaning": 0.7, "words": 0.4},
        propensity={"topic": 0.4},
        when={"hour": 10.0},
        receptivity=0.62,
        gates=(
            Gate(name="quiet hours", passed=True, detail="22:00-07:30"),
            Gate(name="spacing", passed=False, detail="12 min since the last offer", until=AT + 1_080),
        ),
        reason=reason,
    )


def turn(role: str, text: str, **more: object) -> Turn:
    return Turn(role=role, text=text, at=AT, **more)  # type: ignore[arg-type]


def conversation(identifier: str = "c1", *turns: Turn, title: str = "Leader lease and clocks") -> Conversation:
    return Conversation(id=identifier, title=title, at=AT, turns=turns, offer="o1")


def hit(
    path: str = "distributed/raft.md", line: int = 41, text: str = "A lease needs a bound on clock drift."
) -> SearchHit:
    return SearchHit(
        passage=Passage(
            id=f"{path}:{line}",
            path=path,
            heading=("Raft", "Leader lease"),
            line_start=line,
            line_end=line + 4,
            text=text,
            prose=text,
        ),
        score=0.5,
        channels={"meaning": 0.6},
    )


def now(
    *,
    indexed: int = 412,
    embedded: int = 412,
    conversations: tuple[Conversation, ...] | None = None,
    rhythm: OfferRhythm | None = None,
    mode: str = "watching",
    llm: SpeakerStatus | None = None,
    folder: str = "/home/mara/notes",
    sources: tuple[SourceStatus, ...] = (),
) -> StatusUpdate:
    if conversations is None:
        conversations = (
            conversation("c1"),
            Conversation(id="c2", title="What was promised to Mara", at=AT - 90_000, turns=()),
            Conversation(id="c3", title="Learning 日本語 in the morning", at=AT - 5 * 86_400, turns=()),
        )
    status = BrainStatus(
        notes=NotesStatus(folder=folder, watched=412, indexed=indexed, embedded=embedded, mode=mode),
        passages=3_210,
        llm=llm or SpeakerStatus(backend="ollama", model="qwen3:4b", reachable=True),
        rhythm=rhythm
        or OfferRhythm(
            made=2, budget=6, next_at=AT + 1_080, why_silent="the last offer was 12 minutes ago", prepared=3
        ),
        sources=sources,
    )
    return StatusUpdate(status=status, conversations=conversations)
