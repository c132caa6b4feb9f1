"""JSON lines and data frames."""

import builtins
import json
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

import present_examples as examples
import pytest

from kgretrieval.errors import KgError
from kgretrieval.present.frames import answer_frame
from kgretrieval.present.jsonl import line, lines
from kgretrieval.types import Answer, Snippet


def test_an_answer_is_one_line_with_the_names_of_its_fields(golden):
    written = lines([examples.ANSWER])
    assert written.count("\n") == 1
    assert list(json.loads(written)) == [f.name for f in fields(Answer)]
    golden("answer.jsonl", written)


def test_text_stays_readable_and_complete():
    hit = json.loads(line(examples.CHINESE_HIT))
    assert "航天飞机哥伦比亚号升空" in line(examples.CHINESE_HIT)
    assert hit["snippet"]["marks"] == [[0, 6]]


@pytest.mark.parametrize("name", ["CARD", "STEPS", "DOCUMENT", "REPORT", "FORECAST", "STATS", "MODELS"])
def test_every_result_reads_back(name):
    thing = getattr(examples, name)
    things = thing if isinstance(thing, list | tuple) else [thing]
    assert all(json.loads(row) for row in lines(things).splitlines())


def test_any_text_gives_one_line_of_valid_utf8():
    odd = "a\nb\u2028c\x00\udcff\U0001f680"
    written = line(replace(examples.CHINESE_HIT, title=odd))
    assert written.encode().count(b"\n") == 0
    assert json.loads(written)["title"] == odd


def test_mappings_and_paths_become_objects_and_text():
    assert json.loads(line({"a": MappingProxyType({"b": Path("c")})})) == {"a": {"b": "c"}}


def test_a_frame_has_a_row_per_hit_and_a_column_per_ranking():
    frame = answer_frame(examples.ANSWER)
    assert list(frame["rank"]) == [1, 2, 3]
    assert list(frame["by_looks_like"].dropna()) == [1]
    assert frame.loc[1, "by_names"] == 2
    assert frame.loc[2, "sentence"].startswith("艾琳")


def test_an_empty_answer_gives_an_empty_frame_with_columns():
    frame = answer_frame(examples.NOTHING)
    assert len(frame) == 0
    assert {"rank", "title", "path"} <= set(frame.columns)


def test_without_pandas_the_error_names_the_extra(monkeypatch):
    real = builtins.__import__

    def no_pandas(name, *args, **kwargs):
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", no_pandas)
    with pytest.raises(KgError, match=r'pip install "kgretrieval\[notebook\]"'):
        answer_frame(examples.ANSWER)


def test_a_hit_without_a_sentence_has_an_empty_one():
    hit = replace(examples.PICTURE_HIT, snippet=None)
    assert answer_frame(replace(examples.ANSWER, hits=(hit,))).loc[0, "sentence"] == ""
    assert json.loads(line(hit))["snippet"] is None
    assert json.loads(line(replace(hit, snippet=Snippet("x", "text"))))["snippet"]["text"] == "x"
