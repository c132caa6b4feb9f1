"""What people are called in front of and behind their names, and in which walk of life that is."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WALKS = {
    "politics": """president|vice president|prime minister|deputy prime minister|chancellor|minister|foreign minister|
        home secretary|foreign secretary|health secretary|secretary of state|secretary general|secretary-general|
        shadow chancellor|shadow home secretary|party leader|tory leader|labour leader|conservative leader|mp|mep|
        senator|sen|congressman|congresswoman|governor|gov|mayor|councillor|ambassador|lawmaker|premier|
        finance minister|defence secretary|education secretary|attorney general|peer|democrat|republican|
        presidential candidate|trade secretary|spokesman for the government|msp|home office minister|politician""",
    "sport": """coach|head coach|manager|captain|skipper|forward|champion|world champion|olympic champion|player|
        referee|team-mate|teammate|athlete|england captain|assistant coach|centre|defender""",
    "football": """striker|midfielder|goalkeeper|winger|footballer|centre-back|left-back|right-back|centre-half|
        linesman""",
    "rugby": """fly-half|scrum-half|lock|prop|hooker|flanker|number eight|full-back|back-row forward|second row|
        loose forward|prop forward""",
    "cricket": """batsman|bowler|all-rounder|wicketkeeper|fast bowler|spinner|seamer|opener|umpire""",
    "track": """sprinter|hurdler|runner|long jumper|high jumper|pole vaulter|heptathlete|decathlete|marathon runner""",
    "other sport": """quarterback|pitcher|boxer|golfer|tennis player|world number one|jockey|swimmer|cyclist|
        linebacker|outfielder|shortstop|point guard|racing driver""",
    "arts": """actor|actress|singer|director|film director|comedian|novelist|author|writer|playwright|musician|
        guitarist|drummer|rapper|composer|artist|painter|photographer|dancer|dj|producer|pop star|filmmaker|
        screenwriter|presenter|broadcaster|tv presenter|poet|songwriter|supermodel|model|conductor|designer""",
    "business": """chief executive|chief executive officer|ceo|chairman|chairwoman|finance director|chief economist|
        economist|analyst|entrepreneur|founder|co-founder|managing director|banker|businessman|businesswoman|
        vice-president|chief financial officer|cfo|investor|trader|marketing director|strategist|tycoon""",
    "science": """professor|prof|dr|scientist|researcher|astronomer|physicist|biologist|chemist|engineer|astronaut|
        historian|archaeologist|climatologist|surgeon|doctor|psychologist|geologist|academic|lecturer""",
    "law": """judge|lawyer|barrister|solicitor|prosecutor|defence lawyer|attorney|district attorney|chief justice|
        justice|qc|magistrate|coroner""",
    "police": """detective|det insp|det ch insp|inspector|chief constable|police chief|sheriff|officer|constable|
        police officer|superintendent|sergeant|sgt|sheriff's deputy""",
    "forces": """general|gen|colonel|col|lieutenant|lt|major|admiral|commander|corporal|soldier|lt gen|
        marine""",
    "faith": """bishop|archbishop|pope|cardinal|rabbi|imam|priest|father|reverend|rev|vicar|pastor|cleric""",
    "private": """student|pupil|teacher|mother|grandmother|father-of-two|mother-of-two|mother-of-three|nurse|plumber|
        builder|driver|farmer|resident|toddler|schoolgirl|schoolboy|teenager|victim|suspect|pensioner|widow|
        electrician|waitress|nanny|firefighter|shopkeeper|neighbour|neighbor|passenger|housewife|carpenter""",
}
#: Walks that are all some sport: a captain may be a footballer.
_SPORTS = frozenset(("football", "rugby", "cricket", "track", "other sport"))
_ROLES = {role.strip(): walk for walk, names in _WALKS.items() for role in names.split("|")}
_LONGEST = max(len(role.split()) for role in _ROLES)
_FULL = {
    "sen": "senator", "gov": "governor", "prof": "professor", "ceo": "chief executive", "rev": "reverend",
    "gen": "general", "col": "colonel", "lt": "lieutenant", "sgt": "sergeant",
    "chief executive officer": "chief executive",
}  # fmt: skip

_WORD = re.compile(r"[a-z][a-z'’-]*")
_AGE_BEHIND = re.compile(r"\s*(?:,\s*|\(\s*)(?:aged\s+)?(\d{1,3})\s*(?:[,.;)]|$)|\s*,\s*aged (\d{1,3})\b")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s(?:[\w'’-]+\s){0,4}$")
#: Characters in front of and behind a name that are looked at.
BEFORE, BEHIND = 60, 60


def roles_beside(before: str, name: str, behind: str) -> frozenset[str]:
    """Return the roles in a name's own title, right in front of it, and in an apposition right behind it.

    Examples
    --------
    >>> sorted(roles_beside("in London the prime minister ", "Tony Blair", ", a former lawyer, said"))
    ['lawyer', 'prime minister']
    """
    found = {one for one in (_last_role(before), _first_role(name)) if one}
    apposition = behind.lstrip()
    if apposition.startswith(","):
        found |= set(_roles_in(re.split(r"[,.;:!?]", apposition[1:], maxsplit=1)[0].lower()))
    return frozenset(found)


def age_beside(before: str, behind: str) -> int | None:
    """Return the age that stands right behind a name or in front of it ("a 34-year-old nurse")."""
    found = _AGE_BEHIND.match(behind) or _AGE_BEFORE.search(before)
    if found is None:
        return None
    age = int(next(group for group in found.groups() if group))
    return age if 1 <= age <= 110 else None


def walks(roles: Iterable[str]) -> frozenset[str]:
    """Return the walks of life of these roles."""
    return frozenset(_ROLES[role] for role in roles if role in _ROLES)


def walks_differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether these roles are known and of different walks of life."""
    first, second = walks(one), walks(other)
    if "sport" in first:
        second = frozenset("sport" if walk in _SPORTS else walk for walk in second)
    if "sport" in second:
        first = frozenset("sport" if walk in _SPORTS else walk for walk in first)
    return bool(first and second and not first & second)


def _last_role(before: str) -> str:
    words = before.lower().replace(".", " ").split() if before[-1:].isspace() or not before else []
    for length in range(min(_LONGEST, len(words)), 0, -1):
        role = " ".join(words[-length:])
        if role in _ROLES:
            return _FULL.get(role, role)
    return ""


def _first_role(name: str) -> str:
    words = name.lower().replace(".", "").split()
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        role = " ".join(words[:length])
        if role in _ROLES:
            return _FULL.get(role, role)
    return ""


def _roles_in(text: str) -> list[str]:
    words = _WORD.findall(text)
    found, i = [], 0
    while i < len(words):
        for length in range(min(_LONGEST, len(words) - i), 0, -1):
            role = " ".join(words[i : i + length])
            if role in _ROLES:
                found.append(_FULL.get(role, role))
                i += length - 1
                break
        i += 1
    return found
