"""How a long load says how far it is."""

from collections.abc import Callable

# Name of the step, how much of it is done, how much there is to do.
Report = Callable[[str, int, int], None]
