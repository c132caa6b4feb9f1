"""NLTK's leaves give what NLTK gives, and leave the real package to whoever imports it."""

import subprocess
import sys
import textwrap

import pytest

HEAVY = "{'nltk', 'numpy', 'scipy', 'sklearn', 'pandas'}"
SENTENCES = [
    'The "rocket" didn\'t launch on Nov. 3, officials said.',
    "Ms. O'Neill cannot come; she's in the U.S. (until May).",
    "'Tis gonna be $3.5bn -- or more... wanna bet?",
]


def run(code):
    """Run code in a fresh interpreter and return what it printed."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, capture_output=True, text=True)
    return done.stdout


def test_using_words_sentences_and_stems_imports_nothing_heavy():
    run(
        f"""
        import sys
        from kgretrieval.text.analysis import Analyser
        from kgretrieval.text.sentences import sentence_spans
        from kgretrieval.text.tokens import word_spans
        Analyser.default().query_terms("launches", ["en", "de"])
        word_spans("It didn't."), sentence_spans("A b. C d.")
        assert not {HEAVY} & set(sys.modules), {HEAVY} & set(sys.modules)
        """
    )


@pytest.mark.slow
@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_it_equals_the_public_functions_whichever_is_imported_first(first):
    ours = """
        from kgretrieval.text.tokens import word_spans
        from kgretrieval.text.nltk_leaf import nltk_leaf
        ours = [[text[a:b] for a, b in word_spans(text)] for text in SENTENCES]
        stems = [nltk_leaf("nltk.stem.snowball").EnglishStemmer().stem(w) for line in ours for w in line]
    """
    theirs = """
        import nltk
        quotes = {"``": '"', "''": '"'}
        words = [nltk.word_tokenize(text, preserve_line=True) for text in SENTENCES]
        words = [[quotes.get(word, word) for word in line] for line in words]
        roots = [nltk.SnowballStemmer("english").stem(w) for line in words for w in line]
        assert nltk.sent_tokenize and nltk.corpus.stopwords and nltk.tokenize.word_tokenize is nltk.word_tokenize
        assert nltk.FreqDist("aab")["a"] == 2
    """
    order = (ours, theirs) if first == "ours" else (theirs, ours)
    script = "\n".join(map(textwrap.dedent, (f"SENTENCES = {SENTENCES!r}", *order)))
    run(script + "\nassert ours == words, (ours, words)\nassert stems == roots")


@pytest.mark.slow
def test_a_loaded_nltk_is_used_itself():
    run(
        """
        import nltk
        from kgretrieval.text.nltk_leaf import nltk_leaf
        assert nltk_leaf("nltk.stem.snowball") is nltk.stem.snowball
        """
    )


def test_threads_get_one_and_the_same_module():
    run(
        """
        from concurrent.futures import ThreadPoolExecutor
        from kgretrieval.text.nltk_leaf import nltk_leaf
        names = ["nltk.stem.snowball", "nltk.tokenize.punkt", "nltk.tokenize.destructive"] * 8
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(nltk_leaf, names))
        assert len(set(map(id, found))) == 3
        """
    )


def test_a_module_that_is_not_there():
    code = """
        from kgretrieval.text.nltk_leaf import nltk_leaf
        for _ in range(2):
            try:
                nltk_leaf("nltk.stem.unheard_of")
            except ModuleNotFoundError as error:
                print(error.name)
    """
    assert run(code).split() == ["nltk.stem.unheard_of"] * 2
