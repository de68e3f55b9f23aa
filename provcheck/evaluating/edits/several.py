"""Several edits one after the other, in the order in which somebody would make them."""

from typing import Final

from provcheck.evaluating.edits import codecs, colours, drawing, framing
from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited, EditFunction
from provcheck.records import RGB

STEPS: Final[tuple[tuple[tuple[EditFunction, float], ...], ...]] = (
    ((framing.crop, 0.8), (framing.crop, 0.5), (framing.recut, 1.25)),
    ((framing.mirror, 1.0), (framing.turn_inside, 5.0), (framing.stretch, 0.85)),
    ((colours.grey, 1.0), (colours.hue, 40.0), (colours.brightness, 0.5), (colours.contrast, 0.5)),
    ((colours.noise, 15.0), (colours.blur, 0.008)),
    ((drawing.caption, 0.15), (drawing.arrows, 0.25), (drawing.watermark, 0.25), (drawing.letters, 0.15)),
    ((framing.letterbox, 0.25), (framing.blurred_pillars, 0.5)),
    ((codecs.jpeg, 30.0), (codecs.resize, 0.5), (codecs.video_360, 36.0)),
)
"""A row of rivals a step; at most one of each is applied."""


def several(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Apply `strength` edits, each of another step."""
    steps = sorted(chance.rng.choice(len(STEPS), int(strength), replace=False).tolist())
    edited = Edited(picture)
    for step in steps:
        function, how_much = STEPS[step][chance.below(len(STEPS[step]))]
        after = function(edited.pixels, chance, how_much)
        edited = Edited(
            after.pixels,
            kept=edited.kept * after.kept,
            filled=min(1.0, edited.filled * after.filled),
            mirrored=edited.mirrored != after.mirrored,
        )
    return edited
