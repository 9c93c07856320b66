"""The sources of items: one line each. What is off is neither imported nor asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from proactive_tui.config import Config
from proactive_tui.errors import SourceError
from proactive_tui.model.shared_words import SourceName
from proactive_tui.sources.contract import ItemSource, SourceSpec
from proactive_tui.sources.forge.forge_hosts import forge_origins

SearchedSource = SourceName | Literal["notes"]
"""Where a search may look: the notes, or the items of one source."""


def _open_repositories(config: Config) -> ItemSource:
    from proactive_tui.sources.repositories.repository_source import open_source  # noqa: PLC0415  only where it is on

    return open_source(config)


def _open_forge(config: Config) -> ItemSource:
    from proactive_tui.sources.forge.forge_source import ForgeSource  # noqa: PLC0415  only where it is on

    return ForgeSource(config.forge)


def _open_calendars(config: Config) -> ItemSource:
    from proactive_tui.sources.calendar.calendar_source import CalendarSource  # noqa: PLC0415  only where it is on

    return CalendarSource(config.calendar)


def _calendar_origins(config: Config) -> Sequence[str]:
    if not config.calendar.addresses and not config.calendar.caldav:
        return ()
    from proactive_tui.sources.calendar.calendar_source import calendar_origins  # noqa: PLC0415  only where it is on

    return calendar_origins(config.calendar)


def _open_activity(config: Config) -> ItemSource:
    from proactive_tui.sources.activity.activity_source import ActivitySource  # noqa: PLC0415  only where it is on

    return ActivitySource(config.activity)


def _activity_origins(config: Config) -> Sequence[str]:
    if not config.activity.activitywatch:
        return ()
    from proactive_tui.sources.activity.activitywatch_client import activitywatch_origin  # noqa: PLC0415  as above

    return (activitywatch_origin(config.activity.activitywatch),)


def _open_feeds(config: Config) -> ItemSource:
    from proactive_tui.sources.feeds.feed_source import FeedSource  # noqa: PLC0415  what is off is not imported

    return FeedSource(config.news)


def _feed_origins(config: Config) -> Sequence[str]:
    from proactive_tui.sources.feeds.feed_list import feed_origins  # noqa: PLC0415

    return feed_origins(config.news)


SOURCES: dict[SourceName, SourceSpec] = {
    spec.name: spec
    for spec in (
        SourceSpec(
            name="git",
            reads="your repositories: branches, uncommitted work, stashes, your commits and the remarks they added",
            is_enabled=lambda config: config.git.enabled,
            open_source=_open_repositories,
            origins=lambda _: (),
            keep_days=lambda config: config.git.keep_days,
            kinds=("unfinished work",),
            poll_seconds=120.0,
        ),
        SourceSpec(
            name="forge",
            reads="your pull requests with their reviews and checks, reviews asked of you, mentions and issues",
            is_enabled=lambda config: config.forge.enabled,
            open_source=_open_forge,
            origins=forge_origins,
            keep_days=lambda config: config.forge.keep_days,
            kinds=("review",),
            poll_seconds=60.0,
        ),
        SourceSpec(
            name="calendar",
            reads="your calendars: titles, times, places, people and descriptions of events around today",
            is_enabled=lambda config: config.calendar.enabled,
            open_source=_open_calendars,
            origins=_calendar_origins,
            keep_days=lambda config: config.calendar.keep_days,
            kinds=("meeting",),
            poll_seconds=60.0,
        ),
        SourceSpec(
            name="activity",
            reads="when your days begin and end, from what is noticed already, and ActivityWatch's times away",
            is_enabled=lambda config: config.activity.enabled,
            open_source=_open_activity,
            origins=_activity_origins,
            keep_days=lambda config: config.activity.keep_days,
            kinds=("rhythm",),
            poll_seconds=300.0,
            hears_activity=True,
        ),
        SourceSpec(
            name="news",
            reads="the feeds that news.feeds and news.opml name",
            is_enabled=lambda config: config.news.enabled,
            open_source=_open_feeds,
            origins=_feed_origins,
            keep_days=lambda config: config.news.keep_days,
            kinds=("news",),
            poll_seconds=300.0,
        ),
    )
}


def source_settings(config: Config) -> tuple[object, ...]:
    """The settings that sources depend on."""
    return config.git, config.forge, config.calendar, config.activity, config.news


def all_sources() -> tuple[SourceSpec, ...]:
    """Every source, on or off."""
    return tuple(SOURCES.values())


def find_source(name: str) -> SourceSpec:
    """The source of this name. Raises SourceError, which lists the names that there are."""
    spec = next((spec for spec in all_sources() if spec.name == name), None)
    if spec is None:
        raise SourceError("There is no such source", name, f"There are: {', '.join(map(str, SOURCES)) or 'none'}.")
    return spec


def searched_source(name: str) -> SearchedSource | None:
    """Where a search looks that is asked for by name; None for everywhere. Raises SourceError for an unknown name."""
    if not name or name == "notes":
        return cast("SearchedSource | None", name or None)
    return find_source(name).name


def enabled_sources(config: Config) -> Iterator[SourceSpec]:
    """The sources that the owner switched on."""
    return (spec for spec in all_sources() if spec.is_enabled(config))
