"""The places about which an owner may never want to be asked: a folder or a note, and of items the repository, calendar
or feed that they are of. Kept in the journal as one text, "work/plans" or "git:lease".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, cast

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import Kind, SourceName
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.places.note_folders import is_inside, named_folder

SOURCE_WORDS: Final[Mapping[str, str]] = {
    "git": "your repositories",
    "forge": "your forge",
    "calendar": "your calendar",
    "activity": "your days",
    "news": "your feeds",
}
"""What a source is called in a sentence."""
PART_WORDS: Final[Mapping[SourceName, str]] = {
    "git": "repository",
    "forge": "repository",
    "calendar": "calendar",
    "news": "feed",
}
"""What a part of a source is called; the owner's days have none."""
KIND_SOURCES: Final[Mapping[Kind, SourceName]] = {
    "unfinished work": "git",
    "review": "forge",
    "meeting": "calendar",
    "rhythm": "activity",
    "news": "news",
}
"""The source that topics of a kind come from; all other kinds are of notes."""


def raised_place(topic: Topic) -> str:
    """What "never ask about this place" closes for a topic: the part of a source, else the folder of its first note, or
    the note where it is in none; "" where it rests on nothing.
    """
    if (origin := _first_origin(topic)) is not None:
        return origin_place(origin)
    return next((named_folder(path) or path for path in topic.paths), "")


def origin_place(origin: ItemOrigin) -> str:
    """The part of a source that an item is of; the whole source where it has no parts. No path is like that."""
    return f"{origin.source}:{origin.part}"


def is_closed(topic: Topic, places: Collection[str]) -> bool:
    """Whether a topic rests on a note or an item of one of these places."""
    if not places:
        return False
    origins = (evidence.origin for evidence in topic.evidence if evidence.origin is not None)
    return any(is_inside(path, places) for path in topic.paths) or any(
        origin_place(origin) in places for origin in origins
    )


def is_source_place(place: str) -> bool:
    """Whether a place is a part of a source, and no folder or note."""
    source, mark, _ = place.partition(":")
    return bool(mark) and source in SOURCE_WORDS


def name_unraised(place: str) -> str:
    """A place as a list of what is never raised has it: "work/plans/", "the repository lease"."""
    return describe_place(place) if is_source_place(place) else f"{place}/"


def describe_place(place: str) -> str:
    """A place in words, after "in": "work/plans", "the repository lease", "your days"."""
    if not is_source_place(place):
        return place
    source, _, part = place.partition(":")
    thing = PART_WORDS.get(cast("SourceName", source), "")
    return f"the {thing} {part}" if part and thing else SOURCE_WORDS[source]


def word_place(kind: Kind) -> str:
    """What a place is called for topics of a kind: "folder", "repository", "calendar", "feed"; "source" else."""
    source = KIND_SOURCES.get(kind)
    return "folder" if source is None else PART_WORDS.get(source, "source")


def _first_origin(topic: Topic) -> ItemOrigin | None:
    return next((evidence.origin for evidence in topic.evidence if evidence.origin is not None), None)
