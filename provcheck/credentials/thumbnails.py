"""The small pictures of what a picture was made from, which credentials keep.

An editor that cuts a picture keeps the whole of it, small, as the ingredient that was opened. Such a thumbnail is a
preview like those in EXIF, and may show what the crop hides. Components, of which a montage has many, are no previews
of the picture.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from provcheck.credentials.finding import find_credentials
from provcheck.credentials.library import Library, NotRead, Store, load_c2pa, open_store
from provcheck.credentials.manifests import PARENT, history_of, thumbnail_of
from provcheck.credentials.untyped import Object, objects_of, text_of
from provcheck.errors import UnreadableMedia
from provcheck.metadata.previews import Preview, decode_preview

NAME: Final = "thumbnail of the parent in Content Credentials"
"""Without the title, which is a file name of somebody else's."""

_MOST: Final = 8
"""Thumbnails of one file; a picture has one parent, and a hostile file any number."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP")


def parent_previews(path: Path, *, load: Library = load_c2pa) -> tuple[list[Preview], list[str]]:
    """Return the thumbnails of the parents of a picture, and which of them could not be read and why.

    Both are empty for a file without credentials, without the library, and where the credentials cannot be read.
    """
    found = find_credentials(path)
    if found is None:
        return [], []
    previews: list[Preview] = []
    unread: list[str] = []
    try:
        with open_store(path, found, load=load) as store:
            for ingredient in _parents(store.content):
                try:
                    previews.append(_preview(store, ingredient, path))
                except (NotRead, UnreadableMedia) as error:
                    unread.append(str(error))
    except NotRead:
        return [], []
    return previews, unread


def _parents(content: Object) -> Iterator[Object]:
    """Yield the parents that have a thumbnail, of every manifest, the newest first."""
    listed = [part for manifest in history_of(content)[::-1] for part in objects_of(manifest, "ingredients")]
    shown = [part for part in listed if text_of(part, "relationship") == PARENT and thumbnail_of(part)]
    yield from shown[:_MOST]


def _preview(store: Store, ingredient: Object, path: Path) -> Preview:
    stream = BytesIO()
    store.write_resource(thumbnail_of(ingredient) or "", stream)
    return Preview(NAME, decode_preview(stream.getvalue(), path, NAME, formats=_FORMATS))
