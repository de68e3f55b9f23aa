"""The vocabulary of sources: every term once, and any way of writing it."""

import pytest

from provcheck.credentials.source_types import SOURCE_TYPES, making_of, term_of
from provcheck.records import Making


@pytest.mark.parametrize(
    "written",
    [
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/",
        "digsrctype:trainedAlgorithmicMedia",
        "trainedalgorithmicmedia",
    ],
)
def test_a_term_is_read_however_it_is_written(written: str) -> None:
    assert term_of(written) == "trainedAlgorithmicMedia"


@pytest.mark.parametrize(
    ("term", "making"),
    [
        ("digitalCapture", Making.RECORDED),
        ("algorithmicallyEnhanced", Making.EDITED),
        ("compositeWithTrainedAlgorithmicMedia", Making.PARTLY_GENERATED),
        ("trainedAlgorithmicMedia", Making.GENERATED),
        ("somethingNew", None),
        ("", None),
        (None, None),
    ],
)
def test_a_term_means_one_thing(term: str | None, making: Making | None) -> None:
    assert making_of(term) is making


def test_every_way_of_making_has_a_term() -> None:
    assert set(SOURCE_TYPES.values()) == set(Making)


def test_nothing_is_no_term() -> None:
    assert term_of(None) is term_of("") is term_of("http://x.example/:") is None
