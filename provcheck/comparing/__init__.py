"""Versions of one release held against each other, picture by picture, over the same proven matching as `check`.

Start in `compare` (two versions) and `lives` (more than two). `searching` and `looking` find which pictures are the
same, `assigning`, `replacing` and `pairing` pair them one to one, `describing` says what was done to each, `words` and
`order` what changed around them; `registry` lists the rules, one file each.
"""

from provcheck.comparing.compare import compare_versions
from provcheck.comparing.labels import label_versions
from provcheck.comparing.lives import follow_pictures
from provcheck.comparing.registry import COMPARISON_RULES

__all__ = ["compare_versions", "follow_pictures", "label_versions", "COMPARISON_RULES"]
