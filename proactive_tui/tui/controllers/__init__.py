"""The controllers between the widgets and the brain; they know no widget."""
