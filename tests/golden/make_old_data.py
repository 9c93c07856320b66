"""Five weeks with the program as it was at commit 38a7ba8, by a stepped clock: they made data/journal-38a7ba8.* and
data/folder-38a7ba8.*. This is kept to show how; the data is what is pinned, and is not made again.

    python -m tests.golden.make_old_data    from the root, where proactive_tui/ is that of commit 38a7ba8 (two minutes)

The real loop, index, models and embedding model; what is not real is the face, the clock, and Ollama, for whom
tests/ollama_server.py stands in a few conversations. There are offers, every reaction, silences, questions about
moments, undo, kinds switched off and on, quiet, conversations (continued, replaced, stopped, saved, deleted), edits,
notes that move, leave and come back, and forgetting: of a note, of a topic, of an answer, and of the last hours.
To run it again, check the commit out that added it: names that it uses may be others since.
"""
# mypy: ignore-errors

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from unittest import mock

from msgspec import structs

from proactive_tui.brain.app import BrainApp
from proactive_tui.brain.offers import scheduler
from proactive_tui.brain.services import open_services
from proactive_tui.config import Config, LanguageModelConfig, OffersConfig
from proactive_tui.index.embedder import MiniLM
from proactive_tui.ipc.events import (
    ConversationOpened,
    DataForgotten,
    FailureReport,
    MomentQuestion,
    OfferMade,
    OfferWithdrawn,
    ReplyChunk,
    ReplyFinished,
    RequestDone,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    DeleteConversation,
    ForgetData,
    LeaveConversation,
    OpenConversation,
    RateMoment,
    ReactToOffer,
    ReportFocus,
    ReportKeyPress,
    ReportOfferShown,
    ResumeConversation,
    SaveConversation,
    SendMessage,
    SetKindEnabled,
    SetQuietUntil,
    StopReply,
    SuggestNow,
    UndoReaction,
    UpdateConfig,
    WireRequest,
)
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.topic_values import Evidence
from proactive_tui.paths import open_data_folder
from tests.golden import old
from tests.golden.learned import replayed
from tests.golden.old import COMMIT
from tests.golden.pinned import DATA, in_utc, vault
from tests.ollama_server import Script, serving
from tests.waiting import until

BEGINS = datetime(2026, 10, 19, 8, 30, tzinfo=UTC).timestamp()
"""A Monday."""
DAYS = 36
DAY, HOUR, MINUTE = 86_400.0, 3_600.0, 60.0
CONFIG = Config(llm=LanguageModelConfig(backend="none"), offers=OffersConfig(per_day=2, first_day=2))

T = TypeVar("T")

WRITES = (
    ("work/raft-lab.md", "- [ ] measure elections with five servers by 2026-11-{day:02}\n"),
    ("daily/2026-10-13.md", "\nThe queue was slow again. Why do consumers fall behind on Mondays?\n"),
    ("leases.md", "\nNot sure whether a lease survives a leader that sleeps for {day} seconds.\n"),
    ("reading/2026-09-20-habits.md", "\n{day} pages this week; a quiz afterwards helped.\n"),
    ("home/2026-10-03-brot.md", "\n- [ ] Roggenmehl Nummer {day} versuchen\n"),
    ("work/queue.md", "\nI promised Jonas to draw the queue with {day} consumers.\n"),
    ("2026-10-01-raft.md", "\nTerm {day}: does a learner count for the quorum?\n"),
    ("people/mara.md", "- [ ] ask Mara about rig {day}\n"),
)
"""What is written, and where: day by day another one, and those before it again."""


class Life:
    """The brain with a face that is a list, and a clock that is set."""

    def __init__(self, folder: Path) -> None:
        self.notes, self.data = vault(folder), folder / "data"
        self.said: list[WireEvent] = []
        self._base, self._since = BEGINS, time.monotonic()
        self._request = 0
        self.here = True
        """Whether somebody sees what is on screen."""
        self.services = open_services(CONFIG, open_data_folder(self.data), self.notes)
        self.brain = BrainApp(self.services, self._told, clock=self.clock, rng=random.Random(38))
        self.problems: list[str] = []

    def _told(self, tell: WireEvent) -> None:
        self.said.append(tell)
        if isinstance(tell, OfferMade) and self.here:
            asyncio.get_running_loop().call_soon(self.ask, ReportOfferShown(offer=tell.offer.id, at=self.clock()))
        if isinstance(tell, FailureReport):
            self.problems.append(f"{tell.title}: {tell.message}")

    def clock(self) -> float:
        """The time there."""
        return self._base + time.monotonic() - self._since

    def step(self, seconds: float) -> None:
        """Time passes."""
        self._base += seconds

    def to(self, day: int, hour: float) -> None:
        """On a day from the first on, at an hour."""
        self.step(max(0.0, BEGINS - 8.5 * HOUR + day * DAY + hour * HOUR - self.clock()))

    def ask(self, ask: WireRequest) -> None:
        """The face says something."""
        self.brain.dispatch(ask)

    def number(self) -> int:
        """A new request."""
        self._request += 1
        return self._request

    async def answer(self, kind: type[T], ask: WireRequest) -> T:
        """The next message of a kind after this was said."""
        before = len(self.all(kind))
        self.ask(ask)
        return (await until(lambda: self.all(kind)[before:], 30))[0]

    def all(self, kind: type[T]) -> list[T]:
        """What was told, of a kind."""
        return [each for each in self.said if isinstance(each, kind)]

    @property
    def shown(self) -> Offer | None:
        """What is on screen."""
        return self.brain._initiative.pending_offer

    async def ticks(self, seconds: float = 0.25) -> None:
        """Let the loop decide a few times."""
        await asyncio.sleep(seconds)
        assert not self.brain.part_failed.is_set(), "a part of the brain died"

    async def settled(self) -> None:
        """Until the index knows all there is to know."""
        upkeep = self.brain._upkeep
        await until(
            lambda: (
                not (upkeep._dirty or upkeep._unread or upkeep._stale or upkeep._unswept or upkeep.outdated)
                and upkeep.mined_at is not None
                and self.services.warm
                and not upkeep.progress.pending
            ),
            120,
        )
        await self.ticks()

    async def look_again(self) -> None:
        """The hour's look at the topics."""
        self.brain._upkeep.invalidate_topics()
        await self.settled()

    def write(self, path: str, text: str) -> None:
        """Add to a note, or make it."""
        file = self.notes / path
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text)
        at = int(self.clock())
        os.utime(file, (at, at))
        self.brain._upkeep.queue_changes(frozenset({path}))

    async def offered(self, hours: float = 3.0) -> Offer:
        """An offer that comes by itself within some hours, else one that is asked for."""
        for _ in range(int(hours * 6)):
            self.step(10 * MINUTE)
            await self.ticks(0.12)
            if self.shown:
                break
        else:
            if not self.shown:
                await self.answer(OfferMade, SuggestNow(request=self.number()))
        offer = self.shown
        assert offer is not None
        self.step(8.0)
        return offer

    async def talk(self, offer: str = "", about: Evidence | None = None) -> str:
        """Open a conversation; its id."""
        opened = await self.answer(
            ConversationOpened, OpenConversation(request=self.number(), offer=offer, about=about)
        )
        self.step(20.0)
        return opened.conversation.id

    async def say(self, conversation: str, text: str, instead: str = "") -> ReplyFinished:
        """Say something and hear the reply."""
        said = await self.answer(
            ReplyFinished, SendMessage(request=self.number(), conversation=conversation, text=text, instead=instead)
        )
        self.step(45.0)
        return said

    def react(self, offer: Offer, reaction: str, *, never: bool = False, minutes: float = 60.0) -> None:
        """Answer an offer."""
        ends = self.clock() + minutes * MINUTE if reaction == "snoozed" else None
        self.ask(
            ReactToOffer(
                offer=offer.id,
                reaction=reaction,  # type: ignore[arg-type]
                seconds=self.clock() - offer.at,
                until=ends,
                never=never,
            )
        )


async def lived(life: Life) -> None:
    """Five weeks."""
    async with life.brain:
        await life.settled()
        for day in range(DAYS):
            await one_day(life, day)
            sys.stderr.write(f"day {day}: {life.services.journal.count_by_kind()} {life.problems}\n")
            life.problems.clear()
        life.to(DAYS, 9.0)
        await life.look_again()
        life.step(20 * MINUTE)
        await life.ticks(0.5)
        await life.settled()


async def one_day(life: Life, day: int) -> None:
    """Writing in the morning, an offer before noon and one after it, each answered in its own way."""
    life.to(day, 8.6 + day % 3)
    await life.look_again()
    life.ask(ReportFocus(focused=day % 4 != 0, at=life.clock()))
    for path, text in (WRITES[day % len(WRITES)], WRITES[day * 3 % len(WRITES)])[: 1 + day % 2]:
        life.write(path, text.format(day=day % 30 + 1))
        await life.settled()
        life.step(12 * MINUTE)
    life.ask(ReportKeyPress(at=life.clock()))
    await life.ticks()
    if day % 6 == 3:
        life.brain._sensed.record_idle(20 * MINUTE, life.clock())
        life.step(30 * MINUTE)
        await life.ticks()
        life.brain._sensed.record_idle(0.0, life.clock())
        life.brain._sensed.record_commit(life.clock())
        await life.ticks()
    if day % 9 == 4:
        life.ask(SetQuietUntil(until=life.clock() + HOUR))
        life.step(30 * MINUTE)
        await life.ticks()
        life.ask(SetQuietUntil(until=None))
    await MORNINGS[day % len(MORNINGS)](life, await life.offered())
    await besides(life, day)
    if day % 3 == 1:
        life.to(day, 14.0)
        await life.look_again()
        if life.shown is None:
            await AFTERNOONS[day // 3 % len(AFTERNOONS)](life, await life.offered(2.0))
    if life.shown:
        await ignored(life, life.shown)
    if day % 7 == 6:
        life.to(day, 22.5)  # quiet hours
        await life.look_again()


async def followed_up(life: Life, offer: Offer) -> None:
    """Talk, ask on twice, leave, and say that the moment was good if asked."""
    conversation = await life.talk(offer.id)
    await life.say(conversation, "What do my notes say about it?")
    await life.say(conversation, "And what is next?")
    await leave(life, conversation, good=True)


async def unseen(life: Life, offer: Offer) -> None:
    """Another one comes that nobody sees, and goes."""
    life.react(offer, "not now")
    life.here = False
    life.step(2 * HOUR)
    if life.shown is None:
        await life.answer(OfferMade, SuggestNow(request=life.number()))
    before = len(life.all(OfferWithdrawn))
    life.step(11 * MINUTE)
    await until(lambda: len(life.all(OfferWithdrawn)) > before, 20)
    life.here = True


async def engaged(life: Life, offer: Offer) -> None:
    """Talk, and leave."""
    await leave(life, await life.talk(offer.id), good=True)


async def replaced(life: Life, offer: Offer) -> None:
    """Say something, and in other words again; then come back to it."""
    conversation = await life.talk(offer.id)
    await life.say(conversation, "How large is the bound?")
    await life.say(conversation, "How large is the bound on drift?", instead="How large is the bound?")
    await leave(life, conversation, good=False)
    await life.answer(ConversationOpened, ResumeConversation(request=life.number(), conversation=conversation))
    await life.say(conversation, "One more thing: who has the rig?")
    await leave(life, conversation, good=False)


async def leave(life: Life, conversation: str, *, good: bool) -> None:
    """Leave it; answer the question about the moment, where there is one."""
    before = len(life.all(MomentQuestion))
    life.ask(LeaveConversation(conversation=conversation))
    life.step(10.0)
    await life.ticks()
    for asked in life.all(MomentQuestion)[before:]:
        life.ask(RateMoment(offer=asked.offer, good=good))


async def not_now(life: Life, offer: Offer) -> None:
    """A bad moment."""
    life.react(offer, "not now")


async def not_this(life: Life, offer: Offer) -> None:
    """A wrong topic, and a bad moment if asked."""
    before = len(life.all(MomentQuestion))
    life.react(offer, "not this")
    life.step(10.0)
    await life.ticks()
    for asked in life.all(MomentQuestion)[before:]:
        life.ask(RateMoment(offer=asked.offer, good=False))


async def never(life: Life, offer: Offer) -> None:
    """Not this, and never this kind; an hour later the kind is back."""
    life.react(offer, "not this", never=True)
    await life.settled()
    life.step(HOUR)
    life.ask(SetKindEnabled(kind=offer.topic.kind, wanted=True))
    await life.settled()


async def off(life: Life, offer: Offer) -> None:
    """The kind of what is on screen is switched off, which takes it away, and on again the next hour."""
    life.ask(SetKindEnabled(kind=offer.topic.kind, wanted=False))
    await life.settled()
    life.step(HOUR)
    life.ask(SetKindEnabled(kind=offer.topic.kind, wanted=True))
    await life.settled()


async def snoozed(life: Life, offer: Offer) -> None:
    """Later."""
    life.react(offer, "snoozed", minutes=90.0)


async def ignored(life: Life, offer: Offer) -> None:
    """It leaves by itself."""
    life.step(240.0)
    life.react(offer, "ignored")


async def withdrawn(life: Life, offer: Offer) -> None:
    """Its notes say something else now."""
    kept = {path: (life.notes / path).read_bytes() for path in offer.topic.paths}
    before = len(life.all(OfferWithdrawn))
    for path in kept:
        (life.notes / path).write_text("# Nothing\n\nAll of it is gone for a moment.\n", encoding="utf-8")
        os.utime(life.notes / path, (int(life.clock()), int(life.clock())))
    life.step(5.0)
    life.brain._upkeep.queue_changes(frozenset(kept))
    await life.settled()
    if len(life.all(OfferWithdrawn)) == before:
        life.react(offer, "not now")
    life.step(15 * MINUTE)
    for path, data in kept.items():
        (life.notes / path).write_bytes(data)
        os.utime(life.notes / path, (int(life.clock()), int(life.clock())))
    life.brain._upkeep.queue_changes(frozenset(kept))
    await life.settled()


async def corrected(life: Life, offer: Offer) -> None:
    """Not this: no, that was a slip, not now."""
    life.react(offer, "not this")
    await life.answer(OfferMade, UndoReaction(request=life.number(), offer=offer.id))
    await until(lambda: life.services.history.outcomes[offer.id].reaction is None, 20)
    life.step(6.0)
    life.react(offer, "not now")


async def brought_back(life: Life, offer: Offer) -> None:
    """It left by itself, is brought back, and taken up."""
    await ignored(life, offer)
    await life.answer(OfferMade, UndoReaction(request=life.number()))
    await until(lambda: life.services.history.outcomes[offer.id].reaction is None, 20)
    life.step(6.0)
    await engaged(life, offer)


async def by_model(life: Life, offer: Offer) -> None:
    """A language model replies, and is stopped; the next offer is in its words."""
    with serving() as server:
        plain = Script(says="It is as your notes say [1], and no more than that.")
        server.scripts.extend([plain] * 40)
        config = life.services.config
        life.ask(
            UpdateConfig(config=structs.replace(config, llm=LanguageModelConfig(backend="ollama", host=server.url)))
        )
        await until(lambda: life.brain._speaking.status.backend == "ollama", 20)
        conversation = await life.talk(offer.id)
        await life.say(conversation, "What do I know about it?")
        heard, number = len(life.all(ReplyChunk)), life.number()
        server.scripts.clear()
        server.scripts.extend([Script(says="This takes long,", endless=True, between=0.02)] * 4)
        life.ask(SendMessage(request=number, conversation=conversation, text="In many words, please."))
        await until(lambda: len(life.all(ReplyChunk)) > heard + 3, 20)
        life.ask(StopReply(request=number))
        await until(lambda: any(each.request == number for each in life.all(ReplyFinished)), 20)
        server.scripts.clear()
        server.scripts.extend([plain] * 100)
        await leave(life, conversation, good=True)
        life.step(2 * HOUR)
        await life.look_again()
        if life.shown is None:
            best, *_ = await life.brain._initiative.list_suggestions(life.brain._initiative._current_moment())
            server.scripts.clear()
            words = best.topic.evidence[0].text.splitlines()[0].removeprefix("- [ ] ")
            server.scripts.extend([Script(says=f"“{words.rstrip('.?!')}”: what is left to do?")] * 100)
            life.brain._initiative.openers.clear()
            second = (await life.answer(OfferMade, SuggestNow(request=life.number()))).offer
            life.step(9.0)
            await engaged(life, second)
        life.ask(UpdateConfig(config=config))
        await until(lambda: life.brain._speaking.status.backend == "template", 20)


Way: TypeAlias = Callable[[Life, Offer], Awaitable[None]]
MORNINGS: tuple[Way, ...] = (
    followed_up, not_this, snoozed, engaged, not_now, withdrawn, ignored, replaced, corrected, by_model, never,
    brought_back, off,
)  # fmt: skip
AFTERNOONS: tuple[Way, ...] = (not_now, engaged, not_this, unseen, followed_up, ignored)


async def besides(life: Life, day: int) -> None:
    """What happens beside offers, day by day."""
    life.step(30 * MINUTE)
    match day:
        case 3:
            conversation = await life.talk()
            await life.say(conversation, "When do the tulips flower?")
            await leave(life, conversation, good=True)
        case 5:
            quoted = Evidence(path="leases.md", line_start=5, line_end=5, text="A lease needs a bound on clock drift.")
            conversation = await life.talk(about=quoted)
            await life.say(conversation, "Where else do I write about clocks?")
            saved = await life.answer(
                RequestDone, SaveConversation(request=life.number(), conversation=conversation, name="talks/clocks")
            )
            life.brain._upkeep.queue_changes(frozenset({saved.path}))
            await leave(life, conversation, good=True)
        case 8:
            conversation = await life.talk()
            await life.say(conversation, "This one is deleted.")
            await leave(life, conversation, good=True)
            await life.answer(RequestDone, DeleteConversation(request=life.number(), conversation=conversation))
        case 10:
            await forgotten(life, ForgetData(request=life.number(), path="home/2026-10-03-brot.md"))
        case 12:
            (life.notes / "work/queue.md").rename(life.notes / "work/back-pressure.md")
            life.brain._upkeep.queue_changes(frozenset({"work/queue.md", "work/back-pressure.md"}))
        case 15 | 34:
            (life.notes / "people/mara.md").rename(life.notes.parent / "mara.md")
            life.brain._upkeep.queue_changes(frozenset({"people/mara.md"}))
        case 17:
            (life.notes.parent / "mara.md").rename(life.notes / "people/mara.md")
            life.brain._upkeep.invalidate_topics(reread=True)
        case 20:
            newest = list(life.services.history.offers.values())[-4]
            await forgotten(life, ForgetData(request=life.number(), topic=newest.topic.id))
        case 22:
            offers = [each.offer for each in life.services.history.past_outcomes if each.reaction == "not now"]
            await forgotten(life, ForgetData(request=life.number(), reactions=(offers[-1],)))
        case 25:
            await forgotten(life, ForgetData(request=life.number(), since=life.clock() - 2 * HOUR))
        case 28:
            (life.notes / "crlf.md").unlink()
            life.write("talks/clocks.md", "\nMine now: clocks drift by 200 ppm at most.\n")
            life.brain._upkeep.queue_changes(frozenset({"crlf.md"}))
    await life.settled()


async def forgotten(life: Life, ask: ForgetData) -> None:
    """Forget something."""
    sys.stderr.write(f"{await life.answer(DataForgotten, ask)}\n")
    await life.settled()


def packed(life: Life, folder: Path) -> None:
    """Journal, what it amounts to, and the data folder with its notes, without what names this machine."""
    kept = life.data / "journal.db"
    with closing(sqlite3.connect(kept)) as database:
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (DATA / f"journal-{COMMIT}.db.gz").open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as stream:
        stream.write(kept.read_bytes())

    def anonymous(each: tarfile.TarInfo) -> tarfile.TarInfo | None:
        each.uid = each.gid = 0
        each.uname = each.gname = ""
        each.mtime = int(each.mtime)
        left_out = Path(each.name).name in {"lock", "brain.log", "status.json", "status.line", "drafts.json"}
        return None if left_out else each

    with tarfile.open(DATA / f"folder-{COMMIT}.tar.gz", "w:gz", compresslevel=9) as archive:
        for name in ("data", "notes"):
            archive.add(folder / name, name, filter=anonymous)


def written(folder: Path) -> None:
    """What is to be found in both."""
    amounts = replayed(old.journal(folder))
    put(f"journal-{COMMIT}.json", amounts)
    with old.at(amounts["at"]):
        with closing(old.opened(old.unpacked(folder), MiniLM())) as services:
            held = old.holds(services, amounts["at"]) | {"nearest": old.nearest(services)}
        put(f"folder-{COMMIT}.json", held)


def put(name: str, value: Any) -> None:
    """Compact, and a few lines."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    (DATA / name).write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")


def main() -> None:
    """Live, and keep what came of it."""
    trees = [
        subprocess.run(["git", "rev-parse", f"{each}:proactive_tui"], capture_output=True, text=True, check=True).stdout
        for each in (COMMIT, "HEAD")
    ]
    assert trees[0] == trees[1], f"check {COMMIT} out: the data is to be of that program"
    with tempfile.TemporaryDirectory() as name, in_utc(), mock.patch.object(scheduler, "TICK_SECONDS", 0.02):
        life = Life(Path(name))
        asyncio.run(lived(life))
        packed(life, Path(name))
        (Path(name) / "again").mkdir()
        written(Path(name) / "again")


if __name__ == "__main__":
    main()
