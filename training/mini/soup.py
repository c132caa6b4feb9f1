"""Stage 4b: the mean of the weights of several runs of stage 4 from the same start, and their recalls for choosing.

M. Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves accuracy
without increasing inference time", ICML 2022. ``python soup.py --out NAME RUN RUN ...``
"""

import argparse

import numpy as np
import torch
from common import RUN, rows
from contrast import evaluate
from sets import validation
from towers import TOKENS, PictureHead, Texts, TextTower, vocabulary


def mean_of(states):
    return {name: sum(state[name] for state in states) / len(states) for name in states[0]}


def sport_named(text, head, tokens):
    """Per cent of the sports100 val pictures given their own category among 100: pictures unlike the training ones."""
    records = rows("sports100")
    names = sorted({record["category"] for record in records})
    chosen = [i for i, record in enumerate(records) if record["split"] == "val"]
    features = torch.from_numpy(np.load(RUN / "sports100.plain.npy")[chosen].astype(np.float32))
    with torch.no_grad():
        t = text.as_picture(
            text.as_text(*Texts([f"a photo of {n}" for n in names], tokens).batch(np.arange(len(names))))
        )
        best = (head(features) @ t.T).argmax(1).tolist()
    return 100 * np.mean([names[b] == records[i]["category"] for b, i in zip(best, chosen, strict=True)])


def main():
    torch.set_num_threads(2)
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("runs", nargs="+")
    args = parser.parse_args()
    states = [torch.load(RUN / name) for name in args.runs]
    mixed = {part: mean_of([state[part] for state in states]) for part in ("text", "picture")}
    torch.save(mixed, RUN / args.out)
    vocab = vocabulary()
    tokens = TOKENS.Tokens(vocab["words"] + vocab["han"], vocab["buckets"])
    text = TextTower(len(mixed["text"]["table"]))
    text.load_state_dict(mixed["text"])
    head = PictureHead(mixed["picture"]["mean"], mixed["picture"]["std"])
    head.load_state_dict(mixed["picture"])
    for name, domain in validation(tokens).items():
        forward, backward = evaluate(text, head, domain, (1, 5, 10, 100))
        print(f"{name:10} {forward} {backward} sum {sum(forward[:3]) + sum(backward[:3]):.1f}")
    text.eval(), head.eval()
    print(f"sports     {sport_named(text, head, tokens):.1f}", flush=True)


if __name__ == "__main__":
    main()
