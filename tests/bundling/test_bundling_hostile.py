"""Reports whose every text wants to do harm are bundled, verified and told without harm."""

import json
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from bundled_cases import Case, bundled, contents, names, repacked, saved, verified
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import full_report

from provcheck.bundling.contents import is_plain
from provcheck.errors import ProvcheckError

Provcheck = Any


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS.keys())
def test_hostile_texts_are_kept_and_do_nothing(tmp_path: Path, text: str, provcheck: Provcheck) -> None:
    case = saved(hostile_report(text), tmp_path)
    payload = case.gathered(tmp_path / "work")
    assert payload.missing
    assert all(is_plain(file.name) for file in payload.files)
    assert all(part.isprintable() for part in payload.missing)
    path = bundled(payload, tmp_path / "case.zip")
    assert verified(path).problems == ()
    ran = provcheck("bundle", "verify", path)
    assert ran.exit_code in (1, 3)
    assert all(line.isprintable() for line in ran.stdout.split("\n"))


def test_a_full_report_without_any_file_is_a_bundle(tmp_path: Path) -> None:
    payload = saved(full_report(), tmp_path).gathered(tmp_path / "work")
    rendered = ["data/case.json", "data/report.html", "data/report.json", "data/report.txt"]
    assert names(payload.files, "data/") == rendered
    assert verified(bundled(payload, tmp_path / "case.zip")).problems == ()


WRONG: tuple[Any, ...] = (None, True, -1, 0, 1e299, 10**400, "", "x", "../../x", [], {}, [[]], {"a": 1})


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container in a document with each of its keys."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def test_lists_and_reports_with_any_wrong_value_give_an_error_or_an_answer(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 (which values are tried)
    written = saved(full_report(), tmp_path).written
    whole = contents(Case(tmp_path, written).gathered(tmp_path / "work"))
    for number in range(150):
        files = dict(whole)
        name = chance.choice(["data/report.json", "data/case.json"])
        document = json.loads(files[name])
        holder, key = chance.choice(places(document))
        holder[key] = chance.choice(WRONG)
        files[name] = json.dumps(document).encode()
        with suppress(ProvcheckError):
            assert not verified(repacked(files, tmp_path / f"{number % 2}.zip")).problems
