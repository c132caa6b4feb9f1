"""What coreference knows of words: which kind of thing a noun means, the gender of nouns and first names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

#: What a mention can mean; the shares of a noun stand in this order.
KINDS = ("person", "organisation", "place", "event", "thing", "other")

#: For the type of a name: its shares of the kinds. "misc" is mostly peoples and languages, laws and other works.
NAME_KINDS: Mapping[str, tuple[float, ...]] = {
    "person": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "organisation": (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    "place": (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    "event": (0.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    "product": (0.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    "misc": (0.0, 0.0, 0.0, 0.0, 0.3, 0.7),
}

#: Forms of address, with 1 for women and -1 for men.
ADDRESS: Mapping[str, int] = (
    dict.fromkeys("mrs mrs. ms ms. miss lady dame baroness queen princess madame sister".split(), 1)
    | dict.fromkeys("mr mr. sir lord king prince baron herr monsieur brother father pope".split(), -1)
)  # fmt: skip


class Lexicon:
    """The words of the shipped table.

    Parameters
    ----------
    arrays : Mapping
        ``nouns`` and ``first`` (words, joined by line ends, as bytes), ``nouns.kinds`` (n, 6) uint8 shares of 255,
        ``nouns.gender`` int8 (1 female, -1 male), ``first.odds`` int8: 16 times the logarithm of how much likelier a
        woman bears a first name.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        nouns = arrays["nouns"].tobytes().decode().split("\n")
        kinds = (arrays["nouns.kinds"].astype(np.float32) / 255).tolist()
        genders = arrays["nouns.gender"].tolist()
        self._nouns = {noun: (tuple(own), float(sex)) for noun, own, sex in zip(nouns, kinds, genders, strict=True)}
        first = arrays["first"].tobytes().decode().split("\n")
        self._first: dict[str, float] = dict(
            zip(first, (arrays["first.odds"].astype(np.float32) / 16).tolist(), strict=True)
        )

    def noun(self, lemma: str) -> tuple[tuple[float, ...], float]:
        """Return the shares of the kinds (all zero for an unknown noun) and the gender of a noun: 1 female, -1 male."""
        found = self._nouns.get(lemma)
        if found is None and "-" in lemma:
            found = self._nouns.get(lemma.rpartition("-")[2])
        return found or _UNKNOWN

    def first_name(self, name: str) -> float:
        """Return how much likelier a woman bears this first name, as a logarithm; 0 if unknown or as likely."""
        return self._first.get(name.lower(), 0.0)


_UNKNOWN = ((0.0,) * len(KINDS), 0.0)
