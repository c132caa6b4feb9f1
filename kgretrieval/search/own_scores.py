"""Calibrated scores for an encoder that has none: fitted on the articles of the collection and their own photos.

A headline and the photo of its article are a question with a known answer; the photos of the other articles are
wrong answers, but for accidents. Half of the trials leave the right photo out, so that "nothing here" happens.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.calibration import Background, Calibration, Direction, load, log_size
from kgretrieval.encoders.logistic import fit
from kgretrieval.errors import UsageError
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.store.store import Store

Floats = npt.NDArray[np.float32]

#: Fewer pairs than this say too little.
LEAST_PAIRS = 50
#: More pairs than this change nothing but the time.
MOST_PAIRS = 400
#: Shares of the photos in the galleries of the trials.
_SHARES = (1.0, 0.5, 0.25)
_TOP = 10
#: What the limit for "nothing found" may cost: this share of the headlines whose photo is among the ten best.
_COST = 0.02


def calibrated(store: Store, snapshot: Snapshot) -> Calibration:
    """Return the calibration of the collection's encoder; for one without, what its own articles and photos give."""
    found = load(store.manifest.weights_hash)
    if "text_to_picture" in found:
        return found
    own = text_to_picture(snapshot, store.vectors["picture"].rows())
    return {**found, "text_to_picture": own} if own else found


def require_scores(calibration: Calibration, directions: Iterable[str], least: float, encoder: str) -> None:
    """Refuse a lowest probability where a direction has none.

    Raises
    ------
    UsageError
        Then.
    """
    if not calibration.keys() >= set(directions):
        raise UsageError(
            f"min_score (--min-score) is {least:g}, but the scores of {encoder!r} are not calibrated here: leave it "
            f"out, or search by words alone where at least {LEAST_PAIRS} articles have photos"
        )


def text_to_picture(snapshot: Snapshot, rows: npt.NDArray[np.floating]) -> Direction | None:
    """Fit the probability that a picture is right for words; None where too few articles have photos.

    The same collection gives the same numbers. Takes some ten milliseconds.

    Parameters
    ----------
    snapshot : Snapshot
        The collection.
    rows : numpy.ndarray
        ``(n, d)``: the vectors of its space "picture".
    """
    pairs = _pairs(snapshot)
    if len(pairs) < LEAST_PAIRS:
        return None
    step = len(pairs) / min(len(pairs), MOST_PAIRS)
    chosen = pairs[(np.arange(min(len(pairs), MOST_PAIRS)) * step).astype(int)]
    headlines, photos = (np.asarray(rows[chosen[:, side]], dtype=np.float32) for side in (0, 1))
    background = Background.of(photos)
    standard = background.standard(headlines, headlines @ photos.T)
    features, right = _trials(standard)
    bias, z, size = fit(features, right).tolist()
    weights = {"bias": bias, "z": z, "size": size}
    return Direction(weights, _limit(standard, Direction(weights, 0.0)), background)


def _pairs(snapshot: Snapshot) -> npt.NDArray[np.int64]:
    """Return ``(n, 2)`` rows: of a headline and of the first photo of its article, no article and no photo twice."""
    catalog = snapshot.catalog
    documents, pixels = np.asarray(catalog.vectors["picture"]), np.asarray(catalog.pixels["picture"])
    headline, photo = (_first_rows(documents, (documents >= 0) & (pixels == kind)) for kind in (False, True))
    article_of: dict[int, int] = {}
    taken: set[int] = set()
    for article, picture in catalog.illustrations.tolist():
        if article in headline and picture in photo and picture not in article_of and article not in taken:
            article_of[picture] = article
            taken.add(article)
    pairs = [(headline[article], photo[picture]) for picture, article in article_of.items()]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _first_rows(documents: npt.NDArray[np.int32], chosen: npt.NDArray[np.bool_]) -> dict[int, int]:
    numbers = np.flatnonzero(chosen)
    found, first = np.unique(documents[numbers], return_index=True)
    return dict(zip(found.tolist(), numbers[first].tolist(), strict=True))


def _trials(standard: Floats) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return the features and labels of the best photos of every headline, in galleries with its photo and without."""
    rng = np.random.default_rng(0)
    count = len(standard)
    features, labels = [], []
    for share in _SHARES:
        for headline in range(count):
            gallery = rng.choice(count, max(_TOP, int(share * count)), replace=False)
            gallery = gallery[gallery != headline]
            if rng.random() < 0.5:
                gallery = np.append(gallery, headline)
            scores = standard[headline, gallery]
            best = np.argpartition(-scores, _TOP - 1)[:_TOP]
            features.append(np.stack([scores[best], np.full(_TOP, log_size(len(gallery)))], axis=1))
            labels.append(gallery[best] == headline)
    return np.concatenate(features), np.concatenate(labels)


def _limit(standard: Floats, direction: Direction) -> float:
    """Return the probability that the best photo must reach, at the price of `_COST` of the answers."""
    own = np.diag(standard)
    found = (standard > own[:, None]).sum(1) < _TOP
    if not found.any():
        return 0.0
    z = float(np.quantile(standard[found].max(1), _COST))
    return direction.probability(z=z, size=log_size(len(standard)))
