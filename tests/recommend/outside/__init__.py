"""What the ranker looks at in topics that rest on items of sources."""
