"""Parts of libraries that this program never uses, which would be loaded with them: 20 MB and a third of a second."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Final, Never, cast

_SENDING_OF_TRACES: Final = {
    "opentelemetry.sdk.resources": ("SERVICE_NAME", "Resource"),
    "opentelemetry.sdk.trace": ("TracerProvider",),
    "opentelemetry.sdk.trace.export": ("BatchSpanProcessor",),
    "opentelemetry.exporter.otlp.proto.grpc.trace_exporter": ("OTLPSpanExporter",),
}
"""What Chroma imports to send traces of its work to a server, with gRPC and Protobuf: the modules and their names."""
_COMMAND_LINE_OF_HTTPX: Final = "httpx._main"
"""HTTPX does without it where Click and Rich are not installed."""


class LeftOutPart:
    """Stands for what is left out; making one raises RuntimeError."""

    def __init__(self, *_: Any, **__: Any) -> Never:
        raise RuntimeError("this part of a library is left out: see proactive_tui.footprint.left_out_parts")


def leave_out_unused_parts() -> None:
    """Keep them out of this process. Call it before the libraries are imported; what is loaded already stays."""
    sys.modules.setdefault(_COMMAND_LINE_OF_HTTPX, cast("ModuleType", None))
    for name, members in _SENDING_OF_TRACES.items():
        module = ModuleType(name, "Left out: see proactive_tui.footprint.left_out_parts.")
        vars(module).update(dict.fromkeys(members, LeftOutPart))
        sys.modules.setdefault(name, module)
