"""A release folder as a press office would send it out: text, and pictures that carry their claims in IPTC fields.

A manifest is what somebody writes for provcheck. Pages, documents and mails have none, so what the manifest claims of a
picture goes into the picture, as agencies do it: without that, time and place would be lost on the way.
"""

import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PIL import Image

from publishing.iptc import with_iptc

_DATE, _CAPTION, _CREDIT, _INSTRUCTIONS, _SUBLOCATION, _COUNTRY = 55, 120, 110, 40, 92, 101
_INSTRUCTION: Final = {"file": "FILE", "archive": "ARCHIVE"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a statement: the name and the bytes of a JPEG file, its size in pixels, its caption."""

    name: str
    jpeg: bytes
    size: tuple[int, int]
    caption: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a press office publishes."""

    title: str
    published: datetime
    language: str
    pictures: tuple[Shown, ...]


def read_statement(folder: Path) -> Statement:
    """Read the release in a folder by its `release.toml`."""
    manifest = tomllib.loads((folder / "release.toml").read_text("utf-8"))
    pictures = tuple(_shown(folder, entry, manifest["claims"]) for entry in manifest["image"])
    return Statement(manifest["title"], manifest["published"], manifest["language"], pictures)


def _shown(folder: Path, entry: Mapping[str, Any], default: Mapping[str, Any]) -> Shown:
    jpeg = (folder / entry["path"]).read_bytes()
    with Image.open(io.BytesIO(jpeg)) as image:
        size = image.size
    # As in a manifest: what is labelled is not of the event, so the claims on the event do not speak of it.
    claims = entry if "label" in entry else {**default, **entry}
    return Shown(entry["path"], with_iptc(jpeg, dict(_fields(claims))), size, entry["caption"])


def _fields(claims: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    place = claims.get("place", {})
    said = {
        _DATE: f"{claims['captured']:%Y%m%d}" if "captured" in claims else "",
        _SUBLOCATION: place.get("name", ""),
        _COUNTRY: place.get("country", ""),
        _CAPTION: claims["caption"],
        _CREDIT: claims.get("credit", ""),
        _INSTRUCTIONS: _INSTRUCTION.get(claims.get("label", ""), ""),
    }
    return ((number, text) for number, text in said.items() if text)
