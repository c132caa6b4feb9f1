"""Any result as text for a stream: styled on a terminal, quiet and stable in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from kgretrieval.graph.records import FactList, MatchList, StoryCard, StoryList, Timeline
from kgretrieval.present.answers import answer_lines
from kgretrieval.present.caption_check import caption_check_lines
from kgretrieval.present.entities import card_lines, path_lines
from kgretrieval.present.facts import fact_list_lines, match_list_lines, single_fact_lines, timeline_lines
from kgretrieval.present.lines import Line, Painter, console_for, written
from kgretrieval.present.picture_check import check_lines
from kgretrieval.present.reports import (
    annotated_lines,
    compacted_lines,
    document_lines,
    forecast_lines,
    model_lines,
    report_lines,
    stats_lines,
)
from kgretrieval.present.review import decision_lines, review_lines
from kgretrieval.present.stories import story_card_lines, story_list_lines
from kgretrieval.resolution.questions import ReviewItem
from kgretrieval.store.decisions import Decision
from kgretrieval.types import (
    AnnotateReport,
    Answer,
    CaptionCheck,
    CompactReport,
    Document,
    EntityCard,
    Fact,
    Forecast,
    IngestReport,
    ModelInfo,
    PictureCheck,
    Stats,
    Step,
)


def lines(thing: Any, *, painter: Painter | None = None, timed: bool = False) -> list[Line]:
    """Return a result as lines.

    Parameters
    ----------
    thing
        An Answer, a Document, any record of `_SHOWN`, or the steps of a path, or models.
    painter
        Draws pictures; without it none is shown.
    timed
        Say how long an answer took: no two runs take equally long, so a pipe does without.

    Raises
    ------
    TypeError
        For anything else.
    """
    match thing:
        case Answer():
            return answer_lines(thing, painter=painter, timed=timed)
        case Document():
            return document_lines(thing, painter=painter)
        case PictureCheck():
            return check_lines(thing, painter=painter)
        case CaptionCheck():
            return caption_check_lines(thing, painter=painter)
        case tuple() | list():
            return _several(thing)
    for kind, shown in _SHOWN.items():
        if isinstance(thing, kind):
            return shown(thing)
    return _labelled(thing)


_SHOWN: Mapping[type, Callable[[Any], list[Line]]] = {
    EntityCard: card_lines,
    Fact: single_fact_lines,
    FactList: fact_list_lines,
    Timeline: timeline_lines,
    MatchList: match_list_lines,
    StoryList: story_list_lines,
    StoryCard: story_card_lines,
    Stats: stats_lines,
    IngestReport: report_lines,
    AnnotateReport: annotated_lines,
    CompactReport: compacted_lines,
    Forecast: forecast_lines,
}


def _several(things: Iterable[Any]) -> list[Line]:
    found = list(things)
    if all(isinstance(one, Step) for one in found):
        return path_lines(found)
    if all(isinstance(one, ModelInfo) for one in found):
        return model_lines(found)
    if all(isinstance(one, ReviewItem) for one in found):
        return review_lines(found)
    if all(isinstance(one, Decision) for one in found):
        return decision_lines(found)
    return _labelled(found)


def _labelled(thing: Any) -> list[Line]:
    # A search shows none of these and must not wait for what they are made of.
    from kgretrieval.present.labels import shown_lines

    return shown_lines(thing)


def text(thing: Any, *, stream: TextIO, painter: Painter | None = None) -> str:
    """Return a result as it is to be written to `stream`."""
    console = console_for(stream)
    return written(lines(thing, painter=painter, timed=console.is_terminal), console)
