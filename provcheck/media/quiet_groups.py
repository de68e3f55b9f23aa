"""Groups of pictures in which nothing happens, passed over without decoding them.

A group is a key frame and the frames up to the next one. Where the camera rests, both of these key frames look alike,
and what the encoder wrote for the frames between is little: it has nothing new to say. Then the first key frame stands
for its group. A cut to something else and back does not hide in there, because a picture that has nothing to do with
the one before it takes about as many bytes as a key frame; so a group with one large packet is decoded whole. (What can
hide is a plain card for less than half a second, from an encoder that marks no cuts and remembers 16 frames.)

Phones, surveillance cameras and streams have a key frame every second or two. Groups longer than `LONGEST_GAP_S`, the
default of x264 among them, are decoded as ever.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

import av
from av.codec import CodecContext
from av.packet import Packet as AnyPacket
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from provcheck.media.shots import DRIFT, LONGEST_GAP_S, change
from provcheck.media.video_frames import small_grey
from provcheck.records import Gray

if TYPE_CHECKING:
    Packet = AnyPacket[VideoStream]
else:
    Packet = AnyPacket  # PyAV's class is generic for type checkers alone

CODECS: Final = frozenset({"h264", "hevc"})
"""Whose key frames can be decoded by themselves, and whose sizes of packets were looked at."""
FEWEST_PACKETS: Final = 8
"""In a group that is worth a look at its key frames, which takes as long as three or four other frames."""
LARGEST_SHARE: Final = 0.25
"""Of the smaller key frame: the largest packet of a quiet group. At cuts without a key frame
x264 wrote 0.59 to 0.92 of one, at constant quality and at three constant rates."""
ALIKE: Final = DRIFT / 2
"""The most that key frames of a quiet group differ, by `shots.change`. In between it was 0.07 at most (eight clips)."""


class QuietGroups:
    """Thins out the packets of one stream.

    Attributes
    ----------
    resumed : set of int
        Times, in the stream's unit, of the key frames behind groups that were passed over: the gap before is no fault.
    """

    __slots__ = ("_look", "_looked_at", "_resumed_at", "_scaler", "_scout", "_tick_s", "resumed")

    def __init__(self, stream: VideoStream) -> None:
        self.resumed: set[int] = set()
        self._tick_s = float(stream.time_base or 0)
        self._scout = _key_frame_decoder(stream)
        self._scaler = VideoReformatter()
        self._looked_at: Packet | None = None
        self._look: Gray | None = None
        self._resumed_at: int | None = None

    def thinned(self, packets: Iterator[Packet]) -> Iterator[Packet | None]:
        """Yield all packets but those of quiet groups behind the key frame; None where the decoder is to be emptied."""
        group: list[Packet] = []
        try:
            for packet in packets:
                if packet.is_keyframe:
                    yield from self._settled(group, packet)
                    group = [packet]
                elif group and self._may_join(packet, group[0]):
                    group.append(packet)
                else:
                    yield from group
                    group = []
                    if not self._needs_what_was_passed_over(packet):
                        yield packet
        except av.FFmpegError:
            yield from group
            raise
        yield from group

    def _may_join(self, packet: Packet, key: Packet) -> bool:
        """Whether the group may still be a quiet one. Packets shown before their key frame need the group before."""
        if packet.pts is None or key.pts is None or packet.is_corrupt or not packet.size:
            return False
        in_time = 0 < (packet.pts - key.pts) * self._tick_s < LONGEST_GAP_S
        return in_time and packet.size <= LARGEST_SHARE * key.size

    def _needs_what_was_passed_over(self, packet: Packet) -> bool:
        return packet.pts is not None and self._resumed_at is not None and packet.pts < self._resumed_at

    def _settled(self, group: list[Packet], following: Packet) -> Iterator[Packet | None]:
        self._resumed_at = following.pts if self._is_quiet(group, following) else None
        if self._resumed_at is None:
            yield from group
            return
        self.resumed.add(self._resumed_at)
        yield group[0]
        yield None

    def _is_quiet(self, group: list[Packet], following: Packet) -> bool:
        if len(group) < FEWEST_PACKETS or max(packet.size for packet in group[1:]) > LARGEST_SHARE * following.size:
            return False
        if not 0 < (following.pts or 0) - (group[0].pts or 0) <= LONGEST_GAP_S / self._tick_s:
            return False
        first, second = self._look_at(group[0]), self._look_at(following)
        return first is not None and second is not None and change(first, second) < ALIKE

    def _look_at(self, key: Packet) -> Gray | None:
        """Return a small grey version of a key frame, None where it cannot be decoded by itself."""
        if key is not self._looked_at:
            self._looked_at, self._look = key, _decoded_alone(self._scout, key, self._scaler)
        return self._look


def _key_frame_decoder(stream: VideoStream) -> VideoCodecContext:
    """Return a second decoder, because the first one is in the midst of other frames."""
    decoder = cast("VideoCodecContext", CodecContext.create(stream.codec_context.codec, "r"))
    decoder.extradata = stream.codec_context.extradata
    decoder.thread_count = 1
    return decoder


def _decoded_alone(decoder: VideoCodecContext, key: Packet, scaler: VideoReformatter) -> Gray | None:
    try:
        found = [*decoder.decode(key), *decoder.decode(None)]
    except av.FFmpegError:
        found = []
    decoder.flush_buffers()
    if len(found) != 1 or not found[0].key_frame or found[0].is_corrupt:
        return None
    return small_grey(found[0], scaler)
