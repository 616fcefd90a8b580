"""Who governs the association, and what it is paid with: mandates and budget lines."""
