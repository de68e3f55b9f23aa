"""Two versions of a release on disk, of rendered pictures with known truth."""

from pathlib import Path
from tempfile import gettempdir

import numpy as np
import pytest
from PIL import Image
from rendered_scenes import crop, mirrored, save, scene, with_text_box
from version_pairs import EDITS, WHOLES, Truth, write_versions

from provcheck.comparing import compare_versions
from provcheck.records import RGB
from provcheck.release import read_release
from provcheck.versions import Basis, Comparison, Pair, PairKind, Side

FAMILIES = [*WHOLES, *EDITS]


def compared(folder: Path) -> Comparison:
    return compare_versions(read_release(folder / "a"), read_release(folder / "b"))


def by_names(comparison: Comparison) -> dict[tuple[str | None, str | None], Pair]:
    return {(pair.a.name if pair.a else None, pair.b.name if pair.b else None): pair for pair in comparison.pairs}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Truth, Comparison]:
    """One pair of every family; captions are exchanged between two."""
    folder = tmp_path_factory.mktemp("versions")
    shown = len(FAMILIES) + 2
    pictures = [Image.fromarray(scene(seed)) for seed in range(shown + 2)]
    truth = write_versions(folder, pictures[:shown], pictures[shown:], seed=3)
    return truth, compared(folder)


def test_every_picture_is_paired_as_it_was_made_and_its_kind_is_right(made: tuple[Truth, Comparison]) -> None:
    truth, comparison = made
    found = {names: pair.kind.value for names, pair in by_names(comparison).items()}
    assert found == {(expected.a, expected.b): expected.kind for expected in truth.pairs}


def test_what_was_moved_is_what_moved(made: tuple[Truth, Comparison]) -> None:
    truth, comparison = made
    assert {pair.b.name for pair in comparison.pairs if pair.moved and pair.b} == truth.moved


def test_captions_that_changed_places_are_found(made: tuple[Truth, Comparison]) -> None:
    truth, comparison = made
    assert truth.moved_captions
    assert {(moved.a.name, moved.b.name) for moved in comparison.moved_captions} == truth.moved_captions


def test_the_cropped_side_is_named(made: tuple[Truth, Comparison]) -> None:
    truth, comparison = made
    found = by_names(comparison)
    for family, side in (("cropped", Side.B), ("uncropped", Side.A)):
        sides = [
            {change.side for change in found[expected.a, expected.b].changes}
            for expected in truth.pairs
            if expected.family == family
        ]
        assert sides
        assert all(side in of_pair for of_pair in sides)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for side in ("a", "b"):
        (tmp_path / side).mkdir()
    return tmp_path


def write(folder: Path, a: dict[str, RGB | bytes], b: dict[str, RGB | bytes]) -> None:
    for side, shown in (("a", a), ("b", b)):
        for name, pixels in shown.items():
            if isinstance(pixels, bytes):
                (folder / side / name).write_bytes(pixels)
            else:
                save(folder / side / name, pixels)


def kinds(comparison: Comparison) -> list[tuple[str | None, str | None, PairKind]]:
    return [(*names, pair.kind) for names, pair in by_names(comparison).items()]


FLAT = np.full((200, 300, 3), 128, np.uint8)


def test_a_copy_of_a_paired_picture_is_a_repetition(folder: Path) -> None:
    write(folder, {"1.png": scene(1)}, {"1.png": scene(1), "2.jpg": scene(1)})
    comparison = compared(folder)
    assert kinds(comparison) == [("1.png", "1.png", PairKind.IDENTICAL), (None, "2.jpg", PairKind.ONLY_B)]
    assert [[one.name for one in repeat.images] for repeat in comparison.repeats] == [["1.png", "2.jpg"]]


def test_near_copies_go_to_the_nearest(folder: Path) -> None:
    """All four pairs are proven; the crop belongs to the crop."""
    part = crop(scene(1), 0.1, 0.1, 0.8, 0.8)
    write(folder, {"1.png": scene(1), "2.png": part}, {"x.jpg": part, "y.jpg": scene(1)})
    names = {(a, b) for a, b, _ in kinds(compared(folder))}
    assert names == {("2.png", "x.jpg"), ("1.png", "y.jpg")}


def test_variants_that_differ_in_a_corner_find_each_other(folder: Path) -> None:
    """Names and places speak for the wrong pairs."""
    first, second, plain = scene(4), scene(4), scene(4)
    first[40:60, 60:82] = (200, 30, 30)
    second[240:260, 300:322] = (30, 30, 200)
    write(folder, {"1.png": first, "2.png": second, "3.png": plain}, {"1.jpg": plain, "2.jpg": first, "3.jpg": second})
    names = {(a, b) for a, b, _ in kinds(compared(folder))}
    assert names == {("1.png", "2.jpg"), ("2.png", "3.jpg"), ("3.png", "1.jpg")}


def test_several_edits_are_all_listed_with_the_heaviest_first(folder: Path) -> None:
    edited = with_text_box(mirrored(crop(scene(2), 0.1, 0.1, 0.9, 0.9)), (60, 40, 200, 100))
    write(folder, {"1.png": scene(2)}, {"1.png": edited})
    (pair,) = compared(folder).pairs
    assert [change.kind for change in pair.changes] == [PairKind.EDITED, PairKind.MIRRORED, PairKind.CROPPED]


@pytest.mark.parametrize("broken_in", ["a", "b"])
def test_a_broken_picture_is_paired_by_name_and_not_compared(folder: Path, broken_in: str) -> None:
    write(folder, {"1.png": scene(1), "2.png": scene(2)}, {"1.png": scene(1), "2.png": scene(2, 400, 300)})
    broken = folder / broken_in / "2.png"
    broken.write_bytes(broken.read_bytes()[:500])
    pair = by_names(compared(folder))["2.png", "2.png"]
    assert (pair.kind, pair.basis) == (PairKind.NOT_COMPARED, Basis.NAME)
    assert "2.png" in pair.reason


def test_a_broken_picture_without_counterpart_is_not_dropped(folder: Path) -> None:
    write(folder, {"1.png": scene(1)}, {"1.png": scene(1), "9.jpg": b"\xff\xd8\xff\xe0 no more"})
    assert (None, "9.jpg", PairKind.NOT_COMPARED) in kinds(compared(folder))


def test_equal_broken_files_are_equal(folder: Path) -> None:
    write(folder, {"1.jpg": b"\xff\xd8\xff\xe0 no more"}, {"2.jpg": b"\xff\xd8\xff\xe0 no more"})
    assert kinds(compared(folder)) == [("1.jpg", "2.jpg", PairKind.IDENTICAL)]


def test_flat_pictures_with_equal_pixels_are_one_picture(folder: Path) -> None:
    write(folder, {"1.png": FLAT}, {"2.bmp": FLAT})
    (pair,) = compared(folder).pairs
    assert (pair.kind, pair.basis) == (PairKind.RE_ENCODED, Basis.PIXELS)


def test_flat_pictures_with_other_pixels_are_not_compared(folder: Path) -> None:
    write(folder, {"1.png": FLAT}, {"1.png": FLAT + np.uint8(40)})
    (pair,) = compared(folder).pairs
    assert pair.kind is PairKind.NOT_COMPARED
    assert "too little detail" in pair.reason


def test_what_only_a_has_stands_where_it_stood(folder: Path) -> None:
    write(folder, {f"{at}.png": scene(at) for at in range(4)}, {f"{at}.png": scene(at) for at in (0, 1, 3)})
    assert [a for a, _, _ in kinds(compared(folder))] == ["0.png", "1.png", "2.png", "3.png"]


@pytest.mark.parametrize(("a", "b"), [({}, {}), ({"1.png": scene(1)}, {}), ({}, {"1.png": scene(1)})])
def test_empty_versions_are_compared(folder: Path, a: dict[str, RGB | bytes], b: dict[str, RGB | bytes]) -> None:
    write(folder, a, b)
    assert len(compared(folder).pairs) == len(a) + len(b)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made where they can be seen."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    assert gettempdir() == str(place)
    return place


def test_nothing_is_left_behind_when_it_is_interrupted(folder: Path, scratch: Path) -> None:
    write(folder, {"1.png": scene(1)}, {"1.png": scene(2)})
    seen: list[list[Path]] = []

    def interrupt(_done: int, _total: int, _what: str) -> None:
        seen.append(list(scratch.iterdir()))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_versions(read_release(folder / "a"), read_release(folder / "b"), progress=interrupt)
    assert seen[0]
    assert list(scratch.iterdir()) == []
