"""Facts, timelines and matches as text: what is no assertion, and what is disputed, can be seen."""

import io
from dataclasses import replace

import present_examples as examples
import pytest

from kgretrieval.graph.records import Bound, FactList, Happening, Match, MatchList, Timeline
from kgretrieval.present.html import entity_html
from kgretrieval.present.jsonl import plain
from kgretrieval.present.svg import graph_svg
from kgretrieval.present.terminal import text

SAID = replace(examples.SECOND, attributed_to="the agency", time="1999-07/1999-08", place="Florida")
BACKED = replace(
    examples.COMMANDED,
    sources=2,
    independent=2,
    time="1999-07-23",
    typed=True,
    confirmed=True,
    disputed_by=("f:9999cc00",),
)
DENIED = replace(
    BACKED,
    id="f:9999cc00",
    modality="denied",
    confirmed=False,
    time="",
    evidence=(SAID,),
    sources=1,
    independent=1,
    disputed_by=(BACKED.id,),
)
ALONE = replace(examples.NEGATED, modality="alleged", sources=1, independent=1, first_seen="1999", last_seen="1999")
LIST = FactList((BACKED, DENIED, ALONE), 12, examples.COLLINS, "2000-01")
HAPPENINGS = (
    Happening("1999-07-23", True, "fact", "Eileen Collins", "command", "Columbia", (examples.SENTENCE, SAID), "f:01"),
    Happening(
        "1999-07-24", False, "frame", "NASA", "delayed", "the launch", (SAID,), negated=True, roles={"ARG0": "NASA"}
    ),
    Happening("", False, "fact", "Eileen Collins", "fly", "", (examples.SECOND,), "f:02", modality="possible"),
)
TIMELINE = Timeline(examples.COLLINS, HAPPENINGS)
BINDINGS = {
    "p": Bound("Eileen Collins", examples.COLLINS.id, "person"),
    "t": Bound("the space shuttle Columbia", "", "text"),
}
MATCHES = MatchList("(?p)-[command]->(?t)", (Match(BINDINGS, (BACKED,)),), 3)
PLAIN = {
    "facts": LIST,
    "facts_none": FactList((), 0),
    "fact_disputed": BACKED,
    "timeline": TIMELINE,
    "timeline_none": Timeline(examples.COLLINS, ()),
    "matches": MATCHES,
    "matches_none": MatchList("(?p)-[x]->(?t)", (), 0),
}


def shown(thing) -> str:
    return text(thing, stream=io.StringIO())


@pytest.mark.parametrize("name", PLAIN)
def test_plain_text_is_as_agreed(name, golden):
    golden(f"{name}.txt", shown(PLAIN[name]))


def test_both_sides_of_a_dispute_stand_together_each_with_its_own_source():
    first, second = shown(LIST).split("but also\n")
    assert "Space Desk" in first
    assert "—[denied: command]→" in second.splitlines()[0]
    assert "Wire · according to the agency" in second
    assert "happened 1999-07 to 1999-08 in Florida" in second


@pytest.mark.parametrize(
    ("modality", "negated", "words"),
    [
        ("denied", False, "denied: command"),
        ("alleged", True, "allegedly not command"),
        ("possible", False, "possibly command"),
    ],
)
def test_what_is_no_assertion_is_shown_as_such_everywhere(modality, negated, words):
    import networkx

    fact = replace(BACKED, modality=modality, negated=negated)
    card = replace(examples.CARD, facts=(fact,))
    assert f"—[{words}]→" in shown(fact)
    assert f"—[{words}]→" in shown(card)
    assert f"—[{words}]→" in shown(replace(examples.ANSWER, facts=(fact,)))
    assert f'<i class="kg-unsure">{words}</i>' in entity_html(card)
    assert plain(fact)["modality"] == modality
    graph = networkx.MultiDiGraph()
    graph.add_edge("e:1", "e:2", "f:1", kind="fact", predicate="command", modality=modality, negated=negated)
    assert words in graph_svg(graph)


def test_a_card_says_who_confirmed_what_and_why_a_picture_is_there():
    known = replace(examples.COLLINS, confirmed=True, wikidata="Q230196")
    picture = replace(examples.PICTURE_HIT, reason="caption names it")
    card = replace(examples.CARD, entity=known, pictures=(picture,), facts=(BACKED,))
    words = shown(card)
    assert "person · confirmed · Q230196 · 3 articles" in words
    assert "NASA · caption names it · pictures/" in words
    assert "2 sources of 2 publishers · confirmed · disputed · and 1 more sentence: kg show" in words
    assert "person · extracted · 3 articles" in shown(examples.CARD)
    page = entity_html(card)
    assert "caption names it" in page
    assert "confirmed · disputed" in page
