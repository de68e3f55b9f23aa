"""Facts from several places into one record. The precedence is stated in the package's docstring."""

from dataclasses import fields
from functools import reduce

from provcheck.records import Facts


def merge_facts(*, lower: Facts, higher: Facts) -> Facts:
    """Return `higher`, with what it leaves open filled from `lower`. A place is taken whole from one of them."""
    stated = {field.name: getattr(higher, field.name) for field in fields(Facts)}
    filled = {name: getattr(lower, name) if value is None else value for name, value in stated.items()}
    return Facts(**filled)


def known_facts(
    *,
    options: Facts | None = None,
    sidecar: Facts | None = None,
    given_file: Facts | None = None,
    folder_file: Facts | None = None,
) -> Facts:
    """Merge what each place says about one source, strongest first in the order of the parameters."""
    weakest_first = (folder_file, given_file, sidecar, options)
    return reduce(lambda lower, higher: merge_facts(lower=lower, higher=higher or Facts()), weakest_first, Facts())
