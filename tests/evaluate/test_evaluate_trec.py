"""Files in the form of TREC: what is written is read again, and a bad line is named."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgretrieval.errors import KgError, NotFoundError, UsageError
from kgretrieval.evaluate import read_qrels, read_run, write_qrels, write_run

names = st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=6)
graded = st.dictionaries(names, st.dictionaries(names, st.integers(-2, 9), min_size=1), min_size=1)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)
scored = st.dictionaries(names, st.dictionaries(names, numbers, min_size=1), min_size=1)
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
common = settings(suppress_health_check=_SLOW, max_examples=50, deadline=None)


@common
@given(graded)
def test_judgements_come_back(tmp_path, judgements):
    write_qrels(tmp_path / "q", judgements)
    assert read_qrels(tmp_path / "q") == judgements


@common
@given(scored)
def test_a_run_comes_back_the_best_first(tmp_path, scores):
    write_run(tmp_path / "r", {query: list(own.items()) for query, own in scores.items()}, name="my system")
    run = read_run(tmp_path / "r")
    assert {query: dict(own) for query, own in run.items()} == scores
    for own in run.values():
        assert [score for _, score in own] == sorted((score for _, score in own), reverse=True)


def test_among_equals_the_later_name_is_first_as_in_trec_eval(tmp_path):
    (tmp_path / "r").write_text("1 Q0 a 1 2.0 x\n1 Q0 b 2 2.0 x\n1 Q0 c 3 5 x\n")
    assert [document for document, _ in read_run(tmp_path / "r")["1"]] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("read", "line", "says"),
    [
        (read_qrels, "1 0 d", "x:2: 3 fields in '1 0 d'; write QUERY 0 DOCUMENT RELEVANCE"),
        (read_qrels, "1 0 d yes", "x:2: the relevance is 'yes'"),
        (read_run, "1 Q0 d 1 best x", "x:2: the score is 'best'"),
        (read_run, "1 Q0 d 1 nan x", "x:2: the score is 'nan'"),
        (read_run, "1 0 d 1", "x:2: 4 fields in '1 0 d 1'; write QUERY Q0 DOCUMENT RANK SCORE NAME"),
    ],
)
def test_a_bad_line_is_named(tmp_path, read, line, says):
    (tmp_path / "x").write_text(f"\n{line}\n")
    with pytest.raises(KgError) as caught:
        read(tmp_path / "x")
    assert says in str(caught.value)


def test_a_document_twice_is_refused(tmp_path):
    (tmp_path / "r").write_text("1 Q0 d 1 2 x\n1 Q0 d 2 1 x\n")
    with pytest.raises(KgError, match="r:2: d is there for query 1 already"):
        read_run(tmp_path / "r")


def test_no_file_an_empty_one_and_no_text(tmp_path):
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00\x01")
    for read in (read_qrels, read_run):
        with pytest.raises(NotFoundError, match="there is no file"):
            read(tmp_path / "none")
        with pytest.raises(KgError, match="holds no"):
            read(tmp_path / "empty")
        with pytest.raises(KgError, match="cannot be read as text"):
            read(tmp_path / "bytes")


def test_nothing_half_written(tmp_path):
    def broken():
        yield "d", 1.0
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_run(tmp_path / "r", {"1": broken()}, name="x")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="cannot write"):
        write_qrels(tmp_path / "no" / "q", {"1": {"d": 1}})
