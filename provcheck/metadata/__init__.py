"""What pictures and videos say about themselves: EXIF, IPTC-IIM, XMP, and the previews inside them.

Start in `reading`, which turns a file into `FileMetadata`. `blocks` finds the raw blocks, with `segments` for what
Pillow leaves out of a JPEG file and `resources` for Photoshop's; `exif`, `iptc`, `xmp` and `history` read them,
`dates`, `coordinates` and `texts` their values, on top of `rdf`. `precedence` says which field counts where several say
the same, `saying` puts fields together. `previews` are the small pictures inside a picture, `container` is for videos,
`inspecting` gathers all of it for a person.

Two kinds of statement are told apart (`Voice`). What a person *says* of a picture, such as a caption, is a claim.
What a camera or a program *records*, such as the time of the shot, is evidence, and so are its errors: a clock that
was never set.
"""

from provcheck.metadata.reading import read_metadata

__all__ = ["read_metadata"]
