"""Given tags as mentions."""

from kgretrieval.extractors.tags import Tags
from kgretrieval.types import TextPart


def mentions(*parts):
    return Tags().extract([parts])[0].mentions


def test_typed_tags_are_certain():
    part = TextPart("tags", "Angela Merkel\nfootball", "de", {"Angela Merkel": "person"})
    merkel, football = mentions(part)
    assert (merkel.text, merkel.type, merkel.origin, merkel.confidence) == ("Angela Merkel", "person", "tag", 1.0)
    assert (football.type, football.confidence) == ("misc", 0.5)
    assert {(m.start, m.end, m.field, m.extractor) for m in (merkel, football)} == {(-1, -1, "tags", "tags")}


def test_blank_and_repeated_lines_give_nothing_more():
    assert [m.text for m in mentions(TextPart("tags", " köln \n\nköln\n"))] == ["köln"]


def test_running_text_holds_no_tags():
    assert mentions(TextPart("text", "köln"), TextPart("title", "köln")) == ()


def test_each_document_gets_its_own():
    found = Tags().extract([[TextPart("tags", "a")], [], [TextPart("tags", "b")]])
    assert [[m.text for m in extraction.mentions] for extraction in found] == [["a"], [], ["b"]]
