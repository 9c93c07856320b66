"""One of each event of the journal, written out, every field with a value that is not the default.

An event or a field that is new is added here, and `python -m tests.golden.renew journal` writes it down. What was
written down before never changes: journals hold it.
"""

from __future__ import annotations

from msgspec import structs

from proactive_tui.journal import events
from proactive_tui.journal.events import Event
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import Offer, Opener, Rival, Silence
from proactive_tui.model.shared_words import CHANNELS, FRAMINGS, REACTIONS, TOPIC_KINDS, Channel, Framing, Kind
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails

AT = 1_760_000_000.25

EVIDENCE = Evidence(
    path="work/Über.md", line_start=3, line_end=5, text="Ship it?\n- [ ] “now”", heading=("Plan", "Q4"), passage="p1"
)
ORIGIN = ItemOrigin(
    source="forge",
    form="review comment",
    author="Mara",
    own=True,
    address="https://forge.example/pull/12#c3",
    thread="forge://acme/api/pull/12",
)
SECOND = Evidence(path="b.md", line_start=7, line_end=7, text="日本語", heading=("B",), passage="p2")
ITEM = Evidence(
    path="forge://acme/api/pull/12/comment/3", line_start=1, line_end=1, text="Is the bound right?", origin=ORIGIN
)
GATE = Gate(name="typing", passed=False, detail="you typed 5 s ago", until=AT + 5)
RIVAL = Rival(
    topic="t2",
    kind="goal",
    title="Run three times a week",
    score=0.375,
    paths=("habits.md", "daily/1.md"),
    deviation=0.0625,
    propensity=0.125,
)


def topic(kind: Kind = "task") -> Topic:
    """A topic with everything."""
    return Topic(
        id="t1",
        kind=kind,
        title="Ship it",
        evidence=(EVIDENCE, ITEM if kind == "review" else SECOND),
        at=AT - 86_400,
        cause="c0ffee",
        due=AT + 86_400,
        salience=0.75,
        tags=("work", "q4"),
        people=("Mara",),
        aliases=("t0", "t-1"),
        detail=TopicDetails(promised_to="Mara", overdue="3 days"),
    )


def offer(number: str = "o1", kind: Kind = "task", framing: Framing = "next step", channel: Channel = "due") -> Offer:
    """An offer with everything."""
    return Offer(
        id=number,
        at=AT,
        topic=topic(kind),
        opener=Opener(text="You wrote “Ship it?”. Shall we?", framing=framing, spoken_by="ollama:smollm2:135m"),
        score=0.625,
        features={"kind:task": 1.0, "due soon": 0.5},
        contributions={"due": 0.25, "kind:task": -0.125},
        channels={channel: 0.875},
        propensity={"topic": 0.5, "framing": 0.25, "moment": 0.875},
        when={"hour sin": -0.5, "boundary: saved": 1.0},
        receptivity=0.5625,
        needed=0.3125,
        rivals=(RIVAL,),
        deviation=0.1875,
        held_since=AT - 600,
        gates=(GATE,),
        reason="due tomorrow",
        now="you saved it and paused",
        versions={"ranker": "ranker-3/17", "embedding": "all-MiniLM-L6-v2-0a1b"},
    )


SILENCE = Silence(
    at=AT,
    last=AT + 900,
    reason="typing",
    detail="you typed 5 s ago",
    topic="t1",
    kind="theme",
    title="Ship it",
    paths=("work/Über.md",),
    times=42,
    receptivity=0.25,
    score=0.625,
    needed=0.75,
    propensity=0.9375,
    when={"hour sin": 0.5},
    held_since=AT - 60,
    rivals=(RIVAL,),
    gates=(GATE,),
)

EVENTS: dict[str, Event] = {
    "offered": events.OfferIssued(offer=offer()),
    **{f"offered, {kind}": events.OfferIssued(offer=offer(f"o {kind}", kind=kind)) for kind in TOPIC_KINDS},
    **{f"offered, put as {each}": events.OfferIssued(offer=offer(f"o {each}", framing=each)) for each in FRAMINGS},
    **{f"offered, found by {each}": events.OfferIssued(offer=offer(f"o {each}", channel=each)) for each in CHANNELS},
    "offered, with the digest": events.OfferIssued(offer=structs.replace(offer("o digest"), digest=5)),
    **{
        f"reacted, {each}": events.ReactionReceived(offer="o1", reaction=each, seconds=12.5, turns=3, until=AT + 3_600)
        for each in REACTIONS
    },
    "asked": events.MomentAsked(offer="o1"),
    "answered": events.MomentRated(offer="o1", good=True),
    "silent": events.SilenceDecided(silence=SILENCE),
    "said, user": events.TurnAdded(
        conversation="c1",
        turn=Turn(role="user", text="And\nthen?", at=AT, sources=(SECOND,), spoken_by="me", stopped=True),
        title="Ship it",
        offer="o1",
        topic="t1",
        replaces=2,
    ),
    "said, assistant": events.TurnAdded(
        conversation="c1",
        turn=Turn(
            role="assistant", text="Tomorrow [1].", at=AT, sources=(EVIDENCE,), spoken_by="template", stopped=True
        ),
        title="Ship it",
        offer="o1",
        topic="t1",
        replaces=1,
    ),
    "said, from memory": events.TurnAdded(
        conversation="c1",
        turn=Turn(role="assistant", text="You had this.", at=AT, sources=(EVIDENCE,), spoken_by="t", recalled=0.5),
    ),
    "wrote": events.NoteWritten(path="saved/talk.md", digest="abad1dea"),
    "touched": events.NotesEdited(paths=("a.md", "work/Über.md")),
    "moved": events.NoteMoved(path="a.md", to="old/a.md"),
    "left": events.NotesRemoved(paths=("a.md", "b.md"), back=True),
    "set, a number": events.SettingChanged(key=events.QUIET_UNTIL, value=AT + 3_600, offer="o1"),
    "set, a flag": events.SettingChanged(key=f"{events.KIND_SETTING_PREFIX}open question", value=False, offer="o1"),
    "set, a text": events.SettingChanged(key="a setting", value="on", offer="o1"),
    "set, nothing": events.SettingChanged(key=events.QUIET_UNTIL, value=None, offer="o1"),
}
"""By a name to find them by, in data/journal.json too."""
