"""Joining, signing in, accounts, Parties and people."""
