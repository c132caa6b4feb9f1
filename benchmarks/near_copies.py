"""How well near copies of pictures are found, and how fast.

    python -m benchmarks.near_copies [--small] [--data ../shared/data] [--index FOLDER]

Made copies of test photographs of newsimages25 are asked for in a collection of all of its 8,500; photographs of
flickr8k, of which none is in there, say how often something is found that is none. Repeated photographs of both news
sets are compared with judgements of people (`judged/near_copies.json`, pairs of ids; pooled from several methods).
`--index` keeps the collections, which take minutes to make. Thresholds were chosen on the train part of newsimages25.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

import kgretrieval
from benchmarks import harness
from benchmarks.made_pictures import KINDS
from kgretrieval.collection import Collection
from kgretrieval.index.near_copies import near_copies, nearest_hashes
from kgretrieval.index.snapshot import Snapshot, open_snapshot
from kgretrieval.pictures.decode import open_picture
from kgretrieval.pictures.phash import SAME_BITS, distances
from kgretrieval.provenance.asked import asked_for
from kgretrieval.sources import read
from kgretrieval.sources.options import ReadOptions
from kgretrieval.store.picture_rows import picture_uses
from kgretrieval.store.store import Store
from kgretrieval.types import Article

JUDGED = Path(__file__).parent / "judged" / "near_copies.json"
MILLION = 1_000_000
#: Articles in the collection of the small setting.
_SMALL = 200


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.near_copies", description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--index", type=Path)
    asked = parser.parse_args()
    figures: dict[str, Any] = {"at a million": hashes_of_a_million()}
    if asked.data.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            figures |= on_news(asked.data, asked.index or Path(folder), small=asked.small)
    else:
        print(f"no data at {asked.data}: the speed of hashes alone is measured")
    harness.write("near_copies", **figures)


def on_news(data: Path, folder: Path, *, small: bool) -> dict[str, Any]:
    """Measure on newsimages25, flickr8k and ksta19."""
    news = collection_of(data, "newsimages25", folder, limit=_SMALL if small else 0)
    rows = list(lines(data / "newsimages25" / "articles.jsonl"))
    rows = rows[:_SMALL] if small else [row for row in rows if row["split"] == "test"]
    chosen = sample([data / "newsimages25" / row["image"] for row in rows], 3 if small else 50)
    others = [row for row in lines(data / "flickr8k" / "captions.jsonl") if row["split"] == "val"]
    strangers = sample([data / "flickr8k" / row["image"] for row in others], 5 if small else 300)
    found = {"made copies": made_copies(news, chosen), "pictures of another set": unknown(news, strangers)}
    found["one question"] = seconds_of(news, chosen[:10])
    if not small:
        found["repeated photographs"] = {
            "newsimages25, test": repeated(news, data, "newsimages25", "test"),
            "ksta19": repeated(collection_of(data, "ksta19", folder), data, "ksta19", ""),
        }
    return found


def lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def sample(things: Sequence[Path], count: int) -> list[Path]:
    chosen = np.random.default_rng(10).permutation(len(things))[:count]
    return [things[i] for i in chosen]


def collection_of(data: Path, name: str, folder: Path, *, limit: int = 0) -> Collection:
    """Open the collection of a data set, made if it is not there; its texts are of no interest here."""
    location = folder / f"{name}{f'-{limit}' if limit else ''}"
    if not (location / "manifest.json").exists():
        read_in = read([data / name / "articles.jsonl"], options=ReadOptions())
        records = [record for record in islice(read_in, limit or None) if isinstance(record, Article)]
        Collection(location, extractors=["tags"]).add(*records)
    return kgretrieval.open(location)


def made_copies(news: Collection, files: Sequence[Path]) -> dict[str, Any]:
    """Return, for each way to make a copy, how many of the originals are found: by all, and by the hash alone."""
    store, encoder = news._open_reader(), news._own_encoder()
    found: dict[str, Any] = {}
    with store.reading():
        snapshot = open_snapshot(store)
        for kind, make in KINDS.items():
            random = np.random.default_rng(11)
            right = by_hash = more = 0
            for file in files:
                (own,) = (store_id(store, snapshot, file),)
                asked = asked_for(store, snapshot.catalog, make(open_picture(file), random), lambda: encoder)
                copies = {copy.picture for copy in near_copies(store, snapshot, asked.look)}
                place = int(snapshot.catalog.ordinals([own])[0]) - snapshot.catalog.articles
                right += own in copies
                more += len(copies - {own})
                by_hash += int(distances(asked.look.phash, snapshot.hashes[place : place + 1])[0]) <= SAME_BITS
            found[kind] = {
                "recall": round(right / len(files), 3),
                "recall of the hash alone": round(by_hash / len(files), 3),
                "other pictures found": more,
            }
            print(kind, found[kind], flush=True)
    return found


def store_id(store: Store, snapshot: Snapshot, file: Path) -> str:
    """Return the id of the picture in a file that the collection holds."""
    import hashlib

    from kgretrieval.store.ids import make_id

    return make_id("p", hashlib.sha256(file.read_bytes()).hexdigest())


def unknown(news: Collection, files: Sequence[Path]) -> dict[str, Any]:
    """Return how much is found for pictures of which the collection holds no copy."""
    store, encoder = news._open_reader(), news._own_encoder()
    wrong: list[tuple[str, str]] = []
    with store.reading():
        snapshot = open_snapshot(store)
        for file in files:
            asked = asked_for(store, snapshot.catalog, file, lambda: encoder)
            wrong += [(file.stem, copy.picture) for copy in near_copies(store, snapshot, asked.look)]
        pairs = len(files) * len(snapshot.hashes)
    figures = {"pairs": pairs, "false alarms": len(wrong), "a million pairs": round(len(wrong) / pairs * MILLION, 3)}
    print(figures, wrong, flush=True)
    return figures


def seconds_of(news: Collection, files: Sequence[Path]) -> dict[str, Any]:
    """Return the seconds of a question by a file and by an id, with the collection open."""
    store = news._open_reader()
    with store.reading():
        snapshot = open_snapshot(store)
        ids = [store_id(store, snapshot, file) for file in files]
        pictures = len(snapshot.hashes)
    times: dict[str, list[float]] = {"by id": [], "of a new picture": []}
    news.where_used(files[0])
    for file, own in zip(files, ids, strict=True):
        small = open_picture(file).resize((150, 100))
        for name, thing in (("by id", own), ("of a new picture", small)):
            begin = time.perf_counter()
            news.where_used(thing)
            times[name].append(time.perf_counter() - begin)
    return {"pictures": pictures, **{name: harness.median(values) for name, values in times.items()}}


def repeated(news: Collection, data: Path, name: str, split: str) -> dict[str, Any]:
    """Compare the pairs that are found with those that were judged."""
    judged = json.loads(JUDGED.read_text(encoding="utf-8"))[name]
    same, different = ({frozenset(pair) for pair in judged[kind]} for kind in ("same", "different"))
    store = news._open_reader()
    rows = [row for row in lines(data / name / "articles.jsonl") if split in ("", row["split"])]
    key = {str((data / name / row["image"]).resolve()): row["id"] for row in rows}
    found: set[frozenset[str]] = set()
    hashes: dict[str, int] = {}
    with store.reading():
        snapshot = open_snapshot(store)
        pictures = {store_id(store, snapshot, Path(path)) for path in key}
        for picture in sorted(pictures):
            asked = asked_for(store, snapshot.catalog, picture, news._own_encoder)
            near = [copy.picture for copy in near_copies(store, snapshot, asked.look)]
            used = [key[p] for u in picture_uses(store, near) if (p := str(Path(u.path).resolve())) in key]
            own = {key[p] for u in picture_uses(store, [picture]) if (p := str(Path(u.path).resolve())) in key}
            found |= {frozenset((a, b)) for a in own for b in used if a != b}
            hashes |= dict.fromkeys(own, asked.look.phash)
    by_hash = _within(hashes)
    return {
        "pictures": len(pictures),
        "judged the same": len(same),
        "all": _figures(found, same, different),
        "hash alone": _figures(by_hash, same, different),
    }


def _within(hashes: dict[str, int]) -> set[frozenset[str]]:
    names = list(hashes)
    values = np.array([hashes[name] for name in names], dtype=np.uint64)
    return {
        frozenset((names[i], names[j]))
        for i, value in enumerate(values)
        for j in np.flatnonzero(distances(int(value), values) <= SAME_BITS).tolist()
        if i != j
    }


def _figures(found: set[frozenset[str]], same: set[frozenset[str]], different: set[frozenset[str]]) -> dict[str, Any]:
    judged = found & (same | different)
    return {
        "found": len(found),
        "not judged": len(found - judged),
        "precision": round(len(found & same) / max(1, len(judged)), 4),
        "recall": round(len(found & same) / max(1, len(same)), 4),
    }


def hashes_of_a_million() -> dict[str, Any]:
    """Time the look for the nearest of a million hashes, in turns with faiss's index of bits."""
    import faiss

    random = np.random.default_rng(1)
    hashes = random.integers(0, 2**64, MILLION, dtype=np.uint64)
    index = faiss.IndexBinaryFlat(64)
    index.add(hashes.view(np.uint8).reshape(-1, 8))
    asked = hashes[7:9].copy()
    cases = {
        "ours": lambda: [nearest_hashes(int(value), hashes, 64) for value in asked],
        "faiss IndexBinaryFlat": lambda: index.search(asked.view(np.uint8).reshape(-1, 8), 64),
    }
    return {"hashes": MILLION, "asked for": len(asked), **harness.compare(cases)}


if __name__ == "__main__":
    main()
