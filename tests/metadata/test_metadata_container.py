"""What the containers of videos record."""

from pathlib import Path

import av
import numpy as np
import pytest

from provcheck.metadata.container import container_metadata, read_container
from provcheck.moments import parse_moment
from provcheck.records import FileMetadata, Place, Subject


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("creation_time", "2017-11-09T10:37:05.000000Z", parse_moment("2017-11-09T10:37:05.000000Z")),
        ("com.apple.quicktime.creationdate", "2017-11-09T13:37:05+0300", parse_moment("2017-11-09T13:37:05+03:00")),
        ("date", "2017", parse_moment("2017")),
        ("location", "+33.3500+043.7800/", Place(latitude=33.35, longitude=43.78)),
        ("com.apple.quicktime.location.iso6709", "-33.35-043.78+055.1/", Place(latitude=-33.35, longitude=-43.78)),
        ("title", "A convoy", "A convoy"),
        ("encoder", "Lavf", "Lavf"),
    ],
)
def test_labels_are_read(name: str, written: str, value: object) -> None:
    (found,) = container_metadata({name: written}).statements
    assert (found.name, found.raw, found.value) == (name, written, value)
    assert found.origin == f"container {name}"


@pytest.mark.parametrize(
    ("name", "written"),
    [("creation_time", "soon"), ("location", "here"), ("location", "+99.0+000.0/"), ("location", "+00.0+000.0/")],
)
def test_what_cannot_be_read_is_named(name: str, written: str) -> None:
    metadata = container_metadata({name: written})
    assert metadata.statements == ()
    assert len(metadata.unread) == 1
    assert written in metadata.unread[0]


def write_clip(path: Path, labels: dict[str, str]) -> Path:
    with av.open(str(path), "w") as container:
        container.metadata.update(labels)
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        container.mux([*stream.encode(frame), *stream.encode()])
    return path


def test_a_clip_tells_when_it_was_made(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", {"creation_time": "2017-11-09T10:37:05Z", "title": "A convoy"})
    found = {statement.subject: statement.value for statement in read_container(path).statements}
    assert found[Subject.CAPTURED] == parse_moment("2017-11-09T10:37:05.000000Z")
    assert found[Subject.OTHER] == "A convoy"


def test_a_broken_clip_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42 no more")
    metadata = read_container(tmp_path / "a.mp4")
    assert metadata == FileMetadata(unread=metadata.unread)
    assert len(metadata.unread) == 1
