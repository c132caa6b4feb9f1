"""A question that names no kind is answered with articles and with photos."""

import kgretrieval as kg


def test_articles_and_pictures_take_turns(sample_index):
    kinds = [hit.kind for hit in kg.open(sample_index).search("rocket launch", k=6).hits]
    assert [set(kinds[i : i + 2]) for i in (0, 2, 4)] == [{"article", "picture"}] * 3


def test_each_kind_keeps_its_own_order(sample_index):
    news = kg.open(sample_index)
    mixed = news.search("flood", k=12).hits
    for kind in ("article", "picture"):
        alone = [hit.id for hit in news.search("flood", kind=kind, k=12).hits]
        seen = [hit.id for hit in mixed if hit.kind == kind]
        assert seen == alone[: len(seen)]
