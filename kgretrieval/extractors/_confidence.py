"""How likely a relation is to be right: a small logistic model, fitted on the development part of CaRB."""

from __future__ import annotations

import math

from kgretrieval.extractors._analysis import Sentence
from kgretrieval.extractors._clauses import Clause
from kgretrieval.extractors._phrases import name_at

# training/tagger/confidence.py prints these.
WEIGHTS = {
    "adjp": -0.03,
    "adjunct": -0.79,
    "apposition": -0.35,
    "bias": 0.38,
    "copula": 0.07,
    "np": 0.29,
    "object is a name": 0.08,
    "prep": 0.44,
    "say": 1.2,
    "subject is a name": 0.35,
    "subject opens the sentence": 0.44,
    "title": -0.45,
    "words before the verb": -0.65,
    "words of the object": 0.1,
    "words of the predicate": 0.62,
    "words of the sentence": -0.61,
    "words of the subject": 0.06,
}


def features(sentence: Sentence, clause: Clause) -> dict[str, float]:
    """Return what the model looks at; every value lies between 0 and 1."""
    subject, found = clause.subject, clause.object
    return {
        "bias": 1.0,
        clause.kind: 1.0,
        "subject is a name": float(name_at(sentence, subject.head) >= 0),
        "object is a name": float(name_at(sentence, found.head) >= 0),
        "subject opens the sentence": float(subject.first == 0),
        "words before the verb": min(clause.far, 12) / 12,
        "words of the subject": min(subject.last - subject.first, 12) / 12,
        "words of the object": min(found.last - found.first, 20) / 20,
        "words of the predicate": min(clause.predicate.count(" "), 5) / 5,
        "words of the sentence": min(len(sentence.words), 50) / 50,
    }


def confidence(sentence: Sentence, clause: Clause) -> float:
    """Return the probability that a clause states what its sentence does."""
    total = sum(WEIGHTS.get(name, 0.0) * value for name, value in features(sentence, clause).items())
    return round(1 / (1 + math.exp(-total)), 4)
