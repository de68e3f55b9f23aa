"""Archives and small pictures made in memory, and what a test asks of a release."""

import base64
import io
import tarfile
import zipfile
from collections.abc import Mapping

from PIL import Image

from provcheck.records import Release, Stated


def zip_of(files: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def tar_of(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def jpeg(size: tuple[int, int] = (120, 90), colour: tuple[int, int, int] = (90, 120, 60)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG")
    return stream.getvalue()


def data_address(content: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"


def captions(release: Release) -> dict[str, Stated[str] | None]:
    return {image.name: image.claims.caption for image in release.images}


def reasons(release: Release) -> dict[str, str]:
    return {item.path: item.reason for item in release.skipped}
