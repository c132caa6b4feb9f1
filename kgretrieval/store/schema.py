"""The tables of a collection. All SQL of the package lives in this folder."""

from __future__ import annotations

FORMAT = 1

#: `holder` is what a text or a vector hangs on: an article ("a:…"), a picture ("p:…", its pixels) or a
#: use of a picture ("u:…", its captions). `document` is what a person sees: an article or a picture.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE article (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    url TEXT NOT NULL, source TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL,
    tags TEXT NOT NULL, tag_types TEXT NOT NULL, credit TEXT NOT NULL, rights TEXT NOT NULL, origin TEXT NOT NULL,
    extra TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE picture (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    phash INTEGER NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE use (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, digest TEXT NOT NULL, picture TEXT NOT NULL, article TEXT NOT NULL,
    position INTEGER NOT NULL, path TEXT NOT NULL, caption TEXT NOT NULL, date TEXT NOT NULL, source TEXT NOT NULL,
    language TEXT NOT NULL, credit TEXT NOT NULL, rights TEXT NOT NULL, tags TEXT NOT NULL, origin TEXT NOT NULL,
    extra TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX use_picture ON use (picture);
CREATE INDEX use_article ON use (article);

CREATE TABLE passage (
    holder TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (holder, field, start)) WITHOUT ROWID;

CREATE TABLE vector (
    space TEXT NOT NULL, row INTEGER NOT NULL, holder TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (space, row)) WITHOUT ROWID;
CREATE INDEX vector_holder ON vector (holder);

CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, holders INTEGER NOT NULL);
CREATE TABLE counts (holder TEXT PRIMARY KEY, terms BLOB NOT NULL, counts BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE mention (
    holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, type TEXT NOT NULL, origin TEXT NOT NULL, extractor TEXT NOT NULL, confidence REAL NOT NULL,
    entity TEXT NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL);
CREATE INDEX mention_holder ON mention (holder);
CREATE INDEX mention_document ON mention (document);
CREATE INDEX mention_entity ON mention (entity, document);

CREATE TABLE relation (
    id TEXT PRIMARY KEY, fact TEXT NOT NULL, holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, subject TEXT NOT NULL, subject_entity TEXT NOT NULL,
    predicate TEXT NOT NULL, object TEXT NOT NULL, object_entity TEXT NOT NULL, extractor TEXT NOT NULL,
    confidence REAL NOT NULL, negated INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX relation_holder ON relation (holder);
CREATE INDEX relation_fact ON relation (fact);
CREATE INDEX relation_subject ON relation (subject_entity);
CREATE INDEX relation_object ON relation (object_entity);

CREATE TABLE entity (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL, mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL, pictures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (fold TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (fold, entity)) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias (entity);
"""
