"""The tables of a collection. All SQL of the package lives in this folder."""

from __future__ import annotations

from kgretrieval.store.label_tables import LABEL_TABLES
from kgretrieval.store.resolution_tables import RESOLUTION_TABLES
from kgretrieval.store.story_tables import STORY_TABLES

FORMAT = 4

#: `name` is the entity that a mention means within its article (its key), `entity` the one of the collection; they
#: are equal until names are resolved over the collection, and `pending` holds the names for which that is to be done.
#: A relation that joins no entity has no fact: it stays, since another extractor may find one later.
#: `holder` is what a text or a vector hangs on: an article ("a:…"), a picture ("p:…", its pixels) or a
#: use of a picture ("u:…", its captions). `document` is what a person sees: an article or a picture.
#: `topic` has the tags that were not given as names; its `fold` is without case and accents.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE article (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    url TEXT NOT NULL, source TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL,
    tags TEXT NOT NULL, tag_types TEXT NOT NULL, credit TEXT NOT NULL, rights TEXT NOT NULL, origin TEXT NOT NULL,
    extra TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX article_catalog ON article (date, source, language);

CREATE TABLE picture (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    phash INTEGER NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE miniature (
    holder TEXT PRIMARY KEY, grey BLOB NOT NULL, taken TEXT NOT NULL, place TEXT NOT NULL, persons TEXT NOT NULL);

CREATE TABLE use (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, digest TEXT NOT NULL, picture TEXT NOT NULL, article TEXT NOT NULL,
    position INTEGER NOT NULL, path TEXT NOT NULL, caption TEXT NOT NULL, date TEXT NOT NULL, source TEXT NOT NULL,
    language TEXT NOT NULL, credit TEXT NOT NULL, rights TEXT NOT NULL, tags TEXT NOT NULL, origin TEXT NOT NULL,
    extra TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX use_picture ON use (picture);
CREATE INDEX use_article ON use (article);

CREATE TABLE topic (
    holder TEXT NOT NULL, fold TEXT NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (holder, fold)) WITHOUT ROWID;
CREATE INDEX topic_fold ON topic (fold);

CREATE TABLE passage (
    holder TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (holder, field, start)) WITHOUT ROWID;

CREATE TABLE vector (
    space TEXT NOT NULL, row INTEGER NOT NULL, holder TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
    PRIMARY KEY (space, row)) WITHOUT ROWID;
CREATE INDEX vector_holder ON vector (holder);

CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, holders INTEGER NOT NULL);
CREATE TABLE counts (
    holder TEXT PRIMARY KEY, terms BLOB NOT NULL, counts BLOB NOT NULL, positions BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE mention (
    holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, type TEXT NOT NULL, origin TEXT NOT NULL, extractor TEXT NOT NULL, confidence REAL NOT NULL,
    value TEXT NOT NULL, name TEXT NOT NULL, entity TEXT NOT NULL, sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL);
CREATE INDEX mention_holder ON mention (holder);
CREATE INDEX mention_document ON mention (document);
CREATE INDEX mention_name ON mention (name, document, entity);
CREATE INDEX mention_entity ON mention (entity, document);

CREATE TABLE reference (
    holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    text TEXT NOT NULL, antecedent_field TEXT NOT NULL, antecedent_start INTEGER NOT NULL,
    antecedent_end INTEGER NOT NULL, extractor TEXT NOT NULL, confidence REAL NOT NULL, name TEXT NOT NULL);
CREATE INDEX reference_holder ON reference (holder);

CREATE TABLE frame (
    holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    lemma TEXT NOT NULL, predicate_start INTEGER NOT NULL, predicate_end INTEGER NOT NULL, roles TEXT NOT NULL,
    extractor TEXT NOT NULL, confidence REAL NOT NULL);
CREATE INDEX frame_holder ON frame (holder);

CREATE TABLE relation (
    id TEXT PRIMARY KEY, fact TEXT NOT NULL, holder TEXT NOT NULL, document TEXT NOT NULL, field TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, subject TEXT NOT NULL, subject_start INTEGER NOT NULL,
    subject_end INTEGER NOT NULL, subject_head INTEGER NOT NULL, subject_name TEXT NOT NULL,
    subject_entity TEXT NOT NULL, predicate TEXT NOT NULL, predicate_start INTEGER NOT NULL, object TEXT NOT NULL,
    object_start INTEGER NOT NULL, object_end INTEGER NOT NULL, object_head INTEGER NOT NULL,
    object_name TEXT NOT NULL, object_entity TEXT NOT NULL, extractor TEXT NOT NULL, confidence REAL NOT NULL,
    negated INTEGER NOT NULL, modality TEXT NOT NULL, typed INTEGER NOT NULL, attributed_to TEXT NOT NULL,
    attributed_head INTEGER NOT NULL, attributed_name TEXT NOT NULL, stated INTEGER NOT NULL, time TEXT NOT NULL,
    place TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX relation_holder ON relation (holder);
CREATE INDEX relation_fact ON relation (fact) WHERE fact <> '';
CREATE INDEX relation_subject_name ON relation (subject_name) WHERE subject_name <> '';
CREATE INDEX relation_object_name ON relation (object_name) WHERE object_name <> '';
CREATE INDEX relation_predicate ON relation (predicate) WHERE fact <> '';
CREATE INDEX relation_subject ON relation (subject_entity) WHERE fact <> '';
CREATE INDEX relation_object ON relation (object_entity) WHERE fact <> '';

CREATE TABLE annotated (
    holder TEXT NOT NULL, extractor TEXT NOT NULL, version TEXT NOT NULL,
    PRIMARY KEY (holder, extractor)) WITHOUT ROWID;

CREATE TABLE pending (name TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY, time TEXT NOT NULL, author TEXT NOT NULL, action TEXT NOT NULL, payload TEXT NOT NULL,
    undone_at TEXT NOT NULL);

CREATE TABLE entity (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL, mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL, pictures INTEGER NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0, wikidata TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE alias (fold TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (fold, entity)) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias (entity);
"""
#: `kind` is "text" for what holds texts, vectors or uses of pictures (articles, uses, and pictures themselves) and
#: "graph" for documents (articles and pictures) in which mentions, relations or what names mean changed. `generation`
#: is the last in which it did. The log goes back to the generation `touched_since` in the table `meta`.
TOUCHED_TABLE = """
CREATE TABLE touched (
    kind TEXT NOT NULL, id TEXT NOT NULL, generation INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX touched_generation ON touched (generation);
"""
TABLES += LABEL_TABLES + RESOLUTION_TABLES + STORY_TABLES + TOUCHED_TABLE
