"""The edits that a picture suffers between its source and a release: a registry, one module a group of families.

Every edit is a function of a picture, of chance (one seed: the same seed gives the same bytes with the same libraries)
and of a strength, and says what is true about what it made. `RECIPES` names the strengths that are measured.
"""

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited, EditFunction, Recipe
from provcheck.evaluating.edits.registry import RECIPES, deal, families, select_recipes

__all__ = ["RECIPES", "Chance", "EditFunction", "Edited", "Recipe", "deal", "families", "select_recipes"]
