"""Frame to codes: whole-image fingerprints and local features.

`WHOLE` is the registry of whole-image fingerprints; another one is a file and a line here. `ALGORITHMS` names the
version of everything whose bits a corpus stores: a corpus made by other versions is refused, never misread.
"""

from collections.abc import Mapping
from typing import Final

from provcheck.fingerprints import dhash, local, pdq, phash
from provcheck.fingerprints.frames import frame_codes
from provcheck.protocols import Fingerprint

WHOLE: Final[Mapping[str, Fingerprint]] = {
    "phash": phash.PHash(),
    "dhash": dhash.DHash(),
    "pdq": pdq.PDQ(),
}

ALGORITHMS: Final[Mapping[str, str]] = {
    **{name: fingerprint.version for name, fingerprint in WHOLE.items()},
    "local": local.VERSION,
}

__all__ = ["ALGORITHMS", "WHOLE", "frame_codes"]
