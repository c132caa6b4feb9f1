"""Stage 2: English texts of the training parts and what MiniLM (all-MiniLM-L6-v2) says of them.

Writes ``texts.json`` (the texts by part: train, then three held-out ones), ``teacher.npy`` (float16 unit rows, parts
one after the other in the order of the file) and ``english.json`` (the English words of the table).
"""

import gzip
import hashlib
import json
import lzma
import random
import re
from collections import Counter

import numpy as np
from common import DATA, ROOT, RUN, load_module, rows

TOKENS = load_module("tokens", ROOT / "kgretrieval" / "encoders" / "_words.py")
WORDS = 25_500
PASSAGE = 4


def headline(record):
    return record["title"]


def tagged(record):
    return record["title"] + ". " + ", ".join(record["tags"])


def gz(path):
    with gzip.open(DATA / "text" / path, "rt", encoding="utf-8") as lines:
        return list(lines)


def records(path, split=None):
    found = [json.loads(line) for line in gz(path)]
    return [r for r in found if split is None or r["split"] == split]


def tenth(key):
    """Whether an article is in the tenth held out for choosing."""
    return hashlib.sha1(("val:" + key).encode()).digest()[0] < 26


def captions(split):
    texts = []
    for name in ("flickr8k", "coco_mini", "imagenet_sample", "sports100"):
        texts += [c for record in rows(name) if record["split"] in split for c in record["captions"]]
    return texts


def news_records(held):
    """Articles of newsimages25 train: those to learn from, or those of the web sites held out for choosing."""
    kept = [r for r in rows("newsimages25") if r["split"] == "train" and not r.get("leak")]
    return [r for r in kept if tenth(r["source"]) == held]


def bbc(held):
    return [r for r in records("bbc_news/articles.jsonl.gz", "train") if tenth(r["id"]) == held]


def sentences(text):
    return [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]


def passages(text, most):
    """Stretches of four sentences."""
    found = sentences(text)
    return [" ".join(found[at : at + PASSAGE]) for at in range(0, len(found), PASSAGE)][:most]


def posts():
    """One passage of each second training post of 20newsgroups, quoted lines left out."""
    with lzma.open(DATA / "text" / "20newsgroups" / "posts.jsonl.xz", "rt", encoding="utf-8") as lines:
        kept = [r for r in map(json.loads, lines) if r["split"] == "train"][::2]
    for record in kept:
        lines = [line for line in record["body"].split("\n") if not re.match(r"\s*[>|:]|.*(wrote|writes):?$", line)]
        yield from passages(re.sub(r"\s+", " ", " ".join(lines))[:2000], 1)


def news_texts():
    texts = []
    for record in news_records(held=False):
        texts += [headline(record), tagged(record)]
    for r in records("ag_news/train_12000.jsonl.gz"):
        texts += [r["title"], r["description"]]
    for r in bbc(held=False):
        texts += [r["title"], *sentences(r["text"])[:7], *passages(r["text"], 4)]
    for name in ("newsmtsc/train.jsonl.gz", "knowledgenet/train.jsonl.gz"):
        texts += [r["text"] for r in records(name)]
    return texts


def other_texts():
    texts = [json.loads(line)["text"] for line in gz("sst/train.jsonl.gz")]
    texts += [line[9:].strip() for line in gz("ud_ewt/train.conllu.gz") if line.startswith("# text = ")]
    texts += [json.loads(line)["text"] for line in gz("trec_question/train.jsonl.gz")]
    return texts + conll() + list(posts())


def conll():
    texts, words = [], []
    for line in gz("conll2003/train.conll.gz"):
        if line.strip() and not line.startswith("-DOCSTART-"):
            words.append(line.split()[0])
        elif words:
            texts.append(" ".join(words))
            words = []
    return texts


def german_only(word, count):
    """Whether a form is German and hardly English: such words get a German row alone."""
    from wordfreq import zipf_frequency

    english = zipf_frequency(word, "en")
    return english < 5 and count < 5 and zipf_frequency(word, "de") - english > 2


def english_words(texts, seen):
    """Frequent words of the texts, then of English at large, without those that are German."""
    from wordfreq import top_n_list

    counts = Counter(run for text in texts for run, han in TOKENS.runs(text) if not han)
    shown = Counter(run for text in seen for run, han in TOKENS.runs(text) if not han)
    frequent = [w for w, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= 3]
    large = [w for w in top_n_list("en", 24_000, wordlist="large") if re.fullmatch("[a-z]{2,}", w)]
    words = dict.fromkeys([*frequent[:16_000], *large, *frequent[16_000:]])
    kept = [w for w in words if not german_only(w, shown[w])][:WORDS]
    return kept, [counts[w] for w in kept]


def spans(texts, count, rng):
    """Stretches of one to four words, as people type them into a search box."""
    out = []
    while len(out) < count:
        words = rng.choice(texts).split()
        n = rng.choice((1, 2, 2, 3, 3, 4))
        if len(words) > n:
            at = rng.randrange(len(words) - n)
            out.append(" ".join(words[at : at + n]))
    return out


def held_out_parts():
    """Texts that nothing is trained on: captions, headlines, sentences of the news and passages."""
    articles = bbc(held=True)
    return {
        "val": [c for r in rows("flickr8k") if r["split"] == "val" for c in r["captions"]],
        "val_headline": [headline(r) for r in news_records(held=True)],
        "val_sentence": [s for r in articles for s in sentences(r["text"])[:8] if len(s.split()) >= 12],
        "val_passage": [p for r in articles for p in passages(r["text"], 4)],
    }


def main():
    from minilm import teach

    seen = captions(("train", "extra"))
    news = news_texts()
    texts = seen + news + other_texts()
    words, counts = english_words(texts, seen)
    (RUN / "english.json").write_text(json.dumps({"words": words, "counts": counts}), encoding="utf-8")
    corpus = {"train": sorted(set(texts + words + spans(seen + news, 30_000, random.Random(1))))}
    corpus |= held_out_parts()
    (RUN / "texts.json").write_text(json.dumps(corpus, ensure_ascii=False), encoding="utf-8")
    print({part: len(texts) for part, texts in corpus.items()}, len(words), "words", flush=True)
    np.save(RUN / "teacher.npy", teach([text for part in corpus.values() for text in part]))


if __name__ == "__main__":
    main()
