"""How dates are written in English."""

from __future__ import annotations

import re

from kgretrieval.extractors._dates import Expression, Unit, century, clock, decade, months
from kgretrieval.extractors._dates_digits import DIGIT_RULES, span_of_years
from kgretrieval.extractors._dates_joined import Joints
from kgretrieval.extractors._numbers import ENGLISH_WORD_NUMBER, ENGLISH_WORDS, english_number
from kgretrieval.extractors._quantities_english import counts_something
from kgretrieval.extractors._value_rules import DIGITS, Grammar, rule

_FULL = "january february march april may june july august september october november december".split()
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTHS = {name: i for names in (_FULL, _SHORT) for i, name in enumerate(names, 1)} | {"sept": 9}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAYS = {name: i for i, name in enumerate(_DAYS)} | {name[:3]: i for i, name in enumerate(_DAYS)}
_WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
_SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINAL = {word: i for i, word in enumerate(_ORDINALS.split(), 1)} | {"twenty-first": 21}
_TENS = dict(
    zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), range(20, 100, 10), strict=True
    )
)
_FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1)}
_FEASTS |= {"new year's eve": (12, 31), "valentine's day": (2, 14), "st patrick's day": (3, 17)}
_TOWARD = {"last": -1, "this": 0, "next": 1, "coming": 1}
_RELATIVE_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

# Words that are verbs, names or modals as well: without a day or a year they need a preposition before them.
_DOUBTFUL = frozenset({"may", "march", "april", "june"})
_SURE = r"in|since|until|till|during|throughout|early|late|mid|end of|beginning of|(?:between|from)\s+\w+\s+(?:and|to)"
_BEFORE_DOUBTFUL = {
    "may": re.compile(rf"\b(?:{_SURE})[\s-]+\Z", re.I),
    "": re.compile(rf"\b(?:{_SURE}|from|to|by|between|before|after|for)[\s-]+\Z", re.I),
}
_OPENS_SPAN = re.compile(r"\b(?:between|from)\s+\Z", re.I)
_TO_MONTH = re.compile(rf"(?:\s+(?:to|and|until|till)\s+|\s?[-–]\s?)(?:{'|'.join(_FULL)})\b", re.I)
# "Sunday Times", "Sheffield Wednesday", "Good Friday": names, not days.
_PAPERS = r"(?!\s+(?:Times|Mirror|Telegraph|Express|Herald|Post|People|Sport)\b)"
_NO_WEEKDAY = re.compile(r"\b(?:Sheffield|Black|Good|Ruby|Super|Bloody|Ash|Cyber|Freaky|Man|Easter|Palm|Joe)\s+\Z")
# "In his mid-thirties" is an age.
_SOMEBODYS = re.compile(r"\b(?:his|her|their|my|your|our)\s", re.I)
_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|from|of|circa|year|early|late|mid|before|after|around|between|during|to|and)[\s-]+\Z",
    re.I,
)
# "more than 2000", "Windows 2000", "No 1945".
_NO_YEAR = re.compile(
    r"\b(?:than|nearly|almost|over|about|some|approximately|least|Windows|Office|No\.?|number|Peugeot|page|room|route|"
    r"Radio|worth|another|only|up to|total of)\s+\Z",
    re.I,
)
_AFTER_YEAR = re.compile(
    r"\s?(?:GMT|BST|UTC|[ap]\.?m\b|hours\b)|\s+(?:local time|EST|EDT|ET|CET)\b|\s?°|-(?:year|odd|strong)"
)

_month = rf"(?P<month>(?:{'|'.join(_FULL)})\b|(?:{'|'.join(_SHORT)}|sept)\b\.?)"
_weekday = rf"(?P<weekday>(?:{'|'.join(_DAYS)})\b{_PAPERS}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_day = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_second_day = r"(?P<until>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
_year = r"(?P<year>[12]\d{3})(?![\w%]|[.,:]\d)"
_part_of_day = r"(?:\s+(?P<part>morning|lunchtime|afternoon|evening|night)\b)?"
_zone = r"(?:\s?\(?(?P<zone>GMT|UTC|BST|ET|EST|EDT|PT|PST|PDT|CST|CDT|CEST|CET|AEST|local time)\b)"
_count = rf"(?P<count>\d{{1,3}}|{ENGLISH_WORD_NUMBER}|an?\b)"


def _number(text: str) -> int:
    return int(english_number(text)) if text.lower() not in {"a", "an"} else 1


def _calendar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    name = match["month"].rstrip(".")
    day = int(groups["day"]) if groups.get("day") else None
    if name.islower() and year is None and (name in _DOUBTFUL or name not in _FULL):
        return None
    month = _MONTHS[name.lower()]
    if not groups.get("until"):
        return Expression(match.start(), match.end(), year, month, day)
    first, last = (Expression(0, 0, year, month, d) for d in (day, int(groups["until"])))
    if year is None or not day or day >= int(groups["until"]):
        return None
    value = f"{year:04}-{month:02}-{first.day:02}/{year:04}-{month:02}-{last.day:02}"
    return Expression(match.start(), match.end(), value=value)


def _bare_month(match: re.Match[str]) -> Expression | None:
    word = match["month"].lower()
    if word not in _FULL:
        return None
    if word in _DOUBTFUL or match["month"].islower():
        before = match.string[max(0, match.start() - 32) : match.start()]
        spans = _OPENS_SPAN.search(before) and _TO_MONTH.match(match.string, match.end())
        if not spans and not _BEFORE_DOUBTFUL["may" if word == "may" else ""].search(before):
            return None
    return Expression(match.start(), match.end(), month=_MONTHS[word])


def _weekday_named(match: re.Match[str]) -> Expression | None:
    word = match["weekday"].rstrip(".").lower()
    if _NO_WEEKDAY.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    if word not in _DAYS and not re.match(
        r",?\s+(?:\d{1,2}\b|[A-Z][a-z]{2,8}\.?\s+\d)", match.string[match.end() :][:20]
    ):
        return None
    return Expression(match.start(), match.end(), weekday=_WEEKDAYS[word])


def _relative_day(match: re.Match[str]) -> Expression | None:
    # In the midst of a sentence "Today" is a newspaper or a programme.
    if match["day"] == "Today" and re.search(r"[\w,] \Z", match.string[max(0, match.start() - 2) : match.start()]):
        return None
    return Expression(match.start(), match.end(), offset=(_RELATIVE_DAYS[match["day"].lower()], "day"))


def _day_before(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=(-2 if match["side"].lower() == "before" else 2, "day"))


def _last_next(match: re.Match[str]) -> Expression | None:
    """Return what "last", "this" or "next" points to: a unit of time, a part of a day, a weekday, a month, a season."""
    toward, what = _TOWARD[match["which"].lower()], match["what"].lower()
    start, end = match.span()
    if what in _WEEKDAYS:
        return Expression(start, end, weekday=_WEEKDAYS[what], toward=toward or 1)
    if what in _MONTHS:
        day = int(match["day"]) if match["day"] else None
        offset: tuple[int, Unit] | None = None if toward else (0, "year")
        return Expression(start, end, month=_MONTHS[what], day=day, offset=offset, toward=toward)
    if what in _SEASONS:
        return Expression(start, end, season=_SEASONS[what], toward=toward)
    if what in {"night", "evening", "morning", "afternoon", "lunchtime"}:
        return Expression(start, end, offset=(toward, "day")) if toward < 1 else None
    unit: Unit = what  # type: ignore[assignment]
    return Expression(start, end, offset=(toward, unit), toward=1 if unit == "weekend" else 0)


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
    if _NO_YEAR.search(before) or _AFTER_YEAR.match(text, match.end()):
        return None
    if not 1900 <= year < 2050 and not _BEFORE_YEAR.search(before):
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
    if not re.search(r"\b(?:the|early|late|mid)[\s-]+\Z", before, re.I) or _SOMEBODYS.search(before):
        return None
    return Expression(match.start(), match.end(), value=decade(1900 + _TENS[match["decade"].lower()]))


def _century(match: re.Match[str]) -> Expression:
    word = re.sub(r"\s", "-", match["number"].lower())
    number = _ORDINAL[word] if word in _ORDINAL else int(re.sub(r"\D", "", word))
    return Expression(match.start(), match.end(), value=century(number))


def _part_of_year(match: re.Match[str]) -> Expression | None:
    """Return a quarter or a half of a year; without a year it has no value (an accounting year may start anywhere)."""
    word = match["number"].lower()
    number = _ORDINAL[word] if word in _ORDINAL else int(word.strip("qQstndrh"))
    half = (match.groupdict().get("unit") or "quarter").lower() == "half"
    if number > (2 if half else 4):
        return None
    size = 6 if half else 3
    return Expression(match.start(), match.end(), value=months(int(match["year"]), size * (number - 1) + 1, size))


def _season_of_year(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), int(match["year"]), season=_SEASONS[match["season"].lower()])


def _season_alone(match: re.Match[str]) -> Expression | None:
    """Return a season that the year before or after it dates: "the summer of last year"."""
    joined = re.match(r"\s+(?:of\s+)?(?:last|this|next)\s+year", match.string[match.end() :][:16], re.I)
    return Expression(match.start(), match.end(), season=_SEASONS[match["season"].lower()]) if joined else None


def _feast(match: re.Match[str]) -> Expression:
    month, day = _FEASTS[re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))]
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
_what_names = "|".join((*_what, *_DAYS, *_FULL, *_SEASONS))
_digits = {DIGITS}
_feasts = "|".join(_FEASTS).replace("'", "['’]").replace(" ", r"\s+")
_vague = "decades|years|months|weeks|days|hours|centuries"

GRAMMAR: Grammar[Expression] = Grammar(
    (
        *DIGIT_RULES,
        rule(_digits, rf"{_day}\s*(?:-|–|to|and)\s*{_second_day}(?:\s+of)?\s+{_month},?\s+{_year}", _calendar),
        rule(_digits, rf"{_day}(?:\s+of\s+|[\s-]+){_month}(?:(?:,?\s+|-){_year})?", _calendar),
        rule(_MONTHS, rf"{_month}\s+{_day}\s*(?:-|–|to|and)\s*{_second_day},?\s+{_year}", _calendar),
        rule(_MONTHS, rf"{_month}(?:\s+|(?<=\.)){_day}(?:,?\s+{_year})?", _calendar),
        rule(_MONTHS, rf"{_month},?\s+(?:of\s+)?{_year}", _calendar),
        rule(_MONTHS, _month, _bare_month),
        rule(_WEEKDAYS, rf"{_weekday}{_part_of_day}", _weekday_named),
        rule(_RELATIVE_DAYS, rf"(?P<day>{'|'.join(_RELATIVE_DAYS)})\b{_part_of_day}", _relative_day),
        rule("day", r"day\s+(?P<side>before|after)\s+(?:yesterday|tomorrow)\b", _day_before),
        rule(
            _TOWARD,
            rf"(?P<which>{'|'.join(_TOWARD)})\s+(?:(?:past|coming)\s+)?(?P<what>{_what_names})\b(?:(?<=[a-z])\s+{_day}|{_part_of_day})",
            _last_next,
        ),
        rule("weekend", r"(?<=the\s)weekend\b", _weekend),
        rule(_numbers, rf"{_count}\s+{_unit}s?\s+(?P<way>ago|from\s+now)\b", _ago),
        rule("in", rf"in\s+{_count}\s+{_unit}s?['’]?s?\s+(?P<way>time)\b", _ago),
        rule(
            f"several few many {_vague}".replace("|", " "),
            rf"(?:(?:several|few|many)\s+)?(?:{_vague})\s+ago\b",
            _vaguely_ago,
        ),
        rule(_digits, _year, _year_alone),
        rule(_digits, r"(?P<year>\d{1,4})\s?(?P<era>BCE|BC|B\.C\.|AD|A\.D\.|CE)(?!\w)", _before_christ),
        rule("ad", r"(?P<era>AD)\s(?P<year>\d{1,4})(?![\w%])", _before_christ),
        rule(_digits, r"(?P<mark>)(?P<decade>[12]\d\d0)['’]?s\b", _decade),
        rule(_digits, r"(?P<mark>(?<=['’]))?(?P<decade>\d0)['’]?s\b", _decade),
        rule(_TENS, rf"(?P<decade>{'|'.join(_TENS)})\b", _decade_in_words),
        rule(_digits, r"(?P<number>\d{1,2}(?:st|nd|rd|th))[\s-]century\b", _century),
        rule({*_ORDINAL, "twenty"}, rf"(?P<number>twenty[\s-]first|{'|'.join(_ORDINAL)})[\s-]century\b", _century),
        rule(
            {*_ORDINAL, DIGITS},
            rf"(?P<number>[1-4](?:st|nd|rd|th)|first|second|third|fourth)[\s-](?P<unit>quarter|half)\s+(?:of\s+)?{_year}",
            _part_of_year,
        ),
        rule("q", rf"(?P<number>Q[1-4])(?:\s+(?:of\s+)?|/){_year}", _part_of_year),
        rule(_SEASONS, rf"(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+)?{_year}", _season_of_year),
        rule(_SEASONS, rf"(?P<season>{'|'.join(_SEASONS)})\b", _season_alone),
        rule("christmas boxing new valentine st", rf"(?P<feast>{_feasts})\b(?:,?\s+{_year})?", _feast),
        rule(
            _digits,
            rf"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b(?:\.(?=\s+[a-z(]|,))?{_zone}?",
            _time,
        ),
        rule(_digits, rf"(?P<hour>\d\d?)[:.](?P<minute>[0-5]\d){_zone}", _time),
        rule(_digits, rf"(?P<hour>\d\d)(?P<minute>[0-5]\d){_zone}", _time),
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
