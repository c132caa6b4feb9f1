"""Markup goes, text stays; what cannot be stored goes, what can be read stays."""

import time
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgretrieval.text.clean import fold, strip_html, tidy, visible_pieces

TAGS = "<p> </p> <br/> <b> </b> <script> </script> <!-- --> < > & &amp; &lt; &x; a \" '".split()
TAGS += ['<a href="x>y">', " b ", "\n"]
markup = st.lists(st.sampled_from(TAGS), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>Rock &amp; roll</p>\n<p>is <b>he</b>re</p>", "Rock & roll\n\nis here"),
        ("One<br>two<br />three", "One\ntwo\nthree"),
        ("<style>p {a: b}</style>Seen<script>if (a < b) {}</script> too", "Seen too"),
        ("<!-- not\nthis -->this", "this"),
        ("<script>no</script>one <!-- no --><script>no</script>two<!-- no -->", "one two"),
        ("<!DOCTYPE html><html><head><title>T</title></head><body>B</body></html>", "T\n\nB"),
        ('<a title="a > b" href=x>link</a>', "link"),
        ("caf&eacute; &#8364;5 &#x20AC;6 &nbsp;x", "café €5 €6 \xa0x"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<SCRIPT type='x'>no</SCRIPT >yes", "yes"),
        ("Line one <i>is</i>\n\nline two", "Line one is\n\nline two"),
    ],
)
def test_markup_goes(page, seen):
    assert strip_html(page) == seen


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "x <y and z> 1",
        "AT&T & co",
        "a&b;",
        "1 <2> 3",
        "  two\n\n lines ",
        "<3 this",
        "&unknown; &",
        "Tom <tom@x.org>",
        "",
    ],
)
def test_text_without_markup_comes_back(text):
    assert strip_html(text) == text


def test_an_unclosed_script_does_not_swallow_the_text():
    assert strip_html("before <script> after") == "before  after"


@given(text=markup | st.text())
@settings(deadline=None)
def test_visible_pieces_lie_in_order_and_are_what_they_say(text):
    position = 0
    for piece in visible_pieces(text):
        assert position <= piece.start <= piece.end
        assert not piece.exact or text[piece.start : piece.end] == piece.text
        position = piece.end


@pytest.mark.parametrize("attack", ["<script>", '<a "', "<!--", "&", "<a '<", "<p ", "</", "<p a='"])
def test_long_broken_markup_takes_no_long_time(attack):
    begin = time.process_time()
    strip_html(attack * 20_000)
    assert time.process_time() - begin < 2


@given(text=st.text(st.characters(exclude_categories=())))
def test_tidy_text_is_nfc_fits_into_xml_and_stays_tidy(text):
    neat = tidy(text)
    assert tidy(neat) == neat == unicodedata.normalize("NFC", neat)
    element = ElementTree.Element("a")
    element.text = neat
    read = ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8"))
    assert (read.text or "") == neat


@pytest.mark.parametrize(
    ("rough", "neat"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("10\xa0000\u202f€", "10 000 €"),
        ("\ufeffDonau\xaddampf\u200bschiff", "Donaudampfschiff"),
        ("e\u0301\x00\x08", "é"),
        ("a\ud800b\uffff", "ab"),
        ("tab\tand 北京　。👩\u200d🚀", "tab\tand 北京　。👩\u200d🚀"),
    ],
)
def test_tidy(rough, neat):
    assert tidy(rough) == neat


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MÜLLER", "muller"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("O’Neill", "o'neill"),
        ("ＡＢＣ", "abc"),
        ("Beyonce\u0301", "beyoncé"),
    ],
)
def test_fold_makes_spellings_of_a_name_equal(one, other):
    assert fold(one) == fold(other)


@given(text=st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
