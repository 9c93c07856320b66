"""The sensors, one module for each signal."""

from proactive_tui.moment.sensors.registry import ProbedSensors, describe_sensors, probe_all_sensors

__all__ = ["ProbedSensors", "describe_sensors", "probe_all_sensors"]
