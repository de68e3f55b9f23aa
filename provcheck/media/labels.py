"""What the container of a video says about it in words: time and place of recording, device, software."""

from pathlib import Path

from provcheck.media.refusals import decoding
from provcheck.media.videos import opened


def container_labels(path: Path) -> dict[str, str]:
    """Return the labels of the container and of its video stream, lower-case names to texts.

    Raises
    ------
    UnreadableMedia
        Not a video.
    """
    with opened(path) as (container, stream), decoding(path, "container"):
        labels = {**stream.metadata, **container.metadata}
        return {str(name).lower(): str(text) for name, text in labels.items()}
