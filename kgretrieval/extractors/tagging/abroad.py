"""Events and products among the other names of German and Chinese text, told by their endings and by quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgretrieval.extractors.tagging.labels import NO_NAMES

if TYPE_CHECKING:
    from kgretrieval.extractors.tagging.analysis import Name

_EVENTS = {
    "de": re.compile(
        r".*(?:weltmeisterschaft(?:en)?|europameisterschaft(?:en)?|meisterschaft(?:en)?|"
        r"olympi(?:a|ade|sche[nr]? .*spiele?n?)|"
        r"weltkrieg(?:e?s)?|krieg(?:e?s)?|cup|pokals?|festivals?|festspielen?|filmfestspielen?|gipfels?|konferenz|"
        r"bundestagswahl(?:en)?|landtagswahl(?:en)?|grand prix|tour de .*|open|super bowl|messe|revolution|"
        r"oktoberfest(?:e?s)?|weihnachten|ostern|pfingsten|ramadan|champions league|europa league)"
        r"(?: (?:\d{4}|[ivx]+))?|(?:wm|em)(?:[- ]?\d{2,4})?",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r".*(?:世界杯|欧洲杯|亚洲杯|足总杯|奥运会|残奥会|亚运会|全运会|世博会|峰会|锦标赛|公开赛|电影节|春晚|大奖赛)"
    ),
}
_QUOTES = frozenset({'"', "``", "''", "“", "”", "„", "«", "»", "‚", "‘", "'"})


def refine_abroad(words: Sequence[str], names: Sequence[Name], language: str) -> tuple[Name, ...]:
    """Return the names of a German or Chinese sentence, those that are events or products as such."""
    return tuple(_refined(words, name, language) for name in names)


def _refined(words: Sequence[str], name: Name, language: str) -> Name:
    own = words[name.first : name.last]
    if name.label in NO_NAMES or name.label.endswith("deriv"):
        return name
    if language == "zh":
        event = name.type != "person" and _EVENTS["zh"].fullmatch("".join(own))
        return replace(name, type="event") if event else name
    if name.label != "OTH":
        return name
    if _EVENTS["de"].fullmatch(" ".join(own)):
        return replace(name, type="event")
    before, after = words[: name.first][-1:], words[name.last :][:1]
    quoted = bool(before) and bool(after) and before[0] in _QUOTES and after[0] in _QUOTES
    return replace(name, type="product") if quoted else name
