"""All that was learned, as values to compare."""

from __future__ import annotations

from proactive_tui.brain.wiring import Learned, Services
from proactive_tui.journal.replay import History, replay
from proactive_tui.model import FRAMINGS
from tests.journal.things import T0


def state(learned: Learned, history: History) -> dict[str, object]:
    """All that was learned, to the last bit."""
    probe = {"due soon": 0.5, "kind:task": 1.0, "tag:x": 1.0, "meaning:1": 0.6}
    return {
        "what": learned.recommender.ranker.state(),
        "taste": learned.recommender.taste.score(probe, T0 + 1e6),
        "channels": learned.recommender.channels.shares(),
        "when": learned.receptivity.state(),
        "how": [learned.framings.learned(each) for each in FRAMINGS],
        "here": learned.presence.profile(0),
        "returning": list(learned.returning.scores(["a.md", "b.md"], T0 + 1e6, {"a.md": T0, "b.md": T0})),
        "outcomes": dict(history.outcomes),
        "touches": {path: list(times) for path, times in history.touches.items()},
        "settings": dict(history.settings),
        "last": history.last_id,
    }


def as_told(it: Services) -> dict[str, object]:
    """The same, of new models that were told the journal."""
    learned = Learned(it.config)
    return state(learned, replay(it.journal.events(), learned.pupils))
