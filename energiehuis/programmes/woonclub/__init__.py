"""The Woonclub: people who look for a dwelling to rent, its drop-in sessions, visits and files."""
