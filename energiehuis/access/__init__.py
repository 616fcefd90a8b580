"""Who may do what, and where: accounts, sign-in, roles, permissions and the scope of queries."""
