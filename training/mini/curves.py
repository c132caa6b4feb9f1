"""Draw the curves of a run: ``python curves.py mini.pt`` writes ``runs/mini/mini.pt.png``."""

import json
import sys

import matplotlib as mpl
from common import RUN

mpl.use("Agg")
import matplotlib.pyplot as plt


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "mini.pt"
    lines = [json.loads(line) for line in (RUN / f"{name}.curve.jsonl").read_text(encoding="utf-8").splitlines()]
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5))
    losses = [(i, line["loss"]) for i, line in enumerate(lines) if line["loss"] is not None]
    left.plot(*zip(*losses, strict=True))
    left.set(xlabel="pass", ylabel="loss")
    for part in ("flickr", "zh", "news", "news+tags", "ksta", "ksta en"):
        found = [(i, line["val"][part]["sum"]) for i, line in enumerate(lines) if line["val"] and part in line["val"]]
        if found:
            right.plot(*zip(*found, strict=True), marker="o", label=part)
    right.set(xlabel="pass", ylabel="sum of six recalls, parts for choosing")
    for axis in (left, right):
        for i in range(1, len(lines)):
            if lines[i]["stage"] != lines[i - 1]["stage"]:
                axis.axvline(i - 0.5, color="grey", linewidth=0.5)
    right.legend()
    figure.tight_layout()
    figure.savefig(RUN / f"{name}.png", dpi=110)


if __name__ == "__main__":
    main()
