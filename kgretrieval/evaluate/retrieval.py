"""Measure retrieval: of a model on a data set, of a collection on its own photos, of a run file on judgements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from kgretrieval import encoders
from kgretrieval.encoders import full_name
from kgretrieval.errors import UsageError
from kgretrieval.evaluate.benches import Bench, PairBench, collection_bench, open_bench
from kgretrieval.evaluate.figures import RUN_MEASURES, Ranked, difference, of_run, result
from kgretrieval.evaluate.layouts import kind_of
from kgretrieval.evaluate.measures import Recall
from kgretrieval.evaluate.report import Comparison, Report, Result, System
from kgretrieval.evaluate.trec import ranks_in_run, read_qrels, read_run, require_folder, write_qrels, write_run
from kgretrieval.locate import locate
from kgretrieval.types import Progress

#: Of the draws; any will do, the same one gives the same figures.
SEED = 20
#: Answers of a query that a written run holds.
RUN_DEPTH = 100


def evaluate_retrieval(
    path: str | Path | None = None,
    *,
    split: str | None = None,
    field: str | None = None,
    model: str | None = None,
    limit: int | None = None,
    compare: str | Path | None = None,
    run_out: str | Path | None = None,
    seed: int = SEED,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Measure how well right answers are found in a data set or a collection.

    Parameters
    ----------
    path : path-like, optional
        A collection, or a folder in one of the layouts of `kgretrieval.evaluate.layouts`; by default the collection
        that `kgretrieval.open` would open.
    split : str, optional
        Of a data set: ``"test"`` by default, ``"all"`` for all of it.
    field : str, optional
        Of a data set: the field of the texts; ``"title+tags"`` joins two.
    model : str, optional
        The encoder; by default ``"mini"``, and for a collection the vectors it has.
    limit : int, optional
        Take this many pictures (questions, where there are no pictures), drawn at random, for a quick look.
    compare : path-like, optional
        What to compare with: another model by its name, another collection or a run file by its path.
    run_out : path-like, optional
        Write the rankings in the form of TREC beside this name: ``out.run`` gives ``out.text_to_picture.run``, and the
        judgements as ``out.text_to_picture.qrels``.
    seed : int
        Of the draws and of `limit`.
    progress : callable, optional
        Told how far the work is.

    Raises
    ------
    UsageError
        If an argument does not fit what is in the folder.
    NotFoundError, UnreadableError, ModelError
        If something named is not there or cannot be used.

    Examples
    --------
    >>> report = evaluate_retrieval("flickr8k", model="mini")     # doctest: +SKIP
    >>> report["text_to_picture"].values["R@10"]                  # doctest: +SKIP
    0.682
    """
    if run_out is not None:
        require_folder(run_out)
    bench, other = _benches(open_bench(locate(path), split=split, field=field), compare, limit, seed)
    # The other model first: pictures that cannot be read are then left out for both.
    theirs = bench.rank(other, depth=0, progress=progress) if isinstance(other, str) else None
    system, ranked = bench.rank(model, depth=RUN_DEPTH if run_out else 0, progress=progress)
    if run_out is not None:
        _write(Path(run_out), ranked, system)
    results = _results(ranked, bench.measures, bench.recall, seed)
    if isinstance(other, PairBench):
        theirs = other.rank(None, depth=0, progress=progress)
    elif isinstance(other, Path):
        theirs = _from_file(other, ranked)
    comparison = None
    if theirs is not None:
        comparison = _compare(results, ranked, theirs, bench.measures, bench.recall, seed)
    return Report(bench.data, system, results, comparison, bench.skipped, seed)


def score_run(qrels: str | Path, run: str | Path, *, compare: str | Path | None = None, seed: int = SEED) -> Report:
    """Measure a run file by judgements, both in the form of TREC; R@k is the share of the right documents.

    Parameters
    ----------
    qrels, run : path-like
        The files. Every judged query counts; one that the run lacks has 0.
    compare : path-like, optional
        Another run file.
    seed : int
        Of the draws.

    Raises
    ------
    NotFoundError, UnreadableError
        If a file is missing or has another form.
    UsageError
        If a run has none of the judged queries.
    """
    judgements = read_qrels(qrels)
    queries = tuple(judgements)
    like = Ranked("run", queries, ranks_in_run(judgements, {}), np.arange(len(queries)), judgements)
    ranked = [of_run(like, read_run(run), source=str(run))]
    results = _results(ranked, RUN_MEASURES, "all", seed)
    comparison = None
    if compare is not None:
        theirs = System(run_file=str(compare)), [of_run(like, read_run(compare), source=str(compare))]
        comparison = _compare(results, ranked, theirs, RUN_MEASURES, "all", seed)
    return Report({"qrels": str(qrels)}, System(run_file=str(run)), results, comparison, seed=seed)


def _benches(
    bench: Bench, compare: str | Path | None, limit: int | None, seed: int
) -> tuple[Bench, PairBench | Path | str | None]:
    """Return what to measure and what to compare with, both on the same part of the data."""
    other = _other(bench, compare)
    if isinstance(other, Path) and limit is not None:
        raise UsageError(f"the run {other} ranks the whole pool, a limit takes a part of it; leave the limit out")
    if isinstance(other, PairBench) and isinstance(bench, PairBench):
        bench.meet(other)
    if limit is not None:
        bench.limit(limit, seed=seed)
        if isinstance(other, PairBench):
            other.limit(limit, seed=seed)
    return bench, other


def _other(bench: Bench, compare: str | Path | None) -> PairBench | Path | str | None:
    """Return what to compare with: a collection, a run file, or the name of a model."""
    if compare is None or str(compare).startswith("openclip:") or compare == encoders.DEFAULT:
        return None if compare is None else full_name(str(compare))
    path = Path(compare)
    if path.is_file():
        return path
    if not path.is_dir():
        return str(compare)
    if kind_of(path) != "collection" or not isinstance(bench, PairBench) or bench.own is None:
        raise UsageError(
            f"{path} cannot be compared with {bench.data['path']}; name a model, a run file, or two collections"
        )
    return collection_bench(path)


def _from_file(path: Path, ranked: Sequence[Ranked]) -> tuple[System, list[Ranked]]:
    run = read_run(path)
    # A file holds one direction: that of which it has queries.
    fitting = [own for own in ranked if any(query in run for query in own.query_ids)] or ranked[:1]
    return System(run_file=str(path)), [of_run(own, run, source=str(path)) for own in fitting]


def _results(ranked: Sequence[Ranked], names: Sequence[str], recall: Recall, seed: int) -> tuple[Result, ...]:
    return tuple(result(one, names, recall_counts=recall, seed=seed) for one in ranked)


def _compare(
    results: Sequence[Result],
    ranked: Sequence[Ranked],
    theirs: tuple[System, list[Ranked]],
    names: Sequence[str],
    recall: Recall,
    seed: int,
) -> Comparison:
    found = _results(theirs[1], names, recall, seed)
    own = {one.name: (one, of.groups) for one, of in zip(results, ranked, strict=True)}
    differences = [difference(own[two.name][0], two, own[two.name][1], seed=seed) for two in found]
    return Comparison(theirs[0], found, tuple(differences))


def _write(path: Path, ranked: Sequence[Ranked], system: System) -> None:
    for one in ranked:
        write_run(path.with_name(f"{path.stem}.{one.name}{path.suffix or '.run'}"), one.run, name=system.label)
        write_qrels(path.with_name(f"{path.stem}.{one.name}.qrels"), one.judgements)
