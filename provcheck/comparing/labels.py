"""What the versions are called: short, and different from each other."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from provcheck.records import Release


def label_versions(versions: Sequence[Release]) -> tuple[str, ...]:
    """Return the name of each version's folder or file; its path where names are the same, numbered if need be."""
    names = [Path(version.path).absolute().name or version.path for version in versions]
    shared = Counter(names)
    labels = [version.path if shared[name] > 1 else name for version, name in zip(versions, names, strict=True)]
    again = Counter(labels)
    return tuple(f"{label} ({at})" if again[label] > 1 else label for at, label in enumerate(labels, 1))
