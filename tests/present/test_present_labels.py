"""Labels with their reasons, as lines and on a page."""

from io import StringIO

from kgretrieval.classify.base import Reason
from kgretrieval.classify.head import Card
from kgretrieval.labelling.records import Sorted, SortReport, Trained
from kgretrieval.present.labels import pieces_of
from kgretrieval.present.labels_html import sorted_page
from kgretrieval.present.terminal import text
from kgretrieval.types import Document, Label

TEXT = "No <b>vote</b> today, the minister said."
VOTE = Reason("<b>vote", 3, 10, 1.5)
TODAY = Reason("today", 15, 20, -0.5)
ONE = Sorted(
    "a:3f9c21d0aa11",
    "section",
    "Politics",
    0.91,
    True,
    (("Politics", 0.91), ("Sport", 0.09)),
    "linear",
    "1",
    title="A <vote>\x1b[31m",
    text=TEXT,
    reasons=(VOTE, TODAY),
)
UNSURE = Sorted("line 2", "section", "Sport", 0.51, False, (("Sport", 0.51), ("Politics", 0.49)), "linear", "1")


def shown(thing):
    return text(thing, stream=StringIO())


def test_the_label_its_probability_and_what_moved_it():
    first, because, marked, second = shown([ONE, UNSURE]).splitlines()
    assert first == "a:3f9c21  Politics 91 % · Sport 9 %  A <vote> [31m"
    assert because.strip() == "because of <b>vote +1.50, today -0.50"
    assert marked.strip() == TEXT
    assert second.startswith("line 2  not sure: Sport 51 %")


def test_pieces_put_together_are_the_text_and_reasons_keep_their_weights():
    pieces = pieces_of(TEXT, [VOTE, TODAY, Reason("b", 4, 5, 0.1)])
    assert "".join(piece for piece, _ in pieces) == TEXT
    assert [weight for _, weight in pieces if weight] == [1.5, -0.5]


def test_of_a_long_text_the_part_with_the_strongest_reason_is_shown():
    long = f"{'word ' * 500}vote {'word ' * 500}"
    pieces = pieces_of(long, [Reason("vote", 2500, 2504, 2.0)], most=200)
    assert ("vote", 2.0) in pieces
    assert pieces[0][0] == "…"
    assert len("".join(piece for piece, _ in pieces)) < 220


def test_the_page_escapes_what_it_shows():
    page = sorted_page([ONE, UNSURE], title="<Labels>")
    assert "&lt;b&gt;vote</mark>&lt;/b&gt; " in page
    assert "<b>" not in page
    assert "<vote>" not in page
    assert "not sure: Sport 51 %" in page


def test_labels_of_a_document_stand_with_it():
    labels = (
        Label("section", "Sport", 1.0, "person"),
        Label("towards", "negative", 0.8, "towards", start=0, end=1, field="text", text="Merkel"),
        Label("towards", "positive", 0.4, "towards", sure=False, start=5, end=6, field="text", text="Scholz"),
    )
    rows = shown(Document("a:3f9c21d0aa11", "article", "A title", labels=labels)).splitlines()
    assert "section  Sport (a person)" in rows
    assert "towards  Merkel: negative 80 %; Scholz: not sure: positive 40 %" in rows


def test_a_card_says_how_good_a_model_is_and_when_it_abstains():
    measures = {"accuracy": 0.9, "macro_f1": 0.85, "held_out": 40.0, "sure": 0.5, "sure_precision": 0.98}
    card = Card("section", "linear", ("a", "b"), examples={"a": 30, "b": 10}, measures=measures, level=0.7)
    rows = shown(Trained(card, "x.safetensors", "abc", 1500, 2.0))
    assert "40: a 30, b 10" in rows
    assert "accuracy 0.900 · macro F1 0.850 on 40 held-out examples" in rows
    assert "a probability of 0.70 on, which 50 % of them reach with 98 % right" in rows


def test_a_sorted_collection_in_figures():
    rows = shown(SortReport("section", "1", 5, 3, 0.5, {"a": 3, "b": 1}, unsure=1)).splitlines()
    assert rows[0].startswith("5 documents sorted, 3 up to date")
    assert rows[-1].strip() == "not sure of 1"
