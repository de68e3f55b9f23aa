"""XMP packets as properties (ISO 16684-1): what stands where, without regard to how it was written.

A property may be an attribute or an element, plain, a reference, a list, or a structure with properties of its own.
One pass over the packet finds all of them; below a property nothing else is looked for. Entities and external
references are refused by defusedxml.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PREFIXES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "stEvt": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "stRef": "http://ns.adobe.com/xap/1.0/sType/ResourceRef#",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}

LARGEST_PACKET: Final = 16 * 1024 * 1024
"""Bytes. Most of the largest packets are drawing histories and previews, of which nothing is read."""

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT: Final = f"{RDF}about"
_DESCRIPTION: Final = f"{RDF}Description"
_LISTS: Final = frozenset(f"{RDF}{name}" for name in ("Alt", "Bag", "Seq"))
_ITEM: Final = f"{RDF}li"
_WHITE: Final = b"\x00 \t\r\n"

Properties = dict[str, "Element | str"]
"""By name with prefix: an attribute's text, or the element."""


class PacketRefused(Exception):
    """A packet that is not well-formed, hostile or too large; the message says why."""


def read_packet(packet: bytes) -> Properties:
    """Return the properties of a packet; of repeated ones the first.

    Raises
    ------
    PacketRefused
        In one line.
    """
    if len(packet) > LARGEST_PACKET:
        raise PacketRefused(f"{len(packet):,} bytes, the limit is {LARGEST_PACKET:,}")
    root = _parsed(packet.strip(_WHITE))
    found: Properties = {}
    for description in _descriptions(root):
        for name, value in _own_properties(description):
            found.setdefault(name, value)
    return found


def text_of(value: "Element | str | None") -> str:
    """Return the text of a property: plain, a reference, or of a list the default language, else the first."""
    if value is None or isinstance(value, str):
        return (value or "").strip()
    resource = value.attrib.get(f"{RDF}resource")
    if resource:
        return resource.strip()
    listed = items(value)
    default = [item for item in listed if item.attrib.get(_LANGUAGE) == "x-default"]
    chosen = next(iter(default or listed), value)
    return (chosen.text or "").strip()


def texts_of(value: "Element | str | None") -> list[str]:
    """Return the texts of a list, one of a plain property, none of what is not there."""
    if value is None or isinstance(value, str):
        return [value.strip()] if value and value.strip() else []
    listed = items(value)
    return [text for item in listed if (text := (item.text or "").strip())] if listed else [text_of(value)]


def items(value: "Element | str | None") -> "list[Element]":
    """Return the entries of a list, empty when it is none."""
    if value is None or isinstance(value, str):
        return []
    return [item for inner in value if inner.tag in _LISTS for item in inner if item.tag == _ITEM]


def structures(value: "Element | str | None") -> list[Properties]:
    """Return the properties of a structure, or of each structure in a list."""
    if value is None or isinstance(value, str):
        return []
    return [dict(_own_properties(_inside(entry))) for entry in items(value) or [value]]


def _parsed(packet: bytes) -> "Element":
    import defusedxml  # noqa: PLC0415 (loaded by the first picture that has XMP)
    from defusedxml import ElementTree  # noqa: PLC0415

    try:
        root: Element = ElementTree.fromstring(packet)
    except ElementTree.ParseError as error:
        raise PacketRefused(f"not well-formed ({error})") from error
    except defusedxml.DefusedXmlException as error:
        raise PacketRefused("refused, because it declares entities") from error
    except (ValueError, LookupError, RecursionError) as error:
        raise PacketRefused(f"cannot be decoded ({error})") from error
    return root


def _descriptions(root: "Element") -> "Iterator[Element]":
    """Yield the descriptions of the picture itself, not those inside properties."""
    if root.tag == _DESCRIPTION:
        yield root
        return
    for rdf in root.iter(f"{RDF}RDF"):
        yield from (inner for inner in rdf if inner.tag == _DESCRIPTION or _ABOUT in inner.attrib)


def _own_properties(element: "Element") -> "Iterator[tuple[str, Element | str]]":
    for name, value in element.attrib.items():
        if known := _with_prefix(name):
            yield known, value
    for inner in element:
        if known := _with_prefix(inner.tag):
            yield known, inner


def _inside(entry: "Element") -> "Element":
    """Return what holds the properties of a structure: the entry itself, or a description inside it."""
    return next((inner for inner in entry if inner.tag == _DESCRIPTION), entry)


def _with_prefix(full: str) -> str | None:
    """Turn `{namespace}local` into a name with the usual prefix, None where the namespace is none of ours."""
    namespace, _, local = full.removeprefix("{").partition("}")
    prefix = _BY_NAMESPACE.get(namespace)
    return f"{prefix}:{local}" if prefix and local else None


_BY_NAMESPACE: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}
