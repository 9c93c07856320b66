"""Endurance tests: kills, full disks, jumping clocks, long runs. Each runs briefly in the tests, longer by command."""
