"""Every picture through all versions."""

from comparing_records import image, pair, release

from provcheck.comparing.lives import follow_pictures
from provcheck.records import Release
from provcheck.versions import Comparison, Life, PairKind


def step(a: Release, b: Release, *links: tuple[int, int, PairKind]) -> Comparison:
    pairs = [pair(kind, a.images[i], b.images[j], a_at=i, b_at=j) for i, j, kind in links]
    pairs += [
        pair(PairKind.ONLY_B, None, one, b_at=at)
        for at, one in enumerate(b.images)
        if at not in {j for _, j, _ in links}
    ]
    return Comparison(a, b, tuple(pairs))


BRIDGE, SMALL, COAST = image("bridge.jpg"), image("small.jpg"), image("coast.jpg")


def test_a_picture_is_followed_through_its_changes() -> None:
    first, second, third = release(BRIDGE), release(COAST, SMALL), release(SMALL)
    lives = follow_pictures(
        [step(first, second, (0, 1, PairKind.CROPPED)), step(second, third, (1, 0, PairKind.IDENTICAL))]
    )
    assert lives == (
        Life((BRIDGE, SMALL, SMALL), (PairKind.CROPPED, PairKind.IDENTICAL)),
        Life((None, COAST, None), (None, None)),
    )


def test_another_picture_in_its_place_is_another_life() -> None:
    lives = follow_pictures([step(release(BRIDGE), release(COAST), (0, 0, PairKind.REPLACED))])
    assert [life.images for life in lives] == [(BRIDGE, None), (None, COAST)]


def test_what_could_not_be_compared_lives_on() -> None:
    (life,) = follow_pictures([step(release(BRIDGE), release(SMALL), (0, 0, PairKind.NOT_COMPARED))])
    assert life.kinds == (PairKind.NOT_COMPARED,)


def test_the_same_bytes_come_back() -> None:
    lives = follow_pictures([step(release(BRIDGE), release()), step(release(), release(BRIDGE))])
    assert lives == (Life((BRIDGE, None, BRIDGE), (None, None)),)


def test_there_are_no_lives_without_versions() -> None:
    assert follow_pictures([]) == ()
