"""Topics and the lines that they rest on."""

from __future__ import annotations

from typing import cast

from msgspec import convert, field, to_builtins

from proactive_tui.model.note_values import ItemOrigin, Passage
from proactive_tui.model.shared_words import FrozenValue, Kind


class Evidence(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Lines of a note that a topic rests on, quoted as they stand. `passage` is the id of their passage, if known.

    `origin` is None for a note of the owner's. Where it is not the owner who wrote an item, its text is quoted as its
    author's, and steers nothing.
    """

    path: str
    line_start: int
    line_end: int
    text: str
    heading: tuple[str, ...] = ()
    passage: str = ""
    origin: ItemOrigin | None = None

    @classmethod
    def of_passage(cls, passage: Passage, origin: ItemOrigin | None = None) -> Evidence:
        """All lines of a passage."""
        return cls(
            path=passage.path,
            line_start=passage.line_start,
            line_end=passage.line_end,
            text=passage.text,
            heading=passage.heading,
            passage=passage.id,
            origin=origin,
        )

    @property
    def is_others(self) -> bool:
        """Whether somebody else than the owner wrote these lines."""
        return self.origin is not None and not self.origin.own


COVERED_SEPARATOR = " → "
"""What stands between the titles of `TopicDetails.covered`."""


UNKNOWN_DAY = "unknown"
"""The value of `TopicDetails.day_written` of a note that came with many others and says no day."""


class TopicDetails(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """Further facts of a topic from its miner; None where a fact does not apply. Journals store them by their names.

    `told` is the form in which an open question, an idea or a thread stands in its note; days are ISO dates, in local
    time.
    `day_written` is `UNKNOWN_DAY` where nobody knows when the topic was written, and None elsewhere.
    `part_of` is the task, or the words before a list, that an item of the list is a part of.
    A task is `scheduled` for the day on which it is to be done and hidden before its `start`; `planned` says "today"
    where that day has come.

    Of a goal, `run` and `lapse` count the entries of its log that were kept and missed in a row until now, `turned`
    is the day since which its `course` is "better" or "worse", and `habit` is the one of a list of habits that this
    is about. `relation` is what two connected passages have to do with each other (`SentenceRelation`), `said` and
    `other_said` are their sentences; of a fading note, `said` is the sentence that says most of its idea. Of a
    theme, `covered` has its notes in the order in which they were written, `open_end` what one of them leaves open,
    and `missing_note` what they link to or need and no note is about.

    Of unfinished work, `told` is its form ("to merge", "to push", "uncommitted", "stash", "operation", "draft",
    "remark"), `amount` how many commits or files, `waits_for` the branch into which it is to go, `operation` the code
    of what is in the middle, and `place` a file.

    Of a review, `review` is what waits ("comments", "checks", "asked", "mention", "assigned") on `pull` ("acme/api#12")
    since the day `opened`; `blocking` is the reason for which a comment of `blocked_by` at `place` blocks
    (`sources.forge.blocking`), `concern` what that is about; `asked_by` is who asks or mentions.

    An appointment `starts` at a local time ("2026-12-01T10:30+01:00"), or `ended` at one; `company` are those who come
    and whom its title does not name, `promise` is what was promised to one of them (`promised_to`), `open_task` what
    is to be done about it, and `questions` how many open questions are.

    Of a remark about the days, `told` is what is measured ("bedtime", "stop", "breaks", "screen time", "days off",
    "start"), `wanted` what the goal asks, `since` the day on which it was written, and `course` how it went ("missed",
    "kept", or "noticed" without a goal); `times` are times of day or lengths of the latest of these days, `days`.
    Of a story, `meets` says what of the owner's it meets (`StoryMeeting`), and `line` where in `note` that stands.

    Of all that sources bring, `tie_strength` ("0.62") says how well it meets the notes, and `known_author` names who
    wrote it, where the notes know them.
    """

    note: str | None = None
    due: str | None = None
    scheduled: str | None = None
    start: str | None = None
    planned: str | None = None
    promised_to: str | None = field(default=None, name="promised to")
    overdue: str | None = None
    told: str | None = None
    next: str | None = None
    last_written: str | None = field(default=None, name="last written")
    day_written: str | None = field(default=None, name="day written")
    cadence: str | None = None
    last_entry: str | None = field(default=None, name="last entry")
    since: str | None = None
    last_mention: str | None = field(default=None, name="last mention")
    gap: str | None = None
    similarity: str | None = None
    in_common: str | None = field(default=None, name="in common")
    last_seen: str | None = field(default=None, name="last seen")
    retrievability: str | None = None
    notes: str | None = None
    words: str | None = None
    habit: str | None = None
    run: str | None = None
    lapse: str | None = None
    turned: str | None = None
    course: str | None = None
    relation: str | None = None
    said: str | None = None
    other_said: str | None = field(default=None, name="other said")
    covered: str | None = None
    open_end: str | None = field(default=None, name="open end")
    missing_note: str | None = field(default=None, name="missing note")
    part_of: str | None = field(default=None, name="part of")
    repository: str | None = None
    branch: str | None = None
    amount: str | None = None
    operation: str | None = None
    place: str | None = None
    waits_for: str | None = field(default=None, name="waits for")
    review: str | None = None
    pull: str | None = field(default=None, name="PR")
    opened: str | None = None
    new_comments: str | None = field(default=None, name="new comments")
    blocking: str | None = None
    blocked_by: str | None = field(default=None, name="blocked by")
    concern: str | None = None
    failed_checks: str | None = field(default=None, name="failed checks")
    check: str | None = None
    asked_by: str | None = field(default=None, name="asked by")
    starts: str | None = None
    ended: str | None = None
    company: str | None = None
    promise: str | None = None
    questions: str | None = None
    open_task: str | None = field(default=None, name="open task")
    wanted: str | None = None
    times: str | None = None
    days: str | None = None
    meets: str | None = None
    line: str | None = None
    tie_strength: str | None = field(default=None, name="tie strength")
    known_author: str | None = field(default=None, name="known author")

    def facts(self) -> dict[str, str]:
        """The facts that are known, by their names in words."""
        return cast("dict[str, str]", to_builtins(self))

    def complete_with(self, other: TopicDetails) -> TopicDetails:
        """A copy in which facts of `other` fill those that are missing here."""
        return convert({**other.facts(), **self.facts()}, TopicDetails)


class Topic(FrozenValue, frozen=True, kw_only=True):
    """Something worth raising.

    `id` stays while its cause does; `aliases` are the ids of topics in other words that were merged into this one.
    `cause` is a hash of what made it worth raising: when the hash changes, the topic has news.
    `at` is when its evidence was last written; `due` when it falls due. `salience` in 0..1 is how sure its miner is.
    """

    id: str
    kind: Kind
    title: str
    evidence: tuple[Evidence, ...]
    at: float
    cause: str = ""
    due: float | None = None
    salience: float = 0.5
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    detail: TopicDetails = TopicDetails()

    @property
    def paths(self) -> tuple[str, ...]:
        """The notes that the topic rests on, each once."""
        if len(self.evidence) == 1:  # most topics, of which this is asked a dozen times a round
            return (self.evidence[0].path,)
        return tuple(dict.fromkeys(evidence.path for evidence in self.evidence))

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who wrote what it rests on, other than the owner, by the names that their sources have, each once."""
        written = (lines.origin for lines in self.evidence if lines.origin is not None and not lines.origin.own)
        return tuple(dict.fromkeys(origin.author for origin in written if origin.author))
