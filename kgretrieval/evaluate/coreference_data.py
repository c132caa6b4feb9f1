"""GAP and GUM as they lie in their folders: texts with what their mentions mean.

- K. Webster et al., "Mind the GAP: A Balanced Corpus of Gendered Ambiguous Pronouns", TACL 6, 2018.
- A. Zeldes, "The GUM corpus: creating multilayer resources in the classroom", LRE 51(3), 2017.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError

Span = tuple[int, int]

_GAP = re.compile(r"gap-([a-z]+)\.tsv(?:\.gz)?")
_GUM = re.compile(r"([a-z]+)\.jsonl\.gz")
_COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")
_FEMININE = frozenset({"she", "her", "hers"})
_DETERMINERS = frozenset({"the", "this", "that", "these", "those"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text of GAP: where the pronoun stands, and two names with whether it means them."""

    id: str
    text: str
    pronoun: Span
    names: tuple[Span, Span]
    right: tuple[bool, bool]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is feminine."""
        return self.text[slice(*self.pronoun)].lower() in _FEMININE


@dataclass(frozen=True, slots=True)
class Marked:
    """One mention of GUM: where its head word starts, its chain, whether a name heads it.

    `definite` is a common noun after "the", "this" or "that".
    """

    head: int
    chain: str
    named: bool
    definite: bool


@dataclass(frozen=True, slots=True)
class Chains:
    """A document of GUM. `heads` maps the start of each word of a mention's head to the mention."""

    id: str
    genre: str
    text: str
    heads: Mapping[int, Marked]

    def clusters(self) -> list[set[int]]:
        """Return the chains of two and more mentions, each mention as the place of its head."""
        chains: dict[str, set[int]] = {}
        for mention in self.heads.values():
            chains.setdefault(mention.chain, set()).add(mention.head)
        return [places for places in chains.values() if len(places) > 1]


def find(folder: Path, split: str | None) -> tuple[str, str, Path]:
    """Return which data set a folder holds, the split and its file.

    Raises
    ------
    NotFoundError
        If there is no such folder.
    UsageError
        If it holds neither set, or not this split; the message names those there are.
    """
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {folder}; name one that holds GAP or GUM")
    for name, pattern in (("gap", _GAP), ("gum", _GUM)):
        files = {found.group(1): path for path in sorted(folder.iterdir()) if (found := pattern.fullmatch(path.name))}
        if files and (name == "gap" or (folder / f"{min(files)}.conllu.gz").exists()):
            wanted = split or "test"
            if wanted not in files:
                raise UsageError(f"{folder} has no split {wanted!r}; there are: {', '.join(files)}")
            return name, wanted, files[wanted]
    raise UsageError(f"{folder} holds neither GAP (gap-test.tsv[.gz]) nor GUM (test.jsonl.gz with test.conllu.gz)")


def read_gap(path: Path) -> list[Snippet]:
    """Read a file of GAP.

    Raises
    ------
    UnreadableError
        If it is no such file; the message names the line.
    """
    rows = csv.DictReader(_lines(path), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableError(f"{path} has no column {missing[0]!r}; GAP's files have {', '.join(_COLUMNS)}")
    return [_snippet(row, f"{path}:{number}") for number, row in enumerate(rows, start=2)]


def _snippet(row: Mapping[str, str], where: str) -> Snippet:
    spans = []
    for name in ("Pronoun", "A", "B"):
        offset = row[f"{name}-offset"]
        start = int(offset) if offset and offset.isdigit() else -1
        end = start + len(row[name] or "")
        if start < 0 or row["Text"][start:end] != row[name]:
            raise UnreadableError(f"{where}: {row[name]!r} does not stand at {offset} in the text")
        spans.append((start, end))
    right = (row["A-coref"] == "TRUE", row["B-coref"] == "TRUE")
    return Snippet(row["ID"], row["Text"], spans[0], (spans[1], spans[2]), right)


def read_gum(path: Path) -> list[Chains]:
    """Read a split of GUM (``dev.jsonl.gz``, with the paragraphs of ``dev.conllu.gz`` beside it).

    Raises
    ------
    UnreadableError
        If one of them is no such file; the message names the line.
    """
    paragraphs = _paragraphs(path.with_name(path.name.replace(".jsonl", ".conllu")))
    found = []
    for number, line in enumerate(_lines(path), start=1):
        if not line:
            continue
        try:
            document = json.loads(line)
            found.append(_chains(document, paragraphs.get(document["id"], set())))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise UnreadableError(f"{path}:{number} is no document of GUM: {error!r}") from None
    return found


def _paragraphs(path: Path) -> dict[str, set[int]]:
    """Return for each document the numbers of the sentences that open a paragraph."""
    found: dict[str, set[int]] = {}
    own: set[int] = set()
    number, opens = 0, False
    for line in _lines(path):
        if line.startswith("# newdoc"):
            own = found.setdefault(line.partition("=")[2].strip(), set())
            number = 0
        elif line.startswith("# newpar"):
            opens = True
        elif line.startswith("# sent_id"):
            own.update({number} if opens else ())
            number, opens = number + 1, False
    return found


def _chains(document: Mapping[str, Any], paragraphs: set[int]) -> Chains:
    text, starts = _text(document, paragraphs)
    lower, tags, upos = [token.lower() for token in document["tokens"]], document["xpos"], document["upos"]
    sizes: dict[int, int] = {}
    heads: dict[int, Marked] = {}
    for entity in document["entities"]:
        first, size = entity["start"], entity["end"] - entity["start"]
        own = [first + place - 1 for place in entity.get("min") or []]
        if not own:
            continue
        named = any(tags[i] in {"NNP", "NNPS"} for i in own)
        definite = len(own) == 1 and upos[own[0]] == "NOUN" and lower[first] in _DETERMINERS
        mention = Marked(starts[own[0]], entity["chain"], named, definite)
        for i in own:
            # Of mentions that share a head the shortest is taken: the others hold it with more around it.
            if size < sizes.get(starts[i], size + 1):
                sizes[starts[i]] = size
                heads[starts[i]] = mention
    # Where a shorter mention has taken the first word, the next word of its head stands for a mention.
    firsts: dict[Marked, int] = {}
    for place, mention in sorted(heads.items()):
        firsts.setdefault(mention, place)
    kept = {place: replace(mention, head=firsts[mention]) for place, mention in heads.items()}
    return Chains(document["id"], document["genre"], text, kept)


def _text(document: Mapping[str, Any], paragraphs: set[int]) -> tuple[str, Sequence[int]]:
    """Return the running text, a paragraph a line, and where each token starts."""
    opening = {document["sentences"][number][0] for number in paragraphs}
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for i, token in enumerate(document["tokens"]):
        if i in opening and pieces:
            at -= len(pieces[-1])
            pieces[-1] = pieces[-1].rstrip() + "\n"
            at += len(pieces[-1])
        starts.append(at)
        pieces.append(token + (" " if document["space_after"][i] == "1" else ""))
        at += len(pieces[-1])
    return "".join(pieces), starts


def _lines(path: Path) -> list[str]:
    """Return the lines of a text file, packed or not."""
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return content.decode("utf-8").split("\n")
    except FileNotFoundError:
        raise NotFoundError(f"there is no {path}") from None
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from None
