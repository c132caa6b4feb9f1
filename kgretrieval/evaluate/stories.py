"""How well articles about one event are put together."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from kgretrieval.evaluate.clusters import b_cubed, muc
from kgretrieval.evaluate.knowledge import KnowledgeReport, Score, score
from kgretrieval.evaluate.story_data import Told, read_stories
from kgretrieval.stories.profile import make_profile
from kgretrieval.stories.whole import stories
from kgretrieval.text.analysis import Analyser
from kgretrieval.types import Progress

_PROTOCOL = (
    "All articles of the split are clustered together, without dates; one that is in no story is a cluster of its own. "
    "B-cubed against events (of ECB+: sub-topics) is the main figure; the constants were chosen on ECB+ train and dev "
    "and on 40 of the 152 stories of Google News, the other 112 of which are its test part."
)


def evaluate_stories(
    path: str | Path, *, split: str | None = None, progress: Callable[[Progress], None] | None = None
) -> KnowledgeReport:
    """Measure stories on ECB+ or on the stories of Google News.

    Parameters
    ----------
    path : path-like
        The folder of the data set.
    split : str, optional
        ``"test"`` by default.
    progress : callable, optional
        Told once, at the end.

    Raises
    ------
    NotFoundError, UsageError, UnreadableError
        If there is no such folder or split, or it is neither data set.
    """
    articles, chosen = read_stories(Path(path), split)
    found = clusters(articles)
    if progress is not None:
        progress(Progress("cluster", len(articles), len(articles)))
    events, topics = by(articles, "event"), by(articles, "topic")
    parts = {"links": _score(muc(events, found))}
    if len(topics) < len(events):
        parts["by_topic"] = _score(b_cubed(topics, found))
    data: dict[str, str | int] = {"path": str(path), "split": chosen, "documents": len(articles)}
    extra = {"events": len(events), "stories": sum(len(one) > 1 for one in found)}
    main = _score(b_cubed(events, found))
    return KnowledgeReport("stories", data, "stories", _code_hash(), main, parts, protocol=_PROTOCOL, extra=extra)


def clusters(articles: Sequence[Told]) -> list[set[str]]:
    """Return the stories of articles without dates, each article that is in none by itself."""
    analyser = Analyser.default()
    profiles = []
    for article in articles:
        headline = analyser.terms(article.title, "en")
        counts = Counter([*headline, *analyser.terms(article.text, "en")])
        profiles.append(make_profile(article.id, counts, headline, ""))
    found = [set(story) for story in stories(profiles)]
    told = {one for story in found for one in story}
    return found + [{article.id} for article in articles if article.id not in told]


def by(articles: Iterable[Told], field: str) -> list[set[str]]:
    """Return the gold clusters: articles of one ``"event"`` or ``"topic"``."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        found[getattr(article, field)].add(article.id)
    return list(found.values())


def _score(counts: tuple[float, float, float, float]) -> Score:
    return score([counts])


def _code_hash() -> str:
    """Return the SHA-256 of the rules: their code is what weights are elsewhere."""
    folder = files("kgretrieval.stories")
    read = sorted((one.name, one.read_bytes()) for one in folder.iterdir() if one.name.endswith((".py", ".txt")))
    return hashlib.sha256(b"".join(content for _, content in read)).hexdigest()
