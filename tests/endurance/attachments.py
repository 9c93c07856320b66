"""Attaches to a real brain and leaves it again and again, with kills in the middle of replies and offers.

`python -m tests.endurance.attachments --rounds 200 --seed 1` ends with status 1 when anything acknowledged was lost or
came twice. The brain is the program's own process with its own embedding model; its language model is a small server
that replies word by word.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final, Literal, cast

from msgspec import structs

from proactive_tui.config import BrainConfig, Config, IndexConfig, LanguageModelConfig
from proactive_tui.ipc.attached_brain import end_brain, start_detached
from proactive_tui.ipc.client import BRAIN_COMMAND
from proactive_tui.ipc.events import (
    ConversationOpened,
    CurrentStatus,
    FailureReport,
    LearningFeedback,
    OfferMade,
    OfferWithdrawn,
    ReplyChunk,
    ReplyFinished,
    TalkLeftOpen,
)
from proactive_tui.ipc.local_door import connect_locally
from proactive_tui.ipc.requests import (
    ClientHello,
    FollowReply,
    GetStatus,
    LeaveConversation,
    OpenConversation,
    ReactToOffer,
    ReportOfferShown,
    ResumeConversation,
    SendMessage,
    SuggestNow,
)
from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from proactive_tui.paths import DataPaths, is_data_folder_held, open_data_folder
from tests.brain.build import NOTES, QUICK
from tests.endurance.face import BrainGoneError, Face
from tests.endurance.outcome import list_counts, tell_outcome
from tests.ollama_server import SMOLLM, OllamaServer, Script, serving
from tests.waiting import wait_for

Victim = Literal["nobody", "face", "brain"]

REPLY: Final = "Hydration of 75 % was too sticky, and rye needs less kneading. " * 3
LAST_WORDS: Final = "So it was."
MORE_NOTES: Final = 40
"""Notes with an open question each, so that there is always something to offer."""


class EndlessScripts(deque[Script]):
    """The same reply for ever."""

    def __bool__(self) -> bool:
        return True

    def popleft(self) -> Script:
        """The next reply."""
        return Script(says=REPLY + LAST_WORDS, between=0.03)


class SocketProcess:
    """What `Face` needs of a brain process, for one that is reached by its socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self.pid = connection, 0
        self.stdin: IO[bytes] | None = cast("IO[bytes]", connection.makefile("wb", buffering=0))
        self.stdout: IO[bytes] | None = cast("IO[bytes]", connection.makefile("rb", buffering=0))

    def wait(self, timeout: float | None = None) -> int:
        """It is nobody's child."""
        return 0

    def kill(self) -> None:
        """Break off, as a face that is killed does."""
        self._connection.close()


@dataclass
class Known:
    """What the brain has acknowledged so far, and what is open."""

    messages: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    reactions: list[str] = field(default_factory=list)
    waiting: str = ""
    """The offer that waits for an answer."""
    talk: str = ""
    """The conversation that is open."""
    is_talk_open: bool = False
    """Whether the brain, which has not been killed since, knows so."""
    is_replying: bool = False
    """Whether a reply was being given when the face left."""


class Place:
    """Notes, data and config of the rounds, and the attachments to their brain."""

    def __init__(self, folder: Path, server: OllamaServer) -> None:
        self.notes = folder / "notes"
        self.notes.mkdir()
        for name, text in NOTES.items():
            (self.notes / name).write_text(text)
        for number in range(MORE_NOTES):
            text = f"# Subject {number}\n\nWhy does gear {number} of the mill need less oil than wheel {number + 1}?\n"
            (self.notes / f"subject-{number}.md").write_text(text)
        self.paths: DataPaths = open_data_folder(folder / "data")
        language = LanguageModelConfig(backend="ollama", host=server.url, beyond_notes=True)
        self.config: Config = structs.replace(
            QUICK,
            llm=language,
            brain=BrainConfig(stay="always"),
            index=IndexConfig(nice=0),
            offers=structs.replace(QUICK.offers, per_day=1000, first_day=1000, ask=False),
        )
        self.starts = 0

    @contextmanager
    def attached(self) -> Iterator[Face]:
        """A face at the brain, which is started where there is none; at the end it is cut off without a word."""
        connection = connect_locally(self.paths)
        if connection is None:
            hello = ClientHello(notes=str(self.notes), data=str(self.paths.data), config=self.config, role="command")
            status, failures = start_detached(hello, self.paths.log_file, BRAIN_COMMAND)
            assert status == 0, f"the brain did not start: {failures}"
            self.starts += 1
            connection = connect_locally(self.paths)
            assert connection is not None, "a brain that has started has no door"
        process = SocketProcess(connection)
        face = Face(self.notes, self.paths.data, self.config, process)
        try:
            status_now = face.answer(GetStatus(request=1), CurrentStatus, 120.0)
            assert isinstance(status_now, CurrentStatus)
            process.pid = status_now.process.pid
            yield face
        finally:
            face.kill()

    def kill_brain(self, face: Face) -> None:
        """End the brain by SIGKILL, and wait until the system has let its lock go."""
        with suppress(ProcessLookupError):
            os.kill(face.process.pid, signal.SIGKILL)
        wait_for(lambda: not is_data_folder_held(self.paths))


class Rounds:
    """Attach, look whether all is as it was, do something, leave or kill; what was found wrong is in `troubles`."""

    def __init__(self, place: Place, chance: random.Random) -> None:
        self._place, self._chance = place, chance
        self._known, self._numbers = Known(), itertools.count(2)
        self._said = itertools.count(1)
        self.victims: Counter[str] = Counter()
        self.in_the_middle: Counter[str] = Counter()
        self.troubles: list[str] = []

    @property
    def acknowledged(self) -> int:
        """How much the brain has acknowledged."""
        known = self._known
        return sum(map(len, (known.messages, known.replies, known.offers, known.reactions)))

    def run(self) -> None:
        """One round."""
        victim: Victim = self._chance.choice(("nobody", "face", "brain", "brain"))
        self.victims[victim] += 1
        with self._place.attached() as face:
            self._check_attached(face)
            with suppress(BrainGoneError):
                self._chance.choice((self._ask, self._ask, self._offer))(face)
                if victim == "nobody":
                    self._leave_in_order(face)
            self._note_left(face, victim)
            if victim == "brain":
                self._place.kill_brain(face)
        self._check_journal()

    def _check_attached(self, face: Face) -> None:
        """The offer that waited is shown, the conversation is there, and a reply that was being given is given."""
        known = self._known
        offers = [told.offer.id for told in face.tells if isinstance(told, OfferMade)]
        gone = {told.offer for told in face.tells if isinstance(told, OfferWithdrawn)}
        if known.waiting and known.waiting not in offers and known.waiting not in gone:
            self.troubles.append(f"the offer {known.waiting} is not shown again, but {offers}")
        for told in face.tells:
            self._hear_offer(told)
        if not known.talk:
            return
        left_open = [told.conversation for told in face.tells if isinstance(told, TalkLeftOpen)]
        if known.is_talk_open and left_open != [known.talk]:
            self.troubles.append(f"the conversation {known.talk} was left open, and {left_open} is")
        opened = face.answer(
            ResumeConversation(request=next(self._numbers), conversation=known.talk), ConversationOpened
        )
        if not isinstance(opened, ConversationOpened):
            self.troubles.append(f"the conversation {known.talk} is lost: {opened}")
            return
        if opened.replying:
            follow = FollowReply(request=next(self._numbers), conversation=known.talk)
            finished = face.answer(follow, ReplyFinished, 60.0)
            self._hear_reply(finished, "followed")
        elif known.is_replying and known.is_talk_open:
            last = opened.conversation.turns[-1]
            if last.role != "assistant" or LAST_WORDS not in last.text:
                self.troubles.append(f"a reply that went on without a face is not whole: {last.text[-60:]!r}")
        known.is_replying = False

    def _ask(self, face: Face) -> None:
        """Say something in the conversation or in a new one, and hear some or all of the reply."""
        known = self._known
        if not known.talk or self._chance.random() < 0.3:
            opened = face.answer(OpenConversation(request=next(self._numbers)), ConversationOpened)
            assert isinstance(opened, ConversationOpened), opened
            known.talk = ""  # nothing was said in it yet, so that nothing is kept
            talk = opened.conversation.id
        else:
            talk = known.talk
        text, request = f"What about the hydration, time {next(self._said)}?", next(self._numbers)
        face.send(SendMessage(request=request, conversation=talk, text=text))
        after = len(face.tells)
        face.until(ReplyChunk, 60.0, after=after, like=lambda chunk: chunk.request == request)
        known.messages.append(text)
        known.talk, known.is_talk_open, known.is_replying = talk, True, True
        if self._chance.random() < 0.3:
            finished = face.until(ReplyFinished, 60.0, after=after, like=lambda told: told.request == request)
            self._hear_reply(finished, "heard")
            known.is_replying = False
        else:
            _rest(face, self._chance.uniform(0.0, 0.8))

    def _offer(self, face: Face) -> None:
        """Wait for an offer or ask for one, look at it, and answer it, or not."""
        known = self._known
        if known.talk:
            face.send(LeaveConversation(conversation=known.talk))
            known.talk, known.is_talk_open = "", False
        if not known.waiting:
            made = face.answer(SuggestNow(request=next(self._numbers)), OfferMade, 60.0)
            if isinstance(made, FailureReport):
                return  # it looks for what to raise
            self._hear_offer(made)
        face.send(ReportOfferShown(offer=known.waiting, at=time.time()))
        if self._chance.random() < 0.5:
            _rest(face, self._chance.uniform(0.0, 0.3))
            return
        answered, after = known.waiting, len(face.tells)
        face.send(ReactToOffer(offer=answered, reaction="not now", seconds=1.0))
        known.waiting = ""
        face.until(LearningFeedback, after=after, like=lambda told: told.offer == answered)
        known.reactions.append(answered)

    def _leave_in_order(self, face: Face) -> None:
        if self._known.talk and not self._known.is_replying and self._chance.random() < 0.5:
            face.send(LeaveConversation(conversation=self._known.talk))
            self._known.talk, self._known.is_talk_open = "", False
            face.answer(GetStatus(request=next(self._numbers)), CurrentStatus)

    def _note_left(self, face: Face, victim: Victim) -> None:
        """What came by itself meanwhile counts, and what a killed brain cannot know does not."""
        for told in face.tells:
            self._hear_offer(told)
        known = self._known
        if victim != "nobody":
            self.in_the_middle["replies"] += known.is_replying
            self.in_the_middle["offers"] += bool(known.waiting)
        if victim == "brain":
            known.is_talk_open = known.is_replying = False

    def _hear_offer(self, told: object) -> None:
        known = self._known
        match told:
            case OfferMade(offer=offer) if offer.id not in known.offers:
                known.offers.append(offer.id)
                known.waiting = offer.id
            case OfferWithdrawn(offer=gone) if gone == known.waiting:
                known.waiting = ""

    def _hear_reply(self, told: object, how: str) -> None:
        if not isinstance(told, ReplyFinished) or LAST_WORDS not in told.turn.text:
            self.troubles.append(f"a reply that was {how} is not whole: {told}")
        else:
            self._known.replies.append(told.turn.text)

    def _check_journal(self) -> None:
        """All that was acknowledged is in the journal once, and its pages are sound."""
        with closing(sqlite3.connect(f"file:{self._place.paths.journal_file}?mode=ro", uri=True)) as raw:
            (sound,) = raw.execute("PRAGMA integrity_check").fetchone()
        with Journal.open_readonly(self._place.paths.journal_file) as journal:
            kept = [recorded.event for recorded in journal.read_events()]
        turns = [kept_event.turn for kept_event in kept if isinstance(kept_event, events.TurnAdded)]
        said = Counter(turn.text for turn in turns if turn.role == "user")
        replied = {turn.text for turn in turns if turn.role == "assistant"}
        issued = Counter(kept_event.offer.id for kept_event in kept if isinstance(kept_event, events.OfferIssued))
        answered = Counter(
            kept_event.offer
            for kept_event in kept
            if isinstance(kept_event, events.ReactionReceived) and kept_event.reaction == "not now"
        )
        known = self._known
        lost = [text for text in known.messages if said[text] != 1]
        lost += [text for text in known.replies if text not in replied]
        lost += [offer for offer in known.offers if issued[offer] != 1]
        lost += [offer for offer in known.reactions if answered[offer] != 1]
        if lost or sound != "ok":
            self.troubles.append(f"the journal ({sound}) has not, or twice: {lost}")


def _rest(face: Face, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        face.hear(deadline - time.monotonic())


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds, and print the counts; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.attachments")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with serving() as server, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server.models, server.scripts = [replace(SMOLLM, parameters="4.0B")], EndlessScripts()
        place = Place(Path(folder), server)
        rounds = Rounds(place, random.Random(given.seed))
        done = 0
        try:
            while done < given.rounds and not rounds.troubles:
                rounds.run()
                done += 1
        finally:
            end_brain(place.paths, 60.0)
        if rounds.troubles:
            sys.stdout.write("\n".join([*rounds.troubles, *place.paths.log_file.read_text().splitlines()[-12:], ""]))
    counted = (
        f"{done} attachments (killed: {list_counts(rounds.victims)}; in the middle of "
        f"{list_counts(rounds.in_the_middle)}), {place.starts} starts of the brain, "
        f"{rounds.acknowledged} acknowledgements"
    )
    return tell_outcome(counted, rounds.troubles, "lost, twice or otherwise than before", began)


if __name__ == "__main__":
    sys.exit(main())
