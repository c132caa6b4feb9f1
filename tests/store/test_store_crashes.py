"""One writer, many readers, and what a crash leaves behind."""

import subprocess
import sys
import threading
from contextlib import closing

import pytest
from hand_made import WIDTH, article, article_id, empty_store, lone_picture

from kgretrieval.errors import CollectionError, CollectionNotFoundError, LockedError, UsageError
from kgretrieval.store.read import counts, documents
from kgretrieval.store.store import open_store
from kgretrieval.store.write import commit

FIRST = article("first", "Angela Merkel in Paris", "Paris waits.")
SECOND = article("second", "Olaf Scholz in Berlin", pictures=(("two", "Berlin."),))


@pytest.fixture
def folder(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, [FIRST])
    store.close()
    return tmp_path / "news"


def titles(store):
    return {d.title for d in documents(store, [article_id("first"), article_id("second")]).values()}


def titles_at(folder):
    with closing(open_store(folder)) as reader:
        return titles(reader)


def test_rows_that_no_transaction_named_are_cut_off(folder):
    file = folder / "vectors" / "picture.f16"
    whole = file.read_bytes()
    file.write_bytes(whole + bytes(3 * 2 * WIDTH + 5))
    store = open_store(folder, write=True)
    commit(store, [SECOND])
    store.close()
    assert file.read_bytes().startswith(whole)
    assert len(file.read_bytes()) == len(whole) + len(SECOND.vectors) * 2 * WIDTH


def test_a_writer_killed_inside_a_transaction_leaves_the_last_commit(folder):
    code = """
import os, sys
from pathlib import Path
from kgretrieval.store.store import open_store
store = open_store(Path(sys.argv[1]), write=True)
store.connection.execute("BEGIN IMMEDIATE")
store.connection.execute("DELETE FROM article")
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 9
    store = open_store(folder, write=True)
    assert titles(store) == {"Angela Merkel in Paris"}
    assert commit(store, [SECOND]) == 2
    store.close()


def test_what_a_crash_while_creating_left_is_begun_anew(tmp_path):
    store = empty_store(tmp_path / "news")
    commit(store, [FIRST])
    store.close()
    (tmp_path / "news" / "manifest.json").unlink()
    with pytest.raises(CollectionNotFoundError):
        open_store(tmp_path / "news")
    store = empty_store(tmp_path / "news")
    assert counts(store)["article"] == 0
    assert len(store.vectors["picture"]) == 0
    store.close()


def test_there_is_one_writer(folder):
    writer = open_store(folder, write=True)
    with pytest.raises(LockedError, match="is being written by process"):
        open_store(folder, write=True)
    writer.close()
    open_store(folder, write=True).close()


def test_a_second_writer_waits_for_the_first(folder):
    writer = open_store(folder, write=True)
    timer = threading.Timer(0.3, writer.close)
    timer.start()
    open_store(folder, write=True, wait=10).close()
    timer.join()


def test_a_writer_in_another_process_is_seen_and_its_death_frees_the_lock(folder):
    code = """
import sys
from pathlib import Path
from kgretrieval.store.store import open_store
store = open_store(Path(sys.argv[1]), write=True)
print("open", flush=True)
sys.stdin.read()
"""
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LockedError, match=f"process {other.pid}"):
            open_store(folder, write=True)
        assert titles_at(folder) == {"Angela Merkel in Paris"}
        other.kill()
        other.wait()
    open_store(folder, write=True).close()


def test_a_reader_sees_one_state_however_long_it_reads(folder):
    writer, reader = open_store(folder, write=True), open_store(folder)
    with reader.reading():
        before = (reader.generation, counts(reader))
        commit(writer, [SECOND], delete=[article_id("first")])
        assert (reader.generation, counts(reader)) == before
        assert titles(reader) == {"Angela Merkel in Paris"}
    assert titles(reader) == {"Olaf Scholz in Berlin"}
    reader.close()
    writer.close()


def test_readers_in_threads_never_see_half_a_batch(folder):
    writer, reader = open_store(folder, write=True), open_store(folder)
    odd, done = [], threading.Event()

    def look():
        while not done.is_set():
            with reader.reading():
                found = counts(reader)
            if (found["article"], found["picture"]) not in {(1, 0), (2, 1)}:
                odd.append(found)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(15):
        commit(writer, [SECOND])
        commit(writer, delete=[article_id("second")])
    done.set()
    for thread in threads:
        thread.join()
    assert odd == []
    reader.close()
    writer.close()


def test_a_reader_cannot_write(folder):
    reader = open_store(folder)
    with pytest.raises(Exception, match="readonly"):
        commit(reader, [lone_picture("three")])
    reader.close()


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        empty_store(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_an_existing_collection_is_not_made_again(folder):
    with pytest.raises(UsageError, match="holds other files"):
        empty_store(folder)
    assert titles_at(folder) == {"Angela Merkel in Paris"}


@pytest.mark.parametrize("text", ["", "{", '{"format": 99}'])
def test_a_damaged_manifest_is_said_in_one_line(folder, text):
    (folder / "manifest.json").write_text(text)
    with pytest.raises(CollectionError) as caught:
        open_store(folder)
    assert "\n" not in str(caught.value)


def test_a_lost_database_is_said(folder):
    (folder / "kg.sqlite").unlink()
    with pytest.raises(CollectionError, match=r"kg\.sqlite"):
        open_store(folder)
