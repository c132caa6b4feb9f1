"""Dates and quantities as people write them, by rules."""
