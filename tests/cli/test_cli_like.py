"""`kg search` with everything that can come with its hits, and `kg like`."""

import json

import pytest


def answer(kg, index, *arguments):
    done = kg(*arguments, "--index", index, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_reasons_and_counts_come_where_asked_for(kg, sample_index):
    plain = answer(kg, sample_index, "search", "shuttle commander", "-k", 3)
    full = answer(kg, sample_index, "search", "shuttle commander", "-k", 3, "--explain", "--facets", "--diverse")
    assert plain["facets"] == []
    assert [hit["explanation"] for hit in plain["hits"]] == [None] * 3
    assert {"kind", "source"} <= {facet["name"] for facet in full["facets"]}
    for hit in full["hits"]:
        assert set(hit["explanation"]) == {"terms", "entities", "path"}
        assert sum(share["share"] for share in hit["found_by"]) == pytest.approx(hit["score"])


def test_reasons_are_said_in_words(kg, sample_index):
    shown = kg("search", "Eileen Collins", "--explain", "--facets", "--index", sample_index, "--no-pictures").stdout
    assert "- words (rank 1" in shown
    assert "named in the query" in shown
    assert "likely documents found" in shown


def test_filters_go_together(kg, sample_index):
    asked = ("search", "space", "--mentions", "NASA", "--as-of", "1995", "--kind", "article", "--min-score", 0)
    found = answer(kg, sample_index, *asked)
    assert found["as_of"] == "1995"
    assert found["hits"]
    assert all(hit["date"][:4] <= "1995" for hit in found["hits"])


def test_like_a_hit_are_others(kg, sample_index):
    hit = answer(kg, sample_index, "search", "moon landing", "--kind", "article", "-k", 1)["hits"][0]
    like = answer(kg, sample_index, "like", hit["id"][:8], "-k", 4)
    assert like["like"] == hit["id"]
    assert 0 < len(like["hits"]) <= 4
    assert hit["id"] not in [other["id"] for other in like["hits"]]
    assert kg("like", hit["id"], "--index", sample_index, "--no-pictures").stdout.startswith(f"Like “{hit['title']}”:")


def test_like_a_name_on_a_sheet(kg, sample_index, tmp_path):
    entity = answer(kg, sample_index, "search", "NASA", "-k", 1)["entities"][0]
    done = kg("like", entity["id"], "--index", sample_index, "--html", tmp_path / "like.html")
    assert "Like “NASA”: 10 names" in done.stdout
    assert "Nothing found" not in (tmp_path / "like.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "x", "--mentions", "Nobody Atall"), "no entity is called 'Nobody Atall'"),
        (("search", "x", "--as-of", "soon"), "'soon' is no date"),
        (("like", "a:ffffffffffff"), "no article has the id"),
        (("like", "moon"), "'moon' is no id"),
    ],
)
def test_what_makes_no_sense_is_one_line(kg, sample_index, arguments, said):
    done = kg(*arguments, "--index", sample_index)
    assert done.exit_code != 0
    assert said in done.stderr
    assert done.stdout == ""
