"""The names a program may rely on. A change here is a change for users: say so in CHANGELOG.md."""

import inspect

import pytest

import kgretrieval

PUBLIC = [
    "Answer",
    "Article",
    "Collection",
    "Document",
    "Entity",
    "EntityCard",
    "Fact",
    "Hit",
    "KgError",
    "Picture",
    "ReadOptions",
    "create",
    "open",
    "open_or_create",
]

METHODS = [
    "add",
    "annotate",
    "answer",
    "check_caption",
    "classify",
    "close",
    "compact",
    "decide",
    "decisions",
    "delete",
    "entity",
    "exists",
    "export",
    "export_decisions",
    "facts",
    "forecast",
    "forget_model",
    "import_decisions",
    "ingest",
    "label",
    "labels",
    "like",
    "link",
    "match",
    "path",
    "proposals",
    "review",
    "search",
    "search_many",
    "settle",
    "show",
    "stats",
    "stories",
    "story",
    "timeline",
    "to_networkx",
    "train",
    "trained",
    "undo",
    "where_used",
]


def test_public_names():
    assert sorted(kgretrieval.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(kgretrieval, name).__doc__, name


def test_public_methods():
    methods = [name for name, _ in inspect.getmembers(kgretrieval.Collection, inspect.isfunction)]
    assert [name for name in methods if not name.startswith("_")] == METHODS


def test_public_signatures_are_typed_and_documented():
    for name in METHODS:
        method = getattr(kgretrieval.Collection, name)
        assert method.__doc__, name
        assert inspect.signature(method).return_annotation is not inspect.Signature.empty, name


def test_an_unknown_name_says_so():
    with pytest.raises(AttributeError, match="serach"):
        kgretrieval.serach  # noqa: B018
