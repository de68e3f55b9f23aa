"""A picture that was cut down to what no corpus can find, and whose credentials still have the whole, small."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from rendered_scenes import build_corpus, crop, scene
from signed_pictures import CREATED, signed
from test_found_by_preview import KEPT, under_clouds

from provcheck.records import RGB


def encoded(pixels: RGB) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def test_the_parent_in_the_credentials_finds_what_the_cut_hides(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    known, other = under_clouds(), scene(9)
    build_corpus(tmp_path / "known.corpus", {"bridge": known, "other": scene(2)})
    release = tmp_path / "release"
    release.mkdir()
    cut = encoded(crop(known, *KEPT))
    (release / "cut.jpg").write_bytes(signed(CREATED, picture=cut, ingredients=[("whole.jpg", encoded(known))]))
    (release / "made.jpg").write_bytes(signed(CREATED, picture=encoded(other), ingredients=[("a.jpg", encoded(known))]))
    ran = provcheck("check", release, "--corpus", tmp_path / "known.corpus", "--format", "json")
    items = {item["path"]: item for item in json.loads(ran.stdout)["items"]}
    (match,) = items["cut.jpg"]["matches"]
    assert (match["source"]["title"], match["through"]) == ("bridge", "thumbnail of the parent in Content Credentials")
    assert "PC110" in [finding["rule"] for finding in items["cut.jpg"]["findings"]]
    assert "PC110" not in [finding["rule"] for finding in items["made.jpg"]["findings"]]
