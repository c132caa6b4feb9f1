"""Pages and notebook fragments: contact sheets, answers, entities, drawn graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from kgretrieval.graph.records import StoryCard
from kgretrieval.present.html_parts import answer_section, entity_section
from kgretrieval.present.html_style import PAGE, STYLE
from kgretrieval.present.markup import esc
from kgretrieval.present.stories import story_section
from kgretrieval.present.svg import graph_svg
from kgretrieval.present.words import count
from kgretrieval.types import Answer, EntityCard

if TYPE_CHECKING:
    import networkx

__all__ = ["answer_html", "contact_sheet", "entity_html", "graph_svg", "page"]


def contact_sheet(
    answers: Answer | Iterable[Answer],
    *,
    title: str,
    graph: networkx.MultiDiGraph | None = None,
    cards: Sequence[EntityCard] = (),
) -> str:
    """Return a complete HTML page that needs no other file: pictures are inside as thumbnails.

    Parameters
    ----------
    answers
        One answer or several, shown in their order.
    title
        The page's heading.
    graph
        A sub-graph to draw below, as `Collection.to_networkx` returns it.
    cards
        Entities to show after the answers.

    Returns
    -------
    str
        HTML 5. A picture whose file is gone is shown as a placeholder with its name.
    """
    shown = [answers] if isinstance(answers, Answer) else list(answers)
    body = "".join(answer_section(answer, level=2) for answer in shown)
    body += "".join(entity_section(card, level=2) for card in cards)
    if graph is not None:
        body += f'<section class="kg-panel"><h2 class="kg-h">The graph around it</h2>{graph_svg(graph)}</section>'
    about = f"{count(len(shown), 'search', 'searches')} · {count(sum(len(a.hits) for a in shown), 'hit')}"
    return page(title, about, body)


def page(title: str, about: str, body: str) -> str:
    """Return a complete HTML page around sections that are HTML already; `about` is a line below the title."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        # The page loads nothing and runs nothing, whatever a text in it holds.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';img-src data:;'
        "style-src 'unsafe-inline'\">"
        f"<title>{esc(title)}</title><style>{PAGE}{STYLE}</style></head>"
        f'<body class="kg"><main class="kg-wrap"><header class="kg-top"><h1>{esc(title)}</h1>'
        f'<p class="kg-soft">{escape(about)}</p></header>{body}</main></body></html>\n'
    )


def answer_html(answer: Answer) -> str:
    """Return an answer as a fragment for a notebook."""
    return _fragment(answer_section(answer, level=3))


def entity_html(card: EntityCard) -> str:
    """Return what is known of an entity as a fragment for a notebook."""
    return _fragment(entity_section(card, level=3))


def story_html(card: StoryCard) -> str:
    """Return everything about a story as a fragment for a notebook."""
    return _fragment(story_section(card, level=3))


def _fragment(body: str) -> str:
    return f'<div class="kg"><style>{STYLE}</style><div class="kg-wrap">{body}</div></div>'
