"""The commands on the sample news."""

import json
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, sample_index):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_INDEX", str(sample_index))


def objects(done) -> list[dict]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_words_find_articles_and_pictures(kg):
    done = kg("search", "Merkel")
    assert done.exit_code == 0
    assert done.stdout.startswith("“Merkel”: 10 hits\n\n 1. ")
    assert done.stderr == ""


def test_words_need_no_quotes(kg):
    assert objects(kg("search", "walk", "on", "the", "Moon", "--json")) != []
    assert kg("search", "walk", "on", "the", "Moon").stdout == kg("search", "walk on the Moon").stdout


def test_json_is_one_answer_a_line_with_the_fields_of_the_record(kg):
    (answer,) = objects(
        kg("search", "astronaut in an orange flight suit", "--kind", "picture", "-k", 3, "--min-score", 0, "--json")
    )
    assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3]
    assert {hit["kind"] for hit in answer["hits"]} == {"picture"}
    assert answer["hits"][0]["path"].endswith("astronaut.png")


def test_a_picture_finds_articles(kg, sample):
    (answer,) = objects(kg("search", "--image", sample / "pictures/hubble_deep_field.jpg", "--json", "-k", 5))
    assert answer["image"].endswith("hubble_deep_field.jpg")
    assert len(answer["hits"]) == 5


def test_every_ranking_has_words_for_a_person(kg, sample):
    from kgretrieval.present.words import RANKINGS

    asked = (["Angela Merkel", "-k", 50], ["--image", sample / "pictures/hubble_deep_field.jpg", "-k", 50])
    hits = [hit for words in asked for hit in objects(kg("search", *words, "--json"))[0]["hits"]]
    rankings = {found["ranking"] for hit in hits for found in hit["found_by"]}
    assert len(rankings) >= 5
    assert rankings <= set(RANKINGS)


def test_filters_narrow_down(kg):
    (answer,) = objects(kg("search", "election", "--since", "2016", "--until", "2020-12", "--language", "en", "--json"))
    assert answer["hits"]
    assert all("2016" <= hit["date"] <= "2020-12-31" and hit["language"] == "en" for hit in answer["hits"])


def test_a_search_for_nothing_is_refused(kg):
    done = kg("search")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: ")


def test_a_picture_that_is_none_is_refused(kg, tmp_path):
    (tmp_path / "x.jpg").write_text("no picture")
    done = kg("search", "--image", "x.jpg")
    assert done.exit_code == 1
    assert done.stderr.startswith("kg: x.jpg is no picture")


def test_a_file_of_queries_gives_an_answer_each(kg, tmp_path):
    Path("q.txt").write_text("Moon\n\n  Merkel \n", encoding="utf-8")
    assert [a["query"] for a in objects(kg("search", "--queries", "q.txt", "--json"))] == ["Moon", "Merkel"]
    from_stdin = kg("search", "--queries", "-", "-k", 1, stdin="Moon\nMerkel\n").stdout
    assert "“Moon”: 1 hit" in from_stdin
    assert "\n\n“Merkel”: 1 hit" in from_stdin


def test_queries_stand_alone_and_must_hold_something(kg):
    assert kg("search", "Moon", "--queries", "-", stdin="x").exit_code == 2
    assert "empty" in kg("search", "--queries", "-", stdin="\n \n").stderr


def test_a_contact_sheet_is_written_beside_the_answer(kg):
    done = kg("search", "Moon", "--html", "sheet.html", "--kind", "picture")
    page = Path("sheet.html").read_text(encoding="utf-8")
    assert done.stderr == "Wrote sheet.html\n"
    assert "“Moon”" in done.stdout
    assert page.count("data:image/jpeg") >= 3


def test_a_sheet_that_cannot_be_written_is_one_line(kg):
    done = kg("search", "Moon", "--html", "nowhere/sheet.html")
    assert done.exit_code == 2
    assert "cannot write nowhere/sheet.html" in done.stderr


def test_an_entity_is_found_by_name_alias_and_id(kg):
    by_name = objects(kg("entity", "Angela", "Merkel", "--json"))[0]
    assert objects(kg("entity", by_name["entity"]["id"], "--json"))[0] == by_name
    assert "Articles" in kg("entity", "Angela Merkel").stdout


def test_an_unknown_name_is_one_line(kg):
    done = kg("entity", "Zzyzx Qqq")
    assert done.exit_code == 1
    assert done.stderr.startswith("kg: ")


def test_a_path_has_a_sentence_for_each_step(kg):
    steps = objects(kg("path", "Eileen Collins", "Elmira", "--json"))
    assert steps
    assert all(step["evidence"]["sentence"] for step in steps)
    assert "Elmira" in kg("path", "Eileen Collins", "Elmira").stdout


def test_what_a_search_shows_can_be_shown_by_its_short_id(kg):
    hit = objects(kg("search", "Moon", "--json"))[0]["hits"][0]
    shown = objects(kg("show", hit["id"][:9], "--json"))[0]
    assert shown["id"] == hit["id"]
    assert hit["id"] in kg("show", hit["id"][:9]).stdout


@pytest.mark.parametrize("name", ["news.graphml", "news.gexf", "news.json", "news.csv"])
def test_the_graph_is_written_in_every_format(kg, name):
    done = kg("export", name)
    assert done.exit_code == 0
    written = Path(done.stdout.removeprefix("Wrote ").strip())
    assert written.stat().st_size > 1000
    assert objects(kg("export", name, "--json")) == [{"path": str(written)}]


def test_an_unknown_format_is_refused(kg):
    assert kg("export", "news.doc").exit_code == 2


def test_figures_agree_as_text_and_as_json(kg):
    (figures,) = objects(kg("stats", "--json"))
    shown = kg("stats").stdout
    assert ["articles", f"{figures['counts']['article']:,}"] in [line.split() for line in shown.splitlines()]
    assert figures["graph_hash"] in shown


def test_the_embedded_model_is_listed_as_ready(kg):
    models = objects(kg("models", "--json"))
    assert (models[0]["name"], models[0]["state"]) == ("mini", "ready")
    assert len(models) < 20, "a page, not the whole list"
    assert "openclip:ViT-B-32/laion2b_s34b_b79k" in {model["name"] for model in models}


def test_words_narrow_the_models_and_each_says_how_to_get_it(kg):
    models = objects(kg("models", "SigLIP", "webli", "--json"))
    assert models
    assert all("SigLIP" in model["name"] and model["name"].endswith("/webli") for model in models)
    (one,) = [model for model in models if model["name"] == "openclip:ViT-B-16-SigLIP/webli"]
    assert "Flickr30k 74.7" in one["note"]
    assert one["note"].endswith("kg models fetch openclip:ViT-B-16-SigLIP/webli")
    assert one["spaces"] == {"picture": 768}


def test_weight_files_of_the_folder_are_listed(kg, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.safetensors").write_bytes(b"12345")
    (row,) = [model for model in objects(kg("models", "--json")) if model["kind"] == "file"]
    assert (row["name"], row["bytes"], row["state"]) == ("openclip:MODEL/news.safetensors", 5, "ready")


def test_what_is_here_needs_no_fetching(kg):
    done = kg("models", "fetch", "mini")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "mini is part of the package" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [("HF_HUB_OFFLINE", "1", "HF_HUB_OFFLINE forbids"), ("HF_ENDPOINT", "http://127.0.0.1:9", "cannot be reached")],
)
def test_fetching_without_a_network_says_so_and_writes_nothing(kg, tmp_path, monkeypatch, setting, value, reason):
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.setenv(setting, value)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    done = kg("models", "fetch", "openclip:ViT-B-16/laion2b_s34b_b88k")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert reason in done.stderr
    assert "or pass a weight file" in done.stderr
    assert not list(tmp_path.iterdir())


def test_no_model_of_that_name_is_said(kg):
    done = kg("models", "no-such-model")
    assert done.exit_code == 1
    assert "kg models --all" in done.stderr


def test_deleting_asks_or_needs_yes(kg, own_index):
    hit = objects(kg("search", "Moon", "--index", own_index, "--json", "--kind", "article"))[0]["hits"][0]["id"]
    refused = kg("delete", hit[:9], "--index", own_index)
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert kg("delete", hit[:9], "--yes", "--index", own_index).stdout == f"Deleted {hit}\n"
    assert kg("show", hit, "--index", own_index).exit_code == 1


def test_deleting_something_unknown_deletes_nothing(kg, own_index):
    hit = objects(kg("search", "Moon", "--index", own_index, "--json"))[0]["hits"][0]["id"]
    assert kg("delete", hit, "a:ffffffffffff", "--yes", "--index", own_index).exit_code == 1
    assert kg("show", hit, "--index", own_index).exit_code == 0


def test_ingesting_again_finds_nothing_to_do(kg, sample, own_index):
    (report,) = objects(kg("ingest", sample, "--index", own_index, "--json"))
    assert report["added"] == report["updated"] == 0
    assert report["unchanged"] == report["read"] > 100


def test_a_dry_run_writes_nothing(kg, sample, tmp_path):
    done = kg("ingest", sample, "--index", "new", "--dry-run")
    assert done.exit_code == 0
    assert "Nothing was written." in done.stdout
    assert not (tmp_path / "new").exists()


def test_fields_of_a_table_are_named_on_the_command_line(kg, tmp_path):
    Path("news.csv").write_text("headline,body\nStorm hits Oslo,The storm came at night.\n", encoding="utf-8")
    how = ("--field", "title=headline", "--field", "text=body", "--source", "Desk", "--language", "en")
    done = kg("ingest", "news.csv", *how, "--date", "2024-05", "--index", "new")
    assert done.stdout.startswith("1 item read: 1 added\n")
    (answer,) = objects(kg("search", "storm", "--index", "new", "--json"))
    hit = answer["hits"][0]
    assert (hit["title"], hit["source"], hit["date"]) == ("Storm hits Oslo", "Desk", "2024-05")
