"""Saved web pages: the article without menus and advertisements, and its pictures beside the page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image

from kgretrieval.pictures.decode import FORMATS, SUFFIXES
from kgretrieval.sources._convert import Located, Place, convert
from kgretrieval.sources._images import find_file
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import Skipped

#: Smaller pictures of a page are icons, portraits of authors and the like.
_SMALLEST = 120
#: What browsers call the folder they put a page's files into.
COMPANIONS = ("_files", "-Dateien", "-files", "_文件")
# A date that is only guessed from the words of a page is often that of something else on it; the
# limits are fixed, so that the same page has the same date whenever it is read.
_DATES = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}


def read_page(path: Path, options: ReadOptions) -> Iterator[Located]:
    """Yield the article of a saved page.

    Its text is what trafilatura takes for the main text; its pictures are those of the page's
    article, and its preview picture, as far as they lie beside the page.

    References
    ----------
    A. Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
    Extraction", ACL-IJCNLP 2021, System Demonstrations.
    """
    page, tree = _extract(path.read_bytes())
    if tree is None or page is None or not (page.text or "").strip():
        yield str(path), Skipped(str(path), "no article was found in this page")
        return
    record = {
        "title": page.title,
        "text": _without_title(page.text, page.title or ""),
        "url": page.url,
        "source": page.sitename,
        "author": page.author,
        "date": page.date,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "tags": list(page.tags or ()),
        "image": _pictures(tree, path),
    }
    # The record is in our own words: what the user said of the fields of data files does not apply to it.
    given = {name: value for name, value in record.items() if value}
    yield from convert(given, Place(path), replace(options, fields={}))


def _extract(data: bytes) -> tuple[Any, Any]:
    import trafilatura

    try:
        tree = trafilatura.load_html(data)
        page = trafilatura.bare_extraction(
            data, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
    except Exception:  # a parser built for the open web fails in ways of its own on what is no page
        return None, None
    return page, tree


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if first.strip() == title.strip() and rest.strip() else text


def _pictures(tree: Any, page: Path) -> list[dict[str, str]]:
    """Return path and caption of the article's pictures that lie beside the page, in the order of the page."""
    found: dict[str, str] = {}
    images = tree.xpath("//article//img | //main//img | //figure//img") or tree.xpath("//body//img")
    for image in images:
        for name in ("src", "data-src", "data-original"):
            if path := _beside(image.get(name) or "", page):
                found[path] = found.get(path) or _caption(image)
                break
    for address in tree.xpath("//meta[@property='og:image' or @name='twitter:image']/@content"):
        if path := _beside(address, page):
            found.setdefault(path, "")
    return [{"path": path, "caption": caption} for path, caption in found.items()]


def _caption(image: Any) -> str:
    captions = image.xpath("ancestor::figure[1]//figcaption")
    words = " ".join(captions[0].text_content().split()) if captions else ""
    return words or " ".join((image.get("alt") or "").split())


def _beside(address: str, page: Path) -> str:
    """Return the file that an address of a page stands for, if it lies beside the page and is no icon."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme == "data" or Path(parts.path).suffix.lower() not in SUFFIXES:
        return ""
    name = unquote(parts.path)
    if parts.netloc or name.startswith("/"):
        # A page that was saved without rewriting its addresses still has the files' own names.
        name = posixpath.basename(name)
    folders = (page.parent, *(page.parent / f"{page.stem}{ending}" for ending in COMPANIONS))
    path = find_file(name, folders)
    return path if path and _is_large(path) else ""


def _is_large(path: str) -> bool:
    try:
        with Image.open(path, formats=FORMATS) as image:
            return min(image.size) >= _SMALLEST
    except Exception:  # a broken file beside a page is no picture of its article
        return False
