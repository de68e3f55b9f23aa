"""XMP: the same statements as RDF (ISO 16684-1, IPTC Photo Metadata Standard).

A property may be an attribute or an element, plain or in a list. Entities and external references are refused by
defusedxml, and a packet that is refused or damaged says nothing.
"""

from typing import TYPE_CHECKING, Final

from provcheck.records import Claims, Kind, Place, Stated
from provcheck.release.fields import label_in, moment_or_none, stated_credit, stated_place, stated_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PREFIXES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_AI_GENERATED: Final = "trainedAlgorithmicMedia"
_CREATED: Final = ("Iptc4xmpExt:Sublocation", "Iptc4xmpExt:City", "Iptc4xmpExt:ProvinceState")
_NAMED: Final = ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State")
_CREDITED: Final = ("dc:creator", "photoshop:Credit", "photoshop:Source")


def xmp_claims(packet: bytes) -> Claims:
    """Return what an XMP packet says."""
    root = _parsed(packet)
    if root is None:
        return Claims()
    captured = moment_or_none(_text(root, "photoshop:DateCreated"))
    label = label_in(_text(root, "photoshop:Instructions"))
    source_type = _text(root, "Iptc4xmpExt:DigitalSourceType")
    is_generated = source_type.rpartition("/")[2] == _AI_GENERATED
    return Claims(
        captured=Stated(captured, "XMP photoshop:DateCreated") if captured else None,
        place=_created_place(root) or _place(root, _NAMED, "photoshop:Country"),
        kind=Stated(Kind.AI_GENERATED, "XMP Iptc4xmpExt:DigitalSourceType") if is_generated else None,
        caption=stated_text("XMP", "dc:description", _text(root, "dc:description")),
        credit=stated_credit("XMP", {name: _text(root, name) for name in _CREDITED}),
        label=Stated(label, "XMP photoshop:Instructions") if label else None,
    )


def _parsed(packet: bytes) -> "Element | None":
    import defusedxml  # noqa: PLC0415 (loaded by the first picture that has XMP)
    from defusedxml import ElementTree  # noqa: PLC0415

    try:
        root: Element = ElementTree.fromstring(packet.strip(b"\x00 \t\r\n"))
    except (ElementTree.ParseError, defusedxml.DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    return root


def _created_place(root: "Element") -> Stated[Place] | None:
    """Read where the picture was taken; photoshop:City may also be what it shows, so it comes second."""
    created = root.find(f".//{_full('Iptc4xmpExt:LocationCreated')}")
    return None if created is None else _place(created, _CREATED, "Iptc4xmpExt:CountryName")


def _text(element: "Element", name: str) -> str:
    """Return the first value of a property anywhere below an element, empty when there is none."""
    full = _full(name)
    for node in element.iter():
        if full in node.attrib:
            return node.attrib[full].strip()
        if node.tag == full:
            return _value(node)
    return ""


def _place(element: "Element", names: tuple[str, ...], country: str) -> Stated[Place] | None:
    return stated_place("XMP", {name: _text(element, name) for name in names}, {country: _text(element, country)})


def _value(node: "Element") -> str:
    """Return the text of a property: plain, a reference, or of a list the default language, else the first."""
    resource = node.attrib.get(_full("rdf:resource"))
    if resource:
        return resource.strip()
    items = node.findall(f".//{_full('rdf:li')}")
    default = [item for item in items if item.attrib.get(_LANGUAGE) == "x-default"]
    chosen = next(iter(default or items), node)
    return (chosen.text or "").strip()


def _full(name: str) -> str:
    """Return a name as the parser gives it: `{namespace}local`."""
    prefix, local = name.split(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"
