"""The wording that all ways of showing share: safe text, counts, sizes, where a hit was found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from kgretrieval.graph.records import Happening
from kgretrieval.graph.wording import put
from kgretrieval.search.scores import percent
from kgretrieval.types import Entity, Evidence, Fact, Hit, Label, Neighbour, Snippet

#: What a person reads for the name of a ranking.
RANKINGS: Mapping[str, str] = {
    "looks_like": "looks like it",
    "reads_like": "reads like it",
    "words": "words",
    "article_words": "words of its article",
    "fragment": "letters in the picture",
    "names": "names",
    "graph": "near the names",
    "same_image": "same photo",
    "looks_like_image": "looks like the picture",
    "its_picture_is_image": "its picture is this one",
    "reads_like_image": "headline fits the picture",
    "its_picture_looks_like_image": "its picture looks like it",
    "shares_words": "shares words",
    "shares_names": "shares names",
}

# Controls could drive a terminal, bidirectional overrides could make a text read as another one,
# and lone surrogates (from file names) cannot be written at all.
_UNSAFE = {"Cc": " ", "Cs": "\ufffd", "Zl": " ", "Zp": " "}
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Return `text` safe to show on one line, character for character, so that offsets still hold."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if c in _OVERRIDES else _UNSAFE.get(unicodedata.category(c), c) for c in text)


def squeeze(text: str) -> str:
    """Return `text` safe to show, with every run of white space as one blank."""
    return " ".join(clean(text).split())


def cells(text: str) -> int:
    """Return the width of `text` in columns: wide East Asian characters take two, combining marks none."""
    return sum(_cell(c) for c in text)


def _cell(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shorten(text: str, most: int) -> str:
    """Return `text` cut to at most `most` columns, with an ellipsis where something was left out."""
    if cells(text) <= most:
        return text
    kept, width = [], 1
    for char in text:
        width += _cell(char)
        if width > most:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 article", "2 articles", "1,204 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def size(number: int) -> str:
    """Return a number of bytes in the unit that keeps it short."""
    value = float(number)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} TB"


def seconds(value: float) -> str:
    """Return a duration as a person would say it: "12 ms", "3.4 s", "2 min 5 s", "1 h 20 min"."""
    if value < 1:
        return f"{value * 1000:.0f} ms"
    if value < 60:
        return f"{value:.1f} s"
    whole = round(value)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600:,} h {whole % 3600 // 60} min"


def dotted(parts: Iterable[str]) -> str:
    """Join what is not empty with a middle dot."""
    return " · ".join(part for part in parts if part)


def title(hit: Hit) -> str:
    """Return what to call a hit: its title, else the name of its file, else its address."""
    return squeeze(hit.title) or clean(hit.path.replace("\\", "/").rsplit("/", 1)[-1]) or clean(hit.url) or "untitled"


def is_title(hit: Hit) -> bool:
    """Say whether the sentence that matched is the title itself."""
    return hit.snippet is not None and squeeze(hit.snippet.text) == title(hit)


def stands_in(snippet: Snippet) -> str:
    """Return what goes before a sentence that no article and no caption says: "Text in the picture: "."""
    return "Text in the picture: " if snippet.field == "reading" else ""


def found_by(hit: Hit) -> tuple[str, ...]:
    """Return one phrase per ranking that had the hit, the best rank first: "looks like it #1"."""
    shares = sorted(hit.found_by, key=lambda share: (share.rank, share.ranking))
    return tuple(f"{RANKINGS.get(s.ranking, clean(s.ranking).replace('_', ' '))} #{s.rank}" for s in shares)


def likely(hit: Hit) -> str:
    """Return how likely a hit is relevant, "82 % likely", nothing where that is not known."""
    return "" if hit.probability is None else f"{percent(hit.probability)} likely"


def entity_counts(entity: Entity) -> str:
    """Return in how much the entity occurs, what is zero left out."""
    shown = ((entity.articles, "article"), (entity.pictures, "picture"), (entity.mentions, "mention"))
    return ", ".join(count(number, word) for number, word in shown if number)


def predicate(fact: Fact | Happening) -> str:
    """Return the predicate as it is to be read: what is negated, denied, alleged or only possible says so."""
    return put(squeeze(fact.predicate), negated=fact.negated, modality=fact.modality)


def edge_predicate(data: Mapping[str, Any]) -> str:
    """Return the predicate on an edge of the graph, likewise."""
    modality = data.get("modality", "asserted")
    return put(squeeze(str(data.get("predicate", ""))), negated=bool(data.get("negated")), modality=modality)


def stated(evidence: Evidence) -> str:
    """Return when and by whom a sentence was published, and who says it there."""
    said_by = f"according to {squeeze(evidence.attributed_to)}" if evidence.attributed_to else ""
    return dotted((clean(evidence.date), squeeze(evidence.source), said_by))


def happened(evidence: Evidence) -> str:
    """Return when and where it happened, as far as the sentence says."""
    where = f"in {squeeze(evidence.place)}" if evidence.place else ""
    parts = [part for part in (interval(evidence.time), where) if part]
    return f"happened {' '.join(parts)}" if parts else ""


def interval(time: str) -> str:
    """Return a date, or an interval as "1999 to 2003"."""
    return " to ".join(clean(part) for part in time.split("/"))


def backing(fact: Fact) -> str:
    """Return how many sources a fact has, of how many publishers; ``""`` where that was not counted."""
    if not fact.independent:
        return ""
    publishers = f" of {count(fact.sources, 'publisher')}" if fact.sources > 1 else ""
    return count(fact.independent, "source") + publishers


def standing_of(fact: Fact) -> tuple[str, ...]:
    """Return what is to be known of a fact before it is believed."""
    return "confirmed" if fact.confirmed else "", "disputed" if fact.disputed_by else ""


def seen(fact: Fact) -> str:
    """Return when a fact was first and last published."""
    return " to ".join(dict.fromkeys(clean(day) for day in (fact.first_seen, fact.last_seen) if day))


def standing(entity: Entity) -> str:
    """Return whether a person confirmed an entity, or a machine alone says that there is one; and its Wikidata id."""
    return dotted(("confirmed" if entity.confirmed else "extracted", clean(entity.wikidata)))


def ties(neighbour: Neighbour) -> tuple[str, ...]:
    """Return what ties an entity to its neighbour, in counts: stated facts, sentences that name both, articles."""
    numbers = ((neighbour.facts, "fact"), (neighbour.co_mentions, "sentence"), (neighbour.articles, "article"))
    return tuple(count(number, word) for number, word in numbers if number)


def label_words(label: Label) -> str:
    """Return a label as a person reads it: "sport 96 %", "sport (you)", "not sure: sport 41 %"."""
    about = f"{squeeze(label.text)}: " if label.text else ""
    if label.extractor == "person":
        return f"{about}{squeeze(label.value)} (a person)"
    said = f"{squeeze(label.value)} {percent(label.probability)}"
    return f"{about}{said}" if label.sure else f"{about}not sure: {said}"
