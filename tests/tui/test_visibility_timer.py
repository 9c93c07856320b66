from __future__ import annotations

from proactive_tui.ipc.events import FailureReport, OfferMade, ReplyChunk, SearchResults, WireEvent
from proactive_tui.tui.controllers.pending_requests import PendingRequests
from proactive_tui.tui.controllers.visibility_timer import Throttle, VisibilityTimer
from tests.tui.fakes import offer


def test_only_stretches_in_sight_count() -> None:
    exposure = VisibilityTimer(guard=1.0, leave_after=10.0)
    assert exposure.visible_seconds(50.0) == 0.0
    assert not exposure.is_answerable(50.0)
    assert exposure.show(100.0)
    assert not exposure.show(101.0)
    exposure.hide(103.0)
    assert exposure.visible_seconds(999.0) == 3.0
    assert not exposure.is_answerable(999.0)
    assert not exposure.show(1_000.0)
    assert exposure.remaining_seconds(1_002.0) == 5.0
    assert exposure.remaining_seconds(2_000.0) == 0.0


def test_the_guard_counts_from_the_arrival() -> None:
    exposure = VisibilityTimer(guard=1.0, leave_after=10.0)
    exposure.show(0.0)
    assert not exposure.is_answerable(0.9)
    assert exposure.is_answerable(1.0)


def test_a_throttle_lets_one_through() -> None:
    throttle = Throttle(1.0)
    assert [throttle.allow(at) for at in (0.0, 0.5, 1.0, 1.9, 2.0)] == [True, False, True, False, True]


def test_answers_reach_who_asked_and_nobody_else() -> None:
    requests = PendingRequests()
    got: list[WireEvent] = []
    number = requests.open(got.append)
    more, whole = ReplyChunk(request=number, text="a"), SearchResults(request=number, hits=())
    assert requests.deliver_event(more)
    assert requests.deliver_event(whole)
    assert not requests.deliver_event(whole)
    assert got == [more, whole]


def test_nobody_waits_for_a_forgotten_request() -> None:
    requests = PendingRequests()
    got: list[WireEvent] = []
    number = requests.open(got.append)
    requests.abandon_request(number)
    assert not requests.deliver_event(SearchResults(request=number, hits=()))
    assert got == []


def test_all_fail_when_the_brain_goes() -> None:
    requests = PendingRequests()
    got: list[WireEvent] = []
    numbers = [requests.open(got.append), requests.open(got.append)]
    requests.fail_all("It stopped", "Again")
    assert got == [FailureReport(request=number, title="It stopped", hint="Again") for number in numbers]


def test_an_offer_answers_the_wish_for_one() -> None:
    requests = PendingRequests()
    got: list[WireEvent] = []
    number = requests.open(got.append, by_offer=True)
    assert not requests.deliver_event(OfferMade(offer=offer()))
    assert not requests.deliver_event(FailureReport(request=number, title="too late"))
    assert got == []
