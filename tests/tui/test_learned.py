from __future__ import annotations

import pytest
from msgspec import structs
from textual.widgets import Static

from proactive_tui.ipc.events import DataForgotten, LearningStatistics
from proactive_tui.ipc.requests import ExplainDecision, ForgetData, GetStatistics, SetFolderEnabled, SetKindEnabled
from proactive_tui.model.learned_values import Belief, CitedOffer, WelcomeShare
from proactive_tui.tui.screens.dialogs.confirm import ConfirmDialog
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.learned import BeliefList, LearnedScreen
from proactive_tui.tui.screens.why import WhyScreen
from proactive_tui.tui.widgets.shares import SharePlot
from tests.tui.fakes import AT
from tests.tui.host import Stage, stage


def share(welcome: int, answered: int) -> WelcomeShare:
    rate = welcome / answered
    return WelcomeShare(welcome=welcome, answered=answered, low=max(0.0, rate - 0.2), high=min(1.0, rate + 0.2))


def learned(request: int, *beliefs: Belief) -> LearningStatistics:
    cited = {
        each: CitedOffer(title=f"Title of {each}", at=AT, reaction="not this") for b in beliefs for each in b.offers
    }
    return LearningStatistics(
        request=request,
        offers=24,
        days=6,
        welcome=share(10, 20),
        over_time={"2026-02-10": share(2, 8), "2026-02-17": share(8, 8), "2026-02-24": share(0, 1)},
        span_days=7,
        by={
            "hour": {"08:00": share(5, 6), "10:00": share(2, 6), "20:00": share(3, 8)},
            "kind": {"tasks": share(1, 8), "open questions": share(9, 12)},
            "framing": {"question": share(10, 20)},
        },
        fewest=4,
        beliefs=beliefs,
        cited=cited,
    )


TASKS = Belief(text="You seldom take up tasks: 0 of 9.", offers=("o1", "o2"))
HOURS = Belief(text="You usually work on your notes at 9–11.", offers=())


async def entered(it: Stage, *beliefs: Belief) -> None:
    await it.press("l")
    await it.until(lambda: isinstance(it.app.screen, LearnedScreen) and it.brain.asked(GetStatistics))
    await it.tell(learned(it.brain.last(GetStatistics).request, *beliefs))
    await it.until(lambda: "welcome" in it.text("#summary"))


def drawn(it: Stage, number: int) -> str:
    plot = list(it.app.screen.query(SharePlot))[number]
    return str(plot.render())


def displayed(it: Stage) -> list[int]:
    return [number for number, each in enumerate(it.app.screen.query(SharePlot)) if each.display]


async def test_all_plots_where_there_is_room() -> None:
    async with stage(size=(200, 50)) as it:
        await entered(it, TASKS)
        assert it.text("#summary").split("\n")[0] == "24 offers on 6 days · 10 of 20 (30–70 %) answered were welcome"
        assert all(each.display for each in it.app.screen.query(SharePlot))
        await it.until(lambda: drawn(it, 0).count("●") == 2)
        assert "02-10" in drawn(it, 0)
        assert "02-24" not in drawn(it, 0), "one answer is no evidence"
        assert drawn(it, 1).count("●") == 3
        kinds = drawn(it, 2).split("\n")
        tasks, questions = (next(line for line in kinds if name in line) for name in ("tasks", "open questions"))
        assert "1/8" in tasks
        assert tasks.index("●") < questions.index("●")
        assert drawn(it, 3).startswith("Too little to draw: it takes 2 points of 4 answers each, and there is 1.")


async def test_what_has_no_room_is_turned_to() -> None:
    async with stage(size=(80, 24)) as it:
        await entered(it, TASKS)
        assert displayed(it) == [0]
        await it.press("right")
        assert displayed(it) == [1]
        await it.press("right", "right", "right")
        assert displayed(it) == [3]
        await it.press("left")
        assert displayed(it) == [2]


async def test_a_belief_its_evidence_and_why_an_offer_was_made() -> None:
    async with stage() as it:
        await entered(it, TASKS, HOURS)
        listed = it.app.screen.query_one(BeliefList)
        assert str(listed.options[0].prompt).split("\n") == [
            "You seldom take up tasks: 0 of 9.",
            "  rests on 2 offers: “Title of o2”; “Title of o1”",
        ]
        assert "when you changed notes" in str(listed.options[1].prompt)
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, WhyScreen))
        assert it.brain.last(ExplainDecision).offer == "o2"


@pytest.mark.parametrize(("belief", "ask"), [(TASKS, (("o1", "o2"), False)), (HOURS, ((), True))])
@pytest.mark.slow
async def test_forget_this_says_what_goes_and_asks(belief: Belief, ask: tuple[tuple[str, ...], bool]) -> None:
    async with stage() as it:
        await entered(it, belief)
        await it.press("x")
        await it.until(lambda: it.brain.asked(ForgetData))
        dry = it.brain.last(ForgetData)
        assert (dry.reactions, dry.touches, dry.dry) == (*ask, True)
        await it.tell(DataForgotten(request=dry.request, events=9))
        await it.until(lambda: isinstance(it.app.screen, ConfirmDialog))
        assert "9 events of the journal" in str(it.app.screen.query_one("Static", Static).content)
        await it.press("enter")  # an Enter too many does nothing
        assert isinstance(it.app.screen, ConfirmDialog)
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, LearnedScreen))
        assert len(it.brain.asked(ForgetData)) == 1

        await it.press("x")
        await it.until(lambda: len(it.brain.asked(ForgetData)) == 2)
        await it.tell(DataForgotten(request=it.brain.last(ForgetData).request, events=9))
        await it.until(lambda: isinstance(it.app.screen, ConfirmDialog))
        await it.press("y")
        await it.until(lambda: len(it.brain.asked(ForgetData)) == 3)
        done = it.brain.last(ForgetData)
        assert (done.reactions, done.touches, done.dry) == (*ask, False)
        asked = len(it.brain.asked(GetStatistics))
        await it.tell(DataForgotten(request=done.request, events=9))
        await it.until(lambda: len(it.brain.asked(GetStatistics)) > asked)


@pytest.mark.slow
async def test_an_exclusion_is_shown_and_lifted_at_once() -> None:
    folder = Belief(text="You never want anything in til raised.", offers=("o1",), unwanted_folder="til")
    kind = Belief(text="You never want tasks raised.", offers=(), unwanted_kind="task")
    async with stage() as it:
        await entered(it, folder, kind)
        listed = it.app.screen.query_one(BeliefList)
        assert [str(each.prompt).split("\n")[1].strip() for each in listed.options] == ["x lets it be raised again"] * 2
        await it.press("x")
        await it.until(lambda: it.brain.asked(SetFolderEnabled))
        assert it.brain.last(SetFolderEnabled) == SetFolderEnabled(folder="til", wanted=True)
        await it.until(lambda: len(it.brain.asked(GetStatistics)) == 2)
        await it.press("down", "x")
        await it.until(lambda: it.brain.asked(SetKindEnabled))
        assert it.brain.last(SetKindEnabled) == SetKindEnabled(kind="task", wanted=True)
        assert not it.brain.asked(ForgetData)


async def test_the_answer_is_worded_by_the_kind_of_topic() -> None:
    async with stage() as it:
        await entered(it, TASKS)
        told = learned(it.brain.last(GetStatistics).request, TASKS)
        cited = {name: structs.replace(told.cited[name], reaction="already done") for name in told.cited}
        cited["o1"] = structs.replace(cited["o1"], kind="open question")
        it.app.screen._stats = structs.replace(told, cited=cited)  # type: ignore[attr-defined]
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        shown = [str(each.prompt) for each in it.app.screen.query_one("OptionList").options]  # type: ignore[attr-defined]
        assert [line.rpartition("· ")[2] for line in shown] == ["already done", "already answered"]


@pytest.mark.slow
async def test_x_is_the_beliefs_while_an_offer_is_there() -> None:
    async with stage() as it:
        await entered(it, TASKS)
        await it.offer()
        await it.press("x")
        await it.until(lambda: it.brain.asked(ForgetData))
        assert it.app.offer is not None


@pytest.mark.slow
async def test_nothing_learned_yet_is_said() -> None:
    async with stage() as it:
        await it.press("l")
        await it.until(lambda: it.brain.asked(GetStatistics))
        nothing = WelcomeShare(welcome=0, answered=0, low=0.0, high=1.0)
        await it.tell(
            LearningStatistics(
                request=it.brain.last(GetStatistics).request,
                offers=0,
                days=0,
                welcome=nothing,
                over_time={},
                span_days=1,
                by={},
                fewest=4,
            )
        )
        await it.until(lambda: it.text("#summary") == "Nothing was offered yet.")
        assert "Nothing yet" in it.text("#none")
        assert drawn(it, 0).startswith("Too little to draw")
        await it.press("x", "enter")
        assert not it.brain.asked(ForgetData)
