"""Asks web servers for what sources read: conditional, bounded, patient, and never where nobody sent it.

The only module of the sources that imports httpx. It asks the origins that the owner wrote, and, where a source
allows it, public addresses that these redirect to; no redirect leads to this machine or a private network.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from collections.abc import Callable, Collection, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from proactive_tui import __version__
from proactive_tui.allowed_hosts import address_origin, normalize_address
from proactive_tui.errors import AnswerTooLongError, SourceError, SourceGoneError, SourcePausedError
from proactive_tui.model.shared_words import FrozenValue

MAX_PAGE_BYTES = 8 << 20
"""Maximum bytes of an answer, unpacked; a longer one is refused."""
CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
"""Seconds for a connection, and for the next bytes of an answer."""
MAX_ANSWER_SECONDS = 60.0
"""Seconds in which an answer has to be complete, however steadily it drips."""
MAX_REDIRECTS = 5
MAX_PAUSE_SECONDS = 86_400.0
"""A server that wants to be left alone for longer is asked again after a day."""
USER_AGENT = f"proactive-tui/{__version__}"

_REDIRECTS, _PERMANENT_REDIRECTS = {301, 302, 303, 307, 308}, {301, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Validators(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """What a server said about an answer, to tell later that nothing has changed (RFC 9110, section 8.8)."""

    etag: str = ""
    last_modified: str = ""


class WebPage(NamedTuple):
    """An answer. `status` 304 says that it is still the one that `validators` stand for; its body is empty then.

    `url` is where it came from after redirects, `moved_to` where it is to be asked from now on ("" if where it was).
    `headers` have lower-case names.
    """

    status: int
    body: bytes
    headers: Mapping[str, str]
    url: str
    moved_to: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the server answered that nothing has changed."""
        return self.status == 304

    @property
    def validators(self) -> Validators:
        """What to send with the next request for the same address."""
        return Validators(etag=self.headers.get("etag", ""), last_modified=self.headers.get("last-modified", ""))


class WebClient:
    """A client for one poll; use it in a `with` block. Its methods block, and raise SourceError.

    SourcePausedError says that the server is out of reach, or until when it wants to be left alone.
    """

    def __init__(
        self,
        origins: Collection[str],
        *,
        follow_public: bool = False,
        clock: Callable[[], float] = time.time,
        resolve: Callable[[str, int], list[str]] | None = None,
    ) -> None:
        """`origins` are those that the owner wrote, as `address_origin` gives them. `follow_public` lets redirects lead
        to any public address. `resolve` returns the addresses of a host and port.
        """
        self._origins, self._follow_public, self._clock = frozenset(origins), follow_public, clock
        self._resolve = resolve or _resolve_host
        self._client = httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"User-Agent": USER_AGENT},
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> WebClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None) -> WebPage:
        """The answer to a GET of `url`, after redirects; headers that name a secret are sent to its own origin only."""
        asked, moved, moving = url, "", True
        sent = {**(headers or {}), **_conditions(validators)}
        for _ in range(MAX_REDIRECTS + 1):
            page = self._exchange("GET", asked, sent)
            if page.status not in _REDIRECTS:
                return page._replace(moved_to=moved)
            target = urljoin(asked, page.headers.get("location", ""))
            moving = moving and page.status in _PERMANENT_REDIRECTS
            if _origin(target) != _origin(asked):
                sent = {name: value for name, value in sent.items() if name.lower() in {"accept", "accept-language"}}
            asked, moved = target, target if moving else moved
        raise SourceError("Too many redirects", url, "See in a browser where it leads, and write that address instead.")

    def post_json(self, url: str, payload: Any, headers: Mapping[str, str] | None = None) -> WebPage:
        """The answer to a POST of `payload` as JSON, which only asks (GraphQL); no redirect is followed."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        return self._exchange("POST", url, sent, json.dumps(payload).encode())

    def request(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> WebPage:
        """The answer to a request that reads with another method (CalDAV's REPORT); no redirect is followed."""
        return self._exchange(method, url, headers, body)

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> WebPage:
        origin = _origin(url)
        request = self._build_request(method, url, origin, headers, body)
        try:
            response = self._client.send(request, stream=True)
            try:
                content = self._read_body(response, origin)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise SourcePausedError(
                f"{_host(url)} is out of reach", _plain_error(error), "It is asked again by itself."
            ) from error
        page = WebPage(
            response.status_code, content, {name.lower(): value for name, value in response.headers.items()}, url
        )
        _raise_for_status(page, self._clock())
        return page

    def _build_request(
        self, method: str, url: str, origin: str, headers: Mapping[str, str], body: bytes | None
    ) -> httpx.Request:
        """The request; to an origin that the owner did not write, by an address that was seen to be public."""
        if not origin:
            raise SourceError("This is no web address", url[:200], "Write it as https://host/path.")
        if origin in self._origins:
            return self._client.build_request(method, url, headers=dict(headers), content=body)
        if not self._follow_public:
            raise SourceError(
                "A redirect leads elsewhere",
                f"to {origin}, which is not in the config",
                "If you want it asked, write that address into the config.",
            )
        parts = urlsplit(url)
        name = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = self._public_address(name, port)
        netloc = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        return self._client.build_request(
            method,
            urlunsplit((parts.scheme, netloc, parts.path, parts.query, "")),
            headers={**headers, "Host": parts.netloc.rpartition("@")[2]},
            content=body,
            extensions={"sni_hostname": name},
        )

    def _public_address(self, name: str, port: int) -> str:
        """An address of a host, all of whose addresses are public. Raises SourceError where one is not."""
        addresses = self._resolve(name, port)
        if not addresses or not all(is_public_address(address) for address in addresses):
            raise SourceError(
                "A redirect leads into a private network",
                f"{name} is no public host",
                "If you want it asked, write that address into the config.",
            )
        return addresses[0]

    def _read_body(self, response: httpx.Response, origin: str) -> bytes:
        until = time.monotonic() + MAX_ANSWER_SECONDS
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > MAX_PAGE_BYTES:
                raise AnswerTooLongError(
                    "An answer is too long", f"{origin} sent more than {MAX_PAGE_BYTES >> 20} MB", "It was left unread."
                )
            if time.monotonic() > until:
                raise SourcePausedError(f"{origin} is too slow", f"{len(content)} bytes in {MAX_ANSWER_SECONDS:g} s")
        return bytes(content)


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the public internet, also if it is packed into another one (IPv4 in IPv6)."""
    try:
        number: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            number = inner
    return number.is_global and not number.is_multicast


def retry_at(headers: Mapping[str, str], now: float) -> float:
    """When (unix seconds) a server wants to be asked again by its headers; 0 where it says nothing of it.

    Reads Retry-After (seconds or a date), X-RateLimit-Reset where nothing remains, and X-Poll-Interval.
    """
    after = headers.get("retry-after", "").strip()
    if after.isdecimal():
        return now + min(float(after), MAX_PAUSE_SECONDS)
    if after:
        try:
            return min(max(parsedate_to_datetime(after).timestamp(), now), now + MAX_PAUSE_SECONDS)
        except ValueError:
            pass
    reset = headers.get("x-ratelimit-reset", headers.get("ratelimit-reset", "")).strip()
    left = headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining", "")).strip()
    if left == "0" and reset.isdecimal():
        seconds = float(reset)
        return min(max(seconds if seconds > 1e6 else now + seconds, now), now + MAX_PAUSE_SECONDS)
    interval = headers.get("x-poll-interval", "").strip()
    return now + min(float(interval), MAX_PAUSE_SECONDS) if interval.isdecimal() else 0.0


def _raise_for_status(page: WebPage, now: float) -> None:
    status, host = page.status, _host(page.url)
    if status < 400:
        return
    limited = status == 403 and (
        page.headers.get("x-ratelimit-remaining", "") == "0"
        or "retry-after" in page.headers
        or b"rate limit" in page.body[:2000].lower()  # GitHub's secondary limits may come without a header
    )
    if status == 429 or limited:
        raise SourcePausedError(f"{host} wants to be left alone", f"status {status}", until=retry_at(page.headers, now))
    if status >= 500:
        raise SourcePausedError(f"{host} has trouble", f"status {status}", until=retry_at(page.headers, now))
    if status in {401, 403}:
        raise SourceError(f"{host} refuses", f"status {status}", "See that the token is valid and may read this.")
    if status == 410:
        raise SourceGoneError(f"{host} has it no more", f"status {status}: {page.url}", "Take its address out.")
    raise SourceError(f"{host} does not have it", f"status {status}: {page.url}", "See that the address is right.")


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    conditions = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _origin(url: str) -> str:
    """The origin of a web address in its normal form; "" where it is none, or names a user."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            return ""
    except ValueError:
        return ""
    return address_origin(normalize_address(f"{parts.scheme}://{parts.netloc}", 443))


def _host(url: str) -> str:
    return urlsplit(url).hostname or url[:80]


def _plain_error(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]


def _resolve_host(name: str, port: int) -> list[str]:
    """The addresses of a host. Raises SourcePausedError where it has none for now."""
    try:
        return list(
            dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        )
    except OSError as error:
        raise SourcePausedError(f"{name} is out of reach", error.strerror or str(error)) from error
