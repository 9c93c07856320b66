"""Several clients at one brain, over real sockets: who hears what, and what one of them cannot do to the others."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import msgspec
import pytest

from proactive_tui.brain.doors import client_connection, client_hub
from proactive_tui.brain.doors.client_hub import ClientHub
from proactive_tui.config import Config, OffersConfig
from proactive_tui.ipc import codec, local_socket, requests
from proactive_tui.ipc.events import (
    ConfigChanged,
    FaceReleased,
    FailureReport,
    OwnerNotice,
    ReplyChunk,
    ReplyFinished,
    RequestDone,
    SearchResults,
)
from proactive_tui.ipc.requests import (
    ClientHello,
    KeepRunning,
    QuitBrain,
    SearchNotes,
    SendMessage,
    StopReply,
    WireRequest,
)
from proactive_tui.model.talk_values import Turn
from proactive_tui.paths import DataPaths, open_data_folder
from tests.brain.doors.speaking import NOTES, Speaker, open_door
from tests.waiting import until

SAID = Turn(role="assistant", text="At the millpond.", at=0.0)


@pytest.fixture(params=["socket", "loopback"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataPaths:
    """A data folder for a door of either kind."""
    monkeypatch.setattr(local_socket, "HAS_LOCAL_SOCKETS", request.param == "socket")
    return open_data_folder(tmp_path / "data")


def answer(hub: ClientHub, ask: WireRequest) -> None:
    if isinstance(ask, SearchNotes):
        hub.send_event(SearchResults(request=ask.request, hits=()))
    elif isinstance(ask, SendMessage):
        hub.send_event(ReplyChunk(request=ask.request, text="At"))


async def test_an_answer_reaches_who_asked_under_the_number_it_chose(place: DataPaths) -> None:
    async with open_door(place) as door:
        face, command = await door.greet("face"), await door.greet("command")
        face.say(SearchNotes(request=1, query="heron"))
        command.say(SearchNotes(request=1, query="weir"))
        await until(lambda: len(door.heard) == 2)
        numbers = {ask.query: ask.request for ask in door.heard if isinstance(ask, SearchNotes)}
        assert numbers["heron"] != numbers["weir"]
        door.hub.send_event(FailureReport(request=numbers["weir"], title="No weir"))
        door.hub.send_event(SearchResults(request=numbers["heron"], hits=()))
        assert await command.hear(FailureReport) == FailureReport(request=1, title="No weir")
        assert await face.hear(SearchResults) == SearchResults(request=1, hits=())
        door.hub.send_event(SearchResults(request=numbers["heron"], hits=()))  # a second answer is nobody's
        door.hub.send_event(OwnerNotice(title="after"))
        assert (await face.hear(OwnerNotice)).title == "after"


async def test_what_nobody_asked_for_is_for_the_face_that_came_last(place: DataPaths) -> None:
    async with open_door(place, answer) as door:
        before, command = await door.greet("face"), await door.greet("command")
        door.hub.send_event(OwnerNotice(title="one"))
        assert (await before.hear(OwnerNotice)).title == "one"
        after = await door.greet("face")
        assert (await before.hear(FaceReleased)).reason == "another face"
        assert await before.is_cut()
        door.hub.send_event(OwnerNotice(title="two"))
        assert (await after.hear(OwnerNotice)).title == "two"
        command.say(SearchNotes(request=9, query="x"))
        assert (await command.hear(SearchResults)).request == 9


async def test_a_config_that_a_command_changed_is_told_to_the_face(place: DataPaths) -> None:
    config = Config(offers=OffersConfig(per_day=9))
    async with open_door(place) as door:
        face, command = await door.greet("face"), await door.greet("command")
        command.say(requests.UpdateConfig(config=config))
        assert (await face.hear(ConfigChanged)).config == config
        face.say(requests.UpdateConfig(config=Config()))
        door.hub.send_event(OwnerNotice(title="after"))
        assert (await face.hear(OwnerNotice)).title == "after", "what it has changed itself is not told"


async def test_nobody_looks_at_a_command(place: DataPaths) -> None:
    async with open_door(place) as door:
        command, face = await door.greet("command"), await door.greet("face")
        reports = (
            requests.ReportKeyPress(at=1.0),
            requests.ReportFocus(focused=True, at=1.0),
            requests.ReportOfferShown(offer="o", at=1.0),
        )
        command.say(*reports, SearchNotes(request=1, query="last"))
        await until(lambda: door.heard)
        assert [type(ask) for ask in door.heard] == [SearchNotes]
        face.say(*reports)
        await until(lambda: len(door.heard) == 4)


async def test_a_reply_ends_when_its_command_is_gone_and_goes_on_for_another(place: DataPaths) -> None:
    async with open_door(place, answer) as door:
        gone, stays = await door.greet("command"), await door.greet("command")
        for speaker in (gone, stays):
            speaker.say(SendMessage(request=5, conversation="c", text="Where?"))
            assert (await speaker.hear(ReplyChunk)).request == 5
        first, second = [ask.request for ask in door.heard if isinstance(ask, SendMessage)]
        await gone.leave()
        await until(lambda: StopReply(request=first) in door.heard)
        assert StopReply(request=second) not in door.heard
        door.hub.send_event(ReplyFinished(request=first, turn=SAID))  # to nobody
        stays.say(StopReply(request=5))
        await until(lambda: StopReply(request=second) in door.heard)
        door.hub.send_event(ReplyFinished(request=second, turn=SAID))
        assert (await stays.hear(ReplyFinished)).request == 5


async def test_a_reply_to_a_face_goes_on_when_the_face_is_gone(place: DataPaths) -> None:
    async with open_door(place, answer) as door:
        gone = await door.greet("face")
        gone.say(SendMessage(request=5, conversation="c", text="Where?"))
        await gone.hear(ReplyChunk)
        (number,) = [ask.request for ask in door.heard if isinstance(ask, SendMessage)]
        await gone.leave()
        stays = await door.greet("face")
        door.hub.send_event(ReplyFinished(request=number, turn=SAID))  # to nobody
        stays.say(SearchNotes(request=5, query="x"))
        await stays.hear(SearchResults)
        assert StopReply(request=number) not in door.heard


async def test_one_that_does_not_read_is_let_go_and_holds_nobody_up(
    place: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_connection, "MAX_UNREAD_BYTES", 1 << 20)
    async with open_door(place, answer) as door:
        command, deaf = await door.greet("command"), await door.greet("face")
        deaf.writer.transport.pause_reading()  # type: ignore[attr-defined]
        for _ in range(200):
            door.hub.send_event(OwnerNotice(title="long", message="x" * 100_000))
        command.say(SearchNotes(request=1, query="x"))
        await command.hear(SearchResults)
        await until(lambda: door.hub.describe_process().faces == 0)
        door.hub.send_event(OwnerNotice(title="to nobody"))


async def test_the_brain_ends_with_its_last_face(place: DataPaths) -> None:
    async with open_door(place) as door:
        one, command = await door.greet("face"), await door.greet("command")
        other = await door.greet("face")
        await command.leave()
        await one.leave()
        await until(lambda: door.hub.describe_process().faces == 1)
        assert not door.hub.ended.is_set()
        await other.leave()
        await until(door.hub.ended.is_set)
        assert door.attended == [False, True, True, False]


@pytest.mark.parametrize("told", [True, False], ids=["told to", "by its config"])
async def test_the_brain_goes_on_without_a_face(place: DataPaths, told: bool) -> None:
    async with open_door(place, answer, stays=not told) as door:
        for count in range(1, 6):
            face = await door.greet("face")
            if told:
                face.say(KeepRunning())
            face.say(SearchNotes(request=1, query="x"))
            await face.hear(SearchResults)
            await face.leave()
            await until(lambda: door.attended == [False, *[True, False] * count])  # noqa: B023
        assert not door.hub.ended.is_set()
        door.hub.send_event(OwnerNotice(title="meanwhile"))
        door.hub.send_event(FailureReport(request=0, title="and this"))
        face = await door.greet("face")
        assert (await face.hear(OwnerNotice)).title == "meanwhile"
        assert (await face.hear(FailureReport)).title == "and this"
        (await door.connect()).say(QuitBrain())
        assert (await face.hear(FaceReleased)).reason == "stopped"
        await until(door.hub.ended.is_set)


async def test_a_face_that_was_parted_cannot_end_the_brain(place: DataPaths) -> None:
    async with open_door(place, answer) as door:
        before, after = await door.greet("face"), await door.greet("face")
        before.say(QuitBrain(), SearchNotes(request=1, query="late"))
        await before.leave()
        await until(lambda: door.hub.describe_process().faces == 1)
        after.say(SearchNotes(request=1, query="x"))
        await after.hear(SearchResults)
        assert not door.hub.ended.is_set()
        assert [getattr(ask, "query", "") for ask in door.heard] == ["x"]


async def test_a_brain_whose_face_never_comes_ends(place: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_hub, "LONELY_SECONDS", 0.05)
    async with open_door(place) as door:
        await until(door.hub.ended.is_set)


@pytest.mark.parametrize(
    "noise",
    [b"not json\n", b'{"type":"Nobody"}\n', b"\xff\xfe\n", b"[" * 100_000 + b"\n", b"\n", b"7\n"],
    ids=["text", "unknown", "bytes", "nesting", "empty", "number"],
)
async def test_noise_is_answered_and_survived(place: DataPaths, noise: bytes) -> None:
    async with open_door(place, answer) as door:
        command = await door.greet("command")
        command.say(noise, SearchNotes(request=1, query="x"))
        assert (await command.hear(FailureReport)).request == 0
        await command.hear(SearchResults)


@pytest.mark.parametrize(
    "first",
    [b"nonsense\n", codec.encode_message(SearchNotes(query="x")), b"x" * 100, b"", b"GET / HTTP/1.1\r\n\r\n"],
    ids=["text", "request", "half", "nothing", "browser"],
)
async def test_without_a_hello_nothing_is_heard(place: DataPaths, first: bytes) -> None:
    async with open_door(place, answer) as door:
        stranger = await door.connect()
        stranger.say(first)
        stranger.writer.write_eof()
        assert b"SearchResults" not in await stranger.reader.read()
        assert door.heard == []
        assert await door.greet("command")


async def test_another_version_is_told_so_whatever_else_it_says(place: DataPaths) -> None:
    async with open_door(place, answer) as door:
        stranger = await door.connect()
        stranger.say(msgspec.json.encode({"type": "ClientHello", "version": 99, "config": 7}) + b"\n")
        assert "versions" in (await stranger.hear(FailureReport)).title
        assert await stranger.is_cut()


async def test_a_call_to_end_needs_no_hello(place: DataPaths) -> None:
    async with open_door(place) as door:
        (await door.connect()).say(b'{"type":"QuitBrain"}\n')
        await until(door.hub.ended.is_set)


@pytest.mark.parametrize("place", ["socket"], indirect=True)
async def test_another_user_is_refused(place: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_door(place, answer) as door:
        monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000 - 1)
        stranger = Speaker(*await asyncio.open_unix_connection(str(place.socket_file)))
        stranger.say(ClientHello(notes=NOTES, data="", config=Config()))
        assert await stranger.is_cut()
        assert door.heard == []
        await stranger.leave()


@pytest.mark.parametrize("place", ["loopback"], indirect=True)
@pytest.mark.parametrize("first", [b"0" * 64 + b"\n", b"nonsense\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 100, b""])
async def test_who_does_not_know_the_token_is_told_nothing(place: DataPaths, first: bytes) -> None:
    async with open_door(place, answer) as door:
        port, token, _ = place.port_file.read_bytes().split()
        stranger = Speaker(*await asyncio.open_connection("127.0.0.1", int(port)))
        stranger.say(first or token[:-1] + b"g\n", ClientHello(notes=NOTES, data="", config=Config()))
        if b"\n" not in first:
            stranger.writer.write_eof()
        assert await stranger.is_cut()
        assert door.heard == []
        assert await door.greet("command")
        await stranger.leave()


async def test_too_many_clients_and_requests_are_refused(place: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_hub, "MAX_CLIENTS", 2)
    monkeypatch.setattr(client_hub, "MAX_OPEN_REQUESTS", 3)
    async with open_door(place) as door:
        first, _ = await door.greet("face"), await door.greet("command")
        assert await door.refuses()
        first.say(*(SearchNotes(request=number, query="x") for number in range(4)))
        assert "at once" in (await first.hear(FailureReport)).title
        assert len(door.heard) == 3
        (number, *_) = [ask.request for ask in door.heard if isinstance(ask, SearchNotes)]
        door.hub.send_event(SearchResults(request=number, hits=()))
        await first.hear(SearchResults)
        first.say(SearchNotes(request=5, query="x"))
        await until(lambda: len(door.heard) == 4)


async def test_many_come_and_go_in_the_middle_of_what_they_asked(place: DataPaths) -> None:
    async with open_door(place) as door:
        for number in range(60):
            speaker = await door.greet("command" if number % 3 else "face")
            speaker.say(SearchNotes(request=1, query=str(number)), SendMessage(request=2, conversation="c", text="?"))
            if number % 2:
                await until(lambda: f"{number}" in {getattr(ask, "query", "") for ask in door.heard})  # noqa: B023
            await speaker.leave()
        await until(lambda: door.hub.describe_process().faces == door.hub.describe_process().commands == 0)
        assert door.hub._askers == {}
        for ask in list(door.heard):
            if number := getattr(ask, "request", 0):
                door.hub.send_event(RequestDone(request=number))


async def test_a_silent_client_is_let_go(place: DataPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_hub, "HELLO_SECONDS", 0.05)
    async with open_door(place) as door:
        silent = await door.connect()
        assert await silent.is_cut()
        await asyncio.sleep(0)
