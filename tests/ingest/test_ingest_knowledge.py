"""From texts to facts with their evidence, all extractors together."""

import pytest

import kgretrieval as kg
from kgretrieval.extractors.pronouns import PRONOUNS
from kgretrieval.types import Article

NEWS = [
    Article(
        key="1",
        title="Siemens buys Osram",
        text="Siemens bought Osram in Munich on Tuesday. Angela Merkel welcomed the deal in Berlin. "
        "She said that Siemens hired 40 engineers last week.",
        date="2024-05-02",
        source="Paper",
        language="en",
    ),
    Article(
        key="2",
        title="Volkswagen denies takeover",
        text="Volkswagen denied that it bought Ford. Volkswagen may buy Opel. Tim Cook, the chief executive of Apple, "
        "was born in Paris in 1960.",
        date="2024-06-01",
        source="Other",
        language="en",
    ),
]


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    collection = kg.create(tmp_path_factory.mktemp("knowledge") / "news")
    collection.add(*NEWS)
    return collection


def facts(news):
    return [(f.subject, f.predicate, f.object, f.modality) for f in news.facts(k=100).facts]


def test_what_is_denied_or_only_possible_is_no_assertion(news):
    said = {(s, o): modality for s, _, o, modality in facts(news)}
    assert said["Siemens", "Osram"] == "asserted"
    assert said["Volkswagen", "Ford"] == "denied"
    assert said["Volkswagen", "Opel"] == "possible"


def test_when_it_happened_counts_from_the_day_of_the_article(news):
    (bought,) = [f for f in news.facts("Osram").facts if f.subject == "Siemens" and f.evidence[0].field == "text"]
    assert "2024-04-30" in {e.time for e in bought.evidence}


def test_a_pronoun_is_the_name_that_it_stands_for_and_never_an_entity(news):
    (hired,) = [f for f in news.facts("Siemens").facts if f.predicate == "hire"]
    assert hired.evidence[0].attributed_to == "Angela Merkel"
    nodes = [data["label"].lower() for _, data in news.to_networkx().nodes(data=True)]
    assert not PRONOUNS & set(nodes)


def test_typed_facts_have_predicates_of_the_closed_list(news):
    typed = {(f.predicate, f.object) for f in news.facts("Tim Cook", typed=True).facts}
    assert {("chief executive of", "Apple"), ("born in", "Paris")} <= typed


def test_a_value_is_a_mention_but_no_entity(news):
    names = {e for (e, *_) in facts(news)}
    assert not {"40 engineers", "Tuesday", "last week"} & names
    with pytest.raises(kg.KgError):
        news.entity("40 engineers")
