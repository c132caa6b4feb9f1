"""Phrases of a tagged sentence: noun phrases with their heads, verb groups, and what stands between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kgretrieval.extractors._analysis import Sentence

PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "WDT", "EX"})
_RELATIVES = frozenset({"WDT", "WP"})
_STAND_INS = frozenset(
    "this that these those such another one ones others some many few most all both none each".split()
)
_BE = frozenset("be is am are was were been being 's 're 'm".split())
_HAVE_DO = frozenset("have has had having do does did 've 'd".split())
_NOT = frozenset({"not", "n't", "never", "nor", "neither"})
_NEVER = frozenset({"not", "never", "n't", "no longer"})
_MARKS = {",": "COMMA", ";": "STOP", ":": "STOP", "--": "STOP", "-": "STOP", "–": "STOP", "—": "STOP", ".": "STOP"}
_MARKS |= dict.fromkeys("([{", "OPEN") | dict.fromkeys(")]}", "CLOSE") | dict.fromkeys(["-LRB-"], "OPEN")
_MARKS |= dict.fromkeys(["?", "!", "..."], "STOP") | dict.fromkeys(["-RRB-"], "CLOSE")
_MARKS |= dict.fromkeys(['"', "``", "''", "“", "”", "'", "`", "‘", "’"], "QUOTE")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `first` to `last` (exclusive) of a sentence.

    `kind` is NP, VP, PP, ADJP, ADVP, PRT, SBAR, REL (a relative pronoun), CC, COMMA, STOP, QUOTE, OPEN, CLOSE or
    OTHER. `head` is the head word of a noun phrase, the main verb of a verb group.
    """

    kind: str
    first: int
    last: int
    head: int = -1


def phrases(sentence: Sentence) -> list[Phrase]:
    """Return the phrases that cover a sentence, in order: chunks, joined where several make one phrase."""
    chunks = _chunks(sentence)
    joined = _join_names(sentence, chunks)
    joined = _join_verbs(sentence, joined)
    joined = _join_nouns(sentence, joined)
    return [replace(phrase, head=_head(sentence, phrase)) for phrase in joined]


def _chunks(sentence: Sentence) -> list[Phrase]:
    found: list[Phrase] = []
    for i, tag in enumerate(sentence.chunks):
        kind = _kind(sentence, i)
        if tag[0] == "I" and found and found[-1].kind == kind == tag[2:]:
            found[-1] = replace(found[-1], last=i + 1)
        else:
            found.append(Phrase(kind, i, i + 1))
    return found


def _kind(sentence: Sentence, i: int) -> str:
    word, part, chunk = sentence.words[i], sentence.parts[i], sentence.chunks[i][2:]
    mark = _MARKS.get(word)
    if mark and part not in {"POS", "NNP"}:
        return mark
    if chunk == "NP" and part in _RELATIVES:
        return "REL"
    if chunk in {"NP", "VP", "PP", "ADJP", "ADVP", "PRT", "SBAR"}:
        return chunk
    return "CC" if part == "CC" or chunk == "CONJP" else "OTHER"


def _join_names(sentence: Sentence, chunks: list[Phrase]) -> list[Phrase]:
    """Join what a name spans: the chunker may cut in it."""
    inside = {i for name in sentence.names for i in range(name.first + 1, name.last)}
    joined: list[Phrase] = []
    for chunk in chunks:
        if joined and chunk.first in inside:
            joined[-1] = Phrase("NP", joined[-1].first, chunk.last)
        else:
            joined.append(chunk)
    return joined


def _join_verbs(sentence: Sentence, chunks: list[Phrase]) -> list[Phrase]:
    """Join verb chunks with the auxiliaries, adverbs and particles between and behind them."""
    joined: list[Phrase] = []
    for chunk in chunks:
        if chunk.kind == "VP" and joined:
            if joined[-1].kind == "ADVP" and _text(sentence, joined[-1]) in _NEVER:
                chunk = Phrase("VP", joined.pop().first, chunk.last)
            elif joined[-1].kind == "ADVP" and len(joined) > 1 and _auxiliary(sentence, joined[-2]):
                joined.pop()
            if joined and joined[-1].kind == "VP":
                joined[-1] = replace(joined[-1], last=chunk.last)
                continue
        if chunk.kind == "PRT" and joined and joined[-1].kind == "VP":
            joined[-1] = replace(joined[-1], last=chunk.last)
            continue
        joined.append(chunk)
    return joined


def _auxiliary(sentence: Sentence, phrase: Phrase) -> bool:
    last = sentence.words[phrase.last - 1].lower()
    return phrase.kind == "VP" and (last in _BE or last in _HAVE_DO or sentence.parts[phrase.last - 1] in {"MD", "RB"})


def _join_nouns(sentence: Sentence, chunks: list[Phrase]) -> list[Phrase]:
    """Join noun phrases with what follows "of" and with the owner before them."""
    joined: list[Phrase] = []
    for chunk in chunks:
        if chunk.kind == "NP" and joined:
            if joined[-1].kind == "NP" and _owns(sentence, joined[-1], chunk):
                joined[-1] = replace(joined[-1], last=chunk.last)
                continue
            of = joined[-1].kind == "PP" and _text(sentence, joined[-1]) == "of"
            if of and len(joined) > 1 and joined[-2].kind == "NP":
                joined.pop()
                joined[-1] = replace(joined[-1], last=chunk.last)
                continue
        joined.append(chunk)
    return joined


def _owns(sentence: Sentence, owner: Phrase, thing: Phrase) -> bool:
    return sentence.parts[thing.first] == "POS" or sentence.parts[owner.last - 1] == "POS"


def _text(sentence: Sentence, phrase: Phrase) -> str:
    return " ".join(sentence.words[phrase.first : phrase.last]).lower()


def _head(sentence: Sentence, phrase: Phrase) -> int:
    if phrase.kind == "VP":
        return main_verb(sentence, phrase)
    if phrase.kind == "NP":
        return noun_head(sentence, phrase.first, phrase.last)
    return phrase.last - 1


def noun_head(sentence: Sentence, first: int, last: int) -> int:
    """Return the last noun before any preposition, comma or conjunction: what the phrase is about."""
    end = first
    for i in range(first, last):
        inside = any(name.first < i < name.last for name in sentence.names)
        if i > first and not inside and sentence.parts[i] in {"IN", "TO", ",", "CC", "(", "WDT", "WP"}:
            break
        end = i + 1
    for i in range(end - 1, first - 1, -1):
        if sentence.parts[i].startswith("NN") or sentence.parts[i] in PRONOUNS:
            return i
    return max(end - 1, first)


def main_verb(sentence: Sentence, phrase: Phrase) -> int:
    """Return the last verb of a group: "meet" in "did not want to meet"."""
    for i in range(phrase.last - 1, phrase.first - 1, -1):
        if sentence.parts[i].startswith("VB"):
            return i
    return phrase.last - 1


def is_pronoun(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a phrase stands for another one: "he", "it", "those", "his"."""
    if any(name.first < last and first < name.last for name in sentence.names):
        return False
    head = noun_head(sentence, first, last)
    if sentence.parts[head] in PRONOUNS:
        return True
    return sentence.words[head].lower() in _STAND_INS and not sentence.parts[head].startswith("NN")


def name_at(sentence: Sentence, word: int) -> int:
    """Return the index of the name that covers a word, -1 where there is none."""
    return next((i for i, name in enumerate(sentence.names) if name.first <= word < name.last), -1)


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb group taken apart; `predicate` is in lower case, without negation and "do"."""

    predicate: str
    negated: bool
    finite: bool
    infinitive: bool
    passive: bool
    copula: bool
    verb: str


def verb_group(sentence: Sentence, phrase: Phrase) -> VerbGroup:
    """Return what a verb group says: "didn't meet" is ("meet", negated)."""
    words = [word.lower().replace("’", "'") for word in sentence.words[phrase.first : phrase.last]]
    parts = sentence.parts[phrase.first : phrase.last]
    negated = not _NOT.isdisjoint(words) or "no longer" in " ".join(words)
    kept = [i for i, (word, part) in enumerate(zip(words, parts, strict=True)) if _says_something(word, part)]
    if len(kept) > 1 and words[kept[0]] in {"do", "does", "did"}:
        kept = kept[1:]
    verbs = [i for i in range(len(words)) if parts[i].startswith("VB") or parts[i] == "MD"]
    first = verbs[0] if verbs else 0
    infinitive = words[0] == "to"
    main = main_verb(sentence, phrase) - phrase.first
    forms = {
        "'s": "is",
        "'re": "are",
        "'m": "am",
        "'ve": "have",
        "'ll": "will",
        "ca": "can",
        "wo": "will",
        "'d": "would",
    }
    return VerbGroup(
        predicate=" ".join(forms.get(words[i], words[i]) for i in kept),
        negated=negated,
        finite=not infinitive
        and (parts[first] in {"VBD", "VBZ", "VBP", "MD"} or words[first] in _BE - {"being", "be"}),
        infinitive=infinitive,
        passive=parts[main] == "VBN" and any(word in _BE for word in words[:main]),
        copula=words[main] in _BE,
        verb=words[main],
    )


def _says_something(word: str, part: str) -> bool:
    return word not in _NOT and (part.startswith("VB") or part in {"MD", "TO", "RP", "IN"})
