"""What is called a disagreement, and above all what is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.provenance.claims import Claims, Name
from kgretrieval.provenance.contexts import disagreements
from kgretrieval.store.picture_rows import PictureUse


def name(text):
    return Name(text, frozenset(text.lower().split()[-1:]), f"{text} is in it.")


def use(number, date="2020-05-01", *, caption="", persons=(), places=(), knows=(), dates=(), language="en", **more):
    row = PictureUse(f"u:{number}", "p:1", f"a:{number}", "", caption, date, date, "Alpha", "Title", "", language)
    own = [*map(name, persons)], [*map(name, places)], [*map(name, knows)]
    around = frozenset(key for names in own for one in names for key in one.keys)
    given = Claims(row, tuple(own[0]), tuple(own[1]), around, tuple((d, f"On {d}.") for d in dates), archive=False)
    return replace(given, **more)


def kinds(*claims, taken=None, stories=None):
    return [one.kind for one in disagreements(claims, taken or {}, stories)]


def test_other_places_and_persons():
    assert kinds(use(1, places=["Brazil"]), use(2, places=["Egypt"])) == ["place"]
    assert kinds(use(1, places=["Aleppo"]), use(2, places=["Mosul"])) == ["place"]
    assert kinds(use(1, persons=["Anna Keller"]), use(2, persons=["Maria Novak"])) == ["person"]


@pytest.mark.parametrize(
    "pair",
    [
        (use(1, places=["Brazil"]), use(2, places=["Aleppo"])),
        (use(1, places=["Brazil"]), use(2)),
        (use(1, places=["Brazil"]), use(2, places=["Egypt"], knows=["Brazil"])),
        (use(1, places=["Köln"]), use(2, places=["Cologne"], language="de")),
        (use(1, persons=["Angela Merkel"]), use(2, persons=["Merkel"])),
        (use(1, persons=["Angela Merkel"]), use(2, persons=["Emmanuel Macron"], knows=["Merkel"])),
        (use(1, places=["Brazil"], caption="A ship."), use(2, places=["Egypt"], caption="a  ship.")),
        (use(1, "2010", persons=["Angela Merkel"]), use(2, "2020", persons=["Angela Merkel"])),
        (use(1, "2010"), use(2, "2020", archive=True)),
        (use(1, "2010-05-03"), use(2, "2020-05-03", dates=["2010-05"])),
        (use(1, "2010"), use(2, "")),
        (use(1, "2020-05-01"), use(2, "2020-07-01")),
        (use(1, dates=["2020-04-28"]), use(2, dates=["2020-04-30"])),
        (use(1, "2020-05-01", dates=["2020-09-01"]), use(2, "2020-05-02")),
    ],
)
def test_these_go_together(pair):
    assert kinds(*pair) == kinds(*reversed(pair)) == []


def test_other_dates():
    assert kinds(use(1, "2010-05-01"), use(2, "2020-05-01")) == ["date"]
    assert kinds(use(1, dates=["2020-04-01"]), use(2, "2020-05-02", dates=["2020-04-20"])) == ["date"]
    later = use(2, "2020-06-01", dates=["2020-05-20"])
    assert "but it was used on 2020-05-01" in disagreements([use(1, "2020-05-01"), later], {})[0].words


def test_what_the_file_says():
    assert kinds(use(1, "2020-05-01"), taken={"p:1": "2021-01-05"}) == ["date"]
    assert kinds(use(1, "2020-05-01"), taken={"p:1": "2012-01-05"}) == ["date"]
    assert kinds(use(1, "2020-05-01"), taken={"p:1": "2020-04-29"}) == []


def test_nothing_is_said_within_a_story_or_an_article():
    pair = use(1, places=["Brazil"], persons=["Anna Keller"]), use(2, places=["Egypt"], persons=["Maria Novak"])
    assert kinds(*pair, stories={"a:1": "s:1", "a:2": "s:1"}) == []
    assert kinds(*pair, stories={"a:1": "s:1", "a:2": "s:2"}) == ["place", "person"]
    assert kinds(pair[0], replace(pair[1], use=replace(pair[1].use, article="a:1"))) == []


days = st.dates().map(str) | st.sampled_from(["", "2020", "2020-02", "2020-02-30", "soon", "2019/2020"])


@given(st.lists(st.tuples(days, days), max_size=4))
def test_any_dates_can_be_read_and_one_use_never_disagrees_with_itself(rows):
    claims = [use(i, date, dates=[stated] if stated else []) for i, (date, stated) in enumerate(rows)]
    assert set(kinds(*claims)) <= {"date"}
    for one in claims:
        assert kinds(replace(one, dates=())) == []
