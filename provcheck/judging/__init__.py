"""What is known held against what is said: rules over records, and the outcome of each image.

Start in `verdicts`; `registry` lists the rules, one file each; `phrases` is how facts, sources and claims are named in
their sentences.
"""

from provcheck.judging.registry import FILE_RULES, MATCH_RULES, RELEASE_RULES, RULES
from provcheck.judging.severities import reweigh
from provcheck.judging.verdicts import inconclusive, judge, judge_file, judge_release
from provcheck.judging.waivers import apply_waivers

__all__ = [
    "judge",
    "judge_file",
    "judge_release",
    "inconclusive",
    "reweigh",
    "apply_waivers",
    "RULES",
    "MATCH_RULES",
    "FILE_RULES",
    "RELEASE_RULES",
]
