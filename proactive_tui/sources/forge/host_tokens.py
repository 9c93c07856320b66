"""Finds the token of a host: by the owner's command, the environment, or gh. A host gets no other host's token."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from typing import Final

from proactive_tui.errors import SourceError
from proactive_tui.sources.forge.forge_hosts import ForgeMake
from proactive_tui.sources.secrets import run_secret_command

HOST_SLOT: Final = "{host}"

_VARIABLES: Final[dict[ForgeMake, tuple[str, ...]]] = {
    "github": ("GH_TOKEN", "GITHUB_TOKEN"),
    "gitlab": ("GITLAB_TOKEN",),
    "forgejo": ("FORGEJO_TOKEN",),
}
_ENTERPRISE_VARIABLES: Final = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_PUBLIC_HOSTS: Final[dict[ForgeMake, str]] = {"github": "github.com", "gitlab": "gitlab.com", "forgejo": "codeberg.org"}
_HOST_VARIABLES: Final[dict[ForgeMake, tuple[str, ...]]] = {
    "github": ("GH_HOST",),
    "gitlab": ("GITLAB_HOST",),
    "forgejo": ("FORGEJO_HOST",),
}


def find_token(make: ForgeMake, host: str, command: str, environment: Mapping[str, str] | None = None) -> str:
    """The token of a host. Raises SourceError, whose message holds no secret.

    A variable of the environment names no host: it is taken for the public host of its make, or for that which GH_HOST,
    GITLAB_HOST or FORGEJO_HOST names. What a command prints is taken for the host that it is asked for.
    """
    environment = os.environ if environment is None else environment
    if command:
        return _check_token(run_secret_command([part.replace(HOST_SLOT, host) for part in shlex.split(command)]), host)
    if found := _from_environment(make, host, environment):
        return _check_token(found, host)
    if make == "github":
        try:
            return _check_token(run_secret_command(["gh", "auth", "token", "--hostname", host]), host)
        except SourceError as error:
            raise _missing_token_error(make, host, f"gh has none: {error.message}") from None
    raise _missing_token_error(make, host, "The environment has none")


def _from_environment(make: ForgeMake, host: str, environment: Mapping[str, str]) -> str:
    named = next((environment[name].strip() for name in _HOST_VARIABLES[make] if environment.get(name, "").strip()), "")
    own_host = named.removeprefix("https://").strip("/") or _PUBLIC_HOSTS[make]
    if host.lower() == own_host.lower():
        names = _VARIABLES[make] + (_ENTERPRISE_VARIABLES if host != _PUBLIC_HOSTS[make] else ())
    elif make == "github" and host != _PUBLIC_HOSTS[make] and not named:
        names = _ENTERPRISE_VARIABLES
    else:
        names = ()
    return next((environment[name].strip() for name in names if environment.get(name, "").strip()), "")


def _check_token(token: str, host: str) -> str:
    """A token that a header can carry."""
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SourceError("This is no token", f"What was found for {host} has characters that no token has")
    return token


def _missing_token_error(make: ForgeMake, host: str, why: str) -> SourceError:
    way = f"Run gh auth login --hostname {host}, set " if make == "github" else "Set "
    variable = (
        _VARIABLES[make][-1]
        if host == _PUBLIC_HOSTS[make]
        else f"{_VARIABLES[make][-1]} and {_HOST_VARIABLES[make][0]}"
    )
    return SourceError(f"No token for {host}", why, f"{way}{variable}, or forge.token_command with {HOST_SLOT} in it.")
