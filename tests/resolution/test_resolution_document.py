from kgretrieval.resolution.document import Annotated, resolve
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


def entities(rows):
    return {row.mention.start: row.entity for row in rows}


def test_a_surname_means_the_person_named_in_full():
    rows, _ = resolve([part([MERKEL, MACRON, SHORT])])
    assert entities(rows)[SHORT.start] == entities(rows)[MERKEL.start] != entities(rows)[MACRON.start]


def test_a_surname_of_two_people_stays_alone():
    text = "Joachim Merkel and Angela Merkel. Merkel left."
    found = [mention(n, text=text) for n in ("Joachim Merkel", "Angela Merkel")] + [mention("Merkel", nth=2, text=text)]
    rows, _ = resolve([part(found)])
    assert len({row.entity for row in rows}) == 3


def test_a_caption_shares_its_article_names():
    caption = Mention("caption", 0, 6, "Merkel", "person", "caption", "tagger")
    rows, _ = resolve([part([MERKEL]), part([caption], holder="u:1", document="p:1")])
    assert rows[0].entity == rows[1].entity
    assert rows[1].document == "p:1"


def test_every_mention_knows_its_sentence():
    rows, _ = resolve([part([MERKEL, SHORT])])
    assert [(row.sentence_start, row.sentence_end) for row in rows] == SENTENCES["text"]


def test_a_relation_joins_the_entities_at_its_heads():
    rows, relations = resolve([part([MERKEL, MACRON], [relation(MERKEL, "met", MACRON)])])
    (found,) = relations
    assert (found.subject_entity, found.object_entity) == (rows[0].entity, rows[1].entity)


def test_a_name_inside_a_phrase_is_not_what_the_phrase_is_about():
    # "the mayor of Paris": the head is "mayor", so the relation is not about Paris.
    odd = relation(PARIS, "met", MACRON, subject_head=PARIS.start - 3)
    _, relations = resolve([part([PARIS, MACRON], [odd])])
    assert [r.subject_entity for r in relations] == [""]


def test_relations_without_an_entity_or_with_itself_are_dropped():
    _, relations = resolve(
        [part([], [relation(MERKEL, "met", MACRON)]), part([MERKEL], [relation(MERKEL, "is", MERKEL)])]
    )
    assert relations == []


def test_the_order_of_mentions_does_not_matter():
    one, _ = resolve([part([MERKEL, MACRON, SHORT])])
    other, _ = resolve([part([SHORT, MACRON, MERKEL])])
    assert entities(one) == entities(other)


def test_a_denied_fact_is_another_fact():
    said = relation(MERKEL, "met", MACRON)
    denied = relation(MERKEL, "met", MACRON, negated=True, start=44, end=65)
    _, relations = resolve([part([MERKEL, MACRON], [said, denied])])
    assert len({r.fact for r in relations}) == len(relations)
