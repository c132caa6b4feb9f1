"""XMP: the same statements as RDF, as newer programs write them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from PIL import Image

_MAX_BYTES = 1_000_000
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_IPTC_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"

_NAMES = {
    _DC + "description": "caption",
    _DC + "title": "title",
    _DC + "creator": "creator",
    _DC + "rights": "rights",
    _DC + "subject": "tags",
    _PHOTOSHOP + "Headline": "headline",
    _PHOTOSHOP + "Credit": "credit",
    _PHOTOSHOP + "Source": "source",
    _PHOTOSHOP + "DateCreated": "date",
    _PHOTOSHOP + "City": "city",
    _PHOTOSHOP + "Country": "country",
    _IPTC_EXTENSION + "PersonInImage": "persons",
}


def read_xmp(image: Image.Image) -> dict[str, list[str]]:
    """Return the known properties of the picture's XMP packet, each with its values in order."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else str(packet)
    # A packet has no use for a DTD; refusing it leaves no way to define entities that grow or read files.
    if not text or len(text) > _MAX_BYTES or re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return {}
    try:
        root = ElementTree.fromstring(text.strip("\0 \t\r\n\ufeff"))
    except ElementTree.ParseError:
        return {}
    found: dict[str, list[str]] = {}
    for description in root.iter(_RDF + "Description"):
        for name, value in description.attrib.items():
            if name in _NAMES:
                found.setdefault(_NAMES[name], []).append(value)
        for child in description:
            if child.tag in _NAMES:
                found.setdefault(_NAMES[child.tag], []).extend(_values(child))
    return found


def _values(element: ElementTree.Element) -> list[str]:
    """Return the items of a bag or sequence; of translations only the default; else the plain text."""
    choices = element.findall(f"{_RDF}Alt/{_RDF}li")
    if choices:
        default = [item for item in choices if item.get(_LANGUAGE) == "x-default"]
        return [(default or choices)[0].text or ""]
    items = element.findall(f"{_RDF}Bag/{_RDF}li") or element.findall(f"{_RDF}Seq/{_RDF}li")
    return [item.text or "" for item in items] or [element.text or ""]
