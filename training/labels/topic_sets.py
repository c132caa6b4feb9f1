"""Articles with the section that a newsroom put them in, under the names of our own list."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from training.labels.sets import DATA, Example, held_out, plain, rows

#: Our sections.
TOPICS = (
    "business",
    "culture",
    "education",
    "health",
    "lifestyle",
    "politics",
    "property",
    "society",
    "sport",
    "technology",
)

#: What each label of a set may be in our list.
AG = {
    "World": ("politics", "society"),
    "Sports": ("sport",),
    "Business": ("business", "property"),
    "Sci/Tech": ("technology",),
}
BBC = {
    "business": ("business", "property"),
    "entertainment": ("culture",),
    "politics": ("politics",),
    "sport": ("sport",),
    "tech": ("technology",),
}
THUC = {
    "finance": ("business",),
    "stocks": ("business",),
    "realty": ("property",),
    "education": ("education",),
    "science": ("technology",),
    "society": ("society",),
    "politics": ("politics",),
    "sports": ("sport",),
    "game": ("technology", "culture"),
    "entertainment": ("culture",),
}
#: Sections in the addresses of articles; an address with sections of two topics is left out.
SECTIONS = {
    "business": "business markets economy stock market money industry business-news currency investing stocks"
    " commodities finance personal-finance",
    "culture": "entertainment music movies bollywood hollywood culture tv television movie-news music-news film arts"
    " arts-culture arts-and-entertainment celebrity-life celebrities books theatre",
    "education": "education schools university k-12 campus",
    "health": "health healthcare covid coronavirus wellness medical",
    "lifestyle": "lifestyle travel food recipes fashion style home-garden life-style recipe drink",
    "politics": "politics world state-of-politics political world-news elections",
    "property": "real-estate property realestate housing",
    "society": "crime weather obituaries accidents court courts police",
    "sport": "sport sports nfl mlb nba horse-racing phillies football cricket golf tennis soccer nhl rugby",
    "technology": "technology tech science gadgets environment space",
}
KSTA = {
    "business": "wirtschaft finanzen geld",
    "culture": "kultur musik kino literatur tv-medien tv medien",
    "education": "bildung schule",
    "health": "gesundheit",
    "lifestyle": "reise rezepte geniessen familie mode wohnen garten",
    "politics": "politik",
    "property": "immobilien bauen",
    "society": "panorama",
    "sport": "sport fussball 1-fc-koeln bayer04 koelner-haie fortuna-koeln",
    "technology": "digital technik wissenschaft",
}
NEWSGROUPS = {
    "sci.med": "health",
    "rec.sport.hockey": "sport",
    "rec.sport.baseball": "sport",
    "sci.space": "technology",
    "sci.crypt": "technology",
    "comp.sys.ibm.pc.hardware": "technology",
    "comp.graphics": "technology",
    "talk.politics.mideast": "politics",
    "talk.politics.misc": "politics",
}
#: Characters of the text that are read, behind the headline.
LEAD = 600


def examples() -> Iterator[Example]:
    """Yield the examples of all sets, train, dev and test parts."""
    yield from _ag()
    for row in rows("text/bbc_news/articles.jsonl.gz"):
        text = f"{row['title']}\n{row['text'][:LEAD]}"
        yield Example(text, frozenset(BBC[row["label"]]), row["split"], "bbc")
    yield from _thuc()
    yield from _newsimages()
    yield from _ksta()
    yield from _newsgroups()


def _ag() -> Iterator[Example]:
    for file, test in (("train_12000", False), ("test", True)):
        for row in rows(f"text/ag_news/{file}.jsonl.gz"):
            text = f"{plain(row['title'])}\n{plain(row['description'])}"
            yield Example(text, frozenset(AG[row["label"]]), "test" if test else held_out(text), "ag")


def _thuc() -> Iterator[Example]:
    seen = set()
    for file, test in (("test", True), ("train_10000", False)):
        for row in rows(f"text/thucnews_titles/{file}.jsonl.gz"):
            title = row["title"]
            if title not in seen:
                seen.add(title)
                split = "test" if test else held_out(title)
                yield Example(title, frozenset(THUC[row["label"]]), split, "thuc", "zh")


def _newsimages() -> Iterator[Example]:
    topic_of = {section: topic for topic, names in SECTIONS.items() for section in names.split()}
    for row in rows("newsimages25/articles.jsonl"):
        parts = urlsplit(row["url"]).path.lower().split("/")[1:-1]
        found = {topic_of[part] for part in parts if part in topic_of}
        if len(found) == 1 and not row.get("leak"):
            title = re.split(r" [|–-] ", row["title"])[0] if len(row["title"]) > 60 else row["title"]
            split = "test" if row["split"] == "test" else held_out(row["source"])
            answers = found | ({"society"} if found == {"politics"} and "politics" not in parts else set())
            yield Example(title, frozenset(answers), split, "newsimages")


def _ksta() -> Iterator[Example]:
    topic_of = {section: topic for topic, names in KSTA.items() for section in names.split()}
    for row in rows("ksta19/articles.jsonl"):
        found = {topic_of[tag] for tag in row["tags"] if tag in topic_of}
        if len(found) == 1:
            # The train articles are too few to learn from: they choose.
            split = "dev" if row["split"] == "train" else "test"
            yield Example(f"{row['title']}\n{row['text'][:LEAD]}", frozenset(found), split, "ksta", "de")


def _newsgroups() -> Iterator[Example]:
    with lzma.open(DATA / "text/20newsgroups/posts.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            topic = NEWSGROUPS.get(row["id"].partition("/")[0])
            if topic is None or row["split"] != "train":
                continue
            kept = [line for line in row["body"].splitlines() if not _QUOTED.search(line)]
            text = "\n".join(kept).strip()[:LEAD]
            if len(text) > 100:
                yield Example(text, frozenset({topic}), held_out(text), "20ng")


_QUOTED = re.compile(r"(writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\||^>)")
