"""Candidates and verification: which known frame an image was taken from, and the proof."""

from provcheck.matching.lookup import Lookup, open_lookup
from provcheck.matching.matcher import find_matches
from provcheck.matching.through_previews import look_inside

__all__ = ["Lookup", "find_matches", "look_inside", "open_lookup"]
