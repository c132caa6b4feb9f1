"""Ctrl-C behind the last batch leaves a sound collection, and the next run does what is left."""

import json

import pytest

import kgretrieval as kg
from kgretrieval.types import Progress


def news(path):
    names = {"Berg Energy": "organisation", "Berg Energy Group": "organisation", "Oslo": "place"}
    rows = [{"title": f"Report {i}", "text": f"Seen on day {i}.", "tag_types": names} for i in range(40)]
    path.write_text("\n".join(json.dumps(row | {"tags": list(names)}) for row in rows))
    return path


def new(path):
    return kg.open_or_create(path, extractors=("tags",))


@pytest.fixture
def stages(tmp_path):
    """What an ingest goes through."""
    told: list[Progress] = []
    collection = new(tmp_path / "whole")
    collection.ingest(news(tmp_path / "news.jsonl"), progress=told.append)
    return collection.stats(), told


def test_progress_has_a_total_and_names_the_stages_behind_the_batches(stages):
    _, told = stages
    assert told[0] == Progress("ingest", 40, 40)
    later = list(dict.fromkeys(p.stage for p in told))
    assert later == ["ingest", "resolve names", "stories", "index", "graph"]
    assert all(p.done <= p.total for p in told if p.total)


def test_a_stop_in_any_stage_is_made_good_by_the_next_run(stages, tmp_path):
    whole, told = stages
    for number, stage in enumerate(dict.fromkeys(p.stage for p in told)):

        def stop(progress, stage=stage):
            if progress.stage == stage:
                raise KeyboardInterrupt

        collection = new(tmp_path / f"stopped-{number}")
        with pytest.raises(KeyboardInterrupt):
            collection.ingest(tmp_path / "news.jsonl", progress=stop)
        assert len(collection.search("report").hits) > 0
        collection.ingest(tmp_path / "news.jsonl")
        stats = collection.stats()
        manifest = json.loads((collection.location / "manifest.json").read_text())
        assert manifest["counts"] == whole.counts, stage
        assert (stats.counts, stats.graph_hash) == (whole.counts, whole.graph_hash), stage
