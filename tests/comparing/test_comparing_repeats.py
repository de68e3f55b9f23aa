"""One picture that stands twice in a version."""

from comparing_records import image, images, match

from provcheck.comparing.repeats import find_repeats, is_nearly_whole
from provcheck.records import Overlap
from provcheck.versions import Side


def repeats(a: list, b: list, *proven: tuple[int, int]) -> list[tuple[Side, list[str]]]:  # type: ignore[type-arg]
    return [(repeat.side, [one.name for one in repeat.images]) for repeat in find_repeats(a, b, proven)]


def test_equal_bytes_are_one_picture() -> None:
    assert repeats([image("1.jpg", "x"), image("2.jpg"), image("3.jpg", "x")], []) == [(Side.A, ["1.jpg", "3.jpg"])]


def test_two_copies_of_one_picture_of_the_other_version_are_one_picture() -> None:
    assert repeats(images("1.jpg"), images("2.jpg", "3.jpg"), (0, 0), (0, 1)) == [(Side.B, ["2.jpg", "3.jpg"])]


def test_a_chain_of_copies_is_one_picture() -> None:
    a, b = images("1.jpg", "2.jpg"), images("3.jpg", "4.jpg")
    assert repeats(a, b, (0, 0), (1, 0), (1, 1)) == [(Side.A, ["1.jpg", "2.jpg"]), (Side.B, ["3.jpg", "4.jpg"])]


def test_one_picture_in_each_version_is_no_repetition() -> None:
    assert repeats(images("1.jpg", "2.jpg"), images("1.jpg", "2.jpg")) == []


def test_a_part_of_a_collage_is_not_the_collage() -> None:
    assert is_nearly_whole(match(overlap=Overlap(1.0, 0.8)))
    assert not is_nearly_whole(match(overlap=Overlap(1.0, 0.25)))
