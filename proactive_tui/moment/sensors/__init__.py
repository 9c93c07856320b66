"""One module a signal."""

from proactive_tui.moment.sensors.registry import Probed, describe, probe

__all__ = ["Probed", "describe", "probe"]
