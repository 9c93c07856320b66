"""The source: asks each host that the owner named, one after another, and remembers what each of them had."""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec import field

from proactive_tui.allowed_hosts import address_origin, normalize_address
from proactive_tui.config import ForgeConfig
from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.forge.forge_hosts import ForgeHost, ForgeMake, forge_hosts
from proactive_tui.sources.forge.forge_items import item_of_noteworthy, items_of_pull
from proactive_tui.sources.forge.forge_port import ForgeAccess, ForgePort, ForgeReading
from proactive_tui.sources.forge.forgejo import ForgejoForge
from proactive_tui.sources.forge.github import GitHubForge
from proactive_tui.sources.forge.gitlab import GitLabForge
from proactive_tui.sources.forge.host_tokens import HOST_SLOT, find_token
from proactive_tui.sources.web_client import WebClient
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_MINUTE

MAX_ROUND_SECONDS: Final = 120.0
"""Seconds after which no further host is asked in one poll."""


class HostMemory(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of a host between polls: the ids of its items, what its adapter keeps, and until when it wants
    to be left alone (unix seconds).
    """

    items: tuple[str, ...] = ()
    adapter: dict[str, str] = field(default_factory=dict)
    paused_until: float = 0.0


_memory_decoder = msgspec.json.Decoder(dict[str, HostMemory])


class ForgeSource:
    """Pull requests, reviews, mentions and issues. One host that is out of reach costs no other."""

    def __init__(self, settings: ForgeConfig) -> None:
        self._settings = settings
        self._forges: dict[ForgeMake, ForgePort] = {
            "github": GitHubForge(),
            "gitlab": GitLabForge(),
            "forgejo": ForgejoForge(),
        }

    def poll(self, state: str, now: float) -> SourcePoll:
        """See `ItemSource.poll`."""
        memory = read_memory(state)
        hosts = forge_hosts(self._settings)
        command = self._settings.token_command
        if command and len(hosts) > 1 and HOST_SLOT not in command:
            raise SourceError(
                "One token would go to several hosts",
                f"forge.token_command has no {HOST_SLOT}",
                f"Write it as: pass show forge/{HOST_SLOT}",
            )
        if not hosts:
            raise SourceError("No forge is named", "forge.github, gitlab and forgejo are empty", "Name a host there.")
        items: list[SourceItem] = []
        gone: list[str] = []
        troubles: list[SourceError | str] = []
        later: dict[str, HostMemory] = {}
        wait = self._settings.poll_minutes * SECONDS_PER_MINUTE
        until = time.monotonic() + MAX_ROUND_SECONDS
        for host in hosts:
            known = memory.get(host.host, HostMemory())
            later[host.host] = known
            if now < known.paused_until <= now + SECONDS_PER_DAY:
                troubles.append(f"{host.host} wants to be left alone")
                continue
            if time.monotonic() > until:
                troubles.append(f"{host.host} was not asked: the others took too long")
                continue
            try:
                reading = self._read_host(host, known, now)
            except SourcePausedError as error:
                later[host.host] = msgspec.structs.replace(known, paused_until=error.until)
                troubles.append(error)
                continue
            except SourceError as error:
                troubles.append(error)
                continue
            brought = tuple(self._make_items(host, reading))
            ids = {item.id for item in brought}
            left = [item_id for item_id in known.items if item_id not in ids]
            items += brought
            gone += left if reading.complete else []
            kept = (*sorted(ids), *(() if reading.complete else left))
            later[host.host] = HostMemory(items=kept, adapter=reading.state)
            wait = max(wait, reading.wait_seconds)
            if reading.trouble:
                troubles.append(f"{host.host} left something out: {reading.trouble}")
        gone += [item_id for host_name, known in memory.items() if host_name not in later for item_id in known.items]
        _raise_where_all_failed(troubles, len(hosts))
        return SourcePoll(
            items=tuple(items),
            gone=tuple(gone),
            state=msgspec.json.encode(later).decode(),
            wait_seconds=wait,
            trouble="; ".join(map(_describe_trouble, troubles)),
        )

    def _read_host(self, host: ForgeHost, known: HostMemory, now: float) -> ForgeReading:
        token = find_token(host.make, host.host, self._settings.token_command)
        origin = address_origin(normalize_address(host.api, 443))
        with WebClient({origin}, clock=lambda: now) as client:
            access = ForgeAccess(host.host, host.api, token)
            return self._forges[host.make].read(client, access, known.adapter, now)

    def _make_items(self, host: ForgeHost, reading: ForgeReading) -> Iterator[SourceItem]:
        oldest_first: dict[str, SourceItem] = {}
        for pull in reading.pulls:
            if not self._is_ignored(pull.repository):
                oldest_first.update({item.id: item for item in items_of_pull(host.host, pull)})
        for found in reading.noteworthy:
            if not self._is_ignored(found.repository):
                item = item_of_noteworthy(host.host, found)
                oldest_first.setdefault(item.id, item)
        yield from oldest_first.values()

    def _is_ignored(self, repository: str) -> bool:
        return any(fnmatch.fnmatchcase(repository.lower(), pattern.lower()) for pattern in self._settings.ignore)


def read_memory(state: str) -> dict[str, HostMemory]:
    """What an earlier poll remembered; nothing where it cannot be read."""
    try:
        return _memory_decoder.decode(state) if state else {}
    except msgspec.MsgspecError:
        return {}


def _raise_where_all_failed(troubles: list[SourceError | str], hosts: int) -> None:
    """A poll that read no host has failed: raise the first error, with the latest time at which to ask again."""
    errors = [trouble for trouble in troubles if isinstance(trouble, SourceError)]
    if errors and len(errors) == hosts:
        untils = [error.until for error in errors if isinstance(error, SourcePausedError)]
        if len(untils) == hosts:
            first = errors[0]
            raise SourcePausedError(first.title, first.message, first.hint, until=min(untils))
        raise next(error for error in errors if not isinstance(error, SourcePausedError))


def _describe_trouble(trouble: SourceError | str) -> str:
    return trouble if isinstance(trouble, str) else ": ".join(part for part in (trouble.title, trouble.message) if part)
