"""Every edit by name, with the strengths that are measured. A new edit is one function and its lines here."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from provcheck.errors import UsageError
from provcheck.evaluating.edits import codecs, colours, composing, drawing, framing, paper, screens
from provcheck.evaluating.edits.edited import Recipe
from provcheck.evaluating.edits.several import several

_ROWS: Final = (
    Recipe("jpeg", "jpeg-70", codecs.jpeg, 70, "JPEG, quality 70"),
    Recipe("jpeg", "jpeg-30", codecs.jpeg, 30, "JPEG, quality 30"),
    Recipe("jpeg", "jpeg-10", codecs.jpeg, 10, "JPEG, quality 10"),
    Recipe("resize", "resize-50", codecs.resize, 0.5, "half the size"),
    Recipe("resize", "resize-25", codecs.resize, 0.25, "a quarter of the size"),
    Recipe("thumbnail", "thumbnail-160", codecs.thumbnail, 160, "160 pixels on the longer side"),
    Recipe("crop", "crop-80", framing.crop, 0.8, "80 % of the area"),
    Recipe("crop", "crop-50", framing.crop, 0.5, "50 % of the area"),
    Recipe("crop", "crop-30", framing.crop, 0.3, "30 % of the area"),
    Recipe("crop", "crop-15", framing.crop, 0.15, "15 % of the area"),
    Recipe("crop-aspect", "recut-wide", framing.recut, 1.5, "70 % of the area, 1.5 times as wide"),
    Recipe("crop-aspect", "recut-narrow", framing.recut, 0.6, "70 % of the area, 0.6 times as wide"),
    Recipe("crop-aspect", "stretch-125", framing.stretch, 1.25, "stretched to 1.25 times the width"),
    Recipe("crop-aspect", "stretch-75", framing.stretch, 0.75, "squeezed to 0.75 times the width"),
    Recipe("mirror", "mirror", framing.mirror, 1.0, "mirrored"),
    Recipe("mirror", "mirror-crop-70", framing.mirror, 0.7, "mirrored, 70 % of the area"),
    Recipe("quarter-turn", "turn-90", framing.quarter_turn, 1, "turned by 90 degrees"),
    Recipe("quarter-turn", "turn-180", framing.quarter_turn, 2, "upside down"),
    Recipe("turn", "turn-5", framing.turn, 5, "turned by 5 degrees, black corners"),
    Recipe("turn", "turn-20", framing.turn, 20, "turned by 20 degrees, black corners"),
    Recipe("turn", "turn-5-inside", framing.turn_inside, 5, "turned by 5 degrees, corners cropped off"),
    Recipe("turn", "turn-20-inside", framing.turn_inside, 20, "turned by 20 degrees, corners cropped off"),
    Recipe("grey", "grey", colours.grey, 1.0, "without colours"),
    Recipe("grey", "grey-contrast", colours.grey, 1.6, "without colours, 1.6 times the contrast"),
    Recipe("tone", "dark-50", colours.brightness, 0.5, "half as bright"),
    Recipe("tone", "bright-160", colours.brightness, 1.6, "1.6 times as bright, highlights lost"),
    Recipe("tone", "contrast-40", colours.contrast, 0.4, "0.4 times the contrast"),
    Recipe("tone", "gamma-2", colours.gamma, 2.0, "gamma 2"),
    Recipe("hue", "hue-40", colours.hue, 40, "hues turned by 40 degrees"),
    Recipe("hue", "hue-150", colours.hue, 150, "hues turned by 150 degrees"),
    Recipe("hue", "saturation-250", colours.saturation, 2.5, "2.5 times the saturation"),
    Recipe("blur", "blur-1", colours.blur, 0.01, "blurred by 1 % of the shorter side"),
    Recipe("blur", "blur-2.5", colours.blur, 0.025, "blurred by 2.5 % of the shorter side"),
    Recipe("noise", "noise-20", colours.noise, 20, "noise of 20 grey levels"),
    Recipe("noise", "noise-50", colours.noise, 50, "noise of 50 grey levels"),
    Recipe("caption", "caption", drawing.caption, 0.16, "bars with a sentence above and below"),
    Recipe("caption", "letters", drawing.letters, 0.2, "three large lines over the picture"),
    Recipe("arrows", "arrows", drawing.arrows, 0.3, "arrows, circles and a shout"),
    Recipe("logo", "watermark", drawing.watermark, 0.25, "tiled faint word and one in the corner"),
    Recipe("logo", "sticker-30", drawing.sticker, 0.3, "a face, 30 % of the shorter side"),
    Recipe("logo", "sticker-60", drawing.sticker, 0.6, "a face, 60 % of the shorter side"),
    Recipe("boxes", "letterbox", framing.letterbox, 0.25, "black bars above and below"),
    Recipe("boxes", "pillarbox", framing.pillarbox, 0.4, "black bars left and right"),
    Recipe("boxes", "blurred-pillars", framing.blurred_pillars, 0.6, "blurred bars left and right"),
    Recipe("inset", "inset-30", composing.inset, 0.3, "inside another picture, 30 % of its area"),
    Recipe("inset", "inset-15", composing.inset, 0.15, "inside another picture, 15 % of its area"),
    Recipe("inset", "inset-8", composing.inset, 0.08, "inside another picture, 8 % of its area"),
    Recipe("collage", "collage-2", composing.collage, 2, "beside another picture"),
    Recipe("collage", "collage-4", composing.collage, 4, "among 4 pictures"),
    Recipe("collage", "collage-9", composing.collage, 9, "among 9 pictures"),
    Recipe("screenshot", "browser", screens.browser, 0.6, "on a web page, 60 % of its width"),
    Recipe("screenshot", "phone", screens.phone, 0.7, "in a video player on a phone"),
    Recipe("screen-photo", "screen-photo", screens.screen_photo, 1, "photographed from a screen"),
    Recipe("screen-photo", "screen-photo-strong", screens.screen_photo, 1.8, "photographed from a screen, carelessly"),
    Recipe("print", "print-colour", paper.print_colour, 1, "printed in colour and scanned"),
    Recipe("print", "print-grey", paper.print_grey, 2, "printed without colours and scanned carelessly"),
    Recipe("halftone", "halftone-mono", paper.halftone_mono, 8, "newspaper print"),
    Recipe("halftone", "halftone-colour", paper.halftone_colour, 10, "coarse colour print"),
    Recipe("video", "video-360", codecs.video_360, 38, "frame of a 360-line video"),
    Recipe("video", "video-240", codecs.video_240, 45, "frame of a 240-line video, very low bit rate"),
    Recipe("several", "three-at-once", several, 3, "three edits of three kinds"),
    Recipe("negative", "negative", colours.negative, 1, "light and dark swapped"),
    Recipe("weather", "fog", colours.fog, 0.6, "under fog"),
    Recipe("weather", "night", colours.night, 0.2, "a fifth of the light, with noise"),
)

RECIPES: Final = MappingProxyType({recipe.name: recipe for recipe in _ROWS})


def families() -> tuple[str, ...]:
    """Return the names of the families, in the order of the registry."""
    return tuple(dict.fromkeys(recipe.family for recipe in RECIPES.values()))


def select_recipes(names: Sequence[str]) -> tuple[Recipe, ...]:
    """Return the recipes of the named edits and families; all of them for no names.

    Raises
    ------
    UsageError
        When a name is neither.
    """
    unknown = [name for name in names if name not in RECIPES and name not in families()]
    if unknown:
        raise UsageError(f"there is no edit or family {unknown[0]!r}", "See: provcheck evaluate --list-edits")
    return tuple(recipe for recipe in RECIPES.values() if not names or {recipe.name, recipe.family} & set(names))


def deal(recipes: Sequence[Recipe], count: int) -> tuple[Recipe, ...]:
    """Return `count` recipes: the families in turn, and of each family its recipes in turn."""
    hands: dict[str, list[Recipe]] = {}
    for recipe in recipes:
        hands.setdefault(recipe.family, []).append(recipe)
    rows = list(hands.values())
    return tuple(_nth(rows[at % len(rows)], at // len(rows)) for at in range(count))


def _nth(recipes: Sequence[Recipe], number: int) -> Recipe:
    return recipes[number % len(recipes)]
