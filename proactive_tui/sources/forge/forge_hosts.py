"""The forges of the config, and where each of them is asked. Imports nothing that asks."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from proactive_tui.allowed_hosts import address_origin, normalize_address
from proactive_tui.config import Config, ForgeConfig

ForgeMake = Literal["github", "gitlab", "forgejo"]
"""The makes of forges; Gitea is asked as Forgejo is."""
GITHUB_HOST: Final = "github.com"


class ForgeHost(NamedTuple):
    """A host that the owner named. `api` is the address of its API."""

    make: ForgeMake
    host: str
    api: str


def forge_hosts(settings: ForgeConfig) -> tuple[ForgeHost, ...]:
    """The hosts of the config, each with the address of its API.

    A host may be written with its scheme: http:// is for a forge in one's own network that has nothing better.
    """
    named: tuple[tuple[ForgeMake, tuple[str, ...]], ...] = (
        ("github", settings.github),
        ("gitlab", settings.gitlab),
        ("forgejo", settings.forgejo),
    )
    found: dict[str, ForgeHost] = {}
    for make, hosts in named:
        for written in hosts:
            scheme, _, host = written.strip().rstrip("/").rpartition("://")
            if host:
                found.setdefault(host, ForgeHost(make, host, f"{scheme or 'https'}://{_api_place(make, host)}"))
    return tuple(found.values())


def forge_origins(config: Config) -> tuple[str, ...]:
    """The origins that are asked."""
    origins = (address_origin(normalize_address(host.api, 443)) for host in forge_hosts(config.forge))
    return tuple(origin for origin in dict.fromkeys(origins) if origin)


def _api_place(make: ForgeMake, host: str) -> str:
    match make:
        case "github":
            return "api.github.com" if host == GITHUB_HOST else f"{host}/api/v3"
        case "gitlab":
            return f"{host}/api/v4"
        case "forgejo":
            return f"{host}/api/v1"
