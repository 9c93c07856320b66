"""Reads the JSON of answers, and bears what is none: a proxy's login page, or an answer that was cut short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from proactive_tui.errors import SourcePausedError
from proactive_tui.sources.web_client import WebPage

Json = Mapping[str, Any]
"""A JSON object."""


def decode_object(page: WebPage) -> Json:
    """The JSON object of an answer. Raises SourcePausedError where it is none: a page of a proxy's."""
    decoded = _decode_page(page)
    if not isinstance(decoded, dict):
        raise SourcePausedError("An answer is not what was asked for", f"{page.url} sent no JSON object")
    return decoded


def decode_list(page: WebPage) -> list[Any]:
    """The JSON list of an answer. Raises SourcePausedError where it is none."""
    decoded = _decode_page(page)
    if not isinstance(decoded, list):
        raise SourcePausedError("An answer is not what was asked for", f"{page.url} sent no JSON list")
    return decoded


def _decode_page(page: WebPage) -> Any:
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        raise SourcePausedError("An answer is not what was asked for", f"{page.url} sent no JSON") from None
