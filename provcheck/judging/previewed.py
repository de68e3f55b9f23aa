"""PC110: a preview that is stored in the picture shows more than the picture, or something else."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.records import Finding, PreviewLook, PreviewRelation, ReleaseImage, Severity


@dataclass(frozen=True, slots=True)
class PreviewShowsMore:
    """Tells what the previews of a picture show that the picture does not.

    A note where it is more, because cropping is daily work; a warning where a region differs or all of it, because then
    the picture was changed, or its file made of another's. What cannot be told says nothing.
    """

    id: str = "PC110"
    severity: Severity = Severity.WARNING
    summary: str = "A preview stored in the file shows more than the picture, or something else."
    help: str = (
        "Editors that change the picture and forget its preview leave the older state in the file. Look at the preview "
        "(any album program shows the one of EXIF), and see what was cut off or changed."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield a finding for every preview that differs."""
        for look in image.previews:
            said = _difference(look)
            if said:
                severity = Severity.NOTE if look.relation is PreviewRelation.WIDER else Severity.WARNING
                width, height = look.size
                message = f"The {look.name} stored in the file ({width}x{height} pixels) {said}."
                yield Finding(self.id, severity, message, f"{look.name}: shows {look.relation.value}")


def _difference(look: PreviewLook) -> str:
    if look.relation is PreviewRelation.WIDER:
        return (
            f"shows more than the picture, which is {look.shown:.0%} of it: the picture was cropped after the preview "
            "was made"
        )
    if look.relation is PreviewRelation.EDITED:
        return "differs from the picture in a region: something was changed or laid over after the preview was made"
    if look.relation is PreviewRelation.OTHER:
        return "shows another picture than this one"
    return ""
