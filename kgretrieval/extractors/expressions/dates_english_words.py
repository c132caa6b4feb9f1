"""The words of English dates, and the words around them that tell whether they are dates."""

from __future__ import annotations

import re

from kgretrieval.extractors.expressions.numbers import ENGLISH_WORD_NUMBER

FULL = "january february march april may june july august september october november december".split()
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTHS = {name: i for names in (FULL, _SHORT) for i, name in enumerate(names, 1)} | {"sept": 9}
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: i for i, name in enumerate(DAYS)} | {name[:3]: i for i, name in enumerate(DAYS)}
WEEKDAYS |= {"tues": 1, "thur": 3, "thurs": 3}
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
ORDINAL = {word: i for i, word in enumerate(_ORDINALS.split(), 1)} | {"twenty-first": 21}
_tens = "twenties thirties forties fifties sixties seventies eighties nineties"
TENS = {word: ten for ten, word in zip(range(20, 100, 10), _tens.split(), strict=True)}
FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1)}
FEASTS |= {"new year's eve": (12, 31), "valentine's day": (2, 14), "st patrick's day": (3, 17)}
TOWARD = {"last": -1, "this": 0, "next": 1, "coming": 1}
RELATIVE_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

# Words that are verbs, names or modals as well: without a day or a year they need a preposition before them.
DOUBTFUL = frozenset({"may", "march", "april", "june"})
_SURE = r"in|since|until|till|during|throughout|early|late|mid|end of|beginning of|(?:between|from)\s+\w+\s+(?:and|to)"
BEFORE_DOUBTFUL = {
    "may": re.compile(rf"\b(?:{_SURE})[\s-]+\Z", re.I),
    "": re.compile(rf"\b(?:{_SURE}|from|to|by|between|before|after|for)[\s-]+\Z", re.I),
}
OPENS_SPAN = re.compile(r"\b(?:between|from)\s+\Z", re.I)
TO_MONTH = re.compile(rf"(?:\s+(?:to|and|until|till)\s+|\s?[-–]\s?)(?:{'|'.join(FULL)})\b", re.I)
# "Sunday Times", "Sheffield Wednesday", "Good Friday": names, not days.
PAPERS = r"(?!\s+(?:Times|Mirror|Telegraph|Express|Herald|Post|People|Sport)\b)"
NO_WEEKDAY = re.compile(r"\b(?:Sheffield|Black|Good|Ruby|Super|Bloody|Ash|Cyber|Freaky|Man|Easter|Palm|Joe)\s+\Z")
# "In his mid-thirties" is an age.
SOMEBODYS = re.compile(r"\b(?:his|her|their|my|your|our)\s", re.I)
BEFORE_YEAR = re.compile(
    r"\b(?:in|since|by|until|till|from|of|circa|year|early|late|mid|before|after|around|between|during|to|and)[\s-]+\Z",
    re.I,
)
# "more than 2000", "Windows 2000", "No 1945".
NO_YEAR = re.compile(
    r"\b(?:than|nearly|almost|over|about|some|approximately|least|Windows|Office|No\.?|number|Peugeot|page|room|route|"
    r"Radio|worth|another|only|up to|total of)\s+\Z",
    re.I,
)
AFTER_YEAR = re.compile(
    r"\s?(?:GMT|BST|UTC|[ap]\.?m\b|hours\b)|\s+(?:local time|EST|EDT|ET|CET)\b|\s?°|-(?:year|odd|strong)"
)

#: Patterns; the groups are named as what they hold.
A_MONTH = rf"(?P<month>(?:{'|'.join(FULL)})\b|(?:{'|'.join(_SHORT)}|sept)\b\.?)"
A_WEEKDAY = rf"(?P<weekday>(?:{'|'.join(DAYS)})\b{PAPERS}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
A_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
A_SECOND_DAY = r"(?P<until>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
A_YEAR = r"(?P<year>[12]\d{3})(?![\w%]|[.,:]\d)"
PART_OF_DAY = r"(?:\s+(?P<part>morning|lunchtime|afternoon|evening|night)\b)?"
ZONE = r"(?:\s?\(?(?P<zone>GMT|UTC|BST|ET|EST|EDT|PT|PST|PDT|CST|CDT|CEST|CET|AEST|local time)\b)"
COUNT = rf"(?P<count>\d{{1,3}}|{ENGLISH_WORD_NUMBER}|an?\b)"
