"""What pictures say of themselves: IPTC, XMP and EXIF, each with its field as the origin, and never an exception."""

import struct
from pathlib import Path

import pytest
from embedded_media import exif_of, iptc_block, write_jpeg, write_png, write_tiff, xmp_packet
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from provcheck.moments import parse_moment
from provcheck.records import Claims, Kind, Label, Place, Stated
from provcheck.release.embedded import embedded_claims
from provcheck.release.exif import exif_claims
from provcheck.release.fields import label_in
from provcheck.release.iptc import iptc_claims
from provcheck.release.xmp import xmp_claims

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
GPS = {1: "S", 2: (33.0, 21.0, 0.0), 3: "E", 4: (43.0, 46.0, 48.0)}


def captured_of(claims: Claims) -> str | None:
    return claims.captured.value.text if claims.captured else None


# ---------------------------------------------------------------- IPTC


def test_every_iptc_field_is_stated_with_its_number() -> None:
    assert iptc_claims(IPTC) == Claims(
        captured=Stated(parse_moment("2017-11-09T13:37:00+03:00"), "IPTC 2:55 Date Created"),
        place=Stated(
            Place("Old bridge, Abu Kamal, Deir ez-Zor", "Syria"),
            "IPTC 2:92 Sublocation, 2:90 City, 2:95 State, 2:101 Country",
        ),
        caption=Stated("A convoy \u2013 crossing", "IPTC 2:120 Caption"),
        credit=Stated("A. Person / Ministry", "IPTC 2:80 By-line, 2:110 Credit, 2:115 Source"),
    )


@pytest.mark.parametrize(
    ("date", "time", "text"),
    [
        ("20171109", "", "2017-11-09"),
        ("20171109", "133700", "2017-11-09T13:37:00"),
        ("20171109", "000000+0000", "2017-11-09"),
        ("20171109", "nonsense", "2017-11-09"),
        ("20171100", "133700", "2017-11"),
        ("20170000", "", "2017"),
        ("00000000", "", None),
        ("20171131", "", None),
        ("2017", "", None),
        ("        ", "", None),
        ("", "133700", None),
    ],
)
def test_iptc_dates_may_leave_month_and_day_open(date: str, time: str, text: str | None) -> None:
    assert captured_of(iptc_claims(iptc_block({55: date, 60: time}))) == text


def test_iptc_text_of_older_software_is_latin_1() -> None:
    place = iptc_claims(iptc_block({90: "Düsseldorf".encode("latin-1")})).place
    assert place == Stated(Place("Düsseldorf"), "IPTC 2:90 City")


def test_a_damaged_iptc_block_keeps_what_came_before() -> None:
    assert captured_of(iptc_claims(iptc_block({55: "20171109"}) + b"\x1c\x02\x5a\xff\xff")) == "2017-11-09"
    assert captured_of(iptc_claims(iptc_block({55: "20171109"}) + b"garbage")) == "2017-11-09"


@given(st.binary() | st.binary().map(lambda data: IPTC[:20] + data + IPTC[30:]))
def test_no_iptc_bytes_raise(block: bytes) -> None:
    assert isinstance(iptc_claims(block), Claims)


# ---------------------------------------------------------------- instructions


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


# ---------------------------------------------------------------- XMP


def test_xmp_properties_may_be_attributes_or_elements() -> None:
    attributes = (
        'photoshop:DateCreated="2017-11-09T13:37:00+03:00" photoshop:City="Abu Kamal" photoshop:Country="Syria" '
        'photoshop:Instructions="FILE"'
    )
    elements = (
        "<photoshop:Credit>Ministry</photoshop:Credit>"
        "<dc:creator><rdf:Seq><rdf:li>A. Person</rdf:li></rdf:Seq></dc:creator>"
        '<dc:description><rdf:Alt><rdf:li xml:lang="de">Kolonne</rdf:li>'
        '<rdf:li xml:lang="x-default">A convoy</rdf:li></rdf:Alt></dc:description>'
    )
    assert xmp_claims(xmp_packet(attributes, elements)) == Claims(
        captured=Stated(parse_moment("2017-11-09T13:37:00+03:00"), "XMP photoshop:DateCreated"),
        place=Stated(Place("Abu Kamal", "Syria"), "XMP photoshop:City, photoshop:Country"),
        caption=Stated("A convoy", "XMP dc:description"),
        credit=Stated("A. Person / Ministry", "XMP dc:creator, photoshop:Credit"),
        label=Stated(Label.FILE, "XMP photoshop:Instructions"),
    )


def test_the_place_of_creation_stands_above_the_city() -> None:
    created = (
        "<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li rdf:parseType='Resource'>"
        "<Iptc4xmpExt:City>Fallujah</Iptc4xmpExt:City><Iptc4xmpExt:CountryName>Iraq</Iptc4xmpExt:CountryName>"
        "</rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>"
    )
    claims = xmp_claims(xmp_packet('photoshop:City="Abu Kamal"', created))
    assert claims.place == Stated(Place("Fallujah", "Iraq"), "XMP Iptc4xmpExt:City, Iptc4xmpExt:CountryName")


@pytest.mark.parametrize(
    ("source_type", "kind"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", Kind.AI_GENERATED),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia", None),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture", None),
    ],
)
def test_only_a_wholly_generated_picture_is_called_so(source_type: str, kind: Kind | None) -> None:
    attribute = xmp_claims(xmp_packet(f'Iptc4xmpExt:DigitalSourceType="{source_type}"'))
    element = xmp_claims(xmp_packet("", f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{source_type}"/>'))
    expected = Stated(kind, "XMP Iptc4xmpExt:DigitalSourceType") if kind else None
    assert attribute.kind == element.kind == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [("2017", "2017"), ("2017-11", "2017-11"), ("2017-11-09T00:00:00", "2017-11-09"), ("0000-00-00", None), ("", None)],
)
def test_xmp_dates_keep_their_precision(written: str, text: str | None) -> None:
    assert captured_of(xmp_claims(xmp_packet(f'photoshop:DateCreated="{written}"'))) == text


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<x",
        b"\xff\xfe<",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<?xml version="1.0" encoding="no-such-code"?><x/>',
    ],
)
def test_a_damaged_or_hostile_packet_says_nothing(packet: bytes) -> None:
    assert xmp_claims(packet) == Claims()


# ---------------------------------------------------------------- EXIF


@pytest.mark.parametrize(
    ("taken", "offset", "text"),
    [
        ("2017:11:09 13:37:05", "", "2017-11-09T13:37:05"),
        ("2017:11:09 13:37:05", "+03:00", "2017-11-09T13:37:05+03:00"),
        ("2017:11:09 13:37:05", "local", "2017-11-09T13:37:05"),
        ("2017:11:09", "", "2017-11-09"),
        ("0000:00:00 00:00:00", "", None),
        ("    :  :     :  :  ", "", None),
        ("2017:13:09 13:37:05", "", None),
        ("", "+03:00", None),
    ],
)
def test_the_date_of_the_shot(taken: str, offset: str, text: str | None) -> None:
    assert captured_of(exif_claims({0x9003: taken, 0x9011: offset}, {})) == text


def test_coordinates_are_signed_by_their_hemisphere() -> None:
    assert exif_claims({}, GPS).place == Stated(Place(latitude=-33.35, longitude=43.78), "EXIF GPS")


@pytest.mark.parametrize(
    "gps",
    [
        {**GPS, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        {**GPS, 2: (91.0, 0.0, 0.0)},
        {**GPS, 2: (IFDRational(0, 0), 0.0, 0.0)},
        {**GPS, 2: "33"},
        {**GPS, 2: (None,)},
        {1: "N", 2: (33.0, 21.0, 0.0)},
        {},
    ],
)
def test_impossible_and_missing_coordinates_say_nothing(gps: dict[int, object]) -> None:
    assert exif_claims({}, gps).place is None


VALUES = st.none() | st.text() | st.binary() | st.floats() | st.integers() | st.tuples(st.floats(), st.text())


@given(
    st.dictionaries(st.sampled_from([0x010E, 0x013B, 0x8298, 0x9003, 0x9011]), VALUES),
    st.dictionaries(st.integers(1, 4), VALUES),
)
def test_no_exif_values_raise(tags: dict[int, object], gps: dict[int, object]) -> None:
    assert isinstance(exif_claims(tags, gps), Claims)


def test_exif_text_is_utf8_however_pillow_gives_it() -> None:
    mojibake = "Zürich \u2013 Öl".encode().decode("latin-1")
    claims = exif_claims({0x010E: mojibake, 0x013B: "A. Person", 0x8298: "Agency"}, {})
    assert claims.caption == Stated("Zürich \u2013 Öl", "EXIF ImageDescription")
    assert claims.credit == Stated("A. Person / Agency", "EXIF Artist, Copyright")


# ---------------------------------------------------------------- whole files


def test_a_jpeg_file_gives_iptc_before_xmp_before_exif(tmp_path: Path) -> None:
    xmp = xmp_packet(
        'photoshop:DateCreated="2016" photoshop:City="Elsewhere" '
        'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"'
    )
    exif = exif_of("2015:01:01 10:00:00", gps=GPS, tags={0x010E: "from the camera"})
    claims = embedded_claims(write_jpeg(tmp_path / "a.jpg", iptc=iptc_block({55: "20171109"}), xmp=xmp, exif=exif))
    assert claims == Claims(
        captured=Stated(parse_moment("2017-11-09"), "IPTC 2:55 Date Created"),
        place=Stated(Place("Elsewhere"), "XMP photoshop:City"),
        kind=Stated(Kind.AI_GENERATED, "XMP Iptc4xmpExt:DigitalSourceType"),
        caption=Stated("from the camera", "EXIF ImageDescription"),
    )


def test_a_png_file_has_xmp_and_exif(tmp_path: Path) -> None:
    xmp = xmp_packet('photoshop:City="Abu Kamal"')
    claims = embedded_claims(write_png(tmp_path / "a.png", xmp=xmp, exif=exif_of("2017:11:09 13:37:05")))
    assert claims.place == Stated(Place("Abu Kamal"), "XMP photoshop:City")
    assert captured_of(claims) == "2017-11-09T13:37:05"


def test_a_tiff_file_has_all_three(tmp_path: Path) -> None:
    path = write_tiff(
        tmp_path / "a.tif", iptc=IPTC, xmp=xmp_packet('photoshop:Instructions="FILE"'), exif=exif_of(gps=GPS)
    )
    claims = embedded_claims(path)
    assert captured_of(claims) == "2017-11-09T13:37:00+03:00"
    assert claims.label == Stated(Label.FILE, "XMP photoshop:Instructions")


def test_reading_metadata_decodes_no_pixel(tmp_path: Path) -> None:
    """The pixels are cut off, and what was written before them is still read."""
    path = write_jpeg(tmp_path / "a.jpg", iptc=IPTC, exif=exif_of("2015:01:01 10:00:00"))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"\xff\xda")])
    assert captured_of(embedded_claims(path)) == "2017-11-09T13:37:00+03:00"


def test_iptc_that_was_stored_as_integers_is_bytes_again(tmp_path: Path) -> None:
    """Pillow writes them as bytes, so their entry in the directory is rewritten."""
    block = iptc_block({55: "20171109", 90: "padding"})
    path = write_tiff(tmp_path / "a.tif", iptc=block[: len(block) // 4 * 4])
    as_bytes, as_integers = (
        struct.pack("<HHI", 33723, kind, len(block) // 4 * 4 // size) for kind, size in ((7, 1), (4, 4))
    )
    data = path.read_bytes()
    assert data.count(as_bytes) == 1
    path.write_bytes(data.replace(as_bytes, as_integers))
    assert captured_of(embedded_claims(tmp_path / "a.tif")) == "2017-11-09"


@pytest.mark.parametrize("exif", [b"Exif\x00\x00II*\x00\xff\xff\xff\x7f", b"Exif\x00\x00no TIFF header"])
def test_damaged_exif_does_not_take_iptc_with_it(tmp_path: Path, exif: bytes) -> None:
    path = write_jpeg(tmp_path / "a.jpg", iptc=IPTC, exif=exif)
    assert captured_of(embedded_claims(path)) == "2017-11-09T13:37:00+03:00"


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00"])
def test_a_broken_file_says_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert embedded_claims(tmp_path / "a.jpg") == Claims()
    assert embedded_claims(tmp_path / "missing.jpg") == Claims()


@given(st.data())
def test_no_damaged_file_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("damaged", numbered=True)
    exif = exif_of("2015:01:01 10:00:00", gps=GPS, tags={0x010E: "x"})
    path = write_jpeg(folder / "a.jpg", iptc=IPTC, xmp=xmp_packet('photoshop:City="x"'), exif=exif)
    damaged = bytearray(path.read_bytes())
    header = damaged.index(b"\xff\xda")
    for at in data.draw(st.lists(st.integers(2, header), min_size=1, max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(damaged))
    assert isinstance(embedded_claims(path), Claims)


def test_a_very_large_picture_says_what_it_says_without_warning(tmp_path: Path) -> None:
    Image.new("1", (10000, 9000)).save(tmp_path / "a.png", exif=exif_of("2017:11:09 13:37:05"))
    assert captured_of(embedded_claims(tmp_path / "a.png")) == "2017-11-09T13:37:05"
