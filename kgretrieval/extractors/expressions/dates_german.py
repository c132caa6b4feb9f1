"""How dates are written in German."""

from __future__ import annotations

import re

from kgretrieval.extractors.expressions.dates import Expression, Unit, century, clock, decade, months
from kgretrieval.extractors.expressions.dates_digits import DIGIT_RULES, full_year, span_of_years
from kgretrieval.extractors.expressions.dates_joined import Joints
from kgretrieval.extractors.expressions.numbers import GERMAN_WORD_NUMBER, german_number
from kgretrieval.extractors.expressions.quantities_german import counts_something
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, rule

_NAMES = "januar februar märz april mai juni juli august september oktober november dezember".split()
_MONTHS = {name: i for i, name in enumerate(_NAMES, 1)} | {"jänner": 1, "feber": 2}
_MONTHS |= {"jan": 1, "feb": 2, "mär": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10}
_MONTHS |= {"nov": 11, "dez": 12}
_DAYS = "montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
_WEEKDAYS = {name: i for i, name in enumerate(_DAYS)} | {"sonnabend": 5}
_SEASONS = {"frühling": 0, "frühjahr": 0, "sommer": 1, "herbst": 2, "winter": 3}
_RELATIVE_DAYS = {"vorgestern": -2, "gestern": -1, "heute": 0, "morgen": 1, "übermorgen": 2}
_UNITS: dict[str, Unit] = {"tag": "day", "woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year"}
_UNITS |= {"jahrzehnt": "decade", "jahrhundert": "century", "wochenende": "weekend"}
_TENS = dict(
    zip(
        "zwanziger dreißiger vierziger fünfziger sechziger siebziger achtziger neunziger".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_FEASTS = {"heiligabend": (12, 24), "silvester": (12, 31), "neujahr": (1, 1), "nikolaustag": (12, 6)}

_full = "|".join(n for n in _MONTHS if len(n) > 4 or n in {"märz", "mai", "juni", "juli"})
_short = "|".join(
    sorted((n for n in _MONTHS if len(n) < 5 and n not in {"märz", "mai", "juni", "juli"}), key=len, reverse=True)
)
_month = rf"(?P<month>(?:{_full})s?\b|(?:{_short})\b\.?)"
_day = r"(?P<day>0?[1-9]|[12]\d|3[01])\.?(?!\d)"
_year = r"(?P<year>[12]\d{3})(?![\w%]|[.,:]\d)"
_part = r"morgens?|vormittags?|mittags?|nachmittags?|abends?|nachts?|früh"
_past = r"letzte[nmrs]?|vergangene[nmrs]?|vorige[nmrs]?|vorherige[nmrs]?"
_this = r"diese[nmrs]?|laufende[nmrs]?"
_next = r"nächste[nmrs]?|kommende[nmrs]?"
_side = rf"(?:(?P<past>{_past})|(?P<this>{_this})|(?P<next>{_next}))"
_count = rf"(?P<count>\d{{1,3}}|{GERMAN_WORD_NUMBER})"

_BEFORE_YEAR = re.compile(
    r"\b(?:im|in|seit|bis|von|ab|Jahre?|Jahres|um|Anfang|Mitte|Ende|vor|nach|zwischen|und|anno)\s+\Z", re.I
)
_NO_YEAR = re.compile(
    r"\b(?:(?:mehr|weniger|höher|niedriger)\s+als|rund|etwa|fast|knapp|über|gut|bis zu|mindestens|Windows|Nr\.|Nummer|"
    r"Seite)\s+\Z",
    re.I,
)
_EVIDENCE = re.compile(
    r"\b(?:im|seit|bis|ab|Anfang|Mitte|Ende|letzten|vergangenen|diesen|dieses|nächsten|kommenden|vom|zum|von|und)\s+\Z",
    re.I,
)


def _toward(match: re.Match[str]) -> int:
    return -1 if match["past"] else 1 if match["next"] else 0


def _month_number(word: str) -> int:
    name = word.rstrip(".").lower()
    return _MONTHS.get(name) or _MONTHS[name.removesuffix("s")]


def _calendar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    day = int(groups["day"]) if groups.get("day") else None
    month = _month_number(match["month"])
    if not groups.get("first"):
        return Expression(match.start(), match.end(), year, month, day)
    first = int(groups["first"])
    if year is None or day is None or first >= day:
        return None
    return Expression(match.start(), match.end(), value=f"{year}-{month:02}-{first:02}/{year}-{month:02}-{day:02}")


def _bare_month(match: re.Match[str]) -> Expression | None:
    word = match["month"]
    name = word.rstrip(".").lower()
    if name in _MONTHS and name in _short.split("|"):
        return None
    # "August" and "April" are names of persons too.
    if not word[0].isupper() or not _EVIDENCE.search(match.string, max(0, match.start() - 16), match.start()):
        return None
    return Expression(match.start(), match.end(), month=_month_number(word))


def _weekday(match: re.Match[str]) -> Expression | None:
    if not match["weekday"][0].isupper():
        return None
    return Expression(match.start(), match.end(), weekday=_WEEKDAYS[match["weekday"].lower()])


def _relative_day(match: re.Match[str]) -> Expression | None:
    """Return "gestern" or "heute Morgen"; "Morgen" with a capital is a part of the day."""
    word = match["day"].lower()
    before = match.string[max(0, match.start() - 8) : match.start()].rstrip()
    sentence_starts = not before or before[-1] in '.!?:\n„"»'
    if word == "morgen" and match["day"][0].isupper() and (not sentence_starts or match["part"]):
        return None
    return Expression(match.start(), match.end(), offset=(_RELATIVE_DAYS[word], "day"))


def _beside(match: re.Match[str]) -> Expression | None:
    """Return "letzte Woche", "am kommenden Freitag", "im vergangenen Mai", "nächsten Sommer"."""
    toward, what = _toward(match), match["what"].lower()
    start, end = match.span()
    if what in _WEEKDAYS:
        return Expression(start, end, weekday=_WEEKDAYS[what], toward=toward or 1)
    if what in _MONTHS:
        return Expression(start, end, month=_MONTHS[what], toward=toward)
    if what in _SEASONS:
        return Expression(start, end, season=_SEASONS[what], toward=toward)
    unit = _UNITS.get(what) or _UNITS[re.sub("(?:es|s|e)$", "", what)]
    if unit == "day":
        return None
    if unit == "weekend":
        # "Am kommenden Wochenende" is the one of this week.
        coming = match["next"] and match["next"].lower().startswith("kommend")
        return Expression(start, end, offset=(0 if coming else toward, unit), toward=1)
    return Expression(start, end, offset=(toward, unit))


def _ago(match: re.Match[str]) -> Expression | None:
    word = match["unit"].lower()
    count = int(german_number(match["count"]))
    if word.startswith(("stunde", "minute")):
        return Expression(
            match.start(), match.end(), offset=(0, "day") if count < 6 else None, value=None if count < 6 else ""
        )
    unit = next(
        u
        for name, u in _UNITS.items()
        if word.startswith(name)
        and (name != "jahr" or not word.startswith("jahr") or word in {"jahr", "jahre", "jahren"})
    )
    return Expression(match.start(), match.end(), offset=(-count, unit))


def _vaguely_ago(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), value="")


def _weekend(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=(0, "weekend"))


def _year_alone(match: re.Match[str]) -> Expression | None:
    text, year = match.string, int(match["year"])
    before = text[max(0, match.start() - 16) : match.start()]
    evidence = _BEFORE_YEAR.search(before)
    if _NO_YEAR.search(before) or re.match(r"\s?(?:Uhr|[€$%°])", text[match.end() :][:5]):
        return None
    if not evidence and (not 1900 <= year < 2050 or counts_something(text, match.end(), year=year % 50 != 0)):
        return None
    return Expression(match.start(), match.end(), year)


def _decade(match: re.Match[str]) -> Expression:
    word = match["decade"].lower()
    start = int(word) if word.isdecimal() else _TENS[word]
    return Expression(match.start(), match.end(), value=decade(start if start > 99 else 1900 + start))


def _century(match: re.Match[str]) -> Expression:
    value = "" if match["before_christ"] else century(int(match["number"]))
    return Expression(match.start(), match.end(), value=value)


def _before_christ(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), 1 - int(match["year"]))


def _quarter(match: re.Match[str]) -> Expression:
    word = match["number"].lower()
    ordinals = ("ersten", "zweiten", "dritten", "vierten")
    number = (
        ordinals.index(word.removesuffix("s").removesuffix("n") + "n") + 1 if word.isalpha() else int(word.strip("."))
    )
    return Expression(match.start(), match.end(), value=months(int(match["year"]), 3 * number - 2, 3))


def _season(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), int(match["year"]), season=_SEASONS[match["season"].lower()])


def _feast(match: re.Match[str]) -> Expression:
    month, day = _FEASTS[match["feast"].lower()]
    return Expression(match.start(), match.end(), int(match["year"]) if match["year"] else None, month, day)


def _time(match: re.Match[str]) -> Expression | None:
    time = clock(int(match["hour"]), int(match["minute"] or 0))
    return Expression(match.start(), match.end(), time=time) if time else None


def _day_month(match: re.Match[str]) -> Expression | None:
    day, month = int(match["day"]), int(match["number"])
    year = full_year(match["short"]) if match["short"] else None
    return Expression(match.start(), match.end(), year, month, day) if 1 <= month <= 12 else None


def _year_span(match: re.Match[str]) -> Expression | None:
    value = span_of_years(match["first"], match["last"])
    return Expression(match.start(), match.end(), value=value) if value else None


def _keys(pattern: str) -> list[str]:
    """Return the words that a list of alternatives with an optional last letter can be."""
    return [stem + end for word in pattern.split("|") for stem in [word.split("[")[0]] for end in ("", *"nmrs")]


_digits = {DIGITS}
_christ = r"(?:v\.\s?Chr\.|vor\s+Christus)"
_sides = _keys(f"{_past}|{_this}|{_next}")
_whats = "|".join(
    (
        "woche",
        "monate?s?",
        "quartale?s?",
        "jahr(?:es|e)?",
        "jahrzehnte?s?",
        "jahrhunderts?",
        "wochenende?s?",
        *_WEEKDAYS,
    )
)
_names = "|".join(n for n in _MONTHS if len(n) > 4 or n in {"märz", "mai", "juni", "juli"})
_units = r"(?P<unit>tage?n?|wochen?|monate?n?|jahr(?:en?|zehnten?|zehnt|hunderten?)?|stunden?|minuten?)"

GRAMMAR: Grammar[Expression] = Grammar(
    (
        *DIGIT_RULES,
        rule(_digits, rf"(?P<first>\d\d?)\.?\s*(?:-|–|bis|und)\s*(?:zum\s+)?{_day}\s+{_month}\s+{_year}", _calendar),
        rule(_digits, rf"{_day}(?<=\.)\s?{_month}(?:\s+{_year})?", _calendar),
        rule(_digits, rf"{_day}\s{_month}(?:\s+{_year})", _calendar),
        rule(_digits, r"(?<=\b[aA]m )(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.(?P<short>\d\d)?(?!\d)", _day_month),
        rule(_digits, r"(?<=\b[vV]om )(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.(?P<short>\d\d)?(?!\d)", _day_month),
        rule([*_MONTHS, *(f"{m}s" for m in _MONTHS)], rf"{_month}\s+{_year}", _calendar),
        rule([*_MONTHS, *(f"{m}s" for m in _MONTHS)], _month, _bare_month),
        rule(
            [
                day + part
                for day in _WEEKDAYS
                for part in ("", "s", *(p for w in _part.split("|") for p in (w.replace("s?", ""), w.replace("?", ""))))
            ],
            rf"(?P<weekday>{'|'.join(_WEEKDAYS)})s?(?:{_part})?\b(?:\s+(?:{_part})\b)?",
            _weekday,
        ),
        rule(_RELATIVE_DAYS, rf"(?P<day>{'|'.join(_RELATIVE_DAYS)})\b(?P<part>\s+(?:{_part})\b)?", _relative_day),
        rule(_sides, rf"{_side}\s+(?P<what>{_whats}|{_names}|{'|'.join(_SEASONS)})\b", _beside),
        rule("vor", rf"vor\s+{_count}\s+{_units}\b", _ago),
        rule("vor", rf"vor\s+(?:(?:einigen|wenigen|vielen|mehreren|ein\s+paar)\s+)?{_units}\b", _vaguely_ago),
        rule("wochenende", r"(?<=am )wochenende\b", _weekend),
        rule(_digits, _year, _year_alone),
        rule(_digits, r"(?P<decade>(?:[12]\d)?[2-9]0)er[\s-]?(?:jahren?\b|jahre\b)", _decade),
        rule(_digits, r"(?P<decade>[12]\d[1-9]0)er\b", _decade),
        rule(
            [w for t in _TENS for w in (t, f"{t}jahre", f"{t}jahren")],
            rf"(?P<decade>{'|'.join(_TENS)})[\s-]?jahren?\b",
            _decade,
        ),
        rule(_digits, rf"(?P<number>\d\d?)\.\s?jahrhunderts?\b(?P<before_christ>\s+{_christ})?", _century),
        rule(_digits, rf"(?P<year>\d{{1,4}})\s+{_christ}", _before_christ),
        rule(
            [DIGITS, *(f"{o}{e}" for o in ("erste", "zweite", "dritte", "vierte") for e in ("", "n", "s"))],
            rf"(?P<number>[1-4]\.|(?:erste|zweite|dritte|vierte)[ns]?)\s+quartals?\s+(?:des\s+jahres\s+)?{_year}",
            _quarter,
        ),
        rule(_SEASONS, rf"(?P<season>{'|'.join(_SEASONS)})\s+{_year}", _season),
        rule(_FEASTS, rf"(?P<feast>{'|'.join(_FEASTS)})\b(?:\s+{_year})?", _feast),
        rule(_digits, r"(?P<hour>\d\d?)(?:[.:](?P<minute>[0-5]\d))?\s?uhr\b(?:\s?MESZ|\s?MEZ)?", _time),
        rule(
            "zwischen von",
            r"(?:zwischen|von)\s+(?P<first>[12]\d{3})\s+(?:und|bis)\s+(?P<last>\d{4})(?![\w%]|[.,:]\d)",
            _year_span,
        ),
        rule(_digits, r"(?P<first>1\d{3}|20\d\d)\s+bis\s+(?P<last>1\d{3}|20\d\d)(?![\w%]|[.,:]\d)", _year_span),
    )
)

JOINTS = Joints(
    same=re.compile(r",?\s+(?:(?:de[nmrs]|im|am)\s+)*|\s?\(", re.I),
    before_time=re.compile(r",?\s+(?:(?:um|ab|gegen|kurz|nach|vor|am)\s+)*|,\s?", re.I),
    to=re.compile(r"\s+bis\s+(?:zum\s+)?|\s?[-–]\s?|(?P<open>\s+und\s+(?:dem\s+)?)", re.I),
    between=re.compile(r"\b(?:zwischen|von|vom)\s+(?:dem\s+)?\Z", re.I),
    modifier=re.compile(r"\b(?:Anfang|Mitte|Ende)\s+(?:de[rs]\s+)?\Z", re.I),
)
