"""The tables that resolving names over the collection and finding copies need; those of the schema name their rows."""

from __future__ import annotations

#: `stale` names entities whose mentions changed since their rows were made.
#: `name` holds the names as they were last resolved, with the blocks in which their likes are looked for; `said` what a
#: text or its record says of a name (a row of the name ``""`` marks that it was read) and `introduced` which name it
#: introduces as short for which; `link` pairs that were judged; `mark` and `fact_mark` what people decided, by the ids
#: that follow. `sketch` holds hashes that near copies of an article share, `copy_pair` those found alike, both ways.
RESOLUTION_TABLES = """
CREATE TABLE stale (entity TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE name (id TEXT PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE block (block TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (block, name)) WITHOUT ROWID;
CREATE INDEX block_name ON block (name);

CREATE TABLE said (
    holder TEXT NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL, births TEXT NOT NULL, wikidata TEXT NOT NULL,
    PRIMARY KEY (holder, name)) WITHOUT ROWID;
CREATE INDEX said_name ON said (name) WHERE name <> '';
CREATE TABLE introduced (
    holder TEXT NOT NULL, short TEXT NOT NULL, long TEXT NOT NULL, PRIMARY KEY (holder, short, long)) WITHOUT ROWID;
CREATE INDEX introduced_short ON introduced (short);
CREATE INDEX introduced_long ON introduced (long);

CREATE TABLE link (
    one TEXT NOT NULL, one_document TEXT NOT NULL, other TEXT NOT NULL, other_document TEXT NOT NULL,
    verdict TEXT NOT NULL, score REAL NOT NULL, reasons TEXT NOT NULL,
    PRIMARY KEY (one, one_document, other, other_document)) WITHOUT ROWID;

CREATE TABLE mark (
    entity TEXT PRIMARY KEY, name TEXT NOT NULL, shown TEXT NOT NULL, type TEXT NOT NULL, confirmed INTEGER NOT NULL,
    hidden INTEGER NOT NULL, wikidata TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX mark_name ON mark (name);
CREATE TABLE fact_mark (
    fact TEXT PRIMARY KEY, confirmed INTEGER NOT NULL, hidden INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE sketch (
    holder TEXT NOT NULL, band INTEGER NOT NULL, hash INTEGER NOT NULL, PRIMARY KEY (holder, band)) WITHOUT ROWID;
CREATE INDEX sketch_hash ON sketch (band, hash);
CREATE TABLE copy_pair (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE copy_group (article TEXT PRIMARY KEY, leader TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copy_group_leader ON copy_group (leader);
"""
#: Of those, the tables whose rows go with the text or with the annotations of a holder.
OF_TEXT = ("sketch",)
OF_ANNOTATIONS = ("said", "introduced")
