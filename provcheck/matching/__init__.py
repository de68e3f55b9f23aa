"""Candidates and verification: which known frame an image was taken from, and the proof."""

from provcheck.matching.lookup import Lookup, open_lookup
from provcheck.matching.matcher import Found, find_matches

__all__ = ["Found", "Lookup", "find_matches", "open_lookup"]
