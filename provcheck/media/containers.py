"""Containers of videos, opened so that nothing else is: files by absolute path, with the `file` protocol alone.

The demuxers that read other files or addresses (playlists, concatenations, session descriptions) are left out: a press
release must not make this program fetch anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from provcheck.media.files import require_regular
from provcheck.media.refusals import decoding

FORGIVING: Final[Mapping[str, Any]] = {"metadata_errors": "replace"} if av.__version__.startswith("18.") else {}
"""Titles that are not UTF-8 must not cost the video. PyAV 19 has no such option: it keeps odd bytes as they are."""
COVER_ART: Final = Disposition.attached_pic | Disposition.timed_thumbnails
REFUSED_DEMUXERS: Final = frozenset(
    """concat dash fbdev hls image2 image2pipe imf kmsgrab lavfi mpjpeg rtp rtsp sap sdp tty v4l2 video4linux2
    webm_dash_manifest x11grab adf bin idf xbin apng gif ico fits mjpeg alsa oss data rawvideo""".split()  # noqa: SIM905 - one word a line says no more
)
"""Demuxers that open other files, addresses or devices; text art; and still pictures, which are Pillow's.

`mjpeg` is for JPEGs one after the other, and finds them in every archive and document that does not pack them.
"""


@contextmanager
def opened_container(path: Path, probing: Sequence[dict[str, str]] = ()) -> Iterator[InputContainer]:
    """Open a container; `probing` are options of the decoders that look for what its header does not say."""
    require_regular(path)
    options = {"protocol_whitelist": "file", "format_whitelist": _demuxers()}
    more: dict[str, Any] = {"stream_options": list(probing), **FORGIVING}
    with decoding(path, "video"):
        container = av.open(str(path.absolute()), "r", container_options=options, **more)
    with container:
        yield container


def moving_pictures(container: InputContainer) -> VideoStream | None:
    """Return the stream that a player shows, None where there is none; pictures of covers are no video."""
    for stream in container.streams.video:
        # Without a decoder for it a stream has no context, whatever PyAV's types say.
        has_size = getattr(stream.codec_context, "width", 0) and getattr(stream.codec_context, "height", 0)
        if has_size and not stream.disposition & COVER_ART:
            return stream
    return None


@cache
def _demuxers() -> str:
    names = {name for names in av.formats_available for name in names.split(",")}
    return ",".join(sorted(name for name in names - REFUSED_DEMUXERS if not name.endswith("_pipe")))
