"""The commands, by what they are about; `cli/app.py` has those of the assistant itself and puts all together."""
