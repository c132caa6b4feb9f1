"""Judgements and runs in the forms of TREC, and the ranks of right answers in a run.

A judgement is a line ``QUERY 0 DOCUMENT RELEVANCE`` (qrels), a ranked answer ``QUERY Q0 DOCUMENT RANK SCORE NAME``.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.measures import RightRanks, right_ranks

#: For each query: how right each judged document is.
Judgements = Mapping[str, Mapping[str, int]]
#: For each query: its documents, the best first, with their scores.
TrecRun = Mapping[str, Sequence[tuple[str, float]]]


def read_qrels(path: str | Path) -> dict[str, dict[str, int]]:
    """Read judgements: for each query how right each judged document is; 0 or less is wrong.

    Raises
    ------
    NotFoundError
        If there is no such file.
    UnreadableError
        If a line has another form; the message names it.
    """
    found: dict[str, dict[str, int]] = {}
    for where, fields in _lines(path, 4, "QUERY 0 DOCUMENT RELEVANCE"):
        try:
            found.setdefault(fields[0], {})[fields[2]] = int(fields[3])
        except ValueError:
            raise UnreadableError(f"{where}: the relevance is {fields[3]!r}; write a whole number") from None
    if not found:
        raise UnreadableError(f"{path} holds no judgement; write lines like: 1 0 d17 1")
    return found


def read_run(path: str | Path) -> dict[str, list[tuple[str, float]]]:
    """Read a run: for each query its documents by score, the best first.

    As in ``trec_eval`` the score decides and the written rank is not looked at; among equal scores the document whose
    name comes later in the alphabet is first.

    Raises
    ------
    NotFoundError
        If there is no such file.
    UnreadableError
        If a line has another form, or names a document of a query for the second time.
    """
    found: dict[str, dict[str, float]] = {}
    for where, fields in _lines(path, 6, "QUERY Q0 DOCUMENT RANK SCORE NAME"):
        try:
            score = float(fields[4])
        except ValueError:
            score = math.nan
        if math.isnan(score):
            raise UnreadableError(f"{where}: the score is {fields[4]!r}; write a number")
        own = found.setdefault(fields[0], {})
        if fields[2] in own:
            raise UnreadableError(f"{where}: {fields[2]} is there for query {fields[0]} already; leave one of them out")
        own[fields[2]] = score
    if not found:
        raise UnreadableError(f"{path} holds no ranked document; write lines like: 1 Q0 d17 1 12.5 name")
    # Two stable sorts: by name backwards, then by score.
    by_name = {query: sorted(own.items(), reverse=True) for query, own in found.items()}
    return {query: sorted(own, key=lambda one: -one[1]) for query, own in by_name.items()}


def write_run(path: str | Path, run: Mapping[str, Iterable[tuple[str, float]]], *, name: str) -> None:
    """Write a run, complete or not at all; `name` stands in the last column.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    tag = "_".join(name.split())
    lines = (
        f"{query} Q0 {document} {rank} {score!r} {tag}"
        for query, own in run.items()
        for rank, (document, score) in enumerate(own, start=1)
    )
    _write(path, lines)


def write_qrels(path: str | Path, judgements: Judgements) -> None:
    """Write judgements, complete or not at all.

    Raises
    ------
    UsageError
        If the file cannot be written.
    """
    _write(path, (f"{query} 0 {d} {grade}" for query, own in judgements.items() for d, grade in own.items()))


def require_folder(file: str | Path) -> None:
    """Make sure that a file can be written where it is to be, before hours of work.

    Raises
    ------
    UsageError
        If there is no such folder.
    """
    folder = Path(file).parent
    if not folder.is_dir():
        raise UsageError(f"cannot write {file}: there is no folder {folder}; make it first")


def ranks_in_run(judgements: Judgements, run: TrecRun, *, pool: int = 0) -> RightRanks:
    """Return where the right documents of each judged query stand in the run, in the order of the judgements.

    As in ``ir_measures`` every judged query counts: one that the run lacks, or that has no right document, has 0.
    """
    ranks, gains = [], []
    for query, judged in judgements.items():
        right = {document: grade for document, grade in judged.items() if grade > 0}
        places = {document: rank for rank, (document, _) in enumerate(run.get(query, ()), start=1)}
        ranks.append([float(places.get(document, math.inf)) for document in right])
        gains.append([float(grade) for grade in right.values()])
    return right_ranks(ranks, pool=pool, gains=gains)


def _lines(path: str | Path, count: int, form: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the place and the fields of every line that is not empty."""
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                fields = line.split()
                if fields and len(fields) != count:
                    seen = f"{len(fields)} fields in {line.strip()[:60]!r}"
                    raise UnreadableError(f"{path}:{number}: {seen}; write {form}")
                if fields:
                    yield f"{path}:{number}", fields
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path} cannot be read as text in UTF-8: {error}") from None


def _write(path: str | Path, lines: Iterable[str]) -> None:
    place = Path(path)
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(line + "\n" for line in lines)
        unfinished.replace(place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write {path}: {reason}; name a file in a folder that exists") from error
    finally:
        unfinished.unlink(missing_ok=True)
