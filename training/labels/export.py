"""Writes the shipped files of tones: ``python -m training.labels.export SETS.pkl NETWORK.pt --out kgretrieval/models``.

Makes the weights 8 bits wide, then chooses temperatures and levels of abstaining on the dev parts with these weights.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kgretrieval import encoders
from kgretrieval.extractors.tagging.weights import unpack_layers
from training.labels.common import choose_level, expected_calibration_error, pack, write
from training.labels.network import Network
from training.labels.opinion_sets import TONES, TOWARDS
from training.labels.prepared import Sets
from training.labels.tones import POOLED, figures, marginal, name_scores, text_scores

#: The layers that only names need.
ABOUT = ("distance.", "path.", "mix.", "weigh_towards.", "join.", "towards.")
#: What the level of texts is chosen on: the sets whose answers people gave.
CHOSEN_ON = ("sst", "airline", "phrasebank", "chnsenticorp", "newsmtsc")


def main() -> None:
    """Export one network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    sets, table = pickle.loads(options.sets.read_bytes())
    network = restored(options.network, sets, table)
    print("full", figures(network, sets, "dev"))
    arrays = pack({name: tensor.numpy() for name, tensor in network.state_dict().items()})
    network.load_state_dict({name: torch.from_numpy(array) for name, array in unpack_layers(arrays).items()})
    print("8 bit", figures(network, sets, "dev"))
    mini = encoders.load("mini").weights_hash
    with torch.inference_mode():
        temperature, level = _of_texts(network, sets)
        tone = {
            "labels": TONES,
            "temperatures": {"en": temperature, "zh": temperature},
            "levels": {"en": level, "zh": level},
        }
        tone |= {"pooled": POOLED, "mini": mini, "words": " ".join(sets.own)}
        write(options.out, "sentiment", {n: a for n, a in arrays.items() if not n.startswith(ABOUT)}, tone)
        temperature, level = _of_names(network, sets)
        about = {"labels": TOWARDS, "temperatures": {"en": temperature}, "levels": {"en": level}}
        about |= {"mini": mini, "words": " ".join(path for path, row in sets.paths.items() if row)}
        write(options.out, "towards", {n: a for n, a in arrays.items() if n.startswith(ABOUT)}, about)


def restored(file: Path, sets: Sets, table: np.ndarray) -> Network:
    """Return a trained network."""
    saved = torch.load(file, weights_only=False)
    own = torch.zeros(len(sets.keys), dtype=torch.long)
    for key, row in sets.own.items():
        own[sets.keys[key]] = row
    network = Network(saved["sizes"], torch.from_numpy(table.astype(np.float32)), own)
    network.load_state_dict(saved["state"])
    return network.eval()


def _of_texts(network: Network, sets: Sets) -> tuple[float, float]:
    chosen = [(e, s) for e, s in sets.documents if e.split == "dev" and e.origin in CHOSEN_ON]
    scores = torch.cat(
        [text_scores(network, [s for _, s in chosen[at : at + 128]]) for at in range(0, len(chosen), 128)]
    )
    may = torch.tensor([[tone in e.answers for tone in TONES] for e, _ in chosen])
    sizes = {origin: sum(e.origin == origin for e, _ in chosen) for origin in CHOSEN_ON}
    return _calibrated("texts", scores, may, np.array([1 / sizes[e.origin] for e, _ in chosen]))


def _of_names(network: Network, sets: Sets) -> tuple[float, float]:
    names = [n for n in sets.names if n[0].part.endswith("_dev")]
    scores = torch.cat([name_scores(network, names[at : at + 128]) for at in range(0, len(names), 128)])
    may = torch.tensor([[n[0].polarity + 1 == value for value in range(3)] for n in names])
    return _calibrated("names", scores, may, np.ones(len(names)))


def _calibrated(what: str, scores: Tensor, may: Tensor, weights: np.ndarray) -> tuple[float, float]:
    """Return the temperature of the least loss, and the level above which nine of ten are right."""
    each = torch.from_numpy(weights).float()
    tried = np.geomspace(0.5, 3, 80)
    temperature = float(tried[np.argmin([float((marginal(scores / t, may) * each).sum()) for t in tried])])
    errors = []
    for t in (1.0, temperature):
        found = (scores / t).softmax(1).numpy()
        right = may.numpy()[np.arange(len(may)), found.argmax(1)]
        errors.append(expected_calibration_error(found.max(1), right))
    level = choose_level(found.max(1), right, weights, precision=0.9)
    sure = np.average(found.max(1) >= level, weights=weights)
    print(f"{what}: temperature {temperature:.3f}, ECE {errors[0]:.3f} -> {errors[1]:.3f}")
    print(f"level {level:.3f}, sure {sure:.3f}")
    return round(temperature, 4), round(level, 4)


if __name__ == "__main__":
    main()
