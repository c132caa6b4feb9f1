"""Articles in plain text and in Markdown, one a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kgretrieval.sources._convert import Located, Place, convert
from kgretrieval.sources._lines import read_text
from kgretrieval.sources.loose import is_caption
from kgretrieval.sources.options import ReadOptions
from kgretrieval.types import Skipped

_LONGEST_TITLE = 200
_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"([\w][\w .-]*?)[ \t]*:[ \t]*(.*)")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+[\"']([^\"']*)[\"'])?\s*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = (
    (re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\n{3,}"), "\n\n"),
)


def read_plain(path: Path, options: ReadOptions, *, beside: Sequence[Path] = ()) -> Iterator[Located]:
    """Yield the article of a text file with the pictures of the same name.

    A short text beside a picture is that picture's caption and gives nothing here.
    """
    text = read_text(path).replace("\r\n", "\n").strip()
    if beside and is_caption(text):
        return
    if not text or 2 * sum(c.isalpha() for c in text) < len("".join(text.split())):
        reason = "is empty" if not text else "holds more figures and signs than letters, so it is taken for no article"
        yield str(path), Skipped(str(path), reason)
        return
    title, body = _split_title(text)
    yield from _article({"title": title, "text": body, "image": [str(p) for p in beside]}, path, options)


def read_markdown(path: Path, options: ReadOptions, *, beside: Sequence[Path] = ()) -> Iterator[Located]:
    """Yield the article of a Markdown file, with its front matter and its pictures."""
    text = read_text(path).replace("\r\n", "\n")
    record: dict[str, Any] = {}
    if match := _MATTER.match(text):
        record, text = _front_matter(match[1]), text[match.end() :]
    heading = _HEADING.search(text)
    if heading and not {"title", "headline"} & set(record):
        record["title"] = _unmarked(heading[1])
    if heading and _unmarked(heading[1]) == record.get("title"):
        text = text[: heading.start()] + text[heading.end() :]
    named = [{"path": m[2], "caption": m[1] or m[3] or ""} for m in _PICTURE.finditer(text)]
    given = record.pop("image", None)
    record["image"] = [*([given] if given else []), *named, *(str(p) for p in beside)]
    record["text"] = _unmarked(_PICTURE.sub("", text))
    yield from _article(record, path, options)


def _article(record: dict[str, Any], path: Path, options: ReadOptions) -> Iterator[Located]:
    # The record is in our own words: what the user said of the fields of data files does not apply to it.
    yield from convert(record, Place(path), replace(options, fields={}))


def _split_title(text: str) -> tuple[str, str]:
    """Return a first line that looks like a headline, and the rest."""
    first, _, rest = text.partition("\n")
    # Without a blank line below it, a headline is shorter than the paragraph; broken lines are alike.
    alone = rest.startswith("\n") or len(rest.partition("\n")[0]) > 2 * len(first)
    if rest.strip() and len(first) <= _LONGEST_TITLE and alone and not first.rstrip().endswith((".", "。", ",")):
        return first.strip(), rest.strip()
    return "", text


def _front_matter(text: str) -> dict[str, Any]:
    """Read the simple forms of YAML: ``key: value``, ``key: [a, b]`` and a list of ``- item`` lines."""
    found: dict[str, Any] = {}
    key = ""
    for line in text.split("\n"):
        if key and line.strip().startswith("- "):
            items = found[key] if isinstance(found[key], list) else []
            found[key] = [*items, _bare(line.strip()[2:])]
        elif match := _ENTRY.fullmatch(line.rstrip()):
            key, value = match[1], match[2].strip()
            in_brackets = value.startswith("[") and value.endswith("]")
            found[key] = [_bare(part) for part in value[1:-1].split(",")] if in_brackets else _bare(value)
    return found


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _unmarked(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    for mark, shown in _MARKS:
        text = mark.sub(shown, text)
    return text.strip()
