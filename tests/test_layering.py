"""Imports go one way: a module imports from its own folder and from those before it in this list."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "kgretrieval"

ORDER = [
    "errors",
    "types",
    "files",
    "locate",
    "sample",
    "text",
    "pictures",
    "sources",
    "encoders",
    "classify",
    "extractors",
    "store",
    "resolution",
    "index",
    "stories",
    "graph",
    "ingest",
    "labelling",
    "search",
    "provenance",
    "present",
    "collection",
    "evaluate",
    "cli",
]

MODULES = sorted(ROOT.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("kgretrieval.")}
    return found - {"__version__"}


def test_the_order_names_every_part():
    parts = {part_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert parts == set(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    part = part_of(path)
    if part in {"__init__", "__main__"}:
        return
    allowed = set(ORDER[: ORDER.index(part) + 1])
    assert imported_parts(path) <= allowed, f"{path.name} reaches up"


def test_sql_lives_in_the_store_alone():
    users = {part_of(path) for path in MODULES if "sqlite3" in path.read_text(encoding="utf-8")}
    assert users <= {"store"}


def test_nothing_prints_below_present():
    for path in MODULES:
        if part_of(path) in {"present", "cli"}:
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], path


HEAVY = {
    "torch",
    "open_clip",
    "torchvision",
    "sklearn",
    "pandas",
    "matplotlib",
    "networkx",
    "scipy.stats",
    "trafilatura",
}


def test_importing_the_package_is_light():
    code = "import sys, kgretrieval; print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & (HEAVY | {"numpy", "faiss", "nltk", "PIL"})
