"""Articles in a language that has no analysis of its own are taken in, found and sorted like any other."""

import pytest

import kgretrieval as kg
from kgretrieval.types import Article

TEXTS = {
    "fr": (
        "Le conseil municipal vote le budget de la ville",
        "Le conseil municipal de Lyon a voté mardi le budget de la ville après trois heures de débat. "
        "Grégory Doucet, maire de Lyon, a salué une décision courageuse.",
    ),
    "es": (
        "El equipo gana la final en el último minuto",
        "El equipo de Sevilla ganó la final el domingo con un gol en el último minuto. "
        "Miles de aficionados celebraron la victoria en las calles de la ciudad.",
    ),
    "en": (
        "The council adopts the budget of the city",
        "The city council of Leeds adopted the budget on Tuesday after three hours of debate.",
    ),
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    collection = kg.create(tmp_path_factory.mktemp("languages") / "index")
    collection.add(*(Article(key=language, title=title, text=text) for language, (title, text) in TEXTS.items()))
    yield collection
    collection.close()


def test_languages_are_detected_where_the_input_does_not_say(collection):
    assert collection.stats().languages == {"en": 1, "es": 1, "fr": 1}


@pytest.mark.parametrize(
    ("query", "language"), [("budget de la ville", "fr"), ("gol en la final", "es"), ("council budget", "en")]
)
def test_each_is_found_by_its_own_words(collection, query, language):
    assert collection.search(query, kind="article", k=1).hits[0].language == language


def test_labels_of_other_languages_are_left_out_and_not_guessed(collection):
    labelled = {hit.language for hit in collection.search("budget city", min_score=0, k=5).hits if hit.labels}
    assert labelled <= {"en"}
