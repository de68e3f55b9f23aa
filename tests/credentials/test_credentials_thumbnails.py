"""The pictures of ingredients come out as pictures, and only those that the picture was opened from."""

from pathlib import Path

import numpy as np
from signed_pictures import CREATED, flipped, plain, signed

from provcheck.credentials import parent_previews


def written(folder: Path, data: bytes) -> Path:
    path = folder / "edited.jpg"
    path.write_bytes(data)
    return path


def test_the_thumbnail_of_the_parent_is_a_picture(tmp_path: Path) -> None:
    whole = plain(seed=9)
    (found,), unread = parent_previews(written(tmp_path, signed(CREATED, ingredients=[("whole.jpg", whole)])))
    assert found.name == "thumbnail of the parent in Content Credentials"
    assert found.size[0] * 3 == found.size[1] * 4
    assert found.pixels.dtype == np.uint8
    assert unread == []


def test_the_thumbnails_of_all_generations_come_out_the_newest_first(tmp_path: Path) -> None:
    once = signed({"action": "c2pa.cropped"}, ingredients=[("first.jpg", plain(seed=9))])
    twice = signed({"action": "c2pa.cropped"}, ingredients=[("second.jpg", once)])
    found, _ = parent_previews(written(tmp_path, twice))
    likeness = [np.corrcoef(one.pixels.ravel(), found[-1].pixels.ravel())[0, 1] for one in found]
    assert len(found) == 2
    assert likeness[0] < 0.9 < likeness[1]


def test_a_component_is_no_preview_of_the_picture(tmp_path: Path) -> None:
    montage = signed(CREATED, ingredients=[("sky.jpg", plain(seed=9))], relation="componentOf")
    assert parent_previews(written(tmp_path, montage)) == ([], [])


def test_a_broken_thumbnail_costs_itself(tmp_path: Path) -> None:
    data = signed(CREATED, ingredients=[("whole.jpg", plain(seed=9))])
    at = data.index(b"\xff\xd8\xff", data.index(b"c2pa.thumbnail.ingredient"))
    previews, unread = parent_previews(written(tmp_path, flipped(data, at)))
    assert previews == []
    assert len(unread) == 1


def test_without_credentials_or_library_there_are_none(tmp_path: Path) -> None:
    assert parent_previews(written(tmp_path, plain())) == ([], [])
    signed_file = written(tmp_path, signed(CREATED, ingredients=[("whole.jpg", plain(seed=9))]))
    assert parent_previews(signed_file, load=lambda: None) == ([], [])
