"""What programs that generate pictures from text leave in their files, by a small table of known ones.

None of these fields has to be there, any of them can be removed or put in, and some programs write them into pictures
that they only enlarged. So a hit says that the file *carries* such a field, and no more.

Sources: the programs' own documentation and code. Stable Diffusion web UI (AUTOMATIC1111, and those that write as it
does): one text `parameters` of PNG, or UserComment of EXIF, with the settings in a row. ComfyUI: `prompt` and
`workflow` with a graph of nodes as JSON. InvokeAI: `invokeai_metadata`, before that `sd-metadata` and `Dream`. Fooocus:
`fooocus_scheme`. Easy Diffusion: `use_stable_diffusion_model`. NovelAI: `Software`. Midjourney: a job number in the
description. Google: the credit that its programs write (IPTC's guidance on synthetic media names it).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from provcheck.metadata.texts import cleaned
from provcheck.records import Block, Statement, Subject, Voice

_WEB_UI: Final = "Stable Diffusion web UI, or a program that writes as it does"
_SETTINGS: Final = re.compile(r"\bSteps: \d+, .{0,400}?\b(Sampler|CFG scale|Seed): ", re.DOTALL)
_JOB: Final = re.compile(r"\bJob ID: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_NAMES: Final = re.compile(
    r"\b(Midjourney|NovelAI|Adobe Firefly|DALL[·-]?E|Stable Diffusion|ComfyUI|InvokeAI|Fooocus|Draw Things|Leonardo\.Ai"
    r"|Bing Image Creator|Ideogram)\b",
    re.IGNORECASE,
)
_GOOGLE: Final = re.compile(r"Made with Google AI", re.IGNORECASE)


def _settings(text: str) -> str | None:
    return _WEB_UI if _SETTINGS.search(text) else None


def _graph(text: str) -> str | None:
    return "ComfyUI" if text.lstrip().startswith("{") and ('"class_type"' in text or '"nodes"' in text) else None


def _job(text: str) -> str | None:
    return "Midjourney" if _JOB.search(text) else None


def _named(text: str) -> str | None:
    found = _NAMES.search(text)
    return found[0] if found else None


def _credited(text: str) -> str | None:
    return "a program of Google's that generates pictures" if _GOOGLE.fullmatch(text.strip()) else None


def _always(name: str) -> Callable[[str], str | None]:
    return lambda _: name


PNG_TEXTS: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {
        "parameters": _settings,
        "prompt": _graph,
        "workflow": _graph,
        "invokeai_metadata": _always("InvokeAI"),
        "invokeai_graph": _always("InvokeAI"),
        "sd-metadata": _always("InvokeAI"),
        "Dream": _always("InvokeAI"),
        "fooocus_scheme": _always("Fooocus"),
        "use_stable_diffusion_model": _always("Easy Diffusion"),
        "Software": _named,
        "Description": _job,
    }
)
"""Texts of a PNG file by their keys."""

FIELDS: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {
        "Software": _named,
        "ImageEditingSoftware": _named,
        "xmp:CreatorTool": _named,
        "tiff:Software": _named,
        "UserComment": _settings,
        "ImageDescription": _job,
        "dc:description": _job,
        "photoshop:Credit": _credited,
        "2:110 Credit": _credited,
    }
)
"""Fields of EXIF, IPTC and XMP by their names."""


def generator_statements(texts: Mapping[str, str], statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield which fields of a file known generators write; the value is the name of the program.

    Parameters
    ----------
    texts : mapping of str to str
        Those of a PNG file by their keys.
    statements : iterable of Statement
        All other fields.
    """
    for key, recognise in PNG_TEXTS.items():
        program = recognise(texts[key]) if key in texts else None
        if program:
            yield _statement(Block.PNG, f"text “{key}”", texts[key], program)
    for one in statements:
        program = FIELDS[one.name](one.raw) if one.name in FIELDS else None
        if program:
            yield _statement(one.block, one.name, one.raw, program)


def _statement(block: Block, name: str, raw: str, program: str) -> Statement:
    return Statement(block, name, Subject.GENERATOR, Voice.RECORDS, cleaned(raw), program)
