"""Two pictures and the proof: who is the same, how it is said, and what the drawing and the page show."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from rendered_scenes import crop, save, scene

from provcheck.errors import UnreadableMedia, UsageError
from provcheck.explaining import Explanation, Named, explain_pair, read_named
from provcheck.explaining.drawing import as_png
from provcheck.explaining.legend import legend
from provcheck.explaining.sentences import figures, sentences
from provcheck.records import RGB, Edit, Relation
from provcheck.report.html.pair import render_pair

FPS = 10


def pan(path: Path, seconds: int = 4) -> Path:
    """Write a video that pans over a wide scene, in which something moves."""
    wide = scene(21, 1200, 360)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = 480, 360, "yuv420p"
        stream.bit_rate = 4_000_000
        for number in range(seconds * FPS):
            frame = av.VideoFrame.from_ndarray(window(wide, number), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def window(wide: RGB, number: int) -> RGB:
    shown = wide[:, 8 * number : 8 * number + 480].copy()
    shown[100:240, 10 * number : 10 * number + 60] = scene(5)[100:240, 100:160]
    return shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pairs")
    save(folder / "known.png", scene(3))
    save(folder / "cropped.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(folder / "mirrored.png", np.ascontiguousarray(scene(3)[:, ::-1]))
    save(folder / "other.png", scene(8))
    save(folder / "flat.png", np.full((200, 200, 3), 90, np.uint8))
    save(folder / "still.png", window(scene(21, 1200, 360), 12))
    pan(folder / "pan.mp4")
    return folder


def explained(folder: Path, query: str, reference: str) -> Explanation:
    return explain_pair(folder / query, read_named(str(folder / reference)))


@pytest.mark.parametrize(
    ("query", "edit"), [("known.png", None), ("cropped.png", Edit.CROPPED), ("mirrored.png", Edit.MIRRORED)]
)
def test_a_copy_is_the_same_and_its_edit_is_named(folder: Path, query: str, edit: Edit | None) -> None:
    explanation = explained(folder, query, "known.png")
    assert explanation.same
    assert explanation.match
    assert explanation.match.relation is Relation.SAME_PICTURE
    assert {alteration.kind for alteration in explanation.match.alterations} == ({edit} if edit else set())


def test_another_picture_is_not_the_same(folder: Path) -> None:
    explanation = explained(folder, "other.png", "known.png")
    assert not explanation.same
    assert sentences(explanation)[0].startswith("Not the same")


def test_a_flat_picture_can_not_be_told(folder: Path) -> None:
    explanation = explained(folder, "flat.png", "known.png")
    assert not explanation.same
    assert "too little detail" in explanation.not_checkable
    assert sentences(explanation)[0].startswith("It cannot be said")


def test_a_copy_of_a_file_is_the_same_file_even_where_nothing_can_be_matched(folder: Path) -> None:
    explanation = explained(folder, "flat.png", "flat.png")
    assert explanation.same
    assert sentences(explanation) == ["The same file: flat.png and flat.png have the same bytes."]


def test_the_frame_of_a_video_is_the_same_frame(folder: Path) -> None:
    explanation = explained(folder, "still.png", "pan.mp4@1.2")
    assert explanation.match
    assert explanation.match.relation is Relation.SAME_PICTURE
    assert sentences(explanation)[0] == "The same frame: still.png was made from pan.mp4 at 0:01.20."


def test_another_frame_of_that_video_is_another_moment(folder: Path) -> None:
    explanation = explained(folder, "still.png", "pan.mp4@1.6")
    assert explanation.same
    assert explanation.match
    assert explanation.match.relation is Relation.SAME_FOOTAGE
    assert "another moment" in sentences(explanation)[0]


def test_the_moment_is_found_in_a_whole_video(folder: Path) -> None:
    explanation = explained(folder, "still.png", "pan.mp4")
    assert explanation.match
    assert explanation.match.frame_time_s == pytest.approx(1.2, abs=0.01)


def test_how_sure_it_is_stands_in_words_and_in_figures(folder: Path) -> None:
    explanation = explained(folder, "cropped.png", "known.png")
    assert any("comparisons of unrelated pictures" in sentence for sentence in sentences(explanation))
    assert explanation.match
    assert f"{explanation.match.inliers} points agree" in figures(explanation.match)


@pytest.mark.parametrize("reference", ["pan.mp4@99", "known.png@1"])
def test_a_moment_that_is_not_there_is_said(folder: Path, reference: str) -> None:
    with pytest.raises(UnreadableMedia, match=r"at (99|1) second"):
        explained(folder, "still.png", reference)


@pytest.mark.parametrize(("written", "time_s"), [("12.48", 12.48), ("1:02.5", 62.5), ("1:00:01", 3601.0), ("0", 0.0)])
def test_moments_are_read_as_people_write_them(folder: Path, written: str, time_s: float) -> None:
    assert read_named(f"{folder}/pan.mp4@{written}") == Named(folder / "pan.mp4", time_s)


def test_a_file_with_an_at_sign_is_that_file(tmp_path: Path) -> None:
    save(tmp_path / "a@2.png", scene(1))
    assert read_named(str(tmp_path / "a@2.png")) == Named(tmp_path / "a@2.png")


@pytest.mark.parametrize("written", ["pan.mp4@soon", "pan.mp4@", "gone.mp4", "gone.mp4@1"])
def test_what_is_no_file_or_no_time_is_refused(folder: Path, written: str) -> None:
    with pytest.raises(UsageError):
        read_named(str(folder / written))


@pytest.mark.parametrize(("query", "reference"), [("cropped.png", "known.png"), ("other.png", "known.png")])
def test_the_drawing_has_both_pictures_side_by_side(folder: Path, query: str, reference: str) -> None:
    image = Image.open(io.BytesIO(as_png(explained(folder, query, reference))))
    left, right = image.crop((30, 30, 630, 400)), image.crop((image.width - 630, 30, image.width - 30, 400))
    assert image.width > 1300
    for side in (left, right):
        assert np.asarray(side.convert("L")).std() > 15
    assert np.asarray(image)[5].min() == 255, "the margin is white"


def test_the_legend_names_what_is_drawn_and_nothing_else(folder: Path) -> None:
    points, outline = (
        "Yellow points and lines: what both have",
        "white outline: what the first picture shows of the second",
    )
    assert legend(explained(folder, "known.png", "known.png")) == f"{points}."
    assert legend(explained(folder, "cropped.png", "known.png")) == f"{points}; {outline}."
    assert legend(explained(folder, "other.png", "known.png")) == ""


def test_the_drawing_outlines_what_the_crop_kept(folder: Path) -> None:
    """The outline is white with black edges; where it runs, the known picture has neither."""
    cropped, whole = (np.asarray(Image.open(io.BytesIO(as_png(explained(folder, name, "known.png"))))).astype(int)
                      for name in ("cropped.png", "known.png"))  # fmt: skip
    white = [np.count_nonzero((pixels[30:480, 800:] > 250).all(axis=2)) for pixels in (cropped, whole)]
    assert white[0] > white[1] + 1000


@pytest.mark.parametrize("query", ["cropped.png", "other.png"])
def test_the_page_shows_both(folder: Path, query: str) -> None:
    one = explained(folder, query, "known.png")
    page = render_pair(one.query, one.reference, one.match, one.originals, names=one.captions, sentences=sentences(one))
    assert page.count('href="data:image/webp;base64,') == 2
    assert page.count('class="wipe"') == (1 if one.match else 0)
    assert sentences(one)[0].split(":")[0] in page
    assert "default-src &#39;none&#39;" in page
