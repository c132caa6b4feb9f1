"""Whether what is known of a picture bears out a date in its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgretrieval.provenance.caption_names import MOST, Judged
from kgretrieval.provenance.caption_sources import Known
from kgretrieval.provenance.caption_texts import Stated
from kgretrieval.provenance.days import LEEWAY, day_range, near
from kgretrieval.types import ClaimEvidence, Statement

#: Words of a clause that tells of another time than the picture's, or of what is yet to come.
_ELSEWHEN = re.compile(
    r"\b(?:who|whom|whose|which|that|when|where|since|after|before|until|till|from|ahead|born|died|founded|"
    r"anniversary|will|to be|would|expected|planned|scheduled|upcoming|due|former|later|earlier|next|"
    r"der|die|das|dem|seit|nach|bis|ab|geboren|wird|werden|soll|sollen|ehemalige[rn]?|frühere[rn]?)\b"
    r"|以来|之前|之后|将|前|后|起|曾",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:^|[,(–—-]|\b(?:on|in|am|im|this|dated)|[\u3400-\u9fff])\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:$|[.,;:)–—。，；]|(?:in|at|as|during|near|outside|while|photo|im|bei|während)\b|[\u3400-\u9fff])",
    re.IGNORECASE,
)
#: A verb of the past: the picture may show what was left.
_PAST = re.compile(
    r"(?<!is )(?<!are )(?<!being )\b(?!(?:red|bed|need|speed|shed)\b)(?:[a-z]+ed|was|were|had|said|fell|hit|struck|won|"
    r"lost|took|came|went|met|made|left|began|broke|fled|led|held|spoke|shot|sank|burnt|got|gave|became|rose|saw|"
    r"beat|put|set|cut|ran|wrote|told|found|built|sent|brought|bought|sold|paid|kept|won|did)\b"
)


def judge_date(claim: Stated, caption: str, known: Known, *, language: str, published: str, archive: bool) -> Judged:
    """Return the verdict on a date, with its evidence.

    Parameters
    ----------
    claim : Stated
        With an ISO date or interval as its value, ``""`` where the day is not known.
    caption : str
        ``""`` for a date in the headline, which nothing contradicts.
    language, published : str
        Of the caption.
    archive : bool
        The caption says that the picture does not show the event itself.
    """
    if day_range(claim.value) is None:
        return "unsupported", ()
    stated, against = list(_stated(claim, known)), list[ClaimEvidence]()
    if caption:
        sure = not archive and of_the_picture(claim, caption, published)
        against = [one if sure else replace(one, speaks="") for one in _otherwise(claim, caption, known, language)]
    shown = (*stated, *against)[:MOST]
    if any(one.speaks for one in against):
        return ("unsupported" if stated else "contradicted"), shown
    if stated:
        return "supported", shown
    weak = tuple(_published_then(claim, known))
    return ("supported" if weak and not against else "unsupported"), (*weak, *against)[:MOST]


def of_the_picture(claim: Stated, text: str, published: str = "") -> bool:
    """Return whether a text gives this date, of a month or a day, as that of the picture itself."""
    days, own = day_range(claim.value), day_range(published)
    if days is None or len(claim.value) < 7 or "/" in claim.value or (own and days[0] > own[1] + LEEWAY):
        return False
    first, last = claim.sentence if claim.sentence[0] >= 0 else (0, len(text))
    before, after = text[first : claim.start], text[claim.end : last]
    if _ELSEWHEN.search(before) or _ELSEWHEN.match(after.strip()):
        return False
    return bool((_BEFORE.search(before) or not before.strip()) and _AFTER.match(after))


def _stated(claim: Stated, known: Known) -> Iterator[ClaimEvidence]:
    """Yield what gives the same date: the file, the text in the picture, captions."""
    if known.taken and near(claim.value, known.taken):
        yield ClaimEvidence("file", "for", f"was taken on {known.taken}", known.of_file(known.taken))
    for told in known.told:
        one = next((o for o in told.of_kind("date") if day_range(o.value) and _agree(claim.value, o.value)), None)
        if one is not None:
            yield ClaimEvidence(told.kind, "for", f"gives {one.value}", told.quote(one))


def _agree(one: str, other: str) -> bool:
    """Return whether two stated dates are near each other, and neither is so wide that this says nothing."""
    first, second = day_range(one), day_range(other)
    if first is None or second is None:
        return False
    widths = sorted((first[1] - first[0], second[1] - second[0]))
    return near(one, other) and widths[1] <= max(31, widths[0])


def _otherwise(claim: Stated, caption: str, known: Known, language: str) -> Iterator[ClaimEvidence]:
    days = day_range(claim.value)
    if days is None:
        return
    if known.taken and not near(claim.value, known.taken):
        taken = day_range(known.taken)
        # What happened before the picture was taken may be what it shows the traces of.
        after = taken is not None and taken[0] > days[1]
        traces = after and (_PAST.search(caption) is not None or not language.startswith("en"))
        yield _against("file", not traces, f"was taken on {known.taken}", known.of_file(known.taken))
    for told in known.told:
        if told.kind not in ("caption", "file"):
            continue
        dates = [one for one in told.of_kind("date") if day_range(one.value)]
        own = [one for one in dates if of_the_picture(one, told.text, told.statement.date)]
        if own and not told.archive and not any(near(claim.value, one.value) for one in dates):
            later = any((day_range(one.value) or days)[0] > days[1] for one in own)
            traces = later and _PAST.search(caption) is not None
            yield _against(told.kind, not traces, f"gives {own[0].value}", told.quote(own[0]))
    for use in known.uses:
        published = day_range(use.date)
        if published and published[1] + LEEWAY < days[0]:
            statement = Statement(use.use, use.picture, use.article, use.caption or use.title, use.date, use.source)
            yield _against("caption", True, f"was used on {use.date[:10]} already", statement)


def _against(kind: str, certain: object, words: str, statement: Statement) -> ClaimEvidence:
    return ClaimEvidence(kind, "against" if certain else "", words, statement)  # type: ignore[arg-type]


def _published_then(claim: Stated, known: Known) -> Iterator[ClaimEvidence]:
    """Yield the uses that were published in those days or just after."""
    days = day_range(claim.value)
    if days is None:
        return
    for use in known.uses:
        published = day_range(use.date)
        if published and len(use.date) >= 10 and days[0] <= published[0] <= days[1] + LEEWAY:
            statement = Statement(
                use.use, use.picture, use.article, use.caption or use.title, use.date, use.source, use.title
            )
            yield ClaimEvidence(
                "caption" if use.caption else "article", "for", f"was used on {use.date[:10]}", statement
            )
