"""Stage 2b: the words of the table in three languages, and texts of every language with the vector each should get.

Writes ``vocabulary.json``, ``distil_texts.json`` (kind: list of texts), ``distil_target.npy`` (float16 unit rows, the
kinds one after the other) and ``starts.npy`` (a vector for each word of the vocabulary).
"""

import json
import random
import re
import time
from collections import Counter, defaultdict

import function_words
import numpy as np
from common import RUN, rows
from dictionary import chinese, german, zipf, zipfs
from teacher import TOKENS, gz, records

GERMAN, HAN, BUCKETS = 18_000, 13_000, 5_500
HAN_CHARACTER = "[\u4e00-\u9fff]"
#: Cosine from which an English and a German word of the same form share one row.
SAME = 0.75
#: Frequent German forms are taken from so many candidates.
CANDIDATES = 27_000
PHRASES, COMPOUNDS, SENTENCES, GLOSSED = 26_000, 14_000, 45_000, 12_000


def inflected(word, known):
    """The known form of which a German form is an inflection, if there is one."""
    for ending in ("en", "er", "es", "em", "e", "n", "s"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and base in known:
            return base
    return None


def german_candidates(known, english):
    """Frequent German forms with their translations: from the dictionary, else of their base form, else names."""
    found = {}
    for rank, word in enumerate(w for w in zipfs("de") if re.fullmatch("[a-zäöü]{2,}", w)):
        base = inflected(word, known) if word not in known else None
        if word in known:
            found[word] = known[word][: 4 if rank < 3000 else 2]
        elif base and rank < 14_000:
            found[word] = known[base][:2]
        elif rank < 14_000 and word not in english:
            found[word] = [(word, 1.0)]
        if len(found) == CANDIDATES:
            return found
    return found


def chinese_words(known):
    """Frequent Chinese characters and words, and those of the training captions that the dictionary has."""
    counts = Counter()
    for word, log in zipfs("zh").items():
        if re.fullmatch("[\u4e00-\u9fff]{1,6}", word):
            counts[word] += 10**log
            for character in word:
                counts[character] += 0.2 * 10**log
    text = "。".join(c for r in rows("flickr8k") if r["split"] == "train" for c in r["captions_zh"])
    for run, han in TOKENS.runs(text):
        for n in (2, 3, 4) if han else ():
            for at in range(len(run) - n + 1):
                if run[at : at + n] in known:
                    counts[run[at : at + n]] += 1500
    ranked = sorted(counts, key=lambda w: (-counts[w], w))
    single = [w for w in ranked if len(w) == 1][:3600]
    longer = [w for i, w in enumerate(w for w in ranked if len(w) > 1) if w in known or i < 5000]
    chosen = {*single, *longer[: HAN - len(single)]}
    return [w for w in ranked if w in chosen], counts


def reverse(known, language):
    """English form to its foreign words, the likeliest first, with weights."""
    found = defaultdict(dict)
    for word, options in known.items():
        common = zipf(word, language)
        if common < 1.5 or " " in word:
            continue
        total = sum(weight for _, weight in options)
        for english, weight in options:
            score = weight / total * 10 ** (0.7 * common)
            found[english.lower()][word] = max(found[english.lower()].get(word, 0), score)
    best = {e: sorted(o.items(), key=lambda item: -item[1])[:3] for e, o in found.items()}
    return {e: [w for w, s in o if s > 0.35 * o[0][1]] for e, o in best.items()}


def rendered(text, back, small, rng):
    """A text word by word in another language, longest known stretch first; unknown words stay."""
    from simplemma import lemmatize

    words = [run for run, _ in TOKENS.runs(text)]
    out, at = [], 0
    while at < len(words):
        for n in (3, 2, 1):
            piece = " ".join(words[at : at + n])
            options = back.get(piece)
            if n == 1:
                options = small[piece] if piece in small else options or back.get(lemmatize(piece, lang="en"))
            if options:
                break
        else:
            options = [words[at]]
        out.append(options[0] if rng.random() < 0.7 else rng.choice(options))
        at += n
    # Chinese has no spaces, words left in English keep theirs.
    return re.sub(rf"(?<={HAN_CHARACTER}) (?={HAN_CHARACTER})", "", " ".join(word for word in out if word))


def glossed(words, known):
    """A foreign text word by word in English, the first translation of each."""
    out = [known[w][0][0] if w in known else w for w in words]
    return " ".join(out)


def german_texts():
    """Sentences of GermEval's test file, words only."""
    words, found = [], []
    for line in gz("germeval2014/test.tsv.gz"):
        if line.startswith("#"):
            continue
        if line.strip():
            words.append(line.split("\t")[1])
        elif words:
            found.append(" ".join(words))
            words = []
    return found


def chinese_texts():
    titles = [r["title"] for r in records("thucnews_titles/train_10000.jsonl.gz")]
    return titles + [r["text"] for r in records("cluener_zh/train.jsonl.gz")]


def dictionary_pairs(known, chosen, rng):
    """Entries of several words, and words without a row, with the translations: to learn the words inside them."""
    phrases = [f for f in known if 1 < len(f.split()) <= 9 and all(zipf(w, "de") > 2.7 for w in f.split())]
    words = [f for f in known if " " not in f and len(f) >= 8 and f.isalpha() and f not in chosen]
    rng.shuffle(phrases), rng.shuffle(words)
    return phrases[:PHRASES], words[:COMPOUNDS]


def glossed_texts(known_german, known_chinese, cutter):
    """(text, English word by word) of running German and Chinese, most of whose words the dictionaries have."""
    out = {"de_gloss": [], "zh_gloss": []}
    for text in german_texts():
        words = [run for run, _ in TOKENS.runs(text)]
        has = [w for w in words if w in known_german]
        if len(words) > 3 and len(has) > 0.8 * len(words):
            out["de_gloss"].append((text, glossed(words, known_german)))
    for text in chinese_texts():
        words = [w for run, han in TOKENS.runs(text) for w in (cutter(run) if han else [run])]
        has = [w for w in words if w in known_chinese or w.isascii()]
        if len(has) > 0.75 * len(words):
            out["zh_gloss"].append((text, glossed(words, known_chinese)))
    return {kind: found[:GLOSSED] for kind, found in out.items()}


class Vectors:
    """MiniLM's vectors: of the texts taught before, and of others once they are asked for."""

    def __init__(self):
        corpus = json.loads((RUN / "texts.json").read_text(encoding="utf-8"))
        self.train = corpus["train"]
        self.place = {text: i for i, text in enumerate(text for part in corpus.values() for text in part)}
        while not (RUN / "teacher.npy").exists():
            time.sleep(2)
        time.sleep(2)
        self.table = np.load(RUN / "teacher.npy")

    def learn(self, texts):
        """Teach those of `texts` that are new, or read what was taught of them the last time."""
        new, kept = sorted(set(texts) - self.place.keys()), RUN / "languages_teacher.npz"
        have = (
            dict(np.load(kept)) if kept.exists() else {"texts": np.array([]), "vectors": np.zeros((0, 384), np.float16)}
        )
        old = dict(zip(have["texts"].tolist(), have["vectors"], strict=True))
        missing = [text for text in new if text not in old]
        print(len(new), "further English texts,", len(missing), "not taught yet", flush=True)
        if missing:
            from minilm import teach

            old |= dict(zip(missing, teach(missing), strict=True))
            np.savez(kept, texts=np.array(list(old)), vectors=np.array(list(old.values())))
        self.place |= {text: len(self.table) + i for i, text in enumerate(new)}
        self.table = np.concatenate([self.table, np.array([old[text] for text in new], np.float16)])

    def __call__(self, text):
        return self.table[self.place[text]].astype(np.float32)


def translations(pairs):
    return [english for found in pairs.values() for _, options in found for english, _ in options]


def lower_first(options, most=5):
    return [(english.lower(), weight) for english, weight in options[:most]]


def main():
    rng = random.Random(7)
    english = json.loads((RUN / "english.json").read_text(encoding="utf-8"))
    known_german = {f: lower_first(o) for f, o in german().items()}
    known_chinese = {f: lower_first(o) for f, o in chinese().items()}
    for number, word in zip(
        "一二三四五六七八九十两", "one two three four five six seven eight nine ten two".split(), strict=True
    ):
        known_chinese[number + "个"] = [(word, 1.0)]
    han, han_counts = chinese_words(known_chinese)
    candidates = german_candidates(known_german, set(english["words"]))
    print(len(known_german), len(known_chinese), len(candidates), "candidates", len(han), "Chinese words", flush=True)
    known_german |= {w: [(e, 1.0)] for e, options in function_words.GERMAN.items() for w in options if w}
    wide = [w for w in zipfs("zh") if w in known_chinese]
    plain_cut = TOKENS.Tokens(wide, 1, german=(0, 0), leans=[0] * len(wide)).cut
    pairs = {
        "de_word": list(candidates.items()),
        "zh_word": [(w, known_chinese[w][: 4 if i < 3000 else 2]) for i, w in enumerate(han) if w in known_chinese],
    }
    phrases, compounds = dictionary_pairs(known_german, candidates, rng)
    have = set(han)
    longer = [w for w in known_chinese if len(w) >= 3 and w not in have and re.fullmatch("[\u4e00-\u9fff]+", w)]
    rng.shuffle(longer)
    for kind, forms, known in (
        ("de_phrase", phrases, known_german),
        ("de_compound", compounds, known_german),
        ("zh_phrase", longer[:COMPOUNDS], known_chinese),
    ):
        found = [(form, known[form][:1]) for form in forms]
        pairs["val_" + kind], pairs[kind] = found[:1000], found[1000:]
    for kind, found in glossed_texts(known_german, known_chinese, plain_cut).items():
        pairs[kind] = [(text, [(gloss, 1.0)]) for text, gloss in found]
    print({kind: len(found) for kind, found in pairs.items()}, flush=True)
    for kind in pairs:
        print(kind, rng.sample(pairs[kind], 3), flush=True)
    state = {"pairs": pairs, "han": han, "counts": {w: han_counts[w] for w in han}}
    state["back"] = [reverse(known_german, "de"), reverse(known_chinese, "zh")]
    (RUN / "languages.json").write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
    Vectors().learn(translations(pairs))


if __name__ == "__main__":
    main()
