"""From the head word of an argument to the words it spans, by the tree and by rules counted on gold trees."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

#: A rule is (kind of way to the predicate, label of a dependent of the head, its side, its word if it is a leaf); or
#: (kind, role, label, side, whether it has a subject or copula of its own, whether the head has a copula), the same
#: without the role, or the first part of the kind, label and side alone.
Key = tuple[str, ...]

_PAIRS = {"(": ")", "[": "]", '"': '"', "“": "”", "'": "'", "`": "'", "‘": "’", "``": "''"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "cop"})
_CLAUSES = frozenset({"conj", "parataxis", "advcl", "advmod", "obl"})


class SpanReader:
    """Reads the spans of arguments off one tree.

    Parameters
    ----------
    words, heads, labels, parts : sequence
        Of a sentence, as `Tree` has them.
    rules : Mapping
        Whether a dependent of an argument's head belongs to the argument; what no rule names does.
    """

    def __init__(
        self,
        words: Sequence[str],
        heads: Sequence[int],
        labels: Sequence[str],
        parts: Sequence[str],
        rules: Mapping[Key, bool],
    ) -> None:
        self._words, self._heads, self.labels, self._parts, self._rules = words, heads, labels, parts, rules
        size = len(heads)
        self.children: list[list[int]] = [[] for _ in range(size)]
        self._first, self._last = list(range(size)), list(range(size))
        for word, head in enumerate(heads):
            if head >= 0:
                self.children[head].append(word)
            while head >= 0:
                self._first[head] = min(self._first[head], word)
                self._last[head] = max(self._last[head], word)
                head = heads[head]

    def span(self, predicate: int, role: str, head: int, others: Collection[int] = ()) -> tuple[int, int]:
        """Return the first word and the end of the argument with this head; `others` are the heads of the others."""
        above = self.above(predicate)
        kind = self.kind(predicate, head, above)
        start = end = head
        children = self.children[head]
        for child in reversed([c for c in children if c < head]):
            if self._last[child] != start - 1 or child in above or not self._belongs(kind, role, head, child):
                break
            start = self._first[child]
        for child in (c for c in children if c > head):
            if self._first[child] != end + 1 or child in above or not self._belongs(kind, role, head, child):
                break
            end = self._last[child]
        return self._trim(start, max(end, self._clause_end(predicate, role, head, others)), head)

    def _clause_end(self, predicate: int, role: str, head: int, others: Collection[int]) -> int:
        """Return the last word of "the visitors wait" in "made the visitors wait": one argument, two dependents."""
        if role == "ARG1" and self.labels[head] in ("obj", "iobj") and self._heads[head] == predicate:
            for child in self.children[predicate]:
                if child > head and self.labels[child] == "xcomp" and child not in others:
                    return self._last[child]
        return head

    def above(self, word: int) -> list[int]:
        """Return a word, its head, and so on to the root."""
        found = []
        while word >= 0:
            found.append(word)
            word = self._heads[word]
        return found

    def kind(self, predicate: int, head: int, above: Sequence[int]) -> str:
        """Return how the head of an argument and its predicate stand to each other in the tree."""
        if head == predicate:
            return "self"
        if head in above:
            return "up:" + self.labels[above[above.index(head) - 1]]
        if self._heads[head] == predicate:
            return "child"
        return "sibling" if self._heads[head] == self._heads[predicate] else "other"

    def keys(self, kind: str, role: str, head: int, child: int) -> tuple[Key, ...]:
        """Return the rules that may say whether a dependent belongs to an argument, the most special first."""
        label, side = self.labels[child], "<" if child < head else ">"
        clause = label in _CLAUSES and any(self.labels[c] in _SUBJECTS for c in self.children[child])
        copula = any(self.labels[c] == "cop" for c in self.children[head])
        rest = (label, side, "clause" if clause else "", "copula" if copula else "")
        general = (kind, _group(role), *rest), (kind, *rest), (kind.partition(":")[0], label, side)
        if self.children[child]:
            return general
        return (kind, label, side, self._words[child].lower()), *general

    def _belongs(self, kind: str, role: str, head: int, child: int) -> bool:
        if self.labels[child] == "punct":
            return True
        for key in self.keys(kind, role, head, child):
            said = self._rules.get(key)
            if said is not None:
                return said
        return True

    def _trim(self, start: int, end: int, head: int) -> tuple[int, int]:
        """Take off punctuation at the edges, but for brackets and quotes whose partner is inside."""
        words, parts = self._words, self._parts
        while start < head and parts[start] == "PUNCT":
            if _PAIRS.get(words[start]) in words[start + 1 : end + 1]:
                break
            start += 1
        while end > head and parts[end] == "PUNCT":
            if _OPENING.get(words[end]) in words[start:end] and not self._odd(words[end], start, end):
                break
            end -= 1
        return start, end + 1

    def _odd(self, mark: str, start: int, end: int) -> bool:
        """Return whether a mark that both opens and closes closes nothing at the end of a span."""
        return _PAIRS.get(mark) == mark and self._words[start : end + 1].count(mark) % 2 == 1


def _group(role: str) -> str:
    """Return the role for which rules are counted: all numbered arguments are one."""
    bare = role.removeprefix("R-").removeprefix("C-")
    return bare if bare.startswith("ARGM") else "ARG"
