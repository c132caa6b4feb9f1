"""WordNet's lemmas read from its files equal those of NLTK's reader."""

import subprocess
import sys

import pytest

from kgretrieval.text.nltk_data import WordNet

WORDS = """mice geese wolves running ran went better flies leaves us was has does buses women men axes indices dogs
churches aardwolves abaci hardrock elections said says won taken data criteria media police news glasses s es ing zzz
'entity' a zymurgy .22 'hood""".split()


def test_lemmas_equal_those_of_nltk():
    wordnet = WordNet.installed()
    if wordnet is None:
        pytest.skip("NLTK's WordNet is not installed")
    code = (
        "import sys; from nltk.stem import WordNetLemmatizer\n"
        "lemma = WordNetLemmatizer().lemmatize\n"
        "print(*(lemma(lemma(word, 'n'), 'v') for word in sys.argv[1:]), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code, *WORDS], check=True, capture_output=True, text=True)
    assert [wordnet.lemma(word) for word in WORDS] == done.stdout.split("\n")[:-1]


def test_every_word_of_an_index_is_known_and_no_other():
    words = sorted({f"{first}{second * count}" for first in "abc" for second in "xyz" for count in range(1, 9)})
    index = "  1 licence\n" + "".join(f"{word} n 1 0\n" for word in words)
    wordnet = WordNet({"index.noun": index.encode(), "index.verb": b"", "noun.exc": b"", "verb.exc": b""})
    assert [wordnet.lemma(f"{word}s") for word in words] == words
    assert [wordnet.lemma(f"{word}ws") for word in words] == [f"{word}ws" for word in words]


def test_words_at_both_ends_of_an_index_are_known():
    files = {"index.noun": b"  licence\nant n\nbee n\ncat n", "index.verb": b"", "noun.exc": b"", "verb.exc": b""}
    wordnet = WordNet(files)
    assert [wordnet.lemma(word) for word in ("ants", "bees", "cats", "dogs", "", "licences", "s")] == [
        "ant", "bee", "cat", "dogs", "", "licences", "s",
    ]  # fmt: skip


def test_line_ends_of_windows_change_nothing():
    files = {"index.noun": b"  licence\r\nant n\r\n", "index.verb": b"", "noun.exc": b"emmets ant\r\n", "verb.exc": b""}
    assert WordNet(files).lemma("emmets") == "ant"
