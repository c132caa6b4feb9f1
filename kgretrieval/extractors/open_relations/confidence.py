"""How likely a statement is to be right: a small logistic model."""

from __future__ import annotations

import math

from kgretrieval.extractors.open_relations.statements import Statement
from kgretrieval.extractors.open_relations.view import Span, View
from kgretrieval.extractors.open_relations.wordings import Wording

_COURTESY = frozenset("mr mrs ms miss dr sir dame lord lady".split())
#: Statements that are less likely to be right are left out.
THRESHOLD = 0.75
# training/relations/confidence.py prints these.
WEIGHTS = {
    "bias": 0.74,
    "commas": -0.55,
    "headline": 0.34,
    "how adverbial": -0.46,
    "how conj": 0.36,
    "how control": 0.53,
    "how noun": 0.57,
    "how object control": -0.44,
    "how own": 0.62,
    "how participle": -0.24,
    "how relative": -0.18,
    "kind adjective": 0.22,
    "kind agent": 0.27,
    "kind apposition": -0.32,
    "kind based": 0.14,
    "kind be in": 0.12,
    "kind become": 0.09,
    "kind concern": 0.65,
    "kind copula": 0.16,
    "kind indirect": -0.33,
    "kind object": -0.23,
    "kind object and oblique": -0.26,
    "kind oblique": -0.59,
    "kind passive object": 0.07,
    "kind title": 0.74,
    "list": -0.15,
    "modality": 0.27,
    "name cut": 0.14,
    "negated": -0.18,
    "no role": 0.41,
    "object is a name": -0.01,
    "roles agree": 0.78,
    "subject is a name": 0.71,
    "words before the verb": 0.11,
    "words of the object": 0.65,
    "words of the predicate": 0.23,
    "words of the sentence": -0.65,
    "words of the subject": -0.01,
    "words to the object": -0.46,
}
WORDING_WEIGHTS = {
    "bias": 0.3,
    "how adverbial": -0.24,
    "how conj": 0.5,
    "how control": 0.4,
    "how noun": -0.14,
    "how object control": -0.54,
    "how own": 0.5,
    "how participle": -0.39,
    "how relative": 0.21,
    "kind apposition": -0.07,
    "kind copula": -0.1,
    "kind object": 0.2,
    "kind oblique": 0.51,
    "kind opening": -0.53,
    "kind other": 0.37,
    "kind title": -0.07,
    "negated": -0.19,
    "no object": -0.68,
    "subject is a name": 0.34,
    "words before the verb": -0.12,
    "words of the object": -0.91,
    "words of the relation": 0.18,
    "words of the sentence": -0.63,
    "words of the subject": 0.13,
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
        "subject is a name": float(_named(view, subject)),
        "object is a name": float(_named(view, found)),
        "roles agree": float(_agree(view, statement)),
        "no role": float(not view.roles.get(word)),
        "words before the verb": min(far, 12) / 12,
        "words to the object": min(abs(found.first - word), 12) / 12,
        "words of the subject": min(subject.last - subject.first, 8) / 8,
        "words of the object": min(found.last - found.first, 8) / 8,
        "words of the predicate": min(statement.predicate.count(" "), 5) / 5,
        "words of the sentence": min(len(view.lower), 50) / 50,
        "name cut": float(statement.how != "noun" and (_cut(view, subject) or _cut(view, found))),
        "commas": min(view.lower.count(","), 6) / 6,
        "list": float(bool(view.lower) and view.lower[0] in ("-", "*", "•")),
        "modality": float(statement.modality != "asserted"),
        "negated": float(statement.negated),
    }


def _named(view: View, span: Span) -> bool:
    """Return whether an argument is a name, or a pronoun that stands for one."""
    return view.names[span.head] is not None or view.is_pronoun(span.head)


def _cut(view: View, span: Span) -> bool:
    """Return whether a proper noun stands right beside an argument: its name may be longer."""
    beside = [i for i in (span.first - 1, span.last) if 0 <= i < len(view.lower)]
    return any(view.sentence.parts[i].startswith("NNP") and view.lower[i] not in _COURTESY for i in beside)


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
