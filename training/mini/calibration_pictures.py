"""Questions about pictures with known answers: captions, single words, headlines, names of sports, other pictures."""

import random
import re
from collections import Counter

import numpy as np
from calibration_data import ANALYSER, gibberish, known
from calibration_tasks import Task

#: A picture is right for a caption of another one if one of its own captions reads like it and all of its own
#: together hold half of its words: read on 60 pairs a band of cosines, that is where people agree.
LIKE, SHARED = 0.65, 0.5
#: A word stands for something seen if those who name it in a picture agree so often.
AGREED = 0.4


class Captions:
    """The captions of the Flickr8k part and what they say of other pictures."""

    def __init__(self, mini, rows):
        self.mini, self.rows = mini, rows
        self.vectors = mini.encode_texts([c for r in rows for c in r["captions"]], space="text")
        self.words = [[frozenset(ANALYSER.terms(c, "en")) for c in r["captions"]] for r in rows]
        self.all = [frozenset().union(*words) for words in self.words]
        self.often = [Counter(t for words in five for t in words) for five in self.words]

    def right(self, texts, owners):
        """Return ``(m, pictures)`` bool: the picture of each text, and those of which a caption says about the same."""
        near = (self.mini.encode_texts(texts, space="text") @ self.vectors.T).reshape(len(texts), -1, 5).max(2) >= LIKE
        for row, text in enumerate(texts):
            words = frozenset(ANALYSER.terms(text, "en"))
            for i in np.flatnonzero(near[row]):
                near[row, i] = len(words & self.all[i]) >= SHARED * len(words)
        near[np.arange(len(texts)), owners] = True
        return near

    def seen_words(self, rng):
        """Return queries of one and two words for things that people agree to see, with right and vague pictures."""
        named, twice, forms = Counter(), Counter(), {}
        for record, often in zip(self.rows, self.often, strict=True):
            for term, count in often.items():
                named[term] += count
                twice[term] += count * (count - 1) / 4
            for word in re.findall(r"[a-z]+", " ".join(record["captions"]).lower()):
                for term in ANALYSER.terms(word, "en"):
                    forms.setdefault(term, Counter())[word] += 1
        pictures = {t: [i for i, o in enumerate(self.often) if o[t] > 1] for t in named if twice[t] > AGREED * named[t]}
        good = sorted(t for t, where in pictures.items() if 6 <= len(where) <= 300 and len(t) > 2)
        pairs = [(a, b) for i, a in enumerate(good) for b in good[i + 1 :] if len({*pictures[a]} & {*pictures[b]}) > 3]
        queries = [(t,) for t in good] + rng.sample(pairs, min(600, len(pairs)))
        least = np.array([[min(o[t] for t in query) for o in self.often] for query in queries])
        return [" ".join(forms[t].most_common(1)[0][0] for t in query) for query in queries], least > 1, least == 1


def picture_tasks(mini, found, backgrounds):
    """Return the tasks of words to pictures, pictures to pictures and pictures to words."""
    rng, sizes = random.Random(5), [len(found[name][0]) for name in ("flickr", "news", "sports")]
    gallery = np.concatenate([found[name][1] for name in ("flickr", "news", "sports")])
    domain, halves = np.repeat([0, 1, 2], sizes), np.random.default_rng(5).integers(0, 2, sum(sizes))
    captions, flickr, news = Captions(mini, found["flickr"][0]), found["flickr"][0], found["news"][0]
    sports = found["sports"][0]
    tasks, own = {}, np.arange(len(flickr))

    def wide(block, at):
        full = np.zeros((len(block), sum(sizes)), bool)
        full[:, sum(sizes[:at]) : sum(sizes[: at + 1])] = block
        return full

    def task(kind, direction, queries, cosines, right, at, *, vague=None, half=None, features=()):
        vague = np.zeros_like(right) if vague is None else vague
        behind = backgrounds["pictures"]
        half = rng_half(len(right)) if half is None else half
        tasks[f"{direction} {kind}"] = Task(
            direction, kind, cosines, {"cosine": cosines, "z": behind.standard(queries, cosines), **dict(features)},
            right, vague, domain == at, half, halves,
        )  # fmt: skip

    def words(kind, texts, right, at, **more):
        queries = mini.encode_texts(texts)
        task(
            kind,
            "text_to_picture",
            queries,
            queries @ gallery.T,
            right,
            at,
            features={"known": known(mini, texts)},
            **more,
        )

    def rng_half(count):
        return np.random.default_rng(count).integers(0, 2, count)

    any_caption = [rng.choice(r["captions"]) for r in flickr]
    short = [min(r["captions"], key=len).rstrip(" .") for r in flickr]
    same = captions.right(any_caption, own)
    words("caption", any_caption, wide(same, 0), 0, half=halves[domain == 0])
    words("short caption", short, wide(captions.right(short, own), 0), 0, half=halves[domain == 0])
    words("Chinese", [rng.choice(r["captions_zh"]) for r in flickr], wide(same, 0), 0, half=halves[domain == 0])
    texts, right, vague = captions.seen_words(rng)
    words("words", texts, wide(right, 0), 0, vague=wide(vague, 0))
    words("headline", [r["title"] for r in news], wide(np.eye(len(news), dtype=bool), 1), 1, half=halves[domain == 1])
    names = sorted({r["category"] for r in sports})
    words("sport", names, wide(np.array([[r["category"] == n for r in sports] for n in names]), 2), 2)
    words("gibberish", gibberish(rng, 200), np.zeros((200, sum(sizes)), bool), 0)

    alike = wide(captions_agree(captions), 0)
    alike[own, own] = False
    vague = np.zeros_like(alike)
    vague[own, own] = True
    pictures = found["flickr"][1]
    task("photo", "picture_to_picture", pictures, pictures @ gallery.T, alike, 0, vague=vague, half=halves[domain == 0])
    kinds = np.array([r["category"] for r in sports])
    of_sport, first = wide(kinds[:, None] == kinds, 2), sum(sizes[:2])
    vague = np.zeros_like(of_sport)
    vague[np.arange(len(sports)), first + np.arange(len(sports))] = True
    pictures = found["sports"][1]
    task(
        "sport",
        "picture_to_picture",
        pictures,
        pictures @ gallery.T,
        of_sport & ~vague,
        2,
        vague=vague,
        half=halves[domain == 2],
    )
    return tasks | headline_tasks(mini, found, captions, short, any_caption, backgrounds["headlines"])


def captions_agree(captions):
    """Return ``(n, n)`` bool: pictures of which two captions of the first say about the same as one of the second."""
    texts = [c for r in captions.rows for c in r["captions"]]
    owners = np.repeat(np.arange(len(captions.rows)), 5)
    return captions.right(texts, owners).reshape(len(captions.rows), 5, -1).sum(1) > 1


def headline_tasks(mini, found, captions, short, other, background):
    """Return the tasks of pictures to headlines: of news, and short captions in their place."""
    titles = [r["title"] for r in found["news"][0]]
    texts = mini.encode_texts([*titles, *short])
    domain = np.repeat([1, 0], [len(titles), len(short)])
    halves = np.random.default_rng(6).integers(0, 2, len(texts))
    tasks = {}
    for kind, at, right in (
        ("news", 1, np.eye(len(titles), dtype=bool)),
        ("photo", 0, captions.right(other, np.arange(len(short))).T),
    ):
        queries = found["news" if at else "flickr"][1]
        full = np.zeros((len(queries), len(texts)), bool)
        full[:, domain == at] = right
        cosines = queries @ texts.T
        features = {"cosine": cosines, "z": background.standard(queries, cosines)}
        home, vague = domain == at, np.zeros_like(full)
        tasks[f"picture_to_text {kind}"] = Task(
            "picture_to_text", kind, cosines, features, full, vague, home, halves[home], halves
        )
    return tasks
