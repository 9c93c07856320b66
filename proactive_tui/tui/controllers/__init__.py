"""What stands between the widgets and the brain."""
