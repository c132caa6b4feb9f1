"""Over the whole collection: which names of different documents mean one entity.

What changed since names were last resolved is written in `pending`; the components that these names were in and are in
now are resolved anew, and nothing else: a component is looked at without the rest of the collection, so the result is
that of resolving everything, in whatever order the documents came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kgretrieval.resolution.anchors import rules_from
from kgretrieval.resolution.blocks import blocks, likeness, partner
from kgretrieval.resolution.cluster import Link, Resolution, resolve_component
from kgretrieval.resolution.components import components
from kgretrieval.resolution.copies import update_copies
from kgretrieval.resolution.loading import load_names, read_texts, spell
from kgretrieval.resolution.marks import fact_marks, marks
from kgretrieval.resolution.names import Name
from kgretrieval.resolution.rules import Rules
from kgretrieval.store import resolution_rows as rows
from kgretrieval.store.aggregate import take_stale
from kgretrieval.store.assign import assign
from kgretrieval.store.decisions import Decision, decisions
from kgretrieval.store.resolution_rows import Spelled
from kgretrieval.store.store import Store
from kgretrieval.store.write import writing
from kgretrieval.types import Progress

#: Counted up whenever other entities would follow from the same documents: then all names are resolved anew.
VERSION = "1"
#: Names whose surroundings are in memory at once; a component is never cut.
BATCH = 20_000
#: How the block of an id of Wikidata begins: who stands in it needs no likeness.
_ID = "w:id:"


def resolve_collection(store: Store, report: Callable[[Progress], None] = lambda _: None) -> None:
    """Bring the entities up to the last commit: resolve anew what the names in `pending` touch.

    One transaction, so a crash leaves the names pending for the next writer. Near copies among new articles are found
    first. With nothing pending nothing is written.

    Parameters
    ----------
    store : Store
        Open for writing.
    report : callable
        Told how far it is.
    """
    report(Progress("resolve names", 0, 0))
    if rows.resolved_by(store) != VERSION:
        with writing(store) as connection:
            rows.begin_anew(connection, VERSION)
    update_copies(store)
    touched = rows.pending(store)
    if not touched:
        return
    with writing(store) as connection:
        stale = take_stale(connection)
        decided = decisions(store, active=True)
        rules = rules_from(decided)
        read_texts(store, touched)
        reached = _reach(store, touched, rules)
        _resolve(store, reached, rules, decided, report, stale)
        rows.keep_fact_marks(connection, fact_marks(store, decided))
        rows.clear_pending(connection)


def _reach(store: Store, touched: set[str], rules: Rules) -> dict[str, Spelled]:
    """Return all names of the components that hold a touched name, as they were and as they are."""
    before = {name: {s} for name, s in rows.spelled(store, touched).items()}
    old_blocks = rows.blocks_of(store, touched)
    now = spell(touched, rows.forms(store, touched))
    rows.keep_names(store.connection, now, _blocks(store, [s for s in now.values() if s], rules))
    reached = {name: spelled for name, spelled in now.items() if spelled is not None}
    frontier = {name: before.get(name, set()) | {s for s in (now[name],) if s} for name in touched}
    ruled = rules.neighbours()
    seen = set(touched)
    others = rows.names_resolved(store) > len(reached)
    while frontier and others:
        found = _alike(store, frontier, old_blocks, seen)
        old_blocks = {}
        direct = {other for name in frontier for other in ruled.get(name, ())}
        for short, _, long in rows.introductions(store, frontier):
            direct |= {short, long}
        found.update(rows.spelled(store, direct - seen))
        seen |= found.keys()
        reached.update(found)
        frontier = {name: {spelled} for name, spelled in found.items()}
    return reached


def _blocks(store: Store, names: Sequence[Spelled], rules: Rules) -> dict[str, set[str]]:
    """Return the blocks of names: those of their spelling, and one for each id of Wikidata that they bear."""
    found = {name.id: set(blocks(name.key, name.kind)) for name in names}
    for name, identifiers in rows.identified(store, found).items():
        found[name] |= {f"{_ID}{identifier}" for identifier in identifiers}
    for name, identifier in rules.wikidata.items():
        if name in found:
            found[name].add(f"{_ID}{identifier}")
    return found


def _alike(
    store: Store, frontier: Mapping[str, set[Spelled]], old: Mapping[str, set[str]], seen: set[str]
) -> dict[str, Spelled]:
    """Return the names not seen yet that share a block with one of these and are alike with it."""
    asked: dict[str, set[Spelled]] = defaultdict(set)
    own = rows.blocks_of(store, frontier)
    for name, spellings in frontier.items():
        for block in own.get(name, set()) | old.get(name, set()):
            asked[partner(block)] |= spellings
    found = {}
    for block, names in rows.names_in_blocks(store, asked).items():
        for other in names:
            if other.id in seen or other.id in found:
                continue
            if block.startswith(_ID) or any(
                one.kind == other.kind and likeness(one.key, other.key, one.kind) for one in asked[block]
            ):
                found[other.id] = other
    return found


def _resolve(
    store: Store,
    reached: Mapping[str, Spelled],
    rules: Rules,
    decided: Sequence[Decision],
    report: Callable[[Progress], None],
    stale: set[str],
) -> None:
    gone = rows.pending(store) - reached.keys()
    rows.keep_links(store.connection, gone, ())
    changed = rows.keep_marks(store.connection, gone, ())
    told = rows.told_twice(store, reached) | rules.splits.keys()
    meanings: list[tuple[str, str, str]] = []
    done = 0
    for batch in _batches(store, reached, rules):
        single = [names[0].id for names in batch if len(names) == 1 and names[0].id not in told]
        meanings += [(name, "", name) for name in rows.moved(store, single)]
        several = [names for names in batch if len(names) > 1 or names[0].id in told]
        loaded = {name.id: name for name in load_names(store, [name for names in several for name in names])}
        whole = Resolution(canonical={name: name for name in single})
        for names in several:
            whole.add(resolve_component([loaded[name.id] for name in names], rules))
        meanings += _compressed(whole)
        own = [name.id for names in batch for name in names]
        done += len(own)
        report(Progress("resolve names", done, len(reached)))
        rows.keep_links(store.connection, own, (_row(link) for link in whole.links))
        changed |= rows.keep_marks(store.connection, own, marks(whole, decided, _given(whole, loaded.values())))
    assign(store.connection, meanings, also=changed | stale)


def _batches(store: Store, reached: Mapping[str, Spelled], rules: Rules) -> Iterator[list[list[Spelled]]]:
    """Yield lists of components of about `BATCH` names."""
    pairs = [(one, other) for one, others in rules.neighbours().items() for other in others]
    pairs += [(short, long) for short, _, long in rows.introductions(store, reached)]
    bearing: dict[str, str] = {}
    identified = {name: set(own) for name, own in rows.identified(store, reached).items()}
    for name, identifier in rules.wikidata.items():
        identified.setdefault(name, set()).add(identifier)
    for name, own in identified.items():
        pairs += [(name, bearing.setdefault(identifier, name)) for identifier in own]
    batch: list[list[Spelled]] = []
    size = 0
    for component in components(list(reached.values()), pairs):
        batch.append(component)
        size += len(component)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _given(resolution: Resolution, names: Iterable[Name]) -> dict[str, str]:
    """Return the id of Wikidata that most documents of an entity bring."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        for group in name.groups:
            if group.wikidata:
                found[resolution.meanings[name.id, group.document]][group.wikidata] += 1
    return {entity: min(ids, key=lambda i: (-ids[i], i)) for entity, ids in found.items()}


def _row(link: Link) -> tuple[str, str, str, str, str, float, tuple[str, ...]]:
    one, other = link.one, link.other
    return (one.name, one.document, other.name, other.document, link.verdict, link.score, link.reasons)


def _compressed(resolution: Resolution) -> Iterator[tuple[str, str, str]]:
    """Yield (name, document, entity), the document ``""`` where a name means the same in all."""
    by_name: dict[str, dict[str, str]] = defaultdict(dict)
    for (name, document), entity in resolution.meanings.items():
        by_name[name][document] = entity
    for name, documents in by_name.items():
        if len(set(documents.values())) == 1:
            yield name, "", next(iter(documents.values()))
        else:
            yield from ((name, document, entity) for document, entity in sorted(documents.items()))
