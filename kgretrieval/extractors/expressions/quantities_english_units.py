"""The nouns and the units of English quantities."""

from __future__ import annotations

_PLURALS = (
    "people:person men:man women:woman children:child feet:foot teeth:tooth mice:mouse lives:life wives:wife "
    "knives:knife halves:half thieves:thief series:series species:species movies:movie ties:tie crises:crisis "
    "policemen:policeman policewomen:policewoman businessmen:businessman shoes:shoe gunmen:gunman firemen:fireman "
    "fishermen:fisherman cookies:cookie buses:bus sheep:sheep aircraft:aircraft staff:staff troops:troop "
    "police:police"
)
#: Plurals that no rule makes a singular of.
IRREGULAR = dict(pair.split(":") for pair in _PLURALS.split())
#: Words that end like a plural and count nothing.
NO_PLURALS = frozenset(
    "is was has does this its his hers us as thus plus versus less across towards besides always perhaps yes says "
    "goes gets makes takes wins runs ends comes sees gives shows plays leads starts begins remains needs wants "
    "means keeps news politics economics athletics sports tennis business process access success press class loss "
    "boss cross pass glass mass gas bus basis crisis analysis whereas unless whose seems includes becomes sits "
    "stands lies rises falls hits beats loses scores moves turns looks finds tells thinks knows puts lets sets "
    "cuts costs calls asks afterwards onwards upwards downwards nowadays sometimes otherwise famous various "
    "previous serious".split()
)
#: What never stands between a number and the noun that it counts.
NO_ADJECTIVE = frozenset(
    "of and or the a an in on at by for from to with than but as is was are were be been has have had that which "
    "who when while after before since until against over under into per not if so then also just only all their "
    "his her its our my your this these those will would could should may might can said told he she it they we "
    "you i up out off down about between during through because each every both some any no or nor more most year "
    "times minutes percent people last next ago later earlier via among around behind beyond without within him "
    "them us there".split()
)

# Each unit with its names.
_NAMES = {
    **{"USD": "dollar, us dollar, american dollar", "EUR": "euro", "GBP": "pound, pound sterling", "JPY": "yen"},
    **{"CNY": "yuan, renminbi", "RUB": "rouble, ruble", "INR": "rupee", "penny": "penny, pence", "peso": "peso"},
    **{"franc": "franc", "CHF": "swiss franc", "CAD": "canadian dollar", "AUD": "australian dollar"},
    **{"NZD": "new zealand dollar", "HKD": "hong kong dollar", "SGD": "singapore dollar", "PLN": "zloty"},
    **{"KRW": "won", "ZAR": "rand", "ILS": "shekel"},
    **{"km": "kilometre, kilometer", "m": "metre, meter", "cm": "centimetre, centimeter"},
    **{"mm": "millimetre, millimeter", "kg": "kilogram, kilo", "g": "gram", "t": "tonne", "l": "litre, liter"},
    **{"ha": "hectare", "km2": "square kilometre, square kilometer", "mile2": "square mile"},
    **{"m2": "square metre, square meter", "foot2": "square foot, square feet", "m3": "cubic metre, cubic meter"},
    **{"°C": "degree celsius, degrees celsius, degrees c"},
    **{"°F": "degree fahrenheit, degrees fahrenheit, degrees f", "W": "watt", "kW": "kilowatt", "MW": "megawatt"},
    **{"GW": "gigawatt", "KB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte"},
    **{"MHz": "megahertz", "GHz": "gigahertz", "%": "per cent, percent, pct, pc"},
    **{"percentage point": "percentage point", "km/h": "kilometres per hour, kilometres an hour"},
    **{"mile/h": "miles per hour, miles an hour", "second": "second, sec, secs", "minute": "minute, min, mins"},
    **{"hour": "hour, hr, hrs", "foot": "foot, feet, ft"},
}
_PLAIN = "mile yard inch acre ton barrel ounce gallon degree day week month year decade century point goal stone"
_PLAIN += " megapixel seat wicket run"
#: Units by name, in the singular but for those whose plural is their name.
UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split(", ")} | {u: u for u in _PLAIN.split()}
#: Units that are other words as well: "the two second halves", "5 won".
DOUBTFUL_UNITS = frozenset("second point run won min sec stone".split())
