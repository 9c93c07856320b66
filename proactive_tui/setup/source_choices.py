"""What the guide can offer besides the notes: for each source, what of it was found on this machine.

Only names of files and folders are looked at, and no other machine is asked. Nothing is on before it is chosen.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from proactive_tui.config import Config
from proactive_tui.config_reading import with_value
from proactive_tui.errors import SourceError
from proactive_tui.model.shared_words import SourceName
from proactive_tui.settings import SOURCE_PLACES, source_changes
from proactive_tui.sources.contract import SourceSpec
from proactive_tui.sources.forge.forge_hosts import ForgeMake
from proactive_tui.sources.forge.host_tokens import find_token
from proactive_tui.sources.repositories.repository_finder import find_checkouts, open_checkout
from proactive_tui.sources.source_registry import find_source

CODE_FOLDERS: Final = (
    "~/code", "~/src", "~/projects", "~/Projects", "~/dev", "~/Developer", "~/git", "~/repos", "~/work", "~/workspace",
    "~/Documents/GitHub", "~/Documents/code",
)  # fmt: skip
"""Folders that often have repositories below them."""
CALENDAR_FOLDERS: Final = (
    "~/.calendars", "~/calendars", "~/Calendars", "~/.local/share/calendars", "~/.local/share/vdirsyncer",
    "~/.local/share/khal/calendars", "~/.local/share/evolution/calendar/system",
)  # fmt: skip
"""Folders in which programs of this machine keep calendars."""
FEED_LIST_FOLDERS: Final = ("~", "~/Downloads", "~/Documents")
"""Folders in which an OPML file is often left by a feed reader's export."""
ACTIVITYWATCH_FOLDERS: Final = (
    "~/.config/activitywatch",
    "~/.local/share/activitywatch",
    "~/Library/Application Support/activitywatch",
)
ACTIVITYWATCH_ADDRESS: Final = "http://localhost:5600"
TITLES: Final[Mapping[SourceName, str]] = {
    "git": "Your repositories",
    "forge": "Your pull requests and reviews",
    "calendar": "Your calendars",
    "activity": "When your days begin and end",
    "news": "Your feeds",
}
MAX_SEEN_ENTRIES: Final = 2000
MAX_NAMED: Final = 3
FINDING_SECONDS: Final = 3.0
"""Seconds that looking for repositories may take, at the most."""


class SourceChoice(NamedTuple):
    """What the guide offers of a source: `found` says what was found, in a sentence; `places` would go into the config.

    A choice that `needs_place` has to be told what to read.
    """

    spec: SourceSpec
    found: str
    places: tuple[str, ...] = ()
    needs_place: bool = False

    @property
    def title(self) -> str:
        """What it is, in the owner's words."""
        return TITLES[self.spec.name]

    def changes(self, places: Iterable[str] = ()) -> dict[str, Any]:
        """The settings that switch it on: with the places that were typed, or else those that were found."""
        chosen = tuple(places) or self.places
        changes = source_changes(Config(), self.spec.name, chosen)
        if self.spec.name == "forge" and chosen and "forge.github" not in changes:
            changes["forge.github"] = ()  # a host that nobody named, and that has no token
        return changes


def find_choices(notes: Path | None, environment: Mapping[str, str] | None = None) -> tuple[SourceChoice, ...]:
    """The sources, each with what of it was found. Blocks: folders are looked through, and gh is asked for a token."""
    return (
        _find_repositories(notes),
        _find_forges(os.environ if environment is None else environment),
        _find_calendars(),
        _find_activity(),
        _find_feeds(),
    )


def asked_origins(choice: SourceChoice, changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom the source would ask with these settings; no command of the config is run for it."""
    config = Config()
    for key, value in changes.items():
        config = with_value(config, key, value)
    return tuple(choice.spec.origins(config))


def describe_asking(choice: SourceChoice, changes: Mapping[str, Any]) -> str:
    """A sentence that says what leaves this machine for a source."""
    origins = asked_origins(choice, changes)
    hosts = ", ".join(origin.partition("://")[2].removesuffix(":443") for origin in origins)
    match choice.spec.name:
        case "forge":
            return (
                f"{hosts} is asked, and sent your token. Nothing of your notes is sent, and nothing is written there."
            )
        case "calendar" | "news" if not origins:
            return "Files stay on this machine. An address is asked for them, and sent nothing of your notes."
        case "calendar" | "news":
            return f"{hosts} is asked, and sent nothing of your notes."
    return "Nothing leaves this machine."


def describe_places(choice: SourceChoice, changes: Mapping[str, Any]) -> str:
    """A sentence that says what a source reads with these settings."""
    keys = (key for key in SOURCE_PLACES[choice.spec.name] if key != "calendar.addresses")  # these are secrets
    values = [changes[key] for key in keys if changes.get(key)]
    names = [name for value in values for name in ((value,) if isinstance(value, str) else value)]
    return f"From {_name_some(names)}." if names else choice.found


def _find_repositories(notes: Path | None) -> SourceChoice:
    spec, places, names = find_source("git"), list[str](), list[str]()
    deadline = time.monotonic() + FINDING_SECONDS
    folders = [folder for folder in map(_expand_path, CODE_FOLDERS) if folder is not None]
    for folder in dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()):
        if time.monotonic() > deadline:
            break
        if found := find_checkouts([str(folder)]).checkouts:
            places.append(_from_home(folder))
            names += [checkout.name for checkout in found]
    for folder in _folders_near(notes):
        near = open_checkout(folder)
        if near and near.folder != notes and not any(_is_below(folder, _expand_path(place)) for place in places):
            places.append(_from_home(folder))
            names.append(near.name)
    if not names:
        return SourceChoice(spec, "None was found near your notes or in the usual folders: name one.", needs_place=True)
    return SourceChoice(spec, f"Found: {_name_some(names)}.", tuple(places))


def _find_forges(environment: Mapping[str, str]) -> SourceChoice:
    makes: tuple[tuple[ForgeMake, str], ...] = (
        ("github", "github.com"),
        ("gitlab", environment.get("GITLAB_HOST", "").removeprefix("https://").strip("/") or "gitlab.com"),
        ("forgejo", environment.get("FORGEJO_HOST", "").removeprefix("https://").strip("/") or "codeberg.org"),
    )
    hosts = tuple(host for make, host in makes if _has_token(make, host, environment))
    if not hosts:
        return SourceChoice(find_source("forge"), "gh is not logged in: it works once 'gh auth login' has been run.")
    return SourceChoice(find_source("forge"), f"There is a token for {' and '.join(hosts)}.", hosts)


def _find_calendars() -> SourceChoice:
    folders = [
        name for name in CALENDAR_FOLDERS if (folder := _expand_path(name)) and any(_files_below(folder, (".ics",)))
    ]
    if not folders:
        return SourceChoice(find_source("calendar"), "None was found: name a file or an address.", (), True)
    return SourceChoice(find_source("calendar"), f"Found in {_name_some(folders)}.", tuple(folders))


def _find_activity() -> SourceChoice:
    if any((folder := _expand_path(name)) and folder.is_dir() for name in ACTIVITYWATCH_FOLDERS):
        return SourceChoice(
            find_source("activity"), "ActivityWatch is here, and is asked for times away.", (ACTIVITYWATCH_ADDRESS,)
        )
    return SourceChoice(find_source("activity"), "It needs nothing else.")


def _find_feeds() -> SourceChoice:
    files = [
        file
        for name in FEED_LIST_FOLDERS
        if (folder := _expand_path(name))
        for file in _files_below(folder, (".opml",), deep=False)
    ]
    newest = max(files, key=lambda file: file.stat().st_mtime, default=None)
    if newest is None:
        return SourceChoice(find_source("news"), "No OPML file was found: name feeds or sites.", (), True)
    return SourceChoice(find_source("news"), f"Found: {_from_home(newest)}.", (_from_home(newest),))


def _has_token(make: ForgeMake, host: str, environment: Mapping[str, str]) -> bool:
    """Whether a token is there; it is not kept."""
    try:
        return bool(find_token(make, host, "", environment))
    except SourceError:
        return False


def _folders_near(notes: Path | None) -> Iterator[Path]:
    """The folders that hold the notes, but the home and what holds that, and those beside the notes."""
    if notes is None:
        return
    home = Path.home()
    above = [folder for folder in notes.parents if folder != home and folder not in home.parents]
    yield from above
    try:
        yield from sorted(folder for folder in notes.parent.iterdir() if folder.is_dir() and folder != notes)
    except OSError:
        return


def _files_below(folder: Path, endings: tuple[str, ...], *, deep: bool = True) -> Iterator[Path]:
    """Files with one of these endings, of the first entries that a walk meets."""
    seen = 0
    for where, folders, files in os.walk(folder):
        for name in files:
            if name.casefold().endswith(endings) and (file := Path(where, name)).is_file():
                yield file
        seen += len(folders) + len(files)
        if not deep or seen > MAX_SEEN_ENTRIES:
            return


def _is_below(folder: Path, above: Path | None) -> bool:
    return above is not None and above.resolve() in (folder.resolve(), *folder.resolve().parents)


def _expand_path(name: str) -> Path | None:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # nobody's home
        return None


def _from_home(path: Path) -> str:
    """A path as its owner writes it."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)


def _name_some(names: list[str]) -> str:
    if len(names) <= MAX_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:MAX_NAMED])} and {len(names) - MAX_NAMED} more"
