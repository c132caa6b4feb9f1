"""Words that stand for names."""

from __future__ import annotations

PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours "
    "ourselves they them their theirs themselves this that these those who whom whose which what someone anyone "
    "everyone one".split()
)


def is_pronoun(text: str) -> bool:
    """Return whether a text is a pronoun alone, or begins with a possessive one ("his wife")."""
    words = text.lower().split()
    return bool(words) and (words[0] in _POSSESSIVE or (len(words) == 1 and words[0] in PRONOUNS))


_POSSESSIVE = frozenset("my your his her its our their whose".split())
