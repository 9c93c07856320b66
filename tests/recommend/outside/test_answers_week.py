"""A simulated week: what an owner answers moves the author, the source and the trust, and with them the order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from proactive_tui.config import Config, OffersConfig
from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.outside.item_features import trust_in
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import DAY, HOUR, NOW, offered
from tests.recommend.outside.mixed_pool import asked_review, note_topics, stale_branch, story

OFFERS_A_DAY = 4
Answer = Callable[[Topic], Reaction]


class Week:
    """A week with a recommender: each day brings new items, a few are offered, and each is answered."""

    def __init__(self, answer: Answer) -> None:
        self.recommender = Recommender(Config(offers=OffersConfig(exploration=0.0)))
        self.history: list[OfferOutcome] = []
        for day in range(7):
            pool = TopicTable.from_topics(items_of_day(day), {})
            for number in range(OFFERS_A_DAY):
                at = NOW + day * DAY + number * 2 * HOUR
                self._offer(pool, at, answer)

    def _offer(self, pool: TopicTable, at: float, answer: Answer) -> None:
        best = self.suggest(pool, at)[0]
        reaction = answer(best.topic)
        name = f"o{len(self.history)}"
        self.recommender.learn(offered(best, name, at), reaction, at + 60)
        self.history.append(
            OfferOutcome(
                offer=name, topic=best.topic.id, aliases=(), cause="", kind=best.topic.kind, framing="question", at=at,
                paths=best.topic.paths, authors=best.topic.authors, reaction=reaction, reacted_at=at + 60,
            )
        )  # fmt: skip

    def suggest(self, pool: TopicTable, at: float) -> list[Suggestion]:
        moment = Moment(at=at, history=tuple(self.history))
        return self.recommender.suggest(pool, moment, RetrievalContext(), random.Random(1), len(pool))

    def scores(self, topics: Sequence[Topic]) -> dict[str, float]:
        """The scores of new topics on the day after the week."""
        found = self.suggest(TopicTable.from_topics(topics, {}), NOW + 7 * DAY)
        return {each.topic.id: each.score for each in found}


def items_of_day(day: int) -> list[Topic]:
    return [
        asked_review(f"mara {day}", "mara", days=-day),
        asked_review(f"bot {day}", "robo-review", days=-day),
        story(f"craft {day}", "Careful Notes", days=-day),
        story(f"hype {day}", "Ten Tricks", days=-day),
        stale_branch(f"branch {day}"),
    ]


def next_monday() -> list[Topic]:
    return [
        asked_review("from mara", "mara", days=-7.0),
        asked_review("from robo", "robo-review", days=-7.0),
        asked_review("from a stranger", "newcomer", days=-7.0),
        story("of craft", "Careful Notes", days=-7.0),
        story("of hype", "Ten Tricks", days=-7.0),
        stale_branch("a branch"),
        *note_topics(),
    ]


def likes_craft(topic: Topic) -> Reaction:
    return "engaged" if {"mara", "Careful Notes"} & set(topic.authors) else "not this"


def test_answers_move_whose_words_come_first() -> None:
    before = Recommender(Config(offers=OffersConfig(exploration=0.0)))
    table = TopicTable.from_topics(next_monday(), {})
    first = before.suggest(table, Moment(at=NOW + 7 * DAY), RetrievalContext(), random.Random(1), len(table))
    untaught = {each.topic.id: each.score for each in first}
    assert untaught["from mara"] == untaught["from robo"] == untaught["from a stranger"]
    assert untaught["of craft"] == untaught["of hype"]
    taught = Week(likes_craft)
    scores = taught.scores(next_monday())
    assert scores["from mara"] > scores["from a stranger"] > scores["from robo"]
    assert scores["of craft"] > scores["of hype"]
    offers = [outcome for outcome in taught.history if "robo-review" in outcome.authors]
    assert trust_in((len(offers), 0), known=False) < 0.0
    weights = taught.recommender.ranker.learned_weights()
    assert weights["author:mara"] > 0.0 > weights["author:robo-review"]
    assert weights["trust"] != 0.0


def test_who_wants_no_feeds_is_not_told_of_them_and_reviews_stay() -> None:
    def no_feeds(topic: Topic) -> Reaction:
        return "not this" if topic.kind == "news" else "engaged"

    wanted, unwanted = Week(lambda _: "engaged").scores(next_monday()), Week(no_feeds).scores(next_monday())
    assert unwanted["of craft"] < wanted["of craft"]
    assert min(unwanted["from mara"], unwanted["from robo"]) > unwanted["of craft"]
    weights = Week(no_feeds).recommender.ranker.learned_weights()
    assert weights.get("source:news", 0.0) <= 0.0 < weights["source:forge"] + 1e-9
