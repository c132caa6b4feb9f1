"""NLTK's own data where a user has installed it: stop words and WordNet's lemmas.

The files are read as they are, from the folder or the zip archive that ``nltk.download`` leaves,
because NLTK's readers take seconds to load (see `nltk_leaf`). The lemmas are those of
``nltk.stem.WordNetLemmatizer``; a test compares the two where WordNet is installed.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Suffix rules of WordNet's morphological processor (Beckwith, Miller and Tengi, "Design and
# Implementation of the WordNet Lexical Database", 1993; manual page morphy(7WN)).
_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "noun": (
        ("s", ""),
        ("ses", "s"),
        ("ves", "f"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
    ),
    "verb": (
        ("s", ""),
        ("ies", "y"),
        ("es", "e"),
        ("es", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ),
}
#: From so many words on a set of all of them is made, which takes as long as looking these up without it.
_FEW_LOOKUPS = 3000
_STOP_WORD_FILES = {"en": "english", "de": "german"}


def _folders() -> Iterator[Path]:
    """Yield the folders in which NLTK itself looks, in its order."""
    for folder in os.environ.get("NLTK_DATA", "").split(os.pathsep):
        if folder:
            yield Path(folder).expanduser()
    yield Path("~/nltk_data").expanduser()
    for prefix in (sys.prefix, f"{sys.prefix}/share", f"{sys.prefix}/lib"):
        yield Path(prefix, "nltk_data")
    if "APPDATA" in os.environ:
        yield Path(os.environ["APPDATA"], "nltk_data")
    for prefix in ("/usr/share", "/usr/local/share", "/usr/lib", "/usr/local/lib"):
        yield Path(prefix, "nltk_data")


def read_corpus_file(corpus: str, name: str) -> bytes | None:
    """Return the bytes of ``corpora/CORPUS/NAME`` from the first place that has it, or None."""
    for folder in _folders():
        plain = folder / "corpora" / corpus / name
        if plain.is_file():
            return plain.read_bytes()
        packed = folder / "corpora" / f"{corpus}.zip"
        if packed.is_file():
            try:
                with zipfile.ZipFile(packed) as archive:
                    return archive.read(f"{corpus}/{name}")
            except (KeyError, zipfile.BadZipFile):
                continue
    return None


def stop_words() -> dict[str, tuple[str, ...]]:
    """Return NLTK's stop words by language; empty where they are not installed."""
    lists: dict[str, tuple[str, ...]] = {}
    for language, name in _STOP_WORD_FILES.items():
        content = read_corpus_file("stopwords", name)
        if content is not None:
            lists[language] = tuple(sorted(set(content.decode("utf-8").split())))
    return lists


class WordNet:
    """WordNet's lemmas of English nouns and verbs.

    Attributes
    ----------
    digest : str
        Of the files read: another release of WordNet may give other lemmas.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self._index = {part: files[f"index.{part}"].replace(b"\r\n", b"\n") for part in _RULES}
        self._lookups = dict.fromkeys(_RULES, 0)
        self._known: dict[str, frozenset[bytes]] = {}
        self._exceptions = {part: _exceptions(files[f"{part}.exc"]) for part in _RULES}
        self.digest = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:16]

    @classmethod
    def installed(cls) -> WordNet | None:
        """Return the installed WordNet, or None."""
        files: dict[str, bytes] = {}
        for name in (kind for part in _RULES for kind in (f"index.{part}", f"{part}.exc")):
            content = read_corpus_file("wordnet", name)
            if content is None:
                return None
            files[name] = content
        return cls(files)

    def lemma(self, word: str) -> str:
        """Return the lemma of a lower-case word: that of the noun, and of this the verb's."""
        return self.lemma_of(self.lemma_of(word, "noun"), "verb")

    def lemma_of(self, word: str, part: str) -> str:
        """Return the shortest lemma of `word` as a ``"noun"`` or ``"verb"``, or `word` where there is none."""
        forms = self._exceptions[part].get(word)
        if forms is None:
            forms = tuple(word[: -len(old)] + new for old, new in _RULES[part] if word.endswith(old))
        known = [form for form in (word, *forms) if self._knows(form, part)]
        return min(known, key=len) if known else word

    def _knows(self, word: str, part: str) -> bool:
        """Look a word up: the few of a query by bisection, those of an ingest in a set that is made once."""
        known = self._known.get(part)
        if known is not None:
            return word.encode("utf-8") in known
        self._lookups[part] += 1
        if self._lookups[part] > _FEW_LOOKUPS:
            # The licence at the top of the file is indented: its lines give an empty word.
            self._known[part] = frozenset(line.partition(b" ")[0] for line in self._index[part].split(b"\n")) - {b""}
        return self._bisect(word, part)

    def _bisect(self, word: str, part: str) -> bool:
        """Look a word up in the sorted lines of an index file."""
        data, key = self._index[part], word.encode("utf-8") + b" "
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", 0, middle) + 1
            if data.startswith(key, start):
                return len(key) > 1
            # The licence at the top of the file is indented, so it sorts before every word.
            end = data.find(b"\n", middle)
            end = len(data) if end < 0 else end
            if data[start : start + len(key)] < key:
                low = end + 1
            else:
                high = start
        return False


def _exceptions(content: bytes) -> dict[str, tuple[str, ...]]:
    lines = (line.split() for line in content.decode("utf-8").splitlines())
    return {words[0]: tuple(words[1:]) for words in lines if words}
