"""A caption, claim by claim: as lines, as a page, in a notebook."""

from __future__ import annotations

from kgretrieval.present.caption_check_style import CAPTION_STYLE
from kgretrieval.present.html_style import STYLE
from kgretrieval.present.ids import short_ids
from kgretrieval.present.lines import DOUBT, QUIET, STRONG, TITLE, Line, Painter, drawing, gap, line
from kgretrieval.present.markup import esc, file_name, picture_data
from kgretrieval.present.words import clean, count, dotted, shorten, squeeze
from kgretrieval.types import CaptionCheck, Claim, ClaimEvidence, Verdict

#: Columns of a sentence that are shown.
_LONGEST = 240
_SIGNS: dict[Verdict, str] = {"supported": "✓", "unsupported": "?", "contradicted": "✗"}
_STYLES: dict[Verdict, str] = {"supported": "bold green", "unsupported": "bold yellow", "contradicted": DOUBT}
_SOURCES = {
    "reading": "text in the picture",
    "file": "its file",
    "caption": "another caption",
    "article": "an article with it",
    "pixels": "the picture",
    "label": "a label",
}
_ORDER: tuple[Verdict, ...] = ("contradicted", "unsupported", "supported")
NOTHING = "nothing that is known speaks for it"
CAREFUL = "Each verdict is about what is known here: look at the evidence before you draw a conclusion."


def summary(check: CaptionCheck) -> str:
    """Return how many claims there are of each verdict."""
    parts = [f"{check.count(verdict)} {verdict}" for verdict in _ORDER if check.count(verdict)]
    return f"{count(len(check.claims), 'claim')}: {', '.join(parts)}"


def caption_check_lines(check: CaptionCheck, *, painter: Painter | None = None) -> list[Line]:
    """Return a caption and its claims, one below the other, each with its evidence."""
    short = short_ids(_ids(check))
    name = short.get(check.picture, "") or file_name(check.path) or "the picture"
    rows = [line((f"{name}: ", TITLE), summary(check))]
    rows += drawing(painter(check.path)) if painter and check.path else []
    if check.caption:
        rows.append(line(f"“{squeeze(check.caption)}”", hang=2))
    if check.title:
        rows.append(line(("headline: ", QUIET), squeeze(check.title), hang=2))
    about = dotted((clean(check.date), check.language, short.get(check.article, "")))
    rows += [line((about, QUIET))] if about else []
    for claim in check.claims:
        rows += [gap(), *_claim_lines(claim, short)]
    rows += [gap(), line(("Looked at: ", QUIET), "; ".join(check.looked_at) or "nothing")]
    rows += [line(("Not looked at: ", QUIET), squeeze(reason)) for reason in check.not_looked_at]
    return rows


def _claim_lines(claim: Claim, short: dict[str, str]) -> list[Line]:
    sign = (f"{_SIGNS[claim.verdict]} {claim.verdict} ", _STYLES[claim.verdict])
    words = "what it shows" if claim.kind == "scene" else squeeze(claim.text)
    where = dotted((claim.kind, clean(claim.value), "headline" if claim.field == "title" else ""))
    rows = [line(sign, (words, STRONG), (f"  {where}", QUIET))]
    for one in claim.evidence:
        rows.append(line((f"{source(one)} ", QUIET), _said(one), indent=4, hang=2))
        quote = squeeze(one.statement.text)
        if quote:
            rows.append(line(f"“{shorten(quote, _LONGEST)}” ", (_where(one, short), QUIET), indent=6, hang=2))
    if not claim.evidence:
        rows.append(line((NOTHING, QUIET), indent=4))
    return rows


def source(one: ClaimEvidence) -> str:
    """Return what evidence is, in words; what decides nothing says so."""
    return _SOURCES[one.kind] if one.speaks else f"{_SOURCES[one.kind]} (decides nothing)"


def _said(one: ClaimEvidence) -> str:
    return squeeze(one.words)


def _where(one: ClaimEvidence, short: dict[str, str]) -> str:
    said = one.statement
    document = short.get(said.article, short.get(said.picture, ""))
    title = squeeze(said.title) if squeeze(said.title) != squeeze(said.text) else ""
    return dotted((clean(said.date[:10]), squeeze(said.source), shorten(title, 60), document))


def _ids(check: CaptionCheck) -> list[str]:
    found = [check.picture, check.article]
    for claim in check.claims:
        for one in claim.evidence:
            found += [one.statement.article, one.statement.picture]
    return [i for i in dict.fromkeys(found) if i]


def caption_check_section(check: CaptionCheck, *, level: int) -> str:
    """Return the picture and its caption with the claims marked, and beside them the evidence."""
    short = short_ids(_ids(check))
    data = picture_data(check.path) if check.path else ""
    name = esc(file_name(check.path) or check.picture or "the picture")
    photo = f'<img src="{data}" alt="{name}">' if data else f'<div class="kg-gone">no picture at {name}</div>'
    caption = f'<figcaption class="kg-caption">{_marked(check, "caption")}</figcaption>' if check.caption else ""
    title = f'<p class="kg-headline"><span class="kg-soft">Headline</span> {_marked(check, "title")}</p>'
    about = esc(dotted((check.date, check.language, short.get(check.article, ""), short.get(check.picture, ""))))
    rows = "".join(_row(number, claim, short) for number, claim in enumerate(check.claims, start=1))
    seen = esc("; ".join(check.looked_at) or "nothing")
    missed = "".join(f"<li>{esc(reason)}</li>" for reason in check.not_looked_at)
    missed = f'<p class="kg-soft">Not looked at:</p><ul class="kg-soft">{missed}</ul>' if missed else ""
    return (
        f'<section class="kg-answer"><div class="kg-head"><h{level} class="kg-h">{name}</h{level}>'
        f'<span class="kg-soft">{esc(summary(check))}</span></div><div class="kg-check"><figure>{photo}{caption}'
        f'{title if check.title else ""}<p class="kg-soft">{about}</p><p class="kg-soft">Looked at: {seen}.</p>{missed}'
        f'</figure><table class="kg-claims"><thead><tr><th></th><th>Claim</th>'
        f"<th>Verdict</th><th>Evidence</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def caption_check_html(check: CaptionCheck) -> str:
    """Return a checked caption as a fragment for a notebook."""
    body = f'{caption_check_section(check, level=3)}<p class="kg-soft">{esc(CAREFUL)}</p>'
    return f'<div class="kg"><style>{STYLE}{CAPTION_STYLE}</style><div class="kg-wrap">{body}</div></div>'


def caption_check_page(check: CaptionCheck, *, title: str) -> str:
    """Return a complete HTML page that needs no other file."""
    from kgretrieval.present.html import page

    return page(title, CAREFUL, f"<style>{CAPTION_STYLE}</style>{caption_check_section(check, level=2)}")


def _marked(check: CaptionCheck, field: str) -> str:
    """Return the caption or the headline with its claims marked and numbered."""
    text = check.caption if field == "caption" else check.title
    parts, at = [], 0
    placed = [(c.start, c.end, n, c) for n, c in enumerate(check.claims, 1) if c.field == field and c.kind != "scene"]
    for start, end, number, claim in sorted(placed, key=lambda row: row[:3]):
        if start < at:
            continue
        parts.append(esc_kept(text[at:start]))
        words = esc_kept(text[start:end])
        parts.append(
            f'<span class="kg-claim kg-{claim.verdict}" title="{claim.verdict}">{words}<sup>{number}</sup></span>'
        )
        at = end
    return "".join(parts) + esc_kept(text[at:])


def esc_kept(text: str) -> str:
    """Return text safe in HTML with the blanks at its edges."""
    from html import escape

    return escape(clean(text))


def _row(number: int, claim: Claim, short: dict[str, str]) -> str:
    words = "what it shows" if claim.kind == "scene" else esc(claim.text)
    about = esc(dotted((claim.kind, claim.value, "headline" if claim.field == "title" else "")))
    evidence = "".join(_evidence(one, short) for one in claim.evidence) or f'<li class="kg-soft">{esc(NOTHING)}</li>'
    return (
        f'<tr><td class="kg-soft">{number}</td><td><b>{words}</b><br><span class="kg-soft">{about}</span></td>'
        f'<td><span class="kg-verdict kg-{claim.verdict}">{_SIGNS[claim.verdict]} {claim.verdict}</span></td>'
        f"<td><ul>{evidence}</ul></td></tr>"
    )


def _evidence(one: ClaimEvidence, short: dict[str, str]) -> str:
    quote = shorten(squeeze(one.statement.text), _LONGEST)
    where = f'<span class="kg-soft">{esc(_where(one, short))}</span>'
    said = f"<blockquote>{esc(quote)} {where}</blockquote>" if quote else ""
    return f'<li><span class="kg-soft">{esc(source(one))}</span> {esc(one.words)}{said}</li>'
