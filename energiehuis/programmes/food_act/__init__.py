"""Food Act 13: surplus food collected from donors and distributed to receivers, by weight."""
