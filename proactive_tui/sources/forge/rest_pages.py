"""Reads lists page by page from REST interfaces, in bounds, and never from another host than the first page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.sources.forge.answer_memory import AnswerMemory
from proactive_tui.sources.forge.json_pages import Json, decode_list, decode_object
from proactive_tui.sources.web_client import WebClient

T = TypeVar("T")
MAX_PAGES = 5
_NEXT_LINK = re.compile(r'<([^<>]*)>\s*;\s*(?:[^,]*;\s*)?rel="?next"?')


class RestReader(NamedTuple):
    """Asks one API with one token, and for what has changed alone where its server can tell. Its methods block; they
    raise SourceError and SourcePausedError.
    """

    client: WebClient
    api: str
    headers: Mapping[str, str]
    memory: AnswerMemory

    def read_object(self, path: str) -> Json:
        """The object at a path of the API."""
        return decode_object(self.memory.get(self.client, f"{self.api}{path}", self.headers))

    def read_list(self, path: str, pages: int = MAX_PAGES) -> tuple[list[Json], bool]:
        """The objects of a list at a path of the API, and whether they are all."""
        found: list[Json] = []
        url = f"{self.api}{path}"
        for _ in range(pages):
            page = self.memory.get(self.client, url, self.headers)
            found += [entry for entry in decode_list(page) if isinstance(entry, dict)]
            url = next_page(page.headers, self.api)
            if not url:
                return found, True
        return found, False


def read_each(listed: Iterable[Json], read: Callable[[Json], T]) -> tuple[tuple[T, ...], str]:
    """What `read` makes of each entry, and the first trouble in words: one that cannot be read costs no other.

    Raises SourcePausedError, for then none of the rest can be read either.
    """
    found: list[T] = []
    trouble = ""
    for entry in listed:
        try:
            found.append(read(entry))
        except SourcePausedError:
            raise
        except SourceError as error:
            trouble = trouble or f"{error.title}: {error.message}"
    return tuple(found), trouble


def next_page(headers: Mapping[str, str], api: str) -> str:
    """The address of the next page by the Link header; "" at the end, or where it leads to another host."""
    match = _NEXT_LINK.search(headers.get("link", ""))
    if match is None:
        return ""
    there, here = urlsplit(match[1]), urlsplit(api)
    return match[1] if (there.scheme, there.netloc) == (here.scheme, here.netloc) else ""


def number_of(node: Json, name: str) -> int:
    """A whole number of a node; 0 where it is none."""
    value: Any = node.get(name)
    return value if isinstance(value, int) else 0
