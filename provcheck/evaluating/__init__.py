"""How well pictures are found, and how much a confidence is worth: edits, the protocol on a set, and calibration."""
