"""provcheck: have the pictures of a press release been seen before, and do known facts contradict its claims?"""

__version__ = "0.1.0"
