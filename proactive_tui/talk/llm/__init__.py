"""Adapters of language models, one module for each backend."""
