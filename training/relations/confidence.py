"""Fit the confidence of open relations: `python -m training.relations.confidence CARB`.

CARB is the folder of the benchmark; its development part alone is used. Statements count as right there if a gold
relation has their verb, the head of their subject and that of their object in the right places; this misses what the
crowd left out, so these weigh little and have a bias of their own. Relations from news that were judged by reading
(`judgements.jsonl`: features and verdict, no text) set the level. Prints the weights for
`kgretrieval/extractors/open_relations/confidence.py`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from kgretrieval.evaluate import carb
from kgretrieval.evaluate.openie import extraction, read_all
from kgretrieval.extractors.open_relations.confidence import features, wording_features
from kgretrieval.extractors.open_relations.statements import Statement, read_statements
from kgretrieval.extractors.open_relations.view import View
from kgretrieval.extractors.parsing.parser import Parser
from kgretrieval.extractors.tagger import Tagger

JUDGEMENTS = Path(__file__).with_name("judgements.jsonl")
#: A benchmark's verdict weighs so much beside one by reading.
CARB_WEIGHT = 0.15
FOLDS = 5


def right(view: View, statement: Statement, gold: list[carb.Extraction]) -> bool:
    """Return whether a gold relation says what a statement does."""
    words = view.sentence.words
    verb, subject, other = words[statement.word], words[statement.subject.head], words[statement.object.head]
    for one in gold:
        relation, first, rest = one.relation.split(), one.arguments[:1], " ".join(one.arguments[1:]).split()
        said = verb in relation or statement.word == statement.object.head or verb in rest
        pairs = (first and subject in first[0].split() and other in [*rest, *relation]) or (
            first and other in first[0].split() and subject in [*rest, *relation]
        )
        if said and pairs:
            return True
    return False


def fit(
    rows: list[dict[str, float]], target: npt.NDArray[np.float64], weight: npt.NDArray[np.float64]
) -> tuple[dict[str, float], npt.NDArray[np.float64]]:
    """Return the weights, and the probability of each row from the others' folds."""
    vectors = DictVectorizer(sparse=False)
    matrix = vectors.fit_transform(rows)
    fold, held_out = np.arange(len(rows)) % FOLDS, np.zeros(len(rows))
    for n in range(FOLDS):
        model = _model(matrix[fold != n], target[fold != n], weight[fold != n])
        held_out[fold == n] = model.predict_proba(matrix[fold == n])[:, 1]
    model = _model(matrix, target, weight)
    return dict(zip(vectors.feature_names_, map(float, model.coef_[0]), strict=True)), held_out


def _model(
    matrix: npt.NDArray[np.float64], target: npt.NDArray[np.float64], weight: npt.NDArray[np.float64]
) -> LogisticRegression:
    model = LogisticRegression(C=0.5, fit_intercept=False, max_iter=3000)
    labels = np.repeat([1, 0], len(target))
    shares = np.concatenate([target * weight, (1 - target) * weight])
    return model.fit(np.vstack([matrix, matrix]), labels, sample_weight=shares)


def main() -> None:
    folder = Path(sys.argv[1])
    gold = carb.read_gold(folder / "dev_gold.tsv.gz")
    texts = [row[0].strip() for row in carb.rows(folder / "dev_sentences.txt.gz")]
    rows, target, weight = [], [], []
    own_rows, own_target, found = [], [], {}
    keys = []
    for text, (view, wordings) in zip(texts, read_all(Parser(Tagger()), texts), strict=True):
        key = carb.key(text)
        wanted = gold.get(key, [])
        for statement in read_statements(view):
            if view.is_pronoun(statement.subject.head) or view.is_pronoun(statement.object.head):
                # The crowd wrote names in place of pronouns at times.
                continue
            rows.append({**features(view, statement), "carb": 1.0})
            target.append(float(right(view, statement, wanted)))
            weight.append(CARB_WEIGHT)
        if wordings and wanted:
            table = np.array([[carb.match(g, extraction(w))[0] for w in wordings] for g in wanted])
            own_target += carb.paired(table).tolist()
            own_rows += [wording_features(view, wording) for wording in wordings]
            keys += [(key, extraction(wording)) for wording in wordings]
    judged = [json.loads(line) for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines()]
    rows += [one["features"] for one in judged]
    target += [float(one["right"]) for one in judged]
    weight += [1.0] * len(judged)
    weights, held_out = fit(rows, np.array(target), np.array(weight))
    _print("WEIGHTS", weights)
    sure, verdict = held_out[-len(judged) :], np.array(target[-len(judged) :])
    print(f"{len(judged)} judged relations, {verdict.mean():.3f} right; held out:")
    for threshold in (0.0, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        kept = sure >= threshold
        print(
            f"  from {threshold}: {kept.mean():.2f} kept, {verdict[kept].mean():.3f} right, "
            f"said {sure[kept].mean():.3f}"
        )
    weights, held_out = fit(own_rows, np.array(own_target), np.ones(len(own_rows)))
    _print("WORDING_WEIGHTS", weights)
    for (key, one), confidence in zip(keys, held_out, strict=True):
        extracted = carb.Extraction(one.relation, one.arguments, round(float(confidence), 4))
        found.setdefault(key, []).append(extracted)
    score = carb.score(gold, found)
    print(f"held out: F1 {score.f1} (P {score.precision}, R {score.recall}), AUC {score.auc}")


def _print(name: str, weights: dict[str, float]) -> None:
    print(
        f"{name} =", json.dumps({key: round(weight, 2) for key, weight in weights.items() if key != "carb"}, indent=4)
    )


if __name__ == "__main__":
    main()
