"""Closed lists that the rules of typed relations ask: countries, nationalities, words in the names of parties."""

from __future__ import annotations

from collections.abc import Sequence

#: Countries, and parts of the world, as news writes them, in lower case.
COUNTRIES = frozenset(
    """
    afghanistan|albania|algeria|angola|argentina|armenia|australia|austria|azerbaijan|bahrain|
    bangladesh|barbados|belarus|belgium|belize|benin|bhutan|bolivia|bosnia|bosnia and herzegovina|
    botswana|brazil|britain|great britain|bulgaria|burkina faso|burma|burundi|cambodia|cameroon|canada|
    chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czech republic|denmark|djibouti|
    dominican republic|ecuador|egypt|el salvador|england|eritrea|estonia|ethiopia|fiji|finland|france|
    gabon|gambia|georgia|germany|ghana|greece|guatemala|guinea|guyana|haiti|honduras|hungary|iceland|
    india|indonesia|iran|iraq|ireland|northern ireland|israel|italy|ivory coast|jamaica|japan|jordan|
    kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|liberia|libya|lithuania|luxembourg|
    macedonia|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|moldova|
    mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|holland|new zealand|
    nicaragua|niger|nigeria|north korea|south korea|korea|norway|oman|pakistan|palestine|panama|
    papua new guinea|paraguay|peru|philippines|poland|portugal|qatar|romania|russia|rwanda|saudi arabia|
    scotland|senegal|serbia|sierra leone|singapore|slovakia|slovenia|somalia|south africa|soviet union|
    spain|sri lanka|sudan|suriname|swaziland|sweden|switzerland|syria|taiwan|tajikistan|tanzania|
    thailand|togo|tonga|tunisia|turkey|turkmenistan|uganda|ukraine|united arab emirates|uae|
    united kingdom|uk|u.k|u.k.|united states|us|u.s|u.s.|usa|america|uruguay|uzbekistan|venezuela|
    vietnam|wales|yemen|yugoslavia|zambia|zimbabwe|hong kong|lesotho|
    bahamas|trinidad|trinidad and tobago|east timor|cape verde|comoros|grenada|samoa|solomon islands|vanuatu|
    liechtenstein|monaco|andorra|san marino|vatican|brunei|bermuda|seychelles|gibraltar|greenland
    """.replace("\n", "")
    .replace("  ", "")
    .strip()
    .split("|")
)
CONTINENTS = frozenset(
    "europe|asia|africa|america|south america|north america|middle east|caribbean|balkans".split("|")
)
#: Nationalities that end in none of `_NATIONAL_ENDINGS`, and those that look like other words without the list.
_NATIONALITIES = frozenset(
    "afghan american british briton english englishman englishwoman scottish scot scots scotsman welsh welshman "
    "irish irishman french frenchman frenchwoman dutch dutchman german czech slovak pole greek turk swede dane "
    "finn spaniard thai iraqi israeli pakistani saudi kuwaiti bangladeshi qatari omani yemeni emirati azeri "
    "uzbek kazakh kyrgyz tajik turkmen serb croat slovene bosnian filipino filipina cypriot swiss basque "
    "catalan kurd kurdish kurds somali bengali punjabi icelander new-zealander zealander argentine argentinian "
    "monegasque malagasy hmong lao inuit aussie brit kiwi soviet chinese japanese portuguese lebanese maltese "
    "burmese vietnamese sudanese senegalese taiwanese nepalese congolese singaporean korean".split()
)
_NATIONAL_ENDINGS = ("ian", "ean", "ican", "uan", "nan", "gan", "ish", "ese")
_NO_NATIONALITY = frozenset("christian victorian european asian african latin-american jewish republican".split())
#: Words in the names of political parties.
PARTY_WORDS = frozenset(
    "party labour labor tory tories conservative conservatives democrat democrats democratic republican "
    "republicans dem dems lib libdem liberal liberals plaid snp ukip dup sdlp bnp sinn "
    "veritas likud kadima hamas fatah bjp anc cdu csu spd fdp afd socialist socialists communist "
    "communists fianna unionist unionists nationalist nationalists whig whigs kmt kuomintang "
    "baath ba'ath zanu-pf mdc pasok syriza podemos psoe ump gop peronist "
    "".split()
)


def is_country(name: str) -> bool:
    """Return whether a name in lower case is a country's."""
    return name.removeprefix("the ") in COUNTRIES


def is_party(words: Sequence[str]) -> bool:
    """Return whether the words of a name, in lower case, are those of a political party."""
    return not PARTY_WORDS.isdisjoint(words)


def is_nationality(word: str) -> bool:
    """Return whether a word in lower case says of what country somebody is."""
    bare = word.rpartition("-")[2].removesuffix("s") if "-" in word else word
    if bare in _NO_NATIONALITY:
        return False
    return bare in _NATIONALITIES or bare.endswith(_NATIONAL_ENDINGS)
