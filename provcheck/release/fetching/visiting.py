"""A page with its pictures, fetched into a WARC file.

What is fetched of a page is read from the WARC file itself, by what reads any other, so that the file says the same
later. Of the variants of a picture the first that is there is fetched, in the order of `pages.choosing`: largest first.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provcheck.errors import NotFetched
from provcheck.protocols import Progress
from provcheck.release.addresses import normal_address
from provcheck.release.fetching.asking import Asking
from provcheck.release.unpacking import Limits
from provcheck.release.warcs import Exchange, Found, find_page, read_archive
from provcheck.release.warcs.archive import OK
from provcheck.release.warcs.main_page import MainPage

MOST_VARIANTS: Final = 8
MOST_NAMED: Final = 100
"""Of the pictures that are too many; a report names no more, and counts the others."""


def fetch_page(address: str, warc: Path, asking: Asking, progress: Progress | None = None) -> None:
    """Ask an address and, if it answers with a page, for the pictures of that.

    Parameters
    ----------
    warc : Path
        The file that `asking` writes.

    Raises
    ------
    NotFetched
        The address does not answer with anything.
    UnreadableContainer
        The page cannot be read.
    """
    show = progress or (lambda _done, _total, _what: None)
    show(0, 1, address)
    asking.ask(address)
    archive = read_archive([warc], Limits())
    found = archive.find(address)
    if found.record is None:
        raise NotFetched(_why(address, found))
    page = find_page(archive)
    pictures = list(_pictures(page)) if page else []
    most = asking.limits.pictures
    there: dict[str, bool] = {}
    for number, variants in enumerate(pictures[:most], start=1):
        show(number, min(len(pictures), most) + 1, variants[0])
        _fetch_one_of(variants, there, asking)
    for variants in pictures[most : most + MOST_NAMED]:
        reason = f"more than {most} pictures on the page; this one was not asked for"
        asking.warc.add_failure(variants[0], reason)
    show(min(len(pictures), most) + 1, min(len(pictures), most) + 1, "done")


def _pictures(main: MainPage) -> Iterator[tuple[str, ...]]:
    """Yield the addresses of each picture that is to be fetched."""
    seen: set[tuple[str, ...]] = set()
    shown = (picture.addresses for picture in main.page.pictures if not picture.decoration)
    for addresses in (*shown, *((address,) for address in main.page.announced)):
        fetched = tuple(filter(_is_fetched, addresses))
        if fetched and fetched not in seen:
            seen.add(fetched)
            yield fetched


def _is_fetched(address: str) -> bool:
    try:
        return normal_address(address) == address
    except NotFetched:
        return False


def _fetch_one_of(variants: tuple[str, ...], there: dict[str, bool], asking: Asking) -> None:
    for address in variants[:MOST_VARIANTS]:
        if address not in there:
            answer = asking.ask(address)
            there[address] = answer is not None and answer.status == OK and not _is_page(answer)
        if there[address]:
            return


def _is_page(answer: Exchange) -> bool:
    return "html" in answer.header("content-type").lower()


def _why(address: str, found: Found) -> str:
    last = "" if found.address == address else f" (redirected to {found.address})"
    return f"{address}: {found.why or 'it answers with nothing'}{last}"
