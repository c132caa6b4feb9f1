"""NLTK's tokenizers and stemmers without the rest of NLTK.

``import nltk``, and the import of any sub-module of it, runs ``nltk/__init__``. That pulls in
scipy.stats, scikit-learn and pandas where they are installed and takes more than two seconds,
too long for a command typed many times a day. The few leaf modules used here need none of it
and load in a tenth of a second.

So the leaves are executed in a private registry in place of ``sys.modules``: their own
``from nltk import ...`` statements are answered from that registry, in which the packages above
them are bare. Nothing is put into ``sys.modules``, so a program can ``import nltk`` before, after
or at the same time in another thread, and gets the real package. Where the real package is
loaded already, its modules are used as they are.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_BARE = frozenset({"nltk", "nltk.stem", "nltk.tokenize", "nltk.corpus"})


class _Registry:
    """Modules of NLTK loaded apart from ``sys.modules``; each is executed once."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}
        self._lock = threading.RLock()

    def load(self, name: str) -> ModuleType:
        with self._lock:
            if name not in self._modules:
                try:
                    self._modules[name] = self._create(name)
                except BaseException:
                    self._modules.pop(name, None)
                    raise
            return self._modules[name]

    def _create(self, name: str) -> ModuleType:
        parent_name, _, leaf = name.rpartition(".")
        parent = self.load(parent_name) if parent_name else None
        spec = PathFinder.find_spec(name, parent.__path__) if parent else find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = self._modules[name] = self._bare_module(name, spec)
        if name == "nltk.corpus":
            # The Snowball module names the stop-word corpus; only ignore_stopwords=True, unused here, reads it.
            module.__dict__["stopwords"] = None
        if name not in _BARE:
            code = spec.loader.get_code(name)  # type: ignore[union-attr]
            exec(code, module.__dict__)
        if parent is not None:
            setattr(parent, leaf, module)
        return module

    def _bare_module(self, name: str, spec: ModuleSpec) -> ModuleType:
        module = ModuleType(name)
        module.__spec__, module.__file__ = spec, spec.origin
        if spec.submodule_search_locations is not None:
            module.__path__ = list(spec.submodule_search_locations)
        module.__package__ = name if spec.submodule_search_locations is not None else spec.parent
        # An import statement calls the __import__ of the builtins its module was given.
        module.__dict__["__builtins__"] = {**vars(builtins), "__import__": self._import}
        return module

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level or name.partition(".")[0] != "nltk":
            return builtins.__import__(name, globals, locals, fromlist or (), level)
        module = self.load(name)
        if not fromlist:
            return self.load("nltk")
        for attribute in fromlist:
            if not hasattr(module, attribute) and hasattr(module, "__path__"):
                self.load(f"{name}.{attribute}")
        return module


# A cache of imports, as sys.modules is one.
_REGISTRY = _Registry()


def nltk_leaf(name: str) -> Any:
    """Return the NLTK module called `name`, loading no more of NLTK than it needs.

    Parameters
    ----------
    name : str
        Full name of a leaf module, such as ``"nltk.stem.snowball"``.

    Raises
    ------
    ModuleNotFoundError
        If NLTK, or that module of it, is not installed.

    Examples
    --------
    >>> nltk_leaf("nltk.stem.snowball").EnglishStemmer().stem("elections")
    'elect'
    """
    if "nltk" in sys.modules:
        return importlib.import_module(name)
    return _REGISTRY.load(name)
