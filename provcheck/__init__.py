"""provcheck: have the pictures of a press release been seen before, and do known facts contradict its claims?"""

from typing import Final

__version__: Final = "0.1.0"
