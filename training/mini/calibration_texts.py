"""Questions about texts with known answers: what medline's readers asked, and headlines of the same story."""

import random

import numpy as np
from calibration_data import ANALYSER, DATA, gibberish, known, lines, spaced
from calibration_tasks import Task

from kgretrieval.text.passages import passages


def sentences(report):
    """The sentences of an ECB+ report without the line that holds its address."""
    spans = report["sentences"][1 if report["id"].endswith("plus") else 0 :]
    return [" ".join(report["tokens"][start:end]) for _, start, end in spans]


def same(labels, others):
    return np.array(labels)[:, None] == np.array(others)


def medline():
    docs = lines(DATA / "text" / "medline" / "docs.jsonl.gz")
    place = {d["id"]: i for i, d in enumerate(docs)}
    asked = lines(DATA / "text" / "medline" / "queries.jsonl")
    right = np.zeros((len(asked), len(docs)), bool)
    number = {q["id"]: i for i, q in enumerate(asked)}
    for line in (DATA / "text" / "medline" / "qrels.txt").read_text().splitlines():
        query, _, document, grade = line.split()
        right[number[query], place[document]] = int(grade) > 0
    return [q["text"] for q in asked], [d["text"] for d in docs], right


def reports():
    """Opening sentences of reports of one event, and the rest of the others' reports of the same."""
    found = [r for part in ("train", "dev") for r in lines(DATA / "text" / "ecbplus" / f"{part}.jsonl.gz")]
    told = [(r["subtopic"], sentences(r)) for r in found]
    told = [(event, text) for event, text in told if len(text) > 2]
    asking = told[1::2]
    documents = told[::2]
    return (
        [t[0] for _, t in asking],
        [" ".join(t[1:]) for _, t in documents],
        same([e for e, _ in asking], [e for e, _ in documents]),
    )


def stories():
    items = spaced(lines(DATA / "text" / "googlenews_stories" / "items.jsonl.gz"), 1600)
    asking, documents = items[::4], [item for i, item in enumerate(items) if i % 4]
    texts = [f"{d['title']} {d['snippet']}" for d in documents]
    return [q["title"] for q in asking], texts, same([q["story"] for q in asking], [d["story"] for d in documents])


def cited():
    pages = [p for p in lines(DATA / "text" / "wikiref220" / "articles.jsonl.gz") if p["text"].strip()]
    asking, documents = pages[::2], pages[1::2]
    queries = [" ".join(p["text"].split("\n")[0].split()[:12]) for p in asking]
    return queries, [p["text"] for p in documents], same([p["topic"] for p in asking], [p["topic"] for p in documents])


def nearest(mini, queries, documents):
    """Return ``(m, n)``: the cosine of each query with the best passage of each document, and the query vectors."""
    owner, texts = [], []
    for number, text in enumerate(documents):
        for passage in passages("a:0", "text", text[:4000], "en"):
            owner.append(number)
            texts.append(passage.text)
    asked = mini.encode_texts(queries, space="text")
    cosines = asked @ mini.encode_texts(texts, space="text").T
    best = np.full((len(queries), len(documents)), -1.0, np.float32)
    for at, number in enumerate(owner):
        np.maximum(best[:, number], cosines[:, at], out=best[:, number])
    return best, asked


def covered(queries, documents):
    """Return ``(m, n)``: the share of each query's words, rare ones counting more; and ``(m,)``, how many (log)."""
    terms = [frozenset(ANALYSER.terms(text, "en")) for text in documents]
    holders = {}
    for number, found in enumerate(terms):
        for term in found:
            holders.setdefault(term, []).append(number)
    coverage, counts = np.zeros((len(queries), len(documents)), np.float32), np.zeros(len(queries), np.float32)
    for row, query in enumerate(queries):
        total = 0.0
        groups = ANALYSER.query_terms(query, ["en"])
        for group in groups:
            held = sorted({number for term in group for number in holders.get(term, ())})
            most = max(len(holders.get(term, ())) for term in group)
            rarity = np.log(1 + (len(documents) - most + 0.5) / (most + 0.5))
            coverage[row, held] += rarity
            total += rarity
        coverage[row] /= max(total, 1e-9)
        counts[row] = np.log(max(1, len(groups)))
    return coverage, counts


def unanswered(found):
    """Captions of everyday photos and words that are none, to which no headline is an answer."""
    asking = [min(r["captions"], key=len).rstrip(" .") for r in spaced(found["flickr"][0], 300)]
    asking += gibberish(random.Random(8), 150)
    headlines = [r["title"] for r in found["news"][0]]
    return asking, headlines, np.zeros((len(asking), len(headlines)), bool)


def text_tasks(mini, found, backgrounds):
    """Return the tasks of words to texts: by vectors with the words they share, and by the words alone."""
    named = {"medline": medline(), "reports": reports(), "stories": stories(), "cited": cited()}
    named["unanswered"] = unanswered(found)
    documents = [text for _, texts, _ in named.values() for text in texts]
    domain = np.repeat(range(len(named)), [len(texts) for _, texts, _ in named.values()])
    halves, tasks = np.random.default_rng(7).integers(0, 2, len(documents)), {}
    for at, (kind, (queries, _, right)) in enumerate(named.items()):
        full = np.zeros((len(queries), len(documents)), bool)
        full[:, domain == at] = right
        cosines, asked = nearest(mini, queries, documents)
        coverage, words = covered(queries, documents)
        half = np.random.default_rng(at).integers(0, 2, len(queries))
        vague = np.zeros_like(full)
        near = {"cosine": cosines, "z": backgrounds["texts"].standard(asked, cosines), "coverage": coverage}
        near["known"] = known(mini, queries)
        tasks[f"texts {kind}"] = Task("texts", kind, cosines, near, full, vague, domain == at, half, halves)
        order = np.where(coverage > 0, coverage, -np.inf)
        held = {"coverage": coverage, "words": words}
        tasks[f"words {kind}"] = Task("words", kind, order, held, full, vague, domain == at, half, halves)
    return tasks
