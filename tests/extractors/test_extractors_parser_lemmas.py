"""Base forms: irregular ones from the list, regular ones by the rules of spelling and the commoner of two words."""

import pytest

from kgretrieval.extractors.parsing.lemmas import Lemmatiser
from kgretrieval.extractors.tagging.weights import read_arrays, unpack_table


@pytest.fixture(scope="module")
def lemmatiser():
    return Lemmatiser(unpack_table(read_arrays()))


@pytest.mark.parametrize(
    ("forms", "tag"),
    [
        ("stopping:stop planned:plan hitting:hit controlled:control calling:call passed:pass", ""),
        ("making:make caring:care using:use staring:stare voted:vote hoping:hope", ""),
        ("needed:need eating:eat leaving:leave causing:cause organised:organise created:create", ""),
        ("changing:change bringing:bring charged:charge enabled:enable dancing:dance argued:argue", ""),
        ("tried:try dies:die watches:watch goes:go focuses:focus runs:run misses:miss", "VBZ"),
        ("went:go said:say bought:buy undertaken:undertake was:be 's:be 've:have", ""),
        ("re-elected:re-elect", "VBN"),
    ],
)
def test_verbs(lemmatiser, forms, tag):
    pairs = [pair.split(":") for pair in forms.split()]
    assert [lemmatiser.lemma(form, "VERB", tag) for form, _ in pairs] == [base for _, base in pairs]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("children", "child"),
        ("policemen", "policeman"),
        ("crises", "crisis"),
        ("countries", "country"),
        ("boxes", "box"),
        ("churches", "church"),
        ("houses", "house"),
        ("news", "news"),
        ("buses", "bus"),
        ("vice-presidents", "vice-president"),
    ],
)
def test_plurals(lemmatiser, form, base):
    assert lemmatiser.lemma(form, "NOUN", "NNS") == base


def test_the_part_of_speech_decides(lemmatiser):
    assert lemmatiser.lemma("left", "VERB") == "leave"
    assert lemmatiser.lemma("left", "ADJ") == "left"
    assert lemmatiser.lemma("better", "ADJ", "JJR") == "good"
    assert lemmatiser.lemma("better", "ADV", "RBR") == "well"
    assert lemmatiser.lemma("her", "PRON", "PRP") == "she"
    assert lemmatiser.lemma("her", "PRON", "PRP$") == "her"
    assert lemmatiser.lemma("n't", "PART", "RB") == "not"


def test_names_stay_as_they_are_written_and_other_words_are_small(lemmatiser):
    assert lemmatiser.lemma("Reuters", "PROPN", "NNP") == "Reuters"
    assert lemmatiser.lemma("POLICE", "NOUN", "NN") == "police"
    assert lemmatiser.lemma("Größer", "ADJ", "JJR") == "größer"


@pytest.mark.parametrize("word", ["s", "ed", "ing", "'s", "ies", "-", "…", "x-s", "ss", "-ing"])
def test_no_word_loses_all_its_letters(lemmatiser, word):
    for part in ("VERB", "NOUN", "ADJ", "AUX", "PRON", "PART", "X"):
        for tag in ("", "VBZ", "NNS", "JJR", "VBG"):
            assert lemmatiser.lemma(word, part, tag)
