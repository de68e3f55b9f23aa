"""Which field counts where several say the same."""

import pytest

from provcheck.metadata.precedence import RECORDED, SAID, all_said, recorded, said
from provcheck.moments import parse_moment
from provcheck.records import Block, FileMetadata, Moment, Place, Statement, Subject, Voice

DAY = parse_moment("2017-11-09")


def statement(block: Block, name: str, voice: Voice = Voice.SAYS, value: "str | Moment | Place" = "x") -> Statement:
    return Statement(block, name, Subject.OTHER, voice, "x", value)


def everything(claim: str) -> tuple[Statement, ...]:
    return tuple(statement(block, name) for block, names in SAID[claim] for name in names)


@pytest.mark.parametrize(
    ("claim", "standards"),
    [
        ("captured", ["XMP", "IPTC"]),
        ("place", ["XMP", "XMP", "XMP", "IPTC"]),
        ("caption", ["XMP", "IPTC", "EXIF"]),
        ("credit", ["XMP", "IPTC", "EXIF"]),
        ("label", ["XMP", "IPTC"]),
    ],
)
@pytest.mark.parametrize("iptc_is_newer", [False, True])
def test_xmp_counts_before_iptc_unless_that_was_changed_later(
    claim: str, standards: list[str], iptc_is_newer: bool
) -> None:
    metadata = FileMetadata(everything(claim), iptc_is_newer=iptc_is_newer)
    found = [fields[0].origin.split()[0] for fields in all_said(metadata, claim)]
    if iptc_is_newer and "IPTC" in standards:
        standards = ["IPTC", *(standard for standard in standards if standard != "IPTC")]
    assert found == standards
    assert said(metadata, claim) == all_said(metadata, claim)[0]


@pytest.mark.parametrize("claim", SAID)
def test_the_next_row_counts_where_the_first_says_nothing(claim: str) -> None:
    for at, (block, names) in enumerate(SAID[claim]):
        rest = tuple(statement(b, n) for b, ns in SAID[claim][at:] for n in ns)
        assert said(FileMetadata(rest), claim) == tuple(statement(block, name) for name in names)
    assert said(FileMetadata(), claim) == ()


@pytest.mark.parametrize("subject", RECORDED)
def test_records_come_in_the_order_of_the_table(subject: Subject) -> None:
    listed = [statement(block, name, Voice.RECORDS) for block, names in RECORDED[subject] for name in names]
    assert recorded(reversed(listed), subject) == listed


def test_what_somebody_says_is_no_record() -> None:
    assert recorded([statement(Block.EXIF_EXIF, "DateTimeOriginal", Voice.SAYS, DAY)], Subject.CAPTURED) == []
