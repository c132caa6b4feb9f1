"""Least probability at which a relation is stated, chosen by reading hits in news (see docs/models/relations.md)."""

THRESHOLDS = {
    "based in": 0.35,
    "born in": 0.5,
    "chief executive of": 0.3,
    "child of": 0.5,
    "date founded": 0.4,
    "date of birth": 0.5,
    "date of death": 0.6,
    "educated at": 0.5,
    "founded": 0.5,
    "killed": 0.5,
    "lives in": 0.5,
    "located in": 0.45,
    "married to": 0.4,
    "nationality": 0.35,
    "political affiliation": 0.35,
    "subsidiary of": 0.5,
    "works for": 0.45,
}
