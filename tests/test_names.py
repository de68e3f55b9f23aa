"""One word, one sense: DESIGN.md's words in the code, and no drawer for odds and ends."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import provcheck

PACKAGE = Path(provcheck.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
EVERY_MODULE = pytest.mark.parametrize("module", MODULES, ids=str)

ODDS_AND_ENDS = {"base", "common", "core", "helper", "helpers", "misc", "util", "utils"}
NO_NOUN_OF_OURS = {"db", "gallery", "probe", "target", "template"}
NO_CLASS_OF_OURS = re.compile(r"(Manager|Handler|Context|Helper)$")

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40


def tree(module: Path) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef))


def defined_names(module: Path) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name
            case ast.arg():
                yield node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.id


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


@EVERY_MODULE
def test_no_module_is_a_drawer_for_odds_and_ends(module: Path) -> None:
    assert not words(module.stem) & ODDS_AND_ENDS


@EVERY_MODULE
def test_names_use_the_words_of_the_design(module: Path) -> None:
    assert not {name for name in defined_names(module) if words(name) & NO_NOUN_OF_OURS or name == "score"}
    assert not {name for name in defined_names(module) if NO_CLASS_OF_OURS.search(name)}


@EVERY_MODULE
def test_files_stay_small(module: Path) -> None:
    assert len((PACKAGE / module).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def length(function: ast.FunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


@EVERY_MODULE
def test_functions_stay_small(module: Path) -> None:
    assert not {f.name: length(f) for f in functions(module) if length(f) > MOST_LINES_OF_A_FUNCTION}


@EVERY_MODULE
def test_every_module_says_what_it_is_for(module: Path) -> None:
    assert ast.get_docstring(tree(module))
