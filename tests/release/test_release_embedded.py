"""What files say of themselves as claims of the release: what is said becomes one, what is recorded does not."""

from pathlib import Path

import pytest
from embedded_media import exif_of, iptc_block, write_jpeg, xmp_packet

from provcheck.metadata import read_metadata
from provcheck.moments import parse_moment
from provcheck.records import Claims, Label, Place, Stated
from provcheck.release.embedded import embedded_claims
from provcheck.release.labels import label_in

IPTC = iptc_block(
    {
        55: "20171109",
        60: "133700+0300",
        90: "Abu Kamal",
        92: "Old bridge",
        95: "Deir ez-Zor",
        101: "Syria",
        120: "A convoy \u2013 crossing",
        80: "A. Person",
        110: "Ministry",
        115: "Ministry",
        40: "HANDOUT",
    }
)


def claims_of(tmp_path: Path, *, iptc: bytes = b"", xmp: bytes = b"", exif: bytes = b"") -> Claims:
    return embedded_claims(read_metadata(write_jpeg(tmp_path / "a.jpg", iptc=iptc, xmp=xmp, exif=exif)))


def test_every_iptc_field_is_stated_with_its_number(tmp_path: Path) -> None:
    assert claims_of(tmp_path, iptc=IPTC) == Claims(
        captured=Stated(parse_moment("2017-11-09T13:37:00+03:00"), "IPTC 2:55 Date Created"),
        place=Stated(
            Place("Old bridge, Abu Kamal, Deir ez-Zor", "Syria"),
            "IPTC 2:92 Sublocation, 2:90 City, 2:95 State, 2:101 Country",
        ),
        caption=Stated("A convoy \u2013 crossing", "IPTC 2:120 Caption"),
        credit=Stated("A. Person / Ministry", "IPTC 2:80 By-line, 2:110 Credit, 2:115 Source"),
    )


def test_every_xmp_field_is_stated_with_its_name(tmp_path: Path) -> None:
    packet = xmp_packet(
        'photoshop:DateCreated="2017-11-09T13:37:00+03:00" photoshop:City="Abu Kamal" photoshop:Country="Syria" '
        'photoshop:Instructions="FILE" photoshop:Credit="Ministry"',
        "<dc:creator><rdf:Seq><rdf:li>A. Person</rdf:li><rdf:li>B. Person</rdf:li></rdf:Seq></dc:creator>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A convoy</rdf:li></rdf:Alt></dc:description>',
    )
    assert claims_of(tmp_path, xmp=packet) == Claims(
        captured=Stated(parse_moment("2017-11-09T13:37:00+03:00"), "XMP photoshop:DateCreated"),
        place=Stated(Place("Abu Kamal", "Syria"), "XMP photoshop:City, photoshop:Country"),
        caption=Stated("A convoy", "XMP dc:description"),
        credit=Stated("A. Person; B. Person / Ministry", "XMP dc:creator, photoshop:Credit"),
        label=Stated(Label.FILE, "XMP photoshop:Instructions"),
    )


def test_what_the_camera_recorded_is_no_claim(tmp_path: Path) -> None:
    gps = {1: "N", 2: (33.0, 21.0, 0.0), 3: "E", 4: (43.0, 46.0, 48.0)}
    exif = exif_of("2015:01:01 10:00:00", gps=gps, tags={0x010F: "Maker", 0x0131: "Firmware 1.0"})
    assert claims_of(tmp_path, exif=exif) == Claims()


def test_the_strongest_place_counts_for_each_claim_alone(tmp_path: Path) -> None:
    xmp = xmp_packet('photoshop:DateCreated="2016"')
    exif = exif_of(tags={0x010E: "written by a person", 0x013B: "A. Person", 0x8298: "Agency"})
    assert claims_of(tmp_path, iptc=iptc_block({55: "20171109", 90: "Elsewhere"}), xmp=xmp, exif=exif) == Claims(
        captured=Stated(parse_moment("2016"), "XMP photoshop:DateCreated"),
        place=Stated(Place("Elsewhere"), "IPTC 2:90 City"),
        caption=Stated("written by a person", "EXIF ImageDescription"),
        credit=Stated("A. Person / Agency", "EXIF Artist, Copyright"),
    )


def test_the_place_of_creation_stands_above_the_city(tmp_path: Path) -> None:
    created = (
        "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        "<Iptc4xmpExt:City>Fallujah</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Iraq</Iptc4xmpExt:CountryName>"
        "</rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>"
    )
    claims = claims_of(tmp_path, xmp=xmp_packet('photoshop:City="Abu Kamal"', created))
    assert claims.place == Stated(Place("Fallujah", "Iraq"), "XMP Iptc4xmpExt:LocationCreated")


def test_the_source_type_is_no_claim_because_readers_never_see_it(tmp_path: Path) -> None:
    assert claims_of(tmp_path, xmp=xmp_packet('Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"')) == Claims()


@pytest.mark.parametrize(
    ("instructions", "label"),
    [
        ("FILE", Label.FILE),
        ("file photo", Label.FILE),
        ("MANDATORY CREDIT - FILE - 2016", Label.FILE),
        ("ARCHIVE", Label.ARCHIVE),
        ("Archive picture", Label.ARCHIVE),
        ("HANDOUT", None),
        ("HANDOUT / FILE PHOTO", Label.FILE),
        ("PROFILE", None),
        ("see the file name", None),
        ("NO RESALES. NO ARCHIVE.", None),
        ("NOT FOR ARCHIVE USE", None),
        ("EDITORIAL USE ONLY, NO ARCHIVES", None),
        ("", None),
    ],
)
def test_labels_in_special_instructions(instructions: str, label: Label | None) -> None:
    assert label_in(instructions) is label
