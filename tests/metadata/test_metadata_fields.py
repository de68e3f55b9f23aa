"""Every field that is read: what stands in the file, what it is about, who says it, what it means."""

import struct

import pytest
from embedded_media import history, iptc_block, xmp_packet
from hypothesis import given
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from provcheck.metadata.blocks import Blocks
from provcheck.metadata.exif import EXIF_TAGS, IFD0_TAGS, exif_statements
from provcheck.metadata.iptc import DATA_SETS, iptc_statements
from provcheck.metadata.xmp import DATES, TEXTS, xmp_statements
from provcheck.moments import parse_moment
from provcheck.records import Block, Moment, Place, Precision, Processing, Statement, Subject, Voice

GPS: dict[int, object] = {1: "S", 2: (33.0, 21.0, 0.0), 3: "E", 4: (43.0, 46.0, 48.0)}
IN_UTC: dict[int, object] = {29: "2017:11:09", 7: (10.0, 37.0, 5.0)}


Tags = dict[int, object]


def of_exif(ifd0: Tags | None = None, exif: Tags | None = None, gps: Tags | None = None) -> list[Statement]:
    return exif_statements(Blocks(ifd0=ifd0 or {}, exif=exif or {}, gps=gps or {}))[0]


def values(statements: list[Statement]) -> dict[str, str]:
    """Names to what was read; dates as text."""
    return {one.name: one.value.text if isinstance(one.value, Moment) else str(one.value) for one in statements}


# ---------------------------------------------------------------- EXIF


@pytest.mark.parametrize("number", IFD0_TAGS)
def test_texts_of_the_main_directory_are_read(number: int) -> None:
    tag = IFD0_TAGS[number]
    written = "Öl, ø x".encode("utf-16-le") if tag.name.startswith("XP") else "Öl, ø x".encode()
    (found,) = of_exif(ifd0={number: written})
    assert (found.name, found.value, found.voice, found.block) == (tag.name, "Öl, ø x", tag.voice, Block.EXIF_IFD0)


@pytest.mark.parametrize("number", EXIF_TAGS)
def test_texts_of_the_inner_directory_are_read(number: int) -> None:
    (found,) = of_exif(exif={number: b"ASCII\x00\x00\x00abc" if number == 0x9286 else "abc"})
    assert (found.name, found.value, found.block) == (EXIF_TAGS[number].name, "abc", Block.EXIF_EXIF)


@pytest.mark.parametrize(
    ("exif", "name", "text"),
    [
        ({0x9003: "2017:11:09 13:37:05"}, "DateTimeOriginal", "2017-11-09T13:37:05"),
        ({0x9003: "2017:11:09 13:37:05", 0x9011: "+03:00"}, "DateTimeOriginal", "2017-11-09T13:37:05+03:00"),
        ({0x9003: "2017:11:09 13:37:05", 0x9011: "+03:00", 0x9291: "25 "}, "DateTimeOriginal",
         "2017-11-09T13:37:05.25+03:00"),
        ({0x9003: "2017:11:09 13:37:05", 0x9010: "+09:00"}, "DateTimeOriginal", "2017-11-09T13:37:05"),
        ({0x9003: "2017:11:09 13:37:05", 0x9011: "local"}, "DateTimeOriginal", "2017-11-09T13:37:05"),
        ({0x9003: "2017:11:09 13:37:05", 0x9011: "+99:99"}, "DateTimeOriginal", "2017-11-09T13:37:05"),
        ({0x9003: "2017:11:09"}, "DateTimeOriginal", "2017-11-09"),
        ({0x9003: "2017-11-09T13:37:05"}, "DateTimeOriginal", "2017-11-09T13:37:05"),
        ({0x9004: "2017:11:09 13:37:05", 0x9012: "-05:00"}, "DateTimeDigitized", "2017-11-09T13:37:05-05:00"),
        ({0x0132: "2017:11:12 08:00:00", 0x9010: "Z"}, "DateTime", "2017-11-12T08:00:00Z"),
    ],
)  # fmt: skip
def test_dates_of_exif_have_zone_and_fraction_in_tags_of_their_own(
    exif: dict[int, object], name: str, text: str
) -> None:
    assert values(of_exif(exif=exif)) == {name: text}


@pytest.mark.parametrize(
    ("written", "is_said"),
    [("0000:00:00 00:00:00", False), ("    :  :     :  :  ", False), ("", False),
     ("2017:13:09 13:37:05", True), ("9 November", True)],
)  # fmt: skip
def test_a_date_left_open_says_nothing_and_one_that_is_none_is_named(written: str, is_said: bool) -> None:
    found, unread = exif_statements(Blocks(exif={0x9003: written}))
    assert found == []
    assert unread == ([f"EXIF DateTimeOriginal: “{written}” is no date"] if is_said else [])


def test_satellites_give_a_place_and_a_time_in_utc() -> None:
    place, moment = of_exif(gps={**GPS, **IN_UTC})
    assert place == Statement(
        Block.EXIF_GPS, "GPS", Subject.PLACE, Voice.RECORDS, "33.0 21.0 0.0 S, 43.0 46.0 48.0 E",
        Place(latitude=-33.35, longitude=43.78),
    )  # fmt: skip
    assert (moment.name, moment.value) == ("GPSDateStamp", parse_moment("2017-11-09T10:37:05Z"))


@pytest.mark.parametrize(
    ("time", "text"),
    [(None, "2017-11-09"), ((1.0,), "2017-11-09"), ("10:37", "2017-11-09"), ((25, 0, 0), "2017-11-09")],
)
def test_a_satellite_date_without_its_time_is_a_day(time: object, text: str) -> None:
    assert values(of_exif(gps={29: "2017:11:09", 7: time})) == {"GPSDateStamp": text}


@pytest.mark.parametrize(
    "gps",
    [
        {**GPS, 2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        {**GPS, 2: (91.0, 0.0, 0.0)},
        {**GPS, 2: (IFDRational(0, 0), 0.0, 0.0)},
        {**GPS, 2: "33"},
        {**GPS, 2: (None,)},
        {1: "N", 2: (33.0, 21.0, 0.0)},
    ],
)
def test_impossible_and_missing_coordinates_are_no_place_and_said_so(gps: dict[int, object]) -> None:
    found, unread = exif_statements(Blocks(gps=gps))
    assert found == []
    assert len(unread) == 1
    assert unread[0].startswith("EXIF GPS: ")


@pytest.mark.parametrize("text", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG"])
def test_what_cameras_write_by_themselves_is_nobodys_caption(text: str) -> None:
    (found,) = of_exif(ifd0={0x010E: text})
    assert (found.voice, found.subject) == (Voice.RECORDS, Subject.OTHER)


@pytest.mark.parametrize(
    ("value", "said"), [(b"\x03", "digital camera"), (1, "film scanner"), (b"", None), (b"\x09", None), ("x", None)]
)
def test_the_source_of_the_file_tells_scans(value: object, said: str | None) -> None:
    assert values(of_exif(exif={0xA300: value})).get("FileSource") == said


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (b"ASCII\x00\x00\x00" + b"abc\x00\x00", "abc"),
        (b"UNICODE\x00" + "Öl".encode("utf-16-le"), "Öl"),
        (b"UNICODE\x00" + "Öl".encode("utf-16-be"), "Öl"),
        (b"JIS\x00\x00\x00\x00\x00" + "橋".encode("iso2022_jp"), "橋"),
        (b"\x00" * 40, ""),
    ],
)
def test_comments_name_their_character_set(comment: bytes, text: str) -> None:
    assert values(of_exif(exif={0x9286: comment})).get("UserComment", "") == text


VALUES = st.none() | st.text() | st.binary() | st.floats() | st.integers() | st.tuples(st.floats(), st.text())
NUMBERS = st.sampled_from([*IFD0_TAGS, *EXIF_TAGS, 0x0132, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9291, 0xA300])


@given(st.dictionaries(NUMBERS, VALUES), st.dictionaries(NUMBERS, VALUES), st.dictionaries(st.integers(1, 31), VALUES))
def test_no_exif_values_raise(ifd0: dict[int, object], exif: dict[int, object], gps: dict[int, object]) -> None:
    found, unread = exif_statements(Blocks(ifd0=ifd0, exif=exif, gps=gps))
    assert all(one.raw for one in found)
    assert all(unread)


# ---------------------------------------------------------------- IPTC

PLAIN = [number for number, known in DATA_SETS.items() if not known.time]


@pytest.mark.parametrize("number", PLAIN)
def test_every_data_set_is_read(number: int) -> None:
    (found,), unread = iptc_statements(iptc_block({number: "Öl, ø x"}))
    known = DATA_SETS[number]
    assert found == Statement(Block.IPTC, known.name, known.subject, known.voice, "Öl, ø x", "Öl, ø x")
    assert known.name.startswith(f"2:{number:02}")
    assert unread == []


@pytest.mark.parametrize(
    ("date", "time", "text"),
    [
        ("20171109", "", "2017-11-09"),
        ("20171109", "133700", "2017-11-09T13:37:00"),
        ("20171109", "133700+0300", "2017-11-09T13:37:00+03:00"),
        ("20171109", "000000+0000", "2017-11-09"),
        ("20171109", "nonsense", "2017-11-09"),
        ("20171100", "133700", "2017-11"),
        ("20170000", "", "2017"),
        ("00000000", "", None),
        ("        ", "", None),
        ("", "133700", None),
    ],
)
def test_iptc_dates_may_leave_month_and_day_open(date: str, time: str, text: str | None) -> None:
    found, unread = iptc_statements(iptc_block({55: date, 60: time}))
    assert values(found) == ({"2:55 Date Created": text} if text else {})
    assert unread == []


@pytest.mark.parametrize("date", ["20171131", "2017", "9 November"])
def test_an_iptc_date_that_is_none_is_named(date: str) -> None:
    assert iptc_statements(iptc_block({55: date})) == ([], [f"IPTC 2:55 Date Created: “{date}” is no date"])


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [(b"\x1b%G", "utf-8"), (b"", "utf-8"), (b"", "latin-1"), (b"\x1b-A", "latin-1"), (b"\x1b-L", "iso8859-5"),
     (b"\x1b-L", "utf-8"), (b"\x1b-B", "iso8859-2"), (b"\x1b?", "latin-1")],
)  # fmt: skip
def test_the_declared_character_set_counts_where_text_is_not_utf8(declared: bytes, encoding: str) -> None:
    text = "Переправа" if encoding == "iso8859-5" else "Düsseldorf"
    block = b"\x1c\x01\x5a" + struct.pack(">H", len(declared)) + declared
    data = text.encode(encoding)
    block += b"\x1c\x02\x5a" + struct.pack(">H", len(data)) + data
    assert values(iptc_statements(block)[0]) == {"2:90 City": text}


@pytest.mark.parametrize(("data", "text"), [(b"\xfe\xff", None), ("\ufeffÖl".encode("utf-16-be"), "Öl")])
def test_iptc_may_be_utf16_with_a_mark_and_the_mark_alone_is_empty(data: bytes, text: str | None) -> None:
    assert values(iptc_statements(iptc_block({90: data}))[0]).get("2:90 City") == text


def test_by_lines_may_repeat_and_captions_may_not() -> None:
    block = iptc_block({80: "A. One", 120: "first"}) + iptc_block({80: "B. Two", 120: "second"})
    assert values(iptc_statements(block)[0]) == {"2:120 Caption": "first", "2:80 By-line": "A. One; B. Two"}


@pytest.mark.parametrize("damage", [b"\x1c\x02\x5a\xff\xffmore", b"garbage"])
def test_a_damaged_block_keeps_what_came_before_and_says_so(damage: bytes) -> None:
    found, unread = iptc_statements(iptc_block({55: "20171109"}) + damage)
    assert values(found) == {"2:55 Date Created": "2017-11-09"}
    assert len(unread) == 1
    assert unread[0].startswith("IPTC: damaged after ")


@given(st.binary() | st.binary().map(lambda data: iptc_block({55: "20171109", 120: "x"})[:15] + data))
def test_no_iptc_bytes_raise(block: bytes) -> None:
    found, _ = iptc_statements(block)
    assert all(one.raw for one in found)


# ---------------------------------------------------------------- XMP


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_property_is_read_as_attribute_and_as_element(name: str) -> None:
    rights = 'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    as_attribute = xmp_statements([xmp_packet(f'{rights} {name}="Öl, ø x"')])
    as_element = xmp_statements([xmp_packet(rights, f"<{name}>Öl, ø x</{name}>")])
    as_list = xmp_statements([xmp_packet(rights, f"<{name}><rdf:Alt><rdf:li>Öl, ø x</rdf:li></rdf:Alt></{name}>")])
    known = TEXTS[name]
    expected = [Statement(Block.XMP, name, known.subject, known.voice, "Öl, ø x", "Öl, ø x")]
    assert as_attribute == as_element == as_list == (expected, [])


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize(
    ("written", "precision"),
    [("2017", Precision.YEAR), ("2017-11", Precision.MONTH), ("2017-11-09", Precision.DAY),
     ("2017-11-09T13:37", Precision.INSTANT), ("2017-11-09T13:37:05Z", Precision.INSTANT),
     ("2017-11-09T13:37:05.25+03:00", Precision.INSTANT), ("2017-11-09T00:00:00", Precision.DAY)],
)  # fmt: skip
def test_xmp_dates_keep_their_precision(name: str, written: str, precision: Precision) -> None:
    (found,), unread = xmp_statements([xmp_packet(f'{name}="{written}"')])
    assert isinstance(found.value, Moment)
    assert (found.value.precision, found.raw, found.subject) == (precision, written, DATES[name].subject)
    assert unread == []


def test_an_xmp_date_that_is_none_is_named() -> None:
    assert xmp_statements([xmp_packet('xmp:CreateDate="soon" xmp:ModifyDate="0000-00-00"')]) == (
        [],
        ["XMP xmp:CreateDate: “soon” is no date"],
    )


def test_of_a_list_in_several_languages_the_default_one_is_read() -> None:
    listed = '<rdf:li xml:lang="de">Kolonne</rdf:li><rdf:li xml:lang="x-default">A convoy</rdf:li>'
    packet = xmp_packet("", f"<dc:description><rdf:Alt>{listed}</rdf:Alt></dc:description>")
    assert values(xmp_statements([packet])[0]) == {"dc:description": "A convoy"}


@pytest.mark.parametrize("name", ["LocationCreated", "LocationShown"])
def test_places_are_structures(name: str) -> None:
    inside = (
        "<Iptc4xmpExt:Sublocation>Old bridge</Iptc4xmpExt:Sublocation><Iptc4xmpExt:City>Fallujah</Iptc4xmpExt:City>"
        "<Iptc4xmpExt:CountryName>Iraq</Iptc4xmpExt:CountryName><exif:GPSLatitude>33,21N</exif:GPSLatitude>"
        "<exif:GPSLongitude>43,46,48E</exif:GPSLongitude>"
    )
    as_resource = f"<rdf:li rdf:parseType='Resource'>{inside}</rdf:li>"
    as_description = f"<rdf:li><rdf:Description>{inside}</rdf:Description></rdf:li>"
    for item in (as_resource, as_description):
        element = f"<Iptc4xmpExt:{name}><rdf:Bag>{item}</rdf:Bag></Iptc4xmpExt:{name}>"
        (found,), _ = xmp_statements([xmp_packet("", element)])
        assert found.value == Place("Old bridge, Fallujah", "Iraq", 33.35, 43.78)
        assert (found.voice, found.name) == (Voice.SAYS, f"Iptc4xmpExt:{name}")


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        ("33,21.0S", "43,46.8E", Place(latitude=-33.35, longitude=43.78)),
        ("33,21,0S", "43,46,48W", Place(latitude=-33.35, longitude=-43.78)),
        ("0,0N", "0,0E", None),
        ("99,0N", "0,0E", None),
        ("33.35", "43.78", None),
    ],
)
def test_coordinates_in_xmp(latitude: str, longitude: str, place: Place | None) -> None:
    found, unread = xmp_statements([xmp_packet(f'exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"')])
    assert [one.value for one in found] == ([place] if place else [])
    assert len(unread) == (0 if place else 1)


def test_the_history_names_program_and_time_and_keeps_its_order() -> None:
    steps = history(("created", "Adobe Photoshop 21.0", "2017-11-12T08:00:00+03:00"), ("saved", "GIMP 2.10", ""))
    element = "<stRef:documentID>xmp.did:1</stRef:documentID>"
    derived = f'<xmpMM:DerivedFrom rdf:parseType="Resource">{element}</xmpMM:DerivedFrom>'
    found, _ = xmp_statements([xmp_packet("", steps + derived)])
    when = parse_moment("2017-11-12T08:00:00+03:00")
    assert [one.value for one in found] == [
        Processing("created", "Adobe Photoshop 21.0", when), Processing("saved", "GIMP 2.10", None), "xmp.did:1",
    ]  # fmt: skip


def test_a_very_long_history_keeps_both_ends() -> None:
    steps = history(*((f"step {number}", "x", "") for number in range(1000)))
    found, _ = xmp_statements([xmp_packet("", steps)])
    actions = [one.value.action for one in found if isinstance(one.value, Processing)]
    assert (len(actions), actions[0], actions[-1]) == (200, "step 0", "step 999")


def test_the_first_packet_counts_and_the_second_adds() -> None:
    first, second = xmp_packet('photoshop:City="A"'), xmp_packet('photoshop:City="B" photoshop:Country="C"')
    assert values(xmp_statements([first, second])[0]) == {"photoshop:City": "A", "photoshop:Country": "C"}


@pytest.mark.parametrize(
    ("packet", "why"),
    [
        (b"<x", "not well-formed"),
        (b"\xff\xfe<", "not well-formed"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "it declares entities"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "it declares entities"),
        (b'<?xml version="1.0" encoding="no-such-code"?><x/>', "cannot be decoded"),
        (b" " * (16 * 1024 * 1024 + 1), "the limit is"),
    ],
)
def test_a_damaged_or_hostile_packet_says_nothing_but_why(packet: bytes, why: str) -> None:
    found, unread = xmp_statements([packet])
    assert found == []
    assert len(unread) == 1
    assert unread[0].startswith("XMP: ")
    assert why in unread[0]


def test_deep_nesting_is_no_trouble() -> None:
    deep = "<dc:title>" * 5000 + "</dc:title>" * 5000
    assert xmp_statements([xmp_packet("", deep)])[0] == []
