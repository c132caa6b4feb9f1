"""Loading extractors by name."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from kgretrieval import extractors
from kgretrieval.errors import ModelError, UsageError
from kgretrieval.extractors import shipped
from kgretrieval.extractors.base import Extractor
from kgretrieval.extractors.tagging import weights


def test_the_default_ones_come_in_order():
    loaded = extractors.load()
    assert tuple(e.name for e in loaded) == extractors.DEFAULT
    assert all(isinstance(e, Extractor) and e.version for e in loaded)


def test_some_can_be_chosen():
    assert [e.name for e in extractors.load(("relations",))] == ["relations"]
    assert extractors.load(()) == []


def test_an_unknown_name_is_refused_with_the_choices():
    with pytest.raises(UsageError, match="'weather'; choose from tags, file, tagger, values"):
        extractors.load(("tags", "weather"))


def test_relations_change_version_with_the_tagger():
    tagger, relations = extractors.load(("tagger", "relations"))
    assert tagger.version in relations.version


def test_loading_them_reads_no_weights_and_imports_no_torch():
    code = "import sys, kgretrieval.extractors as e; e.load(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_damaged_weights_are_named(tmp_path, monkeypatch):
    (tmp_path / "tagger.json").write_bytes((shipped.MODELS / "tagger.json").read_bytes())
    (tmp_path / "tagger.safetensors").write_bytes(b"damaged")
    monkeypatch.setattr(shipped, "MODELS", tmp_path)
    with pytest.raises(ModelError, match=r"SHA-256 .* install kgretrieval again"):
        weights.read_arrays()


def test_what_an_extractor_needs_is_asked_for():
    extractors.require_needs(extractors.load())
    with pytest.raises(UsageError, match="'relations' needs names; add tags or tagger"):
        extractors.require_needs(extractors.load(("relations",)))
    with pytest.raises(UsageError, match="'tags' is named twice"):
        extractors.load(("tags", "tags"))


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy is installed here")
def test_a_spacy_pipeline_needs_spacy():
    with pytest.raises(ModelError, match="needs spaCy, which is not installed; pip install spacy"):
        extractors.load(("spacy:en_core_web_sm", "relations"))
