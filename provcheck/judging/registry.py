"""Every rule: one file, and one line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provcheck.judging.altered import Altered
from provcheck.judging.credentials import BrokenCredentials
from provcheck.judging.earlier import EarlierThanClaimed
from provcheck.judging.elsewhere import OtherPlace
from provcheck.judging.own import PublishedBefore
from provcheck.judging.previewed import PreviewShowsMore
from provcheck.judging.processed import ProcessedLater
from provcheck.judging.recorded import RecordContradictsClaim
from provcheck.judging.selfcontradiction import StatementsContradict
from provcheck.judging.signed import OtherThanSigned
from provcheck.judging.twice import TwiceUnderDifferentClaims
from provcheck.judging.unchecked import CouldNotBeChecked
from provcheck.judging.uncredited import ReusedUncredited
from provcheck.judging.unreal import NotARecording
from provcheck.protocols import FileRule, MatchRule, ReleaseRule, Rule

MATCH_RULES: Final[tuple[MatchRule, ...]] = (
    EarlierThanClaimed(),
    OtherPlace(),
    NotARecording(),
    ReusedUncredited(),
    Altered(),
    PublishedBefore(),
)
"""Judge one image against one match."""

FILE_RULES: Final[tuple[FileRule, ...]] = (
    RecordContradictsClaim(),
    StatementsContradict(),
    ProcessedLater(),
    PreviewShowsMore(),
    BrokenCredentials(),
    OtherThanSigned(),
    NotARecording(),
)
"""Judge one image by what its own file says."""

RELEASE_RULES: Final[tuple[ReleaseRule, ...]] = (TwiceUnderDifferentClaims(),)
"""Judge the images of a release against each other."""

NOT_CHECKED: Final = CouldNotBeChecked()

_ALL: Final[tuple[Rule, ...]] = (*MATCH_RULES, *FILE_RULES, *RELEASE_RULES, NOT_CHECKED)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({rule.id: rule for rule in sorted(_ALL, key=lambda rule: rule.id)})
"""All rules by id, for reports that explain them."""
