"""How facts, sources and claims are named in the sentences of findings: one way for all rules."""

from pathlib import Path
from typing import TypeVar

from provcheck.places import describe_place
from provcheck.records import Claims, Facts, Kind, Moment, Place, Precision, Source, Stated, Statement

T = TypeVar("T")

_KINDS: dict[Kind, str] = {
    Kind.PHOTO: "a photo",
    Kind.VIDEO: "a video",
    Kind.GAME: "a video game",
    Kind.FILM: "a film",
    Kind.CGI: "computer graphics",
    Kind.AI_GENERATED: "an AI-generated picture",
    Kind.SIMULATION: "a simulation",
    Kind.SATELLITE: "a satellite image",
    Kind.ILLUSTRATION: "an illustration",
}


def source_title(source: Source) -> str:
    """Return the title in quotes, else the file name."""
    return f"“{one_line(source.facts.title or Path(source.path).name)}”"


def source_in_full(source: Source) -> str:
    """Return title, publisher and link: `“Gunship trailer” (Nimbus Games, https://…)`."""
    details = _details(source.facts.publisher, _link(source.facts))
    return f"{source_title(source)} ({details})" if details else source_title(source)


def published_by(facts: Facts) -> str:
    """Return ` by PUBLISHER (LINK)`, as far as it is known, to follow a date of publication."""
    publisher = f" by {one_line(facts.publisher)}" if facts.publisher else ""
    link = _link(facts)
    return f"{publisher} ({link})" if link else publisher


def when(moment: Moment) -> str:
    """Return a date with its preposition: `in 2016`, `on 2016-06-24`, `at 2016-06-24T10:30Z`."""
    prepositions = {Precision.YEAR: "in", Precision.MONTH: "in", Precision.DAY: "on", Precision.INSTANT: "at"}
    return f"{prepositions[moment.precision]} {moment.text}"


def place_phrase(place: Place) -> str:
    """Return a place in words, on one line."""
    return one_line(describe_place(place))


def kind_phrase(kind: Kind) -> str:
    """Return a kind with its article: `a video game`."""
    return _KINDS[kind]


def fact_text(name: str, value: str, source: Source) -> str:
    """Return a fact with its origin, for `Finding.fact`."""
    return f"{name}: {one_line(value)} ({_details(source_title(source), source.facts.publisher, _link(source.facts))})"


def claim_text(name: str, value: str, claim: Stated[T]) -> str:
    """Return a claim with its origin, for `Finding.claim`."""
    return f"{name}: {one_line(value)} ({claim.origin})"


def recorded_text(name: str, value: str, record: Statement | Stated[T]) -> str:
    """Return what a file says of itself with the field that says it, for `Finding.fact`."""
    return f"{name}: {one_line(value)} ({record.origin})"


def claims_in_words(claims: Claims) -> str:
    """Return the claims of time, place and kind with their origins, joined by `; `."""
    parts = []
    if claims.captured:
        parts.append(claim_text("captured", claims.captured.value.text, claims.captured))
    if claims.place:
        parts.append(claim_text("place", describe_place(claims.place.value), claims.place))
    if claims.kind:
        parts.append(claim_text("kind", claims.kind.value.value, claims.kind))
    return "; ".join(parts)


def sentence_end(reason: str) -> str:
    """Return a reason that ends as a sentence does."""
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."


def one_line(text: str) -> str:
    """Return a text without line breaks and runs of blanks."""
    return " ".join(text.split())


def _link(facts: Facts) -> str | None:
    return facts.url or facts.archive_url


def _details(*parts: str | None) -> str:
    return ", ".join(one_line(part) for part in parts if part)
