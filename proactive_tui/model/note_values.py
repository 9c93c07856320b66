"""Notes, their passages, and what a search finds of them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import field

from proactive_tui.model.shared_words import FrozenValue, ItemState, SourceName

ITEM_PATH_MARK = "://"
"""What tells the path of an item, "forge://acme/api/pull/12", from that of a note, which never has it."""


NAME_SEPARATOR = "; "
"""What stands between the names of people in a fact of an item."""


class ItemOrigin(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Where an item comes from. `form` is what it is there ("review comment"), `author` who wrote it by the name that
    the source has, `own` whether that is the owner. `address` is an http(s) URL, empty where there is none; `thread` is
    the path of the item that it belongs to, and `place` where in a thing it stands ("src/retry.py:41"). `part` names
    the repository, calendar or feed that it is of.
    """

    source: SourceName
    form: str
    author: str = ""
    own: bool = False
    address: str = ""
    thread: str = ""
    place: str = ""
    part: str = ""

    @property
    def name(self) -> str:
        """Where it stands, in the place of a note's path: "src/retry.py:41", or what it is there."""
        return self.place or self.form

    def describe(self) -> str:
        """What it is, who wrote it and where it is, in a few words for a label."""
        return " · ".join(part for part in (self.form, self.author and f"by {self.author}", self.address) if part)


class Passage(FrozenValue, frozen=True, kw_only=True):
    """A section of a note, short enough for the embedding model to read whole.

    `id` is the hash of heading path and text: the same words are the same passage wherever they stand.
    `prose` is the text without code blocks, for titles and for reading aloud.
    """

    id: str
    path: str
    heading: tuple[str, ...]
    line_start: int
    line_end: int
    text: str
    prose: str


class TaskItem(FrozenValue, frozen=True, kw_only=True):
    """A line, or a whole note, that its owner marked as a task.

    `text` is its words without marks. `done` says that it is closed: done, cancelled or moved. `due` is the local
    calendar day as an ISO date, where the item names one. A task that is a `whole_note` has its days in the note's
    properties, and `line` is where the text of the note begins.
    """

    text: str
    done: bool
    line: int
    heading: tuple[str, ...] = ()
    due: str | None = None
    state: ItemState = "open"
    whole_note: bool = False


class LineRun(NamedTuple):
    """The lines from `first` to `last` of a note, all written at one time (unix seconds)."""

    first: int
    last: int
    at: float


class Note(FrozenValue, frozen=True, kw_only=True):
    """A parsed file of the notes folder.

    `modified` is when its bytes were first seen or said to be written: a copy, a pull or a restore does not change it.
    `line_times` has the lines whose writing was seen between two readings; `first_seen` the date and modification of
    the note before the first of them, from which all its other lines are.

    `digest` is the hash of its bytes; `links` are link targets as written, without anchors. `line_roles` has a letter
    for each line: its role in Markdown (`text.blocks.LINE_ROLES`). `origin` is None but for an item of a source, which
    is a note that another program keeps: it has a path with `ITEM_PATH_MARK`, and its facts are its properties.
    """

    path: str
    title: str
    digest: str
    date: float
    date_from: Literal["front matter", "name", "heading", "history", "modified"]
    modified: float
    passages: tuple[Passage, ...]
    line_roles: str = ""
    tasks: tuple[TaskItem, ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    line_times: tuple[LineRun, ...] = ()
    first_seen: tuple[float, float] | None = None
    origin: ItemOrigin | None = None


class SkippedFile(FrozenValue, frozen=True, kw_only=True):
    """A file that was left out of something, with the reason in words."""

    path: str
    reason: str


class SearchHit(FrozenValue, frozen=True, kw_only=True):
    """A passage that search found. `score` is the fused score, `channels` has the score of each channel.

    `line` is the line of the note that matches best (0 where nobody looked), `matches` are the ranges of the passage's
    text that matched: offsets, the second exclusive. `origin` is None for a note.
    """

    passage: Passage
    score: float
    channels: dict[str, float]
    line: int = 0
    matches: tuple[tuple[int, int], ...] = ()
    origin: ItemOrigin | None = None

    @property
    def best_line(self) -> int:
        """The line of the note to show first: that of the match, else the passage's first."""
        return self.line or self.passage.line_start


class CapturePlan(FrozenValue, frozen=True, kw_only=True):
    """A line that is to be appended to a note: the note's path, the number of the new line, its text, and the line
    before it (cut). `digest` is the hash of the note's bytes as they were seen, empty where there is no such note yet.
    """

    path: str
    line: int
    text: str
    before: str = ""
    digest: str = ""


NoteTie = Literal["links here", "linked", "near"]
"""How a note is related to another: it links to that one, is linked from it, or says something near in meaning."""


class RelatedNote(FrozenValue, frozen=True, kw_only=True):
    """A note that has to do with another one: by `ties`, and where it is near in meaning, by this passage of it.

    `closeness` is the cosine 0..1 of the two passages that are nearest, 0 where only links tie them.
    """

    path: str
    title: str
    ties: tuple[NoteTie, ...]
    closeness: float = 0.0
    passage: Passage | None = None
