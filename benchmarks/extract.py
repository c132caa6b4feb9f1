"""What reads text, in words a second: python -m benchmarks.extract [--data FOLDER] [--spacy PYTHON] [--rounds N] ...

The default extractors read BBC articles (`text/bbc_news` in FOLDER, else the sample news), on one process and on two,
each with one thread; the words a second of the first, of the first two and so on are those of all that run so far. With
--spacy (default $KG_SPACY_PYTHON), an interpreter that has spaCy and the pipelines of --pipeline, the same texts are
read by spaCy, with all that the pipeline does and with its names alone; the cases take turns, so that all see the same
load, and a figure is the median of the rounds. Words are what blanks separate. Peak memory is that of one process that
read all texts.

CoNLL-2003 testb (`text/conll2003` in FOLDER) gives both an F1 by the rules of conlleval, on gold tokens. spaCy's
pipelines were trained on OntoNotes, whose names differ: its labels are mapped (see `extract_worker`), so that figure
says how well one does for the other's task, not how good the pipeline is at its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import harness
from kgretrieval.evaluate.knowledge import score
from kgretrieval.extractors import DEFAULT
from kgretrieval.sample import write

WORKER = Path(__file__).with_name("extract_worker.py")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
OURS = "kgretrieval"
Spans = list[list[tuple[int, int, str]]]


class Worker:
    """A process that reads texts; see `benchmarks/extract_worker.py`."""

    def __init__(self, python: str, case: str) -> None:
        places = {"PYTHONPATH": str(WORKER.parents[1])} if not case.startswith("spacy:") else {"PYTHONPATH": ""}
        self._process = subprocess.Popen(
            [python, str(WORKER), case],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **ONE_THREAD, **places},
        )
        self.answer(raw=True)

    def tell(self, **told: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def answer(self, *, raw: bool = False) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise SystemExit(f"{' '.join(map(str, self._process.args))} ended early; its message is above")  # type: ignore[arg-type]
        return line if raw else json.loads(line)

    def close(self) -> None:
        self._process.communicate()


def articles(data: Path, count: int) -> list[list[str]]:
    """Return (title, text) of BBC articles, or of the sample news where the data set is not there."""
    file = data / "text" / "bbc_news" / "articles.jsonl.gz"
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
    else:
        with tempfile.TemporaryDirectory() as folder:
            stored = (write(Path(folder) / "news") / "articles.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [row for row in map(json.loads, stored) if row["language"] == "en"]
    return [[row["title"], row["text"]] for row in rows[:count]]


def gold_names(data: Path) -> tuple[list[list[str]], Spans]:
    """Return the sentences of CoNLL-2003 testb and the names in them, nothing where the data set is not there."""
    file = data / "text" / "conll2003" / "testb.conll.gz"
    if not file.is_file():
        return [], []
    sentences, names = [], []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            rows = [line.split() for line in block.splitlines() if line.strip() and not line.startswith("-DOCSTART-")]
            if rows:
                sentences.append([row[0] for row in rows])
                names.append(iob1_spans([row[-1] for row in rows]))
    return sentences, names


def iob1_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Return the (first, last, type) of the chunks that IOB1 tags mark, the last word exclusive."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag == "O":
            continue
        if i and tags[i - 1] != "O" and tags[i - 1][2:] == tag[2:] and not tag.startswith("B-"):
            spans[-1] = (spans[-1][0], i + 1, tag[2:])
        else:
            spans.append((i, i + 1, tag[2:]))
    return spans


def f1(predicted: Spans, gold: Spans) -> dict[str, Any]:
    rows = zip(predicted, gold, strict=True)
    counts = [(len({tuple(s) for s in found} & set(right)), len(found), len(right)) for found, right in rows]
    return score(counts).to_dict()


def one(workers: list[Worker], texts: list[list[str]]) -> dict[str, Any]:
    workers[0].tell(texts=texts)
    return workers[0].answer()


def two(workers: list[Worker], texts: list[list[str]]) -> dict[str, Any]:
    """Return the answer of the slower of two workers that read half of the texts each, at the same time."""
    for i, worker in enumerate(workers):
        worker.tell(texts=texts[i::2])
    return max((worker.answer() for worker in workers), key=lambda answer: answer["wall"])


def speeds(words: int, rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Return words a second of each extractor alone and of all up to it, from the medians of the rounds."""
    figures: dict[str, Any] = {}
    total = 0.0
    for name in rounds[0]["seconds"]:
        seconds = harness.median([answer["seconds"][name] for answer in rounds])
        total += seconds
        alone = round(words / seconds) if seconds else None
        before = round(words / total) if total else None
        figures[name] = {"words a second": alone, "with those before": before}
    wall, cpu = (harness.median([answer[clock] for answer in rounds]) for clock in ("wall", "cpu"))
    return {"extractors": figures, "words a second": round(words / wall), "words a cpu second": round(words / cpu)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    small = harness.is_small()
    parser.add_argument("--articles", type=int, default=60 if small else 2225)
    parser.add_argument("--rounds", type=int, default=1 if small else 3)
    parser.add_argument("--small", action="store_true", help="a few articles, one round, no CoNLL-2003")
    parser.add_argument("--extractors", default=",".join(DEFAULT))
    parser.add_argument("--spacy", default=os.environ.get("KG_SPACY_PYTHON", ""), help="an interpreter with spaCy")
    parser.add_argument("--pipeline", action="append", help="a pipeline or its folder; may be given more than once")
    chosen = parser.parse_args()
    pipelines = chosen.pipeline or ["en_core_web_sm"]
    cases = {OURS: (sys.executable, chosen.extractors)}
    if chosen.spacy:
        for pipeline in pipelines:
            cases |= {
                f"spaCy {Path(pipeline).name}, {part}": (chosen.spacy, f"spacy:{pipeline}:{part}")
                for part in ("all", "names")
            }
    texts = articles(chosen.data, chosen.articles)
    words = sum(len(text.split()) for pair in texts for text in pair)
    workers = {case: [Worker(*how), Worker(*how)] for case, how in cases.items()}
    answers: dict[str, dict[str, list[dict[str, Any]]]] = {case: {"one": [], "two": []} for case in cases}
    for _ in range(chosen.rounds):
        for case, pair in workers.items():
            answers[case]["one"].append(one(pair, texts))
            answers[case]["two"].append(two(pair, texts))
    sentences, gold = ([], []) if small else gold_names(chosen.data)
    names: dict[str, dict[str, Any]] = {}
    for case, pair in workers.items():
        if sentences:
            pair[0].tell(sentences=sentences)
            names[case] = f1(pair[0].answer()["names"], gold)
        for worker in pair:
            worker.close()
    report(chosen, words, texts, answers, names)


def report(
    chosen: argparse.Namespace,
    words: int,
    texts: list[list[str]],
    answers: dict[str, dict[str, list[dict[str, Any]]]],
    names: dict[str, dict[str, Any]],
) -> None:
    figures = {
        case: {
            "one process": speeds(words, found["one"]),
            "two processes": speeds(words, found["two"])["words a second"],
            "found": found["one"][-1]["found"],
            "peak memory in MB": round(found["one"][-1]["peak"] / 1e6),
            "CoNLL-2003 testb": names.get(case),
        }
        for case, found in answers.items()
    }
    ours = figures[OURS]["one process"]["words a second"]
    ratios = {case: round(ours / f["one process"]["words a second"], 2) for case, f in figures.items() if case != OURS}
    harness.write(
        "extract",
        articles=len(texts),
        words=words,
        rounds=chosen.rounds,
        extractors=chosen.extractors,
        cases=figures,
        ours_against=ratios,
        rows=[harness.row("extracting names, roles and relations", ours, "words/s")]
        + [
            harness.row("extracting", ours, "words/s", case, found["one process"]["words a second"])
            for case, found in figures.items()
            if case != OURS
        ],
    )


if __name__ == "__main__":
    main()
