"""A large query may be read smaller; what is reported is in pixels of the original."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from known_scenes import Known, opened
from PIL import Image
from rendered_scenes import build_corpus, scene

from provcheck.matching import find_matches
from provcheck.records import Edit, Match, Picture

LARGE = (1600, 1200)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    path: Path = tmp_path_factory.mktemp("reduced") / "corpus"
    build_corpus(path, {"large": scene(1, *LARGE), **{str(seed): scene(seed) for seed in (2, 3)}})
    with opened(path) as corpus:
        yield corpus


def match(known: Known, picture: Picture) -> Match:
    (found,) = find_matches([picture], known.corpus, known.lookup).matches
    return found


def test_transforms_and_boxes_are_those_of_the_whole_picture(known: Known) -> None:
    crop = scene(1, *LARGE)[200:1160, 320:1600]
    reduced = np.asarray(Image.fromarray(crop).reduce(2))
    whole, small = match(known, Picture(crop)), match(known, Picture(reduced, original=(1280, 960)))
    for found in (whole, small):
        assert np.allclose(found.transform, [[1, 0, 320], [0, 1, 200], [0, 0, 1]], atol=4.0)
        (cropped,) = [alteration for alteration in found.alterations if alteration.kind is Edit.CROPPED]
        assert np.allclose(cropped.reference_boxes, [(320, 200, 1600, 1160)], atol=6)
