"""`kg evaluate relations`: the counting rules, the readers, and figures on small data of the same form."""

import gzip
import json

import pytest

from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.conll04 import AnnotatedSentence, Entity, count_entities, count_relations, read_sentences
from kgretrieval.evaluate.knowledgenet import Passage, Statement, count, read_passages
from kgretrieval.evaluate.relations import evaluate_relations

PASSAGE = Passage(
    "1",
    1,
    "x" * 60,
    frozenset({"founded"}),
    (Statement("founded", (0, 5), (10, 20)), Statement("founded", (30, 35), (10, 20))),
)


@pytest.mark.parametrize(
    ("predicted", "expected"),
    [
        ([], (0, 0, 2)),
        ([Statement("founded", (4, 9), (19, 25))], (1, 1, 2)),
        ([Statement("founded", (5, 9), (10, 20))], (0, 1, 2)),
        # Two that find the same fact count once, one that finds two facts counts twice.
        ([Statement("founded", (0, 5), (10, 12)), Statement("founded", (0, 2), (10, 20))], (1, 1, 2)),
        ([Statement("founded", (0, 40), (10, 20))], (2, 2, 2)),
        # The other way round is wrong; what the passage is not annotated for is not counted.
        ([Statement("founded", (10, 20), (0, 5)), Statement("born in", (0, 5), (10, 20))], (0, 1, 2)),
    ],
)
def test_knowledgenet_counts_as_its_official_script(predicted, expected):
    counts = count(PASSAGE, predicted)
    assert counts["founded"] == expected
    assert counts["born in"] == (0, 0, 0)


def test_conll04_wants_both_spans_and_types():
    gold = AnnotatedSentence(
        ("A", "B", "works", "for", "C"), (Entity(0, 2, "Peop"), Entity(4, 5, "Org")), (("works for", 0, 1),)
    )
    right = ("works for", (0, 2, "Peop"), (4, 5, "Org"))
    assert count_relations(gold, [right])["works for"] == (1, 1, 1)
    for wrong in (
        ("works for", (1, 2, "Peop"), (4, 5, "Org")),
        ("works for", (0, 2, "Peop"), (4, 5, "Loc")),
        ("works for", (4, 5, "Org"), (0, 2, "Peop")),
    ):
        assert count_relations(gold, [wrong])["works for"] == (0, 1, 1)
    assert count_entities(gold, [Entity(0, 2, "Peop", 0.4), Entity(4, 5, "Loc")]) == (1, 2, 2)


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def conll04_rows():
    people = ("Anna Keller", "Peter Brandt", "Mary Jones", "John Smith", "Paul Weber", "Jane Brown")
    rows = []
    for i, person in enumerate(people):
        tokens = (
            [*person.split(), "works", "for", "Siemens", "."] if i % 2 else [*person.split(), "met", "Siemens", "."]
        )
        entities = [{"type": "Peop", "start": 0, "end": 2}, {"type": "Org", "start": 3 + i % 2, "end": 4 + i % 2}]
        rows.append(
            {
                "tokens": tokens,
                "entities": entities,
                "relations": [{"type": "Work_For", "head": 0, "tail": 1}] if i % 2 else [],
            }
        )
    return rows


def test_conll04_is_fitted_on_train_and_measured_on_the_split(tmp_path):
    for split in ("train", "dev", "test"):
        write(tmp_path / f"{split}.jsonl.gz", conll04_rows())
    report = evaluate_relations(tmp_path, split="dev")
    assert report.task == "relations"
    assert report.main.gold == 3
    assert report.parts["entities"].f1 == 1.0
    assert "train" in report.protocol
    assert report.weights_hash
    assert evaluate_relations(tmp_path, split="dev").to_dict() == report.to_dict()


def knowledgenet_rows():
    rows = []
    for i in range(24):
        person, firm = ("Anna Keller", "Peter Brandt", "Mary Jones")[i % 3], ("Siemens", "Microsoft")[i % 2]
        true = i % 4 < 2
        text = f"{firm} was founded by {person}." if true else f"{firm} was sued by {person}."
        subject, found = [0, len(firm)], [text.index(person), text.index(person) + len(person)]
        fact = {"property": "FOUNDED_BY", "subject": subject, "object": found}
        row = {"id": str(i), "doc": str(i), "fold": i // 2 % 4 + 1, "text": text, "properties": ["FOUNDED_BY"]}
        rows.append({**row, "facts": [fact] if true else []})
    for i, row in enumerate(rows):
        row["fold"] = i // 4 % 4 + 1
    return rows


def test_knowledgenet_is_cross_validated_by_fold(tmp_path):
    write(tmp_path / "train.jsonl.gz", knowledgenet_rows())
    report = evaluate_relations(tmp_path)
    assert report.main.gold == 12
    assert report.main.units == 24
    assert report.main.f1 > 0.8
    assert set(report.parts) == {"founded"}
    assert evaluate_relations(tmp_path, split="2").main.gold < 12


def test_a_wrong_folder_or_split_is_told_in_one_line(tmp_path):
    with pytest.raises(NotFoundError, match="there is no folder"):
        evaluate_relations(tmp_path / "none")
    with pytest.raises(UsageError, match="neither CoNLL04"):
        evaluate_relations(tmp_path)
    write(tmp_path / "test.jsonl.gz", conll04_rows())
    with pytest.raises(UsageError, match="'val'"):
        evaluate_relations(tmp_path, split="val")
    with pytest.raises(NotFoundError, match=r"train\.jsonl\.gz"):
        evaluate_relations(tmp_path)


def test_a_broken_record_is_named(tmp_path):
    write(tmp_path / "train.jsonl.gz", [{"tokens": ["A"], "entities": [{"type": "Peop"}], "relations": []}])
    with pytest.raises(UnreadableError, match=":1"):
        read_sentences(tmp_path, "train")
    row = {"id": "1", "doc": "1", "fold": 1, "text": "A", "properties": ["HEIGHT"], "facts": []}
    write(tmp_path / "train.jsonl.gz", [row])
    with pytest.raises(UnreadableError, match="HEIGHT"):
        read_passages(tmp_path)


@pytest.mark.parametrize(("folder", "facts"), [("conll04", 1283), ("knowledgenet", 10895)])
def test_reads_the_published_counts(data, folder, facts):
    where = data / "text" / folder
    if folder == "conll04":
        assert sum(len(s.relations) for s in read_sentences(where, "train")) == facts
    else:
        assert sum(len(p.statements) for p in read_passages(where)) == facts
