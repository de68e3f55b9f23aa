"""Every key of the configuration, for the reader, for `config show` and for the README."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Key:
    """One key.

    Attributes
    ----------
    table : str
        The table that it stands in; empty for the top level.
    default : str
        In words.
    """

    name: str
    meaning: str
    default: str
    table: str = ""

    @property
    def full_name(self) -> str:
        """Table and name, joined by a dot."""
        return f"{self.table}.{self.name}" if self.table else self.name


KEYS: Final = (
    Key("corpus", "the corpus to check against, a directory", "none: it has to be named somewhere"),
    Key("fail-on", "least serious outcome that fails a check, as in `--fail-on`", "`reused`"),
    Key("format", "form of the report on stdout, as in `--format`", "`text`"),
    Key("outputs", "a list of reports to write, as in `--output`: `junit=report.xml`", "none"),
    Key("redact", "whether reports leave out pictures and paths, as with `--redact`", "`false`"),
    Key("trust-list", "certificates of those who may vouch for signers, as in `--trust-list`", "none"),
    Key("cache", "directory of the cache, or `false` for none", "the user's cache directory"),
    Key("waivers", "a TOML file with more `[[waiver]]` tables", "none"),
    Key("PC…", "by rule: `error`, `warning` or `note`", "the rule's own", table="severity"),
    Key("pictures", "a release with more pictures is refused as not checked", "no limit", table="limits"),
    Key("cache-megabytes", "size of the cache; what was not used for longest is removed", "256", table="limits"),
)
