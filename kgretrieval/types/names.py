"""What the records have in common: kinds, fields, origins, types of entities."""

from __future__ import annotations

from typing import Literal

DocumentKind = Literal["article", "picture"]
#: "reading" is the text that was read in a picture, "file" what a picture file says of itself (EXIF, IPTC, XMP).
Field = Literal["title", "text", "caption", "tags", "reading", "file"]
Origin = Literal["article", "caption", "tag", "pixels", "ocr", "file"]
#: "product" is a product or a creative work; "misc" any other name (nationalities, languages, laws).
EntityType = Literal["person", "organisation", "place", "event", "product", "misc", "date", "quantity"]

#: In the order in which ties between types are broken.
ENTITY_TYPES: tuple[EntityType, ...] = ("person", "organisation", "place", "event", "product", "misc")
#: Types of mentions that state a value and are no entity: their `Mention.value` is what they mean.
VALUE_TYPES: tuple[EntityType, ...] = ("date", "quantity")

#: How a sentence puts what it states. Only "asserted" is put as a fact: "possible" is hedged or planned ("may",
#: "expected to", "if"), "alleged" is somebody's claim that the writer does not share ("allegedly", "accused of"),
#: "denied" is rejected by somebody ("denies", "rejected claims that").
Modality = Literal["asserted", "possible", "alleged", "denied"]
