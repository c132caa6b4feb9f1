"""A spaCy pipeline as an extractor; what needs spaCy itself is skipped where it is not installed."""

import json
from importlib.metadata import PackageNotFoundError
from importlib.util import find_spec

import pytest

from kgretrieval.errors import ModelError
from kgretrieval.extractors import Extractor, spacy_pipeline
from kgretrieval.extractors.spacy_pipeline import SpacyPipeline
from kgretrieval.types import TextPart

TEXT = "The United Nations told Angela Merkel in Berlin on Friday that it paid $2.5m over three years."
LABELS = {"United Nations": "ORG", "Angela Merkel": "PER", "Berlin": "GPE", "Friday": "DATE", "$2.5m": "MONEY"}
LABELS |= {"three years": "DATE"}


@pytest.fixture
def without_spacy(monkeypatch):
    def missing(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr(spacy_pipeline, "version", missing)


@pytest.fixture
def rules(tmp_path):
    """A pipeline of rules on disk, so that what it finds is known."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in LABELS.items()])
    nlp.meta["version"] = "1.2.3"
    nlp.to_disk(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.fixture(scope="module")
def trained():
    """An installed English pipeline with an entity recogniser."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    names = [name for name in spacy.util.get_installed_models() if name.startswith("en_")]
    if not names:
        pytest.skip("no English spaCy pipeline is installed")
    return SpacyPipeline(f"spacy:{names[0]}")


def found(extractor, *parts):
    return extractor.extract([parts])[0].mentions


@pytest.mark.usefixtures("without_spacy")
def test_without_spacy_it_says_what_to_install():
    with pytest.raises(ModelError, match=r"'spacy:en_core_web_sm' needs spaCy, .*pip install spacy") as raised:
        SpacyPipeline("spacy:en_core_web_sm")
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(find_spec("spacy") is not None, reason="spaCy is installed")
def test_it_is_truly_missing_here():
    with pytest.raises(ModelError, match="pip install spacy"):
        SpacyPipeline("spacy:en_core_web_sm")


@pytest.mark.parametrize("name", ["spacy:en_no_such_one", "spacy:", "spacy:no/such/folder", "spacy:json"])
def test_a_pipeline_that_is_not_there_is_named(name, monkeypatch):
    monkeypatch.setattr(spacy_pipeline, "version", lambda package: "3.8.0")
    with pytest.raises(ModelError, match=r"there is no spaCy pipeline .*name its folder"):
        SpacyPipeline(name)


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        (None, "meta.json cannot be read"),
        ("{", "meta.json cannot be read"),
        ("[]", "holds no object"),
        (json.dumps({"lang": "en", "pipeline": ["tagger"]}), "finds no entities"),
    ],
)
def test_a_folder_that_holds_no_pipeline_is_refused(tmp_path, monkeypatch, meta, said):
    monkeypatch.setattr(spacy_pipeline, "version", lambda package: "3.8.0")
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(ModelError, match=said):
        SpacyPipeline(f"spacy:{tmp_path}")


def test_labels_become_types_and_dates_get_values(rules):
    extractor = SpacyPipeline(f"spacy:{rules}")
    assert isinstance(extractor, Extractor)
    assert extractor.name == f"spacy:{rules}"
    assert "spacy-3" in extractor.version
    assert extractor.version.endswith("-1.2.3")
    mentions = found(extractor, TextPart("caption", TEXT, date="2004-03-12"))
    assert [(m.text, m.type, m.value) for m in mentions] == [
        ("United Nations", "organisation", ""),
        ("Angela Merkel", "person", ""),
        ("Berlin", "place", ""),
        ("Friday", "date", "2004-03-12"),
        ("$2.5m", "quantity", "2500000 USD"),
        ("three years", "quantity", "3 year"),
    ]
    assert all(TEXT[m.start : m.end] == m.text for m in mentions)
    assert {(m.field, m.origin, m.extractor) for m in mentions} == {("caption", "caption", extractor.name)}


def test_only_texts_in_its_language_are_read(rules):
    extractor = SpacyPipeline(f"spacy:{rules}")
    assert found(extractor, TextPart("text", TEXT, "de"), TextPart("tags", "Angela Merkel")) == ()
    extractions = extractor.extract([[TextPart("text", TEXT, "de")], [TextPart("text", "In Berlin.", "en-GB")], []])
    assert [[m.text for m in extraction.mentions] for extraction in extractions] == [[], ["Berlin"], []]


def test_a_trained_pipeline_finds_what_is_there(trained):
    text = "Angela Merkel flew to the United States on Friday, 12 March 2004, and paid 40 million dollars."
    mentions = found(trained, TextPart("text", text, date="2004-03-14"))
    names = {m.text: m.type for m in mentions}
    assert names["Angela Merkel"] == "person"
    assert names["United States"] == "place"
    assert {m.value for m in mentions if m.type == "date"} == {"2004-03-12"}
    assert {m.value for m in mentions if m.type == "quantity"} == {"40000000 USD"}
    assert all(0.0 < m.confidence <= 1.0 for m in mentions)


def test_company_changes_nothing(trained):
    texts = [
        f"Mr Smith of Acme Corp. met {name} in {place}." for name in ("Ann Lee", "Bo Yi") for place in ("Rome", "Oslo")
    ]
    together = trained.extract([[TextPart("text", text)] for text in texts])
    assert [e.mentions for e in together] == [found(trained, TextPart("text", text)) for text in texts]
