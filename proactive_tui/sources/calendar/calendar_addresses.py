"""Asks ICS addresses, which are secrets: no message of an error has more of one than its host."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from proactive_tui.allowed_hosts import address_origin, is_local_address, normalize_address
from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.sources.secrets import COMMAND_MARK, read_secret
from proactive_tui.sources.web_client import Validators, WebClient, WebPage

_WEB_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*:(?://|\S*/)\S*", re.IGNORECASE)
CALENDAR_TYPES = {"Accept": "text/calendar, text/plain;q=0.5, */*;q=0.1"}


def read_address(where: str) -> str:
    """The web address that a setting holds or refers to; webcal is https. Raises SourceError without naming it."""
    address = read_secret(where).strip()
    scheme, mark, rest = address.partition("://")
    if scheme.lower() in {"webcal", "webcals"}:
        address = f"https{mark}{rest}"
    if not origin_of(address):
        raise SourceError(
            "An address of a calendar is no web address",
            "it does not read https://host/path",
            "See calendar.addresses in the config.",
        )
    return address


def origin_of(address: str) -> str:
    """The origin of an address as the web client names it; "" where it is none, or names a user."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            return ""
    except ValueError:
        return ""
    return address_origin(normalize_address(f"{parts.scheme}://{parts.netloc}", 443))


def known_origin(where: str) -> str:
    """The origin of a setting, as far as it is known without running a command; "" where it is not."""
    if where.startswith(COMMAND_MARK):
        return ""
    try:
        return origin_of(read_address(where))
    except SourceError:
        return ""


def fetch_calendar(where: str, validators: Validators | None) -> WebPage:
    """The calendar at an address; unchanged where the server says so. Raises SourceError and SourcePausedError."""
    address = read_address(where)

    def ask() -> WebPage:
        with WebClient([origin_of(address)], follow_public=True) as client:
            return client.get(address, CALENDAR_TYPES, validators)

    return without_secrets(ask)


def without_secrets(ask: Callable[[], WebPage]) -> WebPage:
    """What `ask` returns. The errors that it raises name hosts only, and no paths: these may be secret."""
    try:
        return ask()
    except SourcePausedError as error:
        raise SourcePausedError(_hosts_only(error.title), _hosts_only(error.message), until=error.until) from None
    except SourceError as error:
        raise SourceError(_hosts_only(error.title), _hosts_only(error.message), _hosts_only(error.hint)) from None


def may_carry_password(address: str) -> bool:
    """Whether a password may be sent there: encrypted, or to this machine."""
    return address.startswith("https://") or is_local_address(address)


def _hosts_only(text: str) -> str:
    return _WEB_ADDRESS.sub(lambda match: origin_of(match[0]) or "an address", text)
