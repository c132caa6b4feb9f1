"""`kg facts`, `kg timeline`, `kg match` and the new exports on the sample news."""

import json

import pytest


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, sample_index):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_INDEX", str(sample_index))


def objects(done) -> list[dict]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_facts_of_a_name_come_with_sentences_and_counts(kg):
    found = objects(kg("facts", "Eileen", "Collins", "--json", "-k", 5))
    assert len(found) >= 5
    assert all("Eileen Collins" in (fact["subject"], fact["object"]) for fact in found)
    assert all(e["sentence"] and e["date"] and e["source"] for fact in found for e in fact["evidence"])
    assert all(fact["sources"] >= 1 and fact["independent"] >= 1 for fact in found)
    shown = kg("facts", "Eileen Collins", "-k", 2).stdout
    assert "facts of Eileen Collins; the first 2, -k shows more" in shown
    assert shown.count("—[") == 2


def test_facts_are_narrowed_down(kg):
    several = objects(kg("facts", "--min-sources", 2, "--json"))
    assert several
    assert all(min(fact["sources"], fact["independent"]) >= 2 for fact in several)
    predicate = several[0]["predicate"]
    same = objects(kg("facts", "--predicate", predicate.upper(), "--json", "-k", 500))
    assert {fact["predicate"].casefold() for fact in same} == {predicate.casefold()}
    early = objects(kg("facts", "--as-of", "2000", "--json", "-k", 500))
    assert early
    assert max(e["date"] for fact in early for e in fact["evidence"]) < "2001"
    late = objects(kg("facts", "--since", "2020", "--json", "-k", 500))
    assert all(fact["last_seen"] >= "2020" for fact in late)


def test_no_fact_is_a_line_that_says_what_to_do(kg):
    done = kg("facts", "Eileen Collins", "--until", "1950")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("No fact of Eileen Collins fits; ask for less")
    assert kg("facts", "Eileen Collins", "--until", "1950", "--json").stdout == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["facts", "Zzyzx Qqq"], 1, "no entity is called"),
        (["facts", "--since", "soon"], 2, "no date"),
        (["facts", "--since", "2021", "--until", "2020"], 2, "exchange them"),
        (["timeline", "Zzyzx Qqq"], 1, "no entity is called"),
        (["match", "(?p)-[x]-(?q)"], 2, "at column 8"),
        (["match", '("Zzyzx Qqq")-[*]->(?q)'], 1, "no entity is called"),
        (["export", "x", "--format", "pdf"], 2, "pdf"),
    ],
)
def test_errors_are_one_line(kg, words, code, said):
    done = kg(*words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_timeline_is_in_order(kg):
    found = objects(kg("timeline", "NASA", "--json"))
    times = [one["time"] for one in found if one["time"]]
    assert len(times) > 10
    assert times == sorted(times)
    assert {one["stated"] for one in found} == {True, False}
    part = objects(kg("timeline", "NASA", "--since", "2010", "--until", "2015", "--json"))
    assert 0 < len(part) < len(found)
    assert "happenings: NASA" in kg("timeline", "NASA").stdout


def test_a_pattern_gives_bindings_with_facts(kg):
    found = objects(kg("match", "(?p:person)-[*]->(?o:organisation)", "-k", 4, "--json"))
    assert len(found) == 4
    for one in found:
        (fact,) = one["facts"]
        assert {name: bound["type"] for name, bound in one["bindings"].items()} == {"p": "person", "o": "organisation"}
        assert (fact["subject_id"], fact["object_id"]) == (one["bindings"]["p"]["id"], one["bindings"]["o"]["id"])
    assert kg("match", "(?p:person)-[no such]->(?o)").stdout.startswith("No asserted facts fit the pattern; try *")


def test_the_same_in_python(sample_index):
    import kgretrieval

    with kgretrieval.open(sample_index) as news:
        assert news.facts("Eileen Collins", k=1).entity.name == "Eileen Collins"
        assert news.timeline("Eileen Collins", until="1999").happenings
        assert news.match("(?p:person)-[*]->(?o:organisation)", k=1).matches


@pytest.mark.parametrize(("file", "options"), [("news.ttl", ()), ("tables", ("--format", "neo4j"))])
def test_new_exports_hold_the_whole_graph(kg, tmp_path, file, options):
    from kgretrieval.graph.export import load

    assert kg("export", "news.json").exit_code == 0
    assert kg("export", file, *options).stdout == f"Wrote {file}\n"
    one, other = load(tmp_path / "news.json"), load(tmp_path / file)
    assert (len(one), one.number_of_edges()) == (len(other), other.number_of_edges())
    assert dict(one.nodes(data=True)) == dict(other.nodes(data=True))
