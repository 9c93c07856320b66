"""Sample data for screenshots: passages of the example notes, and the record of some weeks with them."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.ipc.events import DataInventory, LearningStatistics
from proactive_tui.model.kept_values import DataRecipient, DataStore
from proactive_tui.model.learned_values import Belief, CitedOffer, WelcomeShare
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import Passage, SearchHit, SkippedFile
from proactive_tui.model.offer_values import Offer, Opener, Silence
from proactive_tui.model.status_values import OfferRhythm, SpeakerStatus
from proactive_tui.model.talk_values import Conversation, ConversationSummary
from proactive_tui.model.topic_values import Evidence, Topic
from tests.tui.fakes import AT, now, score_reasons

LEASES = Evidence(
    path="course/2026-10-27-leases.md",
    line_start=27,
    line_end=27,
    text="Open: what do you do if the resource can't check tokens, an e-mail gateway say?",
    heading=("L6: leases and fencing", "The pause problem"),
)
TOKENS = Evidence(
    path="course/2026-10-27-leases.md",
    line_start=18,
    line_end=20,
    text="Fencing token: every grant carries a number that only grows.",
    heading=("L6: leases and fencing", "The pause problem"),
)
EVENT_IDS = Evidence(
    path="work/adr-008-event-ids.md",
    line_start=11,
    line_end=12,
    text="Header X-Event-Id: UUIDv7, made when intake writes the outbox row, so that every retry has the same one.",
    heading=("ADR 8: event ids",),
)
SPEAKER = "ollama:qwen3:4b"

OFFER = Offer(
    id="o1",
    at=AT,
    topic=Topic(
        id="t1",
        kind="open question",
        title="What do you do if the resource can't check tokens?",
        evidence=(LEASES, EVENT_IDS),
        at=AT,
    ),
    opener=Opener(
        text="You asked what to do if the resource can't check fencing tokens, an e-mail gateway say. "
        "Did the event ids at work answer that?",
        framing="connect",
        spoken_by=SPEAKER,
    ),
    score=0.62,
    features={},
    contributions={},
    channels={},
    propensity={},
    when={},
    receptivity=0.58,
    gates=(),
    reason="it is very like what you are working on; you may come back to this note soon",
)

GATES = (
    Gate(name="quiet hours", passed=True, detail="outside 22:00-07:30"),
    Gate(name="away", passed=True, detail="you were here 40 s ago"),
    Gate(name="budget", passed=True, detail="2 of 6 offers made"),
    Gate(name="spacing", passed=True, detail="the last offer is long enough ago"),
    Gate(name="typing", passed=True, detail="nothing was typed or saved just now"),
)
SHUT = (*GATES[:3], Gate(name="spacing", passed=False, detail="the last offer was 12 min ago", until=AT + 1_080))
SILENCE = Silence(
    at=AT - 300,
    last=AT - 60,
    reason="spacing",
    detail="the last offer was 12 minutes ago",
    title="What do you do if the resource can't check tokens?",
    times=5,
    receptivity=0.58,
)
WEIGHED = score_reasons(
    ("it is very like what you are working on", 0.21),
    ("an open question", 0.18),
    ("you may come back to this note soon", 0.12),
    ("not shown before", 0.06),
    ("it is some weeks old", -0.05),
)
REPLY = """\
In part. A token lets the *resource* refuse an old writer [1]; a gateway can't, so the refusing moves to whoever reads.

That is what `X-Event-Id` does: every retry carries the same id, and the shop ignores one that it knows [2].
"""


CONVERSATIONS = (
    Conversation(id="c1", title="Part C of the Raft lab", at=AT - 3_600, turns=()),
    Conversation(id="c2", title="What was promised to Mara", at=AT - 90_000, turns=()),
    Conversation(id="c3", title="The alert on lag in seconds", at=AT - 5 * 86_400, turns=()),
)


LISTED = (
    ConversationSummary(
        id="c1", title="Part C of the Raft lab", at=AT - 3_600, turns=6, words="Is the lock held while it waits?"
    ),
    ConversationSummary(
        id="c2", title="What was promised to Mara", at=AT - 90_000, turns=2, words="Remind me on Thursday."
    ),
    ConversationSummary(
        id="c3", title="The alert on lag in seconds", at=AT - 5 * 86_400, turns=9, words="Seconds or messages?"
    ),
)
NOTE = (
    "Client 1 gets the lease, stops for a GC, the lease ends, client 2 gets it and",
    "writes, client 1 wakes up and writes too. A longer lease only makes it rarer.",
    "",
    "",
    "**Fencing token**: every grant carries a number that only grows. The *resource*",
    "remembers the highest it has seen and refuses a lower one. So the check is made",
    "where the damage would be.",
    "",
    "Needs a resource that can compare: a database row, a log's epoch.",
)
STANDING = now(folder="~/notes", conversations=CONVERSATIONS)
READING = now(folder="~/notes", conversations=(), indexed=180, embedded=0, rhythm=OfferRhythm(budget=6))
READ_MORE = structs.replace(READING.status.notes, indexed=360)
ALONE = now(
    folder="~/notes",
    conversations=CONVERSATIONS,
    llm=SpeakerStatus(
        backend="template",
        model="",
        reachable=True,
        detail="Ollama cannot be reached (http://127.0.0.1:11434: nothing listens there). Start it with "
        "'ollama serve', or set llm.host. For worded openers and replies: install Ollama, then 'ollama pull qwen3:4b'.",
    ),
    rhythm=OfferRhythm(
        made=2, budget=6, next_at=AT + 1_080, why_silent="the last offer was 12 minutes ago", prepared=3
    ),
)
LEFT_OUT = structs.replace(
    STANDING.status.notes,
    skipped=(
        SkippedFile(path="attachments/rig.md", reason="2048 kB is over the limit of 1024 kB"),
        SkippedFile(path="private", reason="excluded by .proactiveignore"),
    ),
    failed=(SkippedFile(path="work/old.md", reason="permission denied"),),
)


def share(welcome: int, answered: int) -> WelcomeShare:
    """A share with its 95 % Wilson interval."""
    rate, z = welcome / answered, 1.96
    middle = (rate + z * z / (2 * answered)) / (1 + z * z / answered)
    half = z * (rate * (1 - rate) / answered + z * z / (4 * answered**2)) ** 0.5 / (1 + z * z / answered)
    return WelcomeShare(welcome=welcome, answered=answered, low=middle - half, high=middle + half)


LEARNED = LearningStatistics(
    request=0,
    offers=131,
    days=42,
    welcome=share(58, 124),
    over_time={
        f"2026-{day}": share(*each)
        for day, each in {
            "01-20": (5, 19),
            "01-27": (8, 21),
            "02-03": (9, 20),
            "02-10": (11, 22),
            "02-17": (12, 21),
            "02-24": (13, 21),
        }.items()
    },
    span_days=7,
    by={
        "hour": {
            "08:00": share(3, 14),
            "10:00": share(16, 31),
            "12:00": share(4, 15),
            "14:00": share(13, 22),
            "16:00": share(22, 42),
        },
        "kind": {"open questions": share(23, 31), "tasks": share(9, 38), "themes": share(8, 19), "goals": share(7, 12)},
        "framing": {"question": share(27, 44), "recap": share(9, 27), "next step": share(13, 30), "quiz": share(9, 23)},
    },
    fewest=4,
    beliefs=(
        Belief(text="You take up open questions: 23 of 31.", offers=("o1", "o2")),
        Belief(text="You seldom take up tasks: 9 of 38.", offers=("o3",)),
        Belief(text="You usually work on your notes at 9–12, 14–17.", offers=()),
    ),
    cited={
        "o1": CitedOffer(title="What do you do if the resource can't check tokens?", at=AT, reaction="followed up"),
        "o2": CitedOffer(title="How much lag is too much?", at=AT, reaction="engaged"),
        "o3": CitedOffer(title="Send Mara the load-test numbers", at=AT, reaction="not now"),
    },
)
STOCK = DataInventory(
    request=0,
    folder="~/.local/share/proactive-tui",
    events={"offered": 131, "reacted": 124, "said": 212, "silent": 388, "touched": 402},
    stores=(
        DataStore(name="journal", holds="offers, reactions, silences, conversations, touches", size=1_900_000),
        DataStore(name="words", holds="a copy of the words of your notes, to search them", size=4_200_000),
        DataStore(name="vectors", holds="what your notes mean, as numbers", size=9_800_000),
        DataStore(name="log", holds="errors and notices, without text of notes", size=23_000),
        DataStore(name="status", holds="how things stand", size=1_500),
    ),
    leaving=(
        DataRecipient(
            name="Ollama", what="what you say, and the passages it is to speak about", to="http://127.0.0.1:11434"
        ),
    ),
)


def hit(evidence: Evidence) -> SearchHit:
    """The passage as a search hit."""
    passage = Passage(
        id=f"{evidence.path}:{evidence.line_start}",
        path=evidence.path,
        heading=evidence.heading,
        line_start=evidence.line_start,
        line_end=evidence.line_end,
        text=evidence.text,
        prose=evidence.text,
    )
    return SearchHit(passage=passage, score=0.5, channels={})
