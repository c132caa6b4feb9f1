"""Resolution across documents, measured on a small data set in the layout of ECB+."""

import gzip
import json

import pytest

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.ecbplus import read_ecbplus
from kgretrieval.evaluate.gold_names import join_document
from kgretrieval.evaluate.resolution import evaluate_resolution, resolve_documents

STORY = "Ana Lopez , 34 , sailed to the Gulf of Oman on Friday . She said the ship was safe ."
AGAIN = "On Friday Lopez sailed the ship to the Gulf of Oman , her wife Mia Lopez said ."
OTHER = (
    "In Paris the ship of Ana Lopez burned down after wild parties , neighbours told reporters , while firemen tried "
    "hard and many tourists watched from bridges , cafes and balconies along both banks until morning came , when "
    "heavy rain ended everything without further damage to nearby houses or injured visitors ."
)


def document(number, text, mentions, subtopic="1_ecb"):
    """Return a record; mentions are (first words, type, chain), each found from the left."""
    tokens, rows, place = text.split(), [], 0
    for i, (words, kind, chain) in enumerate(mentions):
        own = words.split()
        start = next(s for s in range(place, len(tokens)) if tokens[s : s + len(own)] == own)
        place = start + 1
        rows.append(mention(i, kind, start, start + len(own), chain))
    rows += [mention(98, "ACTION_STATE", 0, 1, "x"), mention(99, "HUMAN_PART_PER", 0, 1, "x") | {"selected": False}]
    about = {"id": f"{number}", "topic": 1, "subtopic": subtopic}
    return {**about, "tokens": tokens, "sentences": [[0, 0, len(tokens)]], "mentions": rows}


def mention(number, kind, start, end, chain):
    return {"id": str(number), "type": kind, "start": start, "end": end, "sent": 0, "chain": chain, "selected": True}


DOCUMENTS = [
    document(1, STORY, [("Ana Lopez", "HUMAN_PART_PER", "ana"), ("the Gulf of Oman", "LOC_GEO", "gulf"),
                        ("on Friday", "TIME_DATE", "friday"), ("She", "HUMAN_PART_PER", "ana"),
                        ("the ship", "HUMAN_PART_VEH", "ship")]),
    document(2, AGAIN, [("On Friday", "TIME_DATE", "friday"), ("Lopez", "HUMAN_PART_PER", "ana"),
                        ("the ship", "HUMAN_PART_VEH", "ship"), ("the Gulf of Oman", "LOC_GEO", "gulf")]),
    document(3, OTHER, [("Paris", "LOC_GEO", None), ("the ship", "HUMAN_PART_VEH", "other ship"),
                        ("Ana Lopez", "HUMAN_PART_PER", "ana")]),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for split in ("train", "dev", "test"):
        with gzip.open(tmp_path / f"{split}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(one) + "\n" for one in DOCUMENTS)
    return tmp_path


def test_only_entities_of_selected_sentences_are_read(folder):
    documents, split = read_ecbplus(folder, None)
    assert split == "test"
    assert [len(one.mentions) for one in documents] == [5, 4, 3]


def test_mentions_are_joined_within_a_document(folder):
    documents, _ = read_ecbplus(folder, "dev")
    things = {thing.key: (thing.is_name, len(thing.mentions)) for thing in join_document(documents[0])}
    assert things == {"ana lopez": (True, 2), "gulf of oman": (True, 1), "friday": (False, 1), "ship": (False, 1)}


def test_names_meet_everywhere_and_descriptions_within_a_story(folder):
    documents, _ = read_ecbplus(folder, "dev")
    meant = resolve_documents(documents)
    assert meant["1:1"] == meant["2:3"]
    assert meant["1:0"] == meant["1:3"] == meant["3:2"]
    assert meant["1:4"] == meant["2:2"] != meant["3:1"]


def test_the_report_has_the_usual_measures(folder):
    report = evaluate_resolution(folder, split="dev")
    assert set(report.parts) == {"muc", "b_cubed", "ceaf_e", "with_time", "by_subtopic"}
    assert report.main.gold == 10
    assert report.parts["with_time"].gold == 12
    assert 0.5 < report.main.f1 <= 1.0
    assert report.to_dict()["data"]["documents"] == 3


def test_what_is_not_there(folder, tmp_path):
    with pytest.raises(NotFoundError):
        evaluate_resolution(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="train, dev, test"):
        evaluate_resolution(folder, split="all")
    (folder / "test.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(UnreadableError):
        evaluate_resolution(folder)
    (folder / "test.jsonl.gz").unlink()
    with pytest.raises(UsageError, match="not ECB"):
        evaluate_resolution(folder)
