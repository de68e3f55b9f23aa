from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from provcheck.demo import SAMPLES, run_demo
from provcheck.errors import UsageError

NEEDS_SAMPLES = pytest.mark.skipif(not (SAMPLES / "known").is_dir(), reason="an installed package has no samples")


def test_without_samples_the_remedy_is_the_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are no samples") as raised:
        next(run_demo(tmp_path / "c", samples=tmp_path))
    assert "make demo" in raised.value.remedy


@NEEDS_SAMPLES
def test_the_demo_tells_the_story_and_keeps_its_corpus(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    ran = provcheck("demo", "--keep", tmp_path / "kept")
    first, second = ran.stdout.split("Release: ")[1:]
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "5 images: 5 mismatched" in first
    assert (first.count("[PC101]"), first.count("[PC102]"), first.count("[PC103]")) == (5, 4, 1)
    assert "4 images: 1 credited, 3 no-match" in second
    assert (tmp_path / "kept" / "samples.corpus").is_dir()
    assert ran.stdout.splitlines()[-1].startswith("Next, with pictures of your own: ")
