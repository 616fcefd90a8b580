"""BudgetInZicht: fairs, group work, duos and kits against debts, by class and headcount."""
