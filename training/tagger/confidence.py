"""Fit the confidence of relations on CaRB's development part: `python -m training.tagger.confidence`.

A relation counts as right in the measure of its precision when predictions are paired with gold relations, best first.
Prints the weights for `kgretrieval/extractors/_confidence.py`.
"""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks import carb
from kgretrieval.extractors._analysis import Reader
from kgretrieval.extractors._confidence import features
from kgretrieval.extractors._weights import read_card
from kgretrieval.extractors.relations import clauses_of


def paired(precision: np.ndarray) -> np.ndarray:
    """Return the precision each prediction (column) gets when pairs are taken best first."""
    precision, got = precision.copy(), np.zeros(precision.shape[1])
    for _ in range(min(precision.shape)):
        best = np.unravel_index(precision.argmax(), precision.shape)
        if precision[best] <= 0:
            break
        got[best[1]] = precision[best]
        precision[best[0], :] = precision[:, best[1]] = -1
    return got


def main() -> None:
    gold = carb.read_gold(carb.DATA / "dev_gold.tsv.gz")
    texts = [row[0].strip() for row in carb.rows(carb.DATA / "dev_sentences.txt.gz")]
    ours = carb.extract(texts)
    rows, right = [], []
    for text, sentence in zip(texts, Reader(read_card()).read([carb.tokenised(t) for t in texts]), strict=True):
        wanted, found = gold.get(carb.key(text), []), ours[carb.key(text)]
        if wanted and found:
            table = np.array([[carb.match(g, p)[0] for p in found] for g in wanted])
            rows += [features(sentence, clause) for clause, _ in clauses_of(sentence, pronouns=True)]
            right += paired(table).tolist()
    vectors = DictVectorizer(sparse=False)
    matrix, target = vectors.fit_transform(rows), np.array(right)
    model = LogisticRegression(C=0.5, fit_intercept=False, max_iter=1000)
    model.fit(np.vstack([matrix, matrix]), np.repeat([1, 0], len(target)), np.concatenate([target, 1 - target]))
    print({name: round(float(weight), 2) for name, weight in zip(vectors.feature_names_, model.coef_[0], strict=True)})
    print(f"{len(target)} relations, mean precision {target.mean():.3f}")


if __name__ == "__main__":
    main()
