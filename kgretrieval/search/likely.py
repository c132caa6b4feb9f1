"""Which of the documents found are likely enough to show, and how the two kinds are shown in turns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kgretrieval.encoders.calibration import Calibration
from kgretrieval.index.snapshot import Snapshot
from kgretrieval.search.fuse import Fused
from kgretrieval.search.run import Asked, Encoded
from kgretrieval.search.scores import Question, Scorer, Vectors
from kgretrieval.search.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Weighed:
    """A document found, with its probability: None where nothing of its evidence is calibrated.

    `alone` says that it would be shown if it were all that was found.
    """

    fused: Fused
    probability: float | None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """The hits of one question, the best first.

    `unlikely` has, by kind, the highest probability where every hit of that kind was too unlikely to show; `likely`
    every document that is likely by itself, where more than the hits were looked at.
    """

    hits: tuple[Weighed, ...]
    unlikely: Mapping[str, float]
    likely: tuple[int, ...] = ()


def outcomes(
    snapshot: Snapshot,
    calibration: Calibration,
    wanted: Wanted,
    compared: Mapping[str, int],
    asked: Sequence[Asked],
    encoded: Encoded,
    found: Sequence[Mapping[str, Sequence[Fused]]],
    spread: Callable[[Sequence[Weighed]], list[Weighed]] | None = None,
) -> list[Outcome]:
    """Return what is shown of the documents found for each question.

    Articles and pictures are ranked by different evidence, so their scores do not compare: the best of
    each kind come first, then the second best, and so on.

    Parameters
    ----------
    compared : Mapping[str, int]
        How many documents of each kind were searched.
    asked, encoded, found
        The questions, their vectors, and the documents found by kind, the best first.
    spread : callable, optional
        Puts the hits of one kind in another order before the first ones are taken.
    """
    result = []
    everything = wanted.facets or spread is not None
    for place, (question, by_kind) in enumerate(zip(asked, found, strict=True)):
        vectors, ranked, unlikely = _vectors(encoded, place), list[tuple[int, Weighed]](), dict[str, float]()
        all_likely: list[int] = []
        for kind, fused in by_kind.items():
            only_a_name = question.only_names and len(question.names) == 1
            about = Question(question.groups, vectors, question.known, only_a_name, compared[kind])
            scorer = Scorer(snapshot, calibration, about)
            limits = _limits(calibration, kind)
            last = len(fused) if everything else wanted.k
            kept, missed = likely(scorer, fused, limits, least=wanted.min_score, first=wanted.k, most=last)
            all_likely += (hit.fused.document for hit in kept if hit.alone)
            ranked += enumerate((spread(kept) if spread else kept)[: wanted.k])
            if missed is not None and not kept:
                unlikely[kind] = missed
        ranked.sort(key=lambda pair: (pair[0], -pair[1].fused.score, pair[1].fused.document))
        result.append(Outcome(tuple(hit for _, hit in ranked[: wanted.k]), unlikely, tuple(all_likely)))
    return result


def likely(
    scorer: Scorer, found: Sequence[Fused], limits: Mapping[str, float], *, least: float | None, first: int, most: int
) -> tuple[list[Weighed], float | None]:
    """Return the hits of one kind that are likely enough, and the highest probability of those left out.

    Parameters
    ----------
    found : sequence of Fused
        The best first.
    limits : Mapping[str, float]
        By kind of evidence, what its best hit must reach by default.
    least : float, optional
        The lowest probability to keep. By default each kind of evidence has a limit of its own: one whose best hit
        does not reach it has found nothing, and a hit without any other evidence goes. What the query names stays.
    first : int
        How many of those found show, beside the best of every ranking, what a kind of evidence has found.
    most : int
        How many hits to return at most.
    """
    seen: dict[int, dict[str, float | None]] = {}

    def evidence(fused: Fused) -> dict[str, float | None]:
        if fused.document not in seen:
            seen[fused.document] = scorer.evidence(fused)
        return seen[fused.document]

    convincing = {
        name
        for fused in (_leaders(found, first) if least is None else ())
        for name, p in evidence(fused).items()
        if p is None or p >= limits.get(name, 0.0)
    }
    kept: list[Weighed] = []
    best_left_out: float | None = None
    for fused in found:
        parts = evidence(fused)
        probability = max((p for p in parts.values() if p is not None), default=None)
        alone = keep = least == 0 or (probability is not None and probability >= (least or 0.0))
        if least is None:
            named = any(share.ranking == "names" for share in fused.found_by)
            keep = named or not convincing.isdisjoint(parts)
            alone = named or any(p is None or p >= limits.get(name, 0.0) for name, p in parts.items())
        if keep:
            kept.append(Weighed(fused, probability, alone))
        else:
            best_left_out = max(best_left_out or 0.0, probability or 0.0)
        if len(kept) == most:
            break
    return kept, best_left_out


def _limits(calibration: Calibration, kind: str) -> dict[str, float]:
    """Return what the best hit of each kind of evidence must reach."""
    limits = {name: direction.least for name, direction in calibration.items()}
    if kind == "picture" and "text_to_picture" in limits:
        # A word in the article convinces of a picture no sooner than the pixels do.
        limits |= {name: max(limits.get(name, 0.0), limits["text_to_picture"]) for name in ("words", "texts")}
    return limits


def _leaders(found: Sequence[Fused], first: int) -> list[Fused]:
    """Return the first hits, and the first of every ranking wherever the fusion put it."""
    return [f for place, f in enumerate(found) if place < first or any(share.rank == 1 for share in f.found_by)]


def _vectors(encoded: Encoded, place: int) -> dict[str, Vectors]:
    """Return the vectors of one question by the direction in which they are compared."""
    found = {}
    for space, direction in (("picture", "text_to_picture"), ("text", "texts")):
        if space in encoded.texts:
            found[direction] = encoded.texts[space][place : place + 1]
    if encoded.image is not None:
        found |= {"picture_to_picture": encoded.image, "picture_to_text": encoded.image}
    return found
