"""When and where something happened, as far as its sentence says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kgretrieval.types import Frame, Mention, Relation

_TIME, _PLACE = "ARGM-TMP", "ARGM-LOC"


class Circumstances:
    """The dates and the frames of one text, to be asked about its relations.

    Where frames are known, those of the relation's predicate say when and where: "said on Monday that it had sold the
    plant in 1999" sold it in 1999. Without them the only date of the sentence is taken, if there is just one.
    """

    def __init__(self, mentions: Sequence[Mention], frames: Sequence[Frame]) -> None:
        self._dates: dict[str, list[Mention]] = defaultdict(list)
        self._places: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
            if mention.type == "date" and mention.value:
                self._dates[mention.field].append(mention)
            elif mention.type == "place":
                self._places[mention.field].append(mention)
        self._frames = {(frame.field, frame.predicate_start): frame for frame in frames}
        self._framed = {(frame.field, frame.start) for frame in frames}

    def of(self, relation: Relation) -> tuple[str, str]:
        """Return the time (as in `Mention.value`) and the place that the sentence gives, ``""`` where it does not."""
        frame = self._frames.get((relation.field, relation.predicate_start))
        if frame is not None:
            return self.of_frame(frame)
        if (relation.field, relation.start) in self._framed and relation.predicate_start >= 0:
            return "", ""
        inside = self._within(self._dates[relation.field], (relation.start, relation.end))
        return (inside[0].value if len({m.value for m in inside}) == 1 else ""), ""

    def of_frame(self, frame: Frame) -> tuple[str, str]:
        """Return the time and the place that the roles of a frame give, ``""`` where they do not."""
        spans = {
            label: (r.start, r.end) for r in reversed(frame.roles) for label in (_TIME, _PLACE) if r.label == label
        }
        return self._date(frame.field, spans.get(_TIME)), self._place(frame.field, spans.get(_PLACE))

    def _date(self, field: str, span: tuple[int, int] | None) -> str:
        found = self._within(self._dates[field], span) if span else []
        return found[0].value if found else ""

    def _place(self, field: str, span: tuple[int, int] | None) -> str:
        found = self._within(self._places[field], span) if span else []
        return found[0].text if found else ""

    @staticmethod
    def _within(mentions: Sequence[Mention], span: tuple[int, int]) -> list[Mention]:
        return [m for m in mentions if span[0] <= m.start and m.end <= span[1]]
