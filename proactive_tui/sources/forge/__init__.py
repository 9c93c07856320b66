"""The owner's pull requests, reviews, mentions and issues on GitHub, GitLab and Forgejo. Nothing is written there."""
