"""What models say of texts and pictures, with reasons, as a page and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kgretrieval.errors import KgError
from kgretrieval.labelling.records import Sorted, SortedList
from kgretrieval.present.html_style import STYLE
from kgretrieval.present.labels import pieces_of
from kgretrieval.present.markup import EDGE, esc, file_name
from kgretrieval.present.words import count
from kgretrieval.search.scores import percent

#: Characters of a text on the page.
_MOST = 2000
#: How strongly the strongest word is coloured, 0 to 1.
_STRONGEST = 0.65


class SortedCards(SortedList):
    """What a model says of several things: a list of `Sorted` that a notebook shows as cards."""

    def _repr_html_(self) -> str:
        return sorted_html(self)


def show_sorted(found: SortedList) -> SortedCards:
    """Return the same list, fit for a notebook."""
    return SortedCards(found, found.skipped)


def sorted_page(found: Iterable[Sorted], *, title: str) -> str:
    """Return a complete HTML page that needs no other file."""
    from kgretrieval.present.html import page

    shown = list(found)
    unsure = sum(not one.sure for one in shown)
    about = count(len(shown), "item") + (f" · not sure of {unsure:,}" if unsure else "")
    return page(title, about, sorted_section(shown))


def sorted_html(found: Sequence[Sorted]) -> str:
    """Return the same as a fragment for a notebook."""
    return f'<div class="kg"><style>{STYLE}</style><div class="kg-wrap">{sorted_section(found)}</div></div>'


def sorted_section(found: Sequence[Sorted]) -> str:
    """Return a card for each thing."""
    return f'<section class="kg-answer"><div class="kg-hits">{"".join(map(_card, found))}</div></section>'


def _card(one: Sorted) -> str:
    label = f"{esc(one.label)} {percent(one.probability)}"
    said = label if one.sure else f"not sure: {label}"
    others = "".join(
        f'<span class="kg-chip">{esc(name)} {percent(share)}</span>' for name, share in one.probabilities[1:4]
    )
    region = f"<span>moved by: {esc(one.region)}</span>" if one.region else ""
    return (
        f'<article class="kg-hit">{_photo(one)}<div class="kg-body"><p class="kg-meta"><span class="kg-rank">{said}'
        f'</span><span>{esc(one.scheme)}</span></p><h3 class="kg-title">{esc(one.title or file_name(one.what))}</h3>'
        f'{_text(one)}<div class="kg-foot"><div class="kg-chips">{others}</div>{region}'
        f"<span>{esc(one.what)}</span></div></div></article>"
    )


def _text(one: Sorted) -> str:
    """Return the text with its reasons coloured by their weight: yellow for the label, red against it."""
    if not one.reasons:
        return ""
    strongest = max(abs(reason.weight) for reason in one.reasons) or 1.0
    parts = []
    for piece, weight in pieces_of(one.text, one.reasons, most=_MOST):
        if not weight:
            parts.append(escape(piece))
            continue
        colour = "255,196,0" if weight > 0 else "214,40,40"
        strength = _STRONGEST * abs(weight) / strongest
        parts.append(
            f'<mark style="background:rgba({colour},{strength:.2f});color:inherit" title="{weight:+.2f}">'
            f"{escape(piece)}</mark>"
        )
    return f'<p class="kg-quote">{"".join(parts)}</p>'


def _photo(one: Sorted) -> str:
    """Return the picture, with what moved the label laid over it where that is known."""
    if not one.path:
        return ""
    from kgretrieval.pictures.decode import open_picture
    from kgretrieval.pictures.thumbnails import data_uri

    try:
        image = open_picture(one.path, edge=EDGE)
    except KgError:
        return f'<div class="kg-gone">no picture at {esc(one.path)}</div>'
    if one.heat:
        import numpy as np

        from kgretrieval.classify.regions import overlay

        image = overlay(image, np.asarray(one.heat, dtype=np.float32))
    return f'<span class="kg-photo"><img src="{data_uri(image, EDGE)}" alt="{esc(one.title)}"></span>'
