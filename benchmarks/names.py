"""Names, looks, and both together, on newsimages25 and Flickr8k: python -m benchmarks.names [COLLECTION] [--small]

Every ranking alone and the search as it is. Asked are the names that the test part's tags give to 2 to 20 articles, for
their photos, once with the tags in the collection and once without; captions and headlines, for their photos, in
collections of the photos and of news that name people, with the graph and without; and the forty queries of
judged/names_and_looks.json, over the articles that the shipped encoder has not learnt from. COLLECTION, one of
newsimages25, is where the cost of the graph is timed; without it, the collection of the forty queries is.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

import kgretrieval
from benchmarks import harness
from kgretrieval.search.fuse import Fused, Weights, fuse
from kgretrieval.store.read import documents
from kgretrieval.types import Article, EntityType, Picture

DATA = Path(os.environ.get("KG_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
NEWS = DATA / "newsimages25"
JUDGED = Path(__file__).parent / "judged" / "names_and_looks.json"
TAGS = ("persons", "organisations")
#: What makes each single ranking; names and what is near them are the graph's.
SINGLE: Mapping[str, Mapping[str, float]] = {
    "picture space": {"looks_like": 1.0},
    "lexical": {"words": 1.0, "article_words": 0.5},
    "graph": {"names": 1.0, "graph": 0.01},
}
SMALL = 200

Record = dict[str, Any]
Ranked = list[tuple[str, Fused]]


def records(name: str, keep: Callable[[Record], bool]) -> list[Record]:
    file = "captions.jsonl" if name == "flickr8k" else "articles.jsonl"
    with (DATA / name / file).open(encoding="utf-8") as lines:
        found = [record for record in map(json.loads, lines) if keep(record)]
    return found[:SMALL] if harness.is_small() else found


def is_test(record: Record) -> bool:
    return bool(record["split"] == "test")


def is_unseen(record: Record) -> bool:
    """Say whether the shipped encoder has not learnt from an article: test, and a tenth of the web sites of train."""
    held_out = hashlib.sha1(("val:" + record["source"]).encode()).digest()[0] < 26
    return is_test(record) or (held_out and not record.get("leak"))


def names(record: Record) -> dict[str, EntityType]:
    kinds: dict[str, EntityType] = {"persons": "person", "organisations": "organisation"}
    return {name: kinds[field] for field in TAGS for name in record.get(field, ())}


def article(record: Record, *, tags: bool = True, photo: bool = True) -> Article:
    return Article(
        key=record["id"],
        title=record["title"],
        source=record["source"],
        date=record.get("date", ""),
        language="en",
        tags=tuple(names(record)) if tags else (),
        tag_types=names(record) if tags else {},
        pictures=(Picture(path=str(NEWS / record["image"])),) if photo else (),
    )


def collection(folder: Path, items: Iterable[Article | Picture]) -> kgretrieval.Collection:
    made = kgretrieval.create(folder)
    made.add(*items)
    return made


def photos(news: kgretrieval.Collection, asked: Sequence[str], *, graph: bool = True) -> list[Ranked]:
    """Return what each question finds, with the file of each picture in the place of its id."""
    searcher = news._search()
    found = searcher.rank_many(asked, kind="picture", graph=graph)
    ids = sorted({identifier for ranked in found for identifier, _ in ranked})
    path = {identifier: Path(one.path).stem for identifier, one in documents(searcher._store, ids).items()}
    return [[(path[identifier], fused) for identifier, fused in ranked] for ranked in found]


def by_ranking(ranked: Ranked) -> dict[str, list[tuple[int, float]]]:
    """Return the lists that were fused, by the place of each picture among those found."""
    lists: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for place, (_, fused) in enumerate(ranked):
        for one in fused.found_by:
            lists[one.ranking].append((one.rank, place, one.score))
    return {name: [(place, score) for _, place, score in sorted(own)] for name, own in lists.items()}


def orders(plain: Ranked, joined: Ranked) -> dict[str, list[str]]:
    """Return the pictures by every ranking alone, and by all; the picture space is asked with the words as they are."""
    found = {}
    for name, shares in SINGLE.items():
        ranked = joined if name == "graph" else plain
        lists = {ranking: own for ranking, own in by_ranking(ranked).items() if ranking in shares}
        found[name] = [ranked[one.document][0] for one in fuse(lists, Weights(shares))]
    return found | {"joined": [picture for picture, _ in joined]}


def by_names(news: kgretrieval.Collection, rows: Sequence[Record]) -> dict[str, Any]:
    """Return the share of right photos among the first ten, and of those there are that come so early."""
    right: dict[str, set[str]] = defaultdict(set)
    for record in rows:
        for name in names(record):
            right[name].add(Path(record["image"]).stem)
    asked = sorted(name for name, own in right.items() if 2 <= len(own) <= 20)
    plain, joined = photos(news, asked, graph=False), photos(news, asked)
    told: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, one, other in zip(asked, plain, joined, strict=True):
        for ranking, order in orders(one, other).items():
            hits = len(right[name].intersection(order[:10]))
            told[ranking].append((hits / 10, hits / min(10, len(right[name]))))
    figures: dict[str, Any] = {
        ranking: {"P@10": rounded(p for p, _ in own), "R@10": rounded(r for _, r in own)}
        for ranking, own in told.items()
    }
    figures["most that P@10 can be"] = rounded(min(10, len(right[name])) / 10 for name in asked)
    figures["joined / picture space"] = round(figures["joined"]["P@10"] / figures["picture space"]["P@10"], 2)
    return {"names": len(asked), **figures}


def by_looks(folder: Path, news: Sequence[Record], name: str) -> dict[str, Any]:
    """Return R@1, 5 and 10 in per cent of captions or headlines for photos that nothing but their looks can find."""
    rows = records(name, is_test)
    paths = [str(DATA / name / record["image"]) for record in rows]
    pictures = [Picture(path=path, key=path) for path in paths]
    mixed = collection(folder, [*pictures, *(article(record, photo=False) for record in news)])
    texts = [(record["captions"] if name == "flickr8k" else [record["title"]]) for record in rows]
    pairs = [(text, Path(record["image"]).stem) for record, own in zip(rows, texts, strict=True) for text in own]
    figures: dict[str, Any] = {"queries": len(pairs)}
    for label, graph in (("graph on", True), ("graph off", False)):
        found = photos(mixed, [text for text, _ in pairs], graph=graph)
        places = [
            [p for p, _ in own].index(right) if right in dict(own) else 999
            for own, (_, right) in zip(found, pairs, strict=True)
        ]
        figures[label] = {f"R@{k}": round(100 * mean(place < k for place in places), 1) for k in (1, 5, 10)}
    return figures


def place_of(picture: str, ranked: Ranked) -> int:
    """Return the place of a picture, counted from 0, a large one where it was not found."""
    return next((place for place, (one, _) in enumerate(ranked) if one == picture), sys.maxsize)


def by_both(news: kgretrieval.Collection) -> dict[str, Any]:
    """Return nDCG@10 of every ranking for the judged queries."""
    judged: dict[str, dict[str, int]] = json.loads(JUDGED.read_text(encoding="utf-8"))
    asked = [query for query, grades in judged.items() if any(grades.values())]
    told: dict[str, list[float]] = defaultdict(list)
    missing = 0
    for query, one, other in zip(asked, photos(news, asked, graph=False), photos(news, asked), strict=True):
        found = orders(one, other)
        missing += sum(picture not in judged[query] for picture in found["joined"][:10])
        for ranking, order in found.items():
            told[ranking].append(ndcg(order, judged[query]))
    figures = {ranking: rounded(own) for ranking, own in told.items()}
    return {"queries": len(judged), "with a right photo": len(asked), "not judged": missing, "nDCG@10": figures}


def ndcg(order: Sequence[str], grades: Mapping[str, int]) -> float:
    def gain(values: Iterable[int]) -> float:
        return sum((2.0**value - 1) / log2(place + 2) for place, value in enumerate(values))

    best = gain(sorted(grades.values(), reverse=True)[:10])
    return gain(grades.get(picture, 0) for picture in order[:10]) / best


def cost(news: kgretrieval.Collection) -> dict[str, Any]:
    """Return the seconds of a question with a name, with the graph and without, in turns."""
    searcher = news._search()
    asked = list(json.loads(JUDGED.read_text(encoding="utf-8")))[:20]

    def ask(*, graph: bool) -> None:
        for query in asked:
            for kind in ("article", "picture"):
                searcher.rank_many([query], kind=kind, graph=graph)

    timed = harness.compare({"graph on": lambda: ask(graph=True), "graph off": lambda: ask(graph=False)})
    seconds = timed["seconds"]
    return {
        "articles": news.stats().counts["article"],
        "ms a question": {name: round(1000 * value / len(asked), 2) for name, value in seconds.items()},
        "graph on / graph off": round(seconds["graph on"] / seconds["graph off"], 3),
    }


def rounded(values: Iterable[float]) -> float:
    return round(mean(values), 4)


def main() -> None:
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if not (NEWS / "articles.jsonl").exists():
        sys.exit(f"skipped: there is no {NEWS}; set KG_DATA to the folder of the data sets")
    test = records("newsimages25", is_test)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        tagged = collection(root / "tagged", map(article, test))
        bare = collection(root / "bare", (article(record, tags=False) for record in test))
        figures: dict[str, Any] = {
            "names, tags in the collection": by_names(tagged, test),
            "names, tags withheld": by_names(bare, test),
        }
        if harness.is_small():
            figures["cost"] = cost(tagged)
        else:
            unseen = collection(root / "unseen", map(article, records("newsimages25", is_unseen)))
            figures["captions for photos of Flickr8k"] = by_looks(root / "flickr8k", test, "flickr8k")
            figures["headlines for photos of newsimages25"] = by_looks(root / "headlines", test, "newsimages25")
            figures["names and looks"] = by_both(unseen)
            figures["cost"] = cost(kgretrieval.open(given[0]) if given else unseen)
    harness.write("names", **figures)


if __name__ == "__main__":
    main()
