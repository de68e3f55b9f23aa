"""The part of a saved report that says what an image was taken from: matches, sources and alterations."""

from collections.abc import Callable
from typing import Final

from provcheck.records import Alteration, Box, Edit, Facts, Match, Medium, OtherShot, Overlap, Relation, Source
from provcheck.report.nodes import Node

LARGEST_CELL: Final = 1e9
LEAST_DETERMINANT: Final = 1e-9
"""A match changes the area by a factor of 100 at most; what is beyond these was written by nobody who measured."""

_Row = tuple[float, float, float]
_Matrix = tuple[_Row, _Row, _Row]


def read_match(node: Node, read_facts: Callable[[Node], Facts]) -> Match:
    """Read one element of `matches` or `leads`."""
    overlap = node["overlap"]
    return Match(
        source=_source(node["source"], read_facts),
        relation=node["relation"].choice(Relation),
        frame_time_s=node.known("frame_time_s", Node.number),
        time_range_s=node.known("time_range_s", _range),
        log10_false_alarms=node["log10_false_alarms"].number(),
        inliers=node["inliers"].whole(),
        overlap=Overlap(overlap["query"].number(), overlap["reference"].number()),
        transform=_transform(node["transform"]),
        mirrored=node["mirrored"].flag(),
        agreement=node["agreement"].number(),
        alterations=tuple(_alteration(each) for each in node["alterations"].each()),
        through=node.known("through", Node.text),
        other_shot=node.known("other_shot", lambda shot: shot.choice(OtherShot)),
    )


def _transform(node: Node) -> _Matrix:
    first, second, third = (_row(row) for row in _three(node))
    return node.converted(lambda _: _invertible((first, second, third)), "a matrix that leads back, too")


def _invertible(matrix: _Matrix) -> _Matrix:
    """Return a matrix as it is; pictures cannot be laid over each other by one that is singular, or nearly so."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    if max(abs(cell) for row in matrix for cell in row) > LARGEST_CELL or abs(determinant) < LEAST_DETERMINANT:
        raise ValueError
    return matrix


def _three(node: Node) -> list[Node]:
    return node.converted(lambda _: _exactly(list(node.each()), 3), "three rows")


def _exactly(nodes: list[Node], count: int) -> list[Node]:
    if len(nodes) != count:
        raise ValueError
    return nodes


def _row(node: Node) -> _Row:
    first, second, third = node.numbers(3)
    return first, second, third


def _range(node: Node) -> tuple[float, float]:
    start, end = node.numbers(2)
    return start, end


def _source(node: Node, read_facts: Callable[[Node], Facts]) -> Source:
    width, height = node["size"].numbers(2)
    return Source(
        id=node["id"].text(),
        path=node["path"].text(),
        sha256=node["sha256"].text(),
        medium=node["medium"].choice(Medium),
        size=(int(width), int(height)),
        duration_s=node.known("duration_s", Node.number),
        frames=0,
        added="",
        facts=read_facts(node["facts"]),
    )


def _alteration(node: Node) -> Alteration:
    return Alteration(
        kind=node["kind"].choice(Edit),
        detail=node["detail"].text(),
        query_boxes=tuple(_box(box) for box in node["query_boxes"].each()),
        reference_boxes=tuple(_box(box) for box in node["reference_boxes"].each()),
    )


def _box(node: Node) -> Box:
    left, top, right, bottom = (int(edge) for edge in node.numbers(4))
    return left, top, right, bottom
