"""What open_clip's documentation states of some of its models.

Zero-shot retrieval, R@1 in percent, from ``docs/openclip_retrieval_results.csv`` of
https://github.com/mlfoundations/open_clip (commit 05e7db4): Flickr30k and MSCOCO, text to picture
and picture to text. The package of open_clip carries none of this.
"""

from __future__ import annotations

from typing import NamedTuple


class Figures(NamedTuple):
    """Millions of parameters, and R@1 in percent."""

    millions: float
    flickr_pictures: float
    flickr_texts: float
    coco_pictures: float
    coco_texts: float


STATED: dict[tuple[str, str], Figures] = {
    ("RN50", "openai"): Figures(102.01, 57.4, 80.0, 28.5, 48.8),
    ("RN101", "openai"): Figures(119.69, 58.0, 79.0, 30.7, 49.2),
    ("RN50x4", "openai"): Figures(178.3, 62.6, 82.1, 33.4, 53.0),
    ("RN50x16", "openai"): Figures(290.98, 65.3, 85.7, 35.4, 55.4),
    ("ViT-B-32", "openai"): Figures(151.28, 58.8, 78.9, 30.4, 50.1),
    ("ViT-B-32", "laion400m_e32"): Figures(151.28, 59.6, 77.7, 34.3, 52.4),
    ("ViT-B-32", "laion2b_e16"): Figures(151.28, 66.4, 84.4, 39.1, 56.2),
    ("ViT-B-32", "laion2b_s34b_b79k"): Figures(151.28, 66.8, 84.1, 39.3, 56.3),
    ("ViT-B-32", "datacomp_xl_s13b_b90k"): Figures(151.28, 61.1, 79.0, 37.1, 53.5),
    ("ViT-B-32-256", "datacomp_s34b_b86k"): Figures(151.29, 64.9, 84.8, 39.9, 57.9),
    ("ViT-B-32-quickgelu", "metaclip_400m"): Figures(151.28, 62.3, 77.8, 35.9, 51.8),
    ("ViT-B-32-quickgelu", "metaclip_fullcc"): Figures(151.28, 65.1, 80.8, 38.1, 55.2),
    ("ViT-B-16", "openai"): Figures(149.62, 62.2, 82.2, 33.1, 52.4),
    ("ViT-B-16", "laion2b_s34b_b88k"): Figures(149.62, 69.8, 86.3, 42.3, 59.4),
    ("ViT-B-16", "datacomp_xl_s13b_b90k"): Figures(149.62, 67.6, 85.1, 40.2, 57.4),
    ("ViT-B-16-quickgelu", "metaclip_fullcc"): Figures(149.62, 70.7, 85.5, 41.3, 59.4),
    ("ViT-B-16-SigLIP", "webli"): Figures(203.16, 74.7, 89.1, 47.8, 65.7),
    ("ViT-B-16-SigLIP-256", "webli"): Figures(203.2, 75.0, 90.4, 48.3, 66.1),
    ("ViT-B-16-SigLIP-384", "webli"): Figures(203.45, 78.5, 92.7, 49.9, 67.7),
    ("ViT-L-14", "openai"): Figures(427.62, 65.0, 85.2, 36.5, 56.3),
    ("ViT-L-14", "laion2b_s32b_b82k"): Figures(427.62, 75.5, 89.5, 46.5, 63.4),
    ("ViT-L-14", "datacomp_xl_s13b_b90k"): Figures(427.62, 73.4, 89.0, 45.7, 63.3),
    ("ViT-L-14-336", "openai"): Figures(427.94, 66.9, 87.7, 37.1, 57.9),
    ("ViT-L-14-quickgelu", "metaclip_fullcc"): Figures(427.62, 76.4, 90.1, 47.1, 64.4),
    ("ViT-L-16-SigLIP-256", "webli"): Figures(652.15, 79.0, 91.8, 52.3, 70.8),
    ("ViT-L-16-SigLIP-384", "webli"): Figures(652.48, 81.4, 93.7, 53.9, 71.9),
    ("ViT-SO400M-14-SigLIP", "webli"): Figures(877.36, 75.3, 91.0, 51.8, 69.7),
    ("ViT-SO400M-14-SigLIP-384", "webli"): Figures(877.96, 83.0, 94.3, 54.2, 72.4),
    ("ViT-H-14", "laion2b_s32b_b79k"): Figures(986.11, 77.6, 90.7, 49.5, 65.9),
    ("ViT-H-14-quickgelu", "metaclip_fullcc"): Figures(986.11, 78.3, 91.8, 48.8, 66.2),
    ("ViT-bigG-14", "laion2b_s39b_b160k"): Figures(2539.57, 79.6, 92.9, 51.4, 67.4),
    ("convnext_base_w", "laion2b_s13b_b82k"): Figures(179.39, 72.1, 87.7, 42.9, 60.6),
    ("convnext_large_d_320", "laion2b_s29b_b131k_ft_soup"): Figures(351.77, 77.0, 92.3, 48.3, 65.0),
    ("coca_ViT-B-32", "laion2b_s13b_b90k"): Figures(253.56, 63.4, 81.6, 36.2, 54.6),
    ("coca_ViT-L-14", "laion2b_s13b_b90k"): Figures(638.45, 74.3, 88.4, 45.7, 62.9),
    ("EVA02-L-14", "merged2b_s4b_b131k"): Figures(427.76, 77.3, 89.7, 47.5, 63.7),
    ("xlm-roberta-base-ViT-B-32", "laion5b_s13b_b90k"): Figures(366.12, 64.5, 82.7, 37.8, 53.5),
}

#: A few of different sizes to begin with, small ones first.
SUGGESTED = (
    ("ViT-B-32", "laion2b_s34b_b79k"),
    ("ViT-B-32-256", "datacomp_s34b_b86k"),
    ("ViT-B-16", "laion2b_s34b_b88k"),
    ("ViT-L-14", "laion2b_s32b_b82k"),
    ("convnext_large_d_320", "laion2b_s29b_b131k_ft_soup"),
    ("ViT-H-14", "laion2b_s32b_b79k"),
)


def about(model: str, tag: str) -> str:
    """Return parameters, size and figures in words, empty where open_clip states nothing."""
    stated = STATED.get((model, tag))
    if stated is None:
        return ""
    return (
        f"{stated.millions:,.0f} M parameters, about {4 * stated.millions:,.0f} MB; "
        f"R@1 text to picture: Flickr30k {stated.flickr_pictures}, COCO {stated.coco_pictures}; "
        f"picture to text: {stated.flickr_texts}, {stated.coco_texts} (open_clip's figures)"
    )


def licence(tag: str) -> str:
    """Return the licence where open_clip's documentation states it: for MetaCLIP alone."""
    return "CC-BY-NC" if tag.startswith("metaclip") else ""
