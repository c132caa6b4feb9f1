"""Tiny open_clip models of every kind with random weights in files, and plain open_clip to compare with."""

import json
import warnings

import numpy as np
from PIL import Image

from kgretrieval.encoders.torchvision_mend import import_open_clip

_VISION = {"image_size": 64, "layers": 3, "width": 128, "patch_size": 16, "head_width": 32}
_TEXT = {"context_length": 77, "vocab_size": 49408, "width": 128, "heads": 4, "layers": 3}
_TIMM = {"timm_model_pretrained": False, "image_size": 64}

#: Name -> what open_clip builds: the kinds of towers, of pooling and of text that its models have.
SHAPES = {
    "kg-vit": {"embed_dim": 64, "vision_cfg": _VISION, "text_cfg": _TEXT},
    "kg-vit-avg-quickgelu": {
        "embed_dim": 64,
        "quick_gelu": True,
        "vision_cfg": {**_VISION, "pool_type": "avg", "final_ln_after_pool": True, "ls_init_value": 0.5},
        "text_cfg": {**_TEXT, "pool_type": "eos", "eos_id": 49407},
    },
    "kg-custom-text": {"embed_dim": 64, "custom_text": True, "vision_cfg": _VISION, "text_cfg": _TEXT},
    "kg-last-pool": {
        "embed_dim": 192,
        "custom_text": True,
        "init_logit_bias": -10,
        "vision_cfg": {
            "timm_model_name": "vit_tiny_patch16_224",
            "timm_model_pretrained": False,
            "image_size": 224,
            "timm_pool": "avg",
            "timm_proj": "none",
        },
        "text_cfg": {**_TEXT, "no_causal_mask": True, "pool_type": "last", "proj_bias": True},
    },
    "kg-coca": {
        "embed_dim": 64,
        "custom_text": True,
        "vision_cfg": {**_VISION, "attentional_pool": True, "attn_pooler_heads": 4, "output_tokens": True},
        "text_cfg": {**_TEXT, "context_length": 76, "embed_cls": True, "output_tokens": True},
        "multimodal_cfg": {"context_length": 76, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 1},
    },
    "kg-resnet": {
        "embed_dim": 64,
        "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 32, "head_width": 32},
        "text_cfg": _TEXT,
    },
    "kg-convnext": {
        "embed_dim": 64,
        "vision_cfg": {**_TIMM, "timm_model_name": "convnext_atto", "timm_pool": "", "timm_proj": "linear"},
        "text_cfg": _TEXT,
    },
}

TEXTS = [
    "a dog",
    "a rocket launch at cape canaveral, seen from the beach",
    "two men playing football on a wet field in the rain while many people watch",
    "Minister!",
    "the " * 90,
]


def known_to_open_clip(folder):
    """Make open_clip know the shapes by name."""
    for name, shape in SHAPES.items():
        (folder / f"{name}.json").write_text(json.dumps(shape))
        import_open_clip().add_model_config(folder / f"{name}.json")


def plain(name, file=None):
    """Plain open_clip in float32: the model, its transform and its tokenizer; `file` takes its weights.

    The random weights are made livelier than open_clip draws them, so that pictures and texts do
    not all get nearly the same vector: with that, any cosine would look well.
    """
    import torch

    open_clip = import_open_clip()
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model, _, transform = open_clip.create_model_and_transforms(name)
    for key, weight in model.named_parameters():
        if weight.ndim > 1:
            weight.data *= 10 if "embedding" in key and "visual" not in key else 2
    if file is not None:
        torch.save(model.state_dict(), file)
    return model.eval().requires_grad_(False), transform, open_clip.get_tokenizer(name)


def photograph(seed, size=(240, 160)):
    """A picture with large shapes and small detail, as photos have."""
    rng = np.random.default_rng(seed)
    total = np.zeros((size[1], size[0], 3))
    for cells in (3, 8, 24, 64):
        layer = Image.fromarray(rng.integers(0, 255, (cells, cells, 3), np.uint8)).resize(
            size, Image.Resampling.BICUBIC
        )
        total += np.asarray(layer, float) * (3 / cells) ** 0.5
    total -= total.min()
    return Image.fromarray((255 * total / total.max()).astype(np.uint8))


def cosines(ours, theirs):
    """The cosine of each of our rows with its counterpart."""
    return (ours * theirs).sum(1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
