"""The words for what the sources tell: reviews, repositories, days."""
