"""Real articles and questions: together the rankings are better than each of them."""

import gzip
import json
from collections import defaultdict

import pytest
import search_kit

pytestmark = [pytest.mark.data, pytest.mark.slow]

TIME_BM25 = 0.691  # mean average precision of plain BM25, as the README of the data states it


def average_precision(order, relevant):
    found, total = 0, 0.0
    for rank, identifier in enumerate(order, start=1):
        if identifier in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def mean_precision(store, queries, relevant):
    """Return the mean average precision of the answers, and of the rankings of words and of meaning alone."""
    orders = defaultdict(list)
    for answer in search_kit.searcher(store).search_many(queries, kind="article", k=60):
        orders["fused"].append([hit.id for hit in answer.hits])
        for name in ("words", "reads_like"):
            ranks = {f.rank: hit.id for hit in answer.hits for f in hit.found_by if f.ranking == name}
            orders[name].append([ranks[rank] for rank in sorted(ranks)])
    count = len(queries)
    return {name: sum(map(average_precision, lists, relevant)) / count for name, lists in orders.items()}


def headlines(data, language, *, count=400):
    """Articles without their headlines, which ask for them: (title, text) of so many."""
    fields = {"de": ("title", "text"), "en": ("title_en", "text_en")}[language]
    lines = (data / "ksta19" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [tuple(json.loads(line).get(field, "") for field in fields) for line in lines]
    return [pair for pair in pairs if all(pair)][:count]


@pytest.mark.parametrize("language", ["en", "de"])
def test_headlines_find_their_articles(data, tmp_path, language):
    store = search_kit.new_store(tmp_path / language)
    desk = search_kit.Desk(store)
    pairs = headlines(data, language)
    ids = [desk.article(str(i), "", text, language=language) for i, (_, text) in enumerate(pairs)]
    desk.commit()
    found = mean_precision(store, [title for title, _ in pairs], [{i} for i in ids])
    store.close()
    assert found["fused"] > found["words"]
    assert found["fused"] > found["reads_like"]


def test_questions_about_the_news_of_1963(data, tmp_path):
    folder = data / "text" / "time_1963"
    store = search_kit.new_store(tmp_path / "time")
    desk = search_kit.Desk(store)
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        ids = {d["id"]: desk.article(d["id"], "", d["text"].lower()) for d in map(json.loads, file)}
    desk.commit()
    relevant = defaultdict(set)
    for line in (folder / "qrels.txt").read_text().splitlines():
        question, _, document, _ = line.split()
        if document in ids:
            relevant[question].add(ids[document])
    questions = map(json.loads, (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    asked = [(q["text"].lower(), relevant[q["id"]]) for q in questions if relevant[q["id"]]]
    found = mean_precision(store, [text for text, _ in asked], [wanted for _, wanted in asked])
    store.close()
    assert found["words"] > TIME_BM25 - 0.02
    assert found["fused"] > found["words"]
    assert found["fused"] > found["reads_like"] + 0.1
