"""What no look pairs is paired by caption, name, number and place, and only where that means something."""

from collections.abc import Sequence

from comparing_records import image, images

from provcheck.comparing.replacing import assign_by_words
from provcheck.records import ReleaseImage
from provcheck.versions import Basis

Images = Sequence[ReleaseImage]


def by_words(a: Images, b: Images, paired: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int, Basis]]:
    free_a = [at for at in range(len(a)) if at not in {i for i, _ in paired}]
    free_b = [at for at in range(len(b)) if at not in {j for _, j in paired}]
    return assign_by_words(a, b, free_a, free_b, paired)


def test_one_caption_pairs_under_other_names() -> None:
    pairs = by_words([image("old.jpg", caption="The bridge")], [image("x.jpg"), image("new.png", caption="The bridge")])
    assert pairs == [(0, 1, Basis.CAPTION)]


def test_a_name_counts_without_suffix_and_case() -> None:
    assert by_words(images("Photo.JPG", "z.jpg"), images("a.png", "photo.png")) == [(0, 1, Basis.NAME)]


def test_numbers_of_two_schemes_tell_the_place() -> None:
    a, b = images("photo-1.jpg", "photo-2.jpg"), images("picture-02.jpg")
    assert by_words(a, b) == [(1, 0, Basis.NUMBER)]


def test_numbers_of_one_scheme_tell_another_place() -> None:
    assert by_words(images("img_001.jpg", "img_200.jpg"), images("img_001.jpg", "img_201.jpg"), [(0, 0)]) == []


def test_numbers_tell_nothing_where_a_version_uses_both_schemes() -> None:
    a, b = images("img-1.jpg", "img-2.jpg"), images("img-1.jpg", "new-2.jpg")
    assert by_words(a, b, [(0, 0)]) == []


def test_a_picture_taken_away_and_one_added_elsewhere_stay_alone() -> None:
    assert by_words(images("dunes.jpg", "farm.jpg"), images("coast.jpg", "farm.jpg"), [(1, 1)]) == []


def test_in_an_order_of_its_own_the_same_gap_is_the_same_place() -> None:
    a, b = images("z.jpg", "k1.jpg", "b.jpg"), images("y.jpg", "k2.jpg", "a.jpg")
    assert by_words(a, b, [(1, 1)]) == [(0, 0, Basis.PLACE), (2, 2, Basis.PLACE)]


def test_a_gap_with_one_more_tells_nothing() -> None:
    a, b = images("z.jpg", "k1.jpg"), images("y.jpg", "x.jpg", "k2.jpg")
    assert by_words(a, b, [(1, 2)]) == []


def test_two_single_images_stand_for_each_other() -> None:
    assert by_words(images("left.jpg"), images("right.jpg")) == [(0, 0, Basis.PLACE)]
