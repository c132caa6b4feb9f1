"""The tables of stories."""

from __future__ import annotations

#: `story_profile` holds what of an article is compared, made from the article of that `digest`; `story_key` the keys
#: under which it is found, by day; `story_pair` the articles that tell of one event, both ways.
STORY_TABLES = """
CREATE TABLE story_profile (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, day INTEGER NOT NULL,
    terms BLOB NOT NULL, weights BLOB NOT NULL, keys BLOB NOT NULL);
CREATE TABLE story_key (
    key INTEGER NOT NULL, day INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, day, number)) WITHOUT ROWID;
CREATE TABLE story_pair (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;

CREATE TABLE story (
    id TEXT PRIMARY KEY, first TEXT NOT NULL, central TEXT NOT NULL, articles INTEGER NOT NULL,
    first_date TEXT NOT NULL, last_date TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE story_member (article TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX story_member_story ON story_member (story);
"""
