"""Stage 4b: the mean of the weights of several runs of stage 4, and its recalls on the parts for choosing.

M. Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves accuracy
without increasing inference time", ICML 2022. ``python soup.py --out NAME RUN [RUN ...]``; one run is only measured.
"""

import argparse

import numpy as np
import torch
from common import RUN, lite_module
from deep import Deep, Engine
from measure import pictures, summary
from sets import validation
from towers import PictureHead, Texts, TextTower, tokens


def mean_of(states):
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def main():
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("--out")
    parser.add_argument("runs", nargs="+")
    args = parser.parse_args()
    states = [torch.load(RUN / name) for name in args.runs]
    mixed = {part: mean_of([state[part] for state in states]) for part in ("text", "picture", "deep")}
    if args.out:
        torch.save(mixed, RUN / args.out)
    text = TextTower(len(mixed["text"]["table"]))
    head = PictureHead(mixed["picture"]["mean"], mixed["picture"]["std"])
    deep = Deep(lite_module())
    for part, module in (("text", text), ("picture", head), ("deep", deep)):
        module.load_state_dict(mixed[part])
        module.eval()
    known, engine = tokens(), Engine(deep)
    with torch.no_grad():
        for name, domain in validation().items():
            texts = text.as_picture(text.as_text(*Texts(domain.flat, known).batch(np.arange(len(domain.flat)))))
            print(f"{name:10}", summary(name, domain, texts, pictures(domain, head, engine)), flush=True)


if __name__ == "__main__":
    main()
