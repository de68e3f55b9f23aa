"""Videos, through PyAV: what they are, their frames in order, and the few that are kept.

Damaged packets are passed over and the rest is decoded, because a video that stutters is still evidence.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from fractions import Fraction
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from provcheck.errors import UnreadableMedia
from provcheck.media.containers import moving_pictures, opened_container
from provcheck.media.files import is_text
from provcheck.media.quiet_groups import CODECS as QUIET_CODECS
from provcheck.media.quiet_groups import Packet, QuietGroups
from provcheck.media.reduction import reduction
from provcheck.media.refusals import refusal
from provcheck.media.shots import FrameSelector
from provcheck.media.summary import MediaSummary
from provcheck.media.video_frames import small_grey, upright_pixels, upright_size
from provcheck.media.video_heads import looks_like_video
from provcheck.processors import fetched_ahead
from provcheck.records import Medium, Picture

DECODER_THREADS: Final = 2
"""Few, because whole files are decoded in parallel processes."""
FRAMES_AHEAD: Final = 4
"""Decoded while earlier ones are looked at: a decoder alone keeps two processors busy for a part of the time only."""
MAX_PIXELS: Final = 2 * 89_478_485
"""Pixels of one frame, as for pictures (`images.MAX_PIXELS`)."""
HOPELESS_PACKETS: Final = 1_000
"""Packets in a row without one decoded frame after which the rest is not tried."""
FOREIGN_CLOCK_S: Final = 60.0
"""A container that starts later than this shows another clock (a broadcast's, a camera's uptime), not its own time."""
CLOCK_JUMP_S: Final = 1.0
"""A step back in time of less than this is a misplaced frame; of more, a clock that was set back."""
STATES_ALL_TIMES: Final = frozenset({"matroska", "mov", "mpegts"})
LONGEST_SKIPPED_S: Final = 0.25
"""Half of `shots.DRIFT_GAP_S`: a picture that moves is kept every half second, give or take this."""
UNDECODED: Final = ({"skip_frame": "all"},) * 8
"""For the first streams of a file: most headers say enough, and a large key frame takes as long as many others."""
TEXT_HEADED: Final = b"YUV4MPEG2"

TimedFrames = Iterator[tuple[float, VideoFrame]]
Packets = Iterator[Packet] | Iterator[Packet | None]


def recognises(head: bytes, path: Path) -> bool:
    """Whether there is a stream of moving pictures, or the damaged container of one."""
    if is_text(head) and not head.startswith(TEXT_HEADED):
        return False
    try:
        return _has_moving_pictures(path, UNDECODED) or _has_moving_pictures(path)
    except UnreadableMedia:
        return looks_like_video(head)


def _has_moving_pictures(path: Path, probing: Sequence[dict[str, str]] = ()) -> bool:
    with opened_container(path, probing) as container:
        return moving_pictures(container) is not None


def describe(path: Path) -> MediaSummary:
    """Return what the container says, and the upright size of the first frame that decodes."""
    with opened(path) as (container, stream):
        return _summary(_first(path, stream, frames(path, container, stream))[1], container, stream)


def _first(path: Path, stream: VideoStream, found: TimedFrames) -> tuple[float, VideoFrame]:
    first = next(found, None)
    if first is None:
        raise refusal(path, f"{format_of(stream)}: none of its frames can be decoded")
    return first


def _summary(first: VideoFrame, container: InputContainer, stream: VideoStream) -> MediaSummary:
    size = upright_size(first, aspect_of(stream))
    return MediaSummary(Medium.VIDEO, size, _duration_s(container, stream), format_of(stream))


def pictures(path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
    """Yield the frames that `shots` keeps, with their times; `number` counts all decoded frames.

    See `provcheck.media.pictures` for `enough_side`.

    Raises
    ------
    UnreadableMedia
        No video stream, no decoder for it, or not one frame that decodes.
    """
    yield from read(path, enough_side=enough_side)[1]


def read(
    path: Path, *, enough_side: int | None = None, threads: int = DECODER_THREADS
) -> tuple[MediaSummary, Iterator[Picture]]:
    """Return what `describe` and `pictures` do, opening the file and decoding its first frame once for both.

    Raises
    ------
    UnreadableMedia
        As `describe` does.
    """
    with ExitStack() as stack:
        container, stream = stack.enter_context(opened(path, threads=threads))
        found = frames(path, container, stream) if enough_side is None else _needed_frames(path, container, stream)
        first = _first(path, stream, found)
        ahead = stack.enter_context(closing(fetched_ahead(found, most=FRAMES_AHEAD)))
        shown = _chosen(chain([first], ahead), stream, enough_side, stack.pop_all())
        return _summary(first[1], container, stream), shown


def _chosen(
    found: TimedFrames, stream: VideoStream, enough_side: int | None, opened_file: ExitStack
) -> Iterator[Picture]:
    """Yield the frames that `shots` keeps, or the first where it keeps none; then close the file."""
    with opened_file:
        selector, scaler = FrameSelector(), VideoReformatter()
        fallback: Picture | None = None
        kept = 0
        for number, ((time_s, frame), next_s) in enumerate(_with_next_time(found)):
            if selector.is_due(time_s) and selector.keeps(small_grey(frame, scaler), time_s, next_s):
                kept += 1
                yield _picture(frame, stream, time_s, number, enough_side)
            elif fallback is None and not kept:
                fallback = _picture(frame, stream, time_s, number, enough_side)
        if kept == 0 and fallback is not None:
            yield fallback


def _with_next_time(found: TimedFrames) -> Iterator[tuple[tuple[float, VideoFrame], float | None]]:
    before = next(found)
    for item in found:
        yield before, item[0]
        before = item
    yield before, None


def _needed_frames(path: Path, container: InputContainer, stream: VideoStream) -> TimedFrames:
    """Yield `frames` without those of `quiet_groups`, and without those that no other frame depends on.

    The latter are a third of the decoding. Both only in containers that say of each frame when it is shown: elsewhere
    times are counted. Encoders that let few frames depend on each other would leave gaps; after the first the rest is
    complete.
    """
    if container.format.name.split(",")[0] not in STATES_ALL_TIMES:
        yield from frames(path, container, stream)
        return
    context = stream.codec_context
    context.skip_frame = "NONREF"
    quiet = QuietGroups(stream) if context.name in QUIET_CODECS else None
    packets = container.demux(stream)
    last = 0.0
    for time_s, frame in frames(path, container, stream, quiet.thinned(packets) if quiet else packets):
        if time_s - last > LONGEST_SKIPPED_S and not (quiet and frame.pts in quiet.resumed):
            context.skip_frame = "DEFAULT"
        last = time_s
        yield time_s, frame


def _picture(frame: VideoFrame, stream: VideoStream, time_s: float, number: int, enough_side: int | None) -> Picture:
    size = upright_size(frame, aspect_of(stream))
    factor = reduction(size, enough_side)
    if factor == 1:
        return Picture(upright_pixels(frame, aspect_of(stream)), time_s, number)
    pixels = upright_pixels(frame, aspect_of(stream), max_side=ceil(max(size) / factor))
    return Picture(pixels, time_s, number, size)


@contextmanager
def opened(path: Path, *, threads: int = DECODER_THREADS) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a video and its stream of moving pictures, ready to decode.

    Raises
    ------
    UnreadableMedia
        Not a container that is read, no moving pictures, no decoder, or frames beyond `MAX_PIXELS`.
    """
    with opened_container(path) as container:
        stream = moving_pictures(container)
        if stream is None:
            raise refusal(path, f"{container.format.name}: no moving pictures in it")
        _refuse_huge(path, stream.codec_context.width, stream.codec_context.height)
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = threads
        yield container, stream


def frames(path: Path, container: InputContainer, stream: VideoStream, packets: Packets | None = None) -> TimedFrames:
    """Yield `(time in seconds, frame)` from where the container stands, in the order of presentation.

    Damaged packets are passed over, and so are frames that the decoder marks as corrupt. Frames without a time of their
    own, or with one a little before their predecessor's (AVI numbers frames in the order of decoding), follow it at the
    average rate.

    Parameters
    ----------
    packets : iterator of Packet or None, optional
        What is decoded, None where the decoder is to give out all it has; by default all packets of the stream.
    """
    origin = origin_s(container)
    tick = stream.time_base or Fraction(1, av.time_base)
    step = 1.0 / float(stream.average_rate or stream.guessed_rate or 25)
    last: float | None = None
    for frame in _decoded(packets or container.demux(stream), stream):
        _refuse_huge(path, frame.width, frame.height)
        last = _time_s(None if frame.pts is None else float(frame.pts * tick) - origin, last, step)
        yield last, frame


def _time_s(stated: float | None, last: float | None, step: float) -> float:
    if last is None:
        return 0.0 if stated is None else stated
    misplaced = stated is None or last - CLOCK_JUMP_S < stated <= last
    return last + step if stated is None or misplaced else stated


def origin_s(container: InputContainer) -> float:
    """Return what is subtracted from container times, in seconds: 0, or the start of a clock of its own."""
    start = (container.start_time or 0) / av.time_base
    return start if abs(start) > FOREIGN_CLOCK_S else 0.0


def aspect_of(stream: VideoStream) -> Fraction:
    """Return the sample aspect ratio, 1 where none is stated."""
    return stream.sample_aspect_ratio or Fraction(1)


def format_of(stream: VideoStream) -> str:
    """Return container and codec, such as `mov,mp4/h264`."""
    return f"{','.join(stream.container.format.name.split(',')[:2])}/{stream.codec_context.name}"


def _decoded(packets: Packets, stream: VideoStream) -> Iterator[VideoFrame]:
    in_vain = 0
    while in_vain < HOPELESS_PACKETS:
        try:
            got = _frames_of(next(packets), stream)
        except StopIteration:
            return
        except av.FFmpegError:
            got = []
        in_vain = 0 if got else in_vain + 1
        yield from got


def _frames_of(packet: Packet | None, stream: VideoStream) -> list[VideoFrame]:
    try:
        return [frame for frame in stream.decode(packet) if not frame.is_corrupt]
    finally:
        if packet is None:  # or an emptied decoder would take nothing more
            stream.codec_context.flush_buffers()


def _refuse_huge(path: Path, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        found, limit = width * height / 1e6, MAX_PIXELS / 1e6
        raise refusal(path, f"video frames of {found:.0f} megapixels are refused: the limit is {limit:.0f}")


def _duration_s(container: InputContainer, stream: VideoStream) -> float | None:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None
