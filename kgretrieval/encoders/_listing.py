"""What `available` says of each encoder."""

from __future__ import annotations

from kgretrieval.types import ModelInfo


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
        note="English, some Chinese; no network, no download",
    )


def from_open_clip() -> list[ModelInfo]:
    """Return a row for each pair of model and weights that open_clip knows, by name."""
    from kgretrieval.encoders.torchvision_mend import import_open_clip

    return [_row(model, tag) for model, tag in sorted(import_open_clip().list_pretrained())]


def _row(model: str, tag: str) -> ModelInfo:
    from kgretrieval.encoders._hub import cached
    from kgretrieval.encoders.openclip import PREFIX
    from kgretrieval.encoders.torchvision_mend import import_open_clip

    open_clip = import_open_clip()
    width = (open_clip.get_model_config(model) or {}).get("embed_dim", 0)
    file = cached(open_clip.get_pretrained_cfg(model, tag))
    return ModelInfo(
        name=f"{PREFIX}{model}/{tag}",
        kind="open_clip",
        state="ready" if file else "to fetch",
        bytes=file.stat().st_size if file else 0,
        spaces={"picture": width},
        note="" if file else "fetched from its hub at first use",
    )
