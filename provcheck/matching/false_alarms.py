"""How many accidental matches as good as this one would a search of this corpus give?

A score needs a threshold that nobody can justify; an expected number of false alarms is its own justification (the
a-contrario framework of Desolneux, Moisan and Morel; for point matches Moisan and Stival, IJCV 2004). Under the
hypothesis of chance

- the places of correspondences are uniform over the reference: that k of n agree with a transform drawn from two of
  them has a binomial tail;
- the bits of a whole-image code are fair coins, but fewer than there are, because they depend on each other: that at
  most d of 256 differ has a binomial tail too (Daugman, 2003, fits the spread of the distances; here it is the tail);
- windows of aligned but unrelated pictures correlate above 0.8 with a small probability, measured below.

Chance means unrelated pictures. Two shots of one place, two recolourings of one drawing or two leopards share more than
chance grants, and their numbers are as small as those of copies: what they are is decided in `relations`.

The product of a geometric and a photometric probability, times the number of pictures tried, is the expected number.
All values are decimal logarithms: they go far below what a float holds.
"""

import math
from typing import Final

from provcheck.records import Size

POINTS_FOR_A_PROPOSAL: Final = 2
CORRELATED_BY_CHANCE: Final = 0.25
"""Share of windows above 0.8 that chance is granted. Of 266 unrelated pairs found by keypoints, with ten windows or
more, 90 % had at most 0.13, 99 % at most 0.21 (photographs of the development set) or 0.37 (other pictures). Pictures
whose whole-image codes are near have alike shading as well: of 28 such pairs four had 0.26 to 0.38, and the product of
both probabilities is only a bound if those are granted."""

INDEPENDENT_BITS: Final = 160
"""As many fair coins as the tail of the distances of PDQ codes is like. In 9.4 million comparisons of unrelated
pictures (plain and edited, eight ways) 12 were at 84 bits or nearer, 4 at 80 and 1 at 74; the 233 coins that would
spread as widely (8.2 bits) give 0.6, 0.03 and 0.0003, these 160 give 53, 11 and 0.4."""


def log10_by_geometry(correspondences: int, inliers: int, tolerance_px: float, size: Size) -> float:
    """Logarithm of the chance that so many of the correspondences agree with a transform proposed by some of them.

    Parameters
    ----------
    size : (width, height)
        Of the reference picture in which the tolerance is measured.
    """
    if inliers <= POINTS_FOR_A_PROPOSAL:
        return 0.0
    hit = min(1.0, math.pi * tolerance_px**2 / (size[0] * size[1]))
    tail = log10_binomial_tail(correspondences - POINTS_FOR_A_PROPOSAL, inliers - POINTS_FOR_A_PROPOSAL, hit)
    proposals = math.log10(math.comb(correspondences, POINTS_FOR_A_PROPOSAL))
    return min(0.0, tail + proposals)


def log10_by_code(distance: int, bits: int) -> float:
    """Logarithm of the chance that two unrelated whole-image codes differ in so few bits."""
    independent = INDEPENDENT_BITS * bits // 256
    agreeing = math.ceil((1 - distance / bits) * independent)
    return log10_binomial_tail(independent, agreeing, 0.5)


def log10_by_look(windows: int, agreeing: int) -> float:
    """Logarithm of the chance that so many windows of two aligned unrelated pictures correlate."""
    return log10_binomial_tail(windows, agreeing, CORRELATED_BY_CHANCE)


def log10_binomial_tail(trials: int, successes: int, probability: float) -> float:
    """Logarithm of the probability of at least so many successes."""
    if successes <= 0:
        return 0.0
    if successes > trials:
        return -math.inf
    terms = [_log10_binomial(trials, k, probability) for k in range(successes, trials + 1)]
    largest = max(terms)
    return min(0.0, largest + math.log10(math.fsum(10 ** (term - largest) for term in terms)))


def _log10_binomial(trials: int, successes: int, probability: float) -> float:
    choose = math.lgamma(trials + 1) - math.lgamma(successes + 1) - math.lgamma(trials - successes + 1)
    failures = trials - successes
    hits = successes * math.log(probability) if successes else 0.0
    misses = failures * math.log1p(-probability) if failures and probability < 1 else 0.0
    return (choose + hits + misses) / math.log(10)
