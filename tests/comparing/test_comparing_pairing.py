"""No guess displaces a proof, and every picture comes out once."""

from comparing_records import image, images, match

from provcheck.comparing.describing import Aligned, align_versions
from provcheck.comparing.looking import Looked, Places
from provcheck.comparing.pairing import pair_pictures
from provcheck.comparing.searching import Sought
from provcheck.records import Alteration, Edit, ReleaseImage
from provcheck.versions import Pair, PairKind


def aligned(*alterations: Alteration) -> Aligned:
    """Return a proof that agrees too little for a closer look, which would need files."""
    return align_versions(match(*alterations, agreement=0.9), (100, 80), b_was_query=True)


def looked(
    proofs: tuple[Places, ...] = (),
    leads: tuple[Places, ...] = (),
    a: str = "",
    b: str = "",
    *,
    unseen: bool = True,
) -> Looked:
    """Return what looks found; `a` and `b` are reasons why the first picture of a side could not be looked at."""
    sought = [{0: Sought(reason=reason, unseen=unseen)} if reason else {} for reason in (a, b)]
    return Looked(dict.fromkeys(proofs, aligned()), dict.fromkeys(leads, aligned()), *sought)


def kinds(pairs: list[Pair]) -> list[tuple[str | None, str | None, str]]:
    return [(pair.a.name if pair.a else None, pair.b.name if pair.b else None, pair.kind.value) for pair in pairs]


def paired(a: list[ReleaseImage], b: list[ReleaseImage], found: Looked) -> list[tuple[str | None, str | None, str]]:
    return kinds(pair_pictures(a, b, [], found))


def test_a_proof_comes_before_a_lead_and_a_lead_before_a_name() -> None:
    a, b = images("1.jpg", "2.jpg", "3.jpg"), images("1.jpg", "2.jpg", "3.jpg")
    found = paired(a, b, looked(proofs=((0, 1),), leads=((0, 0), (1, 2))))
    assert set(found) == {
        ("1.jpg", "2.jpg", "re-encoded"),
        ("2.jpg", "3.jpg", "same-scene"),
        ("3.jpg", None, "only-in-a"),
        (None, "1.jpg", "only-in-b"),
    }
    assert len(found) == 4


def test_equal_bytes_are_not_given_up_for_proofs() -> None:
    pairs = pair_pictures(images("1.jpg", "2.jpg"), images("1.jpg"), [(0, 0)], looked(proofs=((1, 0),)))
    assert kinds(pairs) == [("1.jpg", "1.jpg", "identical"), ("2.jpg", None, "only-in-a")]


def test_the_least_altered_copies_are_paired() -> None:
    crop = Alteration(Edit.CROPPED, "")
    proofs = {(0, 0): aligned(crop), (0, 1): aligned(), (1, 0): aligned(), (1, 1): aligned(crop, crop)}
    pairs = pair_pictures(images("1.jpg", "2.jpg"), images("x.jpg", "y.jpg"), [], Looked(proofs, {}, {}, {}))
    assert {(pair.a_at, pair.b_at) for pair in pairs} == {(0, 1), (1, 0)}


def test_what_cannot_be_read_is_paired_by_name_and_not_called_replaced() -> None:
    (pair,) = pair_pictures(images("1.jpg"), images("1.png"), [], looked(a="broken", b="too small"))
    assert (pair.kind, pair.reason) == (PairKind.NOT_COMPARED, "broken; too small")


def test_what_cannot_be_read_and_has_no_counterpart_is_not_compared() -> None:
    assert paired(images("1.jpg", "2.jpg"), [], looked(a="broken")) == [
        ("1.jpg", None, "not-compared"),
        ("2.jpg", None, "only-in-a"),
    ]


def test_a_chart_in_place_of_a_photograph_replaced_it() -> None:
    assert paired(images("1.jpg"), images("1.png"), looked(b="mostly blank", unseen=False)) == [
        ("1.jpg", "1.png", "replaced")
    ]


def test_two_charts_that_cannot_be_told_apart_are_not_compared() -> None:
    found = looked(a="mostly blank", b="mostly blank", unseen=False)
    assert paired(images("1.jpg"), images("1.png"), found) == [("1.jpg", "1.png", "not-compared")]
    assert {kind for *_, kind in paired(images("1.jpg", "x.jpg"), images("2.jpg", "y.jpg"), found)} == {
        "not-compared", "only-in-a", "only-in-b",
    }  # fmt: skip


def test_a_new_chart_among_photographs_is_new() -> None:
    found = looked(b="mostly blank", unseen=False)
    assert paired([], images("1.png"), found) == [(None, "1.png", "only-in-b")]


def test_a_replaced_picture_says_by_what_it_was_paired() -> None:
    (pair,) = pair_pictures([image("a.jpg", caption="Dawn")], [image("b.jpg", caption="Dawn")], [], looked())
    assert pair.kind is PairKind.REPLACED
    assert pair.basis
    assert pair.basis.value == "same caption"
