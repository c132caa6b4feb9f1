"""Articles on the same event in ECB+: how early each article finds the others, by several ways.

    python report.py            # the part for choosing
    python report.py --test     # the test part (topics 36 to 45), to be looked at once

Each article asks, as a whole, for all others of its part; those of its own seminal event are right.
"""

import sys

import numpy as np
from choose import orders
from rankings import by_meaning, kept

from kgretrieval import encoders
from kgretrieval.search.fuse import BY_SCORE, WORDS
from kgretrieval.search.rankings import within_reach


def by_tfidf(texts):
    """Rows of cosines of the usual TF-IDF vectors, to compare with."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    return (vectors @ vectors.T).toarray()


def ranked(scores):
    """All other articles, the best first, for a square of scores."""
    return [[d for d in np.argsort(-own, kind="stable").tolist() if d != n] for n, own in enumerate(scores)]


def figures(one, found):
    """MAP, and the precision among as many first articles as there are right ones."""
    precisions, shares = [], []
    for right, order in zip(one["right"], found, strict=True):
        at = 1 + np.flatnonzero(np.isin(order, right))
        precisions.append((np.arange(1, len(at) + 1) / at).sum() / len(right))
        shares.append((at <= len(right)).sum() / len(right))
    return np.mean(precisions), np.mean(shares)


def main(name):
    encoder = encoders.load("mini")
    one = kept(name)
    texts = one["questions"]

    def encode(some):
        return encoder.encode_texts(some, space="text")

    vectors = encode(texts)
    cosines, likeness = by_tfidf(texts), vectors @ vectors.T
    near = by_meaning(one, encode)
    reached = [within_reach(own) for own in near]
    shares = WORDS["article"]
    both = {ranking: shares[ranking] for ranking in ("words", "reads_like")}
    rows = {
        "TF-IDF": ranked(cosines),
        "BM25": [[d for d, _ in own] for own in one["words"]],
        "one vector an article": ranked(likeness),
        "best passage": [[d for d, _ in own] for own in near],
        "TF-IDF and vector": ranked(cosines + shares["reads_like"] * likeness),
        "words and meaning": orders(one, reached, both, BY_SCORE["article"]),
        "with names": orders(one, reached, shares, BY_SCORE["article"]),
    }
    print(f"{name}: {len(texts)} articles, {encoder.name} {encoder.weights_hash[:12]}")
    print(f"{'':22} MAP    R-precision")
    for way, found in rows.items():
        precision, share = figures(one, found)
        print(f"{way:22} {precision:.3f}  {share:.3f}")


if __name__ == "__main__":
    main("ecb test" if "--test" in sys.argv[1:] else "ecb whole")
