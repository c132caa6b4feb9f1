"""Reads GUM and GAP with the shipped tagger and parser, for training on what is found at use.

python -m training.coreference.prepare DATA LEXICON OUT

Writes the instances of the training and dev parts of GUM (of the first without the genres under a licence for
non-commercial use) and ECB+, and of GAP's development part (on which is trained) and validation part.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from safetensors.numpy import load_file

from kgretrieval.evaluate.coreference_data import read_gap, read_gum
from kgretrieval.extractors.anaphora.lexicon import Lexicon
from training.coreference.data import NOT_OPEN, read_ecb
from training.coreference.instances import Instance, Trees, from_ecb, from_gap, from_gum


def prepare(
    data: Path, lexicon: Lexicon, trees: Callable[[str, Sequence[str]], list[Trees]]
) -> dict[str, list[Instance]]:
    """Return the instances by set; `trees` gets the name of the set and its texts."""
    sets = {}
    for split in ("train", "dev"):
        documents = read_gum(data / "gum" / f"{split}.jsonl.gz")
        read = trees(f"gum_{split}", [one.text for one in documents])
        pairs = zip(documents, read, strict=True)
        sets[f"gum_{split}"] = [
            from_gum(one, own, lexicon) for one, own in pairs if split == "dev" or one.genre not in NOT_OPEN
        ]
        marked = read_ecb(data / "ecbplus" / f"{split}.jsonl.gz")
        read = trees(f"ecb_{split}", [one.text for one in marked])
        sets[f"ecb_{split}"] = [from_ecb(one, own, lexicon) for one, own in zip(marked, read, strict=True)]
    for split in ("development", "validation"):
        snippets = read_gap(data / "gap" / f"gap-{split}.tsv.gz")
        read = trees(f"gap_{split}", [one.text for one in snippets])
        sets[f"gap_{split}"] = [from_gap(one, own, lexicon) for one, own in zip(snippets, read, strict=True)]
    return sets


def main(data: Path, lexicon: Path, out: Path) -> None:
    from kgretrieval.extractors.parsing.parser import Parser
    from kgretrieval.extractors.tagger import Tagger

    parser = Parser(Tagger())
    sets = prepare(data, Lexicon(load_file(lexicon)), lambda _, texts: parser.trees(texts))
    out.write_bytes(pickle.dumps(sets))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
