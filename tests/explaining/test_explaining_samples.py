"""Every picture of the sample releases against what `truth.toml` says it is, and against what it is not."""

import io
import tomllib
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image

from provcheck.explaining import Explanation, Named, explain_pair
from provcheck.explaining.drawing import as_png
from provcheck.explaining.sentences import sentences
from provcheck.records import Edit, Relation

SAMPLES: Final = Path(__file__).parents[2] / "samples"
TRUTH: Final[list[dict[str, Any]]] = tomllib.loads((SAMPLES / "truth.toml").read_text("utf-8"))["image"]
KNOWN: Final = [image for image in TRUTH if "known" in image]
UNKNOWN: Final = ("release-en/picture-1.jpg", "release-en/picture-2.jpg", "release-en/picture-3.jpg")
SAME_MOMENT_S: Final = 0.04


def name(image: dict[str, Any]) -> str:
    return str(image["path"])


def edits(explanation: Explanation) -> set[Edit]:
    return {alteration.kind for alteration in explanation.match.alterations} if explanation.match else set()


@pytest.fixture(scope="module")
def explained() -> dict[str, Explanation]:
    """All pictures that have a known source, each explained by it; the moment of a video has to be found."""
    return {name(image): explain_pair(SAMPLES / image["path"], Named(SAMPLES / image["known"])) for image in KNOWN}


@pytest.mark.parametrize("image", KNOWN, ids=name)
def test_each_picture_is_what_the_truth_says(image: dict[str, Any], explained: dict[str, Explanation]) -> None:
    explanation = explained[name(image)]
    assert explanation.match
    assert explanation.match.relation is Relation.SAME_PICTURE
    assert explanation.match.mirrored is image["mirrored"]
    if image["known"].endswith(".mp4"):
        assert explanation.match.frame_time_s == pytest.approx(image["time_s"], abs=SAME_MOMENT_S)
    width, height = explanation.match.source.size
    left, top, right, bottom = image["crop"]
    assert (Edit.CROPPED in edits(explanation)) is ((right - left) * (bottom - top) < 0.9 * width * height)
    assert (Edit.REGION_CHANGED in edits(explanation)) is ("arrows" in image)


@pytest.mark.parametrize("image", KNOWN, ids=name)
def test_the_drawing_of_each_picture_can_be_put_into_an_article(
    image: dict[str, Any], explained: dict[str, Explanation]
) -> None:
    explanation = explained[name(image)]
    with Image.open(io.BytesIO(as_png(explanation))) as drawn:
        drawn.load()
        pixels = np.asarray(drawn.convert("RGB")).astype(int)
    assert (drawn.format, drawn.mode) == ("PNG", "RGB")
    assert 1000 <= drawn.width <= 1800
    assert 400 <= drawn.height <= 900
    assert len(sentences(explanation)) >= 3
    assert pixels[:10].min() == 255, "a white margin"
    below = pixels[-60:]
    assert (below.sum(axis=2) < 200).sum() > 200, "dark letters on white"
    assert (below == 255).all(axis=2).mean() > 0.7


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("reference", ["known/gunship-trailer.mp4", "known/mountain-lake.jpg"])
def test_an_unrelated_picture_is_not_the_same(path: str, reference: str) -> None:
    explanation = explain_pair(SAMPLES / path, Named(SAMPLES / reference))
    assert not explanation.same
    assert sentences(explanation)[0].startswith(("Not the same", "It cannot be said"))


@pytest.mark.parametrize("image", KNOWN, ids=name)
def test_no_picture_was_made_from_another_source(image: dict[str, Any]) -> None:
    other = "known/harbour.jpg" if image["known"].endswith(".mp4") else "known/city-dusk.jpg"
    assert not explain_pair(SAMPLES / image["path"], Named(SAMPLES / other)).same
