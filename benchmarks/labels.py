"""Labels of texts: every kind of model on public sets, trained on their training part, measured once on the test part.

    python -m benchmarks.labels [--small] [--sets bbc_news,sst] [--models linear,lstm]

Accuracy, macro F1 and mean average precision with 95 % intervals, calibration error before and after, seconds of
training (on however many cores are free), items a second, bytes, and the same with 8-bit weights. Figures of a set and
a model that were measured before stay in the results unless they are measured again. `--small` measures on dev parts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from benchmarks import corpus
from benchmarks.harness import RESULTS, is_small, write
from kgretrieval.evaluate.classify import evaluate_classify

MODELS = ("linear", "cnn", "lstm", "transformer")
#: Name -> folder, how it is read, and the measure and figure that a TF-IDF with a linear SVM reaches there.
SETS: Mapping[str, tuple[str, Mapping[str, Any], str, float]] = {
    "20newsgroups_stripped": ("20newsgroups", {"strip": True}, "accuracy", 0.7078),
    "20newsgroups": ("20newsgroups", {}, "accuracy", 0.8664),
    "ag_news": ("ag_news", {}, "accuracy", 0.8988),
    "bbc_news": ("bbc_news", {}, "accuracy", 0.9843),
    "trec_question": ("trec_question", {"text": ["text"], "label": "label"}, "accuracy", 0.886),
    "thucnews_titles": ("thucnews_titles", {}, "accuracy", 0.8759),
    "sst2": ("sst", {"text": ["text"], "label": "label2"}, "accuracy", 0.8144),
    "movie_review_polarity": ("movie_review_polarity", {}, "accuracy", 0.78),
    "chnsenticorp_hotel": ("chnsenticorp_hotel", {}, "accuracy", 0.8912),
    "airline_tweets": ("airline_tweets", {"text": ["text"], "label": "label"}, "macro_f1", 0.7403),
    "financial_phrasebank": ("financial_phrasebank", {}, "macro_f1", 0.7046),
}


def main() -> None:
    """Measure, and write the results after every model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--sets", default=",".join(("financial_phrasebank",) if is_small() else SETS))
    parser.add_argument("--models", default=",".join(MODELS[:1] if is_small() else MODELS))
    asked = parser.parse_args()
    for name in asked.sets.split(","):
        folder, how, measure, peer = SETS[name]
        path = corpus.DATA / folder
        if not path.is_dir():
            print(f"{path} is not there; left out")
            continue
        for model in asked.models.split(","):
            report = evaluate_classify(path, models=[model], split=_split(name), small=True, **how)
            # Read anew: another process may have measured others meanwhile.
            found = _before()
            own = found.setdefault(name, {"data": {**report.data, "path": folder}, "models": {}})
            for result in report.results:
                figures = result.to_dict(report.labels)
                own["models"][result.model] = {n: v for n, v in figures.items() if n not in ("by_label", "confusion")}
            own["tfidf_linear_svm"] = {measure: peer}
            _write(found)


def _split(name: str) -> str | None:
    parts_without_dev = ("20newsgroups", "20newsgroups_stripped", "ag_news", "trec_question", "thucnews_titles")
    return "dev" if is_small() and name not in parts_without_dev and name != "movie_review_polarity" else None


def _before() -> dict[str, Any]:
    file = RESULTS / ("small/labels.json" if is_small() else "labels.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["sets"] if file.exists() else {}
    return {name: found[name] for name in SETS if name in found}


def _write(found: Mapping[str, Any]) -> None:
    ordered = {name: found[name] for name in SETS if name in found}
    write("labels", sets=ordered, best={name: _best(own) for name, own in ordered.items()})


def _best(own: Mapping[str, Any]) -> dict[str, Any]:
    (measure,) = own["tfidf_linear_svm"]
    full = [one for one in own["models"] if "8 bits" not in one]
    model = max(full, key=lambda one: own["models"][one][measure])
    return {"model": model, measure: own["models"][model][measure]}


if __name__ == "__main__":
    main()
