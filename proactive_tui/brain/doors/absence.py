"""What is said to a face that comes, of the time in which there was none. Pure."""

from __future__ import annotations

from proactive_tui.model.offer_values import Offer
from proactive_tui.moment.clock import format_local_time, utc_offset
from proactive_tui.text.quantities import format_count


def describe_absence(since: float, held: int, left: Offer | None) -> str:
    """How many topics were held since a time (unix seconds), and that an offer which the desktop was told of has left
    by itself meanwhile; empty where nothing waited.
    """
    sentences = []
    if left is not None:
        told_at = format_local_time(left.at, utc_offset(left.at))
        sentences.append(f"What the desktop was told of at {told_at} has left by itself; it can be brought back.")
    if held:
        begin = format_local_time(since, utc_offset(since))
        sentences.append(
            f"{format_count(held, 'topic')} waited since {begin}. The best of them comes at a good moment."
        )
    return " ".join(sentences)
