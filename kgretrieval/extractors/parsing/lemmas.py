"""Base forms of English words, by their parts of speech: irregular forms from a list, the others by rules of spelling.

Where the rules leave two spellings ("determin" or "determine"), the commoner word is taken, as the tagger's word table
ranks them. Conventions are those of the English Web Treebank, in lower case.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgretrieval.extractors.parsing.irregular import ADJECTIVES, CLITICS, NOUNS, PRONOUNS, VERBS
from kgretrieval.extractors.tagging.features import NUMBER_ROW, WordTable

_VOWELS = frozenset("aeiouy")
_BASE_TAGS = frozenset({"VB", "VBP"})
_LIMIT = 1 << 17


class Lemmatiser:
    """Finds base forms.

    Parameters
    ----------
    table : WordTable
        The tagger's: rows of frequent words come first.
    """

    def __init__(self, table: WordTable) -> None:
        self._table = table
        self._known: dict[tuple[str, str, str], str] = {}

    def lemmas(self, words: Sequence[str], parts: Sequence[str], tags: Sequence[str]) -> tuple[str, ...]:
        """Return the base form of each word, with its universal part of speech and the tagger's tag (or no tags)."""
        tags = tags or [""] * len(words)
        known = self._known
        if len(known) > _LIMIT:
            known.clear()
        found = []
        for key in zip(words, parts, tags, strict=True):
            lemma = known.get(key)
            if lemma is None:
                lemma = known[key] = self.lemma(*key)
            found.append(lemma)
        return tuple(found)

    def lemma(self, word: str, part: str, tag: str = "") -> str:
        """Return the base form of one word."""
        low = word.lower().replace("’", "'")
        if part == "PROPN" or not low.isascii() or not any(map(str.isalpha, low)):
            return word if part == "PROPN" else low
        if part in ("VERB", "AUX"):
            return self._verb(low, tag)
        if part == "NOUN":
            return self._noun(low, tag)
        if part == "ADV" and low in ("better", "best"):
            return "well"
        if part in ("ADJ", "ADV"):
            return self._adjective(low, tag)
        if part == "PRON":
            return PRONOUNS.get((low, tag == "PRP$"), PRONOUNS.get((low, False), low))
        return CLITICS.get(low, low)

    def _verb(self, word: str, tag: str) -> str:
        if word in VERBS:
            return VERBS[word]
        front, hyphen, last = word.rpartition("-")
        if hyphen and front:
            return f"{front}-{self._verb(last, tag)}"
        if tag in _BASE_TAGS:
            return word
        if word.endswith("ing") and _has_vowel(word[:-3]):
            return self._stem(word[:-3])
        if word.endswith("ied") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith("ed") and _has_vowel(word[:-2]) and not word.endswith("eed"):
            return self._stem(word[:-2])
        if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
            return self._without_s(word)
        return word

    def _noun(self, word: str, tag: str) -> str:
        if word in NOUNS:
            return NOUNS[word]
        front, hyphen, last = word.rpartition("-")
        if hyphen and front and last:
            return f"{front}-{self._noun(last, tag)}"
        if word.endswith("men") and tag.endswith("S"):
            return word[:-2] + "an"
        if not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")) or len(word) < 4:
            return word
        if tag.startswith("NN") and not tag.endswith("S"):
            return word
        return self._without_s(word)

    def _adjective(self, word: str, tag: str) -> str:
        if word in ADJECTIVES:
            return ADJECTIVES[word]
        ending = {"JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}.get(tag, "")
        if not ending or not word.endswith(ending):
            return word
        stem = word[: -len(ending)]
        if stem.endswith("i"):
            return stem[:-1] + "y"
        if len(stem) < 3:
            return word
        return self._stem(stem) if _has_vowel(stem) else word

    def _without_s(self, word: str) -> str:
        """Return a word without the ending of the plural or of the third person."""
        if word.endswith("ies"):
            return word[:-3] + "y" if len(word) > 4 else word[:-1]
        if word.endswith(("sses", "shes", "xes", "zzes")):
            return word[:-2]
        if word.endswith(("ches", "oes")):
            return self._commoner(word[:-2], word[:-1])
        return word[:-1]

    def _stem(self, stem: str) -> str:
        """Return the base form of what stands before "ing", "ed" or "er"."""
        last, before = stem[-1], stem[-2:-1]
        if stem.endswith(("at", "iz")) and len(stem) > 3 and stem[-3] not in _VOWELS:
            return self._commoner(stem + "e", stem) if stem.endswith("at") else stem + "e"
        if last in "vuc" and not stem.endswith(("you", "ou")):
            return stem + "e"
        if last == before and last not in _VOWELS:
            return self._single(stem)
        if last in "wxyo" or stem.endswith(("ee", "ck", "sh", "ct", "nt", "rn", "rm", "rd", "nk", "mp", "lk", "ld")):
            return stem
        if last == "l" and before not in _VOWELS and before not in "rwl":
            return stem + "e"
        if last in "sg" and before and before in "rdlpn" and not stem.endswith("ng"):
            return stem + "e"
        if last not in _VOWELS and before in _VOWELS and not _has_vowel(stem[:-2].removeprefix("y")):
            # One short syllable would have doubled its last letter: "staring" is not from "star".
            return stem + "e"
        return self._commoner(stem, stem + "e")

    def _single(self, stem: str) -> str:
        """Return the base form of what ends in a double consonant."""
        if stem[-1] in "sfz" and len(stem) < 7:
            return stem if stem[-1] != "z" else self._commoner(stem, stem[:-1])
        return self._commoner(stem[:-1], stem) if stem[-1] in "lsr" else stem[:-1]

    def _commoner(self, first: str, second: str) -> str:
        """Return the commoner of two spellings, the first where neither is known."""
        (row, _), (other, _) = self._table.look_up([first, second])
        if other <= NUMBER_ROW:
            return first
        return second if row <= NUMBER_ROW or other < row else first


def _has_vowel(stem: str) -> bool:
    return any(letter in _VOWELS for letter in stem)
