"""Text as people see it: markup, Unicode forms and characters that no file format can hold."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

# What a browser starts on a new line; "br" and "hr" too, but they open no paragraph.
_BLOCK_NAMES = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 head header html li main nav ol p pre section summary table tbody tfoot thead title tr ul
"""
_INLINE_NAMES = """
a abbr acronym audio b base bdi bdo big button canvas cite code col colgroup data datalist del dfn em embed font i img
input ins kbd label legend link map mark meta meter object optgroup output param picture progress q s samp select small
source span strike strong sub sup textarea time track tt u var video wbr
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_BREAKS = frozenset({"br", "hr"})
_CELLS = frozenset({"td", "th", "option"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "svg", "math"})
_TAGS = _BLOCKS | _BREAKS | _CELLS | _UNSEEN | frozenset(_INLINE_NAMES.split())

_MARKUP = re.compile(
    r"""<!--|<!doctype\b[^<>]*>|<\?xml\b[^<>]*\?>
    |</?(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>
    |&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = "<!--"
_BLANKS = re.compile(r"\s+")
_AROUND_LINE = re.compile(r"[ \t]*\n[ \t]*")
_MANY_BLANKS = re.compile(r"[ \t]{2,}")
_MANY_LINES = re.compile(r"\n{3,}")

# All but printable ASCII and the line feed; most texts have little else.
_ODD = re.compile(r"[^\x20-\x7e\n]")
_NEW_LINE = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Blanks that do not break or have another width; \u3000 is the full-width one of Chinese and stays.
_WIDE_BLANK = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
# Zero-width blanks, soft hyphens, direction marks, and what XML 1.0 (section 2.2) does not allow or discourages.
_NOWHERE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)

# Letters with a stroke, and ligatures, have no accent that Unicode would take off.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'", "‘": "'"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of visible text and where it comes from; `exact` where both are the same characters."""

    text: str
    start: int
    end: int
    exact: bool = True


def visible_pieces(text: str) -> list[Piece]:
    """Cut `text` into what a reader sees, with the offsets at which each piece stands in `text`.

    Tags become line ends or nothing, entities become characters, scripts, styles and comments go.
    """
    if "<" not in text and "&" not in text:
        return [Piece(text, 0, len(text))] if text else []
    closings = _Closings(text)
    pieces: list[Piece] = []
    position = searched = 0
    while match := _MARKUP.search(text, searched):
        start, searched = match.span()
        tag = (match["tag"] or "").lower()
        shown = _shown(match.group(), tag)
        if match.group() == _COMMENT or (tag in _UNSEEN and text[start + 1] != "/"):
            end = closings.after(searched, tag)
            searched = end or searched
            shown = shown if end or tag else None
        if shown is None:
            continue
        if start > position:
            pieces.append(Piece(text[position:start], position, start))
        pieces.append(Piece(shown, start, searched, exact=False))
        position = searched
    if position < len(text):
        pieces.append(Piece(text[position:], position, len(text)))
    return pieces


class _Closings:
    """Where the elements that are not seen end, found once for each kind, so that no text takes long."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[tuple[int, int]]] = {}

    def after(self, start: int, tag: str) -> int:
        """Return where the first closing of `tag` (of a comment where empty) from `start` on ends, or 0."""
        if tag not in self._found:
            pattern = re.compile(rf"</{tag}\b[^<>]*>" if tag else "-->", re.IGNORECASE)
            self._found[tag] = [match.span() for match in pattern.finditer(self._text)]
        spans = self._found[tag]
        index = bisect_left(spans, (start, 0))
        return spans[index][1] if index < len(spans) else 0


def _shown(markup: str, tag: str) -> str | None:
    """Return what stands for a piece of markup, or None where it is none after all ("x <y and z> 1")."""
    if markup.startswith("&"):
        character = html.unescape(markup)
        return None if character == markup else character
    if tag in _BLOCKS:
        return "\n\n"
    if tag in _BREAKS:
        return "\n"
    if tag in _CELLS:
        return " "
    return "" if tag in _TAGS or not tag else None


def strip_html(text: str) -> str:
    """Return `text` without tags, scripts and comments, and with entities as characters.

    A paragraph ends with a blank line, ``<br>`` with a line end. A text without markup comes back
    unchanged, as do "a < b" and "AT&T".

    Examples
    --------
    >>> strip_html("<p>Rock &amp; roll</p><p>is <b>here</b></p>")
    'Rock & roll\\n\\nis here'
    >>> strip_html("a < b & c > d")
    'a < b & c > d'
    """
    pieces = visible_pieces(text)
    markup = [piece for piece in pieces if not piece.exact]
    if not markup:
        return text
    if all(text[piece.start] == "&" for piece in markup):
        return "".join(piece.text for piece in pieces)
    if any("\n" in piece.text for piece in markup):
        # In a page the line ends of the file are blanks; its block elements end the lines.
        joined = "".join(_BLANKS.sub(" ", piece.text) if piece.exact else piece.text for piece in pieces)
        joined = _MANY_BLANKS.sub(" ", joined)
    else:
        joined = "".join(piece.text for piece in pieces)
    return _MANY_LINES.sub("\n\n", _AROUND_LINE.sub("\n", joined)).strip()


def tidy(text: str) -> str:
    """Return `text` in Unicode's NFC with plain line ends and blanks, and only what XML can hold.

    Zero-width blanks, soft hyphens, control characters and lone surrogates are dropped. To be
    used once, when a source is read: offsets count in the result.
    """
    if not _ODD.search(text):
        return text
    text = _NEW_LINE.sub("\n", text)
    text = _WIDE_BLANK.sub(" ", text)
    return unicodedata.normalize("NFC", _NOWHERE.sub("", text))


def fold(text: str) -> str:
    """Return `text` for comparing names: without case, accents, strokes and compatibility forms.

    Examples
    --------
    >>> fold("Łódź, GROẞ and Zoë")
    'lodz, gross and zoe'
    """
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))
