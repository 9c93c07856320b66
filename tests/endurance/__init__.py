"""Long and rough runs: kills, full disks, jumping clocks. Each has a small count in the tests and a command line."""
