"""A running mean whose evidence fades and that starts from a prior: River's weighted mean with both added.

This module imports River; import it only where a model is made.
"""

from __future__ import annotations

from river import stats


class FadingMean(stats.Mean):  # type: ignore[misc]  # River is untyped here (follow_imports = skip)
    """River's weighted mean (West 1979); `n` is the sum of the weights that are left."""

    def fade(self, kept: float) -> None:
        """Keep a share (0..1) of the evidence; the mean itself stays."""
        self.n *= kept

    def shrunk(self, prior: float, doubt: float) -> float:
        """The mean, drawn to `prior` as if that had been seen with weight `doubt`; `n` + `doubt` is above 0."""
        return float((self.n * self.get() + doubt * prior) / (self.n + doubt))
