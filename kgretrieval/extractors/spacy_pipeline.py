"""Names, dates and quantities by a spaCy pipeline that the user has installed, by the name ``spacy:PIPELINE``.

PIPELINE is the name of an installed package ("en_core_web_sm") or the folder of a pipeline on disk. Nothing is fetched,
and spaCy is imported when the first text is read.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kgretrieval.errors import ModelError
from kgretrieval.extractors.base import SPACY_PREFIX, Extraction, Kind, origin_of
from kgretrieval.extractors.pronouns import PRONOUNS
from kgretrieval.extractors.tagger import trim
from kgretrieval.extractors.values import Values
from kgretrieval.types import EntityType, Mention, TextPart

#: Changes with what is made of the pipeline's labels; spaCy's and the pipeline's versions are added to it.
_VERSION = "1"
#: How sure a mention is where the pipeline does not say how often it is right.
CONFIDENCE = 0.8

#: The labels of OntoNotes 5 (English and Chinese pipelines) and of CoNLL and WikiNER (German and others).
_TYPES: Mapping[str, EntityType] = {
    **{"PERSON": "person", "PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"},
    **{"EVENT": "event", "PRODUCT": "product", "WORK_OF_ART": "product", "NORP": "misc", "LANGUAGE": "misc"},
    **{"LAW": "misc", "MISC": "misc", "DATE": "date", "TIME": "date", "MONEY": "quantity", "PERCENT": "quantity"},
    **{"QUANTITY": "quantity", "CARDINAL": "quantity"},
}
# What finds no entities and is not what the stock pipelines' entity recogniser stands on.
_NOT_NEEDED = frozenset({"tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer"})
_STOCK = _NOT_NEEDED | {"tok2vec", "ner", "transformer"}
_ARTICLES = ("the ", "The ", "THE ", "a ", "an ")


class SpacyPipeline:
    """Extractor that runs a spaCy pipeline over texts in the pipeline's language.

    A mention is as confident as the pipeline's own figures say that its label is right. Dates and quantities have the
    value that `kgretrieval.extractors.values` reads at their place, ``""`` where it reads none.

    Parameters
    ----------
    name : str
        ``spacy:PIPELINE``.

    Attributes
    ----------
    name, version, gives, needs
        As `kgretrieval.extractors.base.Extractor` has them.

    Raises
    ------
    ModelError
        If spaCy is not installed, or there is no such pipeline, or it finds no entities.

    Examples
    --------
    >>> SpacyPipeline("spacy:en_core_web_sm").name  # doctest: +SKIP
    'spacy:en_core_web_sm'
    """

    gives: frozenset[Kind] = frozenset({"names", "values"})
    needs: frozenset[Kind] = frozenset()

    def __init__(self, name: str) -> None:
        self._folder = _folder(name)
        is_path = Path(name.removeprefix(SPACY_PREFIX)).is_dir()
        self.name = f"{SPACY_PREFIX}{self._folder}" if is_path else name
        self._meta = _meta(self._folder, name)
        self.language = str(self._meta.get("lang", ""))
        pipeline = f"{self.language}_{self._meta.get('name', '')}-{self._meta.get('version', '')}"
        self.version = f"{_VERSION}+spacy-{_spacy_version(name)}+{pipeline}"
        if not self._meta.get("labels", {}).get("ner") and "entity_ruler" not in self._meta.get("pipeline", ()):
            raise ModelError(f"the spaCy pipeline {name!r} finds no entities; name one with the component 'ner'")

    def extract(self, documents: Sequence[Sequence[TextPart]]) -> list[Extraction]:
        """Return the names, dates and quantities in the texts of each document that are in the pipeline's language."""
        parts = [[part for part in fields if self._reads(part)] for fields in documents]
        read = self._pipeline.pipe([part.text for fields in parts for part in fields])
        return [
            Extraction(mentions=tuple(mention for part in fields for mention in self._mentions(part, next(read))))
            for fields in parts
        ]

    def _reads(self, part: TextPart) -> bool:
        language = part.language.partition("-")[0]
        return part.field != "tags" and self.language in {language, "xx"}

    @cached_property
    def _pipeline(self) -> Any:
        spacy: Any = import_module("spacy")
        stock = set(self._meta.get("pipeline", ())) <= _STOCK
        try:
            pipeline = spacy.load(self._folder, exclude=list(_NOT_NEEDED) if stock else [])
        except (OSError, ValueError, ImportError) as error:
            raise ModelError(f"spaCy cannot load {self.name!r}: {' '.join(str(error).split())}") from error
        # The limit guards the parser's memory.
        pipeline.max_length = max(pipeline.max_length, 100_000_000)
        return pipeline

    def _mentions(self, part: TextPart, read: Any) -> Iterator[Mention]:
        origin = origin_of(part.field)
        values = _Places(Values().extract([[part]])[0].mentions)
        for entity in read.ents:
            kind = _TYPES.get(entity.label_, "misc") if entity.label_ != "ORDINAL" else None
            start, end = self._span(part.text, entity.start_char, entity.end_char, kind)
            text = part.text[start:end]
            if kind is None or not any(map(str.isalnum, text)) or text.lower() in PRONOUNS:
                continue
            value = values.at(start, end) if kind in ("date", "quantity") else None
            # OntoNotes calls durations dates.
            kind = value.type if value else kind
            sure = self._confidences.get(entity.label_, CONFIDENCE)
            said = value.value if value else ""
            yield Mention(part.field, start, end, text, kind, origin, self.name, sure, said)

    def _span(self, text: str, start: int, end: int, kind: EntityType | None) -> tuple[int, int]:
        """Return the span of a name without its article, as other extractors give names."""
        if kind in ("date", "quantity"):
            piece = text[start:end]
            return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if self.language == "en" and text[start:end].startswith(_ARTICLES):
            start = text.index(" ", start) + 1
        return trim(text, start, end)

    @cached_property
    def _confidences(self) -> dict[str, float]:
        figures = (self._meta.get("performance") or {}).get("ents_per_type") or {}
        return {label: round(float(row["p"]), 4) for label, row in figures.items() if row.get("p")}


class _Places:
    """The values of a text by their places."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._ends = [mention.end for mention in mentions]

    def at(self, start: int, end: int) -> Mention | None:
        """Return the value that alone overlaps a span, None if there is none or there are several."""
        first = bisect_left(self._ends, start + 1)
        found = [m for m in self._mentions[first : first + 2] if m.start < end]
        return found[0] if len(found) == 1 else None


def _spacy_version(name: str) -> str:
    try:
        return version("spacy")
    except PackageNotFoundError:
        raise ModelError(f"{name!r} needs spaCy, which is not installed; pip install spacy") from None


def _folder(name: str) -> Path:
    """Return the folder that holds the pipeline; a package holds it itself or one level below."""
    _spacy_version(name)
    wanted = name.removeprefix(SPACY_PREFIX)
    if wanted and Path(wanted).is_dir():
        return Path(wanted).resolve()
    spec = find_spec(wanted) if wanted.isidentifier() else None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        inner = sorted(config.parent for config in Path(place).glob("*/config.cfg"))
        for folder in (Path(place), *inner):
            if (folder / "config.cfg").is_file():
                return folder
    raise ModelError(
        f"there is no spaCy pipeline {wanted!r} here; install it (python -m spacy download {wanted or 'PIPELINE'}) "
        "or name its folder"
    )


def _meta(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{name!r} is no spaCy pipeline: {folder / 'meta.json'} cannot be read ({error})") from error
    if not isinstance(found, dict):
        raise ModelError(f"{name!r} is no spaCy pipeline: {folder / 'meta.json'} holds no object")
    return found
