"""Limits the size of HTTP answers: one that never ends is cut off. Imports httpx: load it together with the ollama
package.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx

MAX_RESPONSE_BYTES = 64 << 20
"""Maximum bytes of one answer. A reply has less than one megabyte, the progress of a long download up to ten."""


class EndlessAnswerError(httpx.ReadError):
    """A server sends more than an answer can have."""


class BoundedTransport(httpx.AsyncBaseTransport):
    """An HTTP transport that fails with EndlessAnswerError after `most` bytes of an answer."""

    def __init__(self, most: int = MAX_RESPONSE_BYTES) -> None:
        self._usual = httpx.AsyncHTTPTransport(trust_env=False)
        self._most = most

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and count the bytes of its answer."""
        response = await self._usual.handle_async_request(request)
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _BoundedByteStream(response.stream, self._most)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._usual.aclose()


class _BoundedByteStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._left = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise EndlessAnswerError("it sends more than an answer can have")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()
