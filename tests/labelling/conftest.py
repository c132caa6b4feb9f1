"""One collection with a trained model, made once; a test that changes it takes a copy."""

import shutil

import labelling_kit
import pytest

import kgretrieval as kg


@pytest.fixture(scope="session")
def labelled(tmp_path_factory):
    """The folder of a collection of 24 articles on sport and politics. Tests only read it."""
    folder = tmp_path_factory.mktemp("labelled") / "news"
    labelling_kit.collection(folder, articles=24).train("section", tags=True, model="linear", precision=0)
    return folder


@pytest.fixture
def news(labelled, tmp_path):
    """A collection that a test may change."""
    return kg.open(shutil.copytree(labelled, tmp_path / "news"))
