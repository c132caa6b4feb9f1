"""Contact sheets and fragments: complete, escaped, readable without a mouse, a network or the files."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import networkx
import present_examples as examples
import pytest
from PIL import Image

from kgretrieval.present.html import answer_html, contact_sheet, entity_html

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open, self.tags, self.text = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "photo.jpg"
    Image.new("RGB", (900, 600), "orange").save(file)
    return replace(examples.PICTURE_HIT, path=str(file))


def test_fragments_are_as_agreed(golden):
    golden("answer.html", _broken(answer_html(examples.ANSWER)))
    golden("explained.html", _broken(answer_html(examples.EXPLAINED)))
    golden("entity.html", _broken(entity_html(examples.CARD)))


def _broken(page: str) -> str:
    """Leave the style out and begin a line at each element, so that a change can be read."""
    return page.partition("</style>")[2].replace("><", ">\n<") + "\n"


def test_a_sheet_is_one_complete_page(photo):
    page = contact_sheet([replace(examples.ANSWER, hits=(photo,)), examples.NOTHING], title="A & B")
    read = Page(page)
    assert page.startswith("<!DOCTYPE html>")
    assert not read.open
    assert read.all("html") == [{"lang": "en"}]
    assert page.count("data:image/jpeg;base64,") == 1
    assert "<title>A &amp; B</title>" in page
    assert "Nothing found." in page


def test_a_sheet_loads_nothing_from_elsewhere(photo):
    read = Page(contact_sheet(replace(examples.ANSWER, hits=(photo,)), title="x"))
    assert not read.all("link")
    assert not read.all("script")
    assert all(image["src"].startswith("data:") for image in read.all("img"))


def test_everything_from_a_record_is_escaped():
    page = contact_sheet(examples.HOSTILE_ANSWER, title=examples.HOSTILE, cards=[examples.CARD])
    read = Page(page)
    assert not read.open
    assert not read.all("script")
    assert not [attrs for _, attrs in read.tags for name in attrs if name.startswith("on")]
    assert not [attrs for attrs in read.all("a") if not attrs["href"].startswith(("http", "file:"))]
    assert page.encode()


def test_pictures_have_a_text_and_sentences_a_language(photo):
    read = Page(contact_sheet(replace(examples.ANSWER, hits=(photo, examples.CHINESE_HIT)), title="x"))
    assert [image["alt"] for image in read.all("img")] == ["Astronaut Eileen Collins in an orange suit"]
    assert {p.get("lang") for p in read.all("p") if p.get("class") == "kg-quote"} == {"en", "zh"}


def test_what_matched_is_marked():
    page = answer_html(examples.ANSWER)
    assert "<mark>astronaut</mark>" in page
    assert "<mark>艾琳·柯林斯</mark>" in page


@pytest.mark.parametrize("content", [None, b"", b"no picture"])
def test_a_picture_that_cannot_be_read_leaves_a_placeholder(content, tmp_path):
    file = tmp_path / "gone.jpg"
    if content is not None:
        file.write_bytes(content)
    page = contact_sheet(replace(examples.ANSWER, hits=(replace(examples.PICTURE_HIT, path=str(file)),)), title="x")
    assert "no picture at" in page
    assert "gone.jpg" in page


def test_headings_go_down_one_level_at_a_time():
    read = Page(contact_sheet([examples.ANSWER], title="x", cards=[examples.CARD]))
    levels = [int(tag[1]) for tag, _ in read.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_headline_that_matched_is_marked_and_not_repeated():
    headline = examples.Snippet(examples.ARTICLE_HIT.title, "title", ((0, 7),))
    page = answer_html(replace(examples.ANSWER, hits=(replace(examples.ARTICLE_HIT, snippet=headline),), facts=()))
    assert "<mark>Collins</mark> becomes first woman" in page
    assert page.count("becomes first woman") == 1


def test_a_sheet_shows_the_picture_that_was_searched_with(photo):
    page = contact_sheet(examples.Answer(query="", image=photo.path), title="x")
    assert "Like this picture" in page
    assert 'alt="photo.jpg"' in page


def test_a_long_list_of_facts_is_counted_to_its_end():
    page = answer_html(replace(examples.ANSWER, facts=(examples.COMMANDED,) * 13))
    assert page.count('class="kg-fact-line"') == 10
    assert "and 3 more facts" in page


def test_a_sheet_draws_the_graph():
    graph = networkx.MultiDiGraph()
    graph.add_node("e:1", kind="entity", label="NASA", type="organisation")
    assert 'class="kg-graph"' in contact_sheet(examples.NOTHING, title="x", graph=graph)


def test_a_fragment_keeps_its_style_to_itself():
    style = answer_html(examples.ANSWER).partition("<style>")[2].partition("</style>")[0]
    flat = re.sub(r"\([^()]*\)", "", re.sub(r"@media[^{]*", "", style))
    selectors = [one for rule in re.findall(r"([^{}]+)\{[^{}]*\}", flat) for one in rule.split(",")]
    assert len(selectors) > 40
    assert [one for one in selectors if not one.startswith((".kg", ":where"))] == []


def test_an_article_shows_its_first_photo_and_none_that_is_gone(photo):
    article = replace(examples.ARTICLE_HIT, photo=photo.path)
    read = Page(answer_html(replace(examples.ANSWER, hits=(article,))))
    assert [image["alt"] for image in read.all("img")] == [""]
    gone = answer_html(replace(examples.ANSWER, hits=(replace(article, photo="gone.jpg"),)))
    assert "gone.jpg" not in gone


def test_reasons_are_folded_away_and_need_no_script():
    read = Page(contact_sheet(examples.EXPLAINED, title="x"))
    assert [details.get("open") for details in read.all("details")] == [None]
    assert not read.all("script")
