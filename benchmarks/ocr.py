"""Text in pictures: words found, pictures a second, and the search for letters among many texts.

    python -m benchmarks.ocr [--small]

Real pictures of the folder ``ocr`` of the data sets, split in two by a hash of their names: the settings of
`kgretrieval.pictures.ocr` were chosen on the first part ("dev"), the figures are those of the second ("test"). Words
count without case and punctuation, of Chinese, Japanese and Thai texts single characters, of receipts whose source
joins the words of a line whole lines without blanks. Beside it the engine as its package comes. Text that a source
marks as illegible and leaves out can only lower the precision. Seconds are those that the one thread computes.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.harness import compare, is_small, peak_memory, row, write
from kgretrieval.pictures.decode import open_picture
from kgretrieval.pictures.reading import TextReader

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "ocr"
_BY_CHARACTER = ("zh", "ja", "th")
#: Pictures of a part in the small setting, and texts that are searched.
SMALL, TEXTS, SMALL_TEXTS = 5, 100_000, 5_000


def main() -> None:
    pictures = [json.loads(line) for line in (DATA / "labels.jsonl").open(encoding="utf-8")]
    parts = {name: [p for p in pictures if part_of(p["image"]) == name] for name in ("dev", "test")}
    if is_small():
        parts = {name: sorted(own, key=lambda p: p["width"] * p["height"])[:SMALL] for name, own in parts.items()}
    figures = {name: measure(own) for name, own in parts.items()}
    memory = round(peak_memory() / 1e6)
    search = search_letters(SMALL_TEXTS if is_small() else TEXTS)
    speed = figures["test"]["pictures_per_second"]
    rows = [
        row("text in pictures, one core", speed["ours"], "pictures/s", "rapidocr as it comes", speed["as it comes"]),
        row(f"letters among {search['texts']:,} texts", search["seconds"] * 1000, "ms"),
    ]
    write("ocr", parts=figures, search=search, memory_mb=memory, rows=rows)


def part_of(image: str) -> str:
    """Return the part a picture belongs to, by its name."""
    return "dev" if hashlib.sha256(image.encode()).digest()[0] % 2 == 0 else "test"


def measure(pictures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Read pictures in both ways, in turns, and count words."""
    reader, plain = TextReader(limit=600), as_it_comes()
    readers: Mapping[str, Callable[[Path], list[str]]] = {
        "ours": lambda path: [line.text for line in reader.read(path).lines],
        "as it comes": plain,
    }
    for read in readers.values():
        read(DATA / pictures[0]["image"])
    found: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for picture in pictures:
        for name, read in readers.items():
            begun = time.thread_time()
            lines = read(DATA / picture["image"])
            seconds[name] += time.thread_time() - begun
            for group in (kind_of(picture), "all"):
                found[name][group] += counted(picture, lines)
    return {
        "pictures": len(pictures),
        "pictures_per_second": {name: round(len(pictures) / value, 2) for name, value in seconds.items()},
        "words": {name: {group: rates(c) for group, c in sorted(own.items())} for name, own in found.items()},
    }


def as_it_comes() -> Callable[[Path], list[str]]:
    """Return the engine with the settings of its package, on one core as ours is."""
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def read(path: Path) -> list[str]:
        found, _ = engine(np.ascontiguousarray(np.asarray(open_picture(path))[:, :, ::-1]))
        return [one[1] for one in found or ()]

    return read


def kind_of(picture: Mapping[str, Any]) -> str:
    """Return what a picture is, by its name; signs by their script, since the engine reads English and Chinese."""
    name = Path(picture["image"]).stem.partition("_")[0]
    if picture["kind"] in ("street sign", "poster"):
        return f"sign, {picture['lang']}"
    known = {"ic15": "street scene", "crop": "tiny word", "demo": "word, curved or tilted", "scan": "print"}
    return known.get(name, "receipt, photographed" if name == "wildreceipt" else "receipt")


def counted(picture: Mapping[str, Any], lines: Iterable[str]) -> Counter[str]:
    """Count the words that are there, those read, and those of them that are right."""
    there, read = Counter(units(picture, picture["words"])), Counter(units(picture, lines))
    return Counter(there=there.total(), read=read.total(), right=(there & read).total(), pictures=1)


def units(picture: Mapping[str, Any], texts: Iterable[str]) -> list[str]:
    """Return what is counted in a picture's texts."""
    if picture["lang"] in _BY_CHARACTER:
        return [char for text in texts for char in bare(text)]
    joined = Path(picture["image"]).name.startswith("wildreceipt")
    pieces = texts if joined else (word for text in texts for word in text.split())
    return [word for piece in pieces if (word := bare(piece))]


def bare(text: str) -> str:
    """Return a text without case, punctuation and blanks; accents stay."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def rates(counts: Counter[str]) -> dict[str, float | int]:
    """Return recall and precision, with what they are of."""
    return {
        "pictures": counts["pictures"],
        "words": counts["there"],
        "recall": round(counts["right"] / max(1, counts["there"]), 3),
        "precision": round(counts["right"] / max(1, counts["read"]), 3),
    }


def search_letters(texts: int) -> dict[str, float | int]:
    """Time the search for a stretch of letters in so many made texts of about fifteen words, of which one holds it."""
    from kgretrieval import encoders
    from kgretrieval.collection.handle import new_manifest
    from kgretrieval.store.reading_rows import reading_holds
    from kgretrieval.store.reading_write import ReadPicture, commit_readings
    from kgretrieval.store.store import create_store
    from kgretrieval.types import PictureText, TextLine

    random = np.random.default_rng(0)
    words = np.array(["".join(random.choice(list("abcdefghijklmnoprstuw"), 6)) for _ in range(5000)])
    box = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    made = []
    for place in range(texts):
        text = " ".join(random.choice(words, 15)) + (" B-XY 4711" if place == texts // 2 else "")
        made.append(ReadPicture(f"p:{place:012x}", PictureText((TextLine(text, 0.9, box),), "made", "1")))
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "made", new_manifest(encoders.load("mini")))
        commit_readings(store, made)
        assert len(reading_holds(store, "xy4711")) == 1
        times = compare({"ours": lambda: reading_holds(store, "xy4711")})
        store.close()
    return {"texts": texts, "seconds": times["seconds"]["ours"]}


if __name__ == "__main__":
    main()
