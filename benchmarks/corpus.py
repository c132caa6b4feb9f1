"""News as large as it is wanted, for benchmarks: nothing in it happened.

Half of the articles draw their words from a Zipf model over the vocabulary of the sample (or of the real texts, where
those are at hand); the other half takes sentences of real articles, puts other names into them and changes one content
word in three, so that no two articles are near copies. People, places and firms are drawn by Zipf's law as well: the
more articles, the more names, most of them rare. The same numbers give the same articles.

- G. K. Zipf, "Human Behavior and the Principle of Least Effort", 1949.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Any

#: Where the real texts and the lists of names are, if they are anywhere.
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
#: Words of an article that comes to about nine passages with its headline.
WORDS = 620
#: The share of content words of a real sentence that are changed.
CHANGED = 0.35

_GIVEN = (
    "Anna Boris Carla David Elena Farid Greta Hassan Ingrid Jonas Karim Laura Marco Nadia Oscar Petra Rashid Sofia "
    "Tomas Ursula Viktor Wanda Yusuf Zoe"
).split()
_STARTS = "Al Bar Cor Dal Ed Fen Gar Hal Ir Jor Kel Lan Mor Nor Os Pel Ros Sor Tal Ul Ver Wes Yar Zel".split()
_MIDDLES = "a an ar e el en er i in is o ol on or u ul un".split()
_ENDS = "berg borough dale dorf feld field ford ham lund man ov sen sky son stad ton vik wood".split()
_FIRMS = "Group Bank Motors Energy Institute Foundation Airlines Media Systems University".split()
_ROLES = "president minister spokesman chairman director coach analyst lawyer mayor scientist".split()
_SMALL = "the of to in and a that for was on is with by at it as from be has have were said after will".split()

_CONTENT = re.compile(r"\b[a-z]{4,}\b")
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_TOKEN = re.compile(r"[A-Za-z]+|[^A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Material:
    """What articles are made of: names by kind and words, each with the sums of its weights, and real sentences."""

    people: Weighted
    places: Weighted
    firms: Weighted
    words: Weighted
    sentences: tuple[tuple[str, ...], ...]


class Weighted:
    """Things drawn by weight: many at a time, since one by one takes ten times as long."""

    def __init__(self, things: Sequence[str], weights: Sequence[float]) -> None:
        self.things = list(things)
        self._sums = list(accumulate(weights))

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """Return `count` things, with repetitions."""
        last = len(self.things) - 1
        total = self._sums[-1]
        return [self.things[min(last, bisect(self._sums, rng.random() * total))] for _ in range(count)]


def zipfian(things: Sequence[str], exponent: float = 1.0) -> Weighted:
    """Return things of which the one at place k is drawn with a weight of ``1 / (k + 2) ** exponent``."""
    return Weighted(things, [(k + 2.0) ** -exponent for k in range(len(things))])


def material(folder: Path | None = None) -> Material:
    """Gather names, words and sentences: real ones from the data sets in `folder`, else what this file makes up."""
    real = folder is not None and (folder / "bbc_news").is_dir()
    texts = list(_real_texts(folder)) if real and folder else list(_sample_texts())
    counts = Counter(word for text in texts for word in _CONTENT.findall(text))
    common = [word for word, _ in counts.most_common(40_000)]
    words = Weighted(common, [counts[word] for word in common])
    given, last, places, firms = _real_names(folder) if real and folder else _invented_names()
    rng = random.Random(7)
    pairs = zip(given.draw(rng, 400_000), last.draw(rng, 400_000), strict=True)
    people = list(dict.fromkeys(f"{first} {family}" for first, family in pairs))
    sentences = tuple(tuple(s for s in _SENTENCE.split(text) if 40 < len(s) < 400) for text in texts)
    return Material(zipfian(people), places, firms, words, tuple(s for s in sentences if s) if real else ())


def articles(count: int, of: Material, *, seed: int = 0, words: int = WORDS) -> Iterator[dict[str, Any]]:
    """Yield `count` articles as records of a JSON Lines file.

    Parameters
    ----------
    count : int
    of : Material
    seed : int
        Another one gives other articles; their urls differ too.
    words : int
        About how many words an article has.

    Yields
    ------
    dict
        With the names of its people, places and firms as tags, of a type each.
    """
    first = dt.date(2020, 1, 1)
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        cast = _Cast(of, rng)
        body = _changed(of, rng, cast, words) if of.sentences and number % 2 else _drawn(of, rng, cast, words)
        headline = f"{cast.person()} {' '.join(of.words.draw(rng, 4))} {cast.place()}"
        yield {
            "url": f"https://bench.example/{seed}/{number}",
            "title": headline,
            "text": body,
            "source": f"Paper {rng.randrange(40)}",
            "date": (first + dt.timedelta(days=rng.randrange(2000))).isoformat(),
            "language": "en",
            "tags": list(cast.types),
            "tag_types": cast.types,
        }


def write(file: Path, count: int, of: Material, *, seed: int = 0, words: int = WORDS) -> Path:
    """Write articles as JSON Lines."""
    with file.open("w", encoding="utf-8") as lines:
        for article in articles(count, of, seed=seed, words=words):
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    return file


class _Cast:
    """The few names of one article; the first that is asked for comes most often."""

    def __init__(self, of: Material, rng: random.Random) -> None:
        self._rng = rng
        self._people = of.people.draw(rng, 6)
        self._places = of.places.draw(rng, 4)
        self._firms = of.firms.draw(rng, 3)

    @property
    def types(self) -> dict[str, str]:
        """The names with their types."""
        kinds = (("person", self._people), ("place", self._places), ("organisation", self._firms))
        return {name: kind for kind, names in kinds for name in names}

    def person(self) -> str:
        return self._one(self._people)

    def place(self) -> str:
        return self._one(self._places)

    def firm(self) -> str:
        return self._one(self._firms)

    def _one(self, names: Sequence[str]) -> str:
        return names[int(len(names) * self._rng.random() ** 2)]


def _drawn(of: Material, rng: random.Random, cast: _Cast, words: int) -> str:
    """Return sentences whose content words are drawn one by one, between words as small as real sentences have."""
    sentences: list[str] = []
    drawn = 0
    while drawn < words:
        size = rng.randrange(8, 22)
        content = of.words.draw(rng, size)
        body = " ".join(word if rng.random() < 0.55 else rng.choice(_SMALL) for word in content)
        sentences.append(_OPENINGS[rng.randrange(len(_OPENINGS))](cast, rng, body))
        drawn += size + 5
    return _paragraphs(sentences)


def _changed(of: Material, rng: random.Random, cast: _Cast, words: int) -> str:
    """Return sentences of a few real articles with other names and other words."""
    sentences: list[str] = []
    drawn = 0
    while drawn < words:
        text = of.sentences[rng.randrange(len(of.sentences))]
        start = rng.randrange(len(text))
        for sentence in text[start : start + 4]:
            named = _NAME.sub(lambda _: (cast.person, cast.place, cast.firm)[rng.randrange(3)](), sentence)
            tokens = _TOKEN.findall(named)
            slots = [i for i, t in enumerate(tokens) if len(t) > 3 and t.islower() and rng.random() < CHANGED]
            for i, word in zip(slots, of.words.draw(rng, len(slots)), strict=True):
                tokens[i] = word
            sentences.append("".join(tokens).strip())
            drawn += len(tokens) // 2
    return _paragraphs(sentences)


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


_OPENINGS: tuple[Callable[[_Cast, random.Random, str], str], ...] = (
    lambda cast, rng, body: f"{cast.person()}, {rng.choice(_ROLES)} of {cast.firm()}, said {body}.",
    lambda cast, rng, body: f"{cast.firm()} announced in {cast.place()} that {body}.",
    lambda cast, rng, body: f"{cast.person()} met {cast.person()} in {cast.place()} to {body}.",
    lambda cast, rng, body: f"{body.capitalize()}.",
    lambda cast, rng, body: f"{body.capitalize()} and he {rng.choice(('left', 'joined', 'praised'))} {cast.firm()}.",
    lambda cast, rng, body: f"In {cast.place()} the {body}.",
)


def _sample_texts() -> Iterator[str]:
    lines = resources.files("kgretrieval.sample").joinpath("articles.jsonl").read_text(encoding="utf-8").splitlines()
    yield from (json.loads(line)["text"] for line in lines)


def _real_texts(folder: Path) -> Iterator[str]:
    for file, field in (("bbc_news/articles.jsonl.gz", "text"), ("ag_news/train_12000.jsonl.gz", "description")):
        with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)[field].replace("\\", " ") for line in lines)


def _real_names(folder: Path) -> tuple[Weighted, Weighted, Weighted, Weighted]:
    lists = folder / "gazetteers"
    given = [*_column(lists / "us_census1990_first_female.tsv.gz"), *_column(lists / "us_census1990_first_male.tsv.gz")]
    last = list(_column(lists / "us_census1990_last.tsv.gz"))
    places = [name for name, *_ in _rows(lists / "cities15000.tsv.gz", 1)][:20_000]
    firms = [name.split(",")[0].rstrip(".") for name, *_ in _rows(lists / "us_listed_companies.tsv.gz", 0)]
    rng = random.Random(11)
    rng.shuffle(firms)
    return Weighted(*zip(*given, strict=True)), Weighted(*zip(*last, strict=True)), zipfian(places), zipfian(firms)


def _column(file: Path) -> Iterator[tuple[str, float]]:
    for name, percent, *_ in _rows(file, 0):
        yield name, float(percent) + 1e-4


def _rows(file: Path, start: int) -> Iterator[list[str]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        next(lines)
        yield from (line.rstrip("\n").split("\t")[start:] for line in lines)


def _invented_names() -> tuple[Weighted, Weighted, Weighted, Weighted]:
    last = [a + b + c for a in _STARTS for b in _MIDDLES for c in _ENDS]
    rng = random.Random(3)
    rng.shuffle(last)
    firms = [f"{name} {rng.choice(_FIRMS)}" for name in last]
    return zipfian(_GIVEN), zipfian(last), zipfian(last[::-1]), zipfian(firms)
