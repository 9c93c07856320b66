"""Sample topics for the tests, at least one of each kind."""

from __future__ import annotations

from proactive_tui.model.note_values import Passage, SearchHit
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails

NOW = 1_795_430_400.0
"""Monday, 23 November 2026, 10:40 UTC."""
DAY = 86_400.0


def evidence(path: str, text: str, *heading: str, line: int = 3) -> Evidence:
    return Evidence(path=path, line_start=line, line_end=line + text.count("\n"), text=text, heading=heading)


def hit(path: str, text: str, *heading: str, line: int = 3, score: float = 0.5, meaning: float = 0.0) -> SearchHit:
    passage = Passage(
        id=f"{path}:{line}", path=path, heading=heading, line_start=line, line_end=line + text.count("\n"), text=text,
        prose=text,
    )  # fmt: skip
    return SearchHit(passage=passage, score=score, channels={"meaning": meaning} if meaning else {"words": score})


PREVOTE = Topic(
    id="prevote", kind="open question", title="does Raft need pre-vote with leases?", at=NOW - 21 * DAY,
    evidence=(evidence("course/lecture-06.md", "Does Raft need pre-vote with leases?", "Distributed systems, "
        "lecture 6", "Open"),),
)  # fmt: skip
NUMBERS = Topic(
    id="numbers", kind="task", title="send Mara the load-test numbers", at=NOW - 5 * DAY, due=NOW + 4 * DAY,
    evidence=(evidence("work/2026-11-18 standup.md", "- [ ] send Mara the load-test numbers by Friday", "Standup"),),
    people=("Mara",), detail=TopicDetails(promised_to="Mara"),
)  # fmt: skip
PASSPORT = Topic(
    id="passport", kind="task", title="renew the passport", at=NOW - 35 * DAY, due=NOW - 12 * DAY,
    evidence=(evidence("trips/lisbon.md", "- [ ] renew the passport", "Lisbon in spring"),),
)  # fmt: skip
LEASES = Topic(
    id="leases", kind="theme", title="leases", at=NOW - DAY,
    evidence=(
        evidence("course/leases.md", "A lease trades availability for cheap reads.", "Leases"),
        evidence("work/cache.md", "We could use leases for the cache as well.", "Cache design"),
    ),
)  # fmt: skip
HASHING = Topic(
    id="hashing", kind="fading", title="Consistent hashing", at=NOW - 61 * DAY, tags=("til",),
    evidence=(
        evidence(
            "course/consistent-hashing.md",
            "Each node owns an arc of the ring. With 100 virtual nodes the load differs by 10 per cent.",
            "Consistent hashing",
        ),
    ),
)  # fmt: skip
QUEUES = Topic(
    id="queues", kind="connection", title="Backpressure and morning pages", at=NOW - 9 * DAY,
    evidence=(
        evidence("work/backpressure.md", "A queue without a bound only hides the overload.", "Backpressure"),
        evidence("habits/pages.md", "When everything goes in, little comes out.", "Morning pages"),
    ),
    detail=TopicDetails(
        relation="both claim", said="A queue without a bound only hides the overload",
        other_said="When everything goes in, little comes out",
    ),
)  # fmt: skip
RETRIES = Topic(
    id="retries", kind="thread", title="Retry budget", at=NOW,
    evidence=(evidence("work/retries.md", "A retry budget of ten per cent should keep the storm away.", "Retries",
        "Retry budget"),),
)  # fmt: skip
RUNNING = Topic(
    id="running", kind="goal", title="run three times a week", at=NOW - 28 * DAY,
    evidence=(evidence("habits/running.md", "I want to run three times a week, before work.", "Running"),),
)  # fmt: skip
LATHE = Topic(
    id="lathe", kind="idea", title="a lathe of bicycle parts for the school", at=NOW - 12 * DAY,
    evidence=(evidence("workshop/notes.md", "Idea: a lathe of bicycle parts for the school.", "Workshop"),),
)  # fmt: skip
MOOS = Topic(
    id="moos", kind="idea", title="was wäre, wenn wir Moos auf das Dach legen?", at=NOW - 12 * DAY,
    evidence=(evidence("garten.md", "Was wäre, wenn wir Moos auf das Dach legen? Das hält kühl.", "Garten"),),
)  # fmt: skip
PROMISE = Topic(
    id="promise", kind="task", title="Jonas promised to review the migration plan", at=NOW - 3 * DAY,
    evidence=(
        evidence("work/migration.md", "Jonas promised to review the migration plan. We should not drop the old "
            "table.", "Migration"),
    ),
    people=("Jonas",),
)  # fmt: skip
BROT = Topic(
    id="brot", kind="open question", title="warum geht der Teig im Winter so langsam auf?", at=NOW - 14 * DAY,
    evidence=(evidence("küche/brot.md", "Warum geht der Teig im Winter so langsam auf? Vielleicht ist die Küche "
        "zu kalt.", "Brot"),),
)  # fmt: skip
JARDIN = Topic(
    id="jardin", kind="task", title="tailler le pommier avec Claire", at=NOW - 2 * DAY, due=NOW + DAY,
    evidence=(evidence("maison/jardin.md", "- [ ] tailler le pommier avec Claire avant la pluie", "Jardin"),),
)  # fmt: skip
LIBRO = Topic(
    id="libro", kind="fading", title="El libro de los ríos", at=NOW - 90 * DAY,
    evidence=(evidence("libros/rios.md", "El libro cuenta cómo los ríos cambian de cauce cada siglo.", "El "
        "libro de los ríos"),),
)  # fmt: skip

ALL = (PREVOTE, NUMBERS, PASSPORT, LEASES, HASHING, QUEUES, RETRIES, RUNNING, LATHE, MOOS, PROMISE, BROT, JARDIN, LIBRO)
