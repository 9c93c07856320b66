"""Describes entries by numbers: by themselves, and by what stands around them."""
