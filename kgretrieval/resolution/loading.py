"""From rows of the store to names with all that stands around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kgretrieval.resolution.context import Said as SaidHere
from kgretrieval.resolution.context import Seen, said_of
from kgretrieval.resolution.names import Group, Name, kind_of, most_voted
from kgretrieval.store import resolution_rows as rows
from kgretrieval.store.graph_rows import dates
from kgretrieval.store.ids import make_id
from kgretrieval.store.resolution_rows import Said, Spelled, Written
from kgretrieval.store.store import Store
from kgretrieval.text.names import name_key
from kgretrieval.types import EntityType

#: Texts read at once for what they say of names.
_TEXTS = 500
_NOTHING = SaidHere()


def read_texts(store: Store, names: Iterable[str]) -> None:
    """Keep what texts say of the names in them, of all texts with these names that were not read yet."""
    holders = rows.unread(store, names)
    for start in range(0, len(holders), _TEXTS):
        chunk = holders[start : start + _TEXTS]
        fields, published, given = rows.fields_of(store, chunk), _published(store, chunk), rows.given_ids(store, chunk)
        seen: dict[str, list[Seen]] = defaultdict(list)
        for holder, field, first, end, text, name, kind in rows.placed(store, chunk):
            seen[holder].append(Seen(field, first, end, text, name, kind == "person"))
        for holder in chunk:
            said = said_of(fields.get(holder, {}), seen[holder], published.get(holder, ""))
            ids = _ids_of({one.name for one in seen[holder]}, given.get(holder, {}))
            kept = [
                Said(name, holder, tuple(sorted(one.roles)), tuple(sorted(one.births)), ids.get(name, ""))
                for name in sorted(said.keys() | ids.keys())
                if (one := said.get(name, _NOTHING)).roles or one.births or name in ids
            ]
            pairs = [(name, long) for name, one in said.items() for long in sorted(one.written_out)]
            rows.keep_said(store.connection, holder, kept, pairs)


def _published(store: Store, holders: Iterable[str]) -> dict[str, str]:
    """Return the dates of texts; those in pictures have none here, or what they mean would depend on who uses them."""
    return dates(store, (holder for holder in holders if not holder.startswith("p:")))


def _ids_of(names: set[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return which of these names bear the ids that a document gives, by name id."""
    kinds: tuple[EntityType, ...] = ("person", "organisation")
    found = {make_id("e", name_key(name, k)): i for name, i in sorted(given.items(), reverse=True) for k in kinds}
    return {name: found[name] for name in names & found.keys()}


def spell(names: Iterable[str], written: Iterable[Written]) -> dict[str, Spelled | None]:
    """Return the key and the kind of each of these names from how it is written, None for one that is not any more.

    A surname that stood for the full name is written under that name: the key is the one that makes the id.
    """
    keys: dict[str, str] = {}
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for row in written:
        votes[row.name][row.type] += round(100 * row.confidence)
        if row.name not in keys:
            key = name_key(row.text, row.type)
            if make_id("e", key) == row.name:
                keys[row.name] = key
    found: dict[str, Spelled | None] = dict.fromkeys(names)
    for name, types in votes.items():
        if name in keys:
            found[name] = Spelled(name, keys[name], kind_of(most_voted(types)))
    return found


def keys_of(store: Store, names: Iterable[str]) -> dict[str, str]:
    """Return the keys of those of these names that are mentioned, whether they were resolved yet or not."""
    wanted = list(names)
    return {name: one.key for name, one in spell(wanted, rows.forms(store, wanted)).items() if one is not None}


def load_names(store: Store, wanted: Sequence[Spelled]) -> Iterator[Name]:
    """Yield these names with their groups, and what stands around them in each document."""
    ids = [name.id for name in wanted]
    by_name: dict[str, list[Written]] = defaultdict(list)
    for row in rows.written(store, ids):
        by_name[row.name].append(row)
    holders = sorted({row.holder for own in by_name.values() for row in own})
    articles = rows.articles_of(store, holders)
    near = rows.names_in(store, sorted({*holders, *articles.values()}))
    for use, article in articles.items():
        near[use] = {**near[use], **near.get(article, {})}
    said = {(one.name, one.holder): one for one in rows.said_of(store, ids)}
    around = _Around(near, _published(store, holders), said)
    longs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for short, holder, long in rows.introductions(store, ids):
        longs[short, holder].add(long)
    for name in wanted:
        by_document: dict[str, list[Written]] = defaultdict(list)
        for row in by_name[name.id]:
            by_document[row.document].append(row)
        groups = [around.group(name, document, own, longs) for document, own in sorted(by_document.items())]
        yield Name(name.id, name.key, tuple(groups))


class _Around:
    """What was read of the holders of a batch of names."""

    def __init__(
        self,
        near: Mapping[str, Mapping[str, bool]],
        published: Mapping[str, str],
        said: Mapping[tuple[str, str], Said],
    ) -> None:
        self.near = near
        self.published = published
        self.said = said

    def group(
        self, name: Spelled, document: str, own: Sequence[Written], longs: Mapping[tuple[str, str], set[str]]
    ) -> Group:
        """Put together what the holders of a document say of a name."""
        holders = sorted({row.holder for row in own})
        forms: Counter[str] = Counter()
        types: dict[EntityType, float] = defaultdict(float)
        near: dict[str, bool] = {}
        for row in own:
            forms[row.text] += row.times
            types[row.type] += row.confidence
        for holder in holders:
            for other, own_name in self.near.get(holder, {}).items():
                near[other] = near.get(other, False) or own_name
        near.pop(name.id, None)
        said = [self.said[name.id, holder] for holder in holders if (name.id, holder) in self.said]
        return Group(
            document,
            forms,
            types,
            min((day for holder in holders if (day := self.published.get(holder, ""))), default=""),
            near,
            frozenset(role for one in said for role in one.roles),
            frozenset(year for one in said for year in one.births),
            frozenset(long for holder in holders for long in longs.get((name.id, holder), ())),
            min((one.wikidata for one in said if one.wikidata), default=""),
        )
