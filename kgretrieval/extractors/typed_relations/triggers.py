"""Words that speak of a relation, in classes: what is learnt of "wed" then holds for "married"."""

from __future__ import annotations

_CLASSES = {
    "spouse": "wife husband spouse married marry marries marrying marriage wed weds wedding wedded widow widower "
    "bride groom fiance fiancee fiancé fiancée newlywed divorced divorce ex-wife ex-husband remarried",
    "child": "son sons daughter daughters child children baby stepson stepdaughter heir heiress twin infant eldest "
    "firstborn grandson granddaughter",
    "parent": "father mother parent parents dad mum mom stepfather stepmother papa mama",
    "kin": "brother sister sibling siblings uncle aunt nephew niece cousin grandfather grandmother",
    "birth": "born birth birthplace birthday native",
    "death": "died death dead dies passed deceased late killed drowned perished buried funeral succumbed",
    "kill": "killed kill kills killing murder murdered murdering murderer assassin assassinated assassination shot "
    "shooting slain slaying slayer gunman stabbed executed assassinating convicted",
    "found": "founded founder founders co-founded co-founder co-founders cofounder cofounded founding established "
    "establishing launched created creator set formed originated inception incorporated "
    "establishment establishes founds invented",
    "chief": "ceo chief executive head heads headed boss president chairman chairwoman chair director leader leads led "
    "managing principal chairperson co-ceo",
    "work": "worked works working work employed employee employs employment job joined joins hired hires appointed "
    "spokesman spokeswoman spokesperson manager officer analyst editor reporter journalist professor lecturer teacher "
    "coach engineer scientist researcher fellow staff staffer consultant secretary minister senator adviser advisor "
    "lawyer attorney serves served serving member members player striker midfielder defender goalkeeper captain "
    "bassist drummer guitarist singer vocalist partner vice-president deputy colonel general ambassador "
    "representative assistant associate administrator treasurer trustee intern columnist writer board",
    "study": "studied studies studying study graduated graduate graduates graduating attended attends attending degree "
    "educated education alumnus alumna alumni phd ph.d ph.d. bachelor bachelors master masters doctorate student "
    "enrolled b.a. m.a. b.s. m.s. mba majored diploma undergraduate schooled ba ma bsc msc doctoral",
    "live": "lived lives living live resides resided residing resident home house raised grew moved moves moving "
    "relocated emigrated immigrated based hometown childhood reside residence dwelt",
    "base": "based headquartered headquarters hq located offices office headquarter seat situated",
    "own": "subsidiary subsidiaries owned owns own owner acquired acquires acquisition bought buys parent division "
    "unit arm part wholly-owned merged controlled affiliate purchased brand sold holding",
    "party": "party democrat republican democratic labour labor conservative liberal socialist communist mp candidate "
    "parliamentary elected congressman congresswoman mla backbencher politician election",
    "past": "former formerly ex once previously then retired outgoing ex-president ex-minister",
}
#: Class of each word, lower case.
TRIGGERS: dict[str, tuple[str, ...]] = {}
for _name, _words in _CLASSES.items():
    for _word in _words.split():
        TRIGGERS[_word] = (*TRIGGERS.get(_word, ()), _name)
