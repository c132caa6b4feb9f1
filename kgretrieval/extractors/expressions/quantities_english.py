"""How quantities are written in English."""

from __future__ import annotations

import re
from decimal import Decimal

from kgretrieval.extractors.expressions.numbers import (
    ENGLISH_DIGITS,
    ENGLISH_WORD_NUMBER,
    ENGLISH_WORDS,
    MAGNITUDES,
    english_number,
)
from kgretrieval.extractors.expressions.quantities import CODES, DOLLARS, SIGNS, SYMBOLS, Quantity, quantity
from kgretrieval.extractors.expressions.quantities_english_units import (
    DOUBTFUL_UNITS,
    IRREGULAR,
    NO_ADJECTIVE,
    NO_PLURALS,
    UNITS,
)
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, Rule

_RACES = frozenset("50 60 100 110 200 400 800 1500 3000 5000 10000".split())
_RACE = re.compile(
    r"\s+(?:hurdles?|final|race|relay|sprint|freestyle|butterfly|breaststroke|backstroke|individual|record|champion|"
    r"title|gold|silver|bronze|heats?|semi|runner|men|women|indoor|steeplechase|event|and|in|at|world|Olympic)\b"
)
# "30ft (10m)"
_AFTER_LENGTH = re.compile(r"(?:ft|feet|foot|miles?|yards?|yds?|in|inches)\s?\(\Z")
_SIZE = re.compile(r"\s+(?:high|long|wide|tall|deep|away|from|above|below|ahead|out|line|down)\b")
# "Radio 5", "Section 5", "No 10": the number belongs to a name.
_NAMED = re.compile(
    r"\b(?:Radio|Section|Formula|Windows|Channel|Chapter|Article|Boeing|Airbus|BBC|ITV|Number|No\.?|Group|Level|Page|"
    r"Type|Phase|Round|Room|Route|Highway|Apollo|Act|Part|Volume|Flight|Division|League|Grade|Category|Pentium|"
    r"PlayStation|Episode|Stage|Tier|Class|Mark|Version|Under|Week|Day|War|top|page|number)[\s-]+\Z"
)
_AGE_BEFORE = re.compile(r"[A-Z][\w’'-]+,\s\Z")

_units = "|".join(re.escape(u).replace(r"\ ", r"[\s-]") for u in sorted(UNITS, key=len, reverse=True))
_symbols = "|".join(re.escape(u) for u in sorted(SYMBOLS, key=len, reverse=True))
_words = "hundred|thousand|million|billion|trillion"
_UNIT = re.compile(rf"[\s-]?(?P<unit>(?i:{_units}))(?:(?P<plural>(?i:e?s))?)(?!\w)|\s?(?P<symbol>{_symbols})(?!\w)")
_MAGNITUDE = re.compile(
    rf"[\s-](?P<word>(?i:{_words}))s?\b|\s?(?P<short>bn|tn|trn|mn|mln|m|k)(?![\w²³])(?!\s?per\b)|\s(?P<dozen>dozen)\b"
)
_HALF = re.compile(r"\s+and\s+a\s+half\b", re.I)
_YEAR_OLD = re.compile(r"(?:[\s-]years?)?[\s-](?:old|of[\s-]age)\b|-year-olds?\b", re.I)
_GOES_ON = re.compile(r"[\w]|[.,:/-]\d|[-–]\s?[£$€]?\d|\s?[/x×]\s?\d")
_NOUN = re.compile(r"[\s-]([a-z]+(?:-[a-z]+)*)(?:\s([a-z]+))?(?![\w])")
_CODE = re.compile(rf"\s?(?P<code>{'|'.join(sorted(CODES))})\b")
_OF_WEIGHT = re.compile(r"\s+of\b")


def singular(noun: str) -> str:
    """Return the singular of an English plural, by its ending.

    Examples
    --------
    >>> [singular(word) for word in ("people", "jobs", "countries", "losses", "houses", "series")]
    ['person', 'job', 'country', 'loss', 'house', 'series']
    """
    word = noun.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _plural(word: str) -> bool:
    if word in IRREGULAR:
        return True
    return (
        word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "ous", "us", "is")) and word not in NO_PLURALS
    )


def _counted(text: str, end: int) -> tuple[int, str] | None:
    """Return the end and the singular of the noun counted by a number that ends at `end`, with an adjective between."""
    match = _NOUN.match(text, end)
    if not match:
        return None
    first, second = match[1], match[2]
    if _plural(first) and text[end] != "-":
        return match.end(1), singular(first)
    if (
        second
        and _plural(second)
        and (first not in NO_ADJECTIVE or first == "more")
        and first not in ENGLISH_WORDS
        and not first.endswith("ly")
    ):
        return match.end(2), singular(second)
    return None


def counts_something(text: str, end: int, *, year: bool = False) -> bool:
    """Return whether a number that ends at `end` counts or measures something ("2000 people", "1945 km").

    With `year` it may well be one: then only what news counts in thousands tells ("1984 people", but "2004 levels").
    """
    counted, unit = _counted(text, end), _UNIT.match(text, end)
    if unit and (unit["plural"] or unit["symbol"] or unit["unit"].lower() in IRREGULAR or not year):
        return True
    return counted is not None and (not year or counted[1] in IRREGULAR.values())


def _number(match: re.Match[str]) -> tuple[Decimal, int]:
    """Return the number that starts with a match of digits or words, with its magnitude, and where it ends."""
    text, end = match.string, match.end()
    number = english_number(match["number"])
    half = _HALF.match(text, end)
    if half:
        number, end = number + Decimal("0.5"), half.end()
    magnitude = _MAGNITUDE.match(text, end)
    if magnitude and magnitude["dozen"]:
        return number * 12, magnitude.end()
    if magnitude and not (magnitude["short"] == "m" and _is_metres(match, magnitude)):
        power = MAGNITUDES[(magnitude["word"] or magnitude["short"]).lower()]
        return number * Decimal(10) ** power, magnitude.end()
    return number, end


def _is_metres(number: re.Match[str], magnitude: re.Match[str]) -> bool:
    """Return whether "m" is metres: news writes "100m" for the race and "5m" for the millions."""
    if number.groupdict().get("sign"):
        return False
    text, end = number.string, magnitude.end()
    race = number["number"].replace(",", "") in _RACES and (_RACE.match(text, end) or not _counted(text, end))
    if _AFTER_LENGTH.search(text, max(0, number.start() - 10), number.start()):
        return True
    return bool(race or _SIZE.match(text, end) or magnitude.group()[0].isspace())


def _signed(match: re.Match[str]) -> Quantity | None:
    number, end = _number(match)
    text, start = match.string, match.start()
    if _GOES_ON.match(text, end):
        return None
    code = SIGNS[match["sign"]]
    if code == "USD":
        letters = re.search(r"(?<![A-Za-z])[A-Z]{1,2}\Z", text[max(0, start - 3) : start])
        if letters and letters.group() in DOLLARS:
            code, start = DOLLARS[letters.group()], start - len(letters.group())
    return quantity(start, end, number, code)


def _coded(match: re.Match[str]) -> Quantity | None:
    number, end = _number(match)
    code = "CNY" if match["code"] == "RMB" else match["code"]
    return None if _GOES_ON.match(match.string, end) else quantity(match.start(), end, number, code)


def _counted_or_measured(match: re.Match[str]) -> Quantity | None:
    """Return a number with what it counts or measures; alone only where it is written as a large one."""
    text, start = match.string, match.start()
    written = match["number"].lower()
    age = _YEAR_OLD.match(text, match.end())
    if age:
        return quantity(start, age.end(), english_number(match["number"]), "year")
    number, end = _number(match)
    if _NAMED.search(text, max(0, start - 14), start):
        return None
    unit = _unit_at(text, end, written)
    if unit:
        return quantity(start, unit[0], number, unit[1])
    if _GOES_ON.match(text, end):
        return None
    counted = _counted(text, end) if written != "one" else None
    if counted:
        return quantity(start, counted[0], number, counted[1])
    if written in {"a", "an"} and end == match.end():
        return None
    large = end > match.end() or "," in written or " hundred" in written or " thousand" in written
    if not large and _is_age(match):
        return quantity(start, end, number, "year")
    return quantity(start, end, number, "") if large else None


def _unit_at(text: str, end: int, written: str) -> tuple[int, str] | None:
    match = _UNIT.match(text, end)
    if match and match["symbol"]:
        return match.end(), SYMBOLS[match["symbol"]]
    if match:
        name = re.sub(r"[\s-]", " ", match["unit"].lower())
        unit = UNITS[name]
        if unit == "GBP" and _OF_WEIGHT.match(text, match.end()):
            unit = "pound"
        if name in DOUBTFUL_UNITS and not match["plural"] and written != "one":
            # "the two second halves", "5 won": no measures; "a 20-point lead" is one.
            return (match.end(), unit) if text[end] == "-" else None
        return match.end(), unit
    code = _CODE.match(text, end)
    if code:
        return code.end(), "CNY" if code["code"] == "RMB" else code["code"]
    metres = re.match(r"\s?m(?!\w)", text[end : end + 3])
    if metres and written[0].isdecimal():
        return end + metres.end(), "m"
    sign = re.match(r"\s?([€£$])(?!\d)", text[end : end + 3])
    return (end + sign.end(), SIGNS[sign[1]]) if sign and text[end] == "€" else None


def _is_age(match: re.Match[str]) -> bool:
    """Return whether a number stands as an age does: "Tara Reid, 33, who"."""
    text, start, end = match.string, match.start(), match.end()
    if not re.fullmatch(r"[1-9]\d", match["number"]) or text[end : end + 1] not in {",", "."}:
        return False
    return bool(_AGE_BEFORE.search(text, max(0, start - 24), start)) and not re.match(r",\s?\d", text[end : end + 3])


def _pence(match: re.Match[str]) -> Quantity:
    return quantity(match.start(), match.end(), Decimal(match["number"]), "penny")


def _aged(match: re.Match[str]) -> Quantity:
    return quantity(match.start(), match.end(), english_number(match["number"]), "year")


def _fraction(match: re.Match[str]) -> Quantity | None:
    """Return "half a million", "half an hour", "a dozen"."""
    text = match.string
    factor = Decimal("0.5") if match["half"] else Decimal(1)
    word = match["word"].lower()
    if word == "dozen":
        number, unit = 12 * factor, ""
    elif word in MAGNITUDES:
        number, unit = factor * Decimal(10) ** MAGNITUDES[word], ""
    else:
        return quantity(match.start(), match.end(), factor, UNITS[word]) if match["half"] else None
    known = _unit_at(text, match.end(), word) or _counted(text, match.end())
    end, unit = known or (match.end(), unit)
    return quantity(match.start(), end, number, unit)


_before = r"(?<![\w.:/#&-])(?<!\d,)"
_number_digits = rf"(?P<number>{ENGLISH_DIGITS})"
_number_any = rf"(?P<number>{ENGLISH_DIGITS}|{ENGLISH_WORD_NUMBER})"

GRAMMAR: Grammar[Quantity] = Grammar(
    (
        Rule(frozenset(SIGNS), re.compile(rf"(?P<sign>[$£€¥₹])\s?{_number_digits}"), _signed),
        Rule(
            frozenset(code.lower() for code in CODES),
            re.compile(rf"\b(?P<code>{'|'.join(sorted(CODES))})\s?{_number_digits}"),
            _coded,
        ),
        Rule(frozenset({DIGITS}), re.compile(rf"{_before}(?P<number>\d+(?:\.\d+)?)p(?!\w)"), _pence),
        Rule(frozenset({"aged"}), re.compile(rf"aged\s+{_number_any}(?![\w-])", re.I), _aged),
        Rule(
            frozenset({"half", "a"}),
            re.compile(
                r"\b(?:(?P<half>half\s+an?)|a)\s+(?P<word>dozen|million|billion|trillion|hour|mile|minute)\b", re.I
            ),
            _fraction,
        ),
        Rule(frozenset({DIGITS}), re.compile(rf"{_before}{_number_digits}"), _counted_or_measured),
        Rule(
            frozenset({*ENGLISH_WORDS, "a", "an"}),
            re.compile(rf"(?<![\w-]){_number_any}(?![\w])", re.I),
            _counted_or_measured,
        ),
    )
)
