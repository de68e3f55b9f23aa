"""What the tests of matching share: one corpus of scenes, opened once."""

from collections.abc import Iterator

import faiss
import pytest
from known_scenes import Known, opened
from rendered_scenes import build_corpus, scene


@pytest.fixture(autouse=True, scope="session")
def _one_thread() -> Iterator[None]:
    """Make FAISS use one thread: on a busy machine two that wait for each other take ten times as long."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    yield
    faiss.omp_set_num_threads(threads)


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A corpus of ten scenes, titled `scene 0` to `scene 9`."""
    path = build_corpus(
        tmp_path_factory.mktemp("known") / "corpus", {f"scene {seed}": scene(seed) for seed in range(10)}
    )
    with opened(path) as corpus:
        yield corpus
