"""What known generators leave in files is named, and what only looks a little like it is not."""

import json
from pathlib import Path
from time import process_time

import pytest
from embedded_media import exif_of, write_jpeg, xmp_packet
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from provcheck.metadata import read_metadata
from provcheck.metadata.generators import generator_statements
from provcheck.records import Statement, Subject

SETTINGS = (
    "a harbour at dawn\nNegative prompt: people\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 512x512"
)
WEB_UI = "Stable Diffusion web UI, or a program that writes as it does"


def generators(path: Path) -> list[Statement]:
    return [one for one in read_metadata(path).statements if one.subject is Subject.GENERATOR]


def png(folder: Path, **texts: str) -> Path:
    written = PngInfo()
    for key, text in texts.items():
        written.add_itxt(key.replace("_", "-") if key == "sd_metadata" else key, text, zip=len(text) > 100)
    path = folder / "picture.png"
    Image.new("RGB", (16, 12)).save(path, pnginfo=written)
    return path


@pytest.mark.parametrize(
    ("key", "text", "program"),
    [
        ("parameters", SETTINGS, WEB_UI),
        ("parameters", "word " * 2000 + SETTINGS, WEB_UI),
        ("prompt", json.dumps({"3": {"class_type": "KSampler", "inputs": {}}}), "ComfyUI"),
        ("workflow", json.dumps({"nodes": [], "links": []}), "ComfyUI"),
        ("invokeai_metadata", "{}", "InvokeAI"),
        ("sd_metadata", "{}", "InvokeAI"),
        ("Software", "NovelAI", "NovelAI"),
        ("Description", "a harbour --v 6 Job ID: 0f1e2d3c-0000-4000-8000-0123456789ab", "Midjourney"),
    ],
)
def test_texts_of_png_name_their_program(key: str, text: str, program: str, tmp_path: Path) -> None:
    (found,) = generators(png(tmp_path, **{key: text}))
    assert found.value == program
    assert found.origin.startswith("PNG text “")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("parameters", "exposure: 1/125, aperture: f/8"),
        ("parameters", "Steps: up to the bridge. Seed: none"),
        ("prompt", "What do you see?"),
        ("workflow", '{"step": "approved by the desk"}'),
        ("Software", "Adobe Photoshop 25.0"),
        ("Software", "gnome-screenshot"),
        ("Description", "Job ID: 4711"),
        ("Comment", SETTINGS),
    ],
)
def test_what_any_program_may_write_names_none(key: str, text: str, tmp_path: Path) -> None:
    assert generators(png(tmp_path, **{key: text})) == []


def test_fields_of_exif_and_xmp_name_their_program(tmp_path: Path) -> None:
    comment = b"UNICODE\x00" + SETTINGS.encode("utf-16-be")
    exif = exif_of(tags={0x0131: "ComfyUI"}, inner={0x9286: comment})
    path = write_jpeg(tmp_path / "a.jpg", exif=exif, xmp=xmp_packet('xmp:CreatorTool="Adobe Firefly 3"'))
    assert [(one.origin, one.value) for one in generators(path)] == [
        ("EXIF Software", "ComfyUI"),
        ("EXIF UserComment", WEB_UI),
        ("XMP xmp:CreatorTool", "Adobe Firefly"),
    ]


def test_the_credit_of_google_is_known_as_a_whole(tmp_path: Path) -> None:
    made = write_jpeg(tmp_path / "a.jpg", xmp=xmp_packet('photoshop:Credit="Made with Google AI"'))
    told = write_jpeg(tmp_path / "b.jpg", xmp=xmp_packet('photoshop:Credit="A film: Made with Google AI, 2025"'))
    assert len(generators(made)) == 1
    assert generators(told) == []


def test_a_long_text_is_searched_in_no_time() -> None:
    """The settings may stand anywhere, so the pattern must not begin anew without end."""
    begun = process_time()
    assert list(generator_statements({"parameters": "Steps: 1, " * 100_000}, [])) == []
    assert process_time() - begun < 5
