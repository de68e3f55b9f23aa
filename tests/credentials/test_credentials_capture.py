"""When and where a picture was taken, by its credentials: the oldest manifest counts, and nonsense says nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from signed_pictures import CREATED, GENERATED, signed

from provcheck.credentials import credentials_of
from provcheck.credentials.capture import captured_of, place_taken_of
from provcheck.records import Place


def manifest(data: Mapping[str, Any], label: str = "c2pa.metadata") -> dict[str, Any]:
    return {"assertions": [{"label": label, "data": data}]}


def created(when: str, source_type: str) -> dict[str, Any]:
    action = {"action": "c2pa.created", "when": when, "digitalSourceType": f"x/{source_type}"}
    return manifest({"actions": [action]}, "c2pa.actions.v2")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"exif:DateTimeOriginal": "2016-06-24T10:30:00+03:00"}, "2016-06-24T10:30:00+03:00"),
        ({"exif:DateTimeOriginal": "2016:06:24 10:30:00"}, "2016-06-24T10:30:00"),
        (
            {"EXIF:DateTimeOriginal": "2016:06:24 10:30:00", "EXIF:OffsetTimeOriginal": "+03:00"},
            "2016-06-24T10:30:00+03:00",
        ),
        ({"photoshop:DateCreated": "2016-06-24"}, "2016-06-24"),
        ({"exif:DateTimeOriginal": "soon", "photoshop:DateCreated": "2016-06-24"}, "2016-06-24"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(data: Mapping[str, Any], text: str) -> None:
    found = captured_of([manifest(data)])
    assert found
    assert found.value.text == text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"exif:GPSLatitude": "38,12.5S", "exif:GPSLongitude": "20,24,0W"}, Place(None, None, -38 - 12.5 / 60, -20.4)),
        ({"exif:GPSLatitude": 33.5, "exif:GPSLongitude": -43}, Place(None, None, 33.5, -43.0)),
        (
            {"Iptc4xmpExt:LocationCreated": [{"Iptc4xmpExt:City": "Tal Amar", "Iptc4xmpExt:CountryName": "Irdania"}]},
            Place("Tal Amar", "Irdania"),
        ),
        ({"Iptc4xmpExt:LocationCreated": {"Iptc4xmpExt:CountryName": "Irdania"}}, Place(None, "Irdania")),
    ],
)
def test_a_place_is_read_in_every_form(data: Mapping[str, Any], place: Place) -> None:
    found = place_taken_of([manifest(data)])
    assert found
    assert found.value == place


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"exif:DateTimeOriginal": 7, "exif:GPSLatitude": [], "exif:GPSLongitude": None},
        {"exif:GPSLatitude": 99, "exif:GPSLongitude": 10},
        {"exif:GPSLatitude": float("nan"), "exif:GPSLongitude": float("inf")},
        {"exif:GPSLatitude": True, "exif:GPSLongitude": True},
        {"exif:GPSLatitude": 33.5},
        {"Iptc4xmpExt:LocationCreated": ["Tal Amar"]},
    ],
)
def test_nonsense_says_nothing(data: Mapping[str, Any]) -> None:
    assert captured_of([manifest(data)]) is None
    assert place_taken_of([manifest(data)]) is None


def test_the_oldest_manifest_counts() -> None:
    camera, editor = manifest({"exif:DateTimeOriginal": "2016"}), manifest({"exif:DateTimeOriginal": "2017"})
    found = captured_of([camera, editor])
    assert found
    assert found.value.text == "2016"


def test_a_recording_that_was_created_says_when() -> None:
    found = captured_of([created("2016-06-24T10:30:00Z", "digitalCapture")])
    assert found
    assert (found.value.text, found.origin) == ("2016-06-24T10:30:00Z", "Content Credentials, c2pa.created")
    assert captured_of([created("2016-06-24T10:30:00Z", "trainedAlgorithmicMedia")]) is None


def test_it_is_read_from_a_file_through_its_history(tmp_path: Path) -> None:
    camera = signed(CREATED, metadata={"exif:DateTimeOriginal": "2016-06-24T10:30:00+03:00"})
    path = tmp_path / "edited.jpg"
    path.write_bytes(signed({"action": "c2pa.cropped"}, ingredients=[("camera.jpg", camera)]))
    found = credentials_of(path)
    assert found
    assert found.captured
    assert found.captured.value.text == "2016-06-24T10:30:00+03:00"
    assert found.captured.origin == "Content Credentials, exif:DateTimeOriginal"


def test_a_generated_picture_was_not_captured(tmp_path: Path) -> None:
    path = tmp_path / "made.jpg"
    path.write_bytes(signed({**GENERATED, "when": "2016-06-24T10:30:00Z"}))
    found = credentials_of(path)
    assert found
    assert found.captured is None
