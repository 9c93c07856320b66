"""Decides which machines may be sent data. This machine may receive everything; another one only if the config allows
it by its exact address.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import structs

from proactive_tui.config import Config, LanguageModelConfig

OLLAMA_PORT, CHROMA_PORT = 11434, 8000
MAX_PORT = 65535
LOCAL_OLLAMA_URL = f"http://127.0.0.1:{OLLAMA_PORT}"
OLLAMA_CLOUD_URL = "https://ollama.com:443"
"""Where a local Ollama forwards requests for a model of its cloud."""

_CLOUD_MODEL_NAME = re.compile(r"[:-]cloud$", re.IGNORECASE)
_HOST_NAME = re.compile(r"[\w.:%-]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class ContactedHost(NamedTuple):
    """A host that receives `what`, at `origin` ("http://box:11434").

    `allowed` is true for every `local` host, and for others that the setting `leave` names. `instead` is the setting
    (key, value) that keeps the data on this machine.
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
        """Why nothing is sent to the host, and how to allow it."""
        return f"{self.name} at {self.origin} is another machine. Nothing is sent there until {self.leave} names it."


def ollama_address(settings: LanguageModelConfig) -> str:
    """Where Ollama listens: the config, else OLLAMA_HOST, else this machine. See `normalize_address`."""
    given = _bare_address(settings.host) or read_as_ollama(os.environ.get("OLLAMA_HOST", ""))
    return normalize_address(given or LOCAL_OLLAMA_URL, OLLAMA_PORT)


def read_as_ollama(where: str) -> str:
    """An address as Ollama itself reads OLLAMA_HOST: quotes around it do not count, an IPv6 address needs no brackets,
    and a port that is none is the usual one. "" stays "".
    """
    where = _bare_address(where)
    if where == "ollama.com":
        return OLLAMA_CLOUD_URL
    scheme, separator, rest = where.rpartition("://")
    host, slash, path = rest.partition("/")
    name, colon, port = host.rpartition(":")
    if colon and "]" not in port and not (port.isascii() and port.isdecimal() and int(port) <= MAX_PORT):
        host = name
    return f"{scheme}{separator}{host}{slash}{path}"


def _bare_address(where: str) -> str:
    """An address without quotes and blanks around it; an IPv6 address gets its brackets."""
    where = where.strip().strip("\"'").strip()
    scheme, separator, rest = where.rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}[{host}]{slash}{path}" if _is_ipv6(host) else where


def chroma_address(url: str) -> str:
    """Where a Chroma server listens, in the form of `normalize_address`."""
    return normalize_address(url, CHROMA_PORT)


def normalize_address(where: str, port: int) -> str:
    """An address in its normal form, "http://host:port/path"; "" where it is not valid.

    `port` is the default for a host without scheme and port. 0.0.0.0, :: and no name mean this machine.
    """
    where = where.strip()
    try:
        parts = urlsplit(where if "://" in where else f"http://{where}")
        port = parts.port or (_DEFAULT_PORTS.get(parts.scheme, port) if "://" in where else port)
        name = (parts.hostname or "127.0.0.1").rstrip(".")
        if ":" in name:
            ipaddress.IPv6Address(name)
    except ValueError:
        return ""
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not _HOST_NAME.fullmatch(name)
        or not parts.path.isprintable()
        or " " in parts.path
    ):
        return ""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(name, name)  # noqa: S104  not bound to, but replaced
    path = parts.path.strip("/")
    return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}:{port}{f'/{path}' if path else ''}"


def address_origin(where: str) -> str:
    """An address without its path."""
    parts = urlsplit(where)
    return f"{parts.scheme}://{parts.netloc}" if where else ""


def is_local_address(where: str) -> bool:
    """Whether an address is this machine's. A name other than localhost is not: it may lead elsewhere tomorrow."""
    name = urlsplit(where).hostname or ""
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost"
    return number.is_loopback or str(number) in _interface_addresses()


def is_cloud_model(model: str) -> bool:
    """Whether Ollama forwards requests for this model to its cloud."""
    return bool(_CLOUD_MODEL_NAME.search(model))


def language_model_hosts(settings: LanguageModelConfig) -> tuple[ContactedHost, ...]:
    """Hosts that receive conversations and passages: Ollama, and its cloud where the model is a cloud model."""
    if settings.backend not in {"auto", "ollama"}:
        return ()
    hosts = [_llm_host("Ollama", address_origin(ollama_address(settings)), settings, ("llm.host", LOCAL_OLLAMA_URL))]
    if is_cloud_model(settings.model):
        hosts.append(cloud_host(settings, OLLAMA_CLOUD_URL))
    return tuple(host for host in hosts if host.origin)


def cloud_host(settings: LanguageModelConfig, where: str) -> ContactedHost:
    """The host at `where` that answers for Ollama, and so receives the messages to the model."""
    return _llm_host(
        "Ollama's cloud", address_origin(normalize_address(where, 443)) or OLLAMA_CLOUD_URL, settings, ("llm.model", "")
    )


def contacted_hosts(config: Config) -> tuple[ContactedHost, ...]:
    """All hosts that receive data, or would if they were allowed. No other host is contacted."""
    hosts = language_model_hosts(config.llm)
    if config.index.chroma_url and (where := address_origin(chroma_address(config.index.chroma_url))):
        what = "the vectors of your passages: numbers that tell what they are about, without their text"
        allowed, stay = config.index.allowed_hosts, ("index.chroma_url", "")
        hosts = (*hosts, _build_host("Chroma", where, what, allowed, CHROMA_PORT, "index.allowed_hosts", stay))
    return hosts


def refused_hosts(config: Config) -> tuple[ContactedHost, ...]:
    """Other machines that would receive data and are not allowed to."""
    return tuple(host for host in contacted_hosts(config) if not host.allowed)


def without_refused_hosts(config: Config) -> Config:
    """The config without a Chroma server that is not allowed: until it is, vectors stay on this machine."""
    if any(host.name == "Chroma" for host in refused_hosts(config)):
        return structs.replace(config, index=structs.replace(config.index, chroma_url=""))
    return config


def disable_telemetry() -> None:
    """Switch off telemetry, downloads and proxies of the libraries of this process.

    Call it before the libraries are imported: some read the environment once.
    """
    os.environ |= {
        "ANONYMIZED_TELEMETRY": "False",  # Chroma
        "DO_NOT_TRACK": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "OTEL_SDK_DISABLED": "true",
        "NO_PROXY": "*",  # a proxy would receive all that the host behind it does
        "no_proxy": "*",
    }


def _is_ipv6(name: str) -> bool:
    try:
        ipaddress.IPv6Address(name)
    except ValueError:
        return False
    return True


def _llm_host(name: str, where: str, settings: LanguageModelConfig, instead: tuple[str, str]) -> ContactedHost:
    what = "what you say in conversations, and the passages it is to speak about"
    return _build_host(name, where, what, settings.allowed_hosts, OLLAMA_PORT, "llm.allowed_hosts", instead)


def _build_host(
    name: str, where: str, what: str, allowed: Sequence[str], port: int, leave: str, instead: tuple[str, str]
) -> ContactedHost:
    local = is_local_address(where)
    leaves = local or where in {address_origin(normalize_address(allowed_host, port)) for allowed_host in allowed}
    return ContactedHost(name, where, what, local=local, allowed=leaves, leave=leave, instead=instead)


def _interface_addresses() -> set[str]:
    """The addresses of this machine's interfaces."""
    import psutil  # noqa: PLC0415  (needed only for an address other than loopback)

    return {entry.address.partition("%")[0] for entries in psutil.net_if_addrs().values() for entry in entries}
