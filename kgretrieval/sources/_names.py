"""Under which names other people keep what we call title, text, date and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_THEIRS = {
    "title": "title headline headlinemain titel überschrift ueberschrift schlagzeile 标题",
    "text": "text body content article articlebody fulltext maintext bodytext articletext artikel inhalt 正文 内容",
    "about": "description summary abstract lead teaser leadparagraph snippet beschreibung zusammenfassung 摘要",
    "url": "url link uri href weburl permalink canonicalurl articleurl 链接 网址",
    "source": "source publisher site sitename outlet newspaper publication domain quelle 来源",
    "author": "author authors byline creator writer journalist autor verfasser 作者",
    "date": """date published publisheddate pubdate publishdate publishedat datepublished publicationdate publishedtime
        firstpublished datetime timestamp createdat created datum 日期 发布时间 month year""",
    "language": "language lang languagecode langcode sprache 语言",
    "tags": """tags tag keywords topics topic sections section categories category schlagworte schlagwörter ressort
        标签 关键词 labels label""",
    "tag_types": "tagtypes",
    "persons": "persons person people personen 人物",
    "organisations": "organisations organizations organisation organization orgs organisationen 机构",
    "places": "places place locations location orte ort 地点",
    "image": """image images img picture pictures photo photos imagepath imagefile imagefilename imagename picturepath
        photopath topimage imageurl imageurls urltoimage thumbnail media bild bilder foto fotos 图片 filename file
        filepath path src""",
    "caption": "caption captions alt alttext imagecaption photocaption bildunterschrift bildtext comment 图片说明",
    "credit": "credit credits photographer photocredit imagecredit fotograf bildnachweis 摄影",
    "rights": "rights copyright licence license lizenz rechte 版权",
    "id": "id uid guid uuid articleid docid documentid newsid imageid photoid",
}
#: Ours to theirs, compared without case, blanks and punctuation; the earlier name wins.
KNOWN: Mapping[str, tuple[str, ...]] = {ours: tuple(theirs.split()) for ours, theirs in _THEIRS.items()}
#: Names that may as well be of something else: they count only where the value is a picture's name.
VAGUE = frozenset(("filename", "file", "filepath", "path", "src", "thumbnail", "media"))

_PUNCTUATION = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a field name without case, blanks and punctuation: ``"Published At"`` is ``"publishedat"``."""
    return _PUNCTUATION.sub("", name.lower())


@lru_cache(maxsize=1024)
def plan(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    """Say for each field of ours which fields of a record may hold it, the likeliest first.

    Parameters
    ----------
    names : tuple of str
        The fields of the record.
    given : tuple of (str, str)
        What the user said, ours and theirs; a field named there holds nothing else.
    """
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain(name), name)
    chosen = {ours: theirs if theirs in names else by_plain.get(plain(theirs), "") for ours, theirs in given}
    taken = set(chosen.values())
    found: dict[str, tuple[str, ...]] = {}
    for ours, candidates in KNOWN.items():
        if ours in chosen:
            found[ours] = (chosen[ours],) if chosen[ours] else ()
        else:
            found[ours] = tuple(
                by_plain[name] for name in candidates if name in by_plain and by_plain[name] not in taken
            )
    return found


def has_known(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> bool:
    """Say whether records with these fields can hold a title, a text or a picture at all."""
    found = plan(names, given)
    return any(found[ours] for ours in ("title", "text", "about", "image"))
