"""Text to counts of terms, beside the classic recipe with NLTK: words, lower case, stop words, stems, CountVectorizer.

Both read the same articles (``bbc_news`` and ``20newsgroups`` beside the repository, else the sample news over and
over) in batches of the same size as an ingest, in turns. The recipe is NLTK's ``word_tokenize``, its stemmer called
word by word, and scikit-learn's ``CountVectorizer`` with that as its tokenizer; where WordNet is installed both take
its lemmas (``WordNetLemmatizer``) before the stems. ``word_tokenize`` splits sentences with Punkt first; where Punkt's
data is not installed the same splitter without trained parameters takes its place, and a third case leaves it out
(``word_tokenize(text, preserve_line=True)``). Ours has nothing remembered at the start of each run. Then every
different word goes through both one by one: their terms must be equal.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import resources

from benchmarks import corpus, harness
from kgretrieval.ingest.pipeline import BATCH
from kgretrieval.text import nltk_data
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.clean import fold
from kgretrieval.text.counts import count_terms

Stem = Callable[[str], str]

_WORD = re.compile(r"[a-z]+")


def texts(limit: int) -> Iterator[str]:
    """Yield real articles, as many of each data set."""
    news, posts = corpus.DATA / "bbc_news/articles.jsonl.gz", corpus.DATA / "20newsgroups/posts.jsonl.xz"
    if not (news.exists() and posts.exists()):
        lines = resources.files("kgretrieval.sample").joinpath("articles.jsonl").read_text(encoding="utf-8")
        own = [json.loads(line)["text"] for line in lines.splitlines()]
        yield from (own * (limit // len(own) + 1))[:limit]
        return
    with gzip.open(news, "rt", encoding="utf-8") as articles, lzma.open(posts, "rt", encoding="utf-8") as bodies:
        yield from (_first(articles, limit // 2, "text"))
        yield from (_first(bodies, limit // 2, "body"))


def _first(lines: Iterator[str], count: int, field: str) -> Iterator[str]:
    for _, line in zip(range(count), lines, strict=False):
        yield json.loads(line)[field]


def recipe(stem: Stem, *, sentences: bool) -> Callable[[Sequence[str]], object]:
    """Return the classic recipe as one finds it in tutorials, with sentences first or without."""
    from sklearn.feature_extraction.text import CountVectorizer

    stop = set(Analyser.default().config["stop_words"]["en"])
    words_of = tokenizer(sentences)

    def tokens(text: str) -> list[str]:
        return [stem(word) for word in map(str.lower, words_of(text)) if word.isalnum() and word not in stop]

    return lambda batch: CountVectorizer(tokenizer=tokens, token_pattern=None, lowercase=False).fit_transform(batch)


def tokenizer(sentences: bool) -> Callable[[str], list[str]]:
    """Return what `word_tokenize` does."""
    from nltk.tokenize import NLTKWordTokenizer, PunktSentenceTokenizer, word_tokenize

    words = NLTKWordTokenizer().tokenize
    if not sentences:
        return words
    try:
        word_tokenize("One. Two.")
    except LookupError:
        split = PunktSentenceTokenizer().tokenize
        return lambda text: [word for sentence in split(text) for word in words(sentence)]
    return word_tokenize


def word_by_word() -> tuple[Stem, str]:
    """Return what makes a term of a word by NLTK's public functions, and how it is called."""
    from nltk.stem import SnowballStemmer, WordNetLemmatizer

    stem = SnowballStemmer("english").stem
    if nltk_data.WordNet.installed() is None:
        return stem, "Snowball stemmer"
    lemma = WordNetLemmatizer().lemmatize
    return lambda word: stem(lemma(lemma(word, "n"), "v")), "WordNet lemmas, then Snowball stemmer"


def unequal(stem: Stem, chosen: Sequence[str]) -> tuple[int, list[str]]:
    """Return how many different words there are, and those of which the terms are not equal."""
    analyser = Analyser.default()
    stop = set(map(fold, analyser.config["stop_words"]["en"]))
    words = sorted({word for text in chosen for word in _WORD.findall(text.lower())} - stop)
    return len(words), [word for word in words if analyser.terms(word, "en") != [stem(word)]]


def main() -> None:
    small = harness.is_small()
    chosen = [text for text in texts(400 if small else 4000) if text.strip()]
    batches = [chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH)]
    stem, name = word_by_word()
    whole, short = recipe(stem, sentences=True), recipe(stem, sentences=False)

    def ours() -> None:
        analyser = Analyser.default()
        for batch in batches:
            for _ in count_terms([(text, "en") for text in batch], analyser).by_text():
                pass

    def theirs(count: Callable[[Sequence[str]], object]) -> None:
        for batch in batches:
            count(batch)

    peers = {"nltk": lambda: theirs(whole), "nltk, no sentences": lambda: theirs(short)}
    timed = harness.compare({"kgretrieval": ours, **peers}, rounds=3)
    words = sum(len(text.split()) for text in chosen)
    rate = {who: words / seconds for who, seconds in timed["seconds"].items()}
    different, wrong = unequal(stem, chosen)
    what = f"text to counts of terms with positions, {name}"
    harness.write(
        "preprocess",
        texts=len(chosen),
        words=words,
        normalisation=name,
        **timed,
        different_words=different,
        words_with_other_terms=wrong[:20],
        rows=[harness.row(what, rate["kgretrieval"], "words/s", "NLTK recipe", rate["nltk"])],
    )


if __name__ == "__main__":
    main()
