"""Stories: how well articles about one event are put together, and what adding articles costs.

    python -m benchmarks.stories [--small]

- Quality: B-cubed on the test parts of ECB+ and of stories of Google News, beside two baselines over TF-IDF vectors
  whose thresholds are tuned on the dev parts, one for both data sets (as ours has one rule) and one for each: average
  linkage, and single-pass clustering (an article joins the story whose centre it is closest to, J. Allan et al., "Topic
  detection and tracking pilot study", 1998).
- Growth: seconds to bring the stories up to 1,000 more articles in a collection of 10,000 and of 100,000.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpus
from benchmarks.harness import is_small, row, write
from kgretrieval.evaluate.clusters import b_cubed
from kgretrieval.evaluate.knowledge import score
from kgretrieval.evaluate.stories import by, clusters
from kgretrieval.evaluate.story_data import Told, read_stories
from kgretrieval.store.ids import make_id
from kgretrieval.store.manifest import Manifest
from kgretrieval.store.records import Bundle, CountedText
from kgretrieval.store.store import Store, create_store
from kgretrieval.store.touched import forget_changes
from kgretrieval.store.write import commit
from kgretrieval.stories.update import update_stories
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Article

ECBPLUS, GOOGLE = corpus.DATA / "ecbplus", corpus.DATA / "googlenews_stories"
THRESHOLDS = tuple(step / 100 for step in range(4, 50, 2))
#: Words of an article, and articles about one event, where growth is measured.
WORDS, REPORTS = 150, 4
Clusters = list[set[str]]


def main() -> None:
    """Measure, and write the results."""
    sizes, more = ((500, 2_000), 100) if is_small() else ((10_000, 100_000), 1_000)
    quality = _quality([folder for folder in (ECBPLUS, GOOGLE) if folder.is_dir()])
    seconds = [_growth(size, more) for size in sizes]
    rows = [
        row(f"stories of {more:,} more articles in {size:,}", took, "s")
        for size, took in zip(sizes, seconds, strict=True)
    ]
    write("stories", quality=quality, growth=dict(zip(map(str, sizes), seconds, strict=True)), rows=rows)


# -- quality -------------------------------------------------------------------------------------------------


def _quality(folders: Sequence[Path]) -> dict[str, Any]:
    """Return the figures of ours and of the baselines: with one threshold for all data, and with one for each."""
    part = "dev" if is_small() else "test"
    dev = [read_stories(folder, "dev")[0] for folder in folders]
    test = [read_stories(folder, part)[0] for folder in folders]
    found: dict[str, Any] = {
        folder.name: {"part": part, "documents": len(articles), "ours": _figures(articles, clusters(articles))}
        for folder, articles in zip(folders, test, strict=True)
    }
    for name, method in (("tfidf_average", _average), ("tfidf_single_pass", _single_pass)):
        tried = [{t: _f1(articles, response) for t, response in method(articles, THRESHOLDS)} for articles in dev]
        shared = max(THRESHOLDS, key=lambda threshold: sum(curve[threshold] for curve in tried))
        for folder, articles, curve in zip(folders, test, tried, strict=True):
            own = max(curve, key=curve.__getitem__)
            told = {t: _figures(articles, response) for t, response in method(articles, sorted({own, shared}))}
            found[folder.name][name] = {"threshold": shared, **told[shared]}
            found[folder.name][f"{name}_tuned"] = {"threshold": own, **told[own]}
    return found


def _f1(articles: Sequence[Told], response: Clusters) -> float:
    return score([b_cubed(by(articles, "event"), response)]).f1


def _figures(articles: Sequence[Told], response: Clusters) -> dict[str, Any]:
    figures = {}
    for field in ("event", "topic"):
        one = score([b_cubed(by(articles, field), response)])
        figures[field] = {"precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4)}
    return figures


def _vectors(articles: Sequence[Told]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    analyser = Analyser.default()
    vectorizer = TfidfVectorizer(analyzer=lambda text: analyser.terms(text, "en"), sublinear_tf=True, dtype=np.float32)
    return vectorizer.fit_transform([f"{article.title}\n\n{article.text}" for article in articles])


def _average(articles: Sequence[Told], thresholds: Iterable[float]) -> Iterator[tuple[float, Clusters]]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    vectors = _vectors(articles)
    distances = 1.0 - (vectors @ vectors.T).toarray()
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(np.maximum(distances, 0.0), checks=False), "average")
    for threshold in thresholds:
        yield threshold, _grouped(articles, fcluster(tree, 1.0 - threshold, "distance"))


def _single_pass(articles: Sequence[Told], thresholds: Iterable[float]) -> Iterator[tuple[float, Clusters]]:
    vectors = _vectors(articles)
    for threshold in thresholds:
        # A column a story, so that the few words of an article are few whole rows.
        sums = np.zeros((vectors.shape[1], len(articles)), dtype=np.float32)
        squares = np.zeros(len(articles), dtype=np.float32)
        labels: list[int] = []
        count = 0
        for place in range(len(articles)):
            own = slice(vectors.indptr[place], vectors.indptr[place + 1])
            words, weights = vectors.indices[own], vectors.data[own]
            common = weights @ sums[words, :count]
            near = common / np.sqrt(np.maximum(squares[:count], 1e-9))
            best = int(near.argmax()) if count else 0
            if not count or near[best] < threshold:
                best, count = count, count + 1
            squares[best] += 2.0 * (weights @ sums[words, best]) + weights @ weights
            sums[words, best] += weights
            labels.append(best)
        yield threshold, _grouped(articles, labels)


def _grouped(articles: Sequence[Told], labels: Iterable[int]) -> Clusters:
    groups: dict[int, set[str]] = {}
    for article, label in zip(articles, labels, strict=True):
        groups.setdefault(int(label), set()).add(article.id)
    return list(groups.values())


# -- growth --------------------------------------------------------------------------------------------------


def _growth(size: int, more: int, rounds: int = 3) -> float:
    """Return the median of the seconds that `more` articles need in a collection of `size`."""
    material = corpus.material(corpus.DATA if corpus.DATA.is_dir() else None)
    analyser = Analyser.default()
    with tempfile.TemporaryDirectory() as folder:
        manifest = Manifest("mini", "0" * 64, {"picture": 4}, analyser.config, {"hand": "1"})
        store = create_store(Path(folder) / "news", manifest)
        news = _news(material, analyser)
        _put(store, islice(news, size))
        _timed(store)
        took = []
        for _ in range(rounds):
            _put(store, islice(news, more))
            took.append(_timed(store))
        store.close()
    return statistics.median(took)


def _news(of: corpus.Material, analyser: Analyser) -> Iterator[Bundle]:
    """Yield articles without end, some about one event: the same names and half of the same sentences, days apart."""
    rng = random.Random(0)
    for number, made in enumerate(corpus.articles(10**9, of, words=WORDS)):
        sentences = made["text"].split(". ")
        for report in range(rng.choice((1, 1, 1, REPORTS))):
            told = ". ".join(rng.sample(sentences, max(1, len(sentences) // 2))) if report else made["text"]
            key = f"{number}/{report}"
            article = Article(key=key, title=made["title"], text=told, date=made["date"], source=made["source"])
            bundle = Bundle(make_id("a", key), article, make_id("x", key))
            counts = Counter(analyser.terms(f"{article.title}\n\n{told}", "en"))
            bundle.counts.append(
                CountedText(bundle.article_id, list(counts), list(counts.values()), range(counts.total()))
            )
            yield bundle


def _put(store: Store, bundles: Iterator[Bundle]) -> None:
    while batch := list(islice(bundles, 1_000)):
        commit(store, batch)


def _timed(store: Store) -> float:
    begin = time.perf_counter()
    update_stories(store)
    took = time.perf_counter() - begin
    forget_changes(store, store.generation)
    return took


if __name__ == "__main__":
    main()
