"""Encoders side by side in one run: python -m benchmarks.encode [--data FOLDER] [--pictures N] [--texts N] [--rounds N]

`mini`; ViT-B/32 (random weights in a local file) through kgretrieval; and plain open_clip in float32
in the loop that its users write: its own transform and tokenizer, batches of 32. Plain open_clip runs
with its default threads and with one, because the better of the two depends on what else the machine
does; each ratio is against the faster one. The cases take turns, so that all see the same load.

Pictures: JPEG files of 1200 x 800, and small WebP files where FOLDER has them (`imagenet_sample`).
Texts: captions of `flickr8k` in FOLDER, else of the sample news. Peak memory is that of a process
that loads one model and encodes everything once.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from benchmarks import harness
from kgretrieval import encoders
from kgretrieval.encoders.torchvision_mend import import_open_clip

MODEL = "ViT-B-32"
BATCH = 32
SIZE = (1200, 800)


class Plain:
    """open_clip as its README shows it."""

    def __init__(self, weights: Path, threads: int | None = None) -> None:
        open_clip = import_open_clip()
        self.threads = threads
        self.model, _, self.transform = open_clip.create_model_and_transforms(MODEL, pretrained=str(weights))
        self.model.eval()
        self.tokenizer = open_clip.get_tokenizer(MODEL)

    def pictures(self, files: list[Path]) -> Any:
        return self._run(self._pictures, files)

    def texts(self, texts: list[str]) -> Any:
        return self._run(self._texts, texts)

    def _run(self, work: Callable[[Any], Iterator[Any]], items: Any) -> Any:
        before = torch.get_num_threads()
        torch.set_num_threads(self.threads or before)
        try:
            with torch.no_grad():
                return torch.cat(list(work(items))).numpy()
        finally:
            torch.set_num_threads(before)

    def _pictures(self, files: list[Path]) -> Iterator[Any]:
        for at in range(0, len(files), BATCH):
            batch = torch.stack([self.transform(Image.open(file)) for file in files[at : at + BATCH]])
            yield self.model.encode_image(batch, normalize=True)

    def _texts(self, texts: list[str]) -> Iterator[Any]:
        for at in range(0, len(texts), BATCH):
            yield self.model.encode_text(self.tokenizer(texts[at : at + BATCH]), normalize=True)


class Ours:
    """An encoder of kgretrieval, given files that are opened and not yet decoded."""

    def __init__(self, name: str) -> None:
        self.encoder = encoders.load(name)

    def pictures(self, files: list[Path]) -> Any:
        return np.concatenate(
            [
                self.encoder.encode_pictures([Image.open(file) for file in files[at : at + 256]])
                for at in range(0, len(files), 256)
            ]
        )

    def texts(self, texts: list[str]) -> Any:
        return self.encoder.encode_texts(texts)


def load(case: str, weights: Path) -> Plain | Ours:
    if case == "mini":
        return Ours("mini")
    if case == "ViT-B-32, kgretrieval":
        return Ours(f"openclip:{MODEL}/{weights}")
    return Plain(weights, threads=1 if case.endswith("one thread") else None)


CASES = ("mini", "ViT-B-32, kgretrieval", "ViT-B-32, open_clip", "ViT-B-32, open_clip, one thread")


def write_jpegs(folder: Path, count: int, sources: list[Path]) -> list[Path]:
    """Write JPEGs of `SIZE`: collages of real pictures, which have detail at that size, else noise of all sizes."""
    rng = np.random.default_rng(0)
    files = []
    for number in range(count):
        if sources:
            sheet = Image.new("RGB", SIZE)
            for at in range(25):
                picture = Image.open(sources[int(rng.integers(len(sources)))]).convert("RGB").resize((240, 160))
                sheet.paste(picture, (at % 5 * 240, at // 5 * 160))
        else:
            layers = [
                np.asarray(Image.fromarray(rng.integers(0, 255, (n, n, 3), np.uint8)).resize(SIZE), float) / n**0.5
                for n in (3, 12, 48, 192)
            ]
            total = sum(layers) - np.min(sum(layers))
            sheet = Image.fromarray((255 * total / total.max()).astype(np.uint8))
        files.append(folder / f"{number}.jpg")
        sheet.save(files[-1], quality=88)
    return files


def captions(data: Path, count: int) -> list[str]:
    file = data / "flickr8k" / "captions.jsonl"
    if file.is_file():
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[:count]]
        return [row["captions"][0] for row in rows]
    from kgretrieval.sample import write

    with tempfile.TemporaryDirectory() as folder:
        lines = (write(Path(folder) / "news") / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in lines]
    return [f"{titles[i % len(titles)]} ({i})" for i in range(count)]


def speeds(weights: Path, kinds: dict[str, list[Path]], texts: list[str], rounds: int) -> dict[str, dict[str, float]]:
    """Return pictures and texts a second of each case: the median of rounds in which the cases take turns."""
    seconds: dict[tuple[str, str], list[float]] = {}
    models = {case: load(case, weights) for case in CASES}
    for turn in range(rounds + 1):
        for case, model in models.items():
            for kind, items in {**kinds, "texts": texts}.items():
                # The first turn only warms up: files into the cache, weights into their layout.
                part: Any = items if turn else items[:4]
                begin = time.perf_counter()
                model.texts(part) if kind == "texts" else model.pictures(part)
                if turn:
                    seconds.setdefault((case, kind), []).append(time.perf_counter() - begin)
    return {
        case: {
            f"{kind} a second": round(len(items) / harness.median(seconds[case, kind]), 1)
            for kind, items in {**kinds, "texts": texts}.items()
        }
        for case in CASES
    }


def agreement(weights: Path, kinds: dict[str, list[Path]], texts: list[str]) -> dict[str, float]:
    """Return the smallest cosine between our vectors and plain open_clip's."""
    ours, plain = load(CASES[1], weights), load(CASES[2], weights)
    least = {
        kind: float((ours.pictures(files[:BATCH]) * plain.pictures(files[:BATCH])).sum(1).min())
        for kind, files in kinds.items()
    }
    return {**least, "texts": float((ours.texts(texts[:BATCH]) * plain.texts(texts[:BATCH])).sum(1).min())}


def peak(case: str, weights: Path, files: list[Path], texts: list[str]) -> float:
    """Return the peak memory in MB of a process of its own that runs the case once."""
    script = (
        "import json, sys\nfrom pathlib import Path\nfrom benchmarks import encode, harness\n"
        "case, weights, files, texts = json.load(sys.stdin)\n"
        "model = encode.load(case, Path(weights))\n"
        "model.pictures([Path(file) for file in files])\nmodel.texts(texts)\nprint(harness.peak_memory())\n"
    )
    told = json.dumps([case, str(weights), [str(file) for file in files], texts])
    done = subprocess.run([sys.executable, "-c", script], input=told, check=True, capture_output=True, text=True)
    return round(int(done.stdout.splitlines()[-1]) / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    small_setting = harness.is_small()
    parser.add_argument("--pictures", type=int, default=8 if small_setting else 64)
    parser.add_argument("--texts", type=int, default=32 if small_setting else 192)
    parser.add_argument("--rounds", type=int, default=1 if small_setting else 3)
    parser.add_argument("--small", action="store_true", help="a few pictures and texts, one round")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights = folder / "random.pt"
        torch.manual_seed(0)
        torch.save(import_open_clip().create_model(MODEL).state_dict(), weights)
        small = sorted((chosen.data / "imagenet_sample").rglob("*.webp"))[: chosen.pictures]
        kinds = {"JPEG 1200 x 800": write_jpegs(folder, chosen.pictures, small)}
        if small:
            kinds["WebP 213 x 160"] = small
        texts = captions(chosen.data, chosen.texts)
        found = speeds(weights, kinds, texts, chosen.rounds)
        least = agreement(weights, kinds, texts)
        memory = {case: peak(case, weights, kinds["JPEG 1200 x 800"], texts) for case in CASES[:3]}
    ours, *plain = (found[case] for case in CASES[1:])
    ratios = {
        what: {
            "against default threads": round(speed / plain[0][what], 1),
            "against the faster": round(speed / max(one[what] for one in plain), 1),
        }
        for what, speed in ours.items()
    }
    rows = [
        harness.row(
            f"ViT-B-32, {what.removesuffix(' a second')}",
            speed,
            "items/s",
            "open_clip",
            max(one[what] for one in plain),
        )
        for what, speed in ours.items()
    ]
    harness.write(
        "encode",
        rows=rows,
        pictures=chosen.pictures,
        texts=len(texts),
        rounds=chosen.rounds,
        threads=torch.get_num_threads(),
        speeds=found,
        ratios=ratios,
        smallest_cosine={kind: round(value, 6) for kind, value in least.items()},
        peak_memory_mb=memory,
    )


if __name__ == "__main__":
    main()
