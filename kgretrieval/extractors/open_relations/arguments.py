"""The phrases that fill the places of a relation, as short as they can be said."""

from __future__ import annotations

from collections.abc import Iterator

from kgretrieval.extractors.open_relations.view import NOMINAL, Span, View

# What stays in front of a noun: what narrows its meaning, no article.
_BEFORE = frozenset({"compound", "amod", "nummod", "nmod:poss", "nmod", "flat", "nmod:desc", "nmod:unmarked", "advmod"})
_NAMING = frozenset({"flat", "appos", "nmod", "compound"})
_BEHIND = frozenset({"flat", "compound", "nummod", "fixed", "nmod:unmarked"})
_OPEN_ADVERBS = frozenset({"only", "even", "just", "also", "still", "now", "then", "mainly", "particularly"})
#: A phrase grows by what follows a preposition up to so many words.
_LONGEST = 7
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december year month week day today yesterday tomorrow morning evening afternoon night "
    "weekend hour minute second decade century time moment quarter season summer winter spring autumn period "
    "fortnight midnight noon date past future end start beginning moment while mid-week thirds".split()
)


def minimal(view: View, head: int) -> Span:
    """Return the phrase of a head word: its name, or the noun with what narrows it, without article and clauses."""
    name = view.names[head]
    if name is not None:
        return Span(name.first, name.last, head)
    for i in view.below[head]:
        own = view.names[i]
        if own is not None and own.first == head + 1 and own.type == "person" and view.label(i) in _NAMING:
            # "director Roger DeBris"
            return Span(own.first, own.last, i)
    first, last = _start(view, head), _end(view, head)
    for i in view.below[head]:
        grown = _grown(view, i, first, last) if i >= last and view.label(i) == "nmod" else last
        last = max(last, grown)
    return Span(first, last, head)


def _start(view: View, head: int) -> int:
    first = head
    for i in reversed([c for c in view.below[head] if c < head]):
        label = view.label(i)
        own = view.descendants(i)
        if label == "punct" and view.is_hyphen(i) and i == first - 1:
            first = i
        elif label not in _BEFORE or own[-1] != first - 1 or view.lower[i] in _OPEN_ADVERBS:
            break
        else:
            first = own[0]
    return first


def _end(view: View, head: int) -> int:
    last = head + 1
    for i in view.below[head]:
        if i >= last and view.label(i) in _BEHIND and view.descendants(i)[0] == last:
            last = view.descendants(i)[-1] + 1
    return last


def _grown(view: View, nested: int, first: int, last: int) -> int:
    """Return the end of a phrase with a nested one behind it: "of Apple" always, others while it stays short."""
    case = view.case(nested)
    if not case or case[0] != last:
        return last
    span = minimal(view, nested)
    of = view.lower[case[0]] == "of"
    return span.last if span.first > case[-1] and span.last - first <= _LONGEST + 3 * of else last


def members(view: View, head: int) -> Iterator[int]:
    """Yield a head word and the nouns coordinated with it."""
    yield head
    for i in view.children(head, ("conj",)):
        if view.tree.parts[i] in NOMINAL and view.child(i, "cop", "nsubj", "case") < 0:
            yield i


def phrases(view: View, head: int) -> list[Span]:
    """Return the phrases of coordinated names one by one, those of other coordinated nouns as one phrase."""
    heads = list(members(view, head))
    if len(heads) == 1 or any(view.names[i] is not None for i in heads):
        return [minimal(view, i) for i in heads]
    last = minimal(view, heads[-1])
    return [Span(minimal(view, head).first, last.last, head)]


def is_time(view: View, head: int) -> bool:
    """Return whether a phrase is a time: "Monday", "the third quarter", "2004"."""
    word = view.lower[head]
    year = word.isdigit() and len(word) == 4 and word[:2] in ("17", "18", "19", "20")
    return view.names[head] is None and (
        view.tree.lemmas[head].lower() in _TIMES or year or (word[:3].isdigit() and word[-1] == "s")
    )


def is_measure(view: View, head: int) -> bool:
    """Return whether a phrase is a bare number or amount."""
    return view.tree.parts[head] in ("NUM", "SYM") or view.sentence.words[head] in ("%", "$", "£", "€")
