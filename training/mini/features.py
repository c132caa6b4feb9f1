"""Stage 1: what the frozen networks see in every picture that may be trained or chosen on, cached as float16.

For each set and view: ``SET.VIEW.lite2.npy``, pooled features ``(n, 1280)``, and ``SET.VIEW.deep.npy``, the
activations before block `CUT` as ``(n, 17, 17, 88)``: the layers after it are trained.
Pictures of test parts are left as zeros: nothing here looks at them. Stops and goes on at any time.

Usage: ``python features.py [SET/VIEW ...]``; without arguments all, the most needed first.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from common import DATA, RUN, lite_module, rows, square, tensor
from PIL import Image
from safetensors.torch import load_file

SETS = ("flickr8k", "newsimages25", "coco_mini", "imagenet_sample", "ksta19", "sports100")
ALL = [f"{name}/{view}" for view in ("plain", "crop", "flip", "near") for name in SETS]
BATCH, PART = 16, 1024
#: The first block that is trained.
CUT = 11


def network():
    net = lite_module()
    net.load_state_dict(load_file(RUN / "lite2.safetensors"))
    return net.eval().requires_grad_(False).to(torch.bfloat16, memory_format=torch.channels_last)


def look(net, batch):
    """Pooled features, and the activations before block `CUT`."""
    relu6 = torch.nn.functional.relu6
    with torch.inference_mode():
        x = net.blocks[:CUT](relu6(net.stem(batch.to(torch.bfloat16, memory_format=torch.channels_last))))
        pooled = relu6(net.head(net.blocks[CUT:](x))).mean((2, 3)).float().numpy()
        return pooled, x.permute(0, 2, 3, 1).to(torch.float16).numpy()


def file(job, kind, shape):
    name, view = job.split("/")
    path = RUN / f"{name}.{view}.{kind}.npy"
    if path.exists():
        return np.lib.format.open_memmap(path, mode="r+")
    return np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=shape)


def extract(job):
    name, view = job.split("/")
    mark = RUN / f"{name}.{view}.done"
    done = int(mark.read_text()) if mark.exists() else 0
    records = rows(name)
    if done >= len(records):
        return
    net, start = network(), time.time()
    pooled = file(job, "lite2", (len(records), 1280))
    deep = file(job, "deep", (len(records), 17, 17, 88))

    def batch(index):
        views = []
        for i in index:
            with Image.open(DATA / name / records[i]["image"]) as picture:
                views.append(square(picture.convert("RGB"), view, i))
        pooled[index], deep[index] = look(net, tensor(views))

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
