"""What a document mentions: names, common nouns and pronouns, with what bears on which of them mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kgretrieval.extractors.anaphora.lexicon import ADDRESS, KINDS, NAME_KINDS, Lexicon
from kgretrieval.extractors.anaphora.words import Words
from kgretrieval.extractors.tagging.analysis import Sentence

NAME, NOUN, PRONOUN = 0, 1, 2
#: The pronouns that are resolved, by what they agree with; the order is that of the features.
LEXEMES = ("he", "she", "it", "they")
PRONOUNS = (
    dict.fromkeys("he him his himself".split(), 0)
    | dict.fromkeys("she her hers herself".split(), 1)
    | dict.fromkeys("it its itself".split(), 2)
    | dict.fromkeys("they them their theirs themselves".split(), 3)
)  # fmt: skip
REFLEXIVES = frozenset("himself herself itself themselves".split())

#: Grammatical roles, in the order of the features.
ROLES = ("subject", "passive subject", "object", "oblique", "owner", "modifier", "part", "apposition", "other")
_ROLES = {
    "nsubj": 0, "csubj": 0, "nsubj:pass": 1, "obj": 2, "iobj": 2, "obl": 3, "nmod:poss": 4, "nmod": 6, "compound": 5,
    "amod": 5, "appos": 7,
}  # fmt: skip
_DEFINITE = frozenset({"the"})
_POINTING = frozenset({"this", "that", "these", "those"})
_PLURAL = frozenset({"NNS", "NNPS"})
#: Relations under which a noun is no mention of its own.
_INSIDE = frozenset({"compound", "flat", "fixed", "goeswith", "amod"})

#: The gender of "Mrs" and "actress" outweighs that of a first name.
_TOLD = 9.0
#: Determiners, in the order of the features.
THE, THIS, OWNED, OTHER, BARE = range(5)


@dataclass(slots=True)
class Mentions:
    """Everything by mention, in the order of their head words.

    Attributes
    ----------
    kind : list of int
        `NAME`, `NOUN` or `PRONOUN`.
    head, first, last : list of int
        Words: the head, the first and one after the last.
    role : list of int
        Place in `ROLES`; of a conjunct that of the first one.
    governor : list of int
        The word that the role is played for; -1 for none.
    flags : list of tuple of bool
        (a conjunct, under "of"/"in", a predicate or apposition described by another mention)
    kinds : list of tuple of float
        Shares of `KINDS`.
    gender : list of float
        How much likelier a woman, as a logarithm; 0 where nothing is known.
    plural : list of bool
    lexeme : list of int
        Place in `LEXEMES` of pronouns, -1 for others.
    determiner : list of int
        `THE` ... `BARE`, of nouns.
    entity : list of int
        Names of one spelling or one surname share a number; -1 for what is no name.
    name : list of tuple
        (number of the sentence, number of the name in it), (-1, -1) for what is no name.
    sure : list of float
        How sure the tagger is of a name; 1 for others.
    articled : list of bool
        Whether a name stands with "the", as names of people do not.
    """

    kind: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    role: list[int] = field(default_factory=list)
    governor: list[int] = field(default_factory=list)
    flags: list[tuple[bool, bool, bool]] = field(default_factory=list)
    kinds: list[tuple[float, ...]] = field(default_factory=list)
    gender: list[float] = field(default_factory=list)
    plural: list[bool] = field(default_factory=list)
    lexeme: list[int] = field(default_factory=list)
    determiner: list[int] = field(default_factory=list)
    entity: list[int] = field(default_factory=list)
    name: list[tuple[int, int]] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)
    articled: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Links:
    """What the trees say of words beside their heads.

    `determiner` maps a noun to its article or owner, `described` a noun in apposition to another mention, or said of
    one ("X is the minister"), to the head of that one. `copula` holds what is said with "be", `case` what stands with
    a preposition, `after` the nouns with a clause or phrase of their own behind them.
    """

    determiner: dict[int, int]
    described: dict[int, int]
    copula: set[int]
    case: set[int]
    after: set[int]


def links(words: Words) -> Links:
    """Return the determiners, descriptions, copulas and postmodifiers of a document."""
    found = Links({}, {}, set(), set(), set())
    subjects: dict[int, int] = {}
    for i, label in enumerate(words.labels):
        head = words.heads[i]
        if label == "det" or label == "nmod:poss":
            found.determiner[head] = i
        elif label == "cop":
            found.copula.add(head)
        elif label == "case":
            found.case.add(head)
        elif label == "appos":
            found.described[i] = head
            found.described.setdefault(head, i)
        elif label == "nsubj":
            subjects[head] = i
        elif label in {"acl:relcl", "acl", "nmod"}:
            found.after.add(head)
    for noun in found.copula:
        if noun in subjects:
            found.described[noun] = subjects[noun]
    return found


def find(sentences: Sequence[Sentence], words: Words, tied: Links, lexicon: Lexicon) -> Mentions:
    """Return the mentions of a document; entities are not yet numbered."""
    found = Mentions()
    for number, sentence in enumerate(sentences):
        offset = words.starts[number]
        inside: dict[int, int] = {}
        heads: dict[int, int] = {}
        for place, name in enumerate(sentence.names):
            first, last = offset + name.first, offset + name.last
            inside |= dict.fromkeys(range(first, last), place)
            heads[_head(words, first, last)] = place
        for i in range(offset, words.starts[number + 1]):
            if i in inside:
                if i in heads:
                    name = sentence.names[heads[i]]
                    _add_name(found, words, tied, i, (offset + name.first, offset + name.last), name.type, lexicon)
                    found.name.append((number, heads[i]))
                    found.sure.append(name.confidence)
            elif words.lower[i] in PRONOUNS and words.tags[i][0] != "N":
                _add_pronoun(found, words, tied, i)
                found.name.append((-1, -1))
                found.sure.append(1.0)
            elif words.parts[i] in {"NOUN", "PROPN"} and words.labels[i].partition(":")[0] not in _INSIDE:
                _add_noun(found, words, tied, i, lexicon)
                found.name.append((-1, -1))
                found.sure.append(1.0)
    return found


def _head(words: Words, first: int, last: int) -> int:
    """Return the word of a span whose head lies outside of it."""
    for i in range(first, last):
        if not first <= words.heads[i] < last:
            return i
    return last - 1


def _add_name(
    found: Mentions, words: Words, tied: Links, i: int, span: tuple[int, int], kind: str, lexicon: Lexicon
) -> None:
    first, last = span
    gender = 0.0
    if kind == "person":
        sex = ADDRESS.get(words.lower[first - 1], 0) if first else 0
        sex = sex or (ADDRESS.get(words.lower[first], 0) if last - first > 1 else 0)
        if not sex and first and words.parts[first - 1] == "NOUN":
            sex = int(lexicon.noun(words.lemmas[first - 1])[1])
        noun = tied.described.get(i, -1)
        if not sex and noun >= 0:
            sex = int(lexicon.noun(words.lemmas[noun])[1])
        # A name of one word may be a surname: "Kelly", "Jordan".
        gender = _TOLD * sex or lexicon.first_name(words.lower[first]) * (1.0 if last - first > 1 else 0.5)
    _add(found, words, tied, i, NAME)
    found.articled[-1] = "the" in (words.lower[first - 1] if first else "", words.lower[first])
    found.first.append(first)
    found.last.append(last)
    found.kinds.append(NAME_KINDS[kind])
    found.gender.append(gender)
    found.plural.append(words.tags[last - 1] == "NNPS" and kind != "organisation")
    found.lexeme.append(-1)
    found.determiner.append(BARE)


def _add_pronoun(found: Mentions, words: Words, tied: Links, i: int) -> None:
    lexeme = PRONOUNS[words.lower[i]]
    _add(found, words, tied, i, PRONOUN)
    found.first.append(i)
    found.last.append(i + 1)
    found.kinds.append(NAME_KINDS["person"] if lexeme < 2 else (0.0,) * len(KINDS))
    found.gender.append((-_TOLD, _TOLD, 0.0, 0.0)[lexeme])
    found.plural.append(lexeme == 3)
    found.lexeme.append(lexeme)
    found.determiner.append(BARE)


def _add_noun(found: Mentions, words: Words, tied: Links, i: int, lexicon: Lexicon) -> None:
    kinds, sex = lexicon.noun(words.lemmas[i].lower())
    _add(found, words, tied, i, NOUN)
    determiner = tied.determiner.get(i, -1)
    word = words.lower[determiner] if determiner >= 0 else ""
    first = determiner if determiner >= 0 else i
    found.first.append(min(first, i))
    found.last.append(i + 1)
    found.kinds.append(kinds)
    found.gender.append(_TOLD * sex)
    found.plural.append(words.tags[i] in _PLURAL)
    found.lexeme.append(-1)
    owned = determiner >= 0 and words.labels[determiner] == "nmod:poss"
    kind = THE if word in _DEFINITE else THIS if word in _POINTING else OWNED if owned else OTHER if word else BARE
    found.determiner.append(kind)


def _add(found: Mentions, words: Words, tied: Links, i: int, kind: int) -> None:
    """Append what every kind of mention has."""
    label, place = words.labels[i], i
    conjunct = False
    while label == "conj" and words.heads[place] >= 0:
        place = words.heads[place]
        label = words.labels[place]
        conjunct = True
    role = _ROLES.get(label, _ROLES.get(label.partition(":")[0], 8))
    if kind == PRONOUN and words.tags[i] == "PRP$":
        role = 4
    found.kind.append(kind)
    found.head.append(i)
    found.role.append(role)
    found.governor.append(words.heads[place])
    described = i in tied.copula or label == "appos"
    found.flags.append((conjunct, i in tied.case, described))
    found.entity.append(-1)
    found.articled.append(False)
