"""`kg evaluate stories`, on small data sets of both layouts."""

import gzip
import json

import pytest

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.stories import evaluate_stories

SENTENCES = {
    "1_1ecb": "The ferry Aurelia sank off Lastovo in a storm .",
    "1_2ecb": "Storm sank ferry Aurelia off Lastovo , says coast guard .",
    "1_1ecbplus": "http paper example ferry . The ferry Zephyr burned in Bergen harbour .",
    "1_2ecbplus": "http paper example fire . Fire burned ferry Zephyr in the harbour of Bergen .",
    "2_1ecb": "Bees return to the city park .",
}


def write(path, records):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def ecbplus(name, words):
    tokens = words.split()
    cut = tokens.index(".") + 1
    sentences = [[0, 0, cut], [1, cut, len(tokens)]] if cut < len(tokens) else [[0, 0, cut]]
    topic = int(name.partition("_")[0])
    subtopic = f"{topic}_{name.lstrip('0123456789_')}"
    return {"id": name, "topic": topic, "subtopic": subtopic, "tokens": tokens, "sentences": sentences}


def test_events_and_topics_of_ecbplus_are_told_apart(tmp_path):
    write(tmp_path / "test.jsonl.gz", [ecbplus(*one) for one in SENTENCES.items()])
    report = evaluate_stories(tmp_path)
    assert report.data["documents"] == 5
    assert report.extra == {"events": 3, "stories": 2}
    assert report.main.f1 == 1.0
    assert report.parts["by_topic"].recall < 1.0 == report.parts["by_topic"].precision


def test_the_test_part_of_google_news_holds_no_story_that_constants_were_chosen_on(tmp_path):
    rows = [{"story": story, "title": "ferry aurelia", "snippet": "sank lastovo storm"} for story in range(152)]
    write(tmp_path / "items.jsonl.gz", rows)
    both = [evaluate_stories(tmp_path, split=split).data["documents"] for split in ("dev", "test")]
    assert both == [40, 112]


def test_what_is_no_data_set_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="no folder"):
        evaluate_stories(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no split 'val'"):
        evaluate_stories(tmp_path, split="val")
    with pytest.raises(UsageError, match="neither"):
        evaluate_stories(tmp_path)
    (tmp_path / "test.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(UnreadableError, match="cannot be read"):
        evaluate_stories(tmp_path)
