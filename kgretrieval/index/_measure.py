"""How much an approximate search must look at, and what it then finds: measured on rows taken as queries.

Texts and pictures lie apart in a space that they share, and an index that finds the neighbours of
rows among their like can miss those of the other sort (the "modality gap": Liang et al., "Mind the
gap", NeurIPS 2022). So texts are looked for among pictures and pictures among texts where there are
both, and what is measured is said for each.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgretrieval.index._codes import Floats
from kgretrieval.index._scan import nearest
from kgretrieval.index.base import Scores, Vectors
from kgretrieval.index.coded import CodedIndex

Mask = npt.NDArray[np.bool_]
Trial = tuple[str, Floats, Mask]

# Copies of one picture lie in one list, so a query finds all of its best or none: it takes many to tell.
_QUERIES = 512
_AT = 10
#: What the sample must reach: a little more than what is promised, 0.99, since it is only a sample.
_GOOD = 0.992
# The first budget that reaches it owes something to the luck of the sample: other queries need more.
_RESERVE = 1.5
_LEAST_BUDGET = 2_000
#: The other sort of rows must be as many as this to be searched.
_ENOUGH = 1_000


def tune(index: CodedIndex, vectors: Vectors, pixels: Mask | None, dead: Mask | None) -> None:
    """Raise the budget of `index` until every kind of query finds what it should, and note what each finds."""
    alive = np.ones(len(vectors), dtype=bool) if dead is None else ~dead
    trials = _trials(vectors, pixels, alive)
    truths = [nearest(vectors, queries, _AT, rows=np.flatnonzero(mask))[1] for _, queries, mask in trials]
    index.budget = _LEAST_BUDGET
    index.recalls = _recalls(index, trials, truths)
    while index.recall < _GOOD and index.budget < len(vectors):
        index.budget = min(int(1.25 * index.budget), len(vectors))
        index.recalls = _recalls(index, trials, truths)
    index.budget = min(int(_RESERVE * index.budget), len(vectors))
    index.recalls = _recalls(index, trials, truths)


def _recalls(index: CodedIndex, trials: list[Trial], truths: list[Scores]) -> dict[str, float]:
    found = ((kind, index.search(queries, _AT, allowed=mask)[1]) for kind, queries, mask in trials)
    return {kind: _recall(scores, truth) for (kind, scores), truth in zip(found, truths, strict=True)}


def _trials(vectors: Vectors, pixels: Mask | None, alive: Mask) -> list[Trial]:
    """Return the kind of queries, the queries and the rows among which they look."""
    sorts = {"text": alive, "picture": alive}
    if pixels is not None:
        sorts = {"text": alive & ~pixels, "picture": alive & pixels}
    counts = {kind: int(np.count_nonzero(mask)) for kind, mask in sorts.items()}
    if pixels is not None and min(counts.values()) >= _ENOUGH:
        text, picture = sorts["text"], sorts["picture"]
        return [("text", _some(vectors, text), picture), ("picture", _some(vectors, picture), text)]
    kind = "picture" if pixels is not None and counts["picture"] > counts["text"] else "text"
    # Nothing of the other sort is there: queries are moved far from the rows.
    sample = _some(vectors, sorts[kind])
    noise = np.random.default_rng(0).standard_normal(sample.shape, dtype=np.float32)
    return [(kind, sample + noise / np.float32(np.sqrt(max(sample.shape[1], 1))), alive)]


def _some(vectors: Vectors, mask: Mask) -> Floats:
    rows = np.flatnonzero(mask)
    spread = np.linspace(0, len(rows) - 1, min(_QUERIES, len(rows))).astype(np.int64)
    found = np.asarray(vectors[rows[spread]], dtype=np.float32)
    # What an encoder knows nothing of is a row of zeros, and no query.
    return found[found.any(axis=1)]


def _recall(scores: Scores, truth: Scores) -> float:
    """Return the share of hits that are as good as the last of the true ones: equal rows stand for each other."""
    if not np.isfinite(truth).any():
        return 1.0
    worst = np.where(np.isfinite(truth), truth, np.inf).min(axis=1)
    hits = (np.isfinite(scores) & (scores >= worst[:, None])).sum()
    return float(hits / np.isfinite(truth).sum())
