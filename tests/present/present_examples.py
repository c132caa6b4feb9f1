"""Records made by hand, as a collection would give them."""

from dataclasses import replace

from kgretrieval.types import (
    Answer,
    Document,
    Entity,
    EntityCard,
    Evidence,
    Explanation,
    Facet,
    Fact,
    Forecast,
    Found,
    Hit,
    HitLabel,
    IngestReport,
    Linked,
    MatchedEntity,
    MatchedTerm,
    ModelInfo,
    Neighbour,
    Skipped,
    Snippet,
    Stats,
    Step,
    Understanding,
    Waypoint,
)

COLLINS = Entity("e:11aa22bb33", "Eileen Collins", "person", ("Eileen Collins", "Collins"), 3, 1, 9)
NASA = Entity("e:11aa22cc44", "NASA", "organisation", ("NASA",), 5, 0, 12)
MIR = Entity("e:77dd88ee99", "Mir", "misc", ("Mir", "和平号"), 1, 0, 4)

SENTENCE = Evidence(
    relation="r:0101010101",
    document="a:3f9c21d0e5",
    field="text",
    start=0,
    end=62,
    sentence="Eileen Collins commanded the space shuttle Columbia on Friday.",
    title="Collins becomes first woman to command a shuttle",
    date="1999-07-23",
    source="Space Desk",
    extractor="relations",
    confidence=0.8,
)
SECOND = Evidence(
    relation="r:0202020202",
    document="a:90ab12cd34",
    field="caption",
    start=0,
    end=33,
    sentence="Commander Collins leads Columbia.",
    title="",
    date="1999-07-24",
    source="Wire",
    extractor="relations",
    confidence=0.6,
)
COMMANDED = Fact(
    id="f:5555aaaa66",
    subject_id=COLLINS.id,
    subject="Eileen Collins",
    predicate="command",
    object_id="",
    object="the space shuttle Columbia",
    confidence=0.92,
    negated=False,
    first_seen="1999-07-23",
    last_seen="1999-07-24",
    evidence=(SENTENCE, SECOND),
)
NEGATED = Fact("f:7777bbbb88", NASA.id, "NASA", "confirm", MIR.id, "Mir", 0.5, True, "", "", (SECOND,))

PORTRAIT = "Official portrait of astronaut Eileen Collins in the orange suit."
PICTURE_HIT = Hit(
    rank=1,
    id="p:3f9c21aa00",
    kind="picture",
    score=0.031,
    title="Astronaut Eileen Collins in an orange suit",
    date="1999-06-18",
    source="NASA",
    language="en",
    path="pictures/eileen collins.jpg",
    credit="NASA",
    snippet=Snippet(
        "Official portrait of astronaut Eileen Collins in the orange suit.", "caption", ((21, 30), (53, 64))
    ),
    found_by=(Found("words", 3, 7.1), Found("looks_like", 1, 0.31)),
    articles=("a:3f9c21d0e5",),
)
ARTICLE_HIT = Hit(
    rank=2,
    id="a:3f9c21d0e5",
    kind="article",
    score=0.02,
    title="Collins becomes first woman to command a shuttle",
    date="1999-07-23",
    source="Space Desk",
    language="en",
    url="https://example.org/collins?a=1&b=2",
    snippet=Snippet("Eileen Collins commanded the space shuttle Columbia on Friday.", "text", ((0, 14),)),
    found_by=(Found("names", 2, 1.0),),
    pictures=("p:3f9c21aa00",),
)
CHINESE_HIT = Hit(
    rank=3,
    id="a:3f9c21ffff",
    kind="article",
    score=0.01,
    title="航天飞机哥伦比亚号升空",
    date="1999-07",
    source="新闻社",
    language="zh",
    url="https://example.org/zh",
    snippet=Snippet("艾琳·柯林斯成为第一位女性航天飞机指令长。", "text", ((0, 6),)),
    found_by=(Found("reads_like", 4, 0.4),),
)
ANSWER = Answer(
    query="astronaut in an orange suit",
    hits=(PICTURE_HIT, ARTICLE_HIT, CHINESE_HIT),
    entities=(COLLINS, NASA),
    facts=(COMMANDED, NEGATED),
    notes=("“orang” was read as “orange”.",),
    seconds=0.012,
    generation=3,
)
#: The same with everything that can come with it.
WHY = Explanation(
    terms=(MatchedTerm("astronauts", "astronaut", 4.2), MatchedTerm("suit", "suit", 1.1)),
    entities=(MatchedEntity(COLLINS.id, COLLINS.name, "named", 4), MatchedEntity(NASA.id, NASA.name, "near", 1)),
    path=(
        Waypoint(COLLINS.id, COLLINS.name),
        Waypoint(NASA.id, NASA.name, "fact"),
        Waypoint("a:3f9c21d0e5", "Collins becomes first woman to command a shuttle", "mentions"),
        Waypoint(PICTURE_HIT.id, PICTURE_HIT.title, "illustrates"),
    ),
)
EXPLAINED = replace(
    ANSWER,
    query='"astronauts" in a suit^2 Colins -dog',
    hits=(
        replace(
            PICTURE_HIT,
            score=0.32,
            found_by=(Found("words", 3, 7.1, 0.2), Found("looks_like", 1, 0.31, 0.12)),
            alike=("p:1111", "p:2222"),
            explanation=WHY,
        ),
        replace(
            ARTICLE_HIT,
            photo="pictures/eileen collins.jpg",
            alike=("a:1111",),
            labels=(HitLabel("sentiment", "nothing", 0.9), HitLabel("topic", "science", 0.97)),
            explanation=Explanation(),
        ),
    ),
    understood=Understanding(
        names=(
            Linked("Colins", COLLINS.id, "Eileen Collins", "fuzzy"),
            Linked("the agency", NASA.id, "NASA", "alias"),
        ),
        phrases=("astronauts",),
        excluded=("dog",),
        weights=(("suit", 2.0),),
        looks_like="astronauts in a suit, a woman",
    ),
    facets=(
        Facet("kind", (("picture", 12), ("article", 3))),
        Facet("source", (("Space Desk", 9), ("新闻社", 1))),
        Facet("person", (("Eileen Collins", 4),)),
    ),
    as_of="1999-08",
)
LIKE = replace(EXPLAINED, query=ARTICLE_HIT.title, like=ARTICLE_HIT.id, understood=None, facets=(), facts=(), as_of="")
NOTHING = Answer(query="zzz", notes=("No word of the query is in the collection.",), seconds=0.001)

#: What an unfriendly file could hold: markup, escapes of a terminal, an override of the reading direction.
HOSTILE = "<script>alert('x')</script>\x1b[2J\x1b]0;owned\x07\u202etxt \udcff\n& \"quoted\""
HOSTILE_HIT = Hit(
    rank=1,
    id="a:00000000ff",
    kind="article",
    score=0.1,
    title=HOSTILE,
    source=HOSTILE,
    date=HOSTILE,
    language='en" onload="x',
    url="javascript:alert(1)",
    path="",
    credit=HOSTILE,
    snippet=Snippet(HOSTILE, "text", ((0, 8), (4, 400))),
    found_by=(Found("<b>", 1, 0.0),),
)
HOSTILE_ANSWER = Answer(
    query=HOSTILE,
    image=HOSTILE,
    hits=(HOSTILE_HIT,),
    entities=(Entity("e:0000000001", HOSTILE, "misc", (HOSTILE,)),),
    facts=(Fact("f:01", "", HOSTILE, HOSTILE, "", HOSTILE, 1.0, False, HOSTILE, HOSTILE, (SENTENCE,)),),
    notes=(HOSTILE,),
)

CARD = EntityCard(
    entity=COLLINS,
    facts=(COMMANDED,),
    neighbours=(Neighbour(NASA, 2, 3), Neighbour(MIR, 0, 1)),
    articles=(ARTICLE_HIT,),
    pictures=(PICTURE_HIT,),
    others=(Entity("e:4444444444", "Michael Collins", "person", (), 1, 0, 2),),
)
STEPS = (
    Step(COLLINS, NASA, "fact", "work for", SENTENCE),
    Step(NASA, MIR, "co_mention", "", SECOND),
)
DOCUMENT = Document(
    id="p:3f9c21aa00bbccdd",
    kind="picture",
    title="Astronaut Eileen Collins",
    captions=("Official portrait.", "Collins in 1999."),
    path="pictures/collins.jpg",
    source="NASA",
    date="1999-06-18",
    language="en",
    tags=("portrait", "space"),
    credit="NASA",
    rights="public domain",
    origin="pictures/collins.jpg",
    sha256="ab" * 32,
    width=512,
    height=640,
    articles=("a:3f9c21d0e5", "a:3f9c21d0ff"),
)
ARTICLE = Document(
    id="a:3f9c21d0e5", kind="article", title="A title", text="First paragraph.\n\nSecond one.", author="B. C."
)
SKIPPED = (
    *(Skipped(f"photos/{n}.jpg", "it is no picture that can be read: the file is empty") for n in range(5)),
    Skipped("news.jsonl:7", "line 7 is no JSON object"),
)
REPORT = IngestReport(
    read=1204,
    added=1100,
    updated=4,
    unchanged=100,
    removed=2,
    pictures=310,
    skipped=SKIPPED,
    seconds=83.4,
    stages={"embed pictures": 40.2, "store": 3.1, "index": 0.8, "copy pictures": 0.0004},
)
FORECAST = Forecast(articles=900, pictures=1, unchanged=12, seconds=3700, bytes=12_345_678, skipped=SKIPPED[5:])
STATS = Stats(
    path="indexes/news",
    generation=7,
    counts={"article": 1204, "picture": 310, "entity": 4000, "fact": 2100},
    encoder="mini",
    weights_hash="0123456789abcdef" * 4,
    spaces={"picture": 256, "text": 256},
    index={
        "picture": {"kind": "ivf", "rows": 421_309, "recall_picture_queries": 0.995, "recall_text_queries": 0.9938},
        "text": {"kind": "exact", "rows": 12_000},
    },
    languages={"en": 1000, "de": 200, "": 4},
    sources={f"source {n}": 100 - n for n in range(10)},
    first_date="1995-02-06",
    last_date="2024-05",
    bytes={"database": 9_000_000, "vectors": 512, "pictures": 0},
    graph_hash="feedbeef",
)
MODELS = [
    ModelInfo("mini", "embedded", "ready", 12_000_000, {"picture": 256, "text": 256}, "Apache-2.0", ""),
    ModelInfo("openclip:ViT-B-32/laion2b_s34b_b79k", "open_clip", "weights missing", note="needs a download"),
]
