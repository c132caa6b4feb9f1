"""Patterns over facts, from text: ``(?p:person)-[founded]->(?o:organisation)``. docs/match.md has the language.

::

    pattern  = chain { "," chain }
    chain    = node edge node { edge node }
    node     = "(" [ "?" name ] [ ":" type ] ")"  |  "(" quoted ")"
    edge     = "-[" predicates "]->"  |  "<-[" predicates "]-"
    predicates = "*"  |  predicate { "|" predicate }
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from kgretrieval.errors import UsageError
from kgretrieval.text.clean import fold
from kgretrieval.types import ENTITY_TYPES

#: What a variable can be restricted to: a type of entities, or words that are no entity.
TEXT = "text"
KINDS = (*ENTITY_TYPES, TEXT)

_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”')
_BLANK = re.compile(r"\s*")
_PREDICATE = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^"|\]]*))')


@dataclass(frozen=True, slots=True)
class Node:
    """A node: a variable, or a constant of which `constant` is the name. Nameless nodes have a name of their own."""

    variable: str
    kind: str = ""
    constant: str = ""

    @property
    def shown(self) -> bool:
        """Whether the user named it."""
        return not self.constant and not self.variable.startswith("_")


@dataclass(frozen=True, slots=True)
class PatternEdge:
    """From the subject to the object, by their variables; `predicates` are folded, None for any."""

    subject: str
    object: str
    predicates: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is to be found: nodes by their variables, and edges."""

    nodes: dict[str, Node]
    edges: tuple[PatternEdge, ...]


def parse(text: str) -> Pattern:
    """Read a pattern.

    Raises
    ------
    UsageError
        If it is none; the message names the column, from 1, and what would stand there.

    Examples
    --------
    >>> [edge] = parse('(?p:person)-[founded|co-founded]->("Siemens")').edges
    >>> edge.predicates
    ('founded', 'co-founded')
    """
    return _Parser(text).pattern()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.nodes: dict[str, Node] = {}
        self.edges: list[PatternEdge] = []

    def pattern(self) -> Pattern:
        while True:
            self.chain()
            if not self.takes(","):
                break
        if self.at < len(self.text):
            self.fail("an edge such as -[founded]->, a comma or the end")
        return Pattern(self.nodes, tuple(self.edges))

    def chain(self) -> None:
        one = self.node()
        while True:
            back = self.takes("<-[")
            if not back and not self.takes("-["):
                break
            predicates = self.predicates()
            if back:
                self.expects("]-", "]- at the end of an edge that begins with <-[")
                if self.takes(">"):
                    self.at -= 1
                    self.fail("a node: an edge points one way, <-[…]- or -[…]->")
            else:
                self.expects("]->", "]-> at the end of an edge that begins with -[")
            other = self.node()
            ends = (other, one) if back else (one, other)
            self.edges.append(PatternEdge(*ends, predicates))
            one = other
        if not self.edges or one not in {end for edge in self.edges for end in (edge.subject, edge.object)}:
            self.fail("an edge, -[founded]-> or <-[founded]-")

    def node(self) -> str:
        self.expects("(", 'a node such as (?p:person) or ("Angela Merkel")')
        quoted = _QUOTED.match(self.text, self.at)
        node = self.constant(quoted) if quoted else self.variable()
        self.expects(")", ") at the end of the node")
        known = self.nodes.setdefault(node.variable, node)
        if node.kind and known.kind not in ("", node.kind):
            self.fail(f"the same type for ?{node.variable} as before, {known.kind}", back=1)
        if node.kind and not known.kind:
            self.nodes[node.variable] = node
        return node.variable

    def constant(self, quoted: re.Match[str]) -> Node:
        name = re.sub(r"\\(.)", r"\1", quoted[1] if quoted[1] is not None else quoted[2]).strip()
        if not name:
            self.fail("a name between the quotation marks")
        self.at = quoted.end()
        return Node(f"={name}", constant=name)

    def variable(self) -> Node:
        name = f"_{len(self.nodes)}.{self.at}"
        if self.takes("?"):
            name = self.word("the name of a variable, such as ?p")
        elif self.at < len(self.text) and self.text[self.at] not in ":)":
            self.fail('a variable such as ?p, or a name in quotation marks such as "Angela Merkel"')
        kind = ""
        if self.takes(":"):
            start = self.at
            kind = self.word(f"a type: {', '.join(KINDS)}").lower()
            if kind not in KINDS:
                self.at = start
                self.fail(f"a type: {', '.join(KINDS)}")
        return Node(name, kind)

    def predicates(self) -> tuple[str, ...] | None:
        if self.takes("*"):
            return None
        found = []
        while True:
            start = self.at
            match = _PREDICATE.match(self.text, self.at)
            assert match is not None
            words = re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
            if not words.strip():
                self.fail("a predicate, or * for any")
            self.at = match.end()
            found.append(" ".join(fold(words).split()))
            if found[-1] == "*":
                self.at = start
                self.fail("a predicate: * stands alone")
            if not self.takes("|"):
                return tuple(dict.fromkeys(found))

    def word(self, what: str) -> str:
        self.skip()
        match = _NAME.match(self.text, self.at)
        if match is None:
            self.fail(what)
        self.at = match.end()
        return match[0]

    def skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def takes(self, mark: str) -> bool:
        """Go past a mark, and blanks around it, if it stands here; blanks inside an arrow do no harm."""
        match = re.compile(r"\s*" + r"\s*".join(map(re.escape, mark)) + r"\s*").match(self.text, self.at)
        if match:
            self.at = match.end()
        else:
            self.skip()
        return match is not None

    def expects(self, mark: str, what: str) -> None:
        if not self.takes(mark):
            self.fail(what)

    def fail(self, what: str, *, back: int = 0) -> NoReturn:
        place = self.at - back
        rest = self.text[place : place + 12]
        seen = repr(rest) if rest else "the end"
        raise UsageError(f"the pattern does not read at column {place + 1}: expected {what}, found {seen}")
