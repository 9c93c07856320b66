"""Dates: those that notes name, those that people type, and the local days they fall on."""
