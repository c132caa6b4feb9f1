"""Stage 1: what the frozen networks see in every picture that may be trained or chosen on, cached as float16.

For each set and view: ``SET.VIEW.lite{0,1,2}.npy``, pooled features ``(n, 1280)``, and of Lite2 also
``SET.VIEW.deep.npy``, the activations before block `CUT` as ``(n, 17, 17, 88)``: the layers after it are trained.
Pictures of test parts are left as zeros: nothing here looks at them. Stops and goes on at any time.

Usage: ``python features.py [NETWORK:SET/VIEW ...]``; without arguments all, the most needed first.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from common import DATA, RUN, SIZES, lite_module, rows, square, tensor
from PIL import Image
from safetensors.torch import load_file

SETS = ("flickr8k", "newsimages25", "coco_mini", "imagenet_sample", "ksta19", "sports100")
ALL = [f"2:{name}/{view}" for view in ("plain", "crop", "flip", "near") for name in SETS]
ALL += [f"{net}:{name}/{view}" for view in ("plain", "crop", "flip") for name in SETS for net in (0, 1)]
BATCH, PART = 16, 1024
#: The first block that is trained.
CUT = 11


def network(number):
    net = lite_module(number)
    net.load_state_dict(load_file(RUN / f"lite{number}.safetensors"))
    return net.eval().requires_grad_(False).to(torch.bfloat16, memory_format=torch.channels_last)


def look(net, batch, deep):
    """Pooled features, and the activations before block `CUT` where asked."""
    relu6 = torch.nn.functional.relu6
    with torch.inference_mode():
        x = net.blocks[:CUT](relu6(net.stem(batch.to(torch.bfloat16, memory_format=torch.channels_last))))
        pooled = relu6(net.head(net.blocks[CUT:](x))).mean((2, 3)).float().numpy()
        return pooled, x.permute(0, 2, 3, 1).to(torch.float16).numpy() if deep else None


def file(job, kind, shape=None):
    name, view = job.split(":")[1].split("/")
    path = RUN / f"{name}.{view}.{kind}.npy"
    if shape is None or path.exists():
        return np.lib.format.open_memmap(path, mode="r+")
    return np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=shape)


def extract(job):
    number, name, view = int(job[0]), *job.split(":")[1].split("/")
    mark = RUN / f"{name}.{view}.lite{number}.done"
    done = int(mark.read_text()) if mark.exists() else 0
    records = rows(name)
    if done >= len(records):
        return
    net, start = network(number), time.time()
    pooled = file(job, f"lite{number}", (len(records), 1280))
    deep = file(job, "deep", (len(records), 17, 17, 88)) if number == 2 else None

    def batch(index):
        views = []
        for i in index:
            with Image.open(DATA / name / records[i]["image"]) as picture:
                views.append(square(picture.convert("RGB"), view, i, SIZES[number]))
        features, activations = look(net, tensor(views), deep is not None)
        pooled[index] = features
        if deep is not None:
            deep[index] = activations

    with ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for at in range(done, len(records), PART):
            wanted = [i for i in range(at, min(at + PART, len(records))) if records[i]["split"] != "test"]
            list(pool.map(batch, [wanted[k : k + BATCH] for k in range(0, len(wanted), BATCH)]))
            mark.write_text(str(min(at + PART, len(records))))
    print(job, len(records), f"{time.time() - start:.0f} s", flush=True)


def main():
    for job in sys.argv[1:] or ALL:
        extract(job)


if __name__ == "__main__":
    main()
