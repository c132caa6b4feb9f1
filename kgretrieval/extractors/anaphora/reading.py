"""A document made ready for coreference: words, mentions, entities, anaphors with their candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.extractors.anaphora.columns import Columns, columns
from kgretrieval.extractors.anaphora.lexicon import Lexicon
from kgretrieval.extractors.anaphora.mentions import NAME, Mentions, find, links
from kgretrieval.extractors.anaphora.names import describe, group
from kgretrieval.extractors.anaphora.pairs import Pairs, noun_pairs, pronoun_pairs
from kgretrieval.extractors.anaphora.words import Part, Words, join, speakers
from kgretrieval.types import EntityType


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document before anything is scored; `speakers` maps a quote to the row of its speaker."""

    words: Words
    mentions: Mentions
    columns: Columns
    speakers: Mapping[int, int]
    pronouns: Pairs
    nouns: Pairs


def read(parts: Sequence[Part], lexicon: Lexicon) -> Reading:
    """Read the fields of a document, in order."""
    words = join(parts)
    sentences = [sentence for _, _, own in parts for sentence, _ in own]
    tied = links(words)
    mentions = find(sentences, words, tied, lexicon)
    types: list[EntityType] = []
    texts: list[str] = []
    titles: list[bool] = []
    for row, (number, place) in enumerate(mentions.name):
        part, start, _ = words.where[mentions.first[row]]
        named = mentions.kind[row] == NAME
        types.append(sentences[number].names[place].type if named else "misc")
        texts.append(parts[part][1][start : words.where[mentions.last[row] - 1][2]] if named else "")
        titles.append(parts[part][0] == "title")
    total = group(mentions, types, texts, titles)
    entities = describe(mentions, words, tied, total, titles)
    rows = {word: row for row, word in enumerate(mentions.head)}
    who = {quote: rows[word] for quote, word in speakers(words).items() if word in rows}
    own = columns(mentions, words, tied, entities, who)
    return Reading(words, mentions, own, who, pronoun_pairs(own), noun_pairs(own))
