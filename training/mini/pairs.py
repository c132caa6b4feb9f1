"""Stage 2c: the vocabulary, and every text to learn from with its vector.

Writes ``vocabulary.json``, ``starts.npy`` (a first vector for each word), ``distil_texts.json`` (kind: texts) with
``distil_target.npy`` (float16 unit rows, kinds one after the other), and the same as ``distil_val`` for held-out ones.
"""

import json
import random

import function_words
import numpy as np
from common import RUN, rows
from dictionary import simple_characters, zipf
from languages import BUCKETS, GERMAN, SAME, SENTENCES, Vectors, rendered, translations
from teacher import captions, headline, news_records, records

#: Steps of a word's lean for one power of ten more frequent in German than in English.
LEAN = 40


def mean_target(options, vector):
    """The weighted mean of the vectors of translations, at length one."""
    total = sum(weight * vector(english) for english, weight in options)
    return total / max(np.linalg.norm(total), 1e-6)


def lean(word):
    """How German a form is: powers of ten between its frequencies, a form unknown to a language counting as rare."""
    return int(np.clip(LEAN * (max(zipf(word, "de"), 1.2) - max(zipf(word, "en"), 1.2)), -127, 127))


def select_german(candidates, english, vector):
    """German forms for rows of their own: not those that are English words with the same meaning."""
    chosen = {}
    for word, options in candidates:
        target = mean_target(options, vector)
        if word in english and (lean(word) < -LEAN or target @ vector(word) > SAME):
            continue
        chosen[word] = target
        if len(chosen) == GERMAN:
            break
    return chosen


def chinese_starts(han, targets):
    """The dictionary's vector, else the mean of the characters'."""
    out = []
    for word in han:
        vector = targets.get(word)
        if vector is None:
            inner = [targets[c] for c in word if c in targets]
            vector = np.mean(inner, 0) if inner else np.zeros(384, np.float32)
        out.append(vector)
    return np.array(out, np.float32)


def vocabulary(state, english, vector):
    """The words of three languages and their first vectors."""
    first = english["words"]
    german = select_german(state["pairs"]["de_word"], set(first), vector)
    han = state["han"]
    targets = {w: mean_target(options, vector) for w, options in state["pairs"]["zh_word"]}
    words, known = [*first, *german], set(han)
    simple = "".join(a + b for a, b in simple_characters().items() if b in known and a not in known)
    counts = np.array(english["counts"], float).clip(1)
    large = sum(state["counts"].values())
    frequency = [*(counts / counts.sum()), *(10 ** (zipf(w, "de") - 9) for w in german)]
    frequency += [state["counts"][w] / large for w in han]
    vocab = {"words": words, "han": han, "buckets": BUCKETS, "german": [len(first), len(words)], "simple": simple}
    vocab["leans"] = [lean(w) for w in words] + [0] * len(han)
    starts = np.concatenate([[vector(w) for w in first], list(german.values()), chinese_starts(han, targets)])
    return vocab | {"frequency": [round(f, 9) for f in frequency]}, starts


def chinese_captions(vector):
    """Chinese captions of the training pictures, one to three joined, and the mean vector of the English captions."""
    rng = np.random.default_rng(3)
    for record in rows("flickr8k"):
        if record["split"] == "train":
            mean = mean_target([(c, 1.0) for c in record["captions"]], vector)
            zh = record["captions_zh"]
            for text in zh + ["".join(rng.permutation(zh)[: rng.integers(2, 4)]) for _ in range(2)]:
                yield text, mean


def sentences(state, vector):
    """English captions and headlines word by word in German and Chinese, with the vector of the English one."""
    rng = random.Random(11)
    seen = captions(("train", "extra"))
    rng.shuffle(seen)
    news = [headline(r) for r in news_records(held=False)]
    news += [r["title"] for r in records("ag_news/train_12000.jsonl.gz")]
    german, chinese = state["back"]
    for text in [*seen[: SENTENCES - len(news)], *news]:
        yield "de_sentence", rendered(text, german, function_words.GERMAN, rng), vector(text)
        yield "zh_sentence", rendered(text, chinese, function_words.CHINESE, rng), vector(text)


def collect(state, english, vector):
    """``{kind: [(text, vector), ...]}`` of everything taught; kinds beginning with ``val_`` are held out."""
    found = {"en": [(text, vector(text)) for text in vector.train]}
    found["zh_caption"] = list(chinese_captions(vector))
    ambiguous = set(english["words"])
    for kind, entries in state["pairs"].items():
        found[kind] = [(text, mean_target(o, vector)) for text, o in entries if text not in ambiguous]
    for kind, text, target in sentences(state, vector):
        found.setdefault(kind, []).append((text, target))
    return found


def write(name, found):
    (RUN / f"{name}_texts.json").write_text(
        json.dumps({kind: [text for text, _ in pairs] for kind, pairs in found.items()}, ensure_ascii=False),
        encoding="utf-8",
    )
    np.save(RUN / f"{name}_target.npy", np.array([v for pairs in found.values() for _, v in pairs], np.float16))
    print(name, {kind: len(pairs) for kind, pairs in found.items()}, flush=True)


def main():
    english = json.loads((RUN / "english.json").read_text(encoding="utf-8"))
    state = json.loads((RUN / "languages.json").read_text(encoding="utf-8"))
    vector = Vectors()
    vector.learn(translations(state["pairs"]))
    vocab, starts = vocabulary(state, english, vector)
    (RUN / "vocabulary.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")
    np.save(RUN / "starts.npy", starts.astype(np.float16))
    print(len(english["words"]), "English", vocab["german"], "German", len(vocab["han"]), "Chinese words", flush=True)
    found = collect(state, english, vector)
    for kind, pairs in found.items():
        print(kind, [text for text, _ in random.Random(0).sample(pairs, 4)])
    write("distil_val", {kind: pairs for kind, pairs in found.items() if kind.startswith("val_")})
    write("distil", {kind: pairs for kind, pairs in found.items() if not kind.startswith("val_")})


if __name__ == "__main__":
    main()
