"""What is asked for in words."""

from __future__ import annotations

import re

_QUOTES = re.compile('["“”„‟«»]')
_BLANKS = re.compile(r"\s+")


def understand(query: str) -> str:
    """Return the words of a query: without quotation marks and outer blanks, runs of blanks as one.

    Examples
    --------
    >>> understand('  "rocket  launch" ')
    'rocket launch'
    """
    return _BLANKS.sub(" ", _QUOTES.sub(" ", query)).strip()
