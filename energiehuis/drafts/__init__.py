"""Half-filled forms, kept on the server for a day, so that a page needs no hidden personal data."""
