"""What the learners share: regression, running means, change detection, feature tables, what reactions mean."""
