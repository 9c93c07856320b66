"""Collecting the items of the sources that are on: polling them, keeping what they bring, and forgetting it in time."""
