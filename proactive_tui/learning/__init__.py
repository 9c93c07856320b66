"""Shared by the learners: regression, running means, change detection, feature tables, meanings of reactions."""
