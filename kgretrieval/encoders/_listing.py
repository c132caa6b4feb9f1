"""What `available` says of each encoder."""

from __future__ import annotations

from pathlib import Path

from kgretrieval.encoders._figures import SUGGESTED, about, licence
from kgretrieval.types import ModelInfo

PREFIX = "openclip:"
#: How files with weights end.
FILES = (".pt", ".pth", ".bin", ".safetensors")


def embedded() -> ModelInfo:
    """Return the row of `mini`, read from the card beside its weights."""
    from kgretrieval.encoders.mini import card

    about = card()
    return ModelInfo(
        name=about["name"],
        kind="embedded",
        state="ready",
        bytes=sum(file["bytes"] for file in about["files"].values()),
        spaces=about["spaces"],
        licence=about["licence"],
        note="English, German and Chinese; no network, no download",
    )


def from_open_clip() -> list[ModelInfo]:
    """Return a row for each pair of model and weights that open_clip knows, by name."""
    from kgretrieval.encoders.torchvision_mend import import_open_clip

    return [_row(model, tag) for model, tag in sorted(import_open_clip().list_pretrained())]


def local_files(folder: Path) -> list[ModelInfo]:
    """Return a row for each weight file in a folder; which model it belongs to, its user knows."""
    return [
        ModelInfo(
            name=f"{PREFIX}MODEL/{file.name}",
            kind="file",
            state="ready",
            bytes=file.stat().st_size,
            note="write in the place of MODEL what it was trained as, such as ViT-B-32",
        )
        for file in sorted(folder.iterdir())
        if file.suffix in FILES and file.is_file()
    ]


def suggested() -> set[str]:
    """Return the names of a few models of different sizes, to begin with."""
    return {f"{PREFIX}{model}/{tag}" for model, tag in SUGGESTED}


def _row(model: str, tag: str) -> ModelInfo:
    from kgretrieval.encoders._hub import cached
    from kgretrieval.encoders.torchvision_mend import import_open_clip

    open_clip = import_open_clip()
    shape = open_clip.get_model_config(model) or {}
    record = open_clip.get_pretrained_cfg(model, tag)
    file = cached(record)
    name = f"{PREFIX}{model}/{tag}"
    size = shape.get("vision_cfg", {}).get("image_size", 224)
    page = record.get("hf_hub", "").rstrip("/")
    told = [f"{size if isinstance(size, int) else max(size)} px", about(model, tag)]
    told += [] if licence(tag) or not page else [f"licence: see https://huggingface.co/{page}"]
    told += [f"kg ingest PATH --model {name}" if file else f"kg models fetch {name}"]
    return ModelInfo(
        name=name,
        kind="open_clip",
        state="ready" if file else "to fetch",
        bytes=file.stat().st_size if file else 0,
        spaces={"picture": shape.get("embed_dim", 0)},
        licence=licence(tag),
        note="; ".join(part for part in told if part),
    )
