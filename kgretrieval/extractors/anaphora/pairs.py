"""Which mentions a pronoun or a short form may stand for, and what speaks for and against each.

After P. Denis and J. Baldridge, "Specialized models and ranking for coreference resolution", EMNLP 2008: pronouns and
short forms have rankers of their own; the signs are those of S. Lappin and H. Leass, "An Algorithm for Pronominal
Anaphora Resolution", Computational Linguistics 20(4), 1994, and of what came after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgretrieval.extractors.anaphora.columns import CHAIN, Bools, Columns, Floats, Ints
from kgretrieval.extractors.anaphora.mentions import LEXEMES, NAME, NOUN, OWNED, PRONOUN, ROLES, THE, THIS

#: Sentences back that are looked at: for names and pronouns, for nouns.
WINDOW, NOUN_WINDOW = 5, 3
#: Of whom a woman is likelier by more than this (a logarithm) is no "he", and the other way round.
_UNLIKE = 4.0
#: Names that the tagger is as sure of as this have their type.
_SURE = 0.9
#: A noun that is less likely than this to mean a person, an organisation or a place is no short form of a name.
_NAMEABLE = 0.3


@dataclass(frozen=True, slots=True)
class Pairs:
    """Anaphors with their candidates.

    Attributes
    ----------
    anaphors : numpy.ndarray
        ``(a,)`` rows of the mentions that are to be resolved, in order.
    row, candidate : numpy.ndarray
        ``(p,)`` each: place in `anaphors`, and the mention that it may stand for; sorted by both.
    features : numpy.ndarray
        ``(p, f)`` float32.
    context : numpy.ndarray
        ``(a, g)`` float32: what bears on whether an anaphor stands for any of them.
    """

    anaphors: Ints
    row: Ints
    candidate: Ints
    features: Floats
    context: Floats


def pronoun_pairs(own: Columns) -> Pairs:
    """Return the pronouns of a document with their candidates."""
    anaphors = np.flatnonzero(own.kind == PRONOUN)
    allowed = _pronoun_candidates(own, anaphors)
    row, candidate = np.nonzero(allowed)
    nearer = _nearer(own, anaphors, allowed)
    common = _common(own, anaphors[row], candidate, nearer[row, candidate])
    features = [*common, *_agreement(own, anaphors[row], candidate), *_rivals(own, anaphors, row, candidate)]
    return Pairs(anaphors, row, candidate, _table(features), _context(own, anaphors, allowed))


def noun_pairs(own: Columns) -> Pairs:
    """Return the short forms ("the company") of a document with their candidates."""
    nameable = own.kinds[:, :3].max(axis=1, initial=0.0) >= _NAMEABLE
    definite = (own.determiner == THE) | (own.determiner == THIS)
    # "The president of that country" says whom it means and needs no name before it.
    chosen = (own.kind == NOUN) & definite & ~own.described & ~own.modified & (nameable | own.generic)
    anaphors = np.flatnonzero(chosen)
    allowed = _noun_candidates(own, anaphors)
    row, candidate = np.nonzero(allowed)
    nearer = _nearer(own, anaphors, allowed)
    common = _common(own, anaphors[row], candidate, nearer[row, candidate])
    features = [*common, *_fit(own, anaphors[row], candidate), *_foremost(own, anaphors, row, candidate)]
    return Pairs(anaphors, row, candidate, _table(features), _noun_context(own, anaphors, allowed))


def _pronoun_candidates(own: Columns, anaphors: Ints) -> Bools:
    i = anaphors[:, None]
    back = own.sentence[i] - own.sentence[None]
    before = own.head[None] < own.head[i]
    lexeme = own.lexeme[i]
    names = (own.kind == NAME)[None] & (before & (back <= WINDOW) | ~before & (back == 0))
    # What is surely no person is no "he" or "she".
    names &= (lexeme > 1) | ((own.kinds[:, 0] > 0) | (own.sure < _SURE))[None]
    # Learned from texts in which rivals mostly have one gender, it would count for too little.
    unlike = (own.gender * own.kinds[:, 0])[None] * np.where(lexeme == 1, -1.0, 1.0) > _UNLIKE
    fits = (lexeme > 1) | ~unlike
    # Of nouns "he" and "she" mean persons alone; what is in no lexicon may be one.
    person = (own.kinds[:, 0] >= 0.1) | (own.kinds.sum(axis=1) == 0)
    nouns = ((own.kind == NOUN) & ~own.described)[None] & before & (back <= NOUN_WINDOW)
    nouns &= (lexeme > 1) | (person & ~own.plural)[None]
    nouns &= (lexeme != 2) | ~own.plural[None]
    pronouns = (own.lexeme[None] == lexeme) & before & (back <= WINDOW)
    # Who speaks of a third person does not mean himself.
    speaker = own.speaker[anaphors]
    entity = np.where(speaker >= 0, own.entity[speaker], -1)[:, None]
    himself = (speaker[:, None] == np.arange(len(own.head))) | ((entity >= 0) & (own.entity[None] == entity))
    himself &= own.quote[None] != own.quote[i]
    found: Bools = (names & fits | nouns & fits | pronouns) & ~himself
    return found


def _noun_candidates(own: Columns, anaphors: Ints) -> Bools:
    i = anaphors[:, None]
    # "The Ford workers" are not Ford.
    before = own.head[None] < own.first[i]
    nearest = own.again[None] >= i
    names = (own.kind == NAME)[None] & (own.kinds[anaphors] @ own.kinds.T > 0.02)
    nouns = (own.kind == NOUN)[None] & (own.lemma[None] == own.lemma[i]) & ~own.described[None]
    nouns &= own.plural[None] == own.plural[i]
    found: Bools = before & nearest & (names | nouns)
    return found


def _nearer(own: Columns, anaphors: Ints, allowed: Bools) -> Floats:
    """Return ``(a, m)``: how many candidates of the same kind stand nearer before the anaphor."""
    found = np.zeros(allowed.shape, np.float32)
    before = allowed & (own.head[None] < own.head[anaphors][:, None])
    for kind in (NAME, NOUN, PRONOUN):
        of_kind = before & (own.kind == kind)[None]
        # Counted from the right, without the candidate itself.
        nearer = np.cumsum(of_kind[:, ::-1], axis=1)[:, ::-1] - of_kind
        found += np.where(own.kind[None] == kind, nearer, 0).astype(np.float32)
    return found


def _common(own: Columns, i: Ints, j: Ints, nearer: Floats) -> list[Floats]:
    """Return the signs that both rankers look at: place, syntax, prominence, quotes."""
    back = own.sentence[i] - own.sentence[j]
    apart = np.abs(own.head[i] - own.head[j])
    after = own.head[j] > own.head[i]
    subject_j, subject_i = own.role[j] < 2, own.role[i] < 2
    same = back == 0
    signs: list[Floats] = [_f(back == k) for k in range(3)]
    signs += [_f(np.minimum(back, 8) / 8), _f(np.log1p(apart) / 6), _f(after), _f(np.log1p(nearer) / 3)]
    signs += [_f(nearer == 0), _f((nearer == 0) & same)]
    signs += [_f(own.kind[j] == kind) for kind in (NAME, NOUN, PRONOUN)]
    signs += [_f(own.role[j] == role) for role in range(len(ROLES))]
    signs += [_f(own.role[i] == role) for role in (0, 1, 2, 3, 4, 6)]
    signs += [_f(own.role[i] == own.role[j]), _f(subject_i & subject_j), _f((own.role[i] == 4) & subject_j)]
    signs += [_f((own.role[i] == 4) & subject_j & same), _f((own.role[i] > 1) & subject_j & same)]
    signs += [_f(subject_i & (own.role[j] == 2)), _f((own.role[i] == 2) & (own.role[j] == 2))]
    signs += [_f(subject_i & subject_j & (back == k)) for k in (0, 1)]
    signs += [_f(own.main[j] & subject_j & (back == k)) for k in (0, 1)]
    signs += [_f(own.main[j]), _f(own.main[i] & subject_i), _f(own.depth[j] / CHAIN), _f(own.depth[i] / CHAIN)]
    signs += [own.sure[j], _f(own.articled[j]), _f(own.articled[j] * own.kinds[j, 0])]
    signs += [_f(own.agent[j]), _f((own.kind[j] == NAME) & (own.length[j] == 1)), _f(own.longest[j] == 1)]
    signs += [_f(own.longest[j] > own.length[j]), _f((own.length[j] > 1) & (own.order[j] == 0))]
    signs += _syntax(own, i, j, same)
    signs += [_f(own.conjunct[j]), _f(own.marked[j]), _f(own.says[j] & subject_j), _f(own.says[i] & subject_i)]
    signs += [_f(own.paragraph[i] == own.paragraph[j]), _f(own.opening[i]), _f(own.opening[j])]
    signs += [_f(np.log1p(own.size[j]) / 3), _f(own.titled[j]), _f(own.lead[j]), _f(np.log1p(own.order[j]) / 3)]
    quoted_i, quoted_j = own.quote[i] >= 0, own.quote[j] >= 0
    signs += [_f(quoted_i), _f(quoted_j), _f(quoted_i & (own.quote[i] == own.quote[j]))]
    speaker = own.speaker[i]
    known = speaker >= 0
    spoken = known & ((speaker == j) | ((own.entity[j] >= 0) & (own.entity[speaker] == own.entity[j])))
    signs += [_f(spoken), _f(known), _f(own.speaks[j])]
    return signs


def _syntax(own: Columns, i: Ints, j: Ints, same: Bools) -> list[Floats]:
    """Return how the two stand to each other in the tree of their sentence; zeros where it is not one sentence."""
    number = len(i)
    signs = np.zeros((11, number), np.float32)
    at = np.flatnonzero(same)
    if len(at):
        left, right = own.chain[i[at]], own.chain[j[at]]
        meet = (left[:, :, None] == right[:, None, :]) & (left >= 0)[:, :, None]
        steps = np.arange(CHAIN)
        total = np.where(meet, steps[:, None] + steps[None], 4 * CHAIN).reshape(len(at), -1)
        best = total.argmin(axis=1)
        found = total[np.arange(len(at)), best] < 4 * CHAIN
        up_i, up_j = np.where(found, best // CHAIN, CHAIN), np.where(found, best % CHAIN, CHAIN)
        governs = own.governor[j[at]]
        above = (left[:, 1:] == governs[:, None]) & (governs >= 0)[:, None]
        subject = own.role[j[at]] < 2
        clause = own.governor[i[at]] == governs
        signs[0, at] = up_i / CHAIN
        signs[1, at] = up_j / CHAIN
        signs[2, at] = up_j == 0
        signs[3, at] = up_i == 0
        signs[4, at] = clause
        signs[5, at] = clause & subject & (own.role[i[at]] != 4)
        signs[6, at] = above.any(axis=1) & subject
        signs[7, at] = above[:, :2].any(axis=1) & subject & (own.role[i[at]] == 4)
        signs[8, at] = own.reflexive[i[at]] & clause
        signs[9, at] = (up_j == 0) & (up_i == 1)
        signs[10, at] = above.any(axis=1) & ~subject
    return list(signs)


def _agreement(own: Columns, i: Ints, j: Ints) -> list[Floats]:
    """Return the signs of pronouns: gender, number, what kinds of things they stand for."""
    lexeme = own.lexeme[i]
    animate = lexeme < 2
    gender = own.gender[j] * np.where(lexeme == 1, 1.0, -1.0) * animate
    same = own.kind[j] == PRONOUN
    gender = np.where(same, 0, gender)
    person = own.kinds[j, 0]
    signs = [_f(np.clip(gender, -4, 4) / 4), _f(gender > 1.0), _f(gender < -1.0), _f(gender < -5.0), _f(gender > 5.0)]
    signs += [_f(animate & (gender == 0) & ~same)]
    for group in (animate, lexeme == 2, lexeme == 3):
        signs += [_f(group * own.kinds[j, kind]) for kind in range(own.kinds.shape[1])]
        signs += [_f(group), _f(group & own.plural[j]), _f(group & (own.kind[j] == NOUN))]
        signs += [_f(group & (own.role[j] == 5)), _f(group & (own.role[j] < 2)), _f(group & same)]
    signs += [_f(own.kinds[j].sum(axis=1) == 0), _f(person * own.titled[j]), _f(own.reflexive[i])]
    signs += [_f((own.role[i] == 4) & (own.role[j] == 4)), _f(same & (own.role[i] < 2) & (own.role[j] < 2))]
    signs += [_f((own.kind[j] == NOUN) & (own.determiner[j] == kind)) for kind in range(5)]
    signs += [_f((own.kind[j] == NOUN) & own.generic[j]), _f(own.modified[j])]
    return signs


def _rivals(own: Columns, anaphors: Ints, row: Ints, candidate: Ints) -> list[Floats]:
    """Return how many names that agree with the pronoun stand nearer, and whether the candidate is the nearest."""
    lexeme = own.lexeme[anaphors][:, None]
    person = (own.kinds[:, 0] > 0.5)[None]
    gender = own.gender[None] * np.where(lexeme == 1, 1.0, -1.0)
    fits = np.where(lexeme < 2, person & (gender >= -1.0), np.where(lexeme == 2, ~person, person | own.plural[None]))
    fits &= (own.kind == NAME)[None] & (own.head[None] < own.head[anaphors][:, None])
    fits &= own.sentence[anaphors][:, None] - own.sentence[None] <= WINDOW
    signs: list[Floats] = []
    for subjects in (False, True):
        counted = fits & (own.role < 2)[None] if subjects else fits
        nearer = (np.cumsum(counted[:, ::-1], axis=1)[:, ::-1] - counted)[row, candidate]
        own_fit = counted[row, candidate]
        signs += [_f(own_fit), _f(own_fit & (nearer == 0)), _f(own_fit * np.log1p(nearer) / 3)]
        signs += [_f(np.log1p(counted.sum(axis=1))[row] / 3 * own_fit)]
    same = own.sentence[anaphors][:, None] == own.sentence[None]
    rivals = (fits & same).sum(axis=1)[row]
    return [*signs, _f((rivals == 1) & fits[row, candidate] & same[row, candidate]), _f(np.log1p(rivals) / 3)]


def _fit(own: Columns, i: Ints, j: Ints) -> list[Floats]:
    """Return the signs of short forms: whether the noun fits what the candidate is and is called."""
    names = own.kind[j] == NAME
    fit = (own.kinds[i] * own.kinds[j]).sum(axis=1)
    code = own.lemma[i] * own.entities + own.entity[j]
    described = names & np.isin(code, own.noun_of)
    gender = own.gender[i] * own.gender[j]
    signs = [_f(fit), _f(described), _f(names & ~described), _f(names & (own.plural[i] != own.plural[j]))]
    signs += [_f(names * own.kinds[i, kind] * own.kinds[j, kind]) for kind in range(4)]
    signs += [_f(own.kinds[j, kind]) for kind in range(4)]
    signs += [_f(gender > 5.0), _f(gender < -5.0), _f(own.generic[i]), _f(own.generic[i] * fit)]
    signs += [_f(own.plural[i]), _f(own.determiner[i] == THIS), _f(own.extended[i])]
    signs += [_f(~names & (own.determiner[j] == kind)) for kind in (THE, THIS, OWNED)]
    signs += [_f(own.generic[i] & own.titled[j] * (fit > 0.5)), _f(own.reflexive[i])]
    return signs


def _foremost(own: Columns, anaphors: Ints, row: Ints, candidate: Ints) -> list[Floats]:
    """Return whether a name is the most frequent, the nearest or the only one that fits a short form."""
    fits = (own.kind[candidate] == NAME) & ((own.kinds[anaphors[row]] * own.kinds[candidate]).sum(axis=1) > 0.4)
    size = np.where(fits, own.size[candidate], 0)
    place = np.where(fits, own.head[candidate], -1)
    largest, nearest = np.zeros(len(anaphors), np.int64), np.full(len(anaphors), -1, np.int64)
    np.maximum.at(largest, row, size)
    np.maximum.at(nearest, row, place)
    total = np.bincount(row, weights=fits, minlength=len(anaphors))[row]
    most = fits & (size == largest[row])
    share = size / np.maximum(np.bincount(row, weights=size, minlength=len(anaphors))[row], 1)
    signs = [_f(fits & (place == nearest[row])), _f(most), _f(most & (place == nearest[row])), _f(share)]
    return [*signs, _f(fits & (total == 1)), _f(fits * np.log1p(total) / 3), _f(most & own.generic[anaphors[row]])]


def _context(own: Columns, anaphors: Ints, allowed: Bools) -> Floats:
    """Return what bears on whether a pronoun stands for anything."""
    lexeme = own.lexeme[anaphors]
    signs = [_f(lexeme == k) for k in range(len(LEXEMES))]
    signs += [_f(own.role[anaphors] == role) for role in (0, 1, 2, 3, 4, 6, 8)]
    signs += [_f(own.reflexive[anaphors]), _f(own.expletive[anaphors]), _f(own.quote[anaphors] >= 0)]
    signs += [_f(own.says[anaphors]), _f(own.opening[anaphors]), _f(own.sentence[anaphors] == 0)]
    for kind in (NAME, NOUN, PRONOUN):
        signs.append(_f(np.log1p((allowed & (own.kind == kind)[None]).sum(axis=1)) / 3))
    people = allowed & ((own.kind == NAME) & (own.kinds[:, 0] > 0.5))[None]
    signs += [
        _f(np.log1p(people.sum(axis=1)) / 3),
        _f(~people.any(axis=1)),
        _f((lexeme == 2) & (own.role[anaphors] < 2)),
    ]
    return _table(signs)


def _noun_context(own: Columns, anaphors: Ints, allowed: Bools) -> Floats:
    """Return what bears on whether a definite noun stands for a name."""
    signs = [_f(own.kinds[anaphors, kind]) for kind in range(own.kinds.shape[1])]
    signs += [_f(own.generic[anaphors]), _f(own.plural[anaphors])]
    signs += [_f(own.extended[anaphors]), _f(own.determiner[anaphors] == THIS), _f(own.quote[anaphors] >= 0)]
    signs += [_f(own.role[anaphors] == role) for role in (0, 1, 2, 3, 4, 6)]
    signs += [_f(own.sentence[anaphors] == 0), _f(own.opening[anaphors])]
    fitting = (own.kinds[anaphors] @ own.kinds.T > 0.4) & allowed
    names = fitting & (own.kind == NAME)[None]
    nouns = allowed & (own.kind == NOUN)[None]
    signs += [_f(np.log1p(names.sum(axis=1)) / 3), _f(~names.any(axis=1)), _f(nouns.any(axis=1))]
    signs += [_f(names.sum(axis=1) == 1)]
    return _table(signs)


def _f(values: npt.NDArray[Any]) -> Floats:
    return values.astype(np.float32)


def _table(signs: list[Floats]) -> Floats:
    return np.stack(signs, axis=1) if signs else np.zeros((0, 0), np.float32)
