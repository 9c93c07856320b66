"""What happens around the owner in the fortnight, beside the notes: a team's reviews, appointments, branches and feeds.

It is made by chance from the people and the subjects of the notes, the same for every persona of a town. Items of pull
requests are made by the source's own code, the others by its facts; the topics are those of the shipped miners.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.index.links import resolve_links
from proactive_tui.model.note_values import NAME_SEPARATOR, ItemOrigin, Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.appointments import BusyTime
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.sources.contract import SourceItem
from proactive_tui.sources.forge.forge_items import item_of_noteworthy, items_of_pull
from proactive_tui.sources.forge.forge_port import (
    ForgeActor,
    ForgeCheck,
    ForgeComment,
    ForgeNoteworthy,
    ForgePull,
    ForgeThread,
)
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.meetings import mine_meetings
from proactive_tui.topics.outside.news_stories import mine_news
from proactive_tui.topics.outside.reviews import mine_reviews
from proactive_tui.topics.outside.tie_terms import is_telling
from proactive_tui.topics.outside.unfinished_work import mine_unfinished_work

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
STEP: Final = 900.0
"""Seconds after which topics of items are mined again: the shipped program does so every five minutes."""
OUTSIDE_KINDS: Final[tuple[Kind, ...]] = ("review", "meeting", "unfinished work", "news")
FALLBACK_PEOPLE: Final = ("Mara", "Kofi", "Kwame", "Ines")
STORIES_A_DAY: Final = 12
MEETING_STORIES: Final = 0.3
"""The share of stories that are about something of the notes; of these a third only mentions it."""
FEEDS: Final = ("Careful Notes", "Daily Stack", "Ten Tricks", "The Long Read")
WORDS: Final = tuple(
    " ".join(
        (
            "market quarter harbour festival team match season record museum train strike weather bridge council",
            "vote recipe budget tour album novel border school election station forest river coach stadium",
        )
    ).split()
)


class Spell(NamedTuple):
    """An item, and from when until when (unix seconds) its source has it."""

    item: SourceItem
    begins: float
    ends: float


@dataclass
class Outside:
    """What is around the owner of some notes from `monday` on, over `days` days, drawn by `seed`."""

    notes: Mapping[str, Note]
    standing: TopicTable
    monday: float
    days: int
    seed: int
    _tables: dict[int, TopicTable] = field(default_factory=dict)
    _stories: dict[int, list[Topic]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._context = MiningContext(
            notes=self.notes, links=resolve_links(self.notes), mined=list(self.standing.topics)
        )
        self._ties = self._context.tie_index
        chance = random.Random(self.seed)
        people = sorted(self._context.people_names)[:8] or list(FALLBACK_PEOPLE)
        subjects = self._list_subjects()
        self.meetings = list(_meetings(chance, self.monday, self.days, people, subjects))
        spells = [
            *self.meetings,
            *_pulls(chance, self.monday, self.days, people, subjects),
            *_waiting(chance, self.monday, self.days, people, subjects),
            *_branches(chance, self.monday, subjects),
            *_stories(chance, self.monday, self.days, subjects),
        ]
        self._spells = [(note_of_item(spell.item), spell.begins, spell.ends) for spell in spells]
        self.items = {note.path: note for note, _, _ in self._spells}

    def busy_times(self) -> tuple[BusyTime, ...]:
        """The appointments, as the calendar has them."""
        return tuple(
            BusyTime(float(spell.item.facts["start"]), float(spell.item.facts["end"]), spell.item.path)
            for spell in self.meetings
        )

    def table_at(self, at: float) -> TopicTable:
        """The pool at a time: the topics of the notes, and what the items are raised as."""
        step = int(at // STEP)
        if step not in self._tables:
            at = step * STEP
            here = {note.path: note for note, begins, ends in self._spells if begins <= at < ends}
            context = replace(self._context, items=here)
            context.__dict__["tie_index"] = self._ties  # the notes stay as they are
            hour = int(at // HOUR)
            if hour not in self._stories:
                self._stories[hour] = mine_news(context, hour * HOUR)
            made = [*mine_reviews(context, at), *mine_meetings(context, at), *mine_unfinished_work(context, at)]
            vectors: dict[str, Sequence[float]] = {}
            table = TopicTable.from_topics([*made, *self._stories[hour]], vectors)
            self._tables[step] = self._join(table)
        return self._tables[step]

    def _join(self, table: TopicTable) -> TopicTable:
        """One pool with the topics of the notes, with their meanings."""
        topics = [*self.standing.topics, *table.topics]
        passages = {
            lines.passage: self.standing.meanings[row]
            for row, topic in enumerate(self.standing.topics)
            for lines in topic.evidence
            if lines.passage
        }
        return TopicTable.from_topics(topics, passages)

    def _list_subjects(self) -> list[tuple[str, str]]:
        """Pairs of telling words of one passage, each held by few notes: what a story or a pull request is about."""
        found = []
        for passage, terms in zip(self._ties.words.passages.values(), self._ties.words.terms.values(), strict=True):
            telling = [
                word
                for term, word in terms.items()
                if is_telling(term) and word.isalpha() and len(word) > 4 and self._ties.note_counts[term] <= 3
            ]
            if len(telling) >= 2 and not self._ties.is_tender(passage):
                found.append((telling[0], telling[1]))
        return sorted(set(found)) or [("deploy", "queue")]


def _meetings(
    chance: random.Random, monday: float, days: int, people: Sequence[str], subjects: Sequence[tuple[str, str]]
) -> Iterator[Spell]:
    """A stand-up each working day, and one to three appointments, most of them with somebody of the notes."""
    for day in range(days):
        if day % 7 >= 5:
            continue
        times = chance.sample((10.5, 11.5, 13.5, 14.5, 15.5, 16.5), chance.choice((1, 2, 2, 3)))
        yield _meeting(f"standup/{day}", "Stand-up", monday + day * DAY + 9.5 * HOUR, 15 * MINUTE, people[:3])
        for number, hour in enumerate(sorted(times)):
            who = chance.sample(list(people), min(len(people), chance.choice((1, 1, 2))))
            about = chance.choice(subjects)
            title = chance.choice((f"{who[0]} catch-up", f"{about[0]} {about[1]} planning", "Roadmap"))
            length = chance.choice((30, 45, 60)) * MINUTE
            yield _meeting(f"m{day}/{number}", title, monday + day * DAY + hour * HOUR, length, who)


def _meeting(name: str, title: str, start: float, length: float, people: Sequence[str]) -> Spell:
    facts = {
        "start": f"{start:.0f}",
        "end": f"{start + length:.0f}",
        "busy": "yes",
        "people": NAME_SEPARATOR.join(people),
    }
    origin = ItemOrigin(source="calendar", form="invitation", author=people[0])
    text = f"{title}\n\n- With: {', '.join(people)}"
    item = SourceItem(id=f"cal/{name}", title=title, text=text, at=start, origin=origin, facts=facts)
    return Spell(item, start - 3 * DAY, start + length + 2 * HOUR)


def _pulls(
    chance: random.Random, monday: float, days: int, people: Sequence[str], subjects: Sequence[tuple[str, str]]
) -> Iterator[Spell]:
    """A pull request of the owner's every other day; comments come within two days, and it is settled on the next."""
    me = ForgeActor(name="me", own=True)
    for number, day in enumerate(range(-2, days, 2)):
        if day % 7 >= 5:
            continue
        opened = monday + day * DAY + 16 * HOUR
        about = chance.choice(subjects)
        others = [ForgeActor(name=name.split()[0].lower()) for name in chance.sample(list(people), min(3, len(people)))]
        said = [
            opened + hours * HOUR for hours in sorted(chance.uniform(16, 44) for _ in range(chance.choice((1, 2, 3))))
        ]
        blocks = chance.random() < 0.4
        words = [f"What does this do to {about[0]}?", "nit: a shorter name.", f"The {about[1]} could be tested here."]
        comments = tuple(
            ForgeComment(id=f"c{place}", author=others[place % len(others)], text=words[place], at=at)
            for place, at in enumerate(said)
        )
        thread = ForgeComment(
            id="t", author=others[0], text="issue (blocking): the error is swallowed here.", at=said[0]
        )
        failed = ForgeCheck(name="unit tests", state="failed", at=opened + HOUR)
        pull = ForgePull(
            id=f"P{number}", repository="acme/api", number=number + 1, title=f"{about[0]} in {about[1]}", text="",
            address=f"https://forge.example/{number}", author=me, created_at=opened, updated_at=said[-1],
            pushed_at=opened, comments=comments, checks=(failed,) if chance.random() < 0.3 else (),
            threads=(ForgeThread(id="T", comments=(thread,), path="src/a.py", line=41),) if blocks else (),
        )  # fmt: skip
        settled = said[-1] + chance.uniform(10, 40) * HOUR
        for item in items_of_pull("forge.example", pull):
            yield Spell(item, item.at if item.origin.form != "pull request" else opened, settled)


def _waiting(
    chance: random.Random, monday: float, days: int, people: Sequence[str], subjects: Sequence[tuple[str, str]]
) -> Iterator[Spell]:
    """Reviews that are asked of the owner, mentions, and issues that were assigned long ago."""
    for number in range(days):
        form = chance.choices(("review request", "mention", "issue"), (5, 3, 2))[0]
        asked = monday + number * DAY + chance.uniform(9, 18) * HOUR - (9 * DAY if form == "issue" else 0.0)
        about, who = chance.choice(subjects), ForgeActor(name=chance.choice(list(people)).split()[0].lower())
        found = ForgeNoteworthy(
            id=f"N{number}", form=form, repository="acme/web", number=100 + number, author=who, at=asked,  # type: ignore[arg-type]  # drawn from the forms
            title=f"{about[0]} and {about[1]}", text=f"Could you look at {about[0]}?", updated_at=asked,
            address=f"https://forge.example/n{number}",
        )  # fmt: skip
        yield Spell(item_of_noteworthy("forge.example", found), asked, asked + chance.uniform(1, 12) * DAY)


def _branches(chance: random.Random, monday: float, subjects: Sequence[tuple[str, str]]) -> Iterator[Spell]:
    """Branches that rest since some days before the fortnight or within it."""
    for number in range(7):
        touched = monday + chance.uniform(-20, 8) * DAY
        about = chance.choice(subjects)
        facts = {
            "repository": "api", "folder": "/code/api", "branch": f"{about[0].lower()}-{number}", "into": "main",
            "commits": "3", "tip": f"{number}", "aim": "merge", "rests from": f"{touched + 5 * DAY:.0f}",
        }  # fmt: skip
        origin = ItemOrigin(source="git", form="branch", author="me", own=True)
        text = f"# {about[0]} {about[1]}\n\nCommits to merge:\n\n- {about[0]}: first steps\n- {about[1]} as well"
        title = f"{about[0]} in api"
        item = SourceItem(id=f"api/branch/{number}", title=title, text=text, at=touched, origin=origin, facts=facts)
        yield Spell(item, touched, touched + 30 * DAY)


def _stories(chance: random.Random, monday: float, days: int, subjects: Sequence[tuple[str, str]]) -> Iterator[Spell]:
    """Stories of four feeds, most of them about something else than the notes are."""
    for number in range(-3 * STORIES_A_DAY, days * STORIES_A_DAY):
        at = monday + (number + chance.random()) / STORIES_A_DAY * DAY
        drawn = chance.sample(WORDS, 6)
        title = f"The {drawn[0]} and the {drawn[1]}"
        text = f"The {drawn[0]} of the {drawn[2]} was the {drawn[3]} of the {drawn[1]}. " * 3
        if chance.random() < MEETING_STORIES:
            about = chance.choice(subjects)
            if chance.random() < 0.67:
                title = f"How {about[0]} changes with {about[1]}"
                text = f"With {about[1]} comes a new way for {about[0]}. Whoever has {about[0]} needs {about[1]} too."
            else:
                text += f" Beside that, {about[0]} was named."
        origin = ItemOrigin(
            source="news", form="story", author=chance.choice(FEEDS), address=f"https://feeds.example/{number}"
        )
        item = SourceItem(id=f"s{number + 1000}", title=title, text=text, at=at, origin=origin, facts={"words": "60"})
        yield Spell(item, at, at + 8 * DAY)
