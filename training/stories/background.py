"""How common words are anywhere: ``kgretrieval/stories/background.txt``, from the word list of the embedded encoder.

    python -m training.stories.background

The list holds English, German and Chinese words, those that are frequent in news first. Their terms, as the analyser
makes them, keep this order; what is not among them is rare.
"""

from __future__ import annotations

from pathlib import Path

from kgretrieval.encoders.mini_text import TextTower
from kgretrieval.text.analysis import Analyser

FILE = Path(__file__).resolve().parents[2] / "kgretrieval" / "stories" / "background.txt"
#: Terms kept of each language.
KEPT = {"en": 6000, "de": 3000, "zh": 2000}


def main() -> None:
    """Write a line a language: its code, then its terms."""
    tokens = TextTower().tokens
    words = {"en": tokens._english, "de": tokens._german, "zh": tokens._han}
    analyser = Analyser.default()
    lines = []
    for language, rows in words.items():
        ordered = sorted(rows, key=rows.__getitem__)
        terms = dict.fromkeys(term for word in ordered for term in analyser.terms(word, language))
        lines.append(" ".join([language, *list(terms)[: KEPT[language]]]))
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
