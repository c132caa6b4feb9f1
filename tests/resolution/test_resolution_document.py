from kgretrieval.resolution.document import Annotated, resolve
from kgretrieval.store.annotations import _values
from kgretrieval.types import Mention, Relation

TEXT = "Angela Merkel met Emmanuel Macron in Paris. Merkel praised Paris."
SENTENCES = {"text": [(0, 43), (44, 65)]}


def mention(name, kind="person", nth=0, field="text", text=TEXT):
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return Mention(field, start, start + len(name), name, kind, "article", "tagger")


MERKEL, MACRON, PARIS = mention("Angela Merkel"), mention("Emmanuel Macron"), mention("Paris", "place")
SHORT = mention("Merkel", nth=1)


def part(mentions, relations=(), holder="a:1", document="a:1"):
    return Annotated(holder, document, mentions, relations, SENTENCES)


def relation(subject, predicate, object_, **changes):
    values = {"field": "text", "start": 0, "end": 43, "subject": subject.text, "subject_start": subject.start}
    values |= {"subject_end": subject.end, "subject_head": subject.start, "predicate": predicate}
    values |= {"object": object_.text, "object_start": object_.start, "object_end": object_.end}
    values |= {"object_head": object_.start, "extractor": "relations"}
    return Relation(**(values | changes))


def resolved_mentions(parts):
    return resolve(parts).mentions


def stated(one):
    """Return the facts of what one part states, as the collection has them."""
    rows = _values(resolve([one]))["relation"]
    return [row[1] for row in rows if row[1]]


def entities(rows):
    return {row.mention.start: row.name for row in rows}


def test_a_surname_means_the_person_named_in_full():
    rows = resolved_mentions([part([MERKEL, MACRON, SHORT])])
    assert entities(rows)[SHORT.start] == entities(rows)[MERKEL.start] != entities(rows)[MACRON.start]


def test_a_surname_of_two_people_stays_alone():
    text = "Joachim Merkel and Angela Merkel. Merkel left."
    found = [mention(n, text=text) for n in ("Joachim Merkel", "Angela Merkel")] + [mention("Merkel", nth=2, text=text)]
    rows = resolved_mentions([part(found)])
    assert len({row.name for row in rows}) == 3


def test_a_caption_shares_its_article_names():
    caption = Mention("caption", 0, 6, "Merkel", "person", "caption", "tagger")
    rows = resolved_mentions([part([MERKEL]), part([caption], holder="u:1", document="p:1")])
    assert rows[0].name == rows[1].name
    assert rows[1].document == "p:1"


def test_every_mention_knows_its_sentence():
    rows = resolved_mentions([part([MERKEL, SHORT])])
    assert [(row.sentence_start, row.sentence_end) for row in rows] == SENTENCES["text"]


def test_a_relation_joins_the_entities_at_its_heads():
    found = resolve([part([MERKEL, MACRON], [relation(MERKEL, "met", MACRON)])])
    rows = found.mentions
    (found,) = found.relations
    assert (found.subject_name, found.object_name) == (rows[0].name, rows[1].name)


def test_a_name_inside_a_phrase_is_not_what_the_phrase_is_about():
    # "the mayor of Paris": the head is "mayor", so the relation is not about Paris.
    odd = relation(PARIS, "met", MACRON, subject_head=PARIS.start - 3)
    relations = resolve([part([PARIS, MACRON], [odd])]).relations
    assert [r.subject_name for r in relations] == [""]


def test_relations_without_an_entity_or_with_itself_state_no_fact():
    nobody, herself = part([], [relation(MERKEL, "met", MACRON)]), part([MERKEL], [relation(MERKEL, "is", MERKEL)])
    assert [fact for bundle in (nobody, herself) for fact in stated(bundle)] == []


def test_the_order_of_mentions_does_not_matter():
    one = resolved_mentions([part([MERKEL, MACRON, SHORT])])
    other = resolved_mentions([part([SHORT, MACRON, MERKEL])])
    assert entities(one) == entities(other)


def test_a_denied_fact_is_another_fact():
    said = relation(MERKEL, "met", MACRON)
    denied = relation(MERKEL, "met", MACRON, negated=True, start=44, end=65)
    relations = resolve([part([MERKEL, MACRON], [said, denied])]).relations
    assert len(set(stated(part([MERKEL, MACRON], [said, denied])))) == len(relations)
