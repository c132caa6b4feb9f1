"""Fit how sure the shipped taggers are to how often they are right: `python -m training.tagger.calibrate`.

Writes `calibration` into the cards in `kgretrieval/models`. English is fitted on testa and title-case and lower-case
copies of it, German and Chinese on their held-out sentences.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from kgretrieval.extractors.shipped import MODELS
from kgretrieval.extractors.tagging.analysis import Reader
from kgretrieval.extractors.tagging.weights import LANGUAGES, read_card, stem
from training.tagger import data
from training.tagger.evaluate import held_out, read
from training.tagger.model import entity_spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/text"))
    folder = parser.parse_args().data
    testa = data.conll(folder, "testa")
    for language in LANGUAGES:
        sentences = held_out(language, folder) if language != "en" else testa
        if language == "en":
            sentences = [*testa, *map(data.title, testa[::4]), *map(data.lower, testa[1::4])]
        reader = Reader(dataclasses.replace(read_card(language), calibration=(1.0, 0.0)))
        odds, right = [], []
        for sentence, tagged in zip(sentences, read(reader, sentences), strict=True):
            gold = entity_spans(list(sentence.names))
            for name in tagged.names:
                kept = min(max(name.confidence, 1e-4), 1 - 1e-4)
                odds.append(np.log(kept / (1 - kept)))
                right.append((name.first, name.last, name.label) in gold)
        model = LogisticRegression(C=1e6).fit(np.array(odds)[:, None], right)
        found = [round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)]
        card = MODELS / f"{stem(language)}.json"
        fields = json.loads(card.read_text(encoding="utf-8"))
        card.write_text(json.dumps(fields | {"calibration": found}, indent=1) + "\n", encoding="utf-8")
        print(language, found)


if __name__ == "__main__":
    main()
