"""Remembers answers by their address, so that a server can say in a few bytes that one has not changed (RFC 9110).

Kept in the cursor of the source between polls, packed and in bounds, and never longer than the address is asked for.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Final

import msgspec

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.sources.web_client import Validators, WebClient, WebPage

MAX_KEPT_BYTES: Final = 1 << 20
"""Bytes of one answer; a longer one is asked for anew each time."""
MAX_KEPT_TOGETHER: Final = 8 << 20
"""Bytes of all answers of a host; what comes later in a poll is not kept."""


class KnownAnswer(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """An answer with what its server said to tell it by, and its Link header."""

    validators: Validators
    body: bytes
    link: str = ""


_decoder = msgspec.msgpack.Decoder(dict[str, KnownAnswer])


class AnswerMemory:
    """The answers of one host, for one poll."""

    def __init__(self, state: str = "") -> None:
        """`state` is what `to_state` returned at the end of the last poll; one that cannot be read counts as none."""
        self._before = _read_state(state)
        self._kept: dict[str, KnownAnswer] = {}
        self._size = 0

    def get(self, client: WebClient, url: str, headers: Mapping[str, str]) -> WebPage:
        """The answer to a GET of `url`: that of before, where its server says that it is still so.

        Raises SourceError and SourcePausedError.
        """
        known = self._before.get(url)
        page = client.get(url, headers, known.validators if known else None)
        if known and page.is_unchanged:
            link = {"link": known.link} if known.link else {}
            self._keep_answer(url, known)
            return page._replace(status=200, body=known.body, headers={**page.headers, **link})
        if page.validators != Validators():
            link_header = page.headers.get("link", "")
            self._keep_answer(url, KnownAnswer(validators=page.validators, body=page.body, link=link_header))
        return page

    def to_state(self) -> str:
        """The answers of the addresses that were asked in this poll, as text."""
        if not self._kept:
            return ""
        return base64.b85encode(zlib.compress(msgspec.msgpack.encode(self._kept))).decode()

    def _keep_answer(self, url: str, answer: KnownAnswer) -> None:
        size = len(answer.body)
        if size <= MAX_KEPT_BYTES and self._size + size <= MAX_KEPT_TOGETHER:
            self._size += size
            self._kept[url] = answer


def _read_state(state: str) -> dict[str, KnownAnswer]:
    try:
        return _decoder.decode(zlib.decompress(base64.b85decode(state))) if state else {}
    except (ValueError, zlib.error, msgspec.MsgspecError):
        return {}
