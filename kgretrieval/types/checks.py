"""Where a picture was used, and in what its uses disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Appearance:
    """One use of a picture or of a near copy of it.

    `how` says what was found: "same file", "near copy" (the whole picture: another size, encoding, brightness, with a
    caption or a frame), "cropped" (a part of it, or it is a part of this), "flipped" (its mirror image); `likeness`
    (0 to 1) is how much of what both show is the same. `use` is the id of the use, `taken` when the file says that it
    was taken; `persons` and `places` are those that the caption names.
    """

    picture: str
    how: Literal["same file", "near copy", "flipped", "cropped"]
    likeness: float
    path: str = ""
    caption: str = ""
    article: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    story: str = ""
    url: str = ""
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    use: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one use of a picture says: a sentence of its caption or its headline, and the `names` in it that count."""

    use: str
    picture: str
    article: str
    text: str
    date: str = ""
    source: str = ""
    title: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """In what uses of a picture disagree: in words, and what each of them says."""

    kind: Literal["date", "place", "person"]
    words: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class PictureCheck:
    """Where a picture was used, the earliest use first, and in what these uses disagree.

    `picture` is its id, ``""`` where the collection does not hold this very file; `path` is the file.
    """

    picture: str
    appearances: tuple[Appearance, ...] = ()
    first_seen: str = ""
    warnings: tuple[Disagreement, ...] = ()
    path: str = ""
    taken: str = ""


ClaimKind = Literal["person", "organisation", "place", "date", "number", "scene"]
Verdict = Literal["supported", "unsupported", "contradicted"]
#: What evidence is: text read in the picture, what its file says, the caption of another use, an article with the
#: picture, how the pixels look, a label of the picture.
EvidenceKind = Literal["reading", "file", "caption", "article", "pixels", "label"]


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """Something that is known of a picture and bears on a claim.

    `speaks` is ``""`` for what is worth a look but decides nothing; `words` say what was found, `statement` is where it
    stands, `probability` how likely it is, where that is known.
    """

    kind: EvidenceKind
    speaks: Literal["for", "against", ""]
    words: str
    statement: Statement
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a caption says of its picture, and whether what is known bears it out.

    Attributes
    ----------
    kind : str
        What it is about; "scene" is the caption as a whole against what the pixels show.
    text, start, end : str, int, int
        The words, and where they stand in `field` of the check.
    field : str
        "caption", or "title" for the headline.
    verdict : str
        "contradicted" where evidence of the same kind says otherwise, "unsupported" where nothing speaks for it.
    value : str
        What a date or a number means, as in `Mention.value`.
    entity : str
        Id of the entity that a name is taken for, ``""`` where the collection knows none.
    """

    kind: ClaimKind
    text: str
    start: int
    end: int
    verdict: Verdict
    evidence: tuple[ClaimEvidence, ...] = ()
    field: Literal["caption", "title"] = "caption"
    value: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True)
class CaptionCheck:
    """A caption, claim by claim, beside what else is known of its picture.

    Attributes
    ----------
    picture, path : str
        The picture's id, ``""`` where the collection does not hold this very file, and its file.
    caption, title, date, language : str
        What was checked, the headline it stands with, when it is published.
    claims : tuple of Claim
        In reading order, the scene last.
    use, article : str
        Of a stored caption: the use it belongs to and the article that stands in; ``""`` for a given one.
    looked_at, not_looked_at : tuple of str
        What the claims were compared with, and what could not be had, with the reason.
    archive : bool
        The caption says that the picture does not show the event itself.
    """

    picture: str
    path: str
    caption: str
    claims: tuple[Claim, ...] = ()
    title: str = ""
    date: str = ""
    language: str = ""
    use: str = ""
    article: str = ""
    looked_at: tuple[str, ...] = ()
    not_looked_at: tuple[str, ...] = ()
    archive: bool = False

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have this verdict."""
        return sum(claim.verdict == verdict for claim in self.claims)
