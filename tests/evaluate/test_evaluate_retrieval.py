"""`kg evaluate retrieval` on small data sets made from the sample pictures, on the sample collection and on runs."""

import json
import shutil

import numpy as np
import pytest

import kgretrieval
from kgretrieval.errors import KgError, UsageError
from kgretrieval.evaluate import evaluate_retrieval, read_qrels, read_run, score_run
from kgretrieval.evaluate.layouts import read_pairs
from kgretrieval.evaluate.pairs import PICTURE_TO_TEXT, TEXT_TO_PICTURE

SAYS = ["a rocket on the launch pad", "a cat", "a cup of coffee", "stars and galaxies"]


def write_lines(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


@pytest.fixture(scope="module")
def captions(sample, tmp_path_factory):
    """Four records in the split test, of which the last two have the same picture; one more in train."""
    folder = tmp_path_factory.mktemp("captions")
    (folder / "images").mkdir()
    files = sorted(p for p in (sample / "pictures").iterdir() if p.suffix in (".jpg", ".png"))[:4]
    records = []
    for number, (file, text) in enumerate(zip([*files[:3], files[2]], SAYS, strict=True)):
        name = f"images/{number}{file.suffix}"
        shutil.copy(file, folder / name)
        own = {"captions": [text, f"{text} in the picture"], "title": text, "tags": ["one", "two"]}
        records.append({"id": f"p{number}", "image": name, "split": "test", **own})
    records.append({**records[0], "id": "p9", "split": "train", "captions": ["", "a dog"]})
    write_lines(folder / "captions.jsonl", records)
    return folder


@pytest.fixture(scope="module")
def report(captions, tmp_path_factory):
    return evaluate_retrieval(captions, run_out=tmp_path_factory.mktemp("out") / "x.trec")


def test_copies_of_a_picture_are_right_for_each_others_texts(captions):
    pairs, split, field = read_pairs(captions)
    assert (split, field) == ("test", "captions")
    right = {(pairs.text_ids[t], pairs.picture_ids[p]) for t, p in pairs.right}
    assert {("p2#0", "p3"), ("p3#1", "p2"), ("p0#0", "p0")} <= right
    assert len(right) == 2 * 2 + 4 * 2
    side = pairs.side(TEXT_TO_PICTURE)
    assert side.groups.tolist() == [0, 0, 1, 1, 2, 2, 2, 2]
    assert pairs.side(PICTURE_TO_TEXT).groups.tolist() == [0, 1, 2, 2]


def test_the_same_words_of_two_pictures_are_right_for_both(captions, tmp_path):
    folder = shutil.copytree(captions, tmp_path / "same")
    records = [json.loads(line) for line in (folder / "captions.jsonl").read_text().splitlines()]
    write_lines(
        folder / "captions.jsonl", [{**r, "captions": "one  text" if n else "one text "} for n, r in enumerate(records)]
    )
    pairs, _, _ = read_pairs(folder)
    assert len(pairs.right) == 16


def test_fields_can_be_joined_and_empty_texts_are_none(captions):
    joined, _, field = read_pairs(captions, field="title+tags")
    assert (field, joined.texts[1]) == ("title+tags", "a cat. one, two")
    assert read_pairs(captions, split="train")[0].texts == ("a dog",)
    assert len(read_pairs(captions, split="all")[0].paths) == 5


def test_the_report_says_what_was_measured(report):
    words, pictures = report["text_to_picture"], report["picture_to_text"]
    assert (words.queries, words.pool, words.groups) == (8, 4, 3)
    assert (pictures.queries, pictures.pool, pictures.groups) == (4, 8, 3)
    assert words.values["R@5"] == pictures.values["R@10"] == 1
    assert words.values["R@1"] == pytest.approx(words.per_query["R@1"].mean())
    assert report.system.model == "mini"
    assert len(report.system.weights_hash) == 64
    for result in report.results:
        for name, (low, high) in result.intervals.items():
            assert low <= result.values[name] <= high, name
        assert result.curve.recall[0] == result.values["R@1"]


def test_the_run_that_is_written_scores_the_same(captions, tmp_path):
    report = evaluate_retrieval(captions, run_out=tmp_path / "x.trec")
    for result in report.results:
        files = tmp_path / f"x.{result.name}.qrels", tmp_path / f"x.{result.name}.trec"
        again = score_run(*files)["run"]
        for name, as_run in (("MRR", "MRR"), ("MAP", "MAP"), ("nDCG@10", "nDCG@10"), ("R@1", "Success@1")):
            assert again.values[as_run] == pytest.approx(result.values[name], abs=1e-6), name
        assert set(read_qrels(files[0])) == set(read_run(files[1]))


def test_a_picture_that_cannot_be_read_is_left_out_and_said(captions, tmp_path):
    folder = shutil.copytree(captions, tmp_path / "broken")
    next((folder / "images").glob("0.*")).write_text("no picture")
    report = evaluate_retrieval(folder, compare="mini")
    assert (report["text_to_picture"].queries, report["text_to_picture"].pool) == (6, 3)
    assert [one.where.rpartition("/")[2][0] for one in report.skipped] == ["0"]
    (same, _) = report.comparison.differences
    assert set(same.values.values()) == {0}
    assert set(same.p.values()) == {1}


def test_a_collection_is_measured_by_its_own_pairs(sample_index):
    report = evaluate_retrieval(sample_index, limit=40)
    assert report["text_to_picture"].pool == 40
    assert report["text_to_picture"].values["R@10"] > report["text_to_picture"].random["R@10"]
    with kgretrieval.open(sample_index) as collection:
        some = report["text_to_picture"].query_ids[0]
        article = collection.show(some)
        ranked = [hit.id for hit in collection.search(article.title, kind="picture", k=57).hits]
        assert set(article.pictures) <= set(ranked)


def test_two_collections_meet_in_what_they_share(sample_index, tmp_path):
    shutil.copytree(sample_index, tmp_path / "less")
    with kgretrieval.open(tmp_path / "less") as less:
        gone = evaluate_retrieval(sample_index)["text_to_picture"].query_ids[:5]
        less.delete(*gone)
    report = evaluate_retrieval(sample_index, compare=tmp_path / "less")
    assert not set(gone) & set(report["text_to_picture"].query_ids)
    assert report["text_to_picture"].query_ids == report.comparison.results[0].query_ids
    assert set(report.comparison.differences[0].values.values()) == {0}


def test_compare_with_a_run(captions, tmp_path):
    (tmp_path / "mine.run").write_text("".join(f"p{n}#{m} Q0 p{n} 1 1 x\n" for n in range(4) for m in range(2)))
    report = evaluate_retrieval(captions, compare=tmp_path / "mine.run")
    (difference,) = report.comparison.differences
    assert difference.name == "text_to_picture"
    assert report.comparison.results[0].values["R@1"] == 1
    assert difference.values["R@1"] == report["text_to_picture"].values["R@1"] - 1
    low, high = difference.intervals["R@1"]
    assert low <= difference.values["R@1"] <= high <= 0
    (tmp_path / "other.run").write_text("q Q0 d 1 1 x\n")
    with pytest.raises(UsageError, match="ranks none of the queries: it has 'q', they are like 'p0#0'"):
        evaluate_retrieval(captions, compare=tmp_path / "other.run")


def test_questions_are_ranked_by_words_by_meaning_and_by_both(tmp_path):
    texts = {
        "d1": "The rocket left the launch pad.",
        "d2": "A cat drinks milk.",
        "d3": "Elections in France.",
        "d4": "",
    }
    write_lines(tmp_path / "docs.jsonl", [{"id": i, "text": text} for i, text in texts.items()])
    write_lines(
        tmp_path / "queries.jsonl", [{"id": "1", "text": "rocket launch"}, {"id": "2", "text": "French election"}]
    )
    (tmp_path / "qrels.txt").write_text("1 0 d1 1\n2 0 d3 2\n9 0 d2 1\n")
    report = evaluate_retrieval(tmp_path)
    assert [result.name for result in report.results] == ["lexical", "dense", "fused"]
    assert {(result.queries, result.pool) for result in report.results} == {(2, 4)}
    assert report["fused"].values["MRR"] == report["fused"].values["nDCG@10"] == 1


def test_rankings_to_measure_are_those_of_the_search(sample_index):
    from kgretrieval.store.store import open_store

    with kgretrieval.open(sample_index) as collection:
        shown = [hit.id for hit in collection.search("walk on the Moon", kind="article").hits]
        found = collection._search().rank_many(["walk on the Moon"], kind="article")[0]
    store = open_store(sample_index)
    store.close()
    assert [identifier for identifier, _ in found[:10]] == shown
    assert [fused.score for _, fused in found] == sorted((fused.score for _, fused in found), reverse=True)


def test_the_words_of_mistakes(captions, sample_index, tmp_path):
    cases = [
        ({"path": captions, "split": "dev"}, "no split 'dev'; there are: test, train, all"),
        ({"path": captions, "field": "text"}, "the field 'text'; there are: captions, tags, title"),
        ({"path": captions, "model": "clip"}, "there is no encoder 'clip'"),
        ({"path": captions, "compare": sample_index}, "cannot be compared with"),
        ({"path": captions, "compare": captions / "captions.jsonl", "limit": 3}, "leave the limit out"),
        ({"path": captions, "run_out": tmp_path / "no" / "x"}, "there is no folder"),
        ({"path": sample_index, "split": "test"}, "leave --split out"),
        ({"path": tmp_path}, "is no collection and no data set"),
        ({"path": tmp_path / "no"}, "there is no folder"),
    ]
    for how, says in cases:
        with pytest.raises(KgError) as caught:
            evaluate_retrieval(**how)
        assert says in str(caught.value)
    for line, says in [("{", "captions.jsonl:1 is no JSON"), ('{"id": 1}', "has no 'image'"), ("", "is empty")]:
        (tmp_path / "captions.jsonl").write_text(line)
        with pytest.raises(KgError, match=says):
            evaluate_retrieval(tmp_path)


def test_vectors_are_those_of_an_ingest(captions, report, tmp_path):
    with kgretrieval.open_or_create(tmp_path / "index") as collection:
        records = [json.loads(line) for line in (captions / "captions.jsonl").read_text().splitlines()][:4]
        pictures = [kgretrieval.Picture(key=r["id"], path=str(captions / r["image"])) for r in records]
        articles = [
            kgretrieval.Article(key=r["id"], title=r["title"], pictures=(picture,))
            for r, picture in zip(records, pictures, strict=True)
        ]
        collection.add(*articles)
    of_collection = evaluate_retrieval(tmp_path / "index", compare="mini")
    assert of_collection["text_to_picture"].pool == 3
    changed = [abs(value) for value in of_collection.comparison.differences[0].values.values()]
    assert np.max(changed) < 0.3
