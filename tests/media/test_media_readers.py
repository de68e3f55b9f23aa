"""One contract for every reader of the registry."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from rendered_media import picture_bytes, scene, write_video

from provcheck.errors import UnreadableMedia
from provcheck.media import READERS, describe, pictures, recognise
from provcheck.records import Medium


def photo(path: Path) -> Path:
    path.write_bytes(picture_bytes(scene(1), "JPEG"))
    return path


def clip(path: Path) -> Path:
    return write_video(path, [scene(number // 20) for number in range(60)], container="mp4")


EXAMPLES: dict[Medium, Callable[[Path], Path]] = {Medium.IMAGE: photo, Medium.VIDEO: clip}


def test_there_is_an_example_for_every_reader() -> None:
    assert set(EXAMPLES) == set(READERS) == set(Medium)


@pytest.mark.parametrize("medium", READERS)
def test_a_reader_recognises_its_own_kind_alone(tmp_path: Path, medium: Medium) -> None:
    path = EXAMPLES[medium](tmp_path / "example")
    head = path.read_bytes()[:4096]
    assert [name for name, reader in READERS.items() if reader.recognises(head, path)] == [medium]
    assert recognise(path) is medium


@pytest.mark.parametrize("medium", READERS)
def test_pictures_are_what_the_records_promise(tmp_path: Path, medium: Medium) -> None:
    path = EXAMPLES[medium](tmp_path / "example")
    found = list(READERS[medium].pictures(path))
    assert found
    for picture in found:
        assert picture.pixels.dtype == np.uint8
        assert picture.pixels.shape == (64, 96, 3)
        assert picture.pixels.flags.c_contiguous
        assert (picture.time_s is None) == (medium is Medium.IMAGE)
    numbers = [picture.number for picture in found]
    assert numbers == sorted(set(numbers))
    assert [p.number for p in pictures(path)] == numbers


@pytest.mark.parametrize("medium", READERS)
def test_what_is_described_is_what_comes(tmp_path: Path, medium: Medium) -> None:
    path = EXAMPLES[medium](tmp_path / "example")
    summary = describe(path)
    assert summary.medium is medium
    assert summary.size == next(READERS[medium].pictures(path)).size
    assert (summary.duration_s is None) == (medium is Medium.IMAGE)


@pytest.mark.parametrize("medium", READERS)
@pytest.mark.parametrize("kept", [0, 3, 40, 700])
def test_damage_is_one_line(tmp_path: Path, medium: Medium, kept: int) -> None:
    path = EXAMPLES[medium](tmp_path / "example")
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(UnreadableMedia) as caught:
        list(READERS[medium].pictures(path))
    assert caught.value.message.startswith("example: ")
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("medium", READERS)
def test_random_bytes_and_text_are_not_recognised(tmp_path: Path, medium: Medium) -> None:
    draw = np.random.default_rng(11)
    path = tmp_path / "noise"
    for content in [draw.bytes(5000) for _ in range(20)] + [b"", b"x", b"A line of text.\n" * 400]:
        path.write_bytes(content)
        assert not READERS[medium].recognises(content[:4096], path)


@pytest.mark.parametrize("medium", READERS)
def test_a_directory_is_refused(tmp_path: Path, medium: Medium) -> None:
    with pytest.raises(UnreadableMedia, match="a directory"):
        list(READERS[medium].pictures(tmp_path))


@pytest.mark.parametrize("medium", READERS)
def test_a_file_of_the_other_kind_is_refused(tmp_path: Path, medium: Medium) -> None:
    other = next(example for name, example in EXAMPLES.items() if name is not medium)
    with pytest.raises(UnreadableMedia):
        list(READERS[medium].pictures(other(tmp_path / "example")))
