"""Dates and amounts as people and systems write them, read exactly."""
