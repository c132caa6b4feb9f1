"""What reads entities and relations out of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kgretrieval.errors import UsageError
from kgretrieval.extractors.base import SPACY_PREFIX, Extraction, Extractor, Kind
from kgretrieval.extractors.typed_relations.predicates import PREDICATES

if TYPE_CHECKING:
    from kgretrieval.extractors.parsing.parser import Parser
    from kgretrieval.extractors.sounding.reader import Reader
    from kgretrieval.extractors.tagger import Tagger

#: What an ingest runs, in this order.
DEFAULT = (
    "tags",
    "file",
    "tagger",
    "values",
    "coreference",
    "roles",
    "typed",
    "relations",
    "topics",
    "sentiment",
    "towards",
)

__all__ = ["DEFAULT", "PREDICATES", "Extraction", "Extractor", "Kind", "load", "require_needs"]


def load(names: Sequence[str] = DEFAULT) -> list[Extractor]:
    """Return the extractors of these names, in order; those that read the same text share the reading of it.

    Weights are read at the first text, not here.

    Raises
    ------
    UsageError
        If a name is neither one of `DEFAULT` nor that of a spaCy pipeline (``"spacy:en_core_web_sm"``), or named twice.
    ModelError
        If the package came without the weights of one.

    Examples
    --------
    >>> [extractor.name for extractor in load(("tags", "tagger"))]
    ['tags', 'tagger']
    """
    unknown = [name for name in names if name not in _MAKERS and not name.startswith(SPACY_PREFIX)]
    if unknown:
        choice = ", ".join((*DEFAULT, f"{SPACY_PREFIX}PIPELINE"))
        raise UsageError(f"there is no extractor {unknown[0]!r}; choose from {choice}")
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise UsageError(f"the extractor {twice[0]!r} is named twice; name it once")
    shared = _Shared()
    return [_spacy(name) if name.startswith(SPACY_PREFIX) else _MAKERS[name](shared) for name in names]


def require_needs(extractors: Iterable[Extractor]) -> None:
    """Make sure that what each extractor needs is given by one of the others.

    Raises
    ------
    UsageError
        If something is missing, with what would give it.
    """
    chosen = list(extractors)
    given = {kind for extractor in chosen for kind in extractor.gives}
    for extractor in chosen:
        for kind in sorted(extractor.needs - given):
            givers = [name for name in DEFAULT if kind in _MAKERS[name](_Shared()).gives]
            raise UsageError(f"the extractor {extractor.name!r} needs {kind}; add {' or '.join(givers)}")


class _Shared:
    """What several extractors stand on, made once."""

    @cached_property
    def tagger(self) -> Tagger:
        from kgretrieval.extractors.tagger import Tagger

        return Tagger()

    @cached_property
    def parser(self) -> Parser:
        from kgretrieval.extractors.parsing.parser import Parser

        return Parser(self.tagger)

    @cached_property
    def reader(self) -> Reader:
        from kgretrieval.extractors.sounding.reader import Reader

        return Reader()


def _spacy(name: str) -> Extractor:
    from kgretrieval.extractors.spacy_pipeline import SpacyPipeline

    return SpacyPipeline(name)


def _tags(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.tags import Tags

    return Tags()


def _file(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.file_statements import FileStatements

    return FileStatements()


def _tagger(shared: _Shared) -> Extractor:
    return shared.tagger


def _values(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.values import Values

    return Values()


def _coreference(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.coreference import Coreference

    return Coreference(shared.tagger, shared.parser)


def _roles(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.roles import Roles

    return Roles(shared.parser)


def _typed(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.typed import Typed

    return Typed(shared.parser)


def _relations(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.relations import Relations

    return Relations(shared.parser)


def _topics(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.topics import Topics

    return Topics()


def _sentiment(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.sentiment import Sentiment

    return Sentiment(shared.reader)


def _towards(shared: _Shared) -> Extractor:
    from kgretrieval.extractors.towards import Towards

    return Towards(shared.tagger, shared.parser, shared.reader)


_MAKERS: dict[str, Callable[[_Shared], Extractor]] = {
    "tags": _tags,
    "file": _file,
    "tagger": _tagger,
    "values": _values,
    "coreference": _coreference,
    "roles": _roles,
    "typed": _typed,
    "relations": _relations,
    "topics": _topics,
    "sentiment": _sentiment,
    "towards": _towards,
}
