"""What is known about the sources: facts files, sidecars and options, read strictly and merged by a stated precedence.

From the strongest to the weakest: options of the command line, the sidecar beside the media, the facts file given by
`--facts`, the `facts.toml` inside the added folder. A stronger value replaces a weaker one key by key; a place is one
value, because half of one place and half of another would be a place that nobody wrote.
"""

from provcheck.facts.files import FactsFile, find_sidecar, load_facts, load_sidecar
from provcheck.facts.merging import known_facts, merge_facts
from provcheck.facts.options import facts_from_options
from provcheck.facts.serial import facts_from_dict, facts_to_dict

__all__ = [
    "FactsFile",
    "load_facts",
    "load_sidecar",
    "find_sidecar",
    "known_facts",
    "merge_facts",
    "facts_from_options",
    "facts_to_dict",
    "facts_from_dict",
]
