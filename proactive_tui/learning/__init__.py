"""What the learners share: regression, change detection, feature tables, rewards."""
