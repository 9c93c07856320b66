"""When Python looks for garbage: seldom, in processes whose objects live as long as they do."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Leave what lives now out of collections of garbage, and look through all else seldom.

    A full collection finds little and stops everything: among 3,000 notes for twice as long as an edit takes, and on
    screen for a tenth of a second, every other second while a reply streamed.
    """
    gc.freeze()
    gc.set_threshold(700, 10, 1000)
