"""Two pictures, and the proof that one was made from the other: what `provcheck explain` says and draws."""

from provcheck.explaining.explanation import Explanation, explain_item, explain_pair
from provcheck.explaining.naming import Named, read_named

__all__ = ["Explanation", "Named", "explain_item", "explain_pair", "read_named"]
