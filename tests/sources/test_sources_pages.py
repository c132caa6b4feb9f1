"""Saved pages and Markdown."""

import subprocess
import sys

from kgretrieval.types import Article

BODY = "".join(
    f"<p>The river rose {n} metres in the night and flooded the old town of Ahrweiler.</p>" for n in range(12)
)
PAGE = f"""<!DOCTYPE html><html lang="de"><head><title>Flood hits town | Daily</title>
<meta property="og:image" content="https://cdn.example/2023/lead.jpg">
<meta property="og:site_name" content="Daily News"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2023-07-17T10:00:00Z">
<link rel="canonical" href="https://daily.example/flood"><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Flood hits town</h1>
<figure><img src="page_files/street%20one.jpg" alt="alt text">
<figcaption>Water in the <b>street</b></figcaption></figure>
<img src="page_files/icon.png" alt="share"><img src="https://cdn.example/far.jpg">
{BODY}</article><script>track("reader")</script><footer>Imprint and cookies</footer></body></html>"""


def saved_page(desk):
    desk.picture("page_files/street one.jpg")
    desk.picture("page_files/icon.png", size=(16, 16))
    desk.picture("page_files/lead.jpg")
    return desk.write("page.html", PAGE)


def test_a_saved_page(desk):
    saved_page(desk)
    article = desk.one()
    assert (article.title, article.url, article.key) == ("Flood hits town", *["https://daily.example/flood"] * 2)
    assert (article.source, article.author, article.language) == ("Daily News", "Jane Doe", "de")
    assert article.date == "2023-07-17"
    assert article.text.startswith("The river rose 0 metres")
    assert article.text.count("\n") == 11
    assert not any(word in article.text for word in ("Home", "Imprint", "track", "color", "<"))


def test_pictures_of_a_page(desk):
    saved_page(desk)
    pictures = desk.one().pictures
    assert [p.path.rpartition("/")[2] for p in pictures] == ["street one.jpg", "lead.jpg"]
    assert [p.captions for p in pictures] == [("Water in the street",), ()]


def test_a_page_without_an_article_is_skipped(desk):
    desk.write("a.html", "<html><body></body></html>")
    desk.write("b.html", "")
    desk.write("c.html", bytes(range(256)))
    assert ["no article" in item.reason for item in desk.read()] == [True] * 3


def test_reading_a_page_prints_nothing(desk):
    desk.write("empty.html", "")
    saved_page(desk)
    # In a process of its own: pytest takes the library's log records before they would be printed.
    code = "import sys; from kgretrieval.sources import read; list(read(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", code, desk.folder], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_page_has_the_same_date_whenever_it_is_read(desk):
    desk.write("a.html", f"<html><body><article><h1>No date</h1>{BODY}</article><p>© 2024</p></body></html>")
    assert desk.one().date == ""


MARKDOWN = """---
title: "Flood in town"
date: 17 July 2023
author: Jane Doe
tags: [flood, 'rescue team']
persons:
  - Ana Núñez
language: en
---
# Flood in town

The **river** rose, says [the mayor](https://x.example/mayor).

![Water in the street](img/a.jpg "A title")

## Later

- Help came from `Köln`.
> Nobody was *hurt*, and snake_case_names stay.
"""


def test_markdown_with_front_matter(desk):
    picture = desk.picture("img/a.jpg")
    desk.write("flood.md", MARKDOWN)
    article = desk.one()
    assert (article.title, article.author, article.date) == ("Flood in town", "Jane Doe", "2023-07-17")
    assert (article.tags, article.tag_types) == (("flood", "rescue team", "Ana Núñez"), {"Ana Núñez": "person"})
    assert [(p.path, p.captions) for p in article.pictures] == [(str(picture), ("Water in the street",))]
    assert article.text == (
        "The river rose, says the mayor.\n\nLater\n\nHelp came from Köln.\nNobody was hurt, and snake_case_names stay."
    )


def test_markdown_without_front_matter(desk):
    desk.picture("a.jpg")
    desk.write("a.md", "Intro first.\n\n# The heading #\n\nText. ![far](https://x.example/p.png) ![gone](gone.png)\n")
    article, missing = desk.read()
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("The heading", "Intro first.\n\nText.")
    assert article.extra == {"image_url": "https://x.example/p.png"}
    assert [p.path for p in article.pictures] == [str(desk.folder / "a.jpg")]
    assert "gone.png" in missing.reason
