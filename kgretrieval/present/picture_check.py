"""Where a picture was used: as lines, as a page, in a notebook."""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.present.html_style import STYLE
from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import DOUBT, QUIET, STRONG, TITLE, Line, Painter, drawing, gap, line, linked
from kgretrieval.present.markup import esc, file_name, link, picture_data
from kgretrieval.present.words import clean, count, dotted, shorten, squeeze
from kgretrieval.search.scores import percent
from kgretrieval.types import Appearance, Disagreement, PictureCheck, Statement

#: Columns of a caption and of a sentence that are shown.
_LONGEST = 320
NAMES = {"date": "the date", "place": "the place", "person": "the persons"}
CAREFUL = "That can have good reasons: look at the uses before you draw a conclusion."


def summary(check: PictureCheck) -> str:
    """Return how often the picture was found, and since when it is known."""
    if not check.appearances:
        return "no use of it or of a near copy is in the collection"
    files = len({one.picture for one in check.appearances})
    copies = f" of {count(files, 'file')}" if files > 1 else ""
    since = f", first seen {clean(check.first_seen)}" if check.first_seen else ""
    return f"{count(len(check.appearances), 'use')}{copies}{since}"


def likeness(one: Appearance) -> str:
    """Return how an appearance was recognised: "cropped, 87 % alike"."""
    return one.how if one.how == "same file" else f"{one.how}, {percent(one.likeness)} alike"


def check_lines(check: PictureCheck, *, painter: Painter | None = None) -> list[Line]:
    """Return the uses of a picture, the earliest first, and before them in what they disagree."""
    short = short_ids(_ids(check))
    name = short.get(check.picture, "") or file_name(check.path) or "the picture"
    rows = [line((f"{name}: ", TITLE), summary(check))]
    rows += drawing(painter(check.path)) if painter and check.path else []
    if check.taken:
        rows.append(line((f"its file says that it was taken on {clean(check.taken)}", QUIET)))
    for warning in check.warnings:
        rows += [gap(), *_warning_lines(warning, short)]
    for number, one in enumerate(check.appearances, start=1):
        rows += [gap(), *_appearance_lines(number, one, short)]
    return rows


def _warning_lines(warning: Disagreement, short: dict[str, str]) -> list[Line]:
    rows = [line((f"These uses disagree in {NAMES[warning.kind]}: ", DOUBT), squeeze(warning.words))]
    for one in warning.statements:
        said = shorten(squeeze(one.text), _LONGEST)
        rows.append(line(f"“{said}” ", (_where(one, short), QUIET), indent=4, hang=2))
    return [*rows, line((CAREFUL, QUIET), indent=4)]


def _appearance_lines(number: int, one: Appearance, short: dict[str, str]) -> list[Line]:
    title = squeeze(one.title) or file_name(one.path)
    rows = [line((f"{number}. ", STRONG), linked(title, one.url or one.path))]
    rows[0].text.stylize(TITLE, len(f"{number}. "))
    about = dotted((clean(one.date) or "no date", squeeze(one.source), likeness(one), _story(one, short)))
    rows.append(line((about, QUIET), indent=3))
    if one.caption:
        rows.append(line(f"“{shorten(squeeze(one.caption), _LONGEST)}”", indent=3, hang=2))
    taken = f"taken {clean(one.taken)} by its file" if one.taken else ""
    where = dotted((short.get(one.article, ""), short.get(one.picture, one.picture), taken, clean(one.path)))
    return [*rows, line((where, QUIET), indent=3)]


def _where(one: Statement, short: dict[str, str]) -> str:
    return dotted((clean(one.date), squeeze(one.source), short.get(one.article, short.get(one.picture, ""))))


def _story(one: Appearance, short: dict[str, str]) -> str:
    return f"story {short[one.story]}" if one.story else ""


def _ids(check: PictureCheck) -> list[str]:
    found = [check.picture]
    for one in check.appearances:
        found += [one.picture, one.article, one.story]
    return [i for i in found if i]


def check_section(check: PictureCheck, *, level: int) -> str:
    """Return the uses as cards side by side, above them in what they disagree; `level` is that of the heading."""
    short = short_ids(_ids(check))
    data = picture_data(check.path, edge=112) if check.path else ""
    asked = f'<img class="kg-asked" src="{data}" alt="{esc(file_name(check.path))}">' if data else ""
    name = esc(file_name(check.path) or check.picture or "The picture")
    warnings = "".join(_warning_html(warning, short) for warning in check.warnings)
    cards = "".join(_card(number, one, short, level + 1) for number, one in enumerate(check.appearances, start=1))
    hits = f'<div class="kg-hits">{cards}</div>' if cards else '<p class="kg-empty">Nothing found.</p>'
    return (
        f'<section class="kg-answer"><div class="kg-head">{asked}<h{level} class="kg-h">{name}</h{level}>'
        f'<span class="kg-soft">{esc(summary(check))}</span></div>{warnings}{hits}</section>'
    )


def check_html(check: PictureCheck) -> str:
    """Return the uses of a picture as a fragment for a notebook."""
    return f'<div class="kg"><style>{STYLE}</style><div class="kg-wrap">{check_section(check, level=3)}</div></div>'


def check_page(checks: Sequence[PictureCheck], *, title: str) -> str:
    """Return a complete HTML page that needs no other file."""
    from kgretrieval.present.html import page

    body = "".join(check_section(check, level=2) for check in checks)
    about = count(sum(len(check.appearances) for check in checks), "use")
    return page(title, about, body)


def _warning_html(warning: Disagreement, short: dict[str, str]) -> str:
    quotes = "".join(
        f'<blockquote>{esc(shorten(one.text, _LONGEST))} <span class="kg-soft">{esc(_where(one, short))}</span>'
        "</blockquote>"
        for one in warning.statements
    )
    return (
        f'<div class="kg-note"><b>These uses disagree in {NAMES[warning.kind]}:</b> {esc(warning.words)}{quotes}'
        f'<p class="kg-soft">{esc(CAREFUL)}</p></div>'
    )


def _card(number: int, one: Appearance, short: dict[str, str], level: int) -> str:
    data = picture_data(one.path) if one.path else ""
    image = f'<img src="{data}" alt="{esc(one.caption or one.title)}" loading="lazy">'
    photo = (
        link(one.path, image, css="kg-photo") if data else f'<div class="kg-gone">no picture at {esc(one.path)}</div>'
    )
    meta = "".join(f"<span>{esc(part)}</span>" for part in (one.date or "no date", one.source) if part)
    title = link(one.url or one.path, esc(one.title or file_name(one.path)))
    quote = f'<p class="kg-quote">{esc(shorten(one.caption, _LONGEST))}</p>' if one.caption else ""
    chips = "".join(f'<span class="kg-chip">{esc(why)}</span>' for why in (likeness(one), _story(one, short)) if why)
    where = dotted((file_name(one.path), short.get(one.article, ""), short.get(one.picture, "")))
    return (
        f'<article class="kg-hit">{photo}<div class="kg-body"><p class="kg-meta"><span class="kg-rank">{number}</span>'
        f'{meta}</p><h{level} class="kg-title">{title}</h{level}>{quote}<div class="kg-foot"><div class="kg-chips">'
        f"{chips}</div><span>{esc(where)}</span></div></div></article>"
    )
