"""The stock as its events tell it, day by day and category by category; plain numbers.

What may be taken on a day is the lowest that the stock stands at from that day on: food that was
given later is not there any more.
"""

from collections.abc import Mapping
from datetime import date


class StockBook:
    """Sums of the events of each category a day, in whole grams; what is added counts at once."""

    def __init__(self, sums: Mapping[str, Mapping[date, int]]) -> None:
        self._sums = {category: dict(days) for category, days in sums.items()}
        self._totals = {category: sum(days.values()) for category, days in sums.items()}

    def add(self, category: str, day: date, grams: int) -> None:
        """Let an event count."""
        days = self._sums.setdefault(category, {})
        days[day] = days.get(day, 0) + grams
        self._totals[category] = self._totals.get(category, 0) + grams

    def balance(self, category: str, day: date) -> int:
        """Give what stands there at the end of a day.

        Examples
        --------
        >>> StockBook({"dairy": {date(2019, 3, 1): 900}}).balance("dairy", date(2019, 2, 28))
        0
        """
        total = self._totals.get(category, 0)
        return total - sum(grams for at, grams in self._sums.get(category, {}).items() if at > day)

    def available(self, category: str, day: date) -> int:
        """Give what can be taken on a day without any later day falling below zero.

        Examples
        --------
        >>> book = StockBook({"dairy": {date(2019, 3, 1): 900, date(2019, 3, 3): -400}})
        >>> book.available("dairy", date(2019, 3, 2)), book.balance("dairy", date(2019, 3, 2))
        (500, 900)
        """
        days = self._sums.get(category, {})
        running = lowest = self._totals.get(category, 0)
        for at in sorted((at for at in days if at > day), reverse=True):
            running -= days[at]
            lowest = min(lowest, running)
        return lowest
