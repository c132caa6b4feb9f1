"""What happened to an entity, in order: facts, and frames of sentences (who did what to whom)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kgretrieval.graph.facts import facts_about
from kgretrieval.graph.names import find_entities
from kgretrieval.graph.periods import checked_period, is_within
from kgretrieval.graph.records import Happening, Timeline
from kgretrieval.resolution.circumstances import Circumstances
from kgretrieval.resolution.places import Places
from kgretrieval.store import fact_rows, frame_rows, graph_rows
from kgretrieval.store.copies import copy_groups
from kgretrieval.store.fact_rows import Publication
from kgretrieval.store.frame_rows import Meant
from kgretrieval.store.graph_rows import Span
from kgretrieval.store.store import Store
from kgretrieval.text.clean import fold
from kgretrieval.types import Evidence, Fact, Frame, Modality, Role

#: Roles in which an entity takes part in what happens; in others it only says where, when or how.
_CORE = ("ARG0", "ARG1", "ARG2", "ARG3", "ARG4")
#: Verbs that tell of no event, and those that only say that somebody speaks: what is said has frames of its own.
_NO_EVENT = frozenset(
    "be have do seem appear become remain include involve mean want hope wish expect".split()
    + "say tell add note explain state report call name".split()
)


def timeline(store: Store, name: str, *, since: str = "", until: str = "") -> Timeline:
    """Return what happened to an entity, the earliest first.

    Facts come with the time that their sentence states; what states none comes at the date of its publication and says
    so. A fact of several stated times happened several times. A frame stands beside the facts where none has its verb.
    Near copies of an article are one source, and equal frames of one time one happening.

    Parameters
    ----------
    store : Store
    name : str
        A name or id.
    since, until : str
        ISO dates of any precision.

    Raises
    ------
    NotFoundError
        If nobody has this name.
    UsageError
        If a date is none.
    """
    first, last = checked_period(since, until)
    with store.reading():
        entity = find_entities(store, name)[0]
        stated = facts_about(store, [entity.id])
        seen = _Seen(store, stated, frame_rows.holders_of(store, entity.id))
        found = [h for fact in stated for h in _of_fact(fact, seen)]
        found += _of_frames(store, entity.id, seen)
    if first or last:
        found = [h for h in found if is_within(h.time, first, last)]
    return Timeline(entity, tuple(sorted(found, key=_order)))


def _order(happening: Happening) -> tuple[str, bool, bool, str, str]:
    first = happening.evidence[0]
    return happening.time or "\uffff", not happening.stated, happening.kind != "fact", first.document, first.sentence


class _Seen:
    """Where texts were published, and which articles are copies of each other."""

    def __init__(self, store: Store, facts: Iterable[Fact], holders: Mapping[str, str]) -> None:
        self.documents = holders
        self.places = fact_rows.publications(store, holders)
        articles = {place.article for place in self.places.values() if place.article}
        articles |= {e.document for fact in facts for e in fact.evidence if e.document.startswith("a:")}
        self.leaders = copy_groups(store, sorted(articles))

    def once(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Return the first of each source and its copies, by date."""
        found: dict[str, Evidence] = {}
        for one in sorted(evidence, key=lambda e: (e.date or "\uffff", e.document, e.field, e.start)):
            found.setdefault(self.leaders.get(one.document, one.document), one)
        return tuple(found.values())


def _of_fact(fact: Fact, seen: _Seen) -> Iterator[Happening]:
    by_time: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in fact.evidence:
        by_time[evidence.time].append(evidence)
    undated = by_time.pop("", [])
    if len(by_time) == 1:
        # The only time that anybody gives is that of the others too.
        next(iter(by_time.values())).extend(undated)
        undated = []
    for time, rows in [*by_time.items(), ("", undated)]:
        # What somebody is happens at no time, unless a sentence gives one.
        if rows and (time or fact.predicate != "be"):
            kept = seen.once(rows)
            yield Happening(
                time=time or kept[0].date,
                stated=bool(time),
                kind="fact",
                subject=fact.subject,
                predicate=fact.predicate,
                object=fact.object,
                evidence=kept,
                fact=fact.id,
                negated=fact.negated,
                modality=fact.modality,
            )


def _of_frames(store: Store, entity_id: str, seen: _Seen) -> Iterator[Happening]:
    meant = frame_rows.meant_in(store, entity_id, seen.documents)
    frames = frame_rows.frames_at(store, (m for m in meant if m.entity == entity_id))
    texts = graph_rows.sentences(store, (_span(h, f) for h, found in frames.items() for f in found))
    dates = frame_rows.dates_and_places(store, frames)
    told = frame_rows.predicates_of(store, entity_id)
    spans: dict[str, list[Meant]] = defaultdict(list)
    for one in meant:
        spans[one.holder].append(one)
    groups: dict[tuple[str, ...], list[tuple[Frame, Evidence, Mapping[str, str]]]] = defaultdict(list)
    for holder, found in frames.items():
        names = Places(m[1:] for m in spans[holder])
        when = Circumstances(dates.get(holder, ()), found)
        for frame in found:
            if (holder, frame.field, frame.predicate_start) in told or not _takes_part(frame, entity_id, names):
                continue
            evidence = _evidence(frame, seen, holder, texts[_span(holder, frame)], when.of_frame(frame))
            words = {role.label: _words(role, frame, evidence.sentence) for role in reversed(frame.roles)}
            sides = (fold(words.get(label, "")) for label in _CORE)
            key = (frame.lemma, *sides, evidence.time, str("ARGM-NEG" in words), _modality(words))
            groups[key].append((frame, evidence, words))
    yield from (_of_group(group, seen) for group in groups.values())


def _span(holder: str, frame: Frame) -> Span:
    return Span(holder, frame.field, frame.start, frame.end)


def _takes_part(frame: Frame, entity_id: str, names: Places) -> bool:
    heads = (role.head for role in frame.roles if role.label in _CORE)
    return frame.lemma not in _NO_EVENT and any(names.at(frame.field, head) == entity_id for head in heads)


def _words(role: Role, frame: Frame, sentence: str) -> str:
    words = " ".join(sentence[role.start - frame.start : role.end - frame.start].split())
    return words.removeprefix("by ") if role.label == "ARG0" else words


def _modality(words: Mapping[str, str]) -> Modality:
    return "possible" if "ARGM-MOD" in words else "asserted"


def _evidence(frame: Frame, seen: _Seen, holder: str, sentence: str, when: tuple[str, str]) -> Evidence:
    place: Publication = seen.places[holder]
    return Evidence(
        relation="",
        document=seen.documents[holder],
        field=frame.field,
        start=frame.start,
        end=frame.end,
        sentence=sentence,
        title=place.title,
        date=place.date,
        source=place.source,
        extractor=frame.extractor,
        confidence=frame.confidence,
        time=when[0],
        place=when[1],
    )


def _of_group(group: Sequence[tuple[Frame, Evidence, Mapping[str, str]]], seen: _Seen) -> Happening:
    kept = seen.once(evidence for _, evidence, _ in group)
    # Of equal frames the first by date speaks, whatever order the texts were read in.
    frame, evidence, words = next(row for row in group if row[1] is kept[0])
    core = [words[label] for label in _CORE if label in words]
    verb = evidence.sentence[frame.predicate_start - frame.start : frame.predicate_end - frame.start]
    return Happening(
        time=evidence.time or evidence.date,
        stated=bool(evidence.time),
        kind="frame",
        subject=core[0],
        predicate=verb,
        object=core[1] if len(core) > 1 else "",
        evidence=kept,
        negated="ARGM-NEG" in words,
        modality=_modality(words),
        roles=dict(sorted(words.items())),
    )
