"""A case that stands up in a year: all that a report rests on in one file, and the proof that it is still the same.

Made in `gathering` (what belongs to a case), `frames` and `inputs` (the pictures, found again), `packing` and
`zip_form` (a bag, BagIt 1.0, in a ZIP file whose every byte is known), `listings` (the digests). Checked in
`verifying`: `members` (what lies there), `checking` and `packed` (is it whole?), `matching_again` (is it still so?).
"""

from provcheck.bundling.gathering import Payload, gather
from provcheck.bundling.packing import bag, digest_over_all, write_bundle
from provcheck.bundling.verifying import Verification, verify_bundle

__all__ = ["Payload", "Verification", "bag", "digest_over_all", "gather", "verify_bundle", "write_bundle"]
