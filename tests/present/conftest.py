"""Golden files: what a person sees, kept as text. KG_UPDATE_GOLDEN=1 writes them anew."""

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(monkeypatch, tmp_path):
    """Compare a text with golden/NAME; the current folder is an empty one, called CWD in the file."""
    monkeypatch.chdir(tmp_path)

    def check(name: str, text: str) -> None:
        file = GOLDEN / name
        seen = text.replace(tmp_path.as_uri(), "file:///CWD")
        if os.environ.get("KG_UPDATE_GOLDEN"):
            file.write_text(seen, encoding="utf-8", newline="\n")
        assert seen == file.read_text(encoding="utf-8"), f"{name} has changed; look, then KG_UPDATE_GOLDEN=1"

    return check
