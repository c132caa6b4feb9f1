"""The sample news: articles on real events by this project, and pictures to go with them.

The articles ship as ``articles.jsonl``; the pictures are made when they are asked for,
partly drawn by code and partly taken from the packages that carry them.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["SEARCHES", "write"]

#: Queries with an obvious answer in the sample, as (kind, query). The kind says what is asked with and for;
#: a picture query is a path from the folder that `write` filled, an entity query a name.
SEARCHES: tuple[tuple[str, str], ...] = (
    ("text-picture", "astronaut in an orange flight suit"),
    ("text-picture", "a container ship across a canal"),
    ("text-article", "first human being to walk on the Moon"),
    ("text-article", "interest rate cut almost to zero"),
    ("text-article", "Wiederaufbau nach der Flut"),
    ("text-article", "嫦娥六号 月球背面 样品"),
    ("picture-article", "pictures/hubble_deep_field.jpg"),
    ("picture-picture", "pictures/wind_turbines.jpg"),
    ("picture-picture", "pictures/cathedral.jpg"),
    ("entity", "Angela Merkel"),
)


def write(folder: Path) -> Path:
    """Write the sample news into `folder` and return the folder; see `kgretrieval.sample.writing.write`."""
    # Pillow and NumPy stay unloaded until a picture is drawn.
    from kgretrieval.sample.writing import write as write_sample

    return write_sample(folder)
