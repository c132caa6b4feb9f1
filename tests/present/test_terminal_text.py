"""Text for a pipe (golden files) and for a terminal (width, marks, links, nothing harmful)."""

import io
import re
from dataclasses import replace

import present_examples as examples
import pytest
from rich.console import Console

from kgretrieval.present.brief import brief_answer, brief_card
from kgretrieval.present.lines import console_for, href, written
from kgretrieval.present.terminal import lines, text
from kgretrieval.present.words import cells

PLAIN = {
    "answer": examples.ANSWER,
    "explained": examples.EXPLAINED,
    "like": examples.LIKE,
    "nothing": examples.NOTHING,
    "entity": examples.CARD,
    "fact": examples.COMMANDED,
    "path": examples.STEPS,
    "picture": examples.DOCUMENT,
    "article": examples.ARTICLE,
    "report": examples.REPORT,
    "forecast": examples.FORECAST,
    "stats": examples.STATS,
    "models": examples.MODELS,
    "hostile": examples.HOSTILE_ANSWER,
}
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def plain(thing) -> str:
    return text(thing, stream=io.StringIO())


def on_terminal(thing, width: int = 60) -> str:
    console = Console(file=io.StringIO(), force_terminal=True, width=width, color_system="truecolor", highlight=False)
    return written(lines(thing, timed=True), console)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_is_as_agreed(name, golden):
    golden(f"{name}.txt", plain(PLAIN[name]))


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_has_no_escapes_and_no_trailing_blanks(name):
    shown = plain(PLAIN[name])
    assert "\x1b" not in shown
    assert not [line for line in shown.splitlines() if line != line.rstrip()]


def test_plain_text_does_not_depend_on_the_width_of_the_terminal(monkeypatch):
    before = plain(examples.CARD)
    monkeypatch.setenv("COLUMNS", "20")
    assert plain(examples.CARD) == before


def test_two_runs_of_a_search_read_the_same():
    assert plain(examples.ANSWER) == plain(replace(examples.ANSWER, seconds=99.0))
    assert "in 12 ms" in on_terminal(examples.ANSWER)


@pytest.mark.parametrize("width", [30, 60, 100])
@pytest.mark.parametrize("name", PLAIN)
def test_a_terminal_line_is_never_wider_than_the_terminal(name, width):
    bare = ESCAPES.sub("", on_terminal(PLAIN[name], width))
    assert max(map(cells, bare.splitlines())) <= width


def test_a_broken_title_goes_on_below_itself():
    bare = ESCAPES.sub("", on_terminal(examples.ANSWER, 40))
    assert " 1. Astronaut Eileen Collins in an\n    orange suit\n" in bare


def test_matches_are_highlighted_and_addresses_are_links():
    shown = on_terminal(examples.ANSWER, 200)
    assert re.search(r"\x1b\[[0-9;]+mastronaut\x1b\[0m", shown)
    assert "https://example.org/collins?a=1&b=2\x1b\\" in shown


def test_a_headline_that_matched_is_marked_and_not_repeated():
    headline = examples.Snippet(examples.ARTICLE_HIT.title, "title", ((0, 7),))
    answer = replace(examples.ANSWER, hits=(replace(examples.ARTICLE_HIT, snippet=headline),), facts=())
    assert plain(answer).count("Collins becomes first woman") == 1
    assert re.search(r"\x1b\[[0-9;]+mCollins\x1b\[0m", on_terminal(answer, 200))


def test_text_of_a_file_cannot_drive_the_terminal():
    shown = ESCAPES.sub("", on_terminal(examples.HOSTILE_ANSWER))
    assert not set(shown) & {"\x1b", "\x07", "\u202e", "\udcff"}


def test_no_colour_and_no_links_on_a_dumb_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "dumb")
    assert written(lines(examples.ANSWER), console_for(Terminal())) == plain(examples.ANSWER)


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://", ""),
        ("http://[bad", ""),
        ("photo\x1b.jpg", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_and_files_are_linked(target, link):
    assert href(target) == link


def test_a_path_links_to_the_file(tmp_path):
    file = tmp_path / "a photo #1.jpg"
    assert href(str(file)) == file.as_uri()


def test_a_drawn_picture_stands_below_its_title_as_it_is():
    console = Console(file=io.StringIO(), force_terminal=True, width=60, color_system="truecolor", highlight=False)
    drawn = "\x1b[38;2;1;2;3m▀▀\x1b[0m\n\x1b[38;2;4;5;6m▀▀\x1b[0m"
    shown = written(lines(examples.ANSWER, painter=lambda path: drawn if "collins" in path else ""), console)
    assert shown.count("▀") == 4
    assert "\n".join("    " + row for row in drawn.split("\n")) in shown


def test_brief_forms_name_hit_reason_and_sentence():
    console = console_for(io.StringIO())
    assert "looks like it #1 · words #3" in written(brief_answer(examples.ANSWER), console)
    assert "nothing found" in written(brief_answer(examples.NOTHING), console)
    assert "“Eileen Collins commanded" in written(brief_card(examples.CARD), console)


def test_something_unknown_is_refused():
    with pytest.raises(TypeError, match="cannot show a dict"):
        lines({})
    with pytest.raises(TypeError, match="list of str"):
        lines(["x"])


def test_an_article_is_drawn_by_its_first_photo():
    drawn = []
    lines(examples.EXPLAINED, painter=lambda path: drawn.append(path) or "")
    assert drawn == ["pictures/eileen collins.jpg"] * 2


def test_names_and_facts_that_are_like_one_are_counted():
    names = replace(examples.LIKE, hits=(), query="NASA", like=examples.NASA.id)
    facts = replace(examples.ANSWER, hits=(), query="A founded B", like=examples.COMMANDED.id)
    assert plain(names).startswith("Like “NASA”: 2 names")
    assert plain(facts).startswith("Like “A founded B”: 2 facts")
    assert plain(replace(names, entities=())).startswith("Like “NASA”: nothing found")
