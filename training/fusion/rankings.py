"""The rankings of every set by words and by names, made by the package and kept; by meaning, made anew each time.

    python rankings.py          # all sets for choosing, a quarter of an hour on two cores

Words and names do not depend on the encoder, so new weights of it need only new vectors.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import sets

RUN = sets.ROOT / "training" / "runs" / "fusion"
#: What a ranking holds: as deep as the package's.
DEPTH = 200


def kept(name):
    """The words and names rankings of a set and its passages, from the file or made now."""
    file = RUN / f"{name.replace(' ', '_')}.json.gz"
    if not file.exists():
        RUN.mkdir(parents=True, exist_ok=True)
        made = json.dumps(made_by_package({**sets.CHOICE, **sets.TEST}[name]()))
        unfinished = file.with_suffix(".new")
        with gzip.open(unfinished, "wt", encoding="utf-8") as out:
            out.write(made)
        unfinished.rename(file)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return json.load(lines)


def made_by_package(own):
    """Take the documents into a collection and ask for words and names, as a search does."""
    from kgretrieval import encoders, extractors
    from kgretrieval.collection.handle import new_manifest
    from kgretrieval.ingest.pipeline import ingest
    from kgretrieval.ingest.workers import Workers
    from kgretrieval.search.answer import Searcher
    from kgretrieval.store.ids import make_id
    from kgretrieval.store.store import create_store
    from kgretrieval.text.analysis import Analyser
    from kgretrieval.text.passages import passages
    from kgretrieval.types import Article

    encoder, analyser = encoders.load("mini"), Analyser.default()
    place = {make_id("a", key): n for n, key in enumerate(own.documents)}
    number = {key: n for n, key in enumerate(own.documents)}
    questions = list(own.questions)
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "collection", new_manifest(encoder))
        records = (Article(key=k, title="", text=text, language=own.language) for k, text in own.documents.items())
        workers = Workers(encoder, extractors.load(), analyser)
        ingest(store, records, lambda: workers)
        found = by_words_and_names(store, Searcher(store, lambda: encoder, analyser), own, place, number)
        store.close()
    pieces = [
        (n, passage.text)
        for n, text in enumerate(own.documents.values())
        for passage in passages("a:0", "text", text, own.language)
    ]
    return {
        "documents": len(number),
        "questions": [own.questions[q] for q in questions],
        "right": [sorted(number[d] for d in own.right[q] if d in number) for q in questions],
        "excluded": [number[own.excluded[q]] if own.excluded else -1 for q in questions],
        "passages": pieces,
        **found,
    }


def by_words_and_names(store, searcher, own, place, number):
    from kgretrieval.search.filters import kind_mask
    from kgretrieval.search.graph_ranking import walk
    from kgretrieval.search.parse import as_it_stands
    from kgretrieval.search.rankings import words

    found = {"words": [], "names": [], "only_names": []}
    with store.reading():
        snapshot = searcher._current()
        ordinal = {place[snapshot.catalog.id(n)]: n for n in range(len(snapshot.catalog))}
        for key, text in own.questions.items():
            passed = kind_mask(snapshot.catalog, "article").copy()
            if own.excluded:
                passed[ordinal[number[own.excluded[key]]]] = False
            asked = searcher._asker.asked(snapshot, as_it_stands(text))
            near = walk(searcher._graph(), snapshot.catalog, asked.names).among(passed, DEPTH)
            own_words = words(snapshot, asked.groups, asked.weights, passed, DEPTH, "article")
            for kind, ranking in (("words", own_words), ("names", near.named)):
                found[kind].append([(place[snapshot.catalog.id(d)], score) for d, score in ranking])
            found["only_names"].append(asked.only_names)
    return found


def by_meaning(one, encode):
    """The documents in the order of their passages nearest to each question, without limit, for every question."""
    vectors = encode([text for _, text in one["passages"]]).astype(np.float16).astype(np.float32)
    owner = np.array([n for n, _ in one["passages"]])
    starts = np.flatnonzero(np.r_[True, np.diff(owner) > 0])
    found = []
    for query, excluded in zip(encode(one["questions"]), one["excluded"], strict=True):
        best = np.maximum.reduceat(vectors @ query, starts)
        ranked = [
            (int(owner[starts[n]]), float(best[n]))
            for n in np.argsort(-best, kind="stable")[: DEPTH + 1]
            if query.any() and owner[starts[n]] != excluded
        ]
        found.append(ranked[:DEPTH])
    return found


if __name__ == "__main__":
    for chosen in sys.argv[1:] or sets.CHOICE:
        one = kept(chosen)
        print(f"{chosen}: {one['documents']} documents, {len(one['questions'])} questions", flush=True)
