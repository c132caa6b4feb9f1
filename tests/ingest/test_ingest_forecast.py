"""What is said before an ingest is near what comes."""

import kgretrieval as kg


def test_a_forecast_is_near_the_size_that_comes(sample, sample_index, tmp_path):
    found = kg.open_or_create(tmp_path / "index").forecast(sample)
    size = sum(kg.open(sample_index).stats().bytes.values())
    assert size / 1.5 < found.bytes < size * 1.5


def test_vectors_are_forecast_with_the_index_that_so_many_need(tmp_path, monkeypatch):
    articles = tmp_path / "articles.csv"
    rows = [f"Report {i},Reporter {i} saw the sea rise on the {i}th day." for i in range(510)]
    articles.write_text("\n".join(["title,text", *rows]))
    collection = kg.open_or_create(tmp_path / "index", extractors=("tags",))
    without = collection.forecast(articles).bytes
    monkeypatch.setattr("kgretrieval.index.factory.choose", lambda rows: "ivf" if rows > 300 else "exact")
    assert collection.forecast(articles).bytes > 1.1 * without
