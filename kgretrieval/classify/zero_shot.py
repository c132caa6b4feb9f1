"""Labels without examples: texts and pictures are given the label whose name lies nearest to them.

Each name is put into a few phrases, the encoder makes a vector of each, and their mean stands for the label (prompt
ensembles: A. Radford et al., "Learning Transferable Visual Models From Natural Language Supervision", ICML 2021,
section 3.1.4). Scores are cosines, stretched so that their softmax says how often the label is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kgretrieval.classify.base import Examples, Fit, Floats, Item, Reason, Report, Settings, State
from kgretrieval.classify.head import Card, Head
from kgretrieval.classify.picture import PictureModel
from kgretrieval.errors import ModelError, UsageError

if TYPE_CHECKING:
    from kgretrieval.encoders.base import Encoder

KIND = "names"
#: What a name is put into. Chinese names stand in Chinese phrases, all others in English and German ones.
TEXTS = ("{}", "news about {}", "an article about {}", "{} news", "Nachrichten: {}")
TEXTS_ZH = ("{}", "{}新闻", "关于{}的文章")
PICTURES = ("{}", "a photo of {}")
PICTURES_ZH = ("{}", "{}的照片")
#: By what cosines are multiplied so that their softmax fits the answers: `mini`'s for texts lies between what posts of
#: 20 Newsgroups (18.6) and Chinese headlines (13.7) ask for, for pictures it is that of sports100's training part.
#: All others were trained with a hundred.
SCALES = {("mini", "text"): 16.0, ("mini", "picture"): 12.0}
TRAINED_SCALE = 100.0
#: Words of a text that are left out one by one to see what moved a label; of longer texts the first so many.
LOOKED_AT = 200
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]{1,2}|[^\W\u3400-\u9fff]+")


def zero_shot_head(names: Sequence[str], *, encoder: Encoder | None = None, pictures: bool = False) -> Head:
    """Return a head that gives labels by their names alone.

    Parameters
    ----------
    names : sequence of str
        The labels, in words that a reader would use: ``"politics"``, ``"space flight"``; English, German or Chinese.
    encoder : Encoder, optional
        By default `mini`, which needs no torch for texts.
    pictures : bool
        Whether it is to take pictures, not texts.

    Raises
    ------
    UsageError
        If there are fewer than two names, two that are the same, or one of which the encoder knows nothing.

    Examples
    --------
    >>> head = zero_shot_head(["politics", "sport"])
    >>> head.predict([Item("The striker scored twice in the last minutes of the match.")])[0].label
    'sport'
    """
    labels = _checked(names)
    if encoder is None:
        from kgretrieval import encoders

        encoder = encoders.load(encoders.DEFAULT)
    space = "picture" if pictures or "text" not in encoder.spaces else "text"
    prototypes = _prototypes(labels, encoder, space, pictures=pictures)
    scale = SCALES.get((encoder.name, space), TRAINED_SCALE)
    note = f"by the names of the labels, in the space {space!r} of {encoder.name}; no example was seen"
    if pictures:
        model = PictureModel(labels, scale * prototypes.T, np.zeros(len(labels), np.float32))
        return Head(model, Card("", model.kind, labels, pictures=encoder.name, note=note))
    about = {"encoder": encoder.name, "weights_hash": encoder.weights_hash, "space": space}
    texts = NamesModel(labels, scale * prototypes.T, about, encoder)
    return Head(texts, Card("", KIND, labels, settings=about, note=note))


class NamesModel:
    """Texts by the names of labels.

    Parameters
    ----------
    labels : tuple of str
    weights : numpy.ndarray
        ``(width, labels)`` float32: the vectors of the names, stretched.
    about : Mapping[str, str]
        The encoder, the hash of its weights and the space.
    encoder : Encoder, optional
        Loaded when it is needed where it is not given.
    """

    kind = KIND

    def __init__(
        self, labels: tuple[str, ...], weights: Floats, about: dict[str, str], encoder: Encoder | None = None
    ) -> None:
        self.labels = labels
        self.weights = np.asarray(weights, dtype=np.float32)
        self.about = about
        self._given = encoder

    @cached_property
    def _encoder(self) -> Encoder:
        if self._given is not None:
            return self._given
        from kgretrieval import encoders

        found = encoders.load(self.about["encoder"])
        if found.weights_hash != self.about["weights_hash"]:
            raise ModelError(f"the weights of {found.name} have changed since these labels were made; make them again")
        return found

    def scores(self, items: Sequence[Item]) -> Floats:
        """Return ``(len(items), len(labels))`` float32 logits; equal ones for a text without a known word."""
        return self._of([item.text for item in items])

    def reasons(self, item: Item, label: int, *, most: int = 10) -> tuple[Reason, ...]:
        """Return the words whose absence changes the score of a label most against the mean of the others."""
        words = [match.span() for match in _WORD.finditer(item.text)][:LOOKED_AT]
        texts = [item.text, *(item.text[:start] + " " + item.text[end:] for start, end in words)]
        scores = self._of(texts)
        others = np.delete(scores, label, axis=1).mean(1)
        apart = scores[:, label] - others
        weights = (apart[0] - apart[1:]).tolist()
        found = [Reason(item.text[a:b], a, b, w) for (a, b), w in zip(words, weights, strict=True) if w]
        return tuple(sorted(found, key=lambda reason: (-abs(reason.weight), reason.start))[:most])

    def state(self) -> State:
        """Return the stretched vectors of the names and which encoder made them."""
        return State({"weights": self.weights}, self.about)

    def _of(self, texts: Sequence[str]) -> Floats:
        found: Floats = self._encoder.encode_texts(texts, space=self.about["space"]) @ self.weights
        return found


def restore(kind: str, labels: tuple[str, ...], state: State) -> NamesModel:
    """Return the model of a state."""
    return NamesModel(labels, state.arrays["weights"], {key: str(value) for key, value in state.settings.items()})


def fit(kind: str) -> Fit:
    """Return the function that makes models of the kind ``"names"``: of the labels of its examples, nothing else."""
    return _fit_names


def _fit_names(train: Examples, validation: Examples, settings: Settings, progress: Report | None = None) -> NamesModel:
    model = zero_shot_head(train.labels).model
    assert isinstance(model, NamesModel)
    return model


def _checked(names: Sequence[str]) -> tuple[str, ...]:
    labels = tuple(" ".join(name.split()) for name in names)
    if len(labels) < 2 or not all(labels):
        said = ", ".join(map(repr, names)) or "none"
        raise UsageError(f"labels are chosen between at least two names, and these are: {said}")
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise UsageError(f"the label {twice[0]!r} is named twice; leave one out")
    return labels


def _prototypes(labels: tuple[str, ...], encoder: Encoder, space: str, *, pictures: bool) -> Floats:
    """Return a unit vector a label, ``(labels, width)``: the mean of its phrases, each brought to length one."""
    rows = []
    for label in labels:
        if not np.any(encoder.encode_texts([label], space=space)):
            raise UsageError(f"{encoder.name} knows no word of the label {label!r}; write it in other words")
        usual, chinese = (PICTURES, PICTURES_ZH) if pictures else (TEXTS, TEXTS_ZH)
        phrases = chinese if _HAN.search(label) else usual
        mean = encoder.encode_texts([phrase.format(label.lower()) for phrase in phrases], space=space).mean(0)
        rows.append(mean / np.linalg.norm(mean))
    return np.asarray(rows, dtype=np.float32)
