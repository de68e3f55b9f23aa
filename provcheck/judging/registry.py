"""Every rule: one file, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provcheck.judging.altered import Altered
from provcheck.judging.earlier import EarlierThanClaimed
from provcheck.judging.elsewhere import OtherPlace
from provcheck.judging.own import PublishedBefore
from provcheck.judging.twice import TwiceUnderDifferentClaims
from provcheck.judging.unchecked import CouldNotBeChecked
from provcheck.judging.uncredited import ReusedUncredited
from provcheck.judging.unreal import NotARecording
from provcheck.protocols import MatchRule, ReleaseRule, Rule

MATCH_RULES: Final[tuple[MatchRule, ...]] = (
    EarlierThanClaimed(),
    OtherPlace(),
    NotARecording(),
    ReusedUncredited(),
    Altered(),
    PublishedBefore(),
)
"""Judge one image against one match."""

RELEASE_RULES: Final[tuple[ReleaseRule, ...]] = (TwiceUnderDifferentClaims(),)
"""Judge the images of a release against each other."""

NOT_CHECKED: Final = CouldNotBeChecked()

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {rule.id: rule for rule in sorted((*MATCH_RULES, *RELEASE_RULES, NOT_CHECKED), key=lambda rule: rule.id)}
)
"""All rules by id, for reports that explain them."""
