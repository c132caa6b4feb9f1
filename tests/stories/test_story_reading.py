"""Stories as they are listed, shown and put into the graph."""

import io
import json

import networkx as nx
import pytest
from click.testing import CliRunner
from story_kit import NEWS, article_id, new_store, put

import kgretrieval as kg
from kgretrieval.cli.app import kg as command
from kgretrieval.errors import NotFoundError, UsageError
from kgretrieval.graph.story_list import find_stories, story_card
from kgretrieval.graph.view import build_graph
from kgretrieval.present.terminal import text
from kgretrieval.stories.update import update_stories


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = new_store(tmp_path_factory.mktemp("stories") / "news")
    put(made, NEWS)
    update_stories(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def news(sample_index):
    with kg.open(sample_index) as opened:
        yield opened


def firsts(found):
    return [story.first for story in found.stories]


FERRY, TANKER, CELLIST = map(article_id, ("f1", "t1", "c1"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {FERRY, TANKER, CELLIST}),
        ({"least": 3}, {FERRY}),
        ({"since": "2023-03-04"}, {FERRY}),
        ({"until": "2023-03-01"}, {FERRY}),
        ({"since": "2023-03-03", "until": "2023-03"}, {FERRY, TANKER}),
        ({"source": "paper T2"}, {TANKER}),
        ({"source": "Paper"}, set()),
        ({"source": "paper c1", "since": "2023"}, set()),
    ],
)
def test_stories_are_found_by_time_source_and_size(store, asked, expected):
    found = find_stories(store, **asked)
    assert {story.first if story.first != article_id("c2") else CELLIST for story in found.stories} == expected
    assert found.total == len(expected)


def test_the_largest_or_the_newest_comes_first_and_k_says_how_many(store):
    assert firsts(find_stories(store, k=1)) == [FERRY]
    assert find_stories(store, k=1).total == 3
    assert firsts(find_stories(store, newest=True))[:2] == [FERRY, TANKER]
    with pytest.raises(UsageError, match="1 or more"):
        find_stories(store, k=0)
    with pytest.raises(UsageError, match="exchange"):
        find_stories(store, since="2024", until="2023")


def test_a_story_says_when_where_and_by_whom_it_was_told(store):
    story = find_stories(store).stories[0]
    assert story.articles == tuple(map(article_id, ("f1", "f2", "f3")))
    assert (story.first, story.first_date, story.last_date) == (FERRY, "2023-03-01", "2023-03-04")
    assert story.sources == (("Paper f1", 1), ("Paper f2", 1), ("Paper f3", 1))
    assert story.spread == (("2023-03-01", 1), ("2023-03-02", 1), ("2023-03-04", 1))
    assert story.label in {NEWS[key][0] for key in ("f1", "f2", "f3")}


def test_a_card_has_the_articles_in_order_and_shows_them(store):
    story = find_stories(store).stories[0]
    card = story_card(store, story.id[:9])
    assert [hit.id for hit in card.articles] == list(story.articles)
    shown = text(card, stream=io.StringIO())
    assert shown.index("2023-03-01") < shown.index("2023-03-04")
    assert "first report Paper f1" in shown
    assert "3 articles · 3 sources" in shown


def test_an_id_of_no_story_says_so(store):
    with pytest.raises(NotFoundError, match="no story has the id"):
        story_card(store, "s:000000000000")
    with pytest.raises(UsageError, match=r"another kind \(article\)"):
        story_card(store, FERRY)


def test_a_story_is_a_node_that_its_articles_are_part_of(store, tmp_path):
    graph = build_graph(store)
    parts = {(u, v) for u, v, kind in graph.edges(data="kind") if kind == "part_of"}
    story = find_stories(store).stories[0]
    assert {(article, story.id) for article in story.articles} <= parts
    label, *dates = "articles date last_date".split()
    assert graph.nodes[story.id]["kind"] == "story"
    assert [graph.nodes[story.id][name] for name in (label, *dates)] == [3, "2023-03-01", "2023-03-04"]
    assert set(build_graph(store, around=[story.id])) == {story.id, *story.articles}
    assert story.id in build_graph(store, around=[FERRY])


def test_stories_of_the_sample_news_have_pictures_and_entities(news):
    found = news.stories()
    beirut = next(story for story in found.stories if any(e.name == "Beirut" for e in story.entities))
    assert beirut.pictures
    card = news.story(beirut.id)
    assert [hit.id for hit in card.pictures] == list(beirut.pictures)
    assert "Beirut" in card._repr_html_()
    assert news.show(beirut.id[:8]).story == beirut


def test_stories_are_in_what_is_exported(news, tmp_path):
    read = nx.read_graphml(news.export(tmp_path / "news.graphml"))
    own = {node for node, kind in read.nodes(data="kind") if kind == "story"}
    assert own == {story.id for story in news.stories(k=1000).stories}


def test_the_commands_list_and_show_stories(sample_index):
    def run(*words):
        return CliRunner().invoke(command, [*words, "--index", str(sample_index)])

    listed = [json.loads(row) for row in run("stories", "--json", "-k", "3").stdout.splitlines()]
    assert len(listed) == 3
    shown = json.loads(run("story", listed[0]["id"][:9], "--json").stdout)
    assert shown["story"]["articles"] == [hit["id"] for hit in shown["articles"]]
    assert listed[0]["label"] in run("stories").stdout
    assert "Articles" in run("show", listed[0]["id"]).stdout
    assert "No story fits" in run("stories", "--min", "99").stdout
    unknown = run("story", "s:0000000")
    assert (unknown.exit_code, unknown.stderr.count("\n")) == (NotFoundError.exit_code, 1)
