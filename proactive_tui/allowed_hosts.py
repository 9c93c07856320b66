"""Which machines are told something: the one place that decides it. This machine may know everything, another one only
what its owner allowed it to, by its exact address, in the config.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import structs

from proactive_tui.config import Config, LanguageModel

OLLAMA_PORT, CHROMA_PORT = 11434, 8000
OLLAMA = f"http://127.0.0.1:{OLLAMA_PORT}"
CLOUD = "https://ollama.com:443"
"""Where an Ollama of this machine sends what it is asked to have answered by a model of its cloud."""

_CLOUD = re.compile(r"[:-]cloud$", re.IGNORECASE)
_NAME = re.compile(r"[\w.:%-]+")
_PORTS = {"http": 80, "https": 443}


class Host(NamedTuple):
    """Somebody who is told `what`, at `origin` ("http://box:11434").

    `allowed` holds for every `local` host, and for others that the setting `leave` names. `instead` is a setting with
    which it stays on this machine.
    """

    name: str
    origin: str
    what: str
    local: bool
    allowed: bool
    leave: str
    instead: tuple[str, str]

    @property
    def refusal(self) -> str:
        """Why it is told nothing, and what to do about that."""
        return f"{self.name} at {self.origin} is another machine. Nothing is sent there until {self.leave} names it."


def ollama(settings: LanguageModel) -> str:
    """Where Ollama listens: the config, else OLLAMA_HOST, else this machine. As `address` writes it."""
    return address(settings.host or os.environ.get("OLLAMA_HOST", "") or OLLAMA, OLLAMA_PORT)


def chroma(url: str) -> str:
    """Where a Chroma server listens, as `address` writes it."""
    return address(url, CHROMA_PORT)


def address(where: str, port: int) -> str:
    """An address in the one form that is compared and connected to: "http://host:port/path", or "" for what is none.

    `port` is of a host without scheme and port. What a server listens on (0.0.0.0, ::, no name) means this machine.
    """
    where = where.strip()
    try:
        parts = urlsplit(where if "://" in where else f"http://{where}")
        port = parts.port or (_PORTS.get(parts.scheme, port) if "://" in where else port)
        name = (parts.hostname or "127.0.0.1").rstrip(".")
        if ":" in name:
            ipaddress.IPv6Address(name)
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not _NAME.fullmatch(name) or not parts.path.isprintable() or " " in parts.path:
        return ""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(name, name)  # noqa: S104  not bound to, but replaced
    path = parts.path.strip("/")
    return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}:{port}{f'/{path}' if path else ''}"


def origin(where: str) -> str:
    """An address without its path."""
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc}" if where else ""


def here(where: str) -> bool:
    """Whether an address is this machine's. A name other than localhost is not: it may lead elsewhere tomorrow."""
    name = urlsplit(where).hostname or ""
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost"
    return number.is_loopback or str(number) in _interfaces()


def cloud(model: str) -> bool:
    """Whether Ollama sends what this model is asked to its cloud."""
    return bool(_CLOUD.search(model))


def language_model(settings: LanguageModel) -> tuple[Host, ...]:
    """Who is told what is said, and what it is about: Ollama, and its cloud where the model is one of the cloud's."""
    if settings.backend not in {"auto", "ollama"}:
        return ()
    hosts = [_speaks("Ollama", origin(ollama(settings)), settings, ("llm.host", OLLAMA))]
    if cloud(settings.model):
        hosts.append(behind(settings, CLOUD))
    return tuple(each for each in hosts if each.origin)


def behind(settings: LanguageModel, where: str) -> Host:
    """Who is told what is said to a model that Ollama has answered by the machine at `where`."""
    return _speaks("Ollama's cloud", origin(address(where, 443)) or CLOUD, settings, ("llm.model", ""))


def told(config: Config) -> tuple[Host, ...]:
    """Everybody who is told something, or would be if it was allowed. Nobody else is contacted."""
    hosts = language_model(config.llm)
    if config.index.chroma_url and (where := origin(chroma(config.index.chroma_url))):
        what = "the vectors of your passages: numbers that tell what they are about, without their text"
        allowed, stay = config.index.allowed_hosts, ("index.chroma_url", "")
        hosts = (*hosts, _host("Chroma", where, what, allowed, CHROMA_PORT, "index.allowed_hosts", stay))
    return hosts


def refused(config: Config) -> tuple[Host, ...]:
    """Other machines that would be told something, and have not been allowed to be."""
    return tuple(each for each in told(config) if not each.allowed)


def within(config: Config) -> Config:
    """The config without a Chroma server that is not allowed: vectors are kept on this machine until it is."""
    if any(each.name == "Chroma" for each in refused(config)):
        return structs.replace(config, index=structs.replace(config.index, chroma_url=""))
    return config


def keep_to_itself() -> None:
    """Switch off, for this process, what its libraries would tell or ask others, and what would come between it and
    the hosts of the config. Before they are imported: some look once.
    """
    os.environ |= {
        "ANONYMIZED_TELEMETRY": "False",  # Chroma
        "DO_NOT_TRACK": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "OTEL_SDK_DISABLED": "true",
        "NO_PROXY": "*",  # a proxy would be told as much as the host behind it
        "no_proxy": "*",
    }


def _speaks(name: str, where: str, settings: LanguageModel, instead: tuple[str, str]) -> Host:
    what = "what you say in conversations, and the passages it is to speak about"
    return _host(name, where, what, settings.allowed_hosts, OLLAMA_PORT, "llm.allowed_hosts", instead)


def _host(
    name: str, where: str, what: str, allowed: Sequence[str], port: int, leave: str, instead: tuple[str, str]
) -> Host:
    local = here(where)
    leaves = local or where in {origin(address(each, port)) for each in allowed}
    return Host(name, where, what, local=local, allowed=leaves, leave=leave, instead=instead)


def _interfaces() -> set[str]:
    """The addresses of this machine's interfaces."""
    import psutil  # noqa: PLC0415  not for the first frame, where hardly anybody has another address

    return {each.address.partition("%")[0] for ends in psutil.net_if_addrs().values() for each in ends}
