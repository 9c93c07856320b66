"""Which topics may be raised at all, by what the owner said of the lines and folders that they rest on."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.reader_experience import DISOWNED_SHIFT, ReadingShifts
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.recommend.topic_table import TopicTable
from proactive_tui.text.places.note_folders import is_inside
from proactive_tui.text.places.raised_places import is_closed, is_source_place

Floats = NDArray[np.float64]


class RowReading(NamedTuple):
    """For each topic of a pool the shift (log-odds) that it is the owner's, float64 [topics], and the rows that are
    not to be raised, int64."""

    shifts: Floats
    silent: NDArray[np.int64]


def read_rows(
    topic_table: TopicTable, reading: ReadingShifts, unraised: Collection[str], spent: Collection[Kind] = ()
) -> RowReading:
    """What was said of the lines and folders of a pool: topics at or below DISOWNED_SHIFT are not to be raised, none
    that rests on a note or an item of an `unraised` place, and none of a kind in `spent`.
    """
    shifts = np.array([reading.topic_shift(topic) for topic in topic_table.topics], dtype=np.float64)
    closed = {path for path in topic_table.paths if is_inside(path, unraised)} if unraised else set()
    inside = [row for path in closed for row in topic_table.rows_by_path[path]]
    if parts := [place for place in unraised if is_source_place(place)]:
        inside += [row for row, topic in enumerate(topic_table.topics) if is_closed(topic, parts)]
    inside += np.flatnonzero(np.isin(topic_table.kinds, [TOPIC_KINDS.index(kind) for kind in spent])).tolist()
    return RowReading(shifts, np.union1d(np.flatnonzero(shifts <= DISOWNED_SHIFT), inside).astype(np.int64))
