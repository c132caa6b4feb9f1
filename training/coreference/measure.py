"""Quick figures for choosing; the published ones are those of `kg evaluate coreference`."""

from __future__ import annotations

import numpy as np

from training.coreference.instances import Instance

Answers = list[tuple[Instance, np.ndarray]]


def gap_counts(answers: Answers, threshold: float = 0.0) -> dict[str, float]:
    """Return F1 over the two labels of each snippet, overall and by gender, when every pronoun is answered."""
    counts = {"all": np.zeros(3), "gap-m": np.zeros(3), "gap-f": np.zeros(3)}
    for one, shares in answers:
        place, a, b = one.gold[0]
        chosen = -1
        if place >= 0 and shares.shape[1] and shares[place].max() > threshold:
            chosen = int(shares[place].argmax())
        for side, label in zip((a, b), one.labels, strict=True):
            said = chosen in side
            for key in ("all", one.genre):
                counts[key] += (said and label, said, label)
    return {key: round(float(200 * own[0] / (own[1] + own[2])), 1) for key, own in counts.items()}


def gum_counts(answers: Answers) -> dict[str, object]:
    """Return (precision, recall) of pronouns and of nouns at some thresholds."""
    found: dict[str, object] = {}
    for kind, name in ((2, "pronoun"), (1, "noun")):
        rows = []
        wanted = 0
        for one, shares in answers:
            for place, right, _ in one.gold:
                if one.kind[place] != kind or not shares.shape[1]:
                    continue
                wanted += bool(right)
                rows.append((float(shares[place].max()), int(shares[place].argmax()) in right))
        table = np.array(rows)
        for threshold in (0.4, 0.5, 0.6, 0.7) if kind == 2 else (0.3, 0.5, 0.6, 0.7):
            given = table[:, 0] >= threshold
            right = table[given, 1].sum()
            found[f"{name}@{threshold}"] = (round(right / max(1, given.sum()), 3), round(right / max(1, wanted), 3))
        found[f"{name}s"] = wanted
    return found
