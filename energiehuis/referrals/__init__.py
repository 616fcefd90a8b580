"""Agreements to share, and referrals from one programme to another."""
