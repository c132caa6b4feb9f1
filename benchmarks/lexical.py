"""BM25 from disk beside bm25s: the same best ten, queries a second; what adding to an index costs as it grows.

Both are given the same terms of the same news (`benchmarks.corpus`: half of it Zipf text, half real text with changes),
one term a word, Lucene's BM25 with the same k1 and b, and queries made of headlines and of words from within articles.
Both are memory-mapped. bm25s runs with its default backend, NumPy, one query at a time and all queries at once, and
with Numba where that is installed. Without bm25s only our own figures are measured.

Adding: the index of a collection that got 1,000 more articles, made from the last one, at two sizes.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpus, harness
from kgretrieval.index._lexical_part import K1, B
from kgretrieval.index.bases import Base
from kgretrieval.index.lexical import LexicalIndex
from kgretrieval.index.lexical_build import write_lexical
from kgretrieval.store.ids import make_id
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.records import Bundle, CountedText
from kgretrieval.store.store import Store, create_store
from kgretrieval.store.touched import changes_since
from kgretrieval.store.write import commit
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.counts import count_terms
from kgretrieval.types import Article

WORDS = 110
ADDED = 1000
BATCH = 512
TOP = 10
ROUNDS = 9

Texts = dict[str, list[str]]


def fill(store: Store, articles: Iterator[dict[str, str]], analyser: Analyser) -> tuple[Texts, list[str]]:
    """Put the counts of articles into a store; return the terms of each and the headlines."""
    terms: Texts = {}
    headlines: list[str] = []
    while batch := list(islice(articles, BATCH)):
        texts = [(f"{a['title']}\n\n{a['text']}", "en") for a in batch]
        bundles = []
        for article, counted, text in zip(batch, count_terms(texts, analyser).by_text(), texts, strict=True):
            own = make_id("a", article["url"])
            record = Article(key=article["url"], title=article["title"], language="en")
            bundles.append(Bundle(article_id=own, article=record, digest="d"))
            bundles[-1].counts.append(CountedText(own, *counted))
            terms[own] = analyser.terms(*text)
            headlines.append(article["title"])
        commit(store, bundles)
    return terms, headlines


def queries(terms: Texts, headlines: Sequence[str], analyser: Analyser, count: int) -> list[list[str]]:
    """Return queries of one to eight different terms: beginnings of headlines, and words of one article."""
    rng = random.Random(5)
    asked = []
    for _ in range(count // 2):
        words = [group[0] for group in analyser.query_terms(rng.choice(headlines), ["en"])]
        asked.append(words[: rng.randrange(1, 9)])
        own = terms[rng.choice(list(terms))]
        asked.append(list(dict.fromkeys(rng.choices(own, k=rng.randrange(1, 9)))))
    return [list(dict.fromkeys(words)) for words in asked if words]


def peer(texts: Sequence[list[str]], folder: Path, backend: str) -> Any | None:
    """Return bm25s over these texts, read back from disk; None where it, or the backend, is not installed."""
    os.environ.setdefault("DISABLE_TQDM", "1")
    try:
        import bm25s

        made = bm25s.BM25(method="lucene", k1=K1, b=B, backend=backend)
    except ImportError:
        return None
    made.index(texts, show_progress=False)
    made.save(str(folder), show_progress=False)
    return bm25s.BM25.load(str(folder), mmap=True, backend=backend)


def same_best(index: LexicalIndex, other: Any, asked: Sequence[list[str]]) -> int:
    """Count the queries of which the best ten are the same: the scores, and all rows above a tie with the tenth."""
    same = 0
    for words in asked:
        rows, scores = index.search([(word,) for word in words], TOP)
        found = other.retrieve([words], k=TOP, show_progress=False)
        # Lucene's formula leaves out the factor k1 + 1, which changes no order.
        theirs = found.scores[0] * (K1 + 1.0)
        held = int((theirs > 0).sum())
        if len(rows) != held or not np.allclose(scores, theirs[:held], rtol=1e-4):
            continue
        above = scores > scores[-1] * (1 + 1e-4) if held == TOP else np.ones(held, dtype=bool)
        same += set(rows[above].tolist()) == set(found.documents[0][:held][above].tolist())
    return same


def searched(index: LexicalIndex, texts: Texts, asked: Sequence[list[str]], folder: Path) -> dict[str, Any]:
    """Time the queries, in turns with bm25s where it is there."""
    ordered = [texts[holder.decode()] for holder in index.holders(np.arange(len(index))).tolist()]
    cases: dict[str, Callable[[], object]] = {
        "kgretrieval": lambda: [index.search([(word,) for word in words], TOP) for words in asked]
    }
    figures: dict[str, Any] = {"queries": len(asked)}
    for backend in ("numpy", "numba"):
        other = peer(ordered, folder / backend, backend)
        if other is None:
            print(f"bm25s with {backend} is not installed: skipped")
            continue
        figures[f"same best {TOP}, {backend}"] = same_best(index, other, asked)
        cases[f"bm25s {backend}"] = partial(_one_by_one, other, asked)
        cases[f"bm25s {backend}, all at once"] = partial(other.retrieve, asked, k=TOP, show_progress=False)
    return figures | harness.compare(cases, rounds=5)


def _one_by_one(other: Any, asked: Sequence[list[str]]) -> None:
    for words in asked:
        other.retrieve([words], k=TOP, show_progress=False)


def other_questions(folder: Path, headlines: Sequence[str], analyser: Analyser) -> dict[str, float]:
    """Return milliseconds for a phrase of two words and for a prefix, medians."""
    index, rng = LexicalIndex(folder), random.Random(6)
    phrases = [" ".join(rng.choice(headlines).split()[:2]) for _ in range(200)]
    prefixes = [rng.choice(headlines).split()[-2][:4].lower() for _ in range(200)]
    wanted = [analyser.phrase(phrase, ["en"]) for phrase in phrases]
    return {
        "phrase of two names, ms": _milliseconds(lambda i: index.phrase_rows(wanted[i]), 200),
        "prefix of four letters, ms": _milliseconds(lambda i: index.prefix_terms(prefixes[i], 50), 200),
        "open and first query, ms": _milliseconds(lambda _: LexicalIndex(folder).search([("goal",)], TOP), 20),
    }


def _milliseconds(run: Callable[[int], object], count: int) -> float:
    times = []
    for number in range(count):
        begin = time.perf_counter()
        run(number)
        times.append(time.perf_counter() - begin)
    return harness.rounded(1000 * statistics.median(times))


def adding(stores: dict[int, tuple[Store, Path]], material: corpus.Material, analyser: Analyser) -> dict[int, float]:
    """Return the seconds that the index of what came since takes, made from the last one, at each size in turns."""
    since = {size: store.generation for size, (store, _) in stores.items()}
    for store, _ in stores.values():
        fill(store, corpus.articles(ADDED, material, seed=1, words=WORDS), analyser)
    times: dict[int, list[float]] = {size: [] for size in stores}
    for number in range(ROUNDS):
        for size, (store, last) in stores.items():
            with store.reading():
                changes = changes_since(store, since[size])
                assert changes is not None
                begin = time.perf_counter()
                write_lexical(store, last.with_name(f"{number}"), Base(last, changes))
                times[size].append(time.perf_counter() - begin)
    return {size: harness.rounded(statistics.median(values)) for size, values in times.items()}


def main() -> None:
    small = harness.is_small()
    sizes = (1000, 5000) if small else (10_000, 100_000)
    analyser = Analyser.default()
    material = corpus.material(corpus.DATA)
    figures: dict[str, Any] = {}
    stores: dict[int, tuple[Store, Path]] = {}
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / str(size)
            store = create_store(folder / "store", Manifest("none", "0", {"text": 4}, analyser.config, {}))
            stores[size] = (store, folder / "lexical")
            texts, headlines = fill(store, corpus.articles(size, material, words=WORDS), analyser)
            begin = time.perf_counter()
            with store.reading():
                index = write_lexical(store, folder / "lexical")
            figures["build, s"] = harness.rounded(time.perf_counter() - begin)
        figures["bytes"] = sum(file.stat().st_size for file in (folder / "lexical").iterdir())
        figures |= searched(index, texts, queries(texts, headlines, analyser, 100 if small else 500), folder)
        figures |= other_questions(folder / "lexical", headlines, analyser)
        added = adding(stores, material, analyser)
        for store, _ in stores.values():
            store.close()
    figures["adding, s"] = {str(size): seconds for size, seconds in added.items()}
    harness.write("lexical", documents=sizes[-1], **figures, rows=_rows(figures, added))


def _rows(figures: dict[str, Any], added: dict[int, float]) -> list[dict[str, Any]]:
    few, many = added
    rates = {who: figures["queries"] / seconds for who, seconds in figures["seconds"].items()}
    what = f"BM25 from disk, {many:,} documents"
    ours, *peers = rates
    rows = [harness.row(what, rates[ours], "queries/s", who, rates[who]) for who in peers]
    rows = rows or [harness.row(what, rates[ours], "queries/s")]
    more = f"add {ADDED:,} documents to the lexical index of {many:,}"
    return [*rows, harness.row(more, added[many], "s", f"to one of {few:,}", added[few])]


if __name__ == "__main__":
    main()
