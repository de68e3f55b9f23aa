"""One comparison of three versions with every kind of pair and hostile words: what its reporters are tested with."""

from dataclasses import replace

from report_records import CROPPED, HOSTILE, full_report

from provcheck.comparing import COMPARISON_RULES, follow_pictures
from provcheck.moments import parse_moment
from provcheck.records import Release, ReleaseImage, Skipped
from provcheck.versions import (
    Basis,
    Change,
    Comparison,
    ComparisonReport,
    MovedCaption,
    Pair,
    PairKind,
    Repeat,
    Side,
    WordChange,
    WordState,
)

SHA256 = "0" * 64
LABELS = ("first", "second", "third [bold]")


def _image(name: str) -> ReleaseImage:
    return ReleaseImage(name, f"/in/{name}", SHA256)


NAMES = ("bridge.jpg", HOSTILE, "column.jpg", "dunes.jpg", "empty.png", "field.jpg", "gate.jpg", "harbour.jpg")
IMAGES = {name: _image(name) for name in (*NAMES, "new|name.jpg", "*added*.jpg")}

CROP = Change(PairKind.CROPPED, "shows 62% of the picture before", Side.B, 0.62, ((1, 2, 30, 40),), ((0, 0, 29, 38),))
EDIT = Change(PairKind.EDITED, "one region differs, 7% of the picture", None, 0.07, ((1, 2, 3, 4),), ((5, 6, 7, 8),))
MIRROR = Change(PairKind.MIRRORED, "left and right are swapped")
SMALLER = Change(PairKind.RE_ENCODED, "resized from 100x80 to 50x40 pixels")
REWORDED = WordChange("caption", WordState.REWORDED, "The \x1b[1mconvoy", "*A* | <b>convoy</b>", "line 3", "line 4")
EARLIER = WordChange("captured", WordState.CONTRADICTED, "2017-11-09", "2016-06", "line 5", "IPTC 2:55")
UNSAID = WordChange("credit", WordState.REMOVED, "Ministry", None, "line 6", None)

PAIRS = (
    Pair(PairKind.IDENTICAL, IMAGES["bridge.jpg"], IMAGES["bridge.jpg"], 0, 0, Basis.BYTES, moved=True),
    Pair(
        PairKind.EDITED,
        IMAGES[HOSTILE],
        IMAGES["new|name.jpg"],
        1,
        1,
        Basis.PROOF,
        (EDIT, MIRROR, CROP),
        (REWORDED, EARLIER, UNSAID),
        log10_false_alarms=float("-inf"),
        agreement=0.97,
    ),
    Pair(PairKind.REPLACED, IMAGES["column.jpg"], IMAGES["column.jpg"], 2, 2, Basis.NAME),
    Pair(PairKind.SAME_SCENE, IMAGES["dunes.jpg"], IMAGES["dunes.jpg"], 3, 3, Basis.LEAD),
    Pair(
        PairKind.NOT_COMPARED,
        IMAGES["empty.png"],
        IMAGES["empty.png"],
        4,
        4,
        Basis.NAME,
        reason="empty.png: a PNG that \x1b[2Jends too early",
    ),
    Pair(PairKind.RE_ENCODED, IMAGES["field.jpg"], IMAGES["field.jpg"], 5, 5, Basis.PROOF, (SMALLER,)),
    Pair(PairKind.ONLY_A, IMAGES["gate.jpg"], None, 6),
    Pair(PairKind.ONLY_B, None, IMAGES["*added*.jpg"], None, 6),
)


def full_comparison() -> ComparisonReport:
    """Return what `compare first second third` could give, with a check of each against a corpus."""
    first = _version("statement/first", PAIRS, "a", language="ru")
    second = _version("statement/second", PAIRS, "b", language="ru")
    third = Release("third", second.images)
    same = tuple(Pair(PairKind.IDENTICAL, image, image, at, at, Basis.BYTES) for at, image in enumerate(second.images))
    changed = Comparison(
        first,
        second,
        PAIRS,
        (Repeat(Side.B, (IMAGES["field.jpg"], IMAGES["*added*.jpg"])),),
        (MovedCaption("Dawn [red] <b>", IMAGES["gate.jpg"], IMAGES["*added*.jpg"]),),
    )
    steps = tuple(
        judged(step, labels) for step, labels in ((changed, LABELS[:2]), (Comparison(second, third, same), LABELS[1:]))
    )
    known = full_report()
    unknown = replace(known, verdicts=tuple(replace(verdict, matches=()) for verdict in known.verdicts))
    return ComparisonReport(
        (first, second, third), LABELS, steps, follow_pictures(steps), known.tool, known.algorithms, known.created,
        (known, unknown, replace(known, verdicts=(replace(known.verdicts[1], matches=(CROPPED,)),))),
    )  # fmt: skip


def same_comparison() -> ComparisonReport:
    """Return two versions without a difference, and without a corpus."""
    image = IMAGES["bridge.jpg"]
    release = Release("old", (image,))
    step = Comparison(
        release, replace(release, path="new"), (Pair(PairKind.IDENTICAL, image, image, 0, 0, Basis.BYTES),)
    )
    full = full_comparison()
    return ComparisonReport(
        (step.a, step.b), ("old", "new"), (step,), follow_pictures([step]), full.tool, full.algorithms, full.created
    )


def judged(step: Comparison, labels: tuple[str, ...]) -> Comparison:
    """Return a comparison with the findings of all rules, as `compare_versions` gives it."""
    found = [pair for rule in COMPARISON_RULES.values() for pair in rule.judge(step, (labels[0], labels[1]))]
    pairs = tuple(
        replace(pair, findings=tuple(finding for place, finding in found if place == at))
        for at, pair in enumerate(step.pairs)
    )
    return replace(step, pairs=pairs, findings=tuple(finding for place, finding in found if place is None))


def _version(path: str, pairs: tuple[Pair, ...], side: str, *, language: str) -> Release:
    images = tuple(image for pair in pairs if (image := getattr(pair, side)))
    skipped = (Skipped("film.mp4", "a video [bold]"), Skipped("notes.txt", "text", missed=False))
    return Release(path, images, "Statement on the convoy", parse_moment("2017-11-14"), language, skipped)
