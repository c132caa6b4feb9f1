"""How a fact that is no plain assertion is put: never so that it could be taken for one."""

from __future__ import annotations

from collections.abc import Mapping

from kgretrieval.types import Modality

_BEFORE: Mapping[str, str] = {"asserted": "", "possible": "possibly", "alleged": "allegedly", "denied": "denied:"}


def put(predicate: str, *, negated: bool, modality: Modality = "asserted") -> str:
    """Return a predicate as it is to be read.

    Examples
    --------
    >>> put("founded", negated=False, modality="denied"), put("founded", negated=True, modality="alleged")
    ('denied: founded', 'allegedly not founded')
    """
    words = (_BEFORE.get(modality, modality), "not" if negated else "", predicate)
    return " ".join(word for word in words if word)


def claims(*, negated: bool, modality: Modality) -> int:
    """Return what a fact claims of its three parts: 1 that they hold, -1 that they do not, 0 for no claim.

    Who denies that something is not so says that it is.
    """
    if modality == "possible":
        return 0
    return -1 if negated != (modality == "denied") else 1
