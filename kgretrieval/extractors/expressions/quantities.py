"""Quantities, whatever language they are in: a number and its unit, and the units that languages share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kgretrieval.extractors.expressions.numbers import plain


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text: its place and ``"NUMBER UNIT"``, or the number alone where nothing is counted."""

    start: int
    end: int
    value: str


def quantity(start: int, end: int, number: Decimal, unit: str) -> Quantity:
    """Return the quantity of `number` times the unit; "pence" and the like come as a hundredth of their currency."""
    if unit in _HUNDREDTHS:
        number, unit = number / 100, _HUNDREDTHS[unit]
    return Quantity(start, end, f"{plain(number)} {unit}".rstrip())


_HUNDREDTHS = {"penny": "GBP"}

#: Signs before (and after) an amount of money, by ISO 4217 code.
SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
#: Letters before a dollar sign.
DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "HK": "HKD", "NZ": "NZD", "S": "SGD"}
#: Codes that stand for themselves beside a number.
CODES = frozenset(
    "USD EUR GBP JPY CNY RMB CHF INR RUB AUD CAD NZD HKD SGD SEK NOK DKK PLN CZK HUF TRY BRL MXN ZAR".split()
)
#: Symbols of units in running text that no word spells like; "m" is left to the languages.
SYMBOLS = {
    **{s: s for s in ("km", "cm", "mm", "kg", "mg", "km/h", "ha", "kW", "MW", "GW", "kWh", "MWh", "GWh", "GB", "MB")},
    **{s: s for s in ("KB", "TB", "GHz", "MHz", "kHz", "°C", "°F", "ml", "dB", "Mbps")},
    **{"kB": "KB", "Gb": "GB", "Mb": "MB", "kph": "km/h", "kmh": "km/h", "km²": "km2", "m²": "m2", "m³": "m3"},
    **{"mph": "mile/h", "°": "degree", "lbs": "pound", "lb": "pound", "sq km": "km2", "sq m": "m2", "qkm": "km2"},
    **{"%": "%", "％": "%", "‰": "‰", "℃": "°C"},
}
