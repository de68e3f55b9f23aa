"""Pictures for people: the two sides of a match, aligned, with outlines, matched points and neighbouring frames.

Everything is made again from the files that a report names, and only from files whose SHA-256 is the one in the report:
a picture that was changed since is no evidence, and a report from a stranger must not be able to bring some other file
of this machine onto a page. Where the file of a source is gone, the small picture in the corpus stands in.
"""

from provcheck.evidence.originals import Originals, Still, opened_originals

__all__ = ["Originals", "Still", "opened_originals"]
