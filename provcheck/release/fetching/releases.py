"""The address of a page to a release, by way of the WARC file that keeps what was fetched.

The release is read from that file by the reader of any WARC file: checking the file again gives the same report.
"""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from provcheck.protocols import Progress
from provcheck.records import STEP, Release
from provcheck.release.addresses import WebAddress
from provcheck.release.fetching.limits import FetchLimits
from provcheck.release.fetching.networks import Network, open_network
from provcheck.release.folder import read_release
from provcheck.release.unpacking import Room
from provcheck.release.warcs import WarcFile

Keep = Callable[[WebAddress, Path], object]
"""Called with an address and the whole WARC file, which is removed with the room."""

_NAME: Final = "page.warc.gz"


def fetch_release(
    address: WebAddress,
    room: Room,
    *,
    keep: Keep | None = None,
    progress: Progress | None = None,
    network: Network | None = None,
    limits: FetchLimits | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Release:
    """Fetch a page, or a single file, and return it as a release.

    Parameters
    ----------
    room : Room
        Where its pictures are put, to live as long as the release is used.
    network : Network, optional
        By default that of `open_network`, which leads to the public internet alone, at every redirect and picture.
    sleep : callable
        What waits between attempts.

    Raises
    ------
    NotFetched
        It does not answer, or must not be asked.
    """
    from provcheck.release.fetching.asking import Asking  # noqa: PLC0415 (requests is slow to import, seldom needed)
    from provcheck.release.fetching.pinning import PinnedAdapter  # noqa: PLC0415
    from provcheck.release.fetching.visiting import fetch_page  # noqa: PLC0415

    warc = room.folder / "fetched" / _NAME
    warc.parent.mkdir(parents=True)
    with closing(PinnedAdapter(network or open_network())) as adapter, warc.open("xb") as stream:
        asking = Asking(adapter, WarcFile(stream, str(address)), warc.parent, limits or FetchLimits(), sleep)
        fetch_page(str(address), warc, asking, progress)
    if keep:
        keep(address, warc)
    return _named(read_release(warc, room=room), str(address))


def _named(release: Release, address: str) -> Release:
    """Return the release under its address: places in the WARC file become places on the page."""
    return replace(
        release,
        path=address,
        images=tuple(replace(image, name=_place(image.name, address)) for image in release.images),
        skipped=tuple(replace(item, path=_place(item.path, address)) for item in release.skipped),
    )


def _place(name: str, address: str) -> str:
    return address if name == _NAME else name.removeprefix(f"{_NAME}{STEP}")
