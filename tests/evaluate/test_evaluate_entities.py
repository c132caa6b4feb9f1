"""`kg evaluate entities`: data sets told by their files, names counted by conlleval's rules."""

import gzip
import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.cli.app import kg as group
from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.entities import evaluate_entities
from kgretrieval.evaluate.gum_names import named_mentions, without_titles
from kgretrieval.evaluate.macro import macro
from kgretrieval.evaluate.tagged_text import iob_spans, read_tagged_text, without_user_names

CONLL = """-DOCSTART- -X- -X- O

Angela NNP I-NP I-PER
Merkel NNP I-NP I-PER
visited VBD I-VP O
Paris NNP I-NP I-LOC
. . O O

-DOCSTART- -X- -X- O

Siemens NNP I-NP I-ORG
is VBZ I-VP O
German JJ I-NP I-MISC
. . O O
"""


@pytest.fixture
def kg():
    return lambda *arguments: CliRunner().invoke(group, [str(a) for a in arguments], prog_name="kg")


@pytest.fixture
def conll(tmp_path):
    with gzip.open(tmp_path / "testb.conll.gz", "wt") as file:
        file.write(CONLL)
    (tmp_path / "testa.conll").write_text(CONLL.split("\n\n-DOC")[0] + "\n")
    (tmp_path / "README.md").write_text("no data")
    return tmp_path


def columns(words_and_tags, joint="\t"):
    return "".join(f"{joint.join(row)}\n" for row in words_and_tags) + "\n"


def test_conll_by_documents_types_and_cases(kg, conll):
    done = kg("evaluate", "entities", conll, "--json")
    found = json.loads(done.stdout)
    assert (found["precision"], found["recall"], found["f1"], found["gold"], found["units"]) == (1, 1, 1, 4, 2)
    assert {"PER", "ORG", "LOC", "MISC", "lower case", "UPPER CASE", "Title Case"} == set(found["parts"])
    assert found["parts"]["lower case"]["gold"] == 4
    assert found["data"]["split"] == "testb"
    assert len(found["weights_hash"]) == 64
    assert found == json.loads(kg("evaluate", "entities", conll, "--json").stdout)


def test_another_split_as_a_table(kg, conll):
    done = kg("evaluate", "entities", conll, "--split", "testa")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "testa" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["I-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["I-PER", "B-PER", "I-LOC"], [(0, 1, "PER"), (1, 2, "PER"), (2, 3, "LOC")]),
        (["B-PER", "I-PER", "I-PER"], [(0, 3, "PER")]),
        (["O", "B-ORG"], [(1, 2, "ORG")]),
        ([], []),
    ],
)
def test_names_are_read_as_conlleval_reads_them(tags, spans):
    assert list(iob_spans(tags)) == spans


@given(st.lists(st.sampled_from(["O", "B-A", "I-A", "B-B", "I-B"])))
def test_names_cover_exactly_the_words_with_tags(tags):
    spans = list(iob_spans(tags))
    covered = [i for first, last, _ in spans for i in range(first, last)]
    assert covered == [i for i, tag in enumerate(tags) if tag != "O"]
    assert all(tags[i].endswith(kind) for first, last, kind in spans for i in range(first, last))


def test_emerging_names_have_our_types(tmp_path):
    rows = [("Nokia", "B-corporation"), ("makes", "O"), ("the", "O"), ("Lumia", "B-product"), ("800", "I-product")]
    (tmp_path / "test.conll").write_text(columns(rows))
    text = read_tagged_text(tmp_path, None)
    assert (text.kind, text.split) == ("wnut17", "test")
    assert text.documents[0][0].names == {(0, 1, "organisation"), (3, 5, "product")}


def test_tweets_with_and_without_user_names(tmp_path):
    rows = [("@", "B-PER"), ("ann_b", "I-PER"), ("in", "O"), ("Oslo", "B-LOC")]
    for section in "abefgh":
        (tmp_path / f"{section}.conll").write_text(columns(rows))
    text = read_tagged_text(tmp_path, None)
    assert (text.kind, text.split, len(text.documents)) == ("btc", "f", 1)
    (bare,) = without_user_names(text.documents[0])
    assert (bare.words, bare.names) == (("in", "Oslo"), {(1, 2, "place")})
    assert len(read_tagged_text(tmp_path, "all").documents) == 6
    assert "without user names" in evaluate_entities(tmp_path).parts


def mention(start, end, kind):
    return {"start": start, "end": end, "type": kind}


def test_names_among_the_mentions_of_gum():
    words = "The President Anna Berg of Norway 's biggest party met Afghans at the Oslo Summit and it rained"
    upos = "DET PROPN PROPN PROPN ADP PROPN PART ADJ NOUN VERB PROPN ADP DET PROPN PROPN CCONJ PRON VERB"
    record = {"tokens": words.split(), "upos": upos.split()}
    record["xpos"] = ["NNPS" if word == "Afghans" else "POS" if word == "'s" else "X" for word in record["tokens"]]
    record["entities"] = [
        mention(0, 4, "person"),
        mention(5, 7, "place"),
        mention(5, 9, "organization"),
        mention(10, 11, "person"),
        mention(12, 15, "event"),
        mention(13, 14, "place"),
        mention(16, 17, "abstract"),
    ]
    assert named_mentions(record) == [(2, 4, "person"), (5, 6, "place"), (13, 15, "event")]


def test_titles_are_no_part_of_a_person():
    assert without_titles(("President", "Anna", "Berg"), (0, 3, "person")) == (1, 3, "person")
    assert without_titles(("President", "Hotel"), (0, 2, "organisation")) == (0, 2, "organisation")


def test_german_with_inner_names_that_count_as_missed(tmp_path):
    rows = [
        ("#", "source", "[2010-01-01]"),
        ("1", "Der", "O", "O"),
        ("2", "FC", "B-ORG", "O"),
        ("3", "Barcelona", "I-ORG", "B-LOC"),
        ("4", "gewann", "O", "O"),
        ("5", ".", "O", "O"),
    ]
    (tmp_path / "dev.tsv").write_text(columns(rows))
    found = evaluate_entities(tmp_path)
    assert (found.main.gold, found.parts["outer, 12 labels"].gold) == (2, 1)
    assert found.main.correct <= 1


def test_chinese_with_the_mean_over_types(tmp_path):
    record = {"text": "李明在北京的腾讯公司工作。", "entities": [[0, 2, "name"], [3, 5, "address"], [6, 10, "company"]]}
    (tmp_path / "dev.jsonl").write_text(json.dumps(record) + "\n")
    found = evaluate_entities(tmp_path)
    assert found.main.gold == found.parts["micro"].gold == 3
    f1 = [found.parts[kind].f1 for kind in ("name", "address", "company")]
    assert found.main.f1 == pytest.approx(sum(f1) / 3)


def test_the_mean_over_types_counts_each_type_once():
    counts = np.array([[[1.0, 1, 1], [0, 4, 1]], [[1, 1, 1], [0, 4, 1]]])
    found = macro(counts)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.intervals["f1"] == (0.5, 0.5)


def test_what_is_no_data_set_is_said_in_one_line(tmp_path, conll, kg):
    with pytest.raises(NotFoundError, match="there is no folder"):
        evaluate_entities(tmp_path / "missing")
    with pytest.raises(UsageError, match=r"no split 'valid'; there are: testa, testb, all"):
        evaluate_entities(conll, split="valid")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="none of the data sets known"):
        evaluate_entities(empty)
    (empty / "dev.jsonl").write_text('{"text": "x"}\n')
    with pytest.raises(UsageError, match="none of the data sets known"):
        evaluate_entities(empty)
    (empty / "dev.jsonl").write_text('{"text": "x", "entities": [[0]]}\n')
    with pytest.raises(UnreadableError, match=r"dev.jsonl cannot be read as cluener"):
        evaluate_entities(empty)
    done = kg("evaluate", "entities", tmp_path / "missing")
    assert done.exit_code != 0
    assert len(done.stderr.splitlines()) == 1
