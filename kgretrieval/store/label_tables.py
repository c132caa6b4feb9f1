"""The tables of what documents are sorted under, and of the text in pictures."""

from __future__ import annotations

#: `label` has what extractors and trained models say of a holder; `own_label` what people say of a document, made from
#: the decisions: it wins, and stays when texts come again or models run again. `reading` has a row for each picture
#: that an engine looked at, also where it found no text, or where `problem` says why it did not come to an end; `lines`
#: is JSON: [text, confidence, [[x, y], ...]] each, `letters` the text as `kgretrieval.text.fragments` searches it.
LABEL_TABLES = """
CREATE TABLE label (
    holder TEXT NOT NULL, document TEXT NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL, probability REAL NOT NULL,
    extractor TEXT NOT NULL, version TEXT NOT NULL, sure INTEGER NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (holder, extractor, scheme, field, start, end)) WITHOUT ROWID;
CREATE INDEX label_document ON label (document);
CREATE INDEX label_value ON label (scheme, value, document) WHERE sure = 1;

CREATE TABLE own_label (
    document TEXT NOT NULL, scheme TEXT NOT NULL, value TEXT NOT NULL, decision INTEGER NOT NULL,
    PRIMARY KEY (document, scheme)) WITHOUT ROWID;
CREATE INDEX own_label_value ON own_label (scheme, value);
CREATE INDEX decision_label ON decision (json_extract(payload, '$.document')) WHERE action = 'label';

CREATE TABLE reading (
    holder TEXT PRIMARY KEY, text TEXT NOT NULL, letters TEXT NOT NULL, lines TEXT NOT NULL, engine TEXT NOT NULL,
    version TEXT NOT NULL, language TEXT NOT NULL, problem TEXT NOT NULL);
"""
