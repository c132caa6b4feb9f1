"""Mentions to entities, relations to facts."""
