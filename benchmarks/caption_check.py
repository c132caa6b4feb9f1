"""Captions that are right and captions with one thing swapped: python -m benchmarks.caption_check [--small] [--tuning]

An archive of real headlines with their photos (newsimages25, train part), German ones (ksta19) and photos with five
captions each (flickr8k, train part) is asked about copies of its photos under captions that are right, and under the
same kind of captions in which a person, a place, a date, a number or the picture is another pair's. Each swapped
caption is also asked about as it was. Beside them, photographs that two newspapers printed under different headlines:
the archive has the one, the other one's headline is asked about, and is right.

What is asked is drawn by hashes of ids; ``--tuning`` draws other cases than those whose table is kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import harness
from benchmarks.caption_cases import KINDS, Case, in_slice, right_cases, swapped_cases
from benchmarks.caption_data import DATA, Item, groups, items
from kgretrieval.collection import Collection
from kgretrieval.types import Article, CaptionCheck, Picture

#: Pairs of each set in the archive.
SIZES = {"newsimages25": 600, "ksta19": 100, "flickr8k": 100}
EACH = 4


def main() -> None:
    small, tuning = harness.is_small(), "--tuning" in sys.argv[1:]
    if not DATA.is_dir():
        sys.exit(f"the data sets are not at {DATA}")
    sizes = {name: size // 6 for name, size in SIZES.items()} if small else SIZES
    shared = groups()[:: 6 if small else 1]
    grouped = {item.key for group in shared for item in group}
    pairs = {name: [one for one in items(name, size) if one.key not in grouped] for name, size in sizes.items()}
    taken_in = [item for listed in pairs.values() for item in listed] + [i for group in shared for i in group[:-1]]
    pairs["elsewhere"] = [group[-1] for group in shared]
    with tempfile.TemporaryDirectory() as folder:
        collection = archive(taken_in, Path(folder) / "index")
        figures = judged(collection, pairs, Path(folder), each=1 if small else EACH, tuning=tuning)
    name = "caption_check_tuning" if tuning else "caption_check"
    harness.write(name, archive=sizes, **figures)


def archive(pairs: Sequence[Item], folder: Path) -> Collection:
    """Take the pairs in, each as an article with its photo; the first caption stands below it."""
    collection = Collection(folder, extractors=["tags", "tagger", "values"])
    collection.add(*map(_article, pairs))
    return collection


def _article(item: Item) -> Article:
    picture = Picture(str(item.path), key=f"{item.key}/p", captions=item.captions[:1], language=item.language)
    return Article(
        key=item.key,
        title=item.title,
        text=item.text,
        source=item.source,
        date=item.date,
        language=item.language,
        tags=item.tags,
        pictures=(picture,),
    )


def judged(
    collection: Collection, pairs: dict[str, list[Item]], folder: Path, *, each: int, tuning: bool
) -> dict[str, Any]:
    """Ask about the cases and return the table of verdicts with its counts."""
    right = right_cases(pairs, folder, each=each, tuning=tuning)
    swapped = swapped_cases(pairs, folder, each=each, tuning=tuning)
    rows, seconds = [], []
    for case in [*right, *swapped]:
        begin = time.perf_counter()
        check = collection.check_caption(case.path, case.caption, date=case.published, language=case.language)
        seconds.append(time.perf_counter() - begin)
        rows.append(_row(case, check, _unswapped(collection, case)))
    wrong = [row for row in rows if row["swapped"]]
    found = Counter(row["found"] for row in wrong)
    contradicted = sum("contradicted" in row["verdicts"].values() for row in rows if not row["swapped"])
    return {
        "right captions": len(rows) - len(wrong),
        "right captions with a claim called contradicted": contradicted,
        "swapped captions": len(wrong),
        "swaps": dict(found),
        "swaps by kind": {kind: dict(Counter(r["found"] for r in wrong if r["swapped"] == kind)) for kind in KINDS},
        "claims of right captions": dict(Counter(v for r in rows if not r["swapped"] for v in r["verdicts"].values())),
        "headlines of other newspapers": _elsewhere(collection, pairs["elsewhere"], tuning=tuning),
        "seconds a caption": harness.median(seconds),
        "cases": rows,
    }


def _elsewhere(collection: Collection, pairs: Sequence[Item], *, tuning: bool) -> dict[str, Any]:
    """Ask about the headlines that other newspapers printed with a photo of the archive; all are right."""
    chosen = [item for item in pairs if in_slice(item, tuning=tuning)]
    checks = [collection.check_caption(i.path, i.captions[0], date=i.date, language="en") for i in chosen]
    verdicts = Counter(f"{claim.kind} {claim.verdict}" for check in checks for claim in check.claims)
    contradicted = sum(check.count("contradicted") > 0 for check in checks)
    return {"captions": len(checks), "with a claim called contradicted": contradicted, "claims": dict(verdicts)}


def _unswapped(collection: Collection, case: Case) -> CaptionCheck | None:
    if case.before is None:
        return None
    path, caption = case.before
    return collection.check_caption(path, caption, date=case.published, language=case.language)


def _row(case: Case, check: CaptionCheck, before: CaptionCheck | None) -> dict[str, Any]:
    """Return the verdicts of a case by claim; names and words of the data are left out, kinds and places stay."""
    verdicts = {f"{claim.kind} {claim.start}": claim.verdict for claim in check.claims}
    row: dict[str, Any] = {"case": case.name, "swapped": case.swapped, "verdicts": verdicts}
    if before is None:
        return row
    now = _on_the_swap(case, check)
    then = [claim.verdict for claim in before.claims if case.swapped == "picture" or claim.start == case.place]
    if "contradicted" in now:
        row["found"] = "contradicted"
    elif "unsupported" in now and "supported" in then and now.count("supported") < then.count("supported"):
        row["found"] = "unsupported, supported before"
    elif not now:
        row["found"] = "no claim there"
    else:
        row["found"] = "supported" if "supported" in now else "unsupported, and before"
    return row


def _on_the_swap(case: Case, check: CaptionCheck) -> Sequence[str]:
    if case.swapped == "picture":
        return [claim.verdict for claim in check.claims]
    end = case.place + case.length
    touched = [c for c in check.claims if c.kind != "scene" and c.start < end and case.place < c.end]
    return [claim.verdict for claim in touched]


if __name__ == "__main__":
    sys.exit(main())
