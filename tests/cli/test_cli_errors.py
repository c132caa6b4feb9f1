"""What goes wrong is one line on stderr and an exit code."""

import pytest

import kgretrieval.collection


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_INDEX", raising=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x"],
        ["entity", "x"],
        ["path", "a", "b"],
        ["show", "a:123456"],
        ["delete", "a:123456", "--yes"],
        ["export", "x.graphml"],
        ["stats"],
    ],
    ids=lambda a: a[0],
)
@pytest.mark.parametrize("where", [[], ["--index", "nowhere"]], ids=["none", "wrong"])
def test_without_a_collection_one_line_says_what_to_do(kg, arguments, where):
    done = kg(*arguments, *where)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    assert "kg ingest" in done.stderr


def test_a_path_that_does_not_exist_is_named_and_nothing_is_made(kg, tmp_path):
    done = kg("ingest", "nowhere", "--index", "new")
    assert done.exit_code == 1
    assert "nowhere" in done.stderr
    assert not (tmp_path / "new" / "manifest.json").exists()


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2024-02-30", "24", "2024-05-01T25:00", "2024-5-1"])
def test_a_wrong_date_is_refused(kg, date):
    done = kg("search", "x", "--since", date)
    assert done.exit_code == 2
    assert "is no date; write 2024, 2024-05 or 2024-05-01" in done.stderr


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-02-29", "2024-05-01T12:30", "2024-05-01 12:30:00Z"])
def test_a_date_of_any_precision_is_taken(kg, date):
    assert "is no date" not in kg("search", "x", "--until", date).stderr


@pytest.mark.parametrize("pair", ["title", "=x", "title="])
def test_a_wrong_field_is_refused(kg, pair):
    done = kg("ingest", ".", "--field", pair)
    assert done.exit_code == 2
    assert "title=headline" in done.stderr


def test_an_unknown_field_is_refused_with_the_known_ones(kg):
    done = kg("ingest", ".", "--field", "headline=title")
    assert done.exit_code == 2
    assert done.stderr.startswith("kg: there is no field 'headline'")


@pytest.mark.parametrize("option", [["-k", "0"], ["--kind", "video"], ["--unknown"]])
def test_a_wrong_option_shows_the_usage(kg, option):
    done = kg("search", "x", *option)
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: kg search")


def test_an_unknown_command_is_refused(kg):
    done = kg("serch", "x")
    assert done.exit_code == 2
    assert "serch" in done.stderr


@pytest.fixture
def broken(monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the disk\nis on fire")

    monkeypatch.setattr(kgretrieval.collection, "open", fail)


def test_an_unforeseen_error_is_one_line_too(kg, broken):
    done = kg("stats")
    assert done.exit_code == 70
    assert done.stderr == "kg: unexpected RuntimeError: the disk is on fire (kg --debug … shows more)\n"


def test_debug_shows_the_whole_error(kg, broken):
    done = kg("--debug", "stats")
    assert isinstance(done.exception, RuntimeError)


def test_an_interrupt_says_so(kg, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(kgretrieval.collection, "open", interrupt)
    done = kg("stats")
    assert (done.exit_code, done.stderr) == (130, "Stopped.\n")


def test_the_version_is_the_package_s(kg):
    assert kg("--version").stdout == f"kg {kgretrieval.__version__}\n"
