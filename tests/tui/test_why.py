from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.ipc.events import DecisionExplanation, FailureReport, OfferMade
from proactive_tui.ipc.requests import ExplainDecision
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.offer_values import Rival, Silence
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.why import WhyScreen, contribution_bars
from tests.tui.fakes import AT, offer, score_reasons
from tests.tui.host import stage


@pytest.mark.slow
async def test_why_of_a_silence() -> None:
    async with stage() as it:
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        asked = it.brain.last(ExplainDecision)
        assert asked.offer == ""
        gate = Gate(name="spacing", passed=False, detail="the last offer was just now", until=AT + 1_800)
        silence = Silence(
            at=AT - 60,
            last=AT,
            reason="spacing",
            detail="too soon after the last offer",
            title="Leader lease",
            times=4,
            receptivity=0.25,
            gates=(gate,),
        )
        await it.tell(
            DecisionExplanation(
                request=asked.request, remarks=("It waits until 10:30.",), silence=silence, gates=(gate,)
            )
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
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_why_of_an_offer_has_bars_and_gates() -> None:
    async with stage() as it:
        await it.press("f6")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        reasons = score_reasons(
            ("just edited", 0.42), ("open question", 0.31), ("shown before", -0.18), ("hour of day", 0.05)
        )
        why = DecisionExplanation(
            request=it.brain.last(ExplainDecision).request, reasons=reasons, remarks=("Just edited.",), offer=offer()
        )
        await it.tell(why)
        await it.until(lambda: it.seen("#parts"))
        lines = it.text("#parts").split("\n")
        assert [line[:14].strip() for line in lines] == ["just edited", "open question", "shown before", "hour of day"]
        assert "+0.42 " in lines[0]
        assert "-0.18 " in lines[2]
        assert lines[0].count("█") > lines[1].count("█") > lines[3].count("█") > 0
        assert "▒" in lines[2]
        assert it.text("#gates").split("\n") == [
            "✗ spacing  12 min since the last offer · until 10:18",
            "✓ quiet hours  22:00-07:30",
        ]
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_what_counted_is_said_in_words_where_the_brain_has_them() -> None:
    async with stage(size=(40, 20)) as it:
        await it.offer()
        await it.press("w")
        reasons = score_reasons(
            ("it is very like what you are working on", 0.31), ("not shown before", 0.2), ("a trifle", 0.001)
        )
        why = DecisionExplanation(
            request=it.brain.last(ExplainDecision).request,
            reasons=reasons,
            remarks=("a " * 30,),
            offer=offer(),
        )
        await it.tell(why)
        await it.until(lambda: it.seen("#parts"))
        assert it.text("#parts").split("\n") == [
            "it is very like what you…  +0.31 ████",
            "not shown before           +0.20 ███",
        ]
        assert it.text("#words").split("\n")[1].startswith("  a a")  # what wraps hangs under its bullet
        assert "not shown" not in it.text("#words")  # it has a bar
        assert not it.seen("OfferCard .body")  # it is said above
        await it.tell(OfferMade(offer=offer("o2", text="Another thing.")))
        await it.until(lambda: it.seen("OfferCard .body"))


@pytest.mark.slow
async def test_nothing_decided_yet_and_a_failure() -> None:
    async with stage() as it:
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        await it.tell(DecisionExplanation(request=it.brain.last(ExplainDecision).request))
        await it.until(lambda: it.text("#title") == "Nothing was decided yet.")
        await it.press("w", "w")
        await it.until(lambda: len(it.brain.asked(ExplainDecision)) == 2)
        await it.tell(
            FailureReport(
                request=it.brain.last(ExplainDecision).request, title="No such offer", hint="It was forgotten."
            )
        )
        await it.until(lambda: it.text("#title") == "No such offer")
        assert it.text("#words") == "It was forgotten."


async def test_what_lost_and_what_would_have_changed_it() -> None:
    async with stage(size=(100, 40)) as it:
        await it.press("w")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        rivals = (
            Rival(topic="t2", kind="task", title="Send Mara the numbers", score=0.6),
            Rival(topic="t3", kind="theme", title="Sourdough 日本語 [b]", score=0.2),
        )
        why = DecisionExplanation(
            request=it.brain.last(ExplainDecision).request,
            remarks=("just edited",),
            otherwise=("without “just edited” it would have been “Send Mara the numbers” instead",),
            offer=structs.replace(offer(), rivals=rivals),
        )
        await it.tell(why)
        await it.until(lambda: it.seen("#rivals"))
        lines = it.text("#rivals").split("\n")
        assert [line.split(" +")[0].rstrip() for line in lines] == [
            "→ Does the leader lease survive a clock jump?",
            "  Send Mara the numbers",
            "  Sourdough 日本語 [b]",
        ]
        assert ["+0.80" in lines[0], "+0.60" in lines[1], "+0.20" in lines[2]] == [True] * 3
        assert lines[0].count("█") > lines[1].count("█") > lines[2].count("█")
        assert it.text("#changed").startswith("• without “just edited” it would have been")
        assert "instead" not in it.text("#words")


def test_bars_fit_their_width() -> None:
    parts = [("a very long name of a feature that goes on", 3.0), ("b", -1.5), ("nothing", 0.0)]
    for width in (24, 40, 80):
        for line in contribution_bars(parts, width).plain.split("\n"):
            assert len(line.rstrip()) <= max(width, 25)
    assert contribution_bars([("nothing", 0.0)], 40).plain == ""
