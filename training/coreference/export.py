"""Writes the shipped files: `python -m training.coreference.export RANKERS VERSION --pronoun 0.6 --noun 0.6`."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rankers", type=Path)
    parser.add_argument("version")
    parser.add_argument("--out", type=Path, default=Path("kgretrieval/models"))
    for kind in ("pronoun", "noun"):
        parser.add_argument(f"--{kind}", type=float, required=True, help="how sure a reference must be")
    options = parser.parse_args()
    content = options.rankers.read_bytes()
    card = {"version": options.version, "sha256": hashlib.sha256(content).hexdigest()}
    card |= {"pronoun": options.pronoun, "noun": options.noun}
    (options.out / "coreference.safetensors").write_bytes(content)
    (options.out / "coreference.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
