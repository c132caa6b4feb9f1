"""How dates are written in English."""

from __future__ import annotations

import re

from kgretrieval.extractors.expressions.dates import Expression, Unit, century, clock, decade, months
from kgretrieval.extractors.expressions.dates_digits import DIGIT_RULES, span_of_years
from kgretrieval.extractors.expressions.dates_english_words import (
    A_DAY,
    A_MONTH,
    A_SECOND_DAY,
    A_WEEKDAY,
    A_YEAR,
    AFTER_YEAR,
    BEFORE_DOUBTFUL,
    BEFORE_YEAR,
    COUNT,
    DAYS,
    DOUBTFUL,
    FEASTS,
    FULL,
    MONTHS,
    NO_WEEKDAY,
    NO_YEAR,
    OPENS_SPAN,
    ORDINAL,
    PART_OF_DAY,
    RELATIVE_DAYS,
    SEASONS,
    SOMEBODYS,
    TENS,
    TO_MONTH,
    TOWARD,
    WEEKDAYS,
    ZONE,
)
from kgretrieval.extractors.expressions.dates_joined import Joints
from kgretrieval.extractors.expressions.numbers import ENGLISH_WORDS, english_number
from kgretrieval.extractors.expressions.quantities_english import counts_something
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, rule


def _number(text: str) -> int:
    return int(english_number(text)) if text.lower() not in {"a", "an"} else 1


def _calendar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    name = match["month"].rstrip(".")
    day = int(groups["day"]) if groups.get("day") else None
    if name.islower() and year is None and (name in DOUBTFUL or name not in FULL):
        return None
    month = MONTHS[name.lower()]
    if not groups.get("until"):
        return Expression(match.start(), match.end(), year, month, day)
    last = int(groups["until"])
    if not day or day >= last:
        return None
    value = f"{year:04}-{month:02}-{day:02}/{year:04}-{month:02}-{last:02}"
    return Expression(match.start(), match.end(), value=value)


def _bare_month(match: re.Match[str]) -> Expression | None:
    word = match["month"].lower()
    if word not in FULL:
        return None
    if word in DOUBTFUL or match["month"].islower():
        before = match.string[max(0, match.start() - 32) : match.start()]
        spans = OPENS_SPAN.search(before) and TO_MONTH.match(match.string, match.end())
        if not spans and not BEFORE_DOUBTFUL["may" if word == "may" else ""].search(before):
            return None
    return Expression(match.start(), match.end(), month=MONTHS[word])


def _weekday_named(match: re.Match[str]) -> Expression | None:
    word = match["weekday"].rstrip(".").lower()
    if NO_WEEKDAY.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    if word not in DAYS and not re.match(
        r",?\s+(?:\d{1,2}\b|[A-Z][a-z]{2,8}\.?\s+\d)", match.string[match.end() :][:20]
    ):
        return None
    return Expression(match.start(), match.end(), weekday=WEEKDAYS[word])


def _relative_day(match: re.Match[str]) -> Expression | None:
    # In the midst of a sentence "Today" is a newspaper or a programme.
    if match["day"] == "Today" and re.search(r"[\w,] \Z", match.string[max(0, match.start() - 2) : match.start()]):
        return None
    return Expression(match.start(), match.end(), offset=(RELATIVE_DAYS[match["day"].lower()], "day"))


def _day_before(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=(-2 if match["side"].lower() == "before" else 2, "day"))


def _last_next(match: re.Match[str]) -> Expression | None:
    """Return what "last", "this" or "next" points to: a unit of time, a part of a day, a weekday, a month, a season."""
    toward, what = TOWARD[match["which"].lower()], match["what"].lower()
    start, end = match.span()
    if what in WEEKDAYS:
        return Expression(start, end, weekday=WEEKDAYS[what], toward=toward or 1)
    if what in MONTHS:
        day = int(match["day"]) if match["day"] else None
        offset: tuple[int, Unit] | None = None if toward else (0, "year")
        return Expression(start, end, month=MONTHS[what], day=day, offset=offset, toward=toward)
    if what in SEASONS:
        return Expression(start, end, season=SEASONS[what], toward=toward)
    if what in {"night", "evening", "morning", "afternoon", "lunchtime"}:
        return Expression(start, end, offset=(toward, "day")) if toward < 1 else None
    unit: Unit = what  # type: ignore[assignment]
    if unit == "weekend":
        return Expression(start, end, offset=(toward if match["which"].lower() != "coming" else 0, unit), toward=1)
    return Expression(start, end, offset=(toward, unit))


def _weekend(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=(0, "weekend"))


def _ago(match: re.Match[str]) -> Expression | None:
    """Return "three weeks ago"; its value is as precise as its unit."""
    unit, count = match["unit"].lower(), _number(match["count"])
    sign = -1 if match["way"].lower() == "ago" else 1
    if unit in {"hour", "minute"}:
        hours = count if unit == "hour" else count / 60
        offset: tuple[int, Unit] | None = (0, "day") if hours < 6 else None
        return Expression(match.start(), match.end(), offset=offset, value=None if offset else "")
    return Expression(match.start(), match.end(), offset=(sign * count, unit))  # type: ignore[arg-type]


def _vaguely_ago(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), value="")


def _year_alone(match: re.Match[str]) -> Expression | None:
    """Return a year where the words around it let it be one: not "2000 people", "Windows 2000" or "1900 GMT"."""
    text, year = match.string, int(match["year"])
    before = text[max(0, match.start() - 16) : match.start()]
    if NO_YEAR.search(before) or AFTER_YEAR.match(text, match.end()):
        return None
    if not 1900 <= year < 2050 and not BEFORE_YEAR.search(before):
        return None
    if counts_something(text, match.end(), year=year % 50 != 0) and not re.search(
        r"\b(?:in|the|since|'s|its|his|their|our|a)\s+\Z", before, re.I
    ):
        return None
    return Expression(match.start(), match.end(), year)


def _before_christ(match: re.Match[str]) -> Expression:
    year, era = int(match["year"]), match["era"].replace(".", "").upper()
    return Expression(match.start(), match.end(), year if era in {"AD", "CE"} else 1 - year)


def _decade(match: re.Match[str]) -> Expression | None:
    digits = match["decade"]
    if len(digits) == 4:
        return Expression(match.start(), match.end(), value=decade(int(digits)))
    before = match.string[max(0, match.start() - 8) : match.start()]
    if int(digits) < 20 or not (
        match["mark"] is not None or re.search(r"\b(?:the|early|late|mid|and)[\s-]+\Z", before, re.I)
    ):
        return None
    return Expression(match.start(), match.end(), value=decade(1900 + int(digits)))


def _decade_in_words(match: re.Match[str]) -> Expression | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not re.search(r"\b(?:the|early|late|mid)[\s-]+\Z", before, re.I) or SOMEBODYS.search(before):
        return None
    return Expression(match.start(), match.end(), value=decade(1900 + TENS[match["decade"].lower()]))


def _century(match: re.Match[str]) -> Expression:
    word = re.sub(r"\s", "-", match["number"].lower())
    number = ORDINAL[word] if word in ORDINAL else int(re.sub(r"\D", "", word))
    return Expression(match.start(), match.end(), value=century(number))


def _part_of_year(match: re.Match[str]) -> Expression | None:
    """Return a quarter or a half of a year; without a year it has no value (an accounting year may start anywhere)."""
    word = match["number"].lower()
    number = ORDINAL[word] if word in ORDINAL else int(word.strip("qQstndrh"))
    half = (match.groupdict().get("unit") or "quarter").lower() == "half"
    if number > (2 if half else 4):
        return None
    size = 6 if half else 3
    return Expression(match.start(), match.end(), value=months(int(match["year"]), size * (number - 1) + 1, size))


def _season_of_year(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), int(match["year"]), season=SEASONS[match["season"].lower()])


def _season_alone(match: re.Match[str]) -> Expression | None:
    """Return a season that the year before or after it dates: "the summer of last year"."""
    joined = re.match(r"\s+(?:of\s+)?(?:last|this|next)\s+year", match.string[match.end() :][:16], re.I)
    return Expression(match.start(), match.end(), season=SEASONS[match["season"].lower()]) if joined else None


def _feast(match: re.Match[str]) -> Expression:
    month, day = FEASTS[re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))]
    return Expression(match.start(), match.end(), int(match["year"]) if match["year"] else None, month, day)


def _time(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = "Z" if groups.get("zone") in {"GMT", "UTC"} else ""
    time = clock(hour, minute, zone=zone)
    return Expression(match.start(), match.end(), time=time) if time else None


def _time_at(match: re.Match[str]) -> Expression | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not re.search(
        r"\b(?:at|from|until|till|by|around|before|after|shortly before|shortly after)\s+\Z", before, re.I
    ):
        return None
    if re.match(r"\s+(?:left|to go|remaining|minutes|mins|into)\b", match.string[match.end() :]):
        return None
    return _time(match)


def _noon(match: re.Match[str]) -> Expression | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not re.search(r"\b(?:at|until|till|by|around|before|after|from)\s+\Z", before, re.I):
        return None
    return Expression(match.start(), match.end(), time="00:00" if match.group().lower() == "midnight" else "12:00")


def _year_span(match: re.Match[str]) -> Expression | None:
    value = span_of_years(match["first"], match["last"])
    if not value or counts_something(match.string, match.end()):
        return None
    return Expression(match.start(), match.end(), value=value)


_numbers = {DIGITS, "a", "an", *ENGLISH_WORDS}
_unit = r"(?P<unit>day|week|month|year|decade|hour|minute)"
_what = "week weekend month quarter year decade century night evening morning afternoon lunchtime".split()
_what_names = "|".join((*_what, *DAYS, *FULL, *SEASONS))
_digits = {DIGITS}
_feasts = "|".join(FEASTS).replace("'", "['’]").replace(" ", r"\s+")
_vague = "decades|years|months|weeks|days|hours|centuries"

GRAMMAR: Grammar[Expression] = Grammar(
    (
        *DIGIT_RULES,
        rule(_digits, rf"{A_DAY}\s*(?:-|–|to|and)\s*{A_SECOND_DAY}(?:\s+of)?\s+{A_MONTH},?\s+{A_YEAR}", _calendar),
        rule(_digits, rf"{A_DAY}(?:\s+of\s+|[\s-]+){A_MONTH}(?:(?:,?\s+|-){A_YEAR})?", _calendar),
        rule(MONTHS, rf"{A_MONTH}\s+{A_DAY}\s*(?:-|–|to|and)\s*{A_SECOND_DAY},?\s+{A_YEAR}", _calendar),
        rule(MONTHS, rf"{A_MONTH}(?:\s+|(?<=\.)){A_DAY}(?:,?\s+{A_YEAR})?", _calendar),
        rule(MONTHS, rf"{A_MONTH},?\s+(?:of\s+)?{A_YEAR}", _calendar),
        rule(MONTHS, A_MONTH, _bare_month),
        rule(WEEKDAYS, rf"{A_WEEKDAY}{PART_OF_DAY}", _weekday_named),
        rule(RELATIVE_DAYS, rf"(?P<day>{'|'.join(RELATIVE_DAYS)})\b{PART_OF_DAY}", _relative_day),
        rule("day", r"day\s+(?P<side>before|after)\s+(?:yesterday|tomorrow)\b", _day_before),
        rule(
            TOWARD,
            rf"(?P<which>{'|'.join(TOWARD)})\s+(?:(?:past|coming)\s+)?(?P<what>{_what_names})\b(?:(?<=[a-z])\s+{A_DAY}|{PART_OF_DAY})",
            _last_next,
        ),
        rule("weekend", r"(?<=the\s)weekend\b", _weekend),
        rule(_numbers, rf"{COUNT}\s+{_unit}s?\s+(?P<way>ago|from\s+now)\b", _ago),
        rule("in", rf"in\s+{COUNT}\s+{_unit}s?['’]?s?\s+(?P<way>time)\b", _ago),
        rule(
            f"several few many {_vague}".replace("|", " "),
            rf"(?:(?:several|few|many)\s+)?(?:{_vague})\s+ago\b",
            _vaguely_ago,
        ),
        rule(_digits, A_YEAR, _year_alone),
        rule(_digits, r"(?P<year>\d{1,4})\s?(?P<era>BCE|BC|B\.C\.|AD|A\.D\.|CE)(?!\w)", _before_christ),
        rule("ad", r"(?P<era>AD)\s(?P<year>\d{1,4})(?![\w%])", _before_christ),
        rule(_digits, r"(?P<mark>)(?P<decade>[12]\d\d0)['’]?s\b", _decade),
        rule(_digits, r"(?P<mark>(?<=['’]))?(?P<decade>\d0)['’]?s\b", _decade),
        rule(TENS, rf"(?P<decade>{'|'.join(TENS)})\b", _decade_in_words),
        rule(_digits, r"(?P<number>\d{1,2}(?:st|nd|rd|th))[\s-]century\b", _century),
        rule({*ORDINAL, "twenty"}, rf"(?P<number>twenty[\s-]first|{'|'.join(ORDINAL)})[\s-]century\b", _century),
        rule(
            {*ORDINAL, DIGITS},
            rf"(?P<number>[1-4](?:st|nd|rd|th)|first|second|third|fourth)[\s-](?P<unit>quarter|half)\s+(?:of\s+)?{A_YEAR}",
            _part_of_year,
        ),
        rule("q", rf"(?P<number>Q[1-4])(?:\s+(?:of\s+)?|/){A_YEAR}", _part_of_year),
        rule(SEASONS, rf"(?P<season>{'|'.join(SEASONS)})\s+(?:of\s+)?{A_YEAR}", _season_of_year),
        rule(SEASONS, rf"(?P<season>{'|'.join(SEASONS)})\b", _season_alone),
        rule("christmas boxing new valentine st", rf"(?P<feast>{_feasts})\b(?:,?\s+{A_YEAR})?", _feast),
        rule(
            _digits,
            rf"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b(?:\.(?=\s+[a-z(]|,))?{ZONE}?",
            _time,
        ),
        rule(_digits, rf"(?P<hour>\d\d?)[:.](?P<minute>[0-5]\d){ZONE}", _time),
        rule(_digits, rf"(?P<hour>\d\d)(?P<minute>[0-5]\d){ZONE}", _time),
        rule(_digits, r"(?P<hour>\d\d?):(?P<minute>[0-5]\d)(?![\w:%])", _time_at),
        rule("noon midday midnight", r"(?:noon|midday|midnight)\b", _noon),
        rule(
            "between from",
            r"(?:between|from)\s+(?P<first>[12]\d{3})(?:\s+(?:and|to|until|till)\s+|\s?[-–]\s?)(?P<last>\d{4}|\d\d)(?![\w%]|[.,:]\d)",
            _year_span,
        ),
    )
)

JOINTS = Joints(
    same=re.compile(r",?\s+(?:(?:of|the|in)\s+)?|\s?\("),
    before_time=re.compile(r",?\s+(?:(?:at|on|@|-|from|by)\s+)?(?:(?:around|about|the)\s+)?|,\s?", re.I),
    to=re.compile(r"\s+(?:to|until|till|through)\s+|\s?[-–]\s?|(?P<open>\s+and\s+)", re.I),
    between=re.compile(r"\b(?:between|from)\s+(?:the\s+)?\Z", re.I),
    modifier=re.compile(r"\b(?:early|late|mid)(?:\s+on\s+|\s+in\s+|\s+|-)(?:the\s+)?\Z", re.I),
)
