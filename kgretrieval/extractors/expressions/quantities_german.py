"""How quantities are written in German."""

from __future__ import annotations

import re
from decimal import Decimal

from kgretrieval.extractors.expressions.numbers import (
    GERMAN_DIGITS,
    GERMAN_MAGNITUDES,
    GERMAN_WORD_NUMBER,
    GERMAN_WORDS,
    german_number,
)
from kgretrieval.extractors.expressions.quantities import CODES, SIGNS, SYMBOLS, Quantity, quantity
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, Rule

# Each unit with the forms of its plural and of its cases.
_FORMS = {
    **{"USD": "us-dollar dollar dollars", "EUR": "euro euros", "GBP": "pfund", "JPY": "yen", "CNY": "yuan"},
    **{"CHF": "franken", "RUB": "rubel", "DEM": "d-mark mark", "PLN": "zloty", "cent": "cent", "%": "prozent"},
    **{
        "percentage point": "prozentpunkt prozentpunkte prozentpunkten",
        "km": "kilometer kilometern",
        "m": "meter metern",
    },
    **{"cm": "zentimeter zentimetern", "mm": "millimeter millimetern", "km2": "quadratkilometer", "m2": "quadratmeter"},
    **{"m3": "kubikmeter", "kg": "kilogramm kilo kilos", "g": "gramm", "t": "tonne tonnen", "l": "liter litern"},
    **{"ha": "hektar", "km/h": "stundenkilometer", "degree": "grad", "W": "watt", "kW": "kilowatt", "MW": "megawatt"},
    **{"GW": "gigawatt", "kWh": "kilowattstunde kilowattstunden", "barrel": "barrel fass", "mile": "meile meilen"},
    **{"second": "sekunde sekunden", "minute": "minute minuten", "hour": "stunde stunden", "day": "tag tage tagen"},
    **{"week": "woche wochen", "month": "monat monate monaten", "year": "jahr jahre jahren"},
    **{"decade": "jahrzehnt jahrzehnte jahrzehnten", "century": "jahrhundert jahrhunderte jahrhunderten"},
    **{"person": "mensch menschen person personen leute leuten", "man": "mann männer männern", "woman": "frau frauen"},
    **{"child": "kind kinder kindern", "point": "punkt punkte punkten zähler", "goal": "tor tore toren"},
    **{
        "job": "arbeitsplatz arbeitsplätze arbeitsplätzen stelle stellen job jobs",
        "time": "mal",
        "seat": "sitz sitze sitzen",
    },
    **{"inhabitant": "einwohner einwohnern", "employee": "mitarbeiter mitarbeitern beschäftigte beschäftigten"},
    **{"visitor": "besucher besuchern", "student": "student studenten", "pupil": "schüler schülern"},
    **{
        "spectator": "zuschauer zuschauern",
        "vote": "stimme stimmen",
        "death": "todesopfer",
        "soldier": "soldat soldaten",
    },
    **{"injured person": "verletzte verletzten", "dead person": "tote toten", "house": "haus häuser häusern"},
    **{"company": "unternehmen", "country": "land länder ländern", "vehicle": "fahrzeug fahrzeuge fahrzeugen"},
    **{"car": "auto autos", "member": "mitglied mitglieder mitgliedern", "game": "spiel spiele spielen"},
}
_UNITS = {form: unit for unit, forms in _FORMS.items() for form in forms.split()} | {"grad celsius": "°C"}
# Of these "ein" is an article, not a number: "eine Frau", "ein Jahr".
_WITH_ARTICLE = frozenset(_FORMS) - frozenset("USD EUR GBP JPY CHF % km m kg g t l".split())
_ENDINGS = {"innen": "in", "ungen": "ung", "heiten": "heit", "keiten": "keit", "schaften": "schaft", "ionen": "ion"}
# Nouns that only follow a number: "2003 Präsident", "12 Uhr".
_NO_NOUNS = frozenset(
    "uhr drittel viertel fünftel zehntel "
    "jahrhundert januar februar märz april mai juni juli august september oktober november dezember".split()
)
_NAMED = re.compile(
    r"\b(?:Nr\.|Nummer|Artikel|Paragraf|Paragraph|§|Seite|Kapitel|Formel|Windows|Boeing|Airbus|Platz|Gruppe|Rang)\s?\Z"
)

_units = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_symbols = "|".join(re.escape(u) for u in sorted(SYMBOLS, key=len, reverse=True))
_magnitudes = "|".join(sorted((*GERMAN_MAGNITUDES, "dutzend"), key=len, reverse=True))
_MAGNITUDE = re.compile(rf"[\s\u00a0](?P<word>(?i:{_magnitudes}))(?!\w)\.?")
_UNIT = re.compile(
    rf"[\s\u00a0-](?P<unit>(?i:{_units}))(?!\w)|[\s\u00a0]?(?P<symbol>{_symbols})(?!\w)"
    rf"|[\s\u00a0]?(?P<sign>[€$£])(?!\d)|[\s\u00a0]?(?P<code>{'|'.join(sorted(CODES))})\b|[\s\u00a0]?(?P<metre>m)(?!\w)"
)
_YEAR = re.compile(r"1[5-9]\d\d|20[0-4]\d")
_OLD = re.compile(r"-jährige[nmrs]?\b|(?:\s+jahre)\s+alte?[nmrs]?\b", re.I)
_LONG = re.compile(r"-(?P<unit>tägig|wöchig|monatig|stündig|minütig|jährig|köpfig|prozentig)e?[nmrs]?\b")
_LONG_UNITS = {"tägig": "day", "wöchig": "week", "monatig": "month", "stündig": "hour", "minütig": "minute"}
_LONG_UNITS |= {"jährig": "year", "köpfig": "person", "prozentig": "%"}
_GOES_ON = re.compile(r"\w|[.,:/-]\d|[-–]\s?\d|\.\s?[a-zäöü]")
_NOUN = re.compile(
    r"\s(?:(?!(?:mal|die|der|den|eine[rnms]?|diese[rnms]?|seine[rnms]?|ihre[rnms]?|oder|aber|ohne|über|unter|wurden?)\b)"
    r"[a-zäöüß]+(?:e|en|er|es)\s)?"
    r"(?P<noun>[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ][a-zäöüß]+)*)(?![\w-])"
)


def _singular(noun: str) -> str:
    for plural, ending in _ENDINGS.items():
        if noun.endswith(plural):
            return noun.removesuffix(plural) + ending
    return noun


def _counted(text: str, end: int) -> tuple[int, str] | None:
    match = _NOUN.match(text, end)
    if not match or match["noun"].lower() in _NO_NOUNS:
        return None
    noun = match["noun"]
    return match.end(), _UNITS.get(noun.lower()) or _singular(noun)


def counts_something(text: str, end: int, *, year: bool = False) -> bool:
    """Return whether a number that ends at `end` counts or measures something ("2000 Menschen").

    With `year` it may well be one: then a noun counts only if it is a known unit ("1984 Menschen", but "2003 Laut").
    """
    if _UNIT.match(text, end):
        return True
    counted = _counted(text, end)
    return counted is not None and (not year or counted[1] in _FORMS)


def _measured(match: re.Match[str]) -> Quantity | None:
    text, start, end = match.string, match.start(), match.end()
    number = german_number(match["number"])
    old = _OLD.match(text, end)
    if old:
        return quantity(start, old.end(), number, "year")
    lasting = _LONG.match(text, end)
    if lasting:
        return quantity(start, lasting.end(), number, _LONG_UNITS[lasting["unit"]])
    if _NAMED.search(text, max(0, start - 12), start):
        return None
    magnitude = _MAGNITUDE.match(text, end)
    if magnitude:
        number, end = _times(number, magnitude["word"]), magnitude.end()
    written = match["number"].lower()
    article = written.startswith("ein") and GERMAN_WORDS.get(written) == 1
    unit = _unit(text, end)
    if unit and article and not magnitude and unit[1] in _WITH_ARTICLE:
        return None
    if unit:
        return quantity(start, unit[0], number, unit[1])
    if _GOES_ON.match(text, end):
        return None
    if _YEAR.fullmatch(written) and not counts_something(text, end, year=True):
        return None
    counted = _counted(text, end) if magnitude or not article else None
    if counted:
        return quantity(start, counted[0], number, counted[1])
    large = magnitude or (written[0].isdecimal() and not written.isdecimal() and "," not in written)
    if magnitude and magnitude.group().endswith("."):
        end -= 1
    return quantity(start, end, number, "") if large else None


def _times(number: Decimal, magnitude: str) -> Decimal:
    word = magnitude.lower()
    return number * 12 if word == "dutzend" else number * Decimal(10) ** GERMAN_MAGNITUDES[word]


def _unit(text: str, end: int) -> tuple[int, str] | None:
    match = _UNIT.match(text, end)
    if not match:
        return None
    if match["unit"]:
        if match["unit"][0].islower() and match["unit"] not in {"mal"}:
            return None
        return match.end(), _UNITS[match["unit"].lower()]
    if match["symbol"]:
        return match.end(), SYMBOLS[match["symbol"]]
    if match["metre"]:
        return match.end(), "m"
    return match.end(), SIGNS[match["sign"]] if match["sign"] else match["code"].replace("RMB", "CNY")


def _signed(match: re.Match[str]) -> Quantity | None:
    number, end = german_number(match["number"]), match.end()
    magnitude = _MAGNITUDE.match(match.string, end)
    if magnitude:
        number, end = _times(number, magnitude["word"]), magnitude.end()
    return None if _GOES_ON.match(match.string, end) else quantity(match.start(), end, number, SIGNS[match["sign"]])


def _half(match: re.Match[str]) -> Quantity | None:
    word = match["word"].lower()
    if word in GERMAN_MAGNITUDES:
        return quantity(match.start(), match.end(), Decimal("0.5") * Decimal(10) ** GERMAN_MAGNITUDES[word], "")
    return quantity(match.start(), match.end(), Decimal("0.5"), _UNITS[word])


_before = r"(?<![\w.,:/#&-])(?<!\d )"
GRAMMAR: Grammar[Quantity] = Grammar(
    (
        Rule(frozenset(SIGNS), re.compile(rf"(?P<sign>[$£€¥₹])[\s\u00a0]?(?P<number>{GERMAN_DIGITS})"), _signed),
        Rule(
            frozenset({"halbe", "halben"}),
            re.compile(r"\bhalben?\s+(?P<word>million|milliarde|stunde|jahr|minute|tag)\b", re.I),
            _half,
        ),
        Rule(frozenset({DIGITS}), re.compile(rf"{_before}(?P<number>{GERMAN_DIGITS})"), _measured),
        Rule(
            frozenset(GERMAN_WORDS), re.compile(rf"(?<![\w-])(?P<number>{GERMAN_WORD_NUMBER})(?!\w)", re.I), _measured
        ),
    )
)
