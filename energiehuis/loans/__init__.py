"""Energy loans: the application, its assessment and decision, the loan and its schedule."""
