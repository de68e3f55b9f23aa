"""The manifests of a store: the active one, and those that it carries on from.

An edited picture carries the manifest of its editing, and in it that of the picture that was opened, its parent. The
history of the picture is the chain of parents; components that were placed into it have histories of their own, and
do not count as what the whole picture is.
"""

from collections.abc import Iterator
from typing import Final

from provcheck.credentials.source_types import term_of
from provcheck.credentials.states import TAMPERED
from provcheck.credentials.untyped import Object, object_of, objects_of, text_of
from provcheck.records import Deed, Ingredient

PARENT: Final = "parentOf"
_ACTIONS: Final = ("c2pa.actions", "c2pa.actions.v2")
_SOURCE_TYPE: Final = ("digitalSourceType", "digital_source_type")
_LONGEST_CHAIN: Final = 50


def history_of(content: Object) -> list[Object]:
    """Return the chain of manifests, the oldest first and the active one last.

    A parent that had been tampered with when it was opened ends the chain: nobody vouched for what it says.
    """
    manifests = object_of(content, "manifests")
    chain: list[Object] = []
    label = text_of(content, "active_manifest")
    seen: set[str] = set()
    while label and label not in seen and len(chain) < _LONGEST_CHAIN:
        seen.add(label)
        manifest = object_of(manifests, label)
        chain.append(manifest)
        label = _parent_of(manifest)
    return chain[::-1]


def deeds_of(manifest: Object) -> Iterator[Deed]:
    """Yield the actions of one manifest."""
    for data in assertions_of(manifest, _ACTIONS):
        for action in objects_of(data, "actions"):
            name = text_of(action, "action")
            if name:
                yield Deed(name, _software(action), text_of(action, "when"), term_of(text_of(action, *_SOURCE_TYPE)))


def assertions_of(manifest: Object, labels: tuple[str, ...]) -> Iterator[Object]:
    """Yield the data of the assertions of these labels; repeated ones are numbered `c2pa.actions__1`."""
    for assertion in objects_of(manifest, "assertions"):
        if (text_of(assertion, "label") or "").partition("__")[0] in labels:
            yield object_of(assertion, "data")


def ingredients_of(manifest: Object) -> Iterator[Ingredient]:
    """Yield what a manifest says that the picture was made from."""
    for ingredient in objects_of(manifest, "ingredients"):
        yield Ingredient(
            title=text_of(ingredient, "title"),
            relation=text_of(ingredient, "relationship"),
            has_thumbnail=bool(thumbnail_of(ingredient)),
        )


def thumbnail_of(ingredient: Object) -> str | None:
    """Return the address of an ingredient's thumbnail in the store."""
    return text_of(object_of(ingredient, "thumbnail"), "identifier")


def generator_of(manifest: Object) -> str | None:
    """Return the program that wrote a manifest, with its version."""
    for info in objects_of(manifest, "claim_generator_info"):
        named = _named(info)
        if named:
            return named
    return text_of(manifest, "claim_generator")


def _parent_of(manifest: Object) -> str | None:
    parents = [part for part in objects_of(manifest, "ingredients") if text_of(part, "relationship") == PARENT]
    if len(parents) != 1 or _was_broken(parents[0]):
        return None
    return text_of(parents[0], "active_manifest")


def _was_broken(ingredient: Object) -> bool:
    results = object_of(object_of(ingredient, "validation_results"), "activeManifest")
    failures = [*objects_of(results, "failure"), *objects_of(ingredient, "validation_status")]
    return any(text_of(failure, "code") in TAMPERED for failure in failures)


def _software(action: Object) -> str | None:
    """Return the program of an action: a text in the first version of actions, an object in the second."""
    return text_of(action, "softwareAgent") or _named(object_of(action, "softwareAgent"))


def _named(info: Object) -> str | None:
    name = text_of(info, "name")
    return " ".join(part for part in (name, text_of(info, "version")) if part) if name else None
