"""Numbers as they are written in English, German and Chinese: digits, words, and words of magnitude."""

from __future__ import annotations

import re
from decimal import Decimal

_EN_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_EN_TEENS = "seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ENGLISH_WORDS = {word: i for i, word in enumerate(f"{_EN_UNITS} {_EN_TEENS}".split())}
ENGLISH_WORDS |= {word: 10 * i for i, word in enumerate(_EN_TENS, 2)}

_DE_UNITS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn"
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
GERMAN_WORDS = {word: i for i, word in enumerate(f"{_DE_UNITS} siebzehn achtzehn neunzehn".split())}
GERMAN_WORDS |= {word: 10 * i for i, word in enumerate(_DE_TENS, 2)}
GERMAN_WORDS |= {
    f"{unit}und{ten}": 10 * i + j
    for i, ten in enumerate(_DE_TENS, 2)
    for j, unit in enumerate(_DE_UNITS.split()[1:10], 1)
}
GERMAN_WORDS |= dict.fromkeys(("eine", "einen", "einem", "einer", "eines", "eins"), 1)
GERMAN_WORDS |= {"hundert": 100, "einhundert": 100, "tausend": 1000, "eintausend": 1000, "dutzend": 12}
GERMAN_WORDS |= {f"{unit}hundert": 100 * i for i, unit in enumerate(_DE_UNITS.split()[2:10], 2)}
GERMAN_WORDS |= {f"{unit}tausend": 1000 * i for i, unit in enumerate(_DE_UNITS.split()[2:], 2)}
GERMAN_WORDS |= {"anderthalb": 1, "eineinhalb": 1, "zweieinhalb": 2, "dreieinhalb": 3, "viereinhalb": 4}
_DE_HALVES = frozenset({"anderthalb", "eineinhalb", "zweieinhalb", "dreieinhalb", "viereinhalb"})

MAGNITUDES = {
    **{"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    **{"k": 3, "m": 6, "mn": 6, "mln": 6, "bn": 9, "tn": 12, "trn": 12},
}
#: A German "Billion" is an English trillion.
GERMAN_MAGNITUDES = {
    **{"hundert": 2, "tausend": 3, "tsd": 3, "million": 6, "millionen": 6, "mio": 6},
    **{"milliarde": 9, "milliarden": 9, "mrd": 9, "billion": 12, "billionen": 12, "bio": 12},
}

_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_GROUPS = {"万": 10**4, "亿": 10**8}
CHINESE_CHARACTERS = frozenset((*_CHINESE_DIGITS, *_CHINESE_UNITS, *_CHINESE_GROUPS))

_small = "|".join(sorted((w for w in ENGLISH_WORDS if w not in _EN_TENS), key=len, reverse=True))
_below = rf"(?:(?:{'|'.join(_EN_TENS)})(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine)\b)?|(?:{_small}))\b"
_hundreds = rf"(?:(?:{_below}|an?)\s+hundred\b(?:\s+(?:and\s+)?{_below})?|{_below})"
#: A number below a million in English words.
ENGLISH_WORD_NUMBER = rf"(?:(?:{_hundreds}|an?)\s+thousand\b(?:,?\s+(?:and\s+)?{_hundreds})?|{_hundreds})"
#: Digits in English: commas between groups of three, a decimal point.
ENGLISH_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
#: Digits in German: full stops or blanks between groups, a decimal comma.
GERMAN_DIGITS = r"(?:\d{1,3}(?:[. \u202f\u00a0]\d{3})+(?!\.?\d)(?:,\d+)?|\d+(?:,\d+)?)"
GERMAN_WORD_NUMBER = rf"(?:{'|'.join(sorted(GERMAN_WORDS, key=len, reverse=True))})\b"
CHINESE_DIGITS = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?"
CHINESE_NUMBER = rf"(?:{CHINESE_DIGITS}[十百千]?[万亿]{{0,2}}|[零〇一二三四五六七八九十百千万亿两]{{1,24}})"


def english_number(text: str) -> Decimal:
    """Return what digits or words matched by `ENGLISH_DIGITS` or `ENGLISH_WORD_NUMBER` mean.

    Examples
    --------
    >>> english_number("1,500"), english_number("two hundred and fifty-one"), english_number("a thousand")
    (Decimal('1500'), Decimal('251'), Decimal('1000'))
    """
    if text[0].isdecimal():
        return Decimal(text.replace(",", ""))
    total = part = 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "hundred":
            part *= 100
        elif word == "thousand":
            total, part = part * 1000, 0
        elif word != "and":
            part += 1 if word in {"a", "an"} else ENGLISH_WORDS[word]
    return Decimal(total + part)


def german_number(text: str) -> Decimal:
    """Return what German digits or a number word mean.

    Examples
    --------
    >>> german_number("1.500"), german_number("1,2"), german_number("einundzwanzig"), german_number("anderthalb")
    (Decimal('1500'), Decimal('1.2'), Decimal('21'), Decimal('1.5'))
    """
    if text[0].isdecimal():
        return Decimal(re.sub(r"[. \u202f\u00a0]", "", text).replace(",", "."))
    word = text.lower()
    return Decimal(GERMAN_WORDS[word]) + (Decimal("0.5") if word in _DE_HALVES else 0)


def chinese_number(text: str) -> Decimal | None:
    """Return what Chinese digits mean, alone or with 万 and 亿; None for what is no number.

    Examples
    --------
    >>> chinese_number("3亿"), chinese_number("二十一"), chinese_number("二〇〇三"), chinese_number("2万")
    (Decimal('300000000'), Decimal('21'), Decimal('2003'), Decimal('20000'))
    """
    match = re.match(CHINESE_DIGITS, text)
    if match:
        number = Decimal(re.sub("[,，]", "", match.group()).replace("．", "."))
        for unit in text[match.end() :]:
            number *= _CHINESE_GROUPS.get(unit) or _CHINESE_UNITS[unit]
        return number
    if all(c in _CHINESE_DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            return None
        return Decimal("".join(str(_CHINESE_DIGITS[c]) for c in text))
    return _grouped(text)


def _grouped(text: str) -> Decimal | None:
    total = section = digit = 0
    for c in text:
        if c in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[c]
        elif c in _CHINESE_UNITS:
            section += (digit or 1) * _CHINESE_UNITS[c]
            digit = 0
        else:
            if not section + digit and not total:
                return None
            total = (total + section + digit) * _CHINESE_GROUPS[c] if c == "亿" else total + (section + digit) * 10**4
            section = digit = 0
    return Decimal(total + section + digit)


def plain(number: Decimal) -> str:
    """Return a number in plain decimal notation, without an exponent and without idle zeros.

    Examples
    --------
    >>> plain(Decimal("2.50") * 10**6), plain(Decimal("0.10"))
    ('2500000', '0.1')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
