"""Tables as spreadsheets, pandas and data sets write them."""

import gzip

import pytest


def test_csv(desk):
    desk.picture("img/1.jpg")
    header = ("Headline", "Body", "Published", "Image", "Tags")
    desk.csv("a.csv", header, ('He said "no", twice', "One\nTwo", "July 17, 2023", "img/1.jpg", "['a', 'b c']"))
    article = desk.one()
    assert (article.title, article.text) == ('He said "no", twice', "One\nTwo")
    assert (article.date, article.tags, len(article.pictures)) == ("2023-07-17", ("a", "b c"), 1)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_separator(desk, mark):
    desk.csv("a.csv", ("title", "text", "id"), ("T", f"x{mark}y", "7"), delimiter=mark)
    assert (desk.one().title, desk.one().extra["id"]) == ("T", "7")
    assert desk.one().text == f"x{mark}y".strip()


def test_lines_are_counted_through_cells_with_line_ends(desk):
    path = desk.csv("a.csv", ("title", "text"), ("A", "1\n2\n3"), ("", ""), ("C", "x"))
    first, empty, last = desk.read()
    assert (first.key, empty.where, last.key) == (f"{path}#2", f"{path}:5", f"{path}#6")


def test_a_row_that_does_not_fit_is_skipped(desk):
    path = desk.write("a.csv", "title,text\nA,b,c\nD\nE,f\nG,h,,\n")
    wide, short, good, padded = desk.read()
    assert (wide.where, short.where) == (f"{path}:2", f"{path}:3")
    assert "3 columns where the header has 2" in wide.reason
    assert (good.title, padded.title) == ("E", "G")


def test_a_quote_left_open_does_not_swallow_the_table(desk, articles, skipped):
    rows = "".join(f"T{n},{'text ' * 50}\n" for n in range(9000))
    desk.write("a.csv", f'title,text\nA,"open\n{rows}')
    items = desk.read()
    assert len(articles(items)) > 4000
    assert "is a quote left open?" in skipped(items)[0].reason


def test_cells_that_hold_nothing(desk):
    desk.csv("a.csv", ("title", "text", "author", "date"), ("T", "nan", "None", "NULL"))
    article = desk.one()
    assert (article.text, article.author, article.date, article.extra) == ("", "", "", {})


def test_a_table_of_something_else(desk):
    path = desk.csv("prices.csv", ("day", "price"), ("1", "2"), ("2", "3"))
    item = desk.one()
    assert item.where == str(path)
    assert "day, price" in item.reason
    assert "--field" in item.reason
    assert desk.read(path, fields={"text": "price"})[0].text == "2"


def test_tsv_without_quoting_keeps_its_quotes(desk):
    desk.write("a.tsv", 'title\ttext\n"No" he said\tx\n"Odd start\ty\nC\t"Odd end\nD\tz\n')
    assert [(a.title, a.text) for a in desk.read()] == [
        ('"No" he said', "x"),
        ('"Odd start', "y"),
        ("C", '"Odd end'),
        ("D", "z"),
    ]


def test_tsv_with_quoting(desk):
    desk.csv("a.tsv", ("title", "text"), ('Say "no"', "One\nTwo"), ("B", "x"), delimiter="\t")
    assert [(a.title, a.text) for a in desk.read()] == [('Say "no"', "One\nTwo"), ("B", "x")]


def test_a_packed_table_with_a_mark(desk):
    desk.write("a.csv.gz", gzip.compress("title,text\nKöln,x\n".encode("utf-8-sig")))
    assert desk.one().title == "Köln"


def test_rows_of_one_picture_are_one_picture(desk):
    for name in "ab":
        desk.picture(f"Images/{name}.jpg")
    desk.csv(
        "captions.csv", ("image", "caption"), ("a.jpg", "one"), ("a.jpg", "two"), ("b.jpg", "three"), ("a.jpg", "four")
    )
    items = desk.read()
    assert [item.captions for item in items] == [("one", "two"), ("three",), ("four",)]
    assert items[2].key == f"{items[0].path}#2"
