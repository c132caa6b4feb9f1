"""How likely a statement is to be right: a small logistic model."""

from __future__ import annotations

import math

from kgretrieval.extractors._open_statements import Statement
from kgretrieval.extractors._open_view import View
from kgretrieval.extractors._open_wordings import Wording

#: Statements that are less likely to be right are left out.
THRESHOLD = 0.5
# training/relations/confidence.py prints these.
WEIGHTS: dict[str, float] = {"bias": 1.0}
WORDING_WEIGHTS: dict[str, float] = {
    "bias": 0.33,
    "how adverbial": -0.34,
    "how conj": 0.5,
    "how control": 0.52,
    "how noun": -0.14,
    "how object control": -0.79,
    "how own": 0.58,
    "how participle": -0.31,
    "how relative": 0.32,
    "kind apposition": -0.03,
    "kind copula": -0.21,
    "kind object": 0.14,
    "kind oblique": 0.48,
    "kind opening": -0.25,
    "kind other": 0.31,
    "kind title": -0.11,
    "negated": -0.14,
    "no object": -0.62,
    "subject is a name": 0.38,
    "words before the verb": -0.11,
    "words of the object": -0.94,
    "words of the relation": 0.07,
    "words of the sentence": -0.65,
    "words of the subject": -0.1,
}


def features(view: View, statement: Statement, *, headline: bool = False) -> dict[str, float]:
    """Return what the model looks at; every value lies between 0 and 1."""
    subject, found, word = statement.subject, statement.object, statement.word
    far = max(word - subject.last, 0) if word >= subject.last else max(subject.first - word, 0)
    return {
        "bias": 1.0,
        f"kind {statement.kind}": 1.0,
        f"how {statement.how}": 1.0,
        "headline": float(headline),
        "subject is a name": float(view.names[subject.head] is not None),
        "object is a name": float(view.names[found.head] is not None),
        "subject is a pronoun": float(view.is_pronoun(subject.head)),
        "object is a pronoun": float(view.is_pronoun(found.head)),
        "roles agree": float(_agree(view, statement)),
        "no role": float(not view.roles.get(word)),
        "words before the verb": min(far, 12) / 12,
        "words to the object": min(abs(found.first - word), 12) / 12,
        "words of the subject": min(subject.last - subject.first, 8) / 8,
        "words of the object": min(found.last - found.first, 8) / 8,
        "words of the predicate": min(statement.predicate.count(" "), 5) / 5,
        "words of the sentence": min(len(view.lower), 50) / 50,
        "modality": float(statement.modality != "asserted"),
        "negated": float(statement.negated),
    }


def wording_features(view: View, wording: Wording) -> dict[str, float]:
    """Return what the model of statements at full length looks at."""
    return {
        "bias": 1.0,
        f"kind {wording.kind}": 1.0,
        f"how {wording.how}": 1.0,
        "no object": float(not wording.object),
        "negated": float(any(word in wording.relation for word in (" not ", "n't"))),
        "subject is a name": float(wording.subject[:1].isupper()),
        "words before the verb": min(wording.far, 12) / 12,
        "words of the subject": min(wording.subject.count(" "), 12) / 12,
        "words of the object": min(wording.object.count(" "), 25) / 25,
        "words of the relation": min(wording.relation.count(" "), 5) / 5,
        "words of the sentence": min(len(view.lower), 50) / 50,
    }


def _agree(view: View, statement: Statement) -> bool:
    roles = view.roles.get(statement.word, {})
    return statement.subject.head in roles and statement.object.head in roles


def confidence(view: View, statement: Statement, *, headline: bool = False) -> float:
    """Return the probability that a statement is right."""
    seen = features(view, statement, headline=headline)
    return _logistic(WEIGHTS, seen)


def wording_confidence(view: View, wording: Wording) -> float:
    """Return how much of a statement at full length is right, as CaRB counts it."""
    return _logistic(WORDING_WEIGHTS, wording_features(view, wording))


def _logistic(weights: dict[str, float], seen: dict[str, float]) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in seen.items())
    return round(1 / (1 + math.exp(-total)), 4)
