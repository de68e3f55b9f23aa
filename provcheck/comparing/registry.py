"""Every rule about two versions: one file, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provcheck.comparing.different import DifferentPictures
from provcheck.comparing.edited import EditedBetween
from provcheck.comparing.rule import ComparisonRule
from provcheck.comparing.worded import WordsChanged

COMPARISON_RULES: Final[Mapping[str, ComparisonRule]] = MappingProxyType(
    {rule.id: rule for rule in (DifferentPictures(), EditedBetween(), WordsChanged())}
)
"""By id, for reports that explain them."""
