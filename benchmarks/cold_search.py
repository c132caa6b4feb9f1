"""A `kg search` from a cold process, whole: python -m benchmarks.cold_search [COLLECTION] [--small]

Words alone and words with the name that most articles mention, against what the same interpreter needs to start and to
import NumPy alone: the floor. Without a COLLECTION one is made of `newsimages25` beside the repository, or, where that
is not there and with ``--small``, of the sample news.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import kgretrieval
from benchmarks import harness
from kgretrieval.sample import write
from kgretrieval.store.knowledge import entities, entity_types
from kgretrieval.store.store import open_store

ROUNDS = 15
_NEWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "newsimages25"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", nargs="?", help="an existing collection")
    parser.add_argument("--small", action="store_true", help="the sample news, fewer rounds")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        collection = asked.collection or made(Path(name), small=asked.small)
        measure(collection, harness.as_installed(Path(name) / "compiled"), rounds=5 if asked.small else ROUNDS)


def made(folder: Path, *, small: bool) -> str:
    """Make a collection to search in."""
    news = write(folder / "news") if small or not _NEWS.is_dir() else _NEWS
    kgretrieval.create(folder / news.name).ingest(news)
    return str(folder / news.name)


def measure(collection: str, environment: dict[str, str], rounds: int) -> None:
    """Run the commands in turns and write what they took."""
    with kgretrieval.open(collection) as opened:
        counts = dict(opened.stats().counts)
    words, named = "rocket launch", f"{best_known(collection)} at a podium"
    kg = [sys.executable, "-m", "kgretrieval.cli"]
    commands = {
        "kg search, words": [*kg, "search", words, "--index", collection],
        "kg search, a name": [*kg, "search", named, "--index", collection],
        "kg search --json, a name": [*kg, "search", named, "--index", collection, "--json"],
        "kg --help": [*kg, "--help"],
        "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
    }
    found = harness.compare({name: runner(command, environment) for name, command in commands.items()}, rounds)
    of = f"{counts['article']:,} articles, {counts['picture']:,} pictures"
    rows = [
        harness.row(f"`kg search` with {what} from a cold process, {of}", found["seconds"][f"kg search, {what}"], "s")
        for what in ("words", "a name")
    ]
    figures = {"collection": Path(collection).name, "counts": counts, "queries": [words, named], "rounds": rounds}
    harness.write("cold_search", **figures, **found, rows=rows)


def best_known(collection: str) -> str:
    """Return the name of the person that most articles mention."""
    with closing(open_store(Path(collection))) as store:
        people = entities(store, [entity for entity, kind in entity_types(store).items() if kind == "person"])
    return max(people.values(), key=lambda person: (person.articles, person.id)).name


def runner(command: list[str], environment: dict[str, str]) -> Callable[[], object]:
    """Return what runs a command to its end."""
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


if __name__ == "__main__":
    main()
