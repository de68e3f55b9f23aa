"""The part of a saved report that says what is signed about an image's file."""

from collections.abc import Callable
from typing import TypeVar

from provcheck.records import Credentials, CredentialState, Deed, Ingredient, Moment, Place, Stated
from provcheck.report.nodes import Node

T = TypeVar("T")


def read_credentials(
    node: Node, read_moment: Callable[[Node], Moment], read_place: Callable[[Node], Place]
) -> Credentials:
    """Read `credentials` of one item."""
    return Credentials(
        state=node["state"].choice(CredentialState),
        place=node["place"].text(),
        problem=node["problem"].text(),
        codes=tuple(code.text() for code in node["codes"].each()),
        signer=node.known("signer", Node.text),
        organisation=node.known("organisation", Node.text),
        issuer=node.known("issuer", Node.text),
        signed=node.known("signed", Node.text),
        generator=node.known("generator", Node.text),
        deeds=tuple(_deed(deed) for deed in node["deeds"].each()),
        ingredients=tuple(_ingredient(part) for part in node["ingredients"].each()),
        captured=node.known("captured", lambda said: _stated(said, read_moment)),
        place_taken=node.known("place_taken", lambda said: _stated(said, read_place)),
    )


def _deed(node: Node) -> Deed:
    return Deed(
        action=node["action"].text(),
        software=node.known("software", Node.text),
        when=node.known("when", Node.text),
        source_type=node.known("source_type", Node.text),
    )


def _ingredient(node: Node) -> Ingredient:
    return Ingredient(
        title=node.known("title", Node.text),
        relation=node.known("relation", Node.text),
        has_thumbnail=node["has_thumbnail"].flag(),
    )


def _stated(said: Node, read: Callable[[Node], T]) -> Stated[T]:
    return Stated(read(said["value"]), said["origin"].text())
