"""What people decided and identifiers say, in the form in which the clustering obeys it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """A name id, or the bearer of it in one document: what a decision hangs on."""

    name: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Two anchors are one thing, or are not."""

    verdict: Literal["same", "apart"]
    one: Anchor
    other: Anchor


@dataclass(frozen=True, slots=True)
class Rules:
    """All that overrules the machine.

    Attributes
    ----------
    pairs : sequence of Rule
        From the oldest to the newest; the newest wins where they contradict each other.
    splits : Mapping[str, sequence of frozenset]
        Of a name id, sets of documents in which it means another one; the newest set wins.
    wikidata : Mapping[str, str]
        The id of a name id.
    """

    pairs: Sequence[Rule] = ()
    splits: Mapping[str, Sequence[frozenset[str]]] = field(default_factory=dict)
    wikidata: Mapping[str, str] = field(default_factory=dict)

    def neighbours(self) -> dict[str, set[str]]:
        """Return which names hang together by a rule, whatever their spelling."""
        found: dict[str, set[str]] = {}
        for rule in self.pairs:
            found.setdefault(rule.one.name, set()).add(rule.other.name)
            found.setdefault(rule.other.name, set()).add(rule.one.name)
        return found
