"""Settings that stay: `provcheck.toml`, or `[tool.provcheck]` in `pyproject.toml`, and the waivers in it.

`finding` says which file counts, `reading` what is in it, `writing` adds a waiver to it. What the command line and the
environment say is stronger and is none of this package's business.
"""

from provcheck.config.finding import CONFIG_NAME, find_config
from provcheck.config.keys import KEYS, Key
from provcheck.config.reading import Configuration, read_config
from provcheck.config.writing import WaiverPlace, waiver_place, write_waivers

__all__ = [
    "CONFIG_NAME",
    "KEYS",
    "Configuration",
    "Key",
    "WaiverPlace",
    "find_config",
    "read_config",
    "waiver_place",
    "write_waivers",
]
