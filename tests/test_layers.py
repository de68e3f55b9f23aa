"""Imports point down: a module imports its own package and the layers below, never a neighbour or what is above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import provcheck

PACKAGE = Path(provcheck.__file__).parent

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.split())
    for layer in (
        "__main__",
        "cli",
        "demo",
        "pipeline",
        "bundling",
        "evaluating",
        "explaining",
        "comparing",
        "caching config",
        "report",
        "evidence",
        "matching judging release",
        "credentials",
        "corpus metadata",
        "media fingerprints indexes facts",
        "protocols selectors places versions",
        "tomlfiles countries",
        "moments wording tomllines processors presence",
        "records errors exitcodes",
        "__init__",
    )
)
"""From the top. What stands in one layer is independent of its neighbours."""

HOMES = {
    # corpus: are the stored thumbnails whole?
    "PIL": {"media", "fingerprints", "metadata", "release", "corpus", "evaluating", "evidence", "explaining"},
    "av": {"media", "evaluating"},
    "bs4": {"release"},
    "c2pa": {"credentials"},
    "imagehash": {"fingerprints"},
    "pdqhash": {"fingerprints"},
    "cv2": {
        "fingerprints",
        "matching",
        "evaluating",
        "comparing",
        "corpus",
    },  # corpus: its worker processes use one thread each
    "faiss": {"indexes"},
    "jinja2": {"report"},
    "sqlite3": {"corpus"},
    "click": {"cli"},
    "platformdirs": {"cli"},
    "pypdfium2": {"release"},
    "olefile": {"release"},
    "rich": {"cli", "report"},
    "requests": {"corpus", "release"},
    "scipy": {"comparing"},
    "urllib3": {"release"},
    "warcio": {"release"},
}
"""Each third-party library has its home; only there may it be imported."""

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
EVERY_MODULE = pytest.mark.parametrize("module", MODULES, ids=str)


def part(module: Path) -> str:
    """Return the first part of a module's name below the package: what the layers are made of."""
    return module.parts[0].removesuffix(".py")


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_parts(module: Path) -> set[str]:
    names = [name.split(".") for name in imported(module)]
    parts = {name[1] for name in names if name[0] == "provcheck" and len(name) > 1}
    return {name if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists() else "__init__" for name in parts}


@EVERY_MODULE
def test_every_module_has_a_layer(module: Path) -> None:
    assert any(part(module) in names for names in LAYERS)


@EVERY_MODULE
def test_imports_point_down(module: Path) -> None:
    here = part(module)
    not_below = {other for other in imported_parts(module) if other != here and layer(other) <= layer(here)}
    assert not not_below


@EVERY_MODULE
def test_third_party_libraries_stay_at_home(module: Path) -> None:
    libraries = {name.split(".")[0] for name in imported(module)}
    away = {library for library in libraries & HOMES.keys() if part(module) not in HOMES[library]}
    assert not away


def test_every_name_in_the_layers_is_there() -> None:
    assert set().union(*LAYERS) == {part(module) for module in MODULES}
