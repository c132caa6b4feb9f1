"""Events and products among the other names of English text, told by their words and by what stands around them.

A decision list: the first rule that fits decides. The network knows one type for nationalities, events, products, works
and laws, as its training data does; what no rule fits stays ``"misc"``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kgretrieval.types import EntityType

if TYPE_CHECKING:
    from kgretrieval.extractors.tagging.analysis import Name

#: Last words of the names of events; the strong ones also where the network takes the name for another type.
_STRONG = frozenset(
    "cup olympics paralympics championships festival marathon carnival summit tsunami earthquake massacre uprising "
    "referendum biennale eurovision superbowl".split()
)
_EVENTS = _STRONG | frozenset(
    "games championship open masters prix rally tournament trophy derby regatta classic fair expo convention "
    "conference war revolution rebellion riots genocide crusade crusades hurricane typhoon eclipse election "
    "elections primary primaries inauguration day eve awards oscars grammys emmys baftas tour gala trials playoffs "
    "finals bowl cups disaster jubilee coronation week ashes festivals olympiad fest famine hajj".split()
)
_EVENT_PAIRS = frozenset(
    "super bowl,world series,arab spring,prague spring,great depression,cold war,world war,world wars,"
    "five nations,six nations,champions league,europa league,cup of,cups of,championship series,desert storm,"
    "desert fox,tour de,giro d'italia,new year,bloody sunday,black monday,black friday,velvet revolution,"
    "great fire,cultural revolution,september 11,eid al-fitr,yom kippur,mardi gras,spring festival".split(",")
)
_EVENT_NAMES = frozenset(
    "olympics paralympics wimbledon ramadan christmas easter hanukkah passover diwali halloween thanksgiving "
    "holocaust watergate brexit intifada oscars grammys emmys baftas glastonbury eurovision eid lent advent "
    "glasnost hajj woodstock kristallnacht nakba superbowl ashes coachella lollapalooza oktoberfest".split()
)
_EVENT_STARTS = frozenset({"hurricane", "typhoon", "cyclone", "superstorm"})
_EVENT_OF = frozenset("battle siege war festival tour feast massacre fall storming invasion miracle night".split())

_BRANDS = frozenset(
    "airbus alfa amd apple aston audi bentley bmw boeing bombardier buick cadillac canon cessna chevrolet chrysler "
    "citroen dell dodge embraer ferrari fiat fokker ford google gulfstream honda htc huawei hyundai ibm intel "
    "jaguar jeep kia lamborghini lancia lexus lockheed lotus maserati mazda mclaren mercedes microsoft mitsubishi "
    "motorola nikon nintendo nissan nokia opel panasonic peugeot porsche renault rover saab samsung seat sega skoda "
    "sony subaru suzuki tesla toyota volkswagen volvo vw xiaomi yamaha".split()
)
_TEAMS = frozenset("racing team motors motor motorsport group research cup rally f1 formula one".split())
_PRODUCTS = frozenset(
    "windows iphone iphones ipad ipads ipod ipods imac macbook android ios linux unix xbox playstation kindle "
    "photoshop java javascript bible koran quran qur'an torah viagra prozac aspirin kalashnikov concorde skylab "
    "hubble tamiflu itunes firefox chrome safari gmail symbian blackberry walkman gameboy minecraft fortnite "
    "bitcoin ethereum chatgpt alexa siri oxycontin botox novichok scud stinger tomahawk patriot polaris exocet".split()
)
_PRODUCT_HEADS = frozenset(
    "phone smartphone app browser console telescope rifle missile missiles jet satellite spacecraft vaccine os "
    "symphony sonata concerto suite overture requiem trilogy".split()
)
_MODEL = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][\w+/-]*")
_NO_MODEL = re.compile(
    r"\d+(?:st|nd|rd|th|e?r?s)|(?:19|20)\d\ds?|[gG]-?\d+|(?:CAC|FTSE|DAX|SMI|IBEX|IMKB|TSE|AEX|BEL|S&P|MIB|TOPIX).*|"
    r"COP-?\d+|[Uu](?:nder)?-?\d\d|.*-(?:based|led|old|backed|held|run).*"
)
_EVENT_MODEL = re.compile(r"cop-?\d+|euro-?(?:19|20)?\d\d")
_NUMBER = re.compile(r"'?\d{1,4}|I{1,3}|IV|VI{0,3}|IX|XI{0,3}")
_QUOTES = frozenset({'"', "``", "''", "“", "”", "‘", "’", "'", "«", "»", "„"})
_WORKS = frozenset(
    "film films movie movies novel novels book books album albums song songs single musical play opera operas "
    "sitcom series documentary videogame drama comedy thriller memoir poem painting symphony soundtrack blockbuster "
    "bestseller sequel prequel remake franchise saga trilogy ballet".split()
)
_GOODS = frozenset(
    "software app smartphone smartphones phone phones drug vaccine console handset tablet gadget laptop processor "
    "browser car saloon hatchback fighter jet airliner missile rifle spacecraft rocket probe satellite".split()
)
_DEMONYM = re.compile(r".*(?:ish|ese|ian|ians|ean|eans|can|cans|ani|aqi|eli|ali|emi|iti|audi|ist|ists|ic|ism|man|men)")
_IRREGULAR = frozenset(
    "french dutch german greek czech swiss thai arab welsh scots turk finn serb croat afghan".split()
)
_BESIDE = frozenset({",", "the", "a", "his", "her", "called", "titled", "entitled", "named", ":"}) | _QUOTES


def refine(words: Sequence[str], parts: Sequence[str], names: Sequence[Name]) -> tuple[Name, ...]:
    """Return the names of a sentence, those that are events or products as such.

    Parameters
    ----------
    words, parts : sequence of str
        The words of the sentence and their parts of speech.
    names : sequence of Name
    """
    return tuple(replace(name, type=kind_of(words, parts, name)) for name in names)


def kind_of(words: Sequence[str], parts: Sequence[str], name: Name) -> EntityType:
    """Return the type of a name."""
    own = [word.lower() for word in words[name.first : name.last]]
    bare = _without_numbers(own)
    if name.type != "misc":
        return "event" if len(bare) > 1 and _is_event(bare, _STRONG) else name.type
    if not bare or _is_people(bare, parts[name.first : name.last]):
        return "misc"
    if _is_event(bare, _EVENTS) or _EVENT_MODEL.fullmatch(bare[0]):
        return "event"
    if _is_product(words[name.first : name.last], own, bare) or _is_work(words, name):
        return "product"
    return "misc"


def _without_numbers(own: Sequence[str]) -> list[str]:
    """Return the words of a name without years and other numbers around them."""
    first, last = 0, len(own)
    while first < last and _NUMBER.fullmatch(own[first].upper()):
        first += 1
    while first < last and _NUMBER.fullmatch(own[last - 1].upper()):
        last -= 1
    return list(own[first:last])


def _is_people(bare: Sequence[str], parts: Sequence[str]) -> bool:
    """Return whether one word is a nationality, a faith or a party: "Iraqi", "Republicans"."""
    if len(bare) > 1:
        return False
    word = bare[0]
    return word not in _EVENT_NAMES | _PRODUCTS and (
        parts[0] in {"JJ", "JJS"} or word in _IRREGULAR or _DEMONYM.fullmatch(word) is not None
    )


def _is_event(bare: Sequence[str], heads: frozenset[str]) -> bool:
    if bare[-1] in heads or bare[0] in _EVENT_STARTS or (len(bare) == 1 and bare[0] in _EVENT_NAMES):
        return True
    if heads is _STRONG:
        return len(bare) == 2 and " ".join(bare) in _EVENT_PAIRS
    pairs = set(map(" ".join, pairwise(bare)))
    return bool(pairs & _EVENT_PAIRS) or (len(bare) > 2 and bare[0] in _EVENT_OF and bare[1] in {"of", "for", "de"})


def _is_product(words: Sequence[str], own: Sequence[str], bare: Sequence[str]) -> bool:
    if bare[0] in _PRODUCTS or bare[-1] in _PRODUCTS or (bare[-1] in _PRODUCT_HEADS and len(bare) > 1):
        return True
    if bare[0] in _BRANDS and len(own) > 1 and own[-1] not in _TEAMS:
        return True
    return any(_MODEL.fullmatch(word) and not _NO_MODEL.fullmatch(word) for word in words)


def _is_work(words: Sequence[str], name: Name) -> bool:
    """Return whether a name stands in quotation marks, or beside what it is: "the film Titanic"."""
    before, after = words[: name.first], words[name.last :]
    if before and after and before[-1] in _QUOTES and after[0] in _QUOTES:
        return True
    near = list(before[-4:])
    while near and near[-1].lower() in _BESIDE:
        near.pop()
    if near and near[-1].lower() in _WORKS | _GOODS:
        return True
    return bool(after) and name.last - name.first > 1 and after[0].lower() in _WORKS | _GOODS
