"""Stage 1: pooled features of every picture in three views, cached as float16; stops and goes on at any time.

Usage: ``python features.py [SET/VIEW ...]``; without arguments all, the most needed first.
"""

import sys
import time

import numpy as np
import onnxruntime as ort
from common import DATA, RUN, rows, square, tensor
from PIL import Image

ALL = ["flickr8k/plain", "flickr8k/crop", "flickr8k/flip", "newsimages25/plain", "coco_mini/plain"]
ALL += ["imagenet_sample/plain", "newsimages25/crop", "sports100/plain", "coco_mini/crop", "coco_mini/flip"]
ALL += ["newsimages25/flip", "imagenet_sample/crop", "sports100/crop", "imagenet_sample/flip"]
BATCH = 32


def extract(job, session):
    name, view = job.split("/")
    records = rows(name)
    path = RUN / f"{name}.{view}.npy"
    if path.exists():
        return
    part = RUN / f"{name}.{view}.part.npy"
    done = list(np.load(part)) if part.exists() else []
    start = time.time()
    while len(done) < len(records):
        pictures = []
        for i in range(len(done), min(len(done) + BATCH, len(records))):
            with Image.open(DATA / name / records[i]["image"]) as picture:
                pictures.append(square(picture.convert("RGB"), view, i))
        done += list(session.run(None, {"x": tensor(pictures)})[0].astype(np.float16))
        if len(done) % (BATCH * 32) == 0:
            np.save(part, np.array(done))
    np.save(path, np.array(done))
    part.unlink(missing_ok=True)
    print(job, len(done), f"{time.time() - start:.0f} s", flush=True)


def main():
    options = ort.SessionOptions()
    options.intra_op_num_threads = 2
    session = ort.InferenceSession(str(RUN / "lite2.onnx"), options, providers=["CPUExecutionProvider"])
    for job in sys.argv[1:] or ALL:
        extract(job, session)


if __name__ == "__main__":
    main()
