import gzip
import json

import pytest
from click.testing import CliRunner

from kgretrieval.cli.app import kg
from kgretrieval.errors import NotFoundError, UnreadableError, UsageError
from kgretrieval.evaluate.coreference import evaluate_coreference
from kgretrieval.evaluate.coreference_data import read_gum

COLUMNS = "ID Text Pronoun Pronoun-offset A A-offset A-coref B B-offset B-coref URL".split()


def snippet(number, text, pronoun, a, b, right):
    """A row of GAP: the last occurrence of the pronoun, the first ones of the names; `right` is "A", "B" or ""."""
    places = [text.rindex(pronoun), text.index(a), text.index(b)]
    fields = [f"test-{number}", text, pronoun, places[0], a, places[1], str(right == "A").upper(), b, places[2]]
    return [*map(str, fields), str(right == "B").upper(), "http://example.org"]


ROWS = [
    snippet(1, "Laura Bush met Tony Blair in London. She praised him.", "She", "Laura Bush", "Tony Blair", "A"),
    snippet(2, "Tony Blair met Laura Bush in London. She praised him.", "him", "Tony Blair", "Laura Bush", "A"),
    snippet(3, "Tony Blair met Gordon Brown. Mary Ann said that she left.", "she", "Tony Blair", "Gordon Brown", ""),
]


@pytest.fixture
def gap(tmp_path):
    lines = ["\t".join(row) for row in [COLUMNS, *ROWS]]
    (tmp_path / "gap-test.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def gum(tmp_path):
    """One document: "Angela Merkel came . She left . The chancellor smiled ." with all three in one chain."""
    tokens = "Angela Merkel came . She left . The chancellor smiled .".split()
    tags = "NNP NNP VBD . PRP VBD . DT NN VBD .".split()
    upos = "PROPN PROPN VERB PUNCT PRON VERB PUNCT DET NOUN VERB PUNCT".split()
    spans = [(0, 2, [1, 2]), (4, 5, [1]), (7, 9, [2])]
    entities = [{"start": a, "end": b, "min": head, "chain": "1", "type": "person"} for a, b, head in spans]
    document = {"id": "GUM_news_one", "genre": "news", "tokens": tokens, "space_after": "11111111111", "xpos": tags}
    document |= {"upos": upos, "sentences": [[0, 4], [4, 7], [7, 11]], "entities": entities}
    with gzip.open(tmp_path / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(document) + "\n")
    with gzip.open(tmp_path / "dev.conllu.gz", "wt", encoding="utf-8") as file:
        file.write("# newdoc id = GUM_news_one\n# newpar\n# sent_id = 1\n\n# sent_id = 2\n\n# newpar\n# sent_id = 3\n")
    return tmp_path


def test_labels_of_gap_are_counted_by_gender(gap):
    report = evaluate_coreference(gap)
    assert report.data["set"] == "gap"
    assert (report.main.correct, report.main.predicted, report.main.gold) == (2, 2, 2)
    assert report.parts["masculine"].gold == 1
    assert report.parts["feminine"].gold == 1
    assert report.parts["two candidates given"].correct == 2
    assert report.extra["bias F/M"] == 1.0


def test_references_of_gum_are_held_against_its_chains(gum):
    report = evaluate_coreference(gum, split="dev")
    assert (report.parts["pronouns"].correct, report.parts["pronouns"].gold) == (1, 1)
    assert report.parts["short forms"].gold == 1
    assert report.parts["conll"].gold == 3
    assert report.parts["muc"].precision == 1.0


def test_mentions_of_gum_that_share_a_first_word_are_two(gum):
    """Of "Angela Merkel" as one mention, and "Angela" in it as one of another chain."""
    with gzip.open(gum / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        document = json.loads(file.readline())
    inner = {"start": 0, "end": 1, "min": [1], "chain": "2", "type": "person"}
    other = {"start": 8, "end": 9, "min": [1], "chain": "2", "type": "person"}
    document["entities"] += [inner, other]
    with gzip.open(gum / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(document) + "\n")
    [read] = read_gum(gum / "dev.jsonl.gz")
    places = [place for cluster in read.clusters() for place in cluster]
    assert len(places) == len(set(places)) == 4


def test_a_wrong_place_is_said_in_a_line(tmp_path, gap):
    with pytest.raises(NotFoundError, match="no folder"):
        evaluate_coreference(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="there are: test"):
        evaluate_coreference(gap, split="train")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="neither GAP"):
        evaluate_coreference(tmp_path / "empty")


def test_a_damaged_file_is_named_with_its_line(gap):
    file = gap / "gap-test.tsv"
    file.write_text(file.read_text().replace("\tShe\t37", "\tShe\t38"), encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"gap-test\.tsv:2: 'She' does not stand at 38"):
        evaluate_coreference(gap)
    file.write_text("no columns\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="no column 'ID'"):
        evaluate_coreference(gap)


def test_a_damaged_document_of_gum_is_named(gum):
    with gzip.open(gum / "dev.jsonl.gz", "at", encoding="utf-8") as file:
        file.write('{"id": "x"}\n')
    with pytest.raises(UnreadableError, match=r"dev\.jsonl\.gz:2 is no document"):
        evaluate_coreference(gum, split="dev")


def test_the_command_gives_the_report_as_json(gap):
    ran = CliRunner().invoke(kg, ["evaluate", "coreference", str(gap), "--json"], prog_name="kg")
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.output)
    assert found["task"] == "coreference"
    assert found["f1"] == 1.0
    assert len(found["weights_hash"]) == 64
