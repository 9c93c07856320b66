from __future__ import annotations

from proactive_tui.brain.protocol import Because, Failed, Why
from proactive_tui.model import Gate, Silence
from proactive_tui.tui.screens.home import Home
from proactive_tui.tui.screens.why import WhyScreen, contributions
from tests.tui.fakes import AT, offer
from tests.tui.host import stage


async def test_why_of_a_silence() -> None:
    async with stage() as it:
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        asked = it.brain.last(Why)
        assert asked.offer == ""
        gate = Gate(name="spacing", passed=False, detail="the last offer was just now", until=AT + 1_800)
        silence = Silence(
            at=AT - 60,
            last=AT,
            reason="too soon after the last offer",
            detail="It waits",
            title="Leader lease",
            times=4,
            receptivity=0.25,
            gates=(gate,),
        )
        await it.tell(
            Because(request=asked.request, reasons=("It waits until 10:30.",), silence=silence, gates=(gate,))
        )
        await it.until(lambda: "too soon" in it.text("#title"))
        assert it.text("#title").split("\n") == [
            "It said nothing: too soon after the last offer",
            "about “Leader lease” · 10:00 · 4 times",
        ]
        assert it.text("#words").split("\n") == [
            "• It waits until 10:30.",
            "• A welcome at this moment was judged 25% likely.",
        ]
        assert it.text("#gates") == "✗ spacing  the last offer was just now · until 10:30"
        assert not it.seen("#parts")
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, Home))


async def test_why_of_an_offer_has_bars_and_gates() -> None:
    async with stage() as it:
        await it.press("f6")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await it.tell(Because(request=it.brain.last(Why).request, reasons=("Just edited.",), offer=offer()))
        await it.until(lambda: it.seen("#parts"))
        lines = it.text("#parts").split("\n")
        assert [line[:26].strip() for line in lines] == ["just edited", "open question", "shown before", "hour of day"]
        assert "+0.42 " in lines[0]
        assert "-0.18 " in lines[2]
        assert lines[0].count("█") > lines[1].count("█") > lines[3].count("█") > 0
        assert "▒" in lines[2]
        assert it.text("#gates").split("\n")[0] == "✓ quiet hours  22:00-07:30"
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, Home))


async def test_nothing_decided_yet_and_a_failure() -> None:
    async with stage() as it:
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await it.tell(Because(request=it.brain.last(Why).request, reasons=()))
        await it.until(lambda: it.text("#title") == "Nothing was decided yet.")
        await it.press("w", "w")
        await it.until(lambda: len(it.brain.asked(Why)) == 2)
        await it.tell(Failed(request=it.brain.last(Why).request, title="No such offer", hint="It was forgotten."))
        await it.until(lambda: it.text("#title") == "No such offer")
        assert it.text("#words") == "It was forgotten."


def test_bars_fit_their_width() -> None:
    parts = {"a very long name of a feature that goes on": 3.0, "b": -1.5, "nothing": 0.0}
    for width in (24, 40, 80):
        for line in contributions(parts, width).plain.split("\n"):
            assert len(line.rstrip()) <= max(width, 25)
    assert contributions({}, 40).plain == ""
