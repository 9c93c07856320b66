"""A table of which method handles which request; mypy finds it incomplete when a request has no handler."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

HandlerResult: TypeAlias = Coroutine[Any, Any, None] | None
"""None when the handler is done, else the rest of its work, to be awaited in the background."""

Handled_contra = TypeVar("Handled_contra", contravariant=True)
Added = TypeVar("Added")


class RequestRouter(Generic[Handled_contra]):
    """An immutable table from message class to handler. `Handled_contra` is the union of the classes that are in it.

    Begin with `RequestRouter[Never]()` and assign the result to `RequestRouter[SomeUnion]`: as `Handled_contra` is
    contravariant, mypy accepts the assignment only when every member of the union has a handler, each with a parameter
    of its own class.
    """

    def __init__(self, handlers: Mapping[type[Any], Callable[[Any], HandlerResult]] | None = None) -> None:
        self._handlers = handlers or {}

    def on(self, kind: type[Added], handler: Callable[[Added], HandlerResult]) -> RequestRouter[Handled_contra | Added]:
        """The table with a handler for one more message class. Raises ValueError when the class has one already."""
        if kind in self._handlers:
            raise ValueError(f"{kind.__name__} has a handler already")
        return RequestRouter({**self._handlers, kind: handler})

    @property
    def handled_types(self) -> frozenset[type[Any]]:
        """The message classes in the table."""
        return frozenset(self._handlers)

    def handle(self, request: Handled_contra) -> HandlerResult:
        """Call the handler of a request. Raises what the handler raises."""
        return self._handlers[type(request)](request)
