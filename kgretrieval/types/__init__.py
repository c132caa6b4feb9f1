"""The records that travel from a file to an answer.

Frozen dataclasses without logic beyond validation. Offsets count Unicode code
points in the stored, unmodified text; ends are exclusive. Dates are ISO 8601
strings of any precision (``"2024"``, ``"2024-05"``, ``"2024-05-01"`` or with a
time), ``""`` where unknown: they sort as text.
"""

from kgretrieval.types.annotations import Frame, Label, Mention, PictureText, Reference, Relation, Role, TextLine
from kgretrieval.types.answers import (
    Answer,
    Document,
    EntityCard,
    Explanation,
    Facet,
    Found,
    Hit,
    HitLabel,
    Linked,
    MatchedEntity,
    MatchedTerm,
    Snippet,
    Understanding,
    Waypoint,
)
from kgretrieval.types.checks import (
    Appearance,
    CaptionCheck,
    Claim,
    ClaimEvidence,
    ClaimKind,
    Disagreement,
    EvidenceKind,
    PictureCheck,
    Statement,
    Verdict,
)
from kgretrieval.types.knowledge import Entity, Evidence, Fact, Neighbour, Step, Story
from kgretrieval.types.names import ENTITY_TYPES, VALUE_TYPES, DocumentKind, EntityType, Field, Modality, Origin
from kgretrieval.types.records import Article, Passage, Picture, Skipped, TextPart
from kgretrieval.types.reports import AnnotateReport, CompactReport, Forecast, IngestReport, ModelInfo, Progress, Stats

__all__ = [
    "ENTITY_TYPES",
    "VALUE_TYPES",
    "AnnotateReport",
    "Answer",
    "Appearance",
    "Article",
    "CaptionCheck",
    "Claim",
    "ClaimEvidence",
    "ClaimKind",
    "CompactReport",
    "Disagreement",
    "Document",
    "DocumentKind",
    "Entity",
    "EntityCard",
    "EntityType",
    "Evidence",
    "EvidenceKind",
    "Explanation",
    "Facet",
    "Fact",
    "Field",
    "Forecast",
    "Found",
    "Frame",
    "Hit",
    "HitLabel",
    "IngestReport",
    "Label",
    "Linked",
    "MatchedEntity",
    "MatchedTerm",
    "Mention",
    "Modality",
    "ModelInfo",
    "Neighbour",
    "Origin",
    "Passage",
    "Picture",
    "PictureCheck",
    "PictureText",
    "Progress",
    "Reference",
    "Relation",
    "Role",
    "Skipped",
    "Snippet",
    "Statement",
    "Stats",
    "Step",
    "Story",
    "TextLine",
    "TextPart",
    "Understanding",
    "Verdict",
    "Waypoint",
]
