"""Fitting how sure open relations are."""
