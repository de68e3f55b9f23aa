"""IPTC's Digital Source Type: from what kind of source a picture was made, in a controlled vocabulary.

Software writes it into XMP (`Iptc4xmpExt:DigitalSourceType`) and into the actions of Content Credentials, as an address
that ends in the term. The vocabulary is grouped here by what it means for a picture that is shown as evidence. The line
that matters runs between a picture that was *made* and one that was *recorded and then worked on*: repairing scratches
with a trained model makes no invented picture, and the term for that is another one.

Sources: IPTC NewsCodes, http://cv.iptc.org/newscodes/digitalsourcetype/ (2024-09-17, retired terms included); C2PA
Technical Specification 2.2, http://c2pa.org/digitalsourcetype/ (`empty`, `trainedAlgorithmicData`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provcheck.records import Making

_TERMS: Final[Mapping[Making, tuple[str, ...]]] = MappingProxyType(
    {
        # By a camera, also with several frames merged by it, or digitised from film or paper.
        Making.RECORDED: ("digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print"),
        # Recorded, then corrected by people or by algorithms. `minorHumanEdits` is retired.
        Making.EDITED: ("humanEdits", "minorHumanEdits", "algorithmicallyEnhanced"),
        # Put together from several pictures, all of them recorded, or of kinds that are not said.
        Making.COMPOSITE: ("compositeCapture", "composite"),
        # Recorded in part: something in it was generated, or made by other synthetic means.
        Making.PARTLY_GENERATED: ("compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"),
        # By a model that was trained on samples: what is called AI-generated.
        Making.GENERATED: ("trainedAlgorithmicMedia",),
        # By people or programs without such a model. `digitalArt` and `softwareImage` are retired.
        Making.DRAWN: ("digitalCreation", "digitalArt", "softwareImage", "algorithmicMedia", "dataDrivenMedia"),
        # Of what a screen showed, or of an event that took place in a computer.
        Making.SCREEN: ("screenCapture",),
        Making.VIRTUAL: ("virtualRecording",),
        # Says nothing about a picture.
        Making.UNSAID: ("empty", "trainedAlgorithmicData"),
    }
)

SOURCE_TYPES: Final[Mapping[str, Making]] = MappingProxyType(
    {term: making for making, terms in _TERMS.items() for term in terms}
)

_BY_LOWER_CASE: Final = MappingProxyType({term.lower(): term for term in SOURCE_TYPES})


def term_of(value: str | None) -> str | None:
    """Return the term of an address or a QCode, in the spelling of the vocabulary; unknown ones as they are.

    Examples
    --------
    >>> term_of("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia")
    'trainedAlgorithmicMedia'
    >>> term_of("digsrctype:trainedalgorithmicmedia")
    'trainedAlgorithmicMedia'
    """
    if not value:
        return None
    last = value.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]
    return _BY_LOWER_CASE.get(last.lower(), last) or None


def making_of(term: str | None) -> Making | None:
    """Return what a term means; None for one that the vocabulary does not have."""
    return SOURCE_TYPES.get(term or "")
