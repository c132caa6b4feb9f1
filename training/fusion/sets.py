"""The sets on which the fusion is chosen, and those that are only looked at: questions, documents, what is right.

A headline asks for its own article (BBC, AG News, ksta19), a question for abstracts (MEDLINE), a title for the other
articles of its story (Google News), the first words of an article, or all of it, for others on the same topic or
event (WikiRef220, ECB+). In the last three a document asks for documents, and is not among its own answers.
"""

import gzip
import hashlib
import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("KG_DATA", ROOT.parent / "shared" / "data"))
#: Questions of one set at most, drawn by a hash of their ids.
MOST = 400
#: Words of an article that ask for others of its topic.
LEAD = 20


@dataclass
class Set:
    """Documents `{id: text}` of one language, questions `{id: text}`, and for each the ids that are right."""

    documents: dict
    questions: dict
    right: dict
    language: str = "en"
    excluded: dict = None


def jsonl(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def drawn(ids):
    return sorted(ids, key=lambda i: hashlib.sha1(i.encode()).hexdigest())[:MOST]


def headlines(rows, language="en"):
    """From (id, headline, text): each headline asks for its own text."""
    asked = set(drawn([i for i, _, _ in rows]))
    questions = {i: title for i, title, _ in rows if i in asked}
    return Set({i: text for i, _, text in rows}, questions, {i: {i} for i in questions}, language)


def among(documents, questions, groups):
    """Each question is one of the documents, and the others of its group are right."""
    members = defaultdict(set)
    for i, group in groups.items():
        members[group].add(i)
    right = {i: members[groups[i]] - {i} for i in questions}
    kept = {i: text for i, text in questions.items() if right[i]}
    return Set(documents, kept, {i: right[i] for i in kept}, excluded={i: i for i in kept})


def medline():
    folder = DATA / "text" / "medline"
    right = defaultdict(set)
    for line in (folder / "qrels.txt").read_text().splitlines():
        question, _, document, _ = line.split()
        right[question].add(document)
    documents = {d["id"]: d["text"] for d in jsonl(folder / "docs.jsonl.gz")}
    return Set(documents, {q["id"]: q["text"] for q in jsonl(folder / "queries.jsonl")}, right)


def bbc():
    rows = jsonl(DATA / "text" / "bbc_news" / "articles.jsonl.gz")
    kept = [r for r in rows if r["split"] != "test" and not r.get("duplicate_of")]
    return headlines([(r["id"], r["title"], r["text"]) for r in kept])


def ag():
    rows = jsonl(DATA / "text" / "ag_news" / "train_12000.jsonl.gz")
    return headlines([(str(r["id"]), r["title"], r["description"]) for r in rows])


def ksta(asked, answered):
    """The small `train` part, headlines in one language and texts in another or the same."""
    title, text = ({"de": name, "en": f"{name}_en"} for name in ("title", "text"))
    rows = [r for r in jsonl(DATA / "ksta19" / "articles.jsonl") if r["split"] == "train"]
    kept = [r for r in rows if r.get(title[asked]) and r.get(text[answered])]
    return headlines([(r["id"], r[title[asked]], r[text[answered]]) for r in kept], answered)


def stories():
    rows = jsonl(DATA / "text" / "googlenews_stories" / "items.jsonl.gz")
    titles = {str(n): r["title"] for n, r in enumerate(rows)}
    groups = {str(n): r["story"] for n, r in enumerate(rows)}
    return among({str(n): r["snippet"] for n, r in enumerate(rows)}, {i: titles[i] for i in drawn(titles)}, groups)


def wikiref():
    rows = jsonl(DATA / "text" / "wikiref220" / "articles.jsonl.gz")
    texts = {r["id"]: r["text"] for r in rows}
    leads = {i: " ".join(text.split()[:LEAD]) for i, text in texts.items()}
    return among(texts, leads, {r["id"]: r["topic"] for r in rows})


def ecb(*parts, whole):
    """Articles on the same seminal event; an article asks with its first sentence or as a whole."""
    rows = [r for part in parts for r in jsonl(DATA / "text" / "ecbplus" / f"{part}.jsonl.gz")]
    sentences = {}
    for r in rows:
        # In the articles that were added to the corpus sentence 0 is the address of the page.
        first = 1 if r["subtopic"].endswith("plus") else 0
        own = [s for s in r["sentences"] if s[0] >= first]
        sentences[r["id"]] = [" ".join(r["tokens"][start:end]) for _, start, end in own]
    texts = {i: "\n".join(own) for i, own in sentences.items()}
    questions = texts if whole else {i: own[0] for i, own in sentences.items()}
    return among(texts, questions, {r["id"]: r["subtopic"] for r in rows})


CHOICE = {
    "medline": medline,
    "bbc": bbc,
    "ag": ag,
    "ksta en": lambda: ksta("en", "en"),
    "ksta de": lambda: ksta("de", "de"),
    "de > en": lambda: ksta("de", "en"),
    "en > de": lambda: ksta("en", "de"),
    "stories": stories,
    "wikiref": wikiref,
    "ecb lead": lambda: ecb("train", "dev", whole=False),
    "ecb whole": lambda: ecb("dev", whole=True),
}
#: Looked at once, by `report.py`; Cranfield, Vaswani and TIME by `kg evaluate retrieval`.
TEST = {"ecb test": lambda: ecb("test", whole=True)}
