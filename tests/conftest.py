"""What all tests share: golden files, the command line run in this process, and a corpus of rendered scenes.

Golden files are written anew by `pytest --update-golden`; read the difference before you commit it.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from known_scenes import Known, opened
from rendered_scenes import build_corpus, scene

from provcheck.cli import run
from provcheck.demo import SAMPLES

hypothesis.settings.register_profile("any machine", deadline=None)  # a busy one is slow, and no test is wrong for that
hypothesis.settings.load_profile("any machine")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew from what is produced")


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with the golden file of a name."""

    def compare(name: str, produced: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(produced, encoding="utf-8")
        assert produced == path.read_text(encoding="utf-8")

    return compare


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command line did."""

    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def provcheck(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Return a function that runs one command line in this process; `stdin` is what a person would type."""

    def call(*arguments: object, stdin: str = "") -> Ran:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        exit_code = run([str(argument) for argument in arguments])
        return Ran(exit_code, *capsys.readouterr())

    return call


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a cache of its own: none may see what another found, or write where the user keeps things."""
    monkeypatch.setenv("PROVCHECK_CACHE", str(tmp_path / "cache-of-this-test"))


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """A corpus of ten scenes, titled `scene 0` to `scene 9`, ready to be searched."""
    scenes = {f"scene {seed}": scene(seed) for seed in range(10)}
    with opened(build_corpus(tmp_path_factory.mktemp("known") / "corpus", scenes)) as corpus:
        yield corpus


@pytest.fixture(scope="session")
def samples_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the samples, for the stories that the README tells; nothing may write to it."""
    corpus = tmp_path_factory.mktemp("samples") / "samples.corpus"
    assert run(["corpus", "add", str(SAMPLES / "known"), "--corpus", str(corpus)]) == 0
    return corpus
